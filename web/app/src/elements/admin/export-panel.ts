// Taking data out: every layer in every format, whole or of one area, now or as it was.

import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { EXPORT_FORMATS, EXPORT_LAYERS, exportAddress, type ExportLayer } from '../../api/export.ts';
import { pathTo, type Area } from '../../store/area-tree.ts';
import type { Topic } from '../../store/topics.ts';
import { momentInZone } from '../../store/zone.ts';
import { DISTRICT_ZONE } from '../../text/index.ts';
import { baseStyles } from '../../theme/base-styles.ts';
import { AdminElement } from './admin-element.ts';
import { downloadIcon } from './admin-icons.ts';
import { adminStyles } from './admin-styles.ts';

const SUGGESTED = 200;

@customElement('export-panel')
export class ExportPanel extends AdminElement {
  static override readonly styles = [
    baseStyles,
    adminStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 16px;
      }

      .choices {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
        gap: 12px;
      }

      .choices label {
        display: flex;
        flex-direction: column;
        gap: 4px;
      }

      table {
        font-size: var(--text-14);
      }

      th[scope='row'] strong {
        font-weight: 600;
      }

      td {
        padding: 0 4px;
        vertical-align: middle;
      }

      a {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        min-height: max(36px, var(--touch));
        padding: 0 8px;
        border-radius: var(--radius);
        color: var(--accent);
        text-decoration: none;
        white-space: nowrap;
      }

      a:hover {
        background: var(--accent-tint);
        text-decoration: underline;
      }
    `,
  ];

  protected override readonly topics: readonly Topic[] = ['district'];

  @state() private within = '';
  @state() private at = '';
  @state() private round = '';

  override render() {
    const { said, store } = this;
    const { district } = store;
    const rounds = district?.catalog.rounds ?? [];
    const asked = this.asked();
    return html`
      <p class="muted">${said.exportHint}</p>
      <div class="choices">
        <label>
          ${said.exportWithin}
          <input
            type="text"
            list="areas"
            autocomplete="off"
            placeholder=${said.exportWhole}
            .value=${this.within}
            @input=${(event: Event) => (this.within = (event.target as HTMLInputElement).value)}
          />
          <datalist id="areas">
            ${(district?.tree.search(this.within === '' ? '' : this.within, SUGGESTED) ?? []).map(
              (area) => html`<option value=${area.code}>${pathOf(area)}</option>`,
            )}
          </datalist>
          <span class="muted small" role="status">${this.withinSaid()}</span>
        </label>
        <label>
          ${said.exportAt}
          <input type="datetime-local" .value=${this.at} @input=${(event: Event) => (this.at = (event.target as HTMLInputElement).value)} />
          <span class="muted small">${this.at === '' ? said.exportNow : nothing}</span>
        </label>
        ${rounds.length === 0
          ? nothing
          : html`<label>
              ${said.exportRound}
              <select @change=${(event: Event) => (this.round = (event.target as HTMLSelectElement).value)}>
                ${rounds.map((round) => html`<option value=${round.id} ?selected=${round.id === (this.round || store.roundId)}>${round.name}</option>`)}
              </select>
            </label>`}
      </div>
      <div class="scroll">
        <table data-test="exports">
          <thead>
            <tr>
              <th scope="col">${said.exportLayer}</th>
              ${EXPORT_FORMATS.map(({ name }) => html`<th scope="col"><span class="unseen">${name}</span></th>`)}
            </tr>
          </thead>
          <tbody>
            ${EXPORT_LAYERS.map(
              (layer) => html`<tr>
                <th scope="row"><strong>${said[layer]}</strong></th>
                ${EXPORT_FORMATS.map(
                  ({ id, name }) =>
                    html`<td>
                      <a href=${exportAddress(layer, id, { ...asked, round: this.roundOf(layer) })} download aria-label=${said.download(said[layer], name)}>
                        ${downloadIcon} ${name}
                      </a>
                    </td>`,
                )}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p class="muted small">${said.exportSample}</p>
    `;
  }

  private roundOf(layer: ExportLayer): string | undefined {
    return layer === 'visits' ? this.round || this.store.roundId : undefined;
  }

  private asked(): { within: string | undefined; at: string | undefined } {
    const area = this.area();
    return { within: area?.code, at: momentInZone(this.at, DISTRICT_ZONE)?.toISOString() };
  }

  private area(): Area | undefined {
    return this.store.district?.tree.byCode(this.within.trim());
  }

  private withinSaid(): string {
    const { words, said } = this;
    if (this.within.trim() === '') return said.exportWhole;
    const area = this.area();
    return area === undefined ? words.leagueNothingFound(this.within.trim()) : pathOf(area);
  }
}

function pathOf(area: Area): string {
  return pathTo(area)
    .map(({ name }) => name)
    .join(' › ');
}
