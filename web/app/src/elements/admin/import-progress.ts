// How far an import is: the steps of its way, and a bar with bytes and rows for the one under way.

import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { stepsOf, type WayStep } from '../../store/import-way.ts';
import type { Topic } from '../../store/topics.ts';
import { baseStyles } from '../../theme/base-styles.ts';
import { AdminElement } from './admin-element.ts';
import { adminStyles } from './admin-styles.ts';

@customElement('import-progress')
export class ImportProgressPanel extends AdminElement {
  static override readonly styles = [
    baseStyles,
    adminStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 16px;
        padding: 16px;
      }

      ol {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        font-size: var(--text-12);
      }

      li {
        display: flex;
        align-items: center;
        gap: 6px;
        color: var(--ink-muted);
      }

      li + li::before {
        content: '';
        width: 16px;
        height: 1px;
        margin: 0 2px;
        background: var(--outline);
      }

      .dot {
        display: grid;
        place-items: center;
        width: 18px;
        height: 18px;
        border-radius: 50%;
        box-shadow: inset 0 0 0 1.5px var(--outline);
        font-size: var(--text-12);
        line-height: 1;
      }

      .past .dot {
        background: var(--fresh);
        color: var(--panel);
        box-shadow: none;
      }

      .now {
        color: var(--ink);
        font-weight: 600;
      }

      .now .dot {
        background: var(--accent);
        color: var(--on-accent);
        box-shadow: none;
      }

      .what {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 4px 12px;
      }

      .what strong {
        font-size: var(--text-16);
        font-weight: 600;
      }

      progress {
        width: 100%;
        height: 10px;
        border: 0;
        border-radius: 5px;
        overflow: hidden;
        background: var(--sunken);
        appearance: none;
        box-shadow: inset 0 0 0 1px var(--outline);
      }

      progress::-webkit-progress-bar {
        background: none;
      }

      progress::-webkit-progress-value {
        background: var(--accent);
        transition: width 100ms linear;
      }

      progress::-moz-progress-bar {
        background: var(--accent);
      }

      .work {
        display: flex;
        flex-direction: column;
        gap: 8px;
      }

      /* All steps in one line, the words being what tells them apart. */
      @media (max-width: 479px) {
        ol {
          flex-wrap: nowrap;
          justify-content: space-between;
        }

        li {
          gap: 4px;
          white-space: nowrap;
        }

        li + li::before {
          display: none;
        }
      }

      @media (prefers-reduced-motion: reduce) {
        progress::-webkit-progress-value {
          transition: none;
        }
      }
    `,
  ];

  protected override readonly topics: readonly Topic[] = ['import', 'stream'];

  override render() {
    const { desk, said } = this;
    const way = stepsOf(desk);
    return html`
      <ol aria-label=${said.steps}>
        ${way.steps.map(({ step, standing }, index) => this.step(step, standing, index))}
      </ol>
      ${way.work === undefined ? nothing : this.work()}
    `;
  }

  private step(step: WayStep, standing: 'past' | 'now' | 'ahead', index: number) {
    const { said } = this;
    const word = {
      upload: said.stepUpload,
      read: said.stepRead,
      check: said.stepCheck,
      decide: said.stepDecide,
      write: said.stepWrite,
    }[step];
    return html`<li class=${standing} aria-current=${standing === 'now' ? 'step' : nothing}>
      <span class="dot figure" aria-hidden="true">${standing === 'past' ? '✓' : index + 1}</span>${word}
    </li>`;
  }

  private work() {
    const { desk, said, speech, store } = this;
    const { work } = stepsOf(desk);
    if (work === undefined) return nothing;
    const lost = store.connection().kind === 'lost';
    return html`<div class="work">
      <p class="what">
        <strong>${said[work.word]}</strong>
        <span class="figure muted">
          ${work.bytes > 0 ? said.sentOf(this.bytes(work.done), this.bytes(work.bytes)) : nothing}
          ${work.rows > 0 ? html` · ${said.rowsSoFar(speech.count(work.rows))}` : nothing}
        </span>
      </p>
      <progress max="1" value=${work.share ?? nothing} aria-label=${said[work.word]}></progress>
      ${lost ? html`<p class="small muted">${said.streamLostHere}</p>` : nothing}
      ${work.word === 'writing'
        ? nothing
        : html`<div class="buttons">
            <button type="button" class="secondary" data-test="cancel" @click=${() => void desk.cancel()}>${said.cancel}</button>
          </div>`}
    </div>`;
  }
}
