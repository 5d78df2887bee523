// Where files are put: a drop zone that is a button, the files chosen, and what is in them.

import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { groupFiles, IMPORT_KINDS, type ImportKind } from '../../store/import-kind.ts';
import { sentenceIn } from '../../text/admin/reasons.ts';
import { baseStyles } from '../../theme/base-styles.ts';
import { AdminElement } from './admin-element.ts';
import { adminStyles } from './admin-styles.ts';
import { dropIcon, fileIcon } from './admin-icons.ts';
import './import-settings.ts';

@customElement('import-files')
export class ImportFiles extends AdminElement {
  static override readonly styles = [
    baseStyles,
    adminStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 20px;
        max-width: 760px;
        padding: 16px;
      }

      .zone {
        flex-direction: column;
        gap: 4px;
        width: 100%;
        padding: 28px 16px;
        border: 2px dashed var(--outline);
        background: var(--sunken);
        line-height: 1.4;
      }

      .zone:hover,
      .zone.over {
        border-color: var(--accent);
        background: var(--accent-tint);
      }

      .zone.small {
        flex-direction: row;
        flex-wrap: wrap;
        gap: 4px 12px;
        padding: 8px 16px;
      }

      .zone .icon {
        width: 32px;
        height: 32px;
        stroke-width: 1.1;
        color: var(--accent);
      }

      .zone.small .icon {
        width: 20px;
        height: 20px;
      }

      .zone strong {
        font-size: var(--text-16);
        font-weight: 600;
      }

      .zone.small strong {
        font-size: var(--text-14);
      }

      .formats {
        max-width: 60ch;
        text-wrap: balance;
        margin-top: 8px;
      }

      .safe {
        text-align: center;
      }

      .trouble {
        padding: 8px 12px;
        border-radius: var(--radius);
        box-shadow: inset 4px 0 0 var(--alarm);
        background: color-mix(in srgb, var(--alarm) 8%, var(--panel));
      }

      .files {
        display: flex;
        flex-direction: column;
        gap: 4px;
        margin-top: 8px;
      }

      .files li {
        display: flex;
        align-items: center;
        gap: 8px;
        overflow-wrap: anywhere;
      }

      .files .figure {
        margin-left: auto;
      }

      fieldset {
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }

      legend {
        padding: 0;
        font-weight: 600;
      }

      .kinds {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(152px, 1fr));
        gap: 4px 8px;
        margin-top: 8px;
      }

      .kinds label {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0 8px;
        align-items: center;
        align-content: start;
        padding: 8px 12px;
        border-radius: var(--radius);
        box-shadow: inset 0 0 0 1px var(--hairline);
        cursor: pointer;
      }

      .kinds label:hover {
        background: var(--accent-tint);
      }

      .kinds label:has(:checked) {
        background: var(--accent-tint);
        box-shadow: inset 0 0 0 1.5px var(--accent);
      }

      .kinds .long {
        grid-column: 2;
      }

      .go {
        display: flex;
        flex-direction: column;
        align-items: flex-start;
        gap: 8px;
      }
    `,
  ];

  /** Whether files are held above the page. */
  @property({ type: Boolean }) over = false;
  @query('#file') private input!: HTMLInputElement;
  @query('#check') private check!: HTMLButtonElement | null;
  @query('input[name="kind"]') private firstKind!: HTMLInputElement | null;

  override render() {
    const { desk, said, words } = this;
    const chosen = desk.files.length > 0;
    return html`
      <button type="button" class="zone ${chosen ? 'small' : ''} ${this.over ? 'over' : ''}" data-test="drop" @click=${() => this.input.click()}>
        ${dropIcon}
        <strong>${this.over ? said.dropNow : chosen ? said.dropAgain : said.dropTitle}</strong>
        ${chosen
          ? nothing
          : html`<span>${said.dropOr}</span>
              <span class="formats small muted">${said.dropFormats}</span>`}
      </button>
      <input id="file" type="file" multiple hidden aria-label=${said.dropTitle} @change=${this.onChosen} />
      ${desk.trouble === undefined
        ? nothing
        : html`<p class="trouble" role="alert">${desk.trouble.said === '' ? words.serverSilent : words.serverSaid(sentenceIn(this.language, desk.trouble.said).text)}</p>`}
      ${chosen ? this.chosen() : html`<p class="safe muted">${said.dropSafe}</p>`}
    `;
  }

  private chosen() {
    const { desk, said, speech } = this;
    return html`
      <section>
        <h2>${said.chosen}</h2>
        <ul class="files">
          ${groupFiles(desk.files).map(
            ({ name, bytes, parts }) => html`<li>
              ${fileIcon} <span>${name}</span>
              ${parts > 1 ? html`<span class="muted small">${said.parts(speech.count(parts))}</span>` : nothing}
              <span class="figure muted small">${this.bytes(bytes)}</span>
            </li>`,
          )}
        </ul>
      </section>
      <fieldset>
        <legend>${said.kindQuestion}</legend>
        <p class="muted small">${desk.guessed === undefined ? said.kindUnknown : desk.guessed === desk.options.kind ? said.kindGuessed : nothing}</p>
        <div class="kinds">${IMPORT_KINDS.map((kind) => this.kind(kind))}</div>
      </fieldset>
      <details class="more">
        <summary>${said.more}</summary>
        <import-settings .store=${this.store} .desk=${desk}></import-settings>
      </details>
      <div class="go">
        <button
          type="button"
          id="check"
          class="primary"
          data-test="check"
          ?disabled=${desk.options.kind === ''}
          @click=${() => void desk.send()}
        >
          ${said.check}
        </button>
        <p class="muted small">${said.checkHint}</p>
      </div>
    `;
  }

  private kind(kind: ImportKind) {
    const { desk, said } = this;
    return html`<label>
      <input type="radio" name="kind" value=${kind} .checked=${desk.options.kind === kind} @change=${() => desk.say({ kind })} />
      <span>${said[kind]}</span>
      <span class="long small muted">${said[`${kind}Long`]}</span>
    </label>`;
  }

  /** Puts the cursor where one goes on. */
  async focusNext(): Promise<void> {
    await this.updateComplete;
    if (this.check?.disabled === false) this.check.focus();
    else this.firstKind?.focus();
  }

  private onChosen(): void {
    const files = [...(this.input.files ?? [])];
    this.input.value = '';
    void this.desk.choose(files).then(() => this.focusNext());
  }
}
