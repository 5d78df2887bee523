// A small bar of the reached share in its class's colour; the worst class is hatched, as on the map.

import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';

@customElement('coverage-bar')
export class CoverageBar extends LitElement {
  static override readonly styles = css`
    :host {
      display: block;
      height: 8px;
      border-radius: 2px;
      background: var(--sunken);
      box-shadow: inset 0 0 0 1px var(--hairline);
      overflow: hidden;
    }

    div {
      height: 100%;
      border-radius: 2px;
      box-shadow: inset 0 0 0 1px var(--outline);
      transition: width 300ms;
    }

    .worst {
      background-image: repeating-linear-gradient(135deg, transparent 0 2px, var(--hatch) 2px 3px);
    }

    @media (prefers-reduced-motion: reduce) {
      div {
        transition: none;
      }
    }
  `;

  /** 0 to 1; nothing is drawn for nothing. */
  @property({ attribute: false }) share: number | undefined;
  /** Class of the share, 0 the worst. */
  @property({ attribute: false }) shareClass: number | undefined;

  override render() {
    if (this.share === undefined || this.share === 0) return null;
    return html`<div
      class=${this.shareClass === 0 ? 'worst' : ''}
      style=${styleMap({
        width: `${Math.max(this.share * 100, 1.5)}%`,
        backgroundColor: `var(--cover-${this.shareClass ?? 0})`,
      })}
    ></div>`;
  }
}
