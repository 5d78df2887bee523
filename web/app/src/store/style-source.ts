// The style of the theme shown, fetched anew when the theme changes, and the palette in it.

import type { ServerClient } from '../api/client.ts';
import { applyPalette, NO_PALETTE, paletteFromStyle, type Palette } from '../theme/palette.ts';
import { pause } from './pause.ts';
import type { Settings } from './settings.ts';
import type { StreamWorld } from './stream.ts';

/** Keeps the style of the theme shown. */
export class StyleSource {
  /** The document, as the server sent it; undefined until it has come. */
  style: unknown;
  palette: Palette = NO_PALETTE;

  readonly #client: ServerClient;
  readonly #world: StreamWorld;
  readonly #onStyle: (style: unknown) => void;
  #theme: 'light' | 'dark' | undefined;

  constructor(client: ServerClient, world: StreamWorld, onStyle: (style: unknown) => void) {
    this.#client = client;
    this.#world = world;
    this.#onStyle = onStyle;
  }

  /** Fetches the style of the theme shown unless it is here; tries until the server answers. */
  async follow(settings: Settings): Promise<void> {
    const theme = settings.shownTheme;
    if (theme === this.#theme) return;
    for (let failures = 0; theme === settings.shownTheme; failures += 1) {
      try {
        const style = await this.#client.style(theme);
        if (theme === settings.shownTheme) this.#take(theme, style);
        return;
      } catch {
        await pause(this.#world, failures);
      }
    }
  }

  #take(theme: 'light' | 'dark', style: unknown): void {
    this.#theme = theme;
    this.style = style;
    this.palette = paletteFromStyle(style);
    applyPalette(this.palette, document.documentElement);
    this.#onStyle(style);
  }
}
