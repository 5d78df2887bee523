// The page at `/`: the district live.

import { css, html, nothing } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { fetchEngine } from '../engine/load.ts';
import { openInspection } from '../inspection.ts';
import { FrameLoop } from '../store/frame-loop.ts';
import type { Topic } from '../store/topics.ts';
import { StoreElement } from '../elements/store-element.ts';
import { baseStyles } from '../theme/base-styles.ts';
import type { AreaLeague } from '../elements/area-league.ts';
import type { DistrictMap } from '../elements/district-map.ts';
import type { HelpSheet } from '../elements/help-sheet.ts';
import '../elements/activity-feed.ts';
import '../elements/area-league.ts';
import '../elements/district-map.ts';
import '../elements/facts-panel.ts';
import '../elements/figure-strip.ts';
import '../elements/help-sheet.ts';

@customElement('district-page')
export class DistrictPage extends StoreElement {
  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template:
          'strip strip strip' auto
          'league map side' minmax(0, 1fr)
          / 344px minmax(0, 1fr) 304px;
        height: 100dvh;
      }

      figure-strip {
        grid-area: strip;
      }

      area-league {
        grid-area: league;
        border-right: 1px solid var(--hairline);
      }

      main {
        grid-area: map;
        min-width: 0;
        min-height: 0;
      }

      district-map {
        width: 100%;
        height: 100%;
      }

      aside {
        grid-area: side;
        display: flex;
        flex-direction: column;
        min-height: 0;
        border-left: 1px solid var(--hairline);
        background: var(--panel);
      }

      facts-panel {
        flex: 0 1 auto;
        min-height: 0;
      }

      activity-feed {
        flex: 1 1 200px;
        min-height: 160px;
        border-top: 1px solid var(--hairline);
      }

      .skip {
        position: absolute;
        left: 8px;
        top: -60px;
        z-index: 3;
        background: var(--accent);
        color: var(--on-accent);
      }

      .skip:focus {
        top: 8px;
      }

      .silent {
        position: fixed;
        left: 50%;
        top: 50%;
        z-index: 2;
        width: min(420px, calc(100vw - 32px));
        padding: 16px;
        transform: translate(-50%, -50%);
        border-radius: var(--radius);
        background: var(--panel);
        box-shadow: var(--shadow);
        border-left: 4px solid var(--alarm);
      }

      .silent h2 {
        font-size: var(--text-16);
        font-weight: 600;
      }

      /* Without a map the list is the page. */
      :host([no-map]) {
        grid-template:
          'strip strip strip' auto
          'map map side' 152px
          'league league side' minmax(0, 1fr)
          / 344px minmax(0, 1fr) 304px;
      }

      @media (max-width: 1023px) {
        :host,
        :host([no-map]) {
          grid-template:
            'strip strip' auto
            'map map' minmax(280px, 55%)
            'league side' minmax(0, 1fr)
            / minmax(0, 1.1fr) minmax(0, 1fr);
        }

        :host([no-map]) {
          grid-template-rows: auto 152px minmax(0, 1fr);
        }
      }

      @media print {
        :host {
          display: block !important;
          height: auto !important;
        }

        main {
          height: 120mm !important;
          break-inside: avoid;
        }

        :host([no-map]) main,
        activity-feed,
        .skip {
          display: none !important;
        }
      }

      @media (max-width: 719px) {
        :host,
        :host([no-map]) {
          display: flex;
          flex-direction: column;
          height: auto;
        }

        main {
          position: sticky;
          top: 0;
          z-index: 2;
          height: 55dvh;
          border-bottom: 1px solid var(--hairline);
        }

        :host([no-map]) main {
          position: static;
          height: 176px;
        }

        aside {
          display: contents;
        }

        facts-panel,
        area-league,
        activity-feed {
          order: 1;
          flex: none;
          border: 0;
          border-bottom: 1px solid var(--hairline);
        }

        area-league {
          order: 2;
        }

        activity-feed {
          order: 3;
        }
      }
    `,
  ];

  protected override readonly topics: readonly Topic[] = ['district', 'selection', 'map'];

  readonly #frames = new FrameLoop();
  @query('area-league') private league!: AreaLeague;
  @query('district-map') private map!: DistrictMap;
  @query('help-sheet') private help!: HelpSheet;

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
      <figure-strip role="banner" .store=${store} @ask-help=${() => this.help.toggle()}></figure-strip>
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
      <help-sheet .store=${store}></help-sheet>
    `;
  }

  private readonly hurry = (): void => {
    if (!document.hidden) this.store.hurry();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    // A key the engine has answered, the map having the focus, is prevented by then.
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const action = {
      '?': () => this.help.toggle(),
      '/': () => this.league.focusSearch(),
      l: () => this.map.toggleLegend(),
      '0': () => this.store.flyToDistrict(),
      '+': () => this.map.zoomBy(1),
      '=': () => this.map.zoomBy(1),
      '-': () => this.map.zoomBy(-1),
      Escape: () => this.store.selectNothing(),
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
