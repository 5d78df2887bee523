// Figures of an area: counts as kept by the server, and what follows from them.

import { AREA_ROW_BYTES, type StateTable } from './state-table.ts';

/** Counts of an area in a round. Touched, reached and untouched count eligible doors only. */
export interface Figures {
  eligible: number;
  touched: number;
  reached: number;
  untouched: number;
  /** Reached ÷ eligible; undefined where no door is eligible. */
  reachedShare: number | undefined;
}

/** Figures from three counts. */
export function figuresFromCounts(eligible: number, touched: number, reached: number): Figures {
  return {
    eligible,
    touched,
    reached,
    untouched: eligible - touched,
    reachedShare: eligible > 0 ? reached / eligible : undefined,
  };
}

/** Figures of every area of a round, by slot. */
export class AreaCounts {
  readonly #rows: DataView;
  readonly count: number;

  constructor(table: StateTable) {
    this.count = table.count;
    this.#rows = new DataView(table.rows.buffer, table.rows.byteOffset, table.rows.byteLength);
  }

  /** Figures of an area; undefined for a slot the table does not have. */
  get(slot: number): Figures | undefined {
    if (slot >= this.count) return undefined;
    const at = slot * AREA_ROW_BYTES;
    return figuresFromCounts(
      this.#rows.getUint32(at, true),
      this.#rows.getUint32(at + 4, true),
      this.#rows.getUint32(at + 8, true),
    );
  }

  /** Writes new counts; false, and nothing written, for a slot the table does not have. */
  set(slot: number, eligible: number, touched: number, reached: number): boolean {
    if (slot >= this.count) return false;
    const at = slot * AREA_ROW_BYTES;
    this.#rows.setUint32(at, eligible, true);
    this.#rows.setUint32(at + 4, touched, true);
    this.#rows.setUint32(at + 8, reached, true);
    return true;
  }
}
