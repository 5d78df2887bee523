// The league: areas of a level inside an area, the worst first, as a table that says the same as the map.

import { html, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Level } from '../api/types.ts';
import { pathTo, type Area } from '../store/area-tree.ts';
import { worstFirst } from '../store/league.ts';
import type { Topic } from '../store/topics.ts';
import { baseStyles } from '../theme/base-styles.ts';
import { classOfShare } from '../theme/palette.ts';
import { closeIcon, searchIcon } from './icons.ts';
import { leagueStyles } from './area-league-styles.ts';
import { StoreElement } from './store-element.ts';
import './coverage-bar.ts';
import './live-figure.ts';

const PAGE_ROWS = 100;
const FOUND_LIMIT = 50;
/** Figures move at once; rows change places only this often, and not under somebody's hand. */
const REORDER_MS = 5000;

@customElement('area-league')
export class AreaLeague extends StoreElement {
  static override readonly styles = [baseStyles, leagueStyles];

  protected override readonly topics: readonly Topic[] = ['district', 'figures', 'scope', 'selection', 'map'];

  @state() private wanted = '';
  @state() private rowsShown = PAGE_ROWS;
  @query('input') private input!: HTMLInputElement | null;

  #order: Area[] = [];
  #orderOf = '';
  #orderedMs = 0;

  /** Puts the cursor into the search field. */
  focusSearch(): void {
    this.input?.focus();
    this.input?.select();
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { store } = this;
    const { district, scope, level } = store;
    const key = `${district?.shapesVersion} ${store.roundId} ${scope?.code} ${level} ${this.wanted}`;
    if (key !== this.#orderOf) {
      this.#orderOf = key;
      this.rowsShown = PAGE_ROWS;
    } else if (performance.now() - this.#orderedMs < REORDER_MS || this.matches(':hover, :focus-within')) {
      return;
    }
    this.#orderedMs = performance.now();
    const figuresOf = (area: Area) => store.figuresOf(area);
    if (district === undefined || scope === undefined) this.#order = [];
    else if (this.wanted.trim() !== '') this.#order = district.tree.search(this.wanted, FOUND_LIMIT);
    else this.#order = worstFirst(district.tree.atLevel(level, scope), figuresOf);
  }

  override render() {
    const { words } = this;
    return html`
      <h2 class="unseen">${words.league}</h2>
      <search>
        <label>
          <span class="unseen">${words.leagueSearchLabel}</span>
          ${searchIcon}
          <input
            type="search"
            placeholder=${words.leagueSearch}
            autocomplete="off"
            .value=${this.wanted}
            @input=${(event: InputEvent) => (this.wanted = (event.target as HTMLInputElement).value)}
            @keydown=${this.onSearchKey}
          />
        </label>
        ${this.wanted === ''
          ? html`<kbd aria-hidden="true">/</kbd>`
          : html`<button type="button" aria-label=${words.close} @click=${() => (this.wanted = '')}>${closeIcon}</button>`}
      </search>
      ${this.wanted.trim() === '' ? this.place() : nothing}
      <div class="rows">${this.table()}</div>
    `;
  }

  private place() {
    const { store, words } = this;
    const { district, scope, level } = store;
    if (district === undefined || scope === undefined) return nothing;
    const levels = district.tree.levelsWithin(scope);
    const path = pathTo(scope);
    return html`
      <nav aria-label=${words.leaguePath}>
        <ol class="crumbs">
          ${path.map(
            (area, index) => html`<li>
              ${index === path.length - 1
                ? html`<span aria-current="location">${area.name}</span>`
                : html`<button type="button" class="link" @click=${() => store.goToArea(area)}>${area.name}</button>`}
            </li>`,
          )}
        </ol>
      </nav>
      <div class="levels" role="group" aria-label=${words.leagueLevel}>
        ${levels.map(
          (each: Level) => html`<button
            type="button"
            aria-pressed=${each === level ? 'true' : 'false'}
            @click=${() => store.setLevel(each)}
          >
            ${words[each]}
          </button>`,
        )}
      </div>
    `;
  }

