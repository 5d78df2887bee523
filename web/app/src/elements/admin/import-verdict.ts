// The verdict: what came of looking at the files, and the one click that mends what is wrong with them.

import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import type { Datum, ImportJob, Plan, PlanFile } from '../../api/import-types.ts';
import { readingsOf, verdictOf, type Reading, type Verdict } from '../../store/import-verdict.ts';
import { sentenceIn } from '../../text/admin/reasons.ts';
import { crsLongText, crsText } from '../../text/admin/systems.ts';
import { baseStyles } from '../../theme/base-styles.ts';
import { AdminElement } from './admin-element.ts';
import { askIcon, doneIcon, stopIcon } from './admin-icons.ts';
import { adminStyles } from './admin-styles.ts';

const DIRECTIONS = 8;

/** How a verdict looks: well, ill, a question, or neither. */
type Look = 'good' | 'bad' | 'ask' | '';

@customElement('import-verdict')
export class ImportVerdict extends AdminElement {
  static override readonly styles = [
    baseStyles,
    adminStyles,
    css`
      :host {
        display: block;
      }

      section {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 4px 12px;
        padding: 16px;
        border-bottom: 1px solid var(--hairline);
      }

      section > * {
        grid-column: 2;
      }

      .sign {
        grid-column: 1;
        grid-row: 1;
        display: grid;
        place-items: center;
        width: 28px;
        height: 28px;
        border-radius: 50%;
        background: var(--ink-muted);
        color: var(--panel);
      }

      .good .sign {
        background: var(--fresh);
      }

      .bad {
        box-shadow: inset 4px 0 0 var(--alarm);
        background: color-mix(in srgb, var(--alarm) 8%, var(--panel));
      }

      .bad .sign {
        background: var(--alarm);
        color: var(--on-alarm);
      }

      .ask {
        box-shadow: inset 4px 0 0 var(--accent);
      }

      .ask .sign {
        background: var(--accent);
        color: var(--on-accent);
      }

      .readings {
        display: flex;
        flex-direction: column;
        gap: 8px;
        margin: 8px 0;
      }

      .readings button {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-start;
        gap: 0 12px;
        width: 100%;
        min-height: max(44px, var(--touch));
        padding: 8px 12px;
        box-shadow: inset 0 0 0 1px var(--outline);
        text-align: left;
      }

      .readings button:hover {
        box-shadow: inset 0 0 0 1.5px var(--accent);
      }

      .readings .facts {
        margin-left: auto;
        color: var(--ink-muted);
      }

      h2 {
        font-size: var(--text-16);
        line-height: 28px;
        overflow-wrap: anywhere;
      }

      /* Only led to, never acted on: the ring would say that something can be pressed. */
      h2:focus-visible {
        outline: none;
      }

      .move {
        display: flex;
        align-items: center;
        gap: 12px;
        margin: 4px 0;
        font-size: var(--text-20);
        font-weight: 600;
        line-height: 1.2;
      }

      .move svg {
        flex: none;
        width: 40px;
        height: 40px;
      }

      .evidence summary {
        min-height: max(28px, var(--touch));
        padding: 4px 0;
        color: var(--ink-muted);
        cursor: pointer;
      }

      .evidence p + p {
        margin-top: 4px;
      }

      .buttons {
        margin-top: 8px;
      }

      a.primary {
        display: inline-flex;
        align-items: center;
        border-radius: var(--radius);
        text-decoration: none;
      }
    `,
  ];

  @query('h2') private heading!: HTMLElement | null;

  /** Brings whoever listens or uses the keyboard to what was found. */
  async focusHeading(): Promise<void> {
    await this.updateComplete;
    this.heading?.focus();
  }

  override render() {
    const { desk } = this;
    const { job } = desk;
    if (job === undefined) return nothing;
    return [this.trouble(), this.verdict(job, verdictOf(job))];
  }

  private trouble() {
    const { desk, words } = this;
    if (desk.trouble === undefined) return nothing;
    const { said } = desk.trouble;
    return html`<section class="bad" role="alert">
      <span class="sign">${stopIcon}</span>
      <p>${said === '' ? words.serverSilent : words.serverSaid(sentenceIn(this.language, said).text)}</p>
    </section>`;
  }

  private verdict(job: ImportJob, verdict: Verdict) {
    const { said } = this;
    switch (verdict.kind) {
      case 'datum':
        return this.datum(verdict.datum);
      case 'asks':
        return this.asks(verdict.file, verdict.datum);
      case 'stopped':
        return this.stopped(job, verdict.plan);
      case 'ready':
        return this.ready(verdict.plan);
      case 'done':
        return this.done(verdict.plan);
      case 'cancelled':
        return this.box('', said.cancelledTitle, html`<p>${said.cancelledHint}</p>`, this.again());
      case 'failed':
        return this.box('bad', said.failedTitle, html`<p>${said.failedHint}</p>${this.told(job.reason)}`, this.again());
      case 'none':
        return nothing;
    }
  }

  private box(look: Look, title: string, text: TemplateResult, buttons: TemplateResult | typeof nothing = nothing) {
    return html`<section class=${look} data-test="verdict">
      <span class="sign">${{ good: doneIcon, bad: stopIcon, ask: askIcon, '': doneIcon }[look]}</span>
      <h2 tabindex="-1">${title}</h2>
      ${text} ${buttons}
    </section>`;
  }

