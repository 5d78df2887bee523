// Settings of the person at the screen: theme and language, kept in the browser.

import { languageFrom, type Language } from '../text/index.ts';

/** Theme as chosen; `system` follows the machine. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const THEME_KEY = 'wangge.theme';
const LANGUAGE_KEY = 'wangge.language';
const darkScheme = () => matchMedia('(prefers-color-scheme: dark)');

/** Theme and language, applied to the document whenever they change. */
export class Settings {
  #theme: ThemeChoice;
  #language: Language;
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
    const query = new URLSearchParams(location.search);
    this.#theme = themeFrom(query.get('theme') ?? read(THEME_KEY));
    this.#language = languageFrom(query.get('lang') ?? read(LANGUAGE_KEY) ?? navigator.language);
    this.#apply();
    darkScheme().addEventListener('change', () => {
      if (this.#theme === 'system') this.#onChange();
    });
  }

  get theme(): ThemeChoice {
    return this.#theme;
  }

  set theme(theme: ThemeChoice) {
    this.#theme = theme;
    write(THEME_KEY, theme);
    this.#apply();
    this.#onChange();
  }

  get language(): Language {
    return this.#language;
  }

  set language(language: Language) {
    this.#language = language;
    write(LANGUAGE_KEY, language);
    this.#apply();
    this.#onChange();
  }

  /** The theme seen: what `system` comes to on this machine now. */
  get shownTheme(): 'light' | 'dark' {
    if (this.#theme !== 'system') return this.#theme;
    return darkScheme().matches ? 'dark' : 'light';
  }

  #apply(): void {
    const page = document.documentElement;
    page.lang = this.#language;
    if (this.#theme === 'system') delete page.dataset.theme;
    else page.dataset.theme = this.#theme;
  }
}

function themeFrom(text: string | null): ThemeChoice {
  return text === 'light' || text === 'dark' ? text : 'system';
}

// Storage may be forbidden; a choice then lasts as long as the page.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing to do: see above.
  }
}
