// What else was found: between areas, what the file lacks, doors and grids, notes. Each place can be gone to.

import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Finding, Plan } from '../../api/import-types.ts';
import { changeMark } from '../../map/change-marks.ts';
import { findingWord } from '../../text/admin/findings.ts';
import { sentenceIn } from '../../text/admin/reasons.ts';
import { baseStyles } from '../../theme/base-styles.ts';
import { AdminElement } from './admin-element.ts';
import { adminStyles } from './admin-styles.ts';

const REPAIR_M = 0.5;
const VANISHED_SHOWN = 60;
const FINDINGS_SHOWN = 12;
/** Areas of a finding that are named in its title; its sentence tells of the others. */
const CODES_SHOWN = 4;
/** Advice for those who type commands; here buttons do the same. */
const FOR_COMMANDS = /(^|\s)--[a-z]/;

@customElement('import-findings')
export class ImportFindings extends AdminElement {
  static override readonly styles = [
    baseStyles,
    adminStyles,
    css`
      .findings button,
      .findings .still {
        display: flex;
        flex-direction: column;
        align-items: flex-start;
        gap: 0;
        width: 100%;
        padding: 6px 8px;
        text-align: left;
        overflow-wrap: anywhere;
      }

      .findings li + li {
        border-top: 1px solid var(--hairline);
      }

      .codes {
        font-variant-numeric: tabular-nums;
      }

      .findings .what {
        font-weight: 600;
      }

      .sums {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
      }

      .keys {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 12px;
        overflow-wrap: anywhere;
      }

      .keys button {
        min-height: max(24px, var(--touch));
        padding: 0 4px;
        color: var(--accent);
        font-size: var(--text-12);
      }
    `,
  ];

  @state() private vanishedShown = VANISHED_SHOWN;
  @state() private findingsShown = FINDINGS_SHOWN;

  override render() {
    const plan = this.desk.job?.plan;
    if (plan == null) return nothing;
    return [this.topology(plan), this.vanished(plan), this.assignment(plan), this.notes(plan)];
  }

  private topology(plan: Plan) {
    const { desk, said, speech } = this;
    const { topology } = plan;
    if (topology == null) return nothing;
    const sums = Object.entries(topology.counts).filter(([, count]) => count > 0);
    const all = sums.reduce((sum, [, count]) => sum + count, 0);
    const more = topology.findings.length - this.findingsShown;
    const repairable = desk.step === 'deciding' && all > 0 && desk.options.repair_m == null;
    return html`<details class="part" ?open=${all > 0 || topology.repaired.length > 0}>
      <summary>
        <h2>${said.topologyTitle}</h2>
        <span class="count figure">${speech.count(all)}</span>
      </summary>
      <div class="body">
        ${all === 0 ? html`<p class="muted">${said.topologyNone}</p>` : nothing}
        <ul class="sums">
          ${sums.map(([kind, count]) => html`<li>${findingWord(this.language, kind)} <strong class="figure">${speech.count(count)}</strong></li>`)}
        </ul>
        ${topology.repaired.length === 0
          ? nothing
          : html`<section>
              <h3 class="panel-title">${said.repaired}</h3>
              <ul class="small">
                ${topology.repaired.map((line) => this.line(line))}
              </ul>
            </section>`}
        ${repairable
          ? html`<div class="buttons">
              <button type="button" class="secondary" ?disabled=${desk.busy} @click=${() => void desk.lookAgain({ repair_m: REPAIR_M })}>
                ${said.repairWith(this.metres(REPAIR_M))}
              </button>
            </div>`
          : nothing}
        <ul class="findings small" data-test="findings">
          ${topology.findings.slice(0, this.findingsShown).map((finding) => this.finding(finding))}
        </ul>
        ${more > 0
          ? html`<button type="button" class="link" data-test="more-findings" @click=${() => (this.findingsShown += 5 * FINDINGS_SHOWN)}>
              ${said.moreRows(speech.count(Math.min(more, 5 * FINDINGS_SHOWN)))}
            </button>`
          : nothing}
        ${more <= 0 && topology.findings.length < all
          ? html`<p class="muted small">${said.refusedFirst(speech.count(topology.findings.length), speech.count(all))}</p>`
          : nothing}
      </div>
    </details>`;
  }

