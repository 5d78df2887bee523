// How old the newest data is; loud when the stream is lost.

import { css, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { baseStyles } from '../theme/base-styles.ts';
import type { Topic } from '../store/topics.ts';
import { brokenIcon } from './icons.ts';
import { StoreElement } from './store-element.ts';

const TICK_MS = 500;

@customElement('freshness-badge')
export class FreshnessBadge extends StoreElement {
  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: inline-flex;
        align-items: center;
      }

      .badge {
        display: inline-flex;
        align-items: center;
        gap: 8px;
        min-height: 32px;
        padding: 2px 12px;
        border-radius: 16px;
        border: 1px solid var(--hairline);
        font-variant-numeric: tabular-nums;
      }

      .dot {
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: var(--fresh);
        flex: none;
      }

      .quiet .dot {
        background: none;
        border: 2px solid var(--ink-muted);
      }

      .loud {
        background: var(--alarm);
        border-color: var(--alarm);
        color: var(--on-alarm);
        font-weight: 600;
      }

      .words {
        display: flex;
        flex-wrap: wrap;
        column-gap: 8px;
        line-height: 1.2;
      }

      .loud .detail {
        font-weight: 400;
      }

      @media (min-width: 720px) {
        .loud {
          border-radius: 8px;
        }

        .loud .words {
          flex-direction: column;
        }

        .loud .detail {
          font-size: var(--text-12);
        }
      }

      @media (max-width: 719px) {
        .badge {
          padding: 2px 8px;
          gap: 6px;
          font-size: var(--text-12);
        }

        .live {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
    `,
  ];

  protected override readonly topics: readonly Topic[] = ['stream', 'district'];

  @state() private said = '';
  #wasLoud = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => {
      if (!document.hidden) this.requestUpdate();
    }, TICK_MS);
  }

  override disconnectedCallback(): void {
    clearInterval(this.#timer);
    super.disconnectedCallback();
  }

  override render() {
    return html`${this.badge()}
      <span class="unseen" role="status" aria-live="polite">${this.said}</span>`;
  }

  private badge() {
    const { store, words, speech } = this;
    const connection = store.connection();
    const age = store.dataAgeMs();
    if (connection.kind === 'lost') {
      return connection.silentMs === undefined
        ? this.loud(words.serverSilent, '')
        : this.loud(words.streamLost, words.streamLostSince(speech.age(connection.silentMs)));
    }
    if (connection.kind === 'connecting' || age === undefined) {
      return html`<span class="badge quiet"><span class="dot"></span><span>${words.connecting}</span></span>`;
    }
    if (this.#wasLoud) {
      this.#wasLoud = false;
      this.announce(words.streamBackAnnounce);
    }
    return html`<span class="badge" data-stream="live">
      <span class="dot"></span>
      <span class="words"><span class="live">${words.live}</span><span class="muted">${words.dataAge(speech.age(age))}</span></span>
    </span>`;
  }

  private loud(words: string, detail: string) {
    if (!this.#wasLoud) {
      this.#wasLoud = true;
      this.announce(this.words.streamLostAnnounce);
    }
    return html`<span class="badge loud" data-stream="lost">
      ${brokenIcon}
      <span class="words"><span>${words}</span><span class="detail">${detail}</span></span>
    </span>`;
  }

  /** Says a change of state to screen readers, once; the ticking age is not read out. */
  private announce(text: string): void {
    void this.updateComplete.then(() => (this.said = text));
  }
}
