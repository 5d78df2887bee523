// The label layer: names of areas on a canvas above the map, moved with it every frame.

import type { Level } from '../api/types.ts';
import type { Area } from '../store/area-tree.ts';
import { approach, placeLabels, type LabelCandidate } from './labels.ts';
import { widthOnScreen, zoomOf, type Projection } from './projection.ts';

interface NameStyle {
  level: Level;
  /** Zooms (a world of 512 px at 0) between which names are shown. */
  from: number;
  to: number;
  sizePx: number;
  weight: 400 | 600;
}

/** By rank: larger areas first, while their names are shown at all. Blocks without doors are parks, schools, banks. */
const STYLES: readonly NameStyle[] = [
  { level: 'subdistrict', from: 8, to: 12.4, sizePx: 16, weight: 600 },
  { level: 'community', from: 11.2, to: 14.6, sizePx: 14, weight: 600 },
  { level: 'grid', from: 13.4, to: 18, sizePx: 12, weight: 600 },
  { level: 'block', from: 16.4, to: 23, sizePx: 12, weight: 400 },
  { level: 'block', from: 17.6, to: 23, sizePx: 12, weight: 400 },
];
const DOORLESS_BLOCK_RANK = 4;

/** A name may be this much wider than its area. */
const WIDER_THAN_AREA = 1.4;
const GAP_PX = 6;
const HALO_PX = 2;
const FIGURE_SIZE_PX = 12;
const FADE_MS = 160;
const LINE_HEIGHT = 1.25;
const KEPT_SPRITES = 800;

interface Sprite {
  canvas: HTMLCanvasElement;
  width: number;
  height: number;
}

/** Draws names of areas; each is painted once and then only moved. */
export class LabelLayer {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  readonly #sprites = new Map<string, Sprite>();
  readonly #opacity = new Map<number, number>();
  #shown: ReadonlySet<number> = new Set();
  #areas: readonly { area: Area; rank: number }[] = [];
  #ratio = 1;
  #lastMs = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d');
  }

  /** Names to show from now on. */
  setAreas(areas: Iterable<Area>): void {
    this.#areas = [...areas].flatMap((area) => {
      const first = STYLES.findIndex((style) => style.level === area.level);
      if (first === -1 || area.name === '') return [];
      return [{ area, rank: area.level === 'block' && area.doors === 0 ? DOORLESS_BLOCK_RANK : first }];
    });
  }

  /** Forgets painted names: fonts or colours changed. */
  repaint(): void {
    this.#sprites.clear();
  }

  resize(width: number, height: number, ratio: number): void {
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    if (ratio !== this.#ratio) this.repaint();
    this.#ratio = ratio;
  }

  /**
   * Draws for a view; true while a name is still fading.
   *
   * `figureOf` says what stands under a name, an empty text for nothing. `calm` shows and hides at once.
   */
  draw(projection: Projection, nowMs: number, calm: boolean, figureOf: (area: Area) => string): boolean {
    const context = this.#context;
    if (context === null) return false;
    const screen = { width: this.#canvas.width / this.#ratio, height: this.#canvas.height / this.#ratio };
    const zoom = zoomOf(projection);
    const areas = new Map<number, { sprite: Sprite; x: number; y: number }>();
    const candidates: LabelCandidate[] = [];
    for (const { area, rank } of this.#areas) {
      const style = STYLES[rank];
      if (style === undefined || zoom < style.from || zoom >= style.to) continue;
      const [x, y] = projection.toScreen(...area.label);
      if (x < 0 || y < 0 || x > screen.width || y > screen.height) continue;
      const sprite = this.#spriteOf(area.name, figureOf(area), style);
      if (sprite.width > widthOnScreen(projection, area.bbox) * WIDER_THAN_AREA) continue;
      candidates.push({ id: area.slot, x, y, width: sprite.width, height: sprite.height, rank });
      areas.set(area.slot, { sprite, x, y });
    }
    const placed = placeLabels(candidates, screen, this.#shown, GAP_PX);
    this.#shown = new Set(placed.map((label) => label.id));

    const step = calm ? 1 : Math.min(1, (nowMs - this.#lastMs) / FADE_MS);
    this.#lastMs = nowMs;
    const fading = this.#fade(areas, step);

    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    for (const [id, opacity] of this.#opacity) {
      const label = areas.get(id);
      if (label === undefined) continue;
      context.globalAlpha = opacity;
      context.drawImage(
        label.sprite.canvas,
        Math.round((label.x - label.sprite.width / 2) * this.#ratio - HALO_PX * this.#ratio),
        Math.round((label.y - label.sprite.height / 2) * this.#ratio - HALO_PX * this.#ratio),
      );
    }
    return fading;
  }

  /** Moves every opacity towards what is shown; names no longer on the screen go at once. */
  #fade(onScreen: ReadonlyMap<number, unknown>, step: number): boolean {
    let fading = false;
    for (const id of this.#shown) if (!this.#opacity.has(id)) this.#opacity.set(id, 0);
    for (const [id, opacity] of this.#opacity) {
      const wanted = this.#shown.has(id) ? 1 : 0;
      const next = approach(opacity, wanted, step);
      if ((next === 0 && wanted === 0) || !onScreen.has(id)) this.#opacity.delete(id);
      else this.#opacity.set(id, next);
      if (next !== wanted) fading = true;
    }
    return fading;
  }

  #spriteOf(name: string, figure: string, style: NameStyle): Sprite {
    const key = `${style.sizePx} ${style.weight} ${name} ${figure}`;
    const known = this.#sprites.get(key);
    if (known !== undefined) return known;
    if (this.#sprites.size >= KEPT_SPRITES) this.#sprites.clear();
    const sprite = this.#paint(name, figure, style);
    this.#sprites.set(key, sprite);
    return sprite;
  }

  #paint(name: string, figure: string, style: NameStyle): Sprite {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    const look = getComputedStyle(this.#canvas);
    const lines = [{ text: name, sizePx: style.sizePx, font: `${style.weight} ${style.sizePx}px ${look.fontFamily}` }];
    if (figure !== '') {
      lines.push({ text: figure, sizePx: FIGURE_SIZE_PX, font: `400 ${FIGURE_SIZE_PX}px ${look.fontFamily}` });
    }
    const height = lines.reduce((sum, line) => sum + line.sizePx * LINE_HEIGHT, 0);
    if (context === null) return { canvas, width: 0, height };
    const width = Math.ceil(
      Math.max(
        ...lines.map((line) => {
          context.font = line.font;
          return context.measureText(line.text).width;
        }),
      ),
    );
    canvas.width = Math.ceil((width + 2 * HALO_PX) * this.#ratio);
    canvas.height = Math.ceil((height + 2 * HALO_PX) * this.#ratio);
    context.scale(this.#ratio, this.#ratio);
    context.textBaseline = 'middle';
    context.textAlign = 'center';
    context.lineJoin = 'round';
    context.lineWidth = 2 * HALO_PX;
    // The canvas's own colour and outline colour are the label's and its halo's: the style sheet names them.
    context.strokeStyle = look.outlineColor;
    context.fillStyle = look.color;
    let top = HALO_PX;
    for (const { text, sizePx, font } of lines) {
      context.font = font;
      const middle = top + (sizePx * LINE_HEIGHT) / 2;
      context.strokeText(text, HALO_PX + width / 2, middle);
      context.fillText(text, HALO_PX + width / 2, middle);
      top += sizePx * LINE_HEIGHT;
    }
    return { canvas, width, height };
  }
}
