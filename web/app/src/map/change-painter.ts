// Paints what an import would do for one view: outlines, lines of moves, marks.

import { CHANGES, type Change, type ChangedFeature, type ChangeSet, type Spot } from '../store/change-set.ts';
import { CHANGE_COLOURS, MARK_HALO, SELECTED } from '../theme/change-colours.ts';
import { paintMark } from './change-marks.ts';
import { evenly, thinMarks, type Screen } from './change-view.ts';
import { screenFromMercator } from './projection.ts';

/** Marks in sight up to which they are drawn large. */
const FEW = 1500;
const LARGE_PX = 13;
const SMALL_PX = 7;
/** Refused rows in sight up to which their marks stay large among any number of others: somebody has to look at each. */
const FEW_REFUSED = 400;
/** Lines of moves that are drawn; of more an even choice, which says where to as well. */
const MOST_LINES = 1500;
/** Outlines smaller than this on the screen are marks instead. */
const SMALLEST_OUTLINE_PX = 6;
/** Corners nearer than this to the last one drawn are left out. */
const CORNER_PX = 1.5;
/** Dashes by sort: an outline says what it is without its colour too. */
const DASHES: Readonly<Record<Change, readonly number[]>> = {
  added: [],
  moved: [8, 4],
  changed: [2, 3],
  refused: [10, 3, 2, 3],
  vanished: [4, 6],
};

/** What is painted. */
export interface ShownChanges {
  set: ChangeSet | undefined;
  shown: ReadonlySet<Change>;
  selected: ChangedFeature | undefined;
  /** A place that is looked at and is no change. */
  spot: Spot | undefined;
  theme: 'light' | 'dark';
}

/** Paints changes; keeps the marks it has painted. */
export class ChangePainter {
  readonly #sprites = new Map<string, HTMLCanvasElement>();
  #ratio = 1;

  /** Paints everything shown, the sorts that need somebody last; a canvas pixel is `1 / ratio` CSS pixels. */
  paint(context: CanvasRenderingContext2D, screen: Screen, ratio: number, what: ShownChanges): void {
    if (ratio !== this.#ratio) this.#sprites.clear();
    this.#ratio = ratio;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    const { set, shown, theme } = what;
    if (set === undefined) return;
    const sorts = CHANGES.filter((change) => shown.has(change)).map((change) => ({ change, features: set.placed(change) }));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    for (const { change, features } of sorts) this.#outlines(context, screen, theme, change, features);
    const isMark = (feature: ChangedFeature) => !isOutline(feature, screen);
    const marks = sorts.map(({ change, features }) => ({ change, seen: thinMarks(features, screen, isMark) }));
    const isFew = marks.reduce((sum, { seen }) => sum + seen.length, 0) <= FEW;
    for (const { change, seen } of marks) {
      if (change === 'moved') this.#moves(context, screen, theme, seen, isFew);
      const isLarge = isFew || (change === 'refused' && seen.length <= FEW_REFUSED);
      this.#marks(context, screen, theme, change, seen, isLarge ? LARGE_PX : SMALL_PX);
    }
  }

  /** A ring around what is looked at. */
  ring(context: CanvasRenderingContext2D, screen: Screen, ratio: number, { selected, spot, theme }: ShownChanges): void {
    const place = selected?.at === undefined ? spot : selected;
    if (place === undefined) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.beginPath();
    context.arc(...screenFromMercator(screen, place.x, place.y), 12, 0, 7);
    context.strokeStyle = MARK_HALO[theme];
    context.lineWidth = 5;
    context.stroke();
    context.strokeStyle = SELECTED[theme];
    context.lineWidth = 3;
    context.stroke();
  }

  #outlines(
    context: CanvasRenderingContext2D,
    screen: Screen,
    theme: 'light' | 'dark',
    change: Change,
    features: readonly ChangedFeature[],
  ): void {
    context.beginPath();
    for (const feature of features) {
      if (!isOutline(feature, screen)) continue;
      for (const { xy, isRing } of feature.paths) tracePath(context, screen, xy, isRing);
    }
    context.lineJoin = 'round';
    context.strokeStyle = MARK_HALO[theme];
    context.lineWidth = 4.5;
    context.stroke();
    context.setLineDash([...DASHES[change]]);
    context.strokeStyle = CHANGE_COLOURS[theme][change];
    context.lineWidth = 2;
    context.stroke();
    context.setLineDash([]);
  }

