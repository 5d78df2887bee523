// What is said where no map can be drawn.

import { html, nothing, type TemplateResult } from 'lit';
import type { MapTrouble } from '../engine/load.ts';
import type { Messages } from '../text/en.ts';
import { brokenIcon } from './icons.ts';

/** Words for a trouble, with a way to try again where that may help. */
export function troubleWords(trouble: MapTrouble, words: Messages, drawAgain: () => void): TemplateResult {
  const [what, hint] = {
    'no-webgpu': [words.noWebGpu, words.noWebGpuHint],
    'no-adapter': [words.noAdapter, words.noAdapterHint],
    failed: [words.mapFailed, words.mapFailedHint],
  }[trouble];
  return html`<div class="trouble" role="status">
    <p class="what">${brokenIcon} ${what}</p>
    <p class="muted">${hint}</p>
    ${trouble === 'failed'
      ? html`<button type="button" class="primary" @click=${drawAgain}>${words.drawAgain}</button>`
      : nothing}
  </div>`;
}
