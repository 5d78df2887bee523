// The changes one by one: a list that says the same as the map, and goes there.

import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { changeMark } from '../../map/change-marks.ts';
import { CHANGES, type Change, type ChangedFeature } from '../../store/change-set.ts';
import { metresBetween } from '../../store/distance.ts';
import type { Topic } from '../../store/topics.ts';
import { placeText } from '../../text/admin/index.ts';
import { changeReasonIn } from '../../text/admin/reasons.ts';
import { baseStyles } from '../../theme/base-styles.ts';
import { AdminElement } from './admin-element.ts';
import { adminStyles } from './admin-styles.ts';

const PAGE_ROWS = 50;

@customElement('import-changes')
export class ImportChanges extends AdminElement {
  static override readonly styles = [
    baseStyles,
    adminStyles,
    css`
      .sorts button {
        gap: 6px;
        padding: 0 10px;
        box-shadow: inset 0 0 0 1px var(--outline);
        font-size: var(--text-12);
      }

      .sorts button[aria-pressed='true'] {
        background: var(--accent-tint);
        box-shadow: inset 0 0 0 1.5px var(--accent);
      }

      .rows button {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: 0 8px;
        width: 100%;
        justify-content: stretch;
        padding: 2px 8px;
        text-align: left;
      }

      .rows li + li {
        border-top: 1px solid var(--hairline);
      }

      .rows .key {
        overflow-wrap: anywhere;
      }

      .rows .why {
        grid-column: 2 / -1;
        color: var(--ink-muted);
        overflow-wrap: anywhere;
      }

      .rows [aria-current] {
        background: var(--accent-tint);
        box-shadow: inset 3px 0 0 var(--accent);
      }
    `,
  ];

  protected override readonly topics: readonly Topic[] = ['import', 'map'];

  @state() private rowsShown = PAGE_ROWS;
  @state() private sort: Change | undefined;

  override render() {
    const { desk, said, store, speech } = this;
    const { changes } = desk;
    if (changes === undefined) return nothing;
    const set = desk.changeSet;
    const all = set === undefined ? 0 : CHANGES.reduce((sum, change) => sum + set.counts[change], 0);
    return html`<details class="part" ?open=${store.mapDrawn === false}>
      <summary>
        <h2>${said.changesTitle}</h2>
        <span class="count figure muted">${set === undefined ? nothing : speech.count(all)}</span>
      </summary>
      <div class="body">${this.body()}</div>
    </details>`;
  }

  private body() {
    const { desk, said, words, speech } = this;
    const { changes } = desk;
    if (changes?.kind === 'failed') return html`<p>${said.changesFailed} ${changes.said === '' ? nothing : words.serverSaid(changes.said)}</p>`;
    const set = desk.changeSet;
    if (set === undefined) return html`<p class="muted" role="status">${words.loading}</p>`;
    if (set.features.length === 0) return html`<p class="muted">${said.changesNone}</p>`;
    const features = set.ordered().filter((feature) => this.sort === undefined || feature.change === this.sort);
    const more = features.length - this.rowsShown;
    return html`
      <div class="buttons sorts">
        ${CHANGES.toReversed()
          .filter((change) => set.counts[change] > 0)
          .map(
            (change) => html`<button
              type="button"
              aria-pressed=${this.sort === change ? 'true' : 'false'}
              @click=${() => this.choose(change)}
            >
              ${changeMark(change)} ${said[change]}
            </button>`,
          )}
      </div>
      <ul class="rows small" data-test="changes">
        ${features.slice(0, this.rowsShown).map((feature) => this.row(feature))}
      </ul>
      ${more > 0
        ? html`<button type="button" class="link" @click=${() => (this.rowsShown += PAGE_ROWS)}>
            ${said.moreRows(speech.count(Math.min(more, PAGE_ROWS)))}
          </button>`
        : nothing}
    `;
  }

  private row(feature: ChangedFeature) {
    const { desk, said } = this;
    const { at, from, reason } = feature;
    const told = reason === undefined ? undefined : changeReasonIn(this.language, reason);
    const moved = at !== undefined && from !== undefined ? said.movedFar(this.metres(metresBetween(from, at))) : '';
    return html`<li>
      <button
        type="button"
        aria-current=${desk.selected === feature ? 'true' : nothing}
        @click=${() => desk.select(feature, true)}
      >
        <span>${changeMark(feature.change)}<span class="unseen">${said[feature.change]}</span></span>
        <span class="key">${feature.key === '' ? '–' : feature.key}</span>
        <span class="figure muted">${at === undefined ? said.nowhere : placeText(at)}</span>
        ${moved === '' && told === undefined ? nothing : html`<span class="why" lang=${told?.language ?? nothing}>${told?.text ?? moved}</span>`}
      </button>
    </li>`;
  }

  private choose(change: Change): void {
    this.sort = this.sort === change ? undefined : change;
    this.rowsShown = PAGE_ROWS;
  }
}
