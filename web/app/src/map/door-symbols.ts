// Door states as shapes: one table for the legend, the facts and the lists. The engine draws the same shapes.

import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { DoorState } from '../api/types.ts';
import type { Messages } from '../text/en.ts';

/** How a state is drawn, in a box from −8 to 8, and called. */
export interface DoorSymbol {
  word: keyof Messages & `state${string}`;
  shape: SVGTemplateResult;
}

const cross = svg`<path d="M-4.5-4.5 4.5 4.5M4.5-4.5-4.5 4.5" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />`;

/** Every state of a door. */
export const DOOR_SYMBOLS: Readonly<Record<DoorState, DoorSymbol>> = {
  untouched: {
    word: 'stateUntouched',
    shape: svg`<circle r="4.75" fill="none" stroke="currentColor" stroke-width="2.5" />`,
  },
  no_answer: { word: 'stateNoAnswer', shape: svg`<path d="M0-5.5 5.75 4.5h-11.5z" fill="currentColor" />` },
  refused: { word: 'stateRefused', shape: svg`<path d="M0-6.25 6.25 0 0 6.25-6.25 0z" fill="currentColor" />` },
  no_access: { word: 'stateNoAccess', shape: svg`<path d="M-4.75-4.75h9.5v9.5h-9.5z" fill="currentColor" />` },
  met: { word: 'stateMet', shape: svg`<circle r="5.25" fill="currentColor" />` },
  remote: {
    word: 'stateRemote',
    shape: svg`<circle r="3" fill="currentColor" /><circle r="5.5" fill="none" stroke="currentColor" stroke-width="1.5" />`,
  },
  vacant: { word: 'stateVacant', shape: cross },
  moved: { word: 'stateMoved', shape: cross },
  demolished: { word: 'stateDemolished', shape: cross },
  none: { word: 'stateNone', shape: svg`<circle r="1.75" fill="currentColor" />` },
};

/** States as the legend lists them; the three that take a door out of the count look the same. */
export const LEGEND_STATES: readonly { state: DoorState; word: DoorSymbol['word'] }[] = [
  { state: 'untouched', word: 'stateUntouched' },
  { state: 'no_answer', word: 'stateNoAnswer' },
  { state: 'refused', word: 'stateRefused' },
  { state: 'no_access', word: 'stateNoAccess' },
  { state: 'met', word: 'stateMet' },
  { state: 'remote', word: 'stateRemote' },
  { state: 'vacant', word: 'stateGone' },
];

/** A state's symbol, 16 px a side, in the palette's colour; with a collar when a follow-up is due. */
export function doorSymbol(state: DoorState, followUpDue = false): TemplateResult {
  return html`<svg class="door-symbol" viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true"
    style="color: var(--door-${state}, var(--ink-muted))">
    ${followUpDue ? svg`<circle r="7.25" fill="none" stroke="var(--follow-up)" stroke-width="1.5" />` : null}
    <g transform=${followUpDue ? 'scale(.8)' : 'scale(1)'}>${DOOR_SYMBOLS[state].shape}</g>
  </svg>`;
}
