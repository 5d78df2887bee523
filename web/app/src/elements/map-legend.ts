// The legend: what the fills of areas and the marks of doors mean.

import { css, html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Level } from '../api/types.ts';
import type { Topic } from '../store/topics.ts';
import { doorSymbol, LEGEND_STATES } from '../map/door-symbols.ts';
import { baseStyles } from '../theme/base-styles.ts';
import type { CoverageClass } from '../theme/palette.ts';
import { legendStyles } from './legend-styles.ts';
import { StoreElement } from './store-element.ts';

const PERCENT = new Intl.NumberFormat('en', { style: 'percent' });

@customElement('map-legend')
export class MapLegend extends StoreElement {
  static override readonly styles = [
    baseStyles,
    legendStyles,
    css`
      .body {
        display: grid;
        grid-template-columns: auto auto;
        gap: 0 24px;
        padding: 0 12px 12px;
      }

      h2 {
        margin-bottom: 4px;
        font-size: var(--text-12);
        font-weight: 400;
        color: var(--ink-muted);
      }

      li {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 20px;
        white-space: nowrap;
      }

      .swatch {
        width: 24px;
        height: 14px;
        border-radius: 2px;
        flex: none;
        background: var(--land);
      }

      @media (max-width: 719px) {
        .body {
          gap: 0 16px;
        }
      }
    `,
  ];

  protected override readonly topics: readonly Topic[] = ['district'];

  @property({ type: Boolean, reflect: true }) open = true;

  /** Level whose areas are filled at the zoom shown. */
  @property({ attribute: false }) level: Level | undefined;

  override render() {
    const { words, store } = this;
    const { coverage } = store.palette;
    return html`<details .open=${this.open} @toggle=${this.onToggle}>
      <summary>${words.legend}</summary>
      <div class="body">
        <section>
          <h2>${words.legendCoverage}${this.level === undefined ? nothing : ` · ${words[this.level]}`}</h2>
          <ul>
            ${coverage.toReversed().map((each) => html`<li>${swatch(coverage.indexOf(each))} ${this.classWords(each)}</li>`)}
            <li>${swatch(undefined)} ${words.notStarted}</li>
          </ul>
        </section>
        <section>
          <h2>${words.legendDoors}</h2>
          <ul>
            ${LEGEND_STATES.map(({ state, word }) => html`<li>${doorSymbol(state)} ${words[word]}</li>`)}
            <li>${doorSymbol('no_answer', true)} ${words.followUpDue}</li>
          </ul>
        </section>
      </div>
    </details>`;
  }

  private classWords({ from, to }: CoverageClass): string {
    const { words } = this;
    if (from === 0) return words.below(PERCENT.format(to));
    if (to >= 1) return words.atLeast(PERCENT.format(from));
    return words.between(PERCENT.format(from), PERCENT.format(to));
  }

  private onToggle(event: Event): void {
    this.open = (event.target as HTMLDetailsElement).open;
  }
}

/** A class's fill over land, laid as thin as on the map; the worst hatched, the not started dotted. */
function swatch(index: number | undefined) {
  return html`<svg class="swatch" viewBox="0 0 24 14" aria-hidden="true">
    <defs>
      <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0 0v5" stroke="var(--ink)" stroke-width="1.5" stroke-opacity=".55" />
      </pattern>
      <pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">
        <circle cx="2.5" cy="2.5" r=".9" fill="var(--ink-muted)" />
      </pattern>
    </defs>
    ${index === undefined ? null : svg`<rect width="24" height="14" fill="var(--cover-${index})" fill-opacity=".6" />`}
    ${index === 0 ? svg`<rect width="24" height="14" fill="url(#hatch)" />` : null}
    ${index === undefined ? svg`<rect width="24" height="14" fill="var(--cover-none)" /><rect width="24" height="14" fill="url(#dots)" />` : null}
    <rect x=".5" y=".5" width="23" height="13" rx="1.5" fill="none" stroke="var(--outline)" />
  </svg>`;
}
