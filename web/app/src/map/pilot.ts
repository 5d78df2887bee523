// The pilot: brings the map where somebody asked it to go.

import type { MapHandle, MapView } from '../engine/handle.ts';
import type { Destination } from '../store/store.ts';
import { flightBetween, type Flight } from './flight.ts';
import { zoomOf, type Projection } from './projection.ts';

/** Room left around what a view is fitted to. */
export const FIT_PADDING_PX = 32;
/** A door is looked at from here at least. */
const DOOR_ZOOM = 17;

/** Flies a map, a step a frame. */
export class Pilot {
  readonly #map: MapHandle;
  #flight: { flight: Flight; startMs: number | undefined } | undefined;

  constructor(map: MapHandle) {
    this.#map = map;
  }

  /** Sets out for a destination; is there at once when `calm`. */
  flyTo(destination: Destination, projection: Projection, widthPx: number, calm: boolean): void {
    const from = this.#map.view();
    const to = this.#viewAt(destination, from, projection);
    if (calm) {
      this.#map.setView(to);
      return;
    }
    this.#map.setView(from);
    const spanAtZoom0 = (widthPx / projection.worldWidthPx) * 2 ** from.zoom;
    this.#flight = { flight: flightBetween(from, to, spanAtZoom0), startMs: undefined };
  }

  /** Stays where it is. */
  stop(): void {
    this.#flight = undefined;
  }

  /** Moves on to a moment; true while under way. */
  step(nowMs: number): boolean {
    if (this.#flight === undefined) return false;
    this.#flight.startMs ??= nowMs;
    const { flight, startMs } = this.#flight;
    const progress = (nowMs - startMs) / flight.durationMs;
    this.#map.setView(flight.at(progress));
    if (progress >= 1) this.#flight = undefined;
    return this.#flight !== undefined;
  }

  /** The view of a destination. The engine says it of bounds by going there; the caller brings it back. */
  #viewAt(destination: Destination, from: MapView, projection: Projection): MapView {
    if ('at' in destination) {
      const [lon, lat] = destination.at;
      return { ...from, lon, lat, zoom: from.zoom + Math.max(0, DOOR_ZOOM - zoomOf(projection)) };
    }
    this.#map.fitBounds(destination.bounds, FIT_PADDING_PX);
    return this.#map.view();
  }
}