  private finding({ kind, areas, at, message }: Finding) {
    const { desk, speech } = this;
    const told = sentenceIn(this.language, message);
    const more = areas.length - CODES_SHOWN;
    const codes = areas.slice(0, CODES_SHOWN).join(' · ') + (more > 0 ? ` +${speech.count(more)}` : '');
    const text = html`<span class="what">${findingWord(this.language, kind)} <span class="codes muted">${codes}</span></span>
      <span lang=${told.language}>${told.text}</span>`;
    return html`<li>
      ${at == null
        ? html`<div class="still">${text}</div>`
        : html`<button type="button" @click=${() => desk.goToPlace([at[0] ?? 0, at[1] ?? 0])}>${text}</button>`}
    </li>`;
  }

  private vanished(plan: Plan) {
    const { said, speech } = this;
    const { vanished } = plan.counts;
    if (vanished === 0) return nothing;
    const more = plan.vanished.length - this.vanishedShown;
    return html`<details class="part">
      <summary>
        ${changeMark('vanished')}
        <h2>${said.vanishedTitle}</h2>
        <span class="count figure">${speech.count(vanished)}</span>
      </summary>
      <div class="body">
        <p class="muted small">${said.vanishedHint}</p>
        ${this.keys(plan.vanished.slice(0, this.vanishedShown), 'vanished')}
        ${more > 0
          ? html`<button type="button" class="link" @click=${() => (this.vanishedShown += VANISHED_SHOWN)}>
              ${said.moreRows(speech.count(Math.min(more, VANISHED_SHOWN)))}
            </button>`
          : nothing}
        ${plan.vanished.length < vanished
          ? html`<p class="muted small">${said.refusedFirst(speech.count(plan.vanished.length), speech.count(vanished))}</p>`
          : nothing}
      </div>
    </details>`;
  }

  /** Keys, each a button where the map has its place. */
  private keys(keys: readonly string[], change: 'vanished') {
    const { desk, words } = this;
    const placed = new Map(
      desk.changeSet?.features.flatMap((feature) => (feature.change === change && feature.at !== undefined ? [[feature.key, feature] as const] : [])),
    );
    return html`<ul class="keys small">
      ${keys.map((key) => {
        const feature = placed.get(key);
        return html`<li>
          ${feature === undefined
            ? key
            : html`<button type="button" title=${words.showOnMap} @click=${() => desk.select(feature, true)}>${key}</button>`}
        </li>`;
      })}
    </ul>`;
  }

  private assignment(plan: Plan) {
    const { said, speech } = this;
    const { counts, assignment } = plan;
    const parts = [
      [said.unassigned, counts.unassigned, assignment.outside],
      [said.onEdge, counts.on_edge, assignment.on_edge],
      [said.inSeveral, counts.in_several, assignment.in_several],
    ] as const;
    const all = parts.reduce((sum, [, count]) => sum + count, 0);
    if (all === 0) return nothing;
    return html`<details class="part">
      <summary>
        <h2>${said.assignmentTitle}</h2>
        <span class="count figure">${speech.count(all)}</span>
      </summary>
      <div class="body">
        ${parts
          .filter(([, count]) => count > 0)
          .map(
            ([title, count, examples]) => html`<section>
              <h3 class="panel-title">${title} <span class="figure">${speech.count(count)}</span></h3>
              <p class="muted small">${examples.join(' · ')}${examples.length < count ? ' …' : nothing}</p>
            </section>`,
          )}
      </div>
    </details>`;
  }

  private notes(plan: Plan) {
    const notes = plan.notes.filter((note) => !FOR_COMMANDS.test(note));
    if (notes.length === 0) return nothing;
    return html`<details class="part" open>
      <summary><h2>${this.said.notes}</h2></summary>
      <ul class="body small">
        ${notes.map((note) => this.line(note))}
      </ul>
    </details>`;
  }

  private line(sentence: string) {
    const { language, text } = sentenceIn(this.language, sentence);
    return html`<li lang=${language}>${text}</li>`;
  }
}
