// Theme and language: two buttons of every page's head.

import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { ThemeChoice } from '../store/settings.ts';
import type { Topic } from '../store/topics.ts';
import { baseStyles } from '../theme/base-styles.ts';
import { moonIcon, sunIcon, systemIcon } from './icons.ts';
import { StoreElement } from './store-element.ts';

const NEXT_THEME: Record<ThemeChoice, ThemeChoice> = { system: 'light', light: 'dark', dark: 'system' };

@customElement('settings-buttons')
export class SettingsButtons extends StoreElement {
  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: contents;
      }

      @media print {
        button {
          display: none;
        }
      }
    `,
  ];

  protected override readonly topics: readonly Topic[] = [];

  override render() {
    const { words } = this;
    const { settings } = this.store;
    const label = { system: words.themeSystem, light: words.themeLight, dark: words.themeDark }[settings.theme];
    const drawing = { system: systemIcon, light: sunIcon, dark: moonIcon }[settings.theme];
    const other = settings.language === 'en' ? 'zh-CN' : 'en';
    return html`<button
        type="button"
        aria-label=${label}
        title=${label}
        @click=${() => (settings.theme = NEXT_THEME[settings.theme])}
      >
        ${drawing}
      </button>
      <button type="button" lang=${other} aria-label=${words.switchLanguageLabel} @click=${() => (settings.language = other)}>
        ${words.switchLanguage}
      </button>`;
  }
}
