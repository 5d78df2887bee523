// A figure that says when it changes, by a short tint instead of a jump.

import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';

const TINT_MS = 300;
/** A figure that moves all the time is not tinted all the time. */
const QUIET_MS = 2500;

@customElement('live-figure')
export class LiveFigure extends LitElement {
  static override readonly styles = css`
    :host {
      display: inline-block;
      border-radius: 3px;
      padding: 0 3px;
      margin: 0 -3px;
      font-variant-numeric: tabular-nums;
      line-height: 1.1;
      white-space: nowrap;
    }
  `;

  /** The figure as written. */
  @property() text = '';
  /** What it is a figure of; a change of that is no change of the figure. */
  @property() of = '';

  override render() {
    return html`${this.text}`;
  }

  #tintedMs = -QUIET_MS;

  override updated(changed: PropertyValues<this>): void {
    const before = changed.get('text');
    const nowMs = performance.now();
    if (before === undefined || before === '' || before === '–' || changed.has('of')) return;
    if (nowMs - this.#tintedMs < QUIET_MS) return;
    this.#tintedMs = nowMs;
    this.animate([{ backgroundColor: 'var(--tint)' }, { backgroundColor: 'transparent' }], TINT_MS);
  }
}
