// The strip at the top: the round, the figures of the whole district, the freshness of it all.

import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { baseStyles } from '../theme/base-styles.ts';
import { classOfShare } from '../theme/palette.ts';
import { worstFirst } from '../store/league.ts';
import type { ThemeChoice } from '../store/settings.ts';
import type { Topic } from '../store/topics.ts';
import { helpIcon, moonIcon, sunIcon, systemIcon } from './icons.ts';
import { StoreElement } from './store-element.ts';
import './coverage-bar.ts';
import './freshness-badge.ts';
import './live-figure.ts';

const NEXT_THEME: Record<ThemeChoice, ThemeChoice> = { system: 'light', light: 'dark', dark: 'system' };

@customElement('figure-strip')
export class FigureStrip extends StoreElement {
  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        align-items: stretch;
        gap: 0 20px;
        padding: 8px 16px;
        background: var(--panel);
        border-bottom: 1px solid var(--hairline);
      }

      .place {
        display: flex;
        flex-direction: column;
        justify-content: center;
        min-width: 0;
      }

      h1 {
        font-size: var(--text-20);
        font-weight: 600;
        line-height: 1.2;
        white-space: nowrap;
      }

      .round {
        display: flex;
        align-items: center;
        gap: 4px;
        max-width: 240px;
      }

      select {
        min-height: 28px;
        max-width: 100%;
        margin-left: -4px;
        padding: 0 4px;
        border: 0;
        border-radius: var(--radius);
        background: none;
        color: var(--ink-muted);
        text-overflow: ellipsis;
        cursor: pointer;
      }

      select:hover {
        background: var(--accent-tint);
      }

      option {
        background: var(--panel);
        color: var(--ink);
      }

      dl {
        display: flex;
        align-items: stretch;
        gap: 0 20px;
        flex: 1;
        min-width: 0;
      }

      .item {
        display: flex;
        flex-direction: column;
        justify-content: center;
        gap: 2px;
        padding-left: 20px;
        border-left: 1px solid var(--hairline);
      }

      dt {
        font-size: var(--text-12);
        color: var(--ink-muted);
        line-height: 1.3;
        white-space: nowrap;
      }

      dd {
        display: flex;
        align-items: center;
        gap: 8px;
        font-size: var(--text-20);
        line-height: 1.1;
      }

      .main dd {
        font-size: var(--text-28);
        font-weight: 600;
      }

      .main coverage-bar {
        width: 84px;
        height: 10px;
      }

      .worst {
        display: inline-flex;
        min-height: 24px;
        padding: 0 6px;
        margin: 0 -6px;
        font-size: var(--text-12);
        font-weight: 400;
        color: var(--ink-muted);
        gap: 6px;
        white-space: nowrap;
      }

      .worst b {
        font-weight: 600;
        color: var(--ink);
      }

      .tools {
        display: flex;
        align-items: center;
        gap: 4px;
      }

      .none {
        max-width: 360px;
        align-self: center;
      }

      @media print {
        .tools button {
          display: none;
        }
      }

      @media (max-width: 1360px) {
        :host,
        dl {
          gap: 0 12px;
        }

        .item {
          padding-left: 12px;
        }

        .main coverage-bar {
          display: none;
        }
      }

      @media (max-width: 1179px) {
        :host {
          flex-wrap: wrap;
          gap: 8px 12px;
        }

        dl {
          order: 3;
          flex: 1 0 100%;
          justify-content: space-between;
        }

        .tools {
          margin-left: auto;
        }

        .item.main {
          border-left: 0;
          padding-left: 0;
        }
      }

      @media (max-width: 719px) {
        :host {
          padding: 4px 4px 8px 12px;
          gap: 4px 8px;
        }

        .place {
          flex: 1;
        }

        h1 {
          overflow: hidden;
          text-overflow: ellipsis;
        }

        .tools {
          gap: 0;
        }

        dl {
          display: grid;
          grid-template-columns: repeat(4, auto);
          gap: 4px 12px;
          padding-right: 8px;
        }

        .item {
          border-left: 0;
          padding-left: 0;
        }

        .item.main {
          grid-column: 1 / -1;
          flex-direction: row;
          flex-wrap: wrap;
          align-items: baseline;
          justify-content: flex-start;
          gap: 0 12px;
        }

        .main dd {
          flex: 1;
          flex-wrap: wrap;
        }

        .main .worst {
          margin-left: auto;
          min-height: 44px;
        }

        dd {
          font-size: var(--text-16);
        }

        .less {
          display: none;
        }
      }
    `,
  ];

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
        ${this.themeButton()}
        <button
          type="button"
          lang=${store.settings.language === 'en' ? 'zh-CN' : 'en'}
          aria-label=${words.switchLanguageLabel}
          @click=${() => (store.settings.language = store.settings.language === 'en' ? 'zh-CN' : 'en')}
        >
          ${words.switchLanguage}
        </button>
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
    const root = store.district?.tree.root;
    const figures = root === undefined ? undefined : store.figuresOf(root);
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
      ${item('unassigned', words.unassigned, words.unassignedLong, store.unassigned?.untouched, 'less')}
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

  private themeButton() {
    const { settings } = this.store;
    const { words } = this;
    const label = { system: words.themeSystem, light: words.themeLight, dark: words.themeDark }[settings.theme];
    const drawing = { system: systemIcon, light: sunIcon, dark: moonIcon }[settings.theme];
    return html`<button
      type="button"
      aria-label=${label}
      title=${label}
      @click=${() => (settings.theme = NEXT_THEME[settings.theme])}
    >
      ${drawing}
    </button>`;
  }

  private askHelp(): void {
    this.dispatchEvent(new CustomEvent('ask-help', { bubbles: true, composed: true }));
  }
}
