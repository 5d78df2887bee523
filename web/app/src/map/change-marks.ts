// Marks of changes: one table of shapes for the map, its legend and the lists.

import { svg, type SVGTemplateResult } from 'lit';
import type { Change } from '../store/change-set.ts';

/** A shape in a box from −8 to 8, as the data of an SVG path. */
export interface ChangeMark {
  path: string;
  /** Drawn as a line of this width; filled without it. */
  lineWidth?: number;
}

/** Disc, arrowhead's diamond, square, cross, open ring: told apart without their colours. */
export const CHANGE_MARKS: Readonly<Record<Change, ChangeMark>> = {
  added: { path: 'M5.25 0A5.25 5.25 0 1 1-5.25 0 5.25 5.25 0 1 1 5.25 0z' },
  moved: { path: 'M0-6.25 6.25 0 0 6.25-6.25 0z' },
  changed: { path: 'M-4.75-4.75h9.5v9.5h-9.5z' },
  refused: { path: 'M-5-5 5 5M5-5-5 5', lineWidth: 3 },
  vanished: { path: 'M5 0A5 5 0 1 1-5 0 5 5 0 1 1 5 0z', lineWidth: 2.25 },
};

/** The mark of a change as a picture of 16 px. */
export function changeMark(change: Change): SVGTemplateResult {
  const { path, lineWidth } = CHANGE_MARKS[change];
  const colour = `var(--change-${change})`;
  return svg`<svg class="change-mark" viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true">
    ${change === 'moved' ? svg`<path d="M-8 6-2 1" stroke=${colour} stroke-width="2" stroke-linecap="round" />` : null}
    <path d=${path} stroke-linecap="round"
      fill=${lineWidth === undefined ? colour : 'none'}
      stroke=${lineWidth === undefined ? 'none' : colour}
      stroke-width=${lineWidth ?? 0} />
  </svg>`;
}

/** Paints a mark into a canvas of its own, with a halo. */
export function paintMark(change: Change, sizePx: number, ratio: number, colour: string, halo: string): HTMLCanvasElement {
  const { path, lineWidth } = CHANGE_MARKS[change];
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.ceil((sizePx + 3) * ratio);
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  const scale = (sizePx / 14) * ratio;
  context.setTransform(scale, 0, 0, scale, canvas.width / 2, canvas.height / 2);
  const shape = new Path2D(path);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  const haloWidth = (1.5 * ratio) / scale;
  context.strokeStyle = halo;
  context.lineWidth = (lineWidth ?? 0) + 2 * haloWidth;
  context.stroke(shape);
  if (lineWidth === undefined) {
    context.fillStyle = colour;
    context.fill(shape);
  } else {
    context.strokeStyle = colour;
    context.lineWidth = lineWidth;
    context.stroke(shape);
  }
  return canvas;
}
