// The newest grids that moved, and by how much.

import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ActivityEntry } from '../store/activity.ts';
import type { Topic } from '../store/topics.ts';
import { baseStyles } from '../theme/base-styles.ts';
import { StoreElement } from './store-element.ts';

@customElement('activity-feed')
export class ActivityFeed extends StoreElement {
  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        background: var(--panel);
      }

      h2 {
        padding: 12px 16px 4px;
      }

      p {
        padding: 0 16px 12px;
      }

      ol {
        flex: 1;
        min-height: 0;
        overflow-y: auto;
        padding-bottom: 8px;
        scrollbar-width: thin;
        scrollbar-color: var(--outline) transparent;
      }

      button {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: 0 12px;
        width: 100%;
        padding: 2px 16px;
        border-radius: 0;
        text-align: left;
        justify-content: stretch;
      }

      .name {
        overflow-wrap: anywhere;
        line-height: 1.3;
      }

      .moved {
        text-align: right;
      }
    `,
  ];

  protected override readonly topics: readonly Topic[] = ['district', 'activity'];

  override render() {
    const { words, store } = this;
    const { entries } = store.activity;
    return html`<h2 class="panel-title">${words.activity}</h2>
      ${entries.length === 0
        ? html`<p class="muted">${words.activityEmpty}</p>`
        : html`<ol tabindex="-1">
            ${repeat(
              entries,
              (entry) => entry.number,
              (entry) => this.entry(entry),
            )}
          </ol>`}`;
  }

  private entry(entry: ActivityEntry) {
    const { store, words, speech } = this;
    const area = store.district?.tree.bySlot(entry.slot);
    if (area === undefined) return null;
    const moved =
      entry.reached !== 0
        ? words.plusReached(speech.difference(entry.reached))
        : words.plusTouched(speech.difference(entry.touched));
    return html`<li>
      <button type="button" @click=${() => store.goToArea(area)}>
        <time class="figure small muted" datetime=${entry.at}>${speech.time(entry.at)}</time>
        <span class="name">${area.parent?.name ?? ''} ${area.name}</span>
        <span class="moved figure small">${moved}</span>
      </button>
    </li>`;
  }
}
