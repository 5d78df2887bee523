// The page at `/admin`: data out, and the imports there are.

import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { StoreElement } from '../elements/store-element.ts';
import type { ImportDesk } from '../store/import-desk.ts';
import type { Topic } from '../store/topics.ts';
import { adminWords } from '../text/admin/index.ts';
import { baseStyles } from '../theme/base-styles.ts';
import { startAdmin } from './admin-store.ts';
import '../elements/admin/admin-header.ts';
import '../elements/admin/export-panel.ts';
import '../elements/admin/import-list.ts';

@customElement('admin-page')
export class AdminPage extends StoreElement {
  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-height: 100dvh;
      }

      main {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 344px;
        gap: 16px;
        max-width: 1280px;
        margin: 0 auto;
        padding: 16px;
        align-items: start;
      }

      .panel {
        border-radius: var(--radius);
        background: var(--panel);
        box-shadow: var(--shadow);
      }

      export-panel {
        padding: 16px;
      }

      aside {
        padding-top: 16px;
      }

      a {
        display: flex;
        align-items: center;
        justify-content: center;
        min-height: max(36px, var(--touch));
        margin: 0 16px 16px;
        border-radius: var(--radius);
        background: var(--accent);
        color: var(--on-accent);
        font-weight: 600;
        text-decoration: none;
      }

      a:hover {
        text-decoration: underline;
      }

      @media (max-width: 1023px) {
        main {
          grid-template-columns: minmax(0, 1fr);
        }
      }

      @media (max-width: 719px) {
        main {
          padding: 8px;
        }
      }
    `,
  ];

  protected override readonly topics: readonly Topic[] = ['district'];
  #desk: ImportDesk | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#desk = startAdmin(this.store).desk;
    void this.#desk.refreshList();
  }

  override render() {
    const { store } = this;
    const said = adminWords(store.settings.language);
    document.title = `${said.exportTitle} · ${this.words.appName}`;
    return html`
      <admin-header role="banner" path="/admin" .store=${store}></admin-header>
      <main>
        <export-panel class="panel" .store=${store} .desk=${this.#desk}></export-panel>
        <aside class="panel" aria-label=${said.recent}>
          <a href="/admin/import">${said.bringInFirst}</a>
          <import-list .store=${store} .desk=${this.#desk}></import-list>
        </aside>
      </main>
    `;
  }
}
