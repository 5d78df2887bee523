// What the change looked at is: on the map, where it was clicked or gone to.

import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { changeMark } from '../../map/change-marks.ts';
import { metresBetween } from '../../store/distance.ts';
import { placeText } from '../../text/admin/index.ts';
import { changeReasonIn } from '../../text/admin/reasons.ts';
import { baseStyles } from '../../theme/base-styles.ts';
import { closeIcon } from '../icons.ts';
import { AdminElement } from './admin-element.ts';
import { adminStyles } from './admin-styles.ts';

@customElement('change-callout')
export class ChangeCallout extends AdminElement {
  static override readonly styles = [
    baseStyles,
    adminStyles,
    css`
      .card {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: 2px 8px;
        align-items: center;
        width: max-content;
        max-width: min(420px, 100%);
        pointer-events: auto;
        padding: 4px 4px 8px 12px;
        border-radius: var(--radius);
        background: var(--panel);
        box-shadow: var(--shadow);
      }

      .key {
        font-weight: 600;
        overflow-wrap: anywhere;
      }

      .more {
        grid-column: 2;
        font-size: var(--text-12);
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render() {
    const { desk, said, words } = this;
    const feature = desk.selected;
    const told = feature?.reason === undefined ? undefined : changeReasonIn(this.language, feature.reason);
    // The region is there before it speaks: a region that comes with its words is not read out.
    return html`<div role="status">
      ${feature === undefined
        ? nothing
        : html`<div class="card" data-test="callout">
            ${changeMark(feature.change)}
            <span class="key"><span class="muted">${said[feature.change]}</span> ${feature.key}</span>
            <button type="button" aria-label=${words.close} @click=${() => desk.select(undefined, false)}>${closeIcon}</button>
            ${feature.from !== undefined && feature.at !== undefined
              ? html`<span class="more">${said.movedFar(this.metres(metresBetween(feature.from, feature.at)))}</span>`
              : nothing}
            ${told === undefined ? nothing : html`<span class="more" lang=${told.language}>${told.text}</span>`}
            ${feature.at === undefined ? nothing : html`<span class="more muted figure">${placeText(feature.at)}</span>`}
          </div>`}
    </div>`;
  }
}
