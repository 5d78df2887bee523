// Colours of changes. Each has a shape beside it (`map/change-marks.ts`); all are 3 : 1 and more against the land.

import type { Change } from '../store/change-set.ts';

/** Colours of a theme. */
export type ChangeColours = Readonly<Record<Change, string>>;

/** By the theme shown. */
export const CHANGE_COLOURS: Readonly<Record<'light' | 'dark', ChangeColours>> = {
  light: { added: '#00795a', moved: '#0072b2', changed: '#8a4a7d', refused: '#b3261e', vanished: '#5b6770' },
  dark: { added: '#35c49a', moved: '#4aa8e0', changed: '#d79bc8', refused: '#ff8a80', vanished: '#97a3ad' },
};

/** What lies around a mark, so that it stands out from others and from the map. */
export const MARK_HALO: Readonly<Record<'light' | 'dark', string>> = { light: '#ffffff', dark: '#0f1419' };

/** What lies around the mark that is looked at: the accent. */
export const SELECTED: Readonly<Record<'light' | 'dark', string>> = { light: '#0b5fa5', dark: '#6cb6ff' };

/** Hands the colours to the style sheets of an element, as `--change-SORT`. */
export function applyChangeColours(element: HTMLElement, theme: 'light' | 'dark'): void {
  for (const [change, colour] of Object.entries(CHANGE_COLOURS[theme])) element.style.setProperty(`--change-${change}`, colour);
}
