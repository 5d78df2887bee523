// The scale bar.

import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { scaleBar } from '../map/scale.ts';
import type { Speech } from '../text/index.ts';

const LONGEST_PX = 112;

@customElement('scale-bar')
export class ScaleBarElement extends LitElement {
  static override readonly styles = css`
    :host {
      display: block;
      pointer-events: none;
    }

    div {
      padding: 0 4px 1px;
      border: solid var(--label);
      border-width: 0 1.5px 1.5px;
      font-size: var(--text-12);
      line-height: 1.2;
      text-align: center;
      white-space: nowrap;
      color: var(--label);
      background: var(--halo);
      box-sizing: border-box;
      font-variant-numeric: tabular-nums;
    }
  `;

  @property({ type: Number }) metresPerPx = 0;
  @property({ attribute: false }) speech!: Speech;

  override render() {
    if (this.metresPerPx <= 0) return null;
    const bar = scaleBar(this.metresPerPx, LONGEST_PX);
    const { words, count } = this.speech;
    const text = bar.lengthM >= 1000 ? words.kilometres(count(bar.lengthM / 1000)) : words.metres(count(bar.lengthM));
    return html`<div style="width: ${bar.widthPx}px">${text}</div>`;
  }
}
