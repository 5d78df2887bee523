// How the files were read: format, encoding, coordinates, and the columns each field is filled from, to be changed.

import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { MappedField, PlanFile } from '../../api/import-types.ts';
import { columnsOf, mapOf, NOT_FILLED, type MappingChoice } from '../../store/import-mapping.ts';
import { fieldWord } from '../../text/admin/index.ts';
import { sentenceIn } from '../../text/admin/reasons.ts';
import { crsText } from '../../text/admin/systems.ts';
import { baseStyles } from '../../theme/base-styles.ts';
import { AdminElement } from './admin-element.ts';
import { adminStyles } from './admin-styles.ts';
import './import-settings.ts';

const CONSTANT = '\u0000constant';

@customElement('import-reading')
export class ImportReading extends AdminElement {
  static override readonly styles = [
    baseStyles,
    adminStyles,
    css`
      .files {
        display: flex;
        flex-direction: column;
        gap: 8px;
      }

      .files li {
        display: flex;
        flex-direction: column;
        gap: 2px;
        overflow-wrap: anywhere;
      }

      .facts {
        display: flex;
        flex-wrap: wrap;
        gap: 0 12px;
      }

      .facts .way {
        color: var(--ink-muted);
      }

      td select,
      td input {
        width: 100%;
        min-width: 120px;
        min-height: max(28px, var(--touch));
        font-size: var(--text-12);
      }

      td input {
        margin-top: 4px;
      }

      .changed select {
        border-color: var(--accent);
        box-shadow: inset 0 0 0 1px var(--accent);
      }

      .examples {
        width: 34%;
        padding-top: 9px;
        color: var(--ink-muted);
      }


      .field {
        display: block;
        white-space: nowrap;
      }

      .missing {
        color: var(--alarm);
        font-weight: 600;
      }

      .how {
        display: block;
      }
    `,
  ];

  /** What was changed and not yet looked at, by field. */
  @state() private choices: ReadonlyMap<string, MappingChoice> = new Map();
  #of = '';

