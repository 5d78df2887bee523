// The strip at the top: the round, the figures of the whole district, the freshness of it all.

import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { baseStyles } from '../theme/base-styles.ts';
import { classOfShare } from '../theme/palette.ts';
import { worstFirst } from '../store/league.ts';
import type { Topic } from '../store/topics.ts';
import { stripStyles } from './figure-strip-styles.ts';
import { helpIcon } from './icons.ts';
import { StoreElement } from './store-element.ts';
import './coverage-bar.ts';
import './freshness-badge.ts';
import './live-figure.ts';
import './settings-buttons.ts';

@customElement('figure-strip')
export class FigureStrip extends StoreElement {
  static override readonly styles = [baseStyles, stripStyles];

  protected override readonly topics: readonly Topic[] = ['district', 'figures'];

  override render() {
    const { store, words } = this;
    const { district } = store;
    return html`
      <div class="place">
        <h1>${district?.tree.root?.name ?? district?.catalog.name ?? words.appName}</h1>
        ${this.roundChooser()}
      </div>
      ${this.figures()}
      <div class="tools">
        <freshness-badge .store=${store}></freshness-badge>
        <settings-buttons .store=${store}></settings-buttons>
        <button type="button" aria-label=${words.help} title="${words.help} (?)" @click=${this.askHelp}>${helpIcon}</button>
      </div>
    `;
  }

  private roundChooser() {
    const { store, words } = this;
    const rounds = store.district?.catalog.rounds ?? [];
    if (store.district === undefined) return nothing;
    if (rounds.length === 0) return html`<p class="muted">${words.noRound}</p>`;
    const ended = (ends: string | null | undefined) => ends != null && Date.parse(ends) <= store.nowMs();
    return html`<label class="round small">
      <span class="unseen">${words.round}</span>
      <select
        @change=${(event: Event) => void store.chooseRound((event.target as HTMLSelectElement).value)}
        .value=${store.roundId ?? ''}
      >
        ${rounds.map(
          (round) => html`<option value=${round.id} ?selected=${round.id === store.roundId}>
            ${round.name}${ended(round.ends_at) ? ` · ${words.roundEnded}` : ''}
          </option>`,
        )}
      </select>
    </label>`;
  }

  private figures() {
    const { store, words, speech } = this;
    const figures = store.total;
    if (store.readiness.kind === 'ready' && store.tables === undefined) {
      return html`<p class="none muted">${words.noRoundHint}</p>`;
    }
    const round = store.roundId ?? '';
    const count = (value: number | undefined) => (value === undefined ? words.none : speech.count(value));
    const item = (name: string, label: string, long: string, value: number | undefined, extra = '') =>
      html`<div class="item ${extra}" title=${long}>
        <dt>${label}</dt>
        <dd><live-figure data-figure=${name} .of=${round} .text=${count(value)}></live-figure></dd>
      </div>`;
    return html`<dl>
      <div class="item main" title=${words.reachedShareLong}>
        <dt>${words.reachedShare}</dt>
        <dd>
          <live-figure data-figure="reached_share" .of=${round} .text=${speech.share(figures?.reachedShare)}></live-figure>
          <coverage-bar
            .share=${figures?.reachedShare}
            .shareClass=${classOfShare(store.palette, figures?.reachedShare)}
          ></coverage-bar>
          ${this.worst()}
        </dd>
      </div>
      ${item('eligible', words.eligible, words.eligibleLong, figures?.eligible)}
      ${item('touched', words.touched, words.touchedLong, figures?.touched)}
      ${item('reached', words.reached, words.reachedLong, figures?.reached)}
      ${item('untouched', words.untouched, words.untouchedLong, figures?.untouched)}
      ${item('unassigned', words.unassigned, words.unassignedLong, store.tables?.unassigned.untouched, 'less')}
    </dl>`;
  }

  private worst() {
    const { store, words, speech } = this;
    const { district } = store;
    if (district?.tables === undefined) return nothing;
    const level = district.tree.root === undefined ? undefined : 'community';
    const areas = level === undefined ? [] : district.tree.atLevel(level);
    const worst = worstFirst(areas, (area) => store.figuresOf(area))[0];
    if (worst === undefined) return nothing;
    return html`<button type="button" class="worst" @click=${() => store.goToArea(worst)}>
      ▾ ${words.worst} <b>${worst.name}</b>
      <span class="figure">${speech.share(store.figuresOf(worst)?.reachedShare)}</span>
    </button>`;
  }

  private askHelp(): void {
    this.dispatchEvent(new CustomEvent('ask-help', { bubbles: true, composed: true }));
  }
}
