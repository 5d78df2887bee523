// Activity: which grids moved last, newest first.

import type { Figures } from './figures.ts';

/** One grid that moved. */
export interface ActivityEntry {
  slot: number;
  /** Server time of the newest change in it, RFC 3339. */
  at: string;
  touched: number;
  reached: number;
  /** Number of the entry since the page began. */
  number: number;
}

const KEPT = 30;
/** A frame that moves more grids than this is an import or a catch-up, not news. */
const NEWS_LIMIT = 24;

/** The newest changed grids; changes one after another in the same grid are one entry. */
export class Activity {
  #entries: readonly ActivityEntry[] = [];
  #made = 0;

  get entries(): readonly ActivityEntry[] {
    return this.#entries;
  }

  /** Adds what one frame moved; false when that is no news. */
  add(at: string, moved: readonly { slot: number; before: Figures; after: Figures }[]): boolean {
    const news = moved.filter(
      ({ before, after }) => before.touched !== after.touched || before.reached !== after.reached,
    );
    if (news.length === 0 || news.length > NEWS_LIMIT) return false;
    const entries = [...this.#entries];
    for (const { slot, before, after } of news) {
      const touched = after.touched - before.touched;
      const reached = after.reached - before.reached;
      const newest = entries[0];
      if (newest?.slot === slot) {
        entries[0] = { ...newest, at, touched: newest.touched + touched, reached: newest.reached + reached };
      } else {
        this.#made += 1;
        entries.unshift({ slot, at, touched, reached, number: this.#made });
      }
    }
    this.#entries = entries.slice(0, KEPT);
    return true;
  }

  /** Forgets everything: another round is shown. */
  clear(): void {
    this.#entries = [];
  }
}
