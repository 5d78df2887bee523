// The facts: everything known of the area or the door that is selected.

import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { DOOR_SYMBOLS, doorSymbol } from '../map/door-symbols.ts';
import { pathTo, type Area } from '../store/area-tree.ts';
import type { ListedDoor, Selection } from '../store/chosen.ts';
import type { Figures } from '../store/figures.ts';
import { worstFirst } from '../store/league.ts';
import type { DoorFacts } from '../store/state-table.ts';
import type { Topic } from '../store/topics.ts';
import { baseStyles } from '../theme/base-styles.ts';
import { classOfShare } from '../theme/palette.ts';
import { factsStyles } from './facts-panel-styles.ts';
import { closeIcon, nextIcon, previousIcon, targetIcon } from './icons.ts';
import { StoreElement } from './store-element.ts';
import './live-figure.ts';

const MANY_ATTEMPTS = 7;

@customElement('facts-panel')
export class FactsPanel extends StoreElement {
  static override readonly styles = [baseStyles, factsStyles];

  protected override readonly topics: readonly Topic[] = ['district', 'figures', 'selection', 'map'];

  override render() {
    const { store, words } = this;
    const { selection } = store.chosen;
    this.toggleAttribute('empty', selection.kind === 'none');
    if (selection.kind === 'area') return this.areaFacts(selection.area);
    if (selection.kind === 'doors') return this.doorFacts(selection);
    return html`<h2 class="panel-title">${words.facts}</h2>
      <p class="muted empty">${words.factsEmpty}</p>`;
  }

  private head(kind: string, title: string, area: Area | undefined) {
    const { words, store } = this;
    return html`<header>
      <p class="muted small">${kind}</p>
      <div class="tools">
        ${area === undefined || store.mapDrawn !== true
          ? nothing
          : html`<button
              type="button"
              aria-label=${words.showOnMap}
              title=${words.showOnMap}
              @click=${() => store.flyToArea(area)}
            >
              ${targetIcon}
            </button>`}
        <button type="button" aria-label=${words.close} title="${words.close} (Esc)" @click=${() => store.chosen.nothing()}>
          ${closeIcon}
        </button>
      </div>
      <h2>${title}</h2>
    </header>`;
  }

