// The palette: coverage and door colours, read from the server's style so that there is only one.

import type { DoorState } from '../api/types.ts';

/** A class of reached share. */
export interface CoverageClass {
  /** Lowest share in it. */
  from: number;
  /** Share at which the next one begins; 1 and more for the best. */
  to: number;
  colour: string;
}

/** Colours that mean something. */
export interface Palette {
  /** Worst first. */
  coverage: readonly CoverageClass[];
  /** Areas without an attempt or without eligible doors. */
  notStarted: string | undefined;
  doors: ReadonlyMap<DoorState, string>;
}

/** What the pages show until the style has come. */
export const NO_PALETTE: Palette = { coverage: [], notStarted: undefined, doors: new Map() };

const COVERAGE_LAYER = 'area-fill-grid';
const DOOR_LAYER = 'households';

/** Palette of a MapLibre style: `step` over the reached share in one layer, `match` over the door's state in the other. */
export function paletteFromStyle(style: unknown): Palette {
  const fill = paintOf(style, COVERAGE_LAYER, 'fill-color');
  const circle = paintOf(style, DOOR_LAYER, 'circle-color');
  return { coverage: coverageFrom(fill), notStarted: notStartedFrom(fill), doors: doorsFrom(circle) };
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

function paintOf(style: unknown, layerId: string, property: string): unknown {
  const layers = (style as { layers?: unknown } | null)?.layers;
  if (!Array.isArray(layers)) return undefined;
  const layer = layers.find((each: { id?: unknown }) => each.id === layerId) as
    | { paint?: Record<string, unknown> }
    | undefined;
  return layer?.paint?.[property];
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

function notStartedFrom(fill: unknown): string | undefined {
  return findExpression(fill, 'case')?.slice(2).find((part) => typeof part === 'string');
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