  /** Lines from old places to new ones, with a dot where something was while there are few. */
  #moves(
    context: CanvasRenderingContext2D,
    screen: Screen,
    theme: 'light' | 'dark',
    features: readonly ChangedFeature[],
    isFew: boolean,
  ): void {
    context.beginPath();
    for (const { x, y, fromX, fromY } of evenly(features, MOST_LINES)) {
      if (Number.isNaN(fromX)) continue;
      const [[x0, y0], [x1, y1]] = [screenFromMercator(screen, fromX, fromY), screenFromMercator(screen, x, y)];
      if (Math.abs(x1 - x0) + Math.abs(y1 - y0) < 4) continue;
      context.moveTo(x0, y0);
      context.lineTo(x1, y1);
      if (!isFew) continue;
      context.moveTo(x0 + 1.5, y0);
      context.arc(x0, y0, 1.5, 0, 7);
    }
    context.strokeStyle = CHANGE_COLOURS[theme].moved;
    context.globalAlpha = isFew ? 0.8 : 0.4;
    context.lineWidth = 1.25;
    context.stroke();
    context.globalAlpha = 1;
  }

  /** Marks on whole pixels: they are copied then, not drawn. */
  #marks(
    context: CanvasRenderingContext2D,
    { along, across, left, top }: Screen,
    theme: 'light' | 'dark',
    change: Change,
    features: readonly ChangedFeature[],
    sizePx: number,
  ): void {
    const sprite = this.#sprite(change, sizePx, theme);
    const half = sprite.width / 2;
    context.setTransform(1, 0, 0, 1, 0, 0);
    for (const { x, y } of features) {
      context.drawImage(
        sprite,
        Math.round((x * along + y * across + left) * this.#ratio - half),
        Math.round((y * along - x * across + top) * this.#ratio - half),
      );
    }
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
  }

  #sprite(change: Change, sizePx: number, theme: 'light' | 'dark'): HTMLCanvasElement {
    const key = `${change} ${sizePx} ${theme}`;
    let sprite = this.#sprites.get(key);
    if (sprite === undefined) {
      sprite = paintMark(change, sizePx, this.#ratio, CHANGE_COLOURS[theme][change], MARK_HALO[theme]);
      this.#sprites.set(key, sprite);
    }
    return sprite;
  }
}

/** Whether a shape is large enough on the screen to be drawn as what it is. */
function isOutline({ paths, bounds }: ChangedFeature, { scale }: Screen): boolean {
  if (paths.length === 0 || bounds === undefined) return false;
  return ((bounds[2] - bounds[0]) / 360) * scale >= SMALLEST_OUTLINE_PX;
}

/** Adds a line or ring to the path, unless it lies outside the screen. */
function tracePath(
  context: CanvasRenderingContext2D,
  { along, across, left, top, width, height }: Screen,
  xy: Float64Array,
  isRing: boolean,
): void {
  let [lastX, lastY] = [Infinity, Infinity];
  let [west, east, north, south] = [Infinity, -Infinity, Infinity, -Infinity];
  const corners: number[] = [];
  for (let at = 0; at < xy.length; at += 2) {
    const [mercatorX, mercatorY] = [xy[at] ?? 0, xy[at + 1] ?? 0];
    const x = mercatorX * along + mercatorY * across + left;
    const y = mercatorY * along - mercatorX * across + top;
    west = Math.min(west, x);
    east = Math.max(east, x);
    north = Math.min(north, y);
    south = Math.max(south, y);
    if (Math.abs(x - lastX) + Math.abs(y - lastY) < CORNER_PX && at < xy.length - 2) continue;
    corners.push(x, y);
    [lastX, lastY] = [x, y];
  }
  if (east < 0 || south < 0 || west > width || north > height) return;
  for (let at = 0; at < corners.length; at += 2) {
    if (at === 0) context.moveTo(corners[0] ?? 0, corners[1] ?? 0);
    else context.lineTo(corners[at] ?? 0, corners[at + 1] ?? 0);
  }
  if (isRing) context.closePath();
}
