// The head of the pages that bring data in and out: where one is, the other pages, freshness, theme, language.

import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { adminWords } from '../../text/admin/index.ts';
import type { Topic } from '../../store/topics.ts';
import { baseStyles } from '../../theme/base-styles.ts';
import '../freshness-badge.ts';
import '../settings-buttons.ts';
import { StoreElement } from '../store-element.ts';

@customElement('admin-header')
export class AdminHeader extends StoreElement {
  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 20px;
        min-height: 56px;
        padding: 4px 16px;
        background: var(--panel);
        border-bottom: 1px solid var(--hairline);
      }

      h1 {
        font-size: var(--text-20);
        font-weight: 600;
        line-height: 1.2;
      }

      .district {
        font-size: var(--text-12);
      }

      nav ul {
        display: flex;
        gap: 4px;
      }

      a {
        display: flex;
        align-items: center;
        min-height: max(36px, var(--touch));
        padding: 0 12px;
        border-radius: var(--radius);
        color: var(--accent);
        text-decoration: none;
      }

      a:hover {
        background: var(--accent-tint);
      }

      a[aria-current] {
        color: var(--ink);
        font-weight: 600;
        background: var(--accent-tint);
      }

      .tools {
        display: flex;
        align-items: center;
        gap: 4px;
        margin-left: auto;
      }

      @media (max-width: 719px) {
        :host {
          padding: 4px 4px 4px 12px;
          gap: 0 8px;
        }

        nav {
          order: 3;
          flex: 1 0 100%;
          margin-left: -8px;
        }

        .tools {
          gap: 0;
        }
      }
    `,
  ];

  protected override readonly topics: readonly Topic[] = ['district'];

  /** Address of the page shown. */
  @property() path = '';

  override render() {
    const { store } = this;
    const said = adminWords(store.settings.language);
    const pages = [
      ['/', said.toMap],
      ['/admin/import', said.toImport],
      ['/admin', said.toExport],
    ] as const;
    const title = this.path === '/admin' ? said.exportTitle : said.importTitle;
    return html`<div>
        <h1>${title}</h1>
        <p class="district muted">${store.district?.tree.root?.name ?? store.district?.catalog.name ?? this.words.appName}</p>
      </div>
      <nav aria-label=${said.pages}>
        <ul>
          ${pages.map(
            ([path, name]) =>
              html`<li><a href=${path} aria-current=${path === this.path ? 'page' : nothing}>${name}</a></li>`,
          )}
        </ul>
      </nav>
      <div class="tools">
        <freshness-badge .store=${store}></freshness-badge>
        <settings-buttons .store=${store}></settings-buttons>
      </div>`;
  }
}
