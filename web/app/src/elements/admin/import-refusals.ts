// Rows that may not come in: by reason, one by one, and as a file to mend.

import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { rejectsAddress } from '../../api/imports.ts';
import type { Plan, RefusedRow } from '../../api/import-types.ts';
import { changeMark } from '../../map/change-marks.ts';
import { reasonIn, reasonLineIn } from '../../text/admin/reasons.ts';
import { baseStyles } from '../../theme/base-styles.ts';
import { targetIcon } from '../icons.ts';
import { AdminElement } from './admin-element.ts';
import { downloadIcon } from './admin-icons.ts';
import { adminStyles } from './admin-styles.ts';

const REASONS_SHOWN = 6;
const PAGE_ROWS = 8;
const FORMATS = ['geojson', 'csv', 'xlsx'] as const;

@customElement('import-refusals')
export class ImportRefusals extends AdminElement {
  static override readonly styles = [
    baseStyles,
    adminStyles,
    css`
      .reasons {
        display: flex;
        flex-direction: column;
        gap: 4px;
      }

      .reasons li {
        display: flex;
        gap: 12px;
        align-items: baseline;
        overflow-wrap: anywhere;
      }

      .reasons .figure {
        min-width: 48px;
        text-align: right;
        font-weight: 600;
      }

      .rejects {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
      }

      .rejects .lead {
        display: inline-flex;
        align-items: center;
        gap: 4px;
      }

      .rejects a {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        min-height: max(32px, var(--touch));
        color: var(--accent);
      }

      strong {
        display: block;
        font-weight: 600;
      }

      .field {
        color: var(--ink-muted);
      }

      td button {
        min-height: max(24px, var(--touch));
        margin: -2px 0;
        color: var(--accent);
      }
    `,
  ];

  @state() private rowsShown = PAGE_ROWS;
  @state() private reasonsShown = REASONS_SHOWN;

  override render() {
    const { desk, said, speech } = this;
    const { job } = desk;
    const plan = job?.plan;
    if (job === undefined || plan == null || plan.counts.refused === 0) return nothing;
    return html`<details class="part" open>
      <summary>
        ${changeMark('refused')}
        <h2>${said.refusedTitle}</h2>
        <span class="count figure">${speech.count(plan.counts.refused)}</span>
      </summary>
      <div class="body">
        ${plan.refused_by_reason.length > 1 ? this.reasons(plan) : nothing}
        <div class="rejects small">
          <span class="lead">${downloadIcon} ${said.rejectsDownload}</span>
          ${FORMATS.map((format) => html`<a href=${rejectsAddress(job.id, format)} download data-test="rejects-${format}">${format.toUpperCase()}</a>`)}
          <span class="muted">${said.rejectsHint}</span>
        </div>
        ${this.rows(plan)}
      </div>
    </details>`;
  }

  private reasons(plan: Plan) {
    const { said, speech, language } = this;
    const more = plan.refused_by_reason.length - this.reasonsShown;
    return html`<section>
      <h3 class="unseen">${said.reasons}</h3>
      <ul class="reasons small">
        ${plan.refused_by_reason.slice(0, this.reasonsShown).map(
          ({ reason, rows }) => {
            const told = reasonLineIn(language, reason);
            return html`<li><span class="figure">${speech.count(rows)}</span> <span lang=${told.language}>${told.text}</span></li>`;
          },
        )}
      </ul>
      ${more > 0
        ? html`<button type="button" class="link small" @click=${() => (this.reasonsShown = Infinity)}>${said.moreRows(speech.count(more))}</button>`
        : nothing}
    </section>`;
  }

  private rows(plan: Plan) {
    const { said, speech } = this;
    const several = plan.refused.some((row) => row.file != null);
    const more = plan.refused.length - this.rowsShown;
    return html`<div class="scroll">
        <table data-test="refused">
          <thead>
            <tr>
              ${several ? html`<th scope="col">${said.file}</th>` : nothing}
              <th scope="col" class="number">${said.row}</th>
              <th scope="col">${said.reason}</th>
              <th scope="col"><span class="unseen">${said.place}</span></th>
            </tr>
          </thead>
          <tbody>
            ${plan.refused.slice(0, this.rowsShown).map((row) => this.row(row, several))}
          </tbody>
        </table>
      </div>
      ${more > 0
        ? html`<button type="button" class="link" @click=${() => (this.rowsShown += 5 * PAGE_ROWS)}>
            ${said.moreRows(speech.count(Math.min(more, 5 * PAGE_ROWS)))}
          </button>`
        : nothing}
      ${more <= 0 && plan.refused.length < plan.counts.refused
        ? html`<p class="muted small">${said.refusedFirst(speech.count(plan.refused.length), speech.count(plan.counts.refused))}</p>`
        : nothing}`;
  }

  private row(row: RefusedRow, several: boolean) {
    const { desk, words, language } = this;
    const told = reasonIn(language, row.field, row.reason);
    const feature = desk.changeSet?.ofRefused(row.key ?? undefined, `${row.field}: ${row.reason}`);
    return html`<tr>
      ${several ? html`<td>${row.file}</td>` : nothing}
      <td class="number">${this.speech.count(row.row)}</td>
      <td class="reason">
        <strong>${row.key ?? nothing}</strong>
        ${told.language === 'en'
          ? html`<span lang="en"><span class="field">${told.field}</span> ${told.text}</span>`
          : html`<span class="field">${told.field}：</span>${told.text}`}
      </td>
      <td>
        ${feature === undefined
          ? nothing
          : html`<button
              type="button"
              aria-label="${words.showOnMap}: ${row.key ?? row.row}"
              title=${words.showOnMap}
              @click=${() => desk.select(feature, true)}
            >
              ${targetIcon}
            </button>`}
      </td>
    </tr>`;
  }
}
