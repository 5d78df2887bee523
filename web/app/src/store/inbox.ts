// The inbox: changes that came since the last frame, the newest value of each slot only.

import type { RoundChange, Sum } from './live-message.ts';

/** What one frame takes: flat rows as the engine wants them. */
export interface Batch {
  /** slot, byte, … */
  doors: Uint32Array;
  /** slot, eligible, touched, reached, … */
  areas: Uint32Array;
  /** All doors of the round; undefined when their counts stayed. */
  total: Sum | undefined;
  /** Its doors in no grid; undefined when their counts stayed. */
  unassigned: Sum | undefined;
}

/** Holds changes until a frame takes them. However long a hidden page takes none, it never holds more than every slot. */
export class Inbox {
  readonly #doors = new Map<number, number>();
  readonly #areas = new Map<number, [number, number, number]>();
  #total: Sum | undefined;
  #unassigned: Sum | undefined;

  get isEmpty(): boolean {
    return this.#doors.size === 0 && this.#areas.size === 0 && this.#total === undefined && this.#unassigned === undefined;
  }

  /** Adds a round's changes; a slot already there takes the new value. */
  add(change: RoundChange): void {
    for (const [slot, byte] of change.households) this.#doors.set(slot, byte);
    for (const [slot, eligible, touched, reached] of change.areas) this.#areas.set(slot, [eligible, touched, reached]);
    this.#total = change.total ?? this.#total;
    this.#unassigned = change.unassigned ?? this.#unassigned;
  }

  /** Everything, once; undefined when there is nothing. */
  take(): Batch | undefined {
    if (this.isEmpty) return undefined;
    const doors = new Uint32Array(this.#doors.size * 2);
    let at = 0;
    for (const [slot, byte] of this.#doors) {
      doors[at] = slot;
      doors[at + 1] = byte;
      at += 2;
    }
    const areas = new Uint32Array(this.#areas.size * 4);
    at = 0;
    for (const [slot, counts] of this.#areas) {
      areas[at] = slot;
      areas.set(counts, at + 1);
      at += 4;
    }
    const [total, unassigned] = [this.#total, this.#unassigned];
    this.clear();
    return { doors, areas, total, unassigned };
  }

  /** Forgets everything: the tables it belonged to have been replaced. */
  clear(): void {
    this.#doors.clear();
    this.#areas.clear();
    this.#total = this.#unassigned = undefined;
  }
}