  private table() {
    const { store, words, speech } = this;
    if (store.district === undefined) return this.loadingRows();
    if (this.#order.length === 0) {
      return html`<p class="empty muted">
        ${this.wanted.trim() === '' ? words.leagueEmpty : words.leagueNothingFound(this.wanted.trim())}
      </p>`;
    }
    const more = this.#order.length - this.rowsShown;
    const wide = store.mapDrawn === false;
    return html`
      <table class=${wide ? 'wide' : ''}>
        <caption class="unseen">
          ${words.league}
        </caption>
        <thead>
          <tr>
            <th scope="col">${words.leagueCount(speech.count(this.#order.length))}</th>
            ${wide
              ? html`<th scope="col" class="number detail">${words.eligible}</th>
                  <th scope="col" class="number detail">${words.touched}</th>
                  <th scope="col" class="number detail">${words.reached}</th>`
              : nothing}
            <th scope="col" class="number">${words.reachedShare}</th>
            <th scope="col" class="number">${words.untouched}</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            this.#order.slice(0, this.rowsShown),
            (area) => area.slot,
            (area) => this.row(area, wide),
          )}
        </tbody>
      </table>
      ${more > 0
        ? html`<button type="button" class="more" @click=${() => (this.rowsShown += PAGE_ROWS)}>
            ${words.leagueMore(speech.count(Math.min(more, PAGE_ROWS)))}
          </button>`
        : nothing}
    `;
  }

  private row(area: Area, wide: boolean) {
    const { store, words, speech } = this;
    const figures = store.figuresOf(area);
    const { selection } = store.chosen;
    const selected = selection.kind === 'area' && selection.area.slot === area.slot;
    const count = (value: number | undefined) => (value === undefined ? words.none : speech.count(value));
    const round = store.roundId ?? '';
    return html`<tr class=${selected ? 'selected' : ''} data-area=${area.code}>
      <th scope="row">
        <button type="button" aria-pressed=${selected ? 'true' : 'false'} @click=${() => this.go(area)}>
          <span class="name">${area.name}</span>
          <span class="code figure muted">${this.wanted === '' ? area.code : `${words[area.level]} · ${area.code}`}</span>
        </button>
      </th>
      ${wide
        ? html`<td class="number detail"><live-figure .of=${round} .text=${count(figures?.eligible)}></live-figure></td>
            <td class="number detail"><live-figure .of=${round} .text=${count(figures?.touched)}></live-figure></td>
            <td class="number detail"><live-figure .of=${round} .text=${count(figures?.reached)}></live-figure></td>`
        : nothing}
      <td class="number share">
        <live-figure
          data-figure="reached_share"
          .of=${round}
          .text=${speech.share(figures?.reachedShare)}
        ></live-figure>
        <coverage-bar
          .share=${figures?.reachedShare}
          .shareClass=${classOfShare(store.palette, figures?.reachedShare)}
        ></coverage-bar>
      </td>
      <td class="number">
        <live-figure data-figure="untouched" .of=${round} .text=${count(figures?.untouched)}></live-figure>
      </td>
    </tr>`;
  }

  private loadingRows() {
    return html`<div class="loading" role="status">
      <span class="unseen">${this.words.loading}</span>
      ${Array.from({ length: 9 }, () => html`<div class="ghost"></div>`)}
    </div>`;
  }

  private go(area: Area): void {
    this.wanted = '';
    this.store.goToArea(area);
  }

  private onSearchKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation();
      if (this.wanted === '') this.input?.blur();
      this.wanted = '';
    }
    const first = this.#order[0];
    if (event.key === 'Enter' && this.wanted.trim() !== '' && first !== undefined) this.go(first);
  }
}
