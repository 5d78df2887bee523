// The palette: coverage and door colours, read from the server's style so that there is only one.

import type { DoorState, Level } from '../api/types.ts';

/** A class of reached share. */
export interface CoverageClass {
  /** Lowest share in it. */
  from: number;
  /** Share at which the next one begins; 1 and more for the best. */
  to: number;
  colour: string;
}

/** Zooms at which areas of a level are filled: from the first, up to but not including the second. */
export interface FilledLevel {
  level: Level;
  from: number;
  to: number;
}

/** Colours that mean something, and where they are laid. */
export interface Palette {
  /** Worst first. */
  coverage: readonly CoverageClass[];
  /** Areas without an attempt. */
  notStarted: string | undefined;
  doors: ReadonlyMap<DoorState, string>;
  filled: readonly FilledLevel[];
}

/** What the pages show until the style has come. */
export const NO_PALETTE: Palette = { coverage: [], notStarted: undefined, doors: new Map(), filled: [] };

const FILL_LAYER = 'area-fill-';
const COVERAGE_LAYER = `${FILL_LAYER}grid`;
const DOOR_LAYER = 'households';

/** Palette of a MapLibre style: `step` over the reached share in one layer, `match` over the door's state in the other. */
export function paletteFromStyle(style: unknown): Palette {
  const fill = paintOf(style, COVERAGE_LAYER, 'fill-color');
  const circle = paintOf(style, DOOR_LAYER, 'circle-color');
  return {
    coverage: coverageFrom(fill),
    notStarted: notStartedFrom(fill),
    doors: doorsFrom(circle),
    filled: filledFrom(style),
  };
}

/** Level whose areas are filled at a zoom; undefined where none is. */
export function levelFilledAt(palette: Palette, zoom: number): Level | undefined {
  return palette.filled.find(({ from, to }) => zoom >= from && zoom < to)?.level;
}

/** Class a share falls into; undefined without a share. */
export function classOfShare(palette: Palette, share: number | undefined): number | undefined {
  if (share === undefined || palette.coverage.length === 0) return undefined;
  return palette.coverage.findLastIndex((each) => share >= each.from);
}

/** Hands the palette to the style sheets, as `--cover-0…`, `--cover-none` and `--door-STATE`. */
export function applyPalette(palette: Palette, page: HTMLElement): void {
  palette.coverage.forEach((each, index) => page.style.setProperty(`--cover-${index}`, each.colour));
  page.style.setProperty('--cover-none', palette.notStarted ?? 'transparent');
  for (const [state, colour] of palette.doors) page.style.setProperty(`--door-${state}`, colour);
}

/** The part of a style layer that is read. */
interface StyleLayer {
  id?: unknown;
  minzoom?: unknown;
  maxzoom?: unknown;
  paint?: Record<string, unknown>;
}

function layersOf(style: unknown): StyleLayer[] {
  const layers = (style as { layers?: unknown } | null | undefined)?.layers;
  return Array.isArray(layers) ? (layers as StyleLayer[]) : [];
}

function paintOf(style: unknown, layerId: string, property: string): unknown {
  return layersOf(style).find((layer) => layer.id === layerId)?.paint?.[property];
}

function filledFrom(style: unknown): FilledLevel[] {
  return layersOf(style).flatMap(({ id, minzoom, maxzoom }) =>
    typeof id === 'string' && id.startsWith(FILL_LAYER)
      ? [
          {
            level: id.slice(FILL_LAYER.length) as Level,
            from: typeof minzoom === 'number' ? minzoom : 0,
            to: typeof maxzoom === 'number' ? maxzoom : Infinity,
          },
        ]
      : [],
  );
}

/** The first expression with an operator, in an expression or nested in it. */
function findExpression(value: unknown, operator: string): unknown[] | undefined {
  if (!Array.isArray(value)) return undefined;
  if (value[0] === operator) return value;
  for (const part of value) {
    const found = findExpression(part, operator);
    if (found !== undefined) return found;
  }
  return undefined;
}

function coverageFrom(fill: unknown): CoverageClass[] {
  const step = findExpression(fill, 'step');
  if (step === undefined) return [];
  const classes: CoverageClass[] = [];
  for (let at = 2; at < step.length; at += 2) {
    const colour = step[at];
    const from = at === 2 ? 0 : step[at - 1];
    const to = step[at + 1] ?? 1;
    if (typeof colour === 'string' && typeof from === 'number' && typeof to === 'number') {
      classes.push({ from, to, colour });
    }
  }
  return classes;
}

/** The last colour before the classes; the one before it is of areas without eligible doors. */
function notStartedFrom(fill: unknown): string | undefined {
  return findExpression(fill, 'case')?.findLast((part, at) => at > 0 && typeof part === 'string') as string | undefined;
}

function doorsFrom(circle: unknown): Map<DoorState, string> {
  const match = findExpression(circle, 'match');
  const doors = new Map<DoorState, string>();
  if (match === undefined) return doors;
  for (let at = 2; at + 1 < match.length; at += 2) {
    const colour = match[at + 1];
    if (typeof colour !== 'string') continue;
    for (const state of [match[at]].flat()) doors.set(state as DoorState, colour);
  }
  return doors;
}
