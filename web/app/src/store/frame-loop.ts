// The frame loop: one requestAnimationFrame for data, map and labels, asleep while nothing moves.

/** Draws for a frame; true when it wants another one. */
export type Painter = (nowMs: number) => boolean;

/** Calls painters in the order they were added, as long as one of them wants more or somebody wakes it. */
export class FrameLoop {
  readonly #painters = new Set<Painter>();
  #scheduled = false;

  /** Adds a painter; what it returns removes it. */
  add(painter: Painter): () => void {
    this.#painters.add(painter);
    this.wake();
    return () => this.#painters.delete(painter);
  }

  /** Asks for a frame. */
  wake(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame((nowMs) => {
      this.#scheduled = false;
      let more = false;
      for (const painter of this.#painters) more = painter(nowMs) || more;
      if (more) this.wake();
    });
  }
}
