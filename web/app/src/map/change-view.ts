// Which marks of changes are seen from a view, and which lies under a pointer: pure functions over plain numbers.

import type { Change, ChangedFeature } from '../store/change-set.ts';
import { screenFromMercator, type Placement, type Projection } from './projection.ts';

/** A view onto Web Mercator, with the size of what it is seen on. */
export interface Screen extends Placement {
  width: number;
  height: number;
  /** CSS pixels the whole world is wide. */
  scale: number;
}

/** Marks of one sort nearer than this cover each other. */
const CELL_PX = 4;
/** Marks this far outside still reach in. */
const MARGIN_PX = 10;

/** At most so many of a list, chosen evenly. */
export function evenly<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  const step = items.length / most;
  return Array.from({ length: most }, (_, at) => items[Math.floor(at * step)] as Item);
}

/** The view of a projection on a screen of a size. */
export function screenFrom(projection: Projection, { width, height }: Pick<Screen, 'width' | 'height'>): Screen {
  const { along, across, left, top, worldWidthPx: scale } = projection;
  return { width, height, scale, along, across, left, top };
}

/**
 * Features whose mark is seen, of those for which `isMark` says so: on the screen, and not under one of the same sort.
 *
 * Of features in one cell of 4 px the first is kept. Cost: four multiplications and one look into a table a feature.
 */
export function thinMarks(
  features: readonly ChangedFeature[],
  { width, height, along, across, left, top }: Screen,
  isMark: (feature: ChangedFeature) => boolean,
): ChangedFeature[] {
  const columns = Math.ceil((width + 2 * MARGIN_PX) / CELL_PX) + 1;
  const rows = Math.ceil((height + 2 * MARGIN_PX) / CELL_PX) + 1;
  const taken = new Uint8Array(columns * rows);
  const seen: ChangedFeature[] = [];
  for (const feature of features) {
    const x = feature.x * along + feature.y * across + left + MARGIN_PX;
    const y = feature.y * along - feature.x * across + top + MARGIN_PX;
    if (!(x >= 0 && y >= 0 && x <= width + 2 * MARGIN_PX && y <= height + 2 * MARGIN_PX)) continue;
    const cell = Math.floor(y / CELL_PX) * columns + Math.floor(x / CELL_PX);
    if (taken[cell] === 1 || !isMark(feature)) continue;
    taken[cell] = 1;
    seen.push(feature);
  }
  return seen;
}

/** How a picture of one view lies on another: `[re, im, x, y]` of turning, growing and then shifting it, CSS pixels. */
export function motionBetween(from: Placement, to: Placement): [number, number, number, number] {
  const square = from.along ** 2 + from.across ** 2;
  const re = (to.along * from.along + to.across * from.across) / square;
  const im = (to.along * from.across - to.across * from.along) / square;
  return [re, im, to.left - (from.left * re - from.top * im), to.top - (from.left * im + from.top * re)];
}

/** The shown feature whose mark is nearest to a place on the screen, within a distance; undefined where none is. */
export function nearestMark(
  features: readonly ChangedFeature[],
  shown: ReadonlySet<Change>,
  screen: Screen,
  x: number,
  y: number,
  withinPx: number,
): ChangedFeature | undefined {
  let nearest: ChangedFeature | undefined;
  let least = withinPx;
  for (const feature of features) {
    if (!shown.has(feature.change)) continue;
    const [featureX, featureY] = screenFromMercator(screen, feature.x, feature.y);
    const distance = Math.hypot(featureX - x, featureY - y);
    // The later of two at the same distance lies on top; what is nowhere is at no distance.
    if (!(distance <= least)) continue;
    nearest = feature;
    least = distance;
  }
  return nearest;
}