  // ── area ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  private areaFacts(area: Area) {
    const { store, words, speech } = this;
    const figures = store.figuresOf(area);
    return html`
      ${this.head(words[area.level], area.name, area)} ${this.path(area)}
      ${figures === undefined ? nothing : this.areaFigures(area, figures)}
      <dl>
        <dt>${words.code}</dt>
        <dd class="figure">${area.code}</dd>
        <dt>${words.doors}</dt>
        <dd class="figure">${speech.count(area.doors)}</dd>
      </dl>
      ${this.untouchedDoors()}
    `;
  }

  private path(area: Area) {
    const { store, words } = this;
    const above = pathTo(area).slice(0, -1);
    if (above.length === 0) return nothing;
    return html`<nav aria-label=${words.partOf}>
      <ol class="path small">
        ${above.map(
          (each) => html`<li>
            <button type="button" class="link" @click=${() => store.goToArea(each)}>${each.name}</button>
          </li>`,
        )}
      </ol>
    </nav>`;
  }

  private areaFigures(area: Area, figures: Figures) {
    const { store, words, speech } = this;
    const shareClass = classOfShare(store.palette, figures.reachedShare);
    const key = `${store.roundId} ${area.code}`;
    const part = (value: number) => `${figures.eligible === 0 ? 0 : (value / figures.eligible) * 100}%`;
    const row = (name: string, mark: string, label: string, long: string, value: number) =>
      html`<div class="row" title=${long}>
        <dt><span class="mark ${mark}"></span>${label}</dt>
        <dd><live-figure data-figure=${name} .of=${key} .text=${speech.count(value)}></live-figure></dd>
      </div>`;
    return html`<section class="figures" style=${styleMap({ '--cover': `var(--cover-${shareClass ?? 0})` })}>
      <p class="share">
        <live-figure data-figure="reached_share" .of=${key} .text=${speech.share(figures.reachedShare)}></live-figure>
        <span class="muted small">${words.reachedShareLong}</span>
      </p>
      <div class="bar" aria-hidden="true">
        <span class="reached" style=${styleMap({ width: part(figures.reached) })}></span>
        <span class="touched" style=${styleMap({ width: part(figures.touched - figures.reached) })}></span>
      </div>
      <dl>
        ${row('eligible', 'all', words.eligible, words.eligibleLong, figures.eligible)}
        ${row('reached', 'reached', words.reached, words.reachedLong, figures.reached)}
        ${row('touched', 'touched', words.touched, words.touchedLong, figures.touched)}
        ${row('untouched', 'untouched', words.untouched, words.untouchedLong, figures.untouched)}
      </dl>
      ${this.rank(area)}
    </section>`;
  }

  private rank(area: Area) {
    const { store, words, speech } = this;
    const { parent } = area;
    if (parent === undefined) return nothing;
    const peers = worstFirst(
      parent.children.filter((each) => each.level === area.level),
      (each) => store.figuresOf(each),
    );
    if (peers.length < 2) return nothing;
    const rank = peers.indexOf(area) + 1;
    return html`<p class="muted small">
      ${words.rankAmong(speech.count(rank), speech.count(peers.length), parent.name)}
    </p>`;
  }

  private untouchedDoors() {
    const { store, words, speech } = this;
    const listed = store.chosen.untouched;
    if (listed === undefined) {
      return html`<button type="button" class="wide" @click=${() => void store.chosen.loadUntouched()}>${words.doorsHereShow}</button>`;
    }
    if (listed.kind === 'loading') return html`<p class="muted" role="status">${words.loading}</p>`;
    if (listed.kind === 'failed') return this.failed(listed.said, () => void store.chosen.loadUntouched());
    const { doors, more } = listed.answer;
    return html`<section>
      <h3 class="panel-title">${words.doorsHere}</h3>
      ${doors.length === 0
        ? html`<p class="muted">${words.doorsHereNone}</p>`
        : html`<ul class="doors">
            ${doors.map((each) => this.listedDoor(each))}
          </ul>`}
      ${more > 0 ? html`<p class="muted small">${words.doorsHereMore(speech.count(more))}</p>` : nothing}
    </section>`;
  }

  private listedDoor(listed: ListedDoor) {
    const { store, words } = this;
    const { door } = listed;
    const facts = store.doorFacts(door.slot);
    const state = facts?.state ?? door.state;
    return html`<li>
      <button type="button" @click=${() => store.goToDoor(listed)}>
        ${doorSymbol(state, facts?.followUpDue)}
        <span>${door.address}</span>
        <span class="unseen">${words[DOOR_SYMBOLS[state].word]}</span>
      </button>
    </li>`;
  }

  // ── door ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  private doorFacts(selection: Extract<Selection, { kind: 'doors' }>) {
    const { store, words } = this;
    const slot = selection.slots[selection.index] ?? 0;
    const facts = store.doorFacts(slot);
    const shown = store.chosen.door;
    const here = shown?.kind === 'here' ? shown.answer : undefined;
    const grid = here?.door.grid == null ? undefined : store.district?.tree.byCode(here.door.grid);
    return html`
      ${this.head(words.door, here?.door.address ?? words.loading, undefined)} ${grid === undefined ? nothing : this.path(grid)}
      ${selection.slots.length > 1 ? this.stepper(selection) : nothing} ${facts === undefined ? nothing : this.doorState(facts)}
      ${shown?.kind === 'failed' ? this.failed(shown.said, () => void store.chosen.loadDoor()) : nothing}
      ${here === undefined ? nothing : this.doorRecord(here, grid)}
    `;
  }

  private stepper(selection: Extract<Selection, { kind: 'doors' }>) {
    const { store, words, speech } = this;
    return html`<div class="stepper">
      <button type="button" aria-label=${words.previousDoor} @click=${() => store.chosen.stepDoor(-1)}>${previousIcon}</button>
      <span class="small" role="status">
        ${words.doorOf(speech.count(selection.index + 1), speech.count(selection.slots.length))}
      </span>
      <button type="button" aria-label=${words.nextDoor} @click=${() => store.chosen.stepDoor(1)}>${nextIcon}</button>
    </div>`;
  }

  private doorState(facts: DoorFacts) {
    const { words, speech } = this;
    const attempts =
      facts.attempts >= MANY_ATTEMPTS ? words.attemptsMany(speech.count(MANY_ATTEMPTS)) : speech.count(facts.attempts);
    return html`<p class="state" data-state=${facts.state}>
        ${doorSymbol(facts.state, facts.followUpDue)} ${words[DOOR_SYMBOLS[facts.state].word]}
      </p>
      <dl>
        <dt>${words.attempts}</dt>
        <dd class="figure">${attempts}</dd>
        <dt>${words.followUp}</dt>
        <dd class=${facts.followUpDue ? 'due' : ''}>${facts.followUpDue ? words.followUpNow : words.followUpNone}</dd>
      </dl>`;
  }

  private doorRecord({ door }: ListedDoor, grid: Area | undefined) {
    const { store, words, speech } = this;
    const kind = { home: words.kindHome, rental: words.kindRental, shop: words.kindShop }[door.kind];
    return html`<dl>
      <dt>${words.lastVisit}</dt>
      <dd class="figure">${door.last_visit_at == null ? words.never : speech.dateTime(door.last_visit_at)}</dd>
      <dt>${words.kind}</dt>
      <dd>${kind}</dd>
      <dt>${words.inGrid}</dt>
      <dd>
        ${grid === undefined
          ? words.noGrid
          : html`<button type="button" class="link" @click=${() => store.chosen.area(grid)}>${grid.name}</button>`}
      </dd>
      <dt>${words.code}</dt>
      <dd class="figure">${door.id}</dd>
    </dl>`;
  }

  private failed(said: string, again: () => void) {
    const { words } = this;
    return html`<div class="failed" role="status">
      <p>${words.doorFailed} ${said === '' ? nothing : words.serverSaid(said)}</p>
      <button type="button" class="link" @click=${again}>${words.tryAgain}</button>
    </div>`;
  }
}