  override willUpdate(): void {
    const { job } = this.desk;
    const of = `${job?.id} ${JSON.stringify(job?.options.map)} ${job?.plan == null}`;
    if (of !== this.#of) this.choices = new Map();
    this.#of = of;
  }

  override render() {
    const { desk, said } = this;
    const plan = desk.job?.plan;
    if (plan == null) return nothing;
    const [first] = plan.files;
    const open = desk.step === 'deciding';
    return html`<details class="part" ?open=${open}>
      <summary><h2>${said.readAsTitle}</h2></summary>
      <div class="body">
        <ul class="files">
          ${plan.files.map((file) => this.file(file))}
        </ul>
        ${first === undefined ? nothing : this.mapping(first, plan.files)}
        ${desk.step === 'deciding'
          ? html`<details>
              <summary>${said.more}</summary>
              <import-settings .store=${this.store} .desk=${desk}></import-settings>
              <div class="buttons">
                <button type="button" class="secondary" data-test="look-again" ?disabled=${desk.busy} @click=${() => void desk.lookAgain(desk.options)}>
                  ${said.lookAgain}
                </button>
              </div>
            </details>`
          : nothing}
      </div>
    </details>`;
  }

  private file(file: PlanFile) {
    const { said, speech } = this;
    const from = { given: said.crsGiven, declared: said.crsDeclared, assumed: said.crsAssumed }[file.crs_from] ?? file.crs_from;
    return html`<li>
      <strong>${file.name}</strong>
      <span class="facts small">
        <span>${file.format}</span>
        ${file.layer == null ? nothing : html`<span>${file.layer}</span>`}
        ${file.encoding == null ? nothing : html`<span>${file.encoding}</span>`}
        <span>${crsText(file.crs)} <span class="way">(${from})</span></span>
        <span class="figure">${said.rowsSoFar(speech.count(file.rows))}</span>
      </span>
      ${file.notes.map((note) => {
        const { language, text } = sentenceIn(this.language, note);
        return html`<span class="small muted" lang=${language}>${text}</span>`;
      })}
    </li>`;
  }

  private mapping(file: PlanFile, files: readonly PlanFile[]) {
    const { desk, said, choices } = this;
    const columns = columnsOf(files);
    const editable = desk.step === 'deciding';
    return html`<section>
      <h3 class="panel-title">${said.mapping}</h3>
      ${editable ? html`<p class="muted small">${said.mappingHint}</p>` : nothing}
      <div class="scroll">
        <table data-test="mapping">
          <thead>
            <tr>
              <th scope="col">${said.field}</th>
              <th scope="col">${said.column}</th>
              <th scope="col">${said.examples}</th>
            </tr>
          </thead>
          <tbody>
            ${file.mapping.map((mapped) => this.row(mapped, columns, editable))}
          </tbody>
        </table>
      </div>
      ${file.unused.length === 0 ? nothing : html`<p class="muted small">${said.unusedColumns}: ${file.unused.join(' · ')}</p>`}
      ${choices.size === 0
        ? nothing
        : html`<div class="buttons">
            <button type="button" class="primary" data-test="apply-mapping" ?disabled=${desk.busy} @click=${this.apply}>
              ${said.applyMapping}
            </button>
            <button type="button" class="secondary" @click=${() => (this.choices = new Map())}>${said.resetMapping}</button>
          </div>`}
    </section>`;
  }

  private row(mapped: MappedField, columns: readonly string[], editable: boolean) {
    const { said, language, choices } = this;
    const word = fieldWord(language, mapped.field, mapped.zh);
    const choice = choices.get(mapped.field);
    const shown = choice ?? choiceOf(mapped);
    const how =
      {
        named: said.howNamed,
        synonym: said.howSynonym,
        content: said.howContent,
        given: said.howGiven,
        constant: said.howConstant,
        absent: said.howAbsent,
      }[mapped.how] ?? mapped.how;
    return html`<tr class=${choice === undefined ? '' : 'changed'}>
      <th scope="row">
        <span class="field ${mapped.needed && mapped.how === 'absent' ? 'missing' : ''}" title=${language === 'zh-CN' ? mapped.zh : nothing}>
          ${word}${mapped.needed ? html`<span aria-label=${said.needed}>*</span>` : nothing}
        </span>
        ${word === mapped.field ? nothing : html`<span class="muted">${mapped.field}</span>`}
      </th>
      <td>
        ${editable
          ? html`<select aria-label=${said.columnFor(word)} @change=${(event: Event) => this.choose(mapped, event)}>
                <option value=${NOT_FILLED} ?selected=${shown.column === NOT_FILLED && shown.constant === undefined}>${said.columnNone}</option>
                ${columns.map(
                  (column) => html`<option value=${column} ?selected=${shown.column === column && shown.constant === undefined}>${column}</option>`,
                )}
                <option value=${CONSTANT} ?selected=${shown.constant !== undefined}>${said.columnConstant}</option>
              </select>
              ${shown.constant === undefined
                ? nothing
                : html`<input
                    type="text"
                    aria-label=${said.constantFor(word)}
                    .value=${shown.constant}
                    @change=${(event: Event) => this.put(mapped, { column: NOT_FILLED, constant: (event.target as HTMLInputElement).value })}
                  />`}`
          : html`<span>${mapped.column ?? said.columnNone}</span>`}
        ${mapped.how === 'absent' ? nothing : html`<span class="how muted">${how}</span>`}
      </td>
      <td class="examples">${mapped.examples.slice(0, 3).join(' · ')}</td>
    </tr>`;
  }

  private choose(mapped: MappedField, event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.put(mapped, value === CONSTANT ? { column: NOT_FILLED, constant: '' } : { column: value, constant: undefined });
  }

  private put(mapped: MappedField, choice: MappingChoice): void {
    const choices = new Map(this.choices);
    const before = choiceOf(mapped);
    if (choice.column === before.column && choice.constant === before.constant) choices.delete(mapped.field);
    else choices.set(mapped.field, choice);
    this.choices = choices;
  }

  private apply(): void {
    const { desk } = this;
    const first = desk.job?.plan?.files[0];
    if (first !== undefined) void desk.lookAgain({ map: mapOf(first.mapping, desk.job?.options.map ?? [], this.choices) });
  }
}

function choiceOf({ column, how }: MappedField): MappingChoice {
  return how === 'constant' ? { column: NOT_FILLED, constant: column ?? '' } : { column: column ?? NOT_FILLED, constant: undefined };
}
