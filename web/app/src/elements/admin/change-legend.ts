// The legend of the map of changes: which marks mean what, how many there are, and which are shown.

import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { changeMark } from '../../map/change-marks.ts';
import { CHANGES, type Change } from '../../store/change-set.ts';
import { baseStyles } from '../../theme/base-styles.ts';
import { wholeIcon } from '../icons.ts';
import { legendStyles } from '../legend-styles.ts';
import { AdminElement } from './admin-element.ts';
import { adminStyles } from './admin-styles.ts';

@customElement('change-legend')
export class ChangeLegend extends AdminElement {
  static override readonly styles = [
    baseStyles,
    adminStyles,
    legendStyles,
    css`
      details {
        min-width: 176px;
      }

      ul {
        padding: 0 12px;
      }

      label.tick {
        min-height: var(--touch);
        cursor: pointer;
      }

      .figure {
        margin-left: auto;
        padding-left: 16px;
      }

      .thin {
        padding: 0 12px 4px;
        max-width: 220px;
      }

      button {
        width: 100%;
        border-top: 1px solid var(--hairline);
        border-radius: 0 0 var(--radius) var(--radius);
        color: var(--accent);
      }
    `,
  ];

  @state() private open = matchMedia('(min-width: 720px)').matches;

  override render() {
    const { desk, said, words, store } = this;
    const set = desk.changeSet;
    if (set === undefined) return nothing;
    const home = store.district?.tree.root?.bbox ?? store.district?.catalog.bounds;
    const there = CHANGES.toReversed().filter((change) => set.counts[change] > 0);
    if (there.length === 0) return nothing;
    return html`<details .open=${this.open} @toggle=${(event: Event) => (this.open = (event.target as HTMLDetailsElement).open)}>
      <summary>${words.legend}</summary>
      <ul>
        ${there.map((change) => this.sort(change, set.counts[change]))}
      </ul>
      ${this.thinned(there)}
      <button type="button" data-test="fit" @click=${() => desk.fit(home)}>${wholeIcon} ${said.fit}</button>
    </details>`;
  }

  private sort(change: Change, count: number) {
    const { desk, said, speech } = this;
    return html`<li>
      <label class="tick">
        <input type="checkbox" .checked=${desk.shown.has(change)} aria-label=${said.showSort(said[change])} @change=${() => desk.toggle(change)} />
        ${changeMark(change)} ${said[change]} <span class="figure">${speech.count(count)}</span>
      </label>
    </li>`;
  }

  private thinned(there: readonly Change[]) {
    const { said, speech } = this;
    const set = this.desk.changeSet;
    if (set === undefined) return nothing;
    const all = there.reduce((sum, change) => sum + set.counts[change], 0);
    const hidden = there.reduce((sum, change) => sum + set.hidden(change), 0);
    if (hidden === 0) return nothing;
    return html`<p class="thin muted">${said.changesShown(speech.count(all - hidden), speech.count(all))}</p>`;
  }
}
