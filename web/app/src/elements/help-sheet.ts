// Help: the keys, and what the words mean.

import { css, html } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import type { Topic } from '../store/topics.ts';
import { baseStyles } from '../theme/base-styles.ts';
import { closeIcon } from './icons.ts';
import { StoreElement } from './store-element.ts';

@customElement('help-sheet')
export class HelpSheet extends StoreElement {
  static override readonly styles = [
    baseStyles,
    css`
      dialog {
        width: min(680px, calc(100vw - 32px));
        max-height: calc(100dvh - 32px);
        padding: 16px 24px 24px;
        border: 0;
        border-radius: var(--radius);
        background: var(--panel);
        color: var(--ink);
        box-shadow: var(--shadow);
      }

      dialog::backdrop {
        background: var(--veil);
      }

      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        margin: 0 -8px 8px 0;
      }

      h2 {
        font-size: var(--text-20);
        font-weight: 600;
      }

      h3 {
        margin: 8px 0;
      }

      .columns {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr));
        gap: 8px 32px;
      }

      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 8px 16px;
        align-items: baseline;
      }

      .meanings {
        grid-template-columns: 1fr;
        gap: 0;
      }

      .meanings dd {
        margin-bottom: 8px;
        color: var(--ink-muted);
      }

      kbd {
        display: inline-block;
        min-width: 24px;
        padding: 0 6px;
        border: 1px solid var(--outline);
        border-radius: 4px;
        font: 400 var(--text-12) / 1.6 var(--font);
        text-align: center;
      }
    `,
  ];

  protected override readonly topics: readonly Topic[] = [];

  @query('dialog') private dialog!: HTMLDialogElement;

  toggle(): void {
    if (this.dialog.open) this.dialog.close();
    else this.dialog.showModal();
  }

  override render() {
    const { words } = this;
    const key = (keys: readonly string[], meaning: string) =>
      html`<dt>${keys.map((each) => html`<kbd>${each}</kbd> `)}</dt>
        <dd>${meaning}</dd>`;
    const word = (term: string, meaning: string) => html`<dt>${term}</dt>
      <dd>${meaning}</dd>`;
    return html`<dialog aria-labelledby="title" @click=${this.onBackdrop}>
      <header>
        <h2 id="title">${words.helpTitle}</h2>
        <button type="button" aria-label=${words.close} @click=${() => this.dialog.close()}>${closeIcon}</button>
      </header>
      <div class="columns">
        <section>
          <h3 class="panel-title">${words.helpKeys}</h3>
          <dl>
            ${key(['+', '−'], words.keyZoom)} ${key(['←', '→', '↑', '↓'], words.keyPan)} ${key(['↵'], words.keyEnter)}
            ${key(['⇧←', '⇧→'], words.keyTurn)} ${key(['n'], words.keyNorth)}
            ${key(['0'], words.keyHome)} ${key(['/'], words.keySearch)} ${key(['l'], words.keyLegend)}
            ${key(['Esc'], words.keyEscape)} ${key(['?'], words.keyHelp)}
          </dl>
        </section>
        <section>
          <h3 class="panel-title">${words.helpWords}</h3>
          <dl class="meanings">
            ${word(words.eligible, words.eligibleLong)} ${word(words.touched, words.touchedLong)}
            ${word(words.reached, words.reachedLong)} ${word(words.untouched, words.untouchedLong)}
            ${word(words.reachedShare, words.reachedShareLong)} ${word(words.unassigned, words.unassignedLong)}
          </dl>
        </section>
      </div>
    </dialog>`;
  }

  /** A click beside the sheet closes it. */
  private onBackdrop(event: MouseEvent): void {
    if (event.target === this.dialog && event.detail > 0) {
      const box = this.dialog.getBoundingClientRect();
      const inside =
        event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) this.dialog.close();
    }
  }
}
