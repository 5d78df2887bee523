// Freshness: how old the newest data is, whatever the two clocks say.

const SAMPLES = 12;

/**
 * Age of the newest data, from the server's times and the moments they arrived.
 *
 * The two clocks are apart by an unknown amount; every beat shows that amount plus the time it travelled, so the smallest
 * difference of the last minute is the best guess. A local clock that is set anew is off for that minute at most.
 */
export class Freshness {
  #differences: number[] = [];
  #newest: number | undefined;
  #greetedMs: number | undefined;

  /** Notes that the stream began: what was just fetched is of now, whatever the server's clock says. */
  hello(arrivedMs: number): void {
    this.#greetedMs = arrivedMs;
  }

  /** Notes the server's own "now" and the local moment it arrived, both in milliseconds. */
  beat(at: string, arrivedMs: number): void {
    const serverMs = Date.parse(at);
    if (Number.isNaN(serverMs)) return;
    this.#differences.push(arrivedMs - serverMs);
    if (this.#differences.length > SAMPLES) this.#differences.shift();
    this.#hold(serverMs);
  }

  /** Notes when the newest change was recorded. Older changes, told again after a loss, do not count as clocks. */
  change(at: string, arrivedMs: number): void {
    const serverMs = Date.parse(at);
    if (Number.isNaN(serverMs)) return;
    if (this.#differences.length === 0) this.#differences.push(arrivedMs - serverMs);
    this.#hold(serverMs);
  }

  /** Age in milliseconds at a local moment, never below zero; undefined before anything was heard. */
  ageMs(nowMs: number): number | undefined {
    if (this.#newest === undefined) return this.#greetedMs === undefined ? undefined : Math.max(0, nowMs - this.#greetedMs);
    return Math.max(0, nowMs - Math.min(...this.#differences) - this.#newest);
  }

  #hold(serverMs: number): void {
    this.#newest = this.#newest === undefined ? serverMs : Math.max(this.#newest, serverMs);
  }
}
