// A flight from one view to another: out, across and in, at a speed that feels even.

import type { MapView } from '../engine/handle.ts';
import { lonLatFromMercator, mercatorFromLonLat } from './projection.ts';

const CURVE = 1.42;
const SPEED = 1.6;
const SHORTEST_MS = 250;
const LONGEST_MS = 1600;

/** A flight; `at(0)` is where it starts, `at(1)` where it ends. */
export interface Flight {
  durationMs: number;
  at(progress: number): MapView;
}

/**
 * Flight between two views on a screen that shows `spanAtZoom0` worlds across at zoom 0.
 *
 * Source: van Wijk and Nuij, "Smooth and efficient zooming and panning", 2003, with ρ = 1.42.
 */
export function flightBetween(from: MapView, to: MapView, spanAtZoom0: number): Flight {
  const [x0, y0] = mercatorFromLonLat(from.lon, from.lat);
  const [unwrapped, y1] = mercatorFromLonLat(to.lon, to.lat);
  // The shorter way round the world, and round the compass.
  const x1 = unwrapped - Math.round(unwrapped - x0);
  const turn = to.bearing === undefined ? 0 : shorterTurn(from.bearing ?? 0, to.bearing);
  const w0 = spanAtZoom0 * 2 ** -from.zoom;
  const w1 = spanAtZoom0 * 2 ** -to.zoom;
  const distance = Math.hypot(x1 - x0, y1 - y0);
  const path = distance < 1e-12 ? zoomOnly(w0, w1) : zoomAndPan(w0, w1, distance);
  const durationMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, (Math.abs(path.length) / SPEED) * 1000));
  return {
    durationMs,
    at(progress) {
      if (progress <= 0) return from;
      if (progress >= 1) return to;
      const eased = easeInOut(progress);
      const { along, width } = path.at(eased * path.length);
      const part = distance < 1e-12 ? 1 : along / distance;
      const [lon, lat] = lonLatFromMercator(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part);
      const bearing = from.bearing === undefined && to.bearing === undefined ? undefined : (from.bearing ?? 0) + turn * eased;
      return { lon, lat, zoom: Math.log2(spanAtZoom0 / width), bearing };
    },
  };
}

/** Degrees to turn by from one bearing to another, −180 to 180. */
export function shorterTurn(from: number, to: number): number {
  const turn = (((to - from) % 360) + 360) % 360;
  return turn > 180 ? turn - 360 : turn;
}

interface Path {
  length: number;
  at(s: number): { along: number; width: number };
}

function zoomOnly(w0: number, w1: number): Path {
  const direction = w1 < w0 ? -1 : 1;
  return {
    length: Math.abs(Math.log(w1 / w0)) / CURVE,
    at: (s) => ({ along: 0, width: w0 * Math.exp(direction * CURVE * s) }),
  };
}

function zoomAndPan(w0: number, w1: number, distance: number): Path {
  const square = CURVE ** 2;
  const b = (w: number, sign: 1 | -1) =>
    (w1 ** 2 - w0 ** 2 + sign * square ** 2 * distance ** 2) / (2 * w * square * distance);
  const r = (value: number) => Math.log(Math.sqrt(value ** 2 + 1) - value);
  const r0 = r(b(w0, 1));
  const r1 = r(b(w1, -1));
  return {
    length: (r1 - r0) / CURVE,
    at: (s) => ({
      along: (w0 / square) * (Math.cosh(r0) * Math.tanh(CURVE * s + r0) - Math.sinh(r0)),
      width: (w0 * Math.cosh(r0)) / Math.cosh(CURVE * s + r0),
    }),
  };
}

function easeInOut(t: number): number {
  return t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) * (1 - t);
}
