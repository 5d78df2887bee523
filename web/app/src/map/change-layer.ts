// The change layer: what an import would do, on a canvas above the map, moved with it every frame.

import type { ChangedFeature } from '../store/change-set.ts';
import { ChangePainter, type ShownChanges } from './change-painter.ts';
import { motionBetween, nearestMark, screenFrom, type Screen } from './change-view.ts';
import type { MapOverlay } from './overlay.ts';
import type { Projection } from './projection.ts';

export type { ShownChanges } from './change-painter.ts';

/** Features up to which every frame is painted anew; of more a picture is kept and moved. */
const PAINTED_ANEW = 2000;
/** The picture reaches so far beyond each edge of the screen, as a part of its size. */
const MARGIN = 0.25;
/** A map that has not moved for so long gets a picture of where it is. */
const REST_MS = 140;
/** A click this near a mark is on it. */
const NEAR_PX = 12;

const NOTHING: ShownChanges = { set: undefined, shown: new Set(), selected: undefined, spot: undefined, theme: 'light' };
const NO_SCREEN: Screen = { width: 0, height: 0, scale: 0, along: 0, across: 0, left: 0, top: 0 };

/** A painted view, larger than the screen. */
interface Picture {
  canvas: HTMLCanvasElement;
  /** The view it shows, its own edges being the screen's. */
  screen: Screen;
}

/** Draws changes. While the map moves, many of them cost one copy of a picture a frame. */
export class ChangeLayer implements MapOverlay {
  readonly #onChoose: (feature: ChangedFeature | undefined) => void;
  readonly #painter = new ChangePainter();
  #canvas: HTMLCanvasElement | undefined;
  #wake: () => void = () => undefined;
  #screen = NO_SCREEN;
  #ratio = 1;
  #what = NOTHING;
  #stale = false;
  #picture: Picture | undefined;
  /** Whether the picture no longer shows what is to be shown. */
  #pictureIsOld = true;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** `onChoose` hears which feature was clicked; undefined for none. */
  constructor(onChoose: (feature: ChangedFeature | undefined) => void) {
    this.#onChoose = onChoose;
  }

  get isStale(): boolean {
    return this.#stale;
  }

  attach(canvas: HTMLCanvasElement, wake: () => void): void {
    this.#canvas = canvas;
    this.#wake = wake;
    this.#stale = true;
  }

  /** Shows these from the next frame on. */
  show(what: ShownChanges): void {
    const before = this.#what;
    this.#pictureIsOld ||= what.set !== before.set || what.shown !== before.shown || what.theme !== before.theme;
    this.#what = what;
    this.#stale = true;
    this.#wake();
  }

  resize(widthPx: number, heightPx: number, ratio: number): void {
    if (this.#canvas === undefined) return;
    this.#canvas.width = Math.round(widthPx * ratio);
    this.#canvas.height = Math.round(heightPx * ratio);
    this.#ratio = ratio;
    this.#screen = { ...this.#screen, width: widthPx, height: heightPx };
    this.#picture = undefined;
    this.#stale = true;
  }

  click(x: number, y: number): void {
    const { set, shown } = this.#what;
    this.#onChoose(set === undefined ? undefined : nearestMark(set.features, shown, this.#screen, x, y, NEAR_PX));
  }

  draw(projection: Projection): void {
    this.#stale = false;
    const context = this.#canvas?.getContext('2d') ?? null;
    if (context === null) return;
    this.#screen = screenFrom(projection, this.#screen);
    const what = this.#what;
    if ((what.set?.features.length ?? 0) <= PAINTED_ANEW) {
      this.#picture = undefined;
      this.#painter.paint(context, this.#screen, this.#ratio, what);
    } else {
      this.#copy(context, this.#pictureFor(this.#screen));
    }
    this.#painter.ring(context, this.#screen, this.#ratio, what);
  }

  /** The picture to show: the one there is while the map moves, a new one where that will not do. */
  #pictureFor(screen: Screen): Picture {
    const picture = this.#picture;
    if (picture === undefined || this.#pictureIsOld) return this.#paint(screen);
    if (!covers(picture.screen, screen)) this.#paintAtRest();
    return picture;
  }

  #paint(screen: Screen): Picture {
    clearTimeout(this.#rest);
    const [marginX, marginY] = [screen.width * MARGIN, screen.height * MARGIN];
    const wide: Screen = {
      ...screen,
      width: screen.width + 2 * marginX,
      height: screen.height + 2 * marginY,
      left: screen.left + marginX,
      top: screen.top + marginY,
    };
    const canvas = this.#picture?.canvas ?? document.createElement('canvas');
    canvas.width = Math.ceil(wide.width * this.#ratio);
    canvas.height = Math.ceil(wide.height * this.#ratio);
    const context = canvas.getContext('2d');
    if (context !== null) this.#painter.paint(context, wide, this.#ratio, this.#what);
    this.#pictureIsOld = false;
    this.#picture = { canvas, screen: wide };
    return this.#picture;
  }

  #paintAtRest(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#pictureIsOld = true;
      this.#stale = true;
      this.#wake();
    }, REST_MS);
  }

  /** Puts the picture where the map is now. */
  #copy(context: CanvasRenderingContext2D, { canvas, screen: shown }: Picture): void {
    const [re, im, shiftX, shiftY] = motionBetween(shown, this.#screen);
    const [x, y] = [shiftX * this.#ratio, shiftY * this.#ratio];
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    // On whole pixels it stays as sharp as it is.
    if (isSameLook(shown, this.#screen)) return context.drawImage(canvas, Math.round(x), Math.round(y));
    context.setTransform(re, im, -im, re, x, y);
    context.drawImage(canvas, 0, 0);
  }
}

/** Whether two views differ by a shift alone. */
function isSameLook(a: Screen, b: Screen): boolean {
  return a.along === b.along && a.across === b.across;
}

/** Whether a picture shows a screen sharp and to its edges. */
function covers(picture: Screen, screen: Screen): boolean {
  if (!isSameLook(picture, screen)) return false;
  const [x, y] = [screen.left - picture.left, screen.top - picture.top];
  return x <= 0 && y <= 0 && x + picture.width >= screen.width && y + picture.height >= screen.height;
}