  private datum(datum: Datum) {
    const { desk, said } = this;
    const { suggested } = datum;
    const title = suggested == null ? said.otherDatumTitle : said.otherDatum(crsText(suggested));
    return this.box(
      'bad',
      title,
      html`${this.shift(datum)}
        <p>${said.stopped}</p>`,
      html`<div class="buttons">
        ${suggested == null
          ? nothing
          : html`<button
              type="button"
              class="primary"
              data-test="remedy"
              ?disabled=${desk.busy}
              @click=${() => void desk.lookAgain({ crs: suggested, trust_crs: false })}
            >
              ${said.readAs(crsText(suggested))}
            </button>`}
        <button type="button" class="secondary" ?disabled=${desk.busy} @click=${() => void desk.lookAgain({ trust_crs: true })}>
          ${said.keepDatum}
        </button>
      </div>
      ${this.evidence(datum)}`,
    );
  }

  private asks(file: PlanFile, datum: Datum) {
    const { said } = this;
    return this.box(
      'ask',
      said.whichDatum,
      html`<p>${said.whichDatumHint}</p>`,
      html`<ul class="readings" data-test="readings">
          ${readingsOf(file, datum).map((reading) => html`<li>${this.reading(reading)}</li>`)}
        </ul>
        ${this.evidence(datum)}`,
    );
  }

  /** What it was judged by. */
  private evidence({ sentences }: Datum) {
    if (sentences.length === 0) return nothing;
    return html`<details class="evidence small">
      <summary>${this.said.evidence}</summary>
      ${sentences.map((sentence) => this.told(sentence))}
    </details>`;
  }

  /** A sentence of the server, as far as there are words for it in the language of the page. */
  private told(sentence: string | null | undefined, look = 'muted') {
    const { language, text } = sentenceIn(this.language, sentence ?? '');
    return text === '' ? nothing : html`<p class=${look} lang=${language}>${text}</p>`;
  }

  private reading({ crs, share, movedM }: Reading) {
    const { desk, said, speech, language } = this;
    const facts = [
      share === undefined ? '' : said.readingShare(speech.roughShare(share)),
      movedM === undefined ? '' : movedM === 0 ? said.readingStays : said.readingMoves(this.metres(movedM)),
    ].filter((fact) => fact !== '');
    return html`<button
      type="button"
      data-test="reading"
      data-crs=${crs}
      ?disabled=${desk.busy}
      @click=${() => void desk.lookAgain({ crs, trust_crs: false })}
    >
      <strong>${crsLongText(language, crs)}</strong>
      <span class="facts figure">${facts.join(' · ')}</span>
    </button>`;
  }

  /** How far and where to things would move, with an arrow that points there. */
  private shift({ moved_m: metres, bearing_deg: bearing }: Datum) {
    const { said } = this;
    if (metres == null || bearing == null) return nothing;
    const to = said.directions[Math.round(bearing / (360 / DIRECTIONS)) % DIRECTIONS] ?? '';
    return html`<p class="move">
      <svg viewBox="-20 -20 40 40" aria-hidden="true">
        <circle r="19" fill="none" stroke="var(--outline)" />
        <g transform="rotate(${bearing})" fill="none" stroke="var(--alarm)" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">
          <path d="M0 12V-12M-6-6 0-12 6-6" />
        </g>
      </svg>
      ${said.mapDirection(this.metres(metres), to)}
    </p>`;
  }

  private stopped(job: ImportJob, plan: Plan | undefined) {
    const { desk, said, speech } = this;
    const { added = 0, changed = 0, moved = 0, same = 0, refused = 0 } = plan?.counts ?? {};
    const good = added + changed + moved + same;
    // Whether the rest may come in is the person's to say; every other reason is the server's.
    const mayLeaveOut = refused > 0 && good > 0 && !job.options.partial;
    const text = mayLeaveOut
      ? html`<p>${said.someRefused(speech.count(refused), speech.count(good))}</p>`
      : html`${this.told(job.reason, '')}`;
    if (!mayLeaveOut) return this.box('bad', said.notReady, text);
    const buttons = html`<div class="buttons">
      <button
        type="button"
        class="primary"
        data-test="partial"
        ?disabled=${desk.busy}
        @click=${() => void desk.lookAgain({ partial: true })}
      >
        ${said.takeGood(speech.count(good))}
      </button>
    </div>`;
    return this.box('bad', said.notReady, text, buttons);
  }

  private ready(plan: Plan) {
    const { said, speech } = this;
    const { added, changed, moved, refused } = plan.counts;
    const altering = added + changed + moved;
    const hint = altering === 0 ? said.readySame : said.readyHint(speech.count(altering));
    const trusted = plan.files.some(({ datum }) => datum?.trusted) ? html`<p class="muted small">${said.datumTrusted}</p>` : nothing;
    const left = refused === 0 ? nothing : html`<p class="muted">${said.readyLeft(speech.count(refused))}</p>`;
    return this.box('good', said.ready, html`<p>${hint}</p>${left}${trusted}`);
  }

  private done(plan: Plan | undefined) {
    const { desk, said, speech } = this;
    const { added = 0, changed = 0, moved = 0 } = plan?.counts ?? {};
    const altered = added + changed + moved;
    const text = desk.job?.seq == null ? said.doneNothing : said.doneRows(speech.count(altered));
    return this.box(
      'good',
      said.doneTitle,
      html`<p>${text}</p>`,
      html`<div class="buttons">
        <a class="primary" data-test="see" href="/">${said.seeDistrict}</a>
        <button type="button" class="secondary" data-test="another" @click=${() => desk.startOver()}>${said.another}</button>
      </div>`,
    );
  }

  private again() {
    return html`<div class="buttons">
      <button type="button" class="primary" data-test="another" @click=${() => this.desk.startOver()}>${this.said.another}</button>
    </div>`;
  }
}
