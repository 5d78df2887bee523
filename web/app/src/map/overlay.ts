// An overlay: something a page draws between the map and its names.

import type { Projection } from './projection.ts';

/** What the map asks of an overlay. */
export interface MapOverlay {
  /** Whether what it shows changed since it was drawn. */
  readonly isStale: boolean;
  /** Gives it its canvas, and a way to ask for a frame. */
  attach(canvas: HTMLCanvasElement, wake: () => void): void;
  resize(widthPx: number, heightPx: number, ratio: number): void;
  /** Draws for where the map looks. */
  draw(projection: Projection): void;
  /** Somebody clicked there, in CSS pixels, or pressed Enter with the cross there. */
  click(x: number, y: number): void;
}
