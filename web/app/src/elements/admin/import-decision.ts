// The word of the person: confirm or cancel, always in reach under the plan.

import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { baseStyles } from '../../theme/base-styles.ts';
import { AdminElement } from './admin-element.ts';
import { adminStyles } from './admin-styles.ts';

@customElement('import-decision')
export class ImportDecision extends AdminElement {
  static override readonly styles = [
    baseStyles,
    adminStyles,
    css`
      :host {
        display: block;
      }

      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        padding: 12px 16px;
        border-top: 1px solid var(--hairline);
        background: var(--panel);
        box-shadow: 0 -4px 16px light-dark(#1d242b0f, #00000040);
      }

      .expires {
        margin-left: auto;
      }

      @media (max-width: 719px) {
        .primary {
          flex: 1;
        }

        .expires {
          flex: 1 0 100%;
        }
      }
    `,
  ];

  override render() {
    const { desk, said, speech } = this;
    const { job } = desk;
    if (desk.step !== 'deciding' || job === undefined) return nothing;
    const { added = 0, changed = 0, moved = 0 } = job.plan?.counts ?? {};
    const altering = added + changed + moved;
    return html`<div class="bar">
      ${job.state === 'ready'
        ? html`<button type="button" class="primary" data-test="confirm" ?disabled=${desk.busy} @click=${() => void desk.confirm()}>
            ${altering === 0 ? said.confirm : said.confirmRows(speech.count(altering))}
          </button>`
        : nothing}
      <button
        type="button"
        class="secondary"
        data-test="cancel"
        title=${said.cancelHint}
        ?disabled=${desk.busy}
        @click=${() => void desk.cancel()}
      >
        ${said.cancel}
      </button>
      ${job.expires_at == null ? nothing : html`<span class="expires muted small figure">${said.expires(speech.dateTime(job.expires_at))}</span>`}
    </div>`;
  }
}
