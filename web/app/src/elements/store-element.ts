// An element that shows something of the store and follows it.

import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Messages } from '../text/en.ts';
import type { Speech } from '../text/index.ts';
import type { Store } from '../store/store.ts';
import type { Topic } from '../store/topics.ts';

/** Renders again whenever one of its topics changes; settings, which hold the language, always do. */
export abstract class StoreElement extends LitElement {
  @property({ attribute: false }) store!: Store;

  /** What of the store this element shows. */
  protected abstract readonly topics: readonly Topic[];
  #unsubscribe: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unsubscribe = this.store.subscribe([...this.topics, 'settings'], () => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    this.#unsubscribe?.();
    super.disconnectedCallback();
  }

  protected get speech(): Speech {
    return this.store.speech;
  }

  protected get words(): Messages {
    return this.store.speech.words;
  }
}
