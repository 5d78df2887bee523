// The page at `/`: the district live.

import { html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { fetchEngine } from '../engine/load.ts';
import { openInspection } from '../inspection.ts';
import { FrameLoop } from '../store/frame-loop.ts';
import type { Topic } from '../store/topics.ts';
import { StoreElement } from '../elements/store-element.ts';
import { baseStyles } from '../theme/base-styles.ts';
import type { AreaLeague } from '../elements/area-league.ts';
import type { DistrictMap } from '../elements/district-map.ts';
import type { HelpSheet } from '../elements/help-sheet.ts';
import { pageStyles } from './district-page-styles.ts';
import '../elements/activity-feed.ts';
import '../elements/area-league.ts';
import '../elements/district-map.ts';
import '../elements/facts-panel.ts';
import '../elements/figure-strip.ts';

@customElement('district-page')
export class DistrictPage extends StoreElement {
  static override readonly styles = [baseStyles, pageStyles];

  protected override readonly topics: readonly Topic[] = ['district', 'selection', 'map'];

  readonly #frames = new FrameLoop();
  @query('area-league') private league!: AreaLeague;
  @query('district-map') private map!: DistrictMap;
  @query('help-sheet') private help!: HelpSheet | null;
  @state() private helpIsThere = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#frames.add(() => {
      this.store.takeChanges();
      return false;
    });
    this.store.start(new URLSearchParams(location.search).get('round') ?? undefined, () => this.#frames.wake());
    fetchEngine();
    addEventListener('keydown', this.onKey);
    addEventListener('online', this.hurry);
    document.addEventListener('visibilitychange', this.hurry);
  }

  override firstUpdated(): void {
    openInspection(this.store, this.map);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.onKey);
    removeEventListener('online', this.hurry);
    document.removeEventListener('visibilitychange', this.hurry);
  }

  override render() {
    const { store, words } = this;
    const { readiness } = store;
    this.toggleAttribute('no-map', store.mapDrawn === false);
    document.title = `${store.district?.tree.root?.name ?? words.appName} · ${words.appName}`;
    return html`
      <button type="button" class="skip" @click=${() => this.league.focusSearch()}>${words.skipToLeague}</button>
      <figure-strip role="banner" .store=${store} @ask-help=${() => void this.toggleHelp()}></figure-strip>
      <area-league role="region" aria-label=${words.league} .store=${store}></area-league>
      <main><district-map .store=${store} .frames=${this.#frames}></district-map></main>
      <aside aria-label=${words.facts}>
        <facts-panel .store=${store}></facts-panel>
        <activity-feed .store=${store}></activity-feed>
      </aside>
      ${readiness.kind === 'failed'
        ? html`<section class="silent" role="alert">
            <h2>${words.serverSilent}</h2>
            <p>${words.serverSilentHint}</p>
            ${readiness.said === undefined ? nothing : html`<p class="muted">${words.serverSaid(readiness.said)}</p>`}
          </section>`
        : nothing}
      ${this.helpIsThere ? html`<help-sheet .store=${store}></help-sheet>` : nothing}
    `;
  }

  /** The help is fetched when somebody asks for it. */
  private async toggleHelp(): Promise<void> {
    await import('../elements/help-sheet.ts');
    this.helpIsThere = true;
    await this.updateComplete;
    this.help?.toggle();
  }

  private readonly hurry = (): void => {
    if (!document.hidden) this.store.hurry();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    // A key the engine has answered, the map having the focus, is prevented by then.
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const action = {
      '?': () => void this.toggleHelp(),
      '/': () => this.league.focusSearch(),
      l: () => this.map.toggleLegend(),
      '0': () => this.store.flyToDistrict(),
      n: () => this.map.northUp(),
      '+': () => this.map.zoomBy(1),
      '=': () => this.map.zoomBy(1),
      '-': () => this.map.zoomBy(-1),
      Escape: () => this.store.chosen.nothing(),
    }[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}
