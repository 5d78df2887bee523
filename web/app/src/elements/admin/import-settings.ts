// How files are to be read: coordinates, encoding, layer, what may be left out or repaired.

import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { baseStyles } from '../../theme/base-styles.ts';
import { crsLongText } from '../../text/admin/systems.ts';
import { AdminElement } from './admin-element.ts';
import { adminStyles } from './admin-styles.ts';

/** Coordinate systems offered by name; 4548 is the one of Zhangzhou's own maps. */
const SYSTEMS = ['crs84', 'gcj02', 'bd09', 'EPSG:4490', 'EPSG:4548', 'EPSG:3857'] as const;
const ENCODINGS = ['utf-8', 'gb18030', 'big5'] as const;
const REPAIRS_M = [0.1, 0.5, 1, 2] as const;
const OTHER = 'other';

@customElement('import-settings')
export class ImportSettings extends AdminElement {
  static override readonly styles = [
    baseStyles,
    adminStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 8px;
        padding-top: 8px;
      }

      .row {
        display: grid;
        grid-template-columns: 128px minmax(0, 1fr);
        gap: 4px 12px;
        align-items: center;
      }

      .row > :nth-child(n + 3) {
        grid-column: 2;
      }

      @media (max-width: 479px) {
        .row {
          grid-template-columns: 1fr;
        }

        .row > :nth-child(n + 3) {
          grid-column: 1;
        }
      }
    `,
  ];

  @state() private otherCrs = false;

  override render() {
    const { desk, said } = this;
    const { options } = desk;
    const known = (SYSTEMS as readonly string[]).includes(options.crs ?? '');
    const other = this.otherCrs || (options.crs != null && !known);
    return html`
      <p class="muted small">${said.moreHint}</p>
      <div class="row">
        <label for="crs">${said.crs}</label>
        <select id="crs" @change=${this.onCrs}>
          <option value="" ?selected=${options.crs == null && !other}>${said.crsAuto}</option>
          ${SYSTEMS.map(
            (crs) => html`<option value=${crs} ?selected=${options.crs === crs}>${crsLongText(this.language, crs)}</option>`,
          )}
          <option value=${OTHER} ?selected=${other}>${said.crsOther}</option>
        </select>
        ${other
          ? html`<input
              type="text"
              inputmode="numeric"
              placeholder="4547"
              aria-label=${said.crsOtherLabel}
              .value=${(options.crs ?? '').replace(/^EPSG:/i, '')}
              @change=${this.onEpsg}
            />`
          : nothing}
      </div>
      <div class="row">
        <label for="encoding">${said.encoding}</label>
        <select id="encoding" @change=${(event: Event) => desk.say({ encoding: valueOf(event) || null })}>
          <option value="" ?selected=${options.encoding == null}>${said.encodingAuto}</option>
          ${ENCODINGS.map((encoding) => html`<option value=${encoding} ?selected=${options.encoding === encoding}>${encoding.toUpperCase()}</option>`)}
        </select>
      </div>
      <div class="row">
        <label for="layer">${said.layer}</label>
        <input
          id="layer"
          type="text"
          placeholder=${said.layerAuto}
          .value=${options.layer ?? ''}
          @change=${(event: Event) => desk.say({ layer: valueOf(event).trim() || null })}
        />
      </div>
      ${options.kind === 'areas' ? this.repair() : nothing}
      <label class="tick">
        <input
          type="checkbox"
          .checked=${options.partial === true}
          @change=${(event: Event) => desk.say({ partial: (event.target as HTMLInputElement).checked })}
        />
        ${said.partial}
      </label>
      <label class="tick">
        <input
          type="checkbox"
          .checked=${options.trust_crs === true}
          @change=${(event: Event) => desk.say({ trust_crs: (event.target as HTMLInputElement).checked })}
        />
        ${said.trustCrs}
      </label>
    `;
  }

  private repair() {
    const { desk, said } = this;
    const { repair_m: repair } = desk.options;
    return html`<div class="row">
      <label for="repair">${said.repair}</label>
      <select id="repair" @change=${(event: Event) => desk.say({ repair_m: valueOf(event) === '' ? null : Number(valueOf(event)) })}>
        <option value="" ?selected=${repair == null}>${said.repairNone}</option>
        ${REPAIRS_M.map((metres) => html`<option value=${metres} ?selected=${repair === metres}>${this.metres(metres)}</option>`)}
      </select>
    </div>`;
  }

  private onCrs(event: Event): void {
    const value = valueOf(event);
    this.otherCrs = value === OTHER;
    if (!this.otherCrs) this.desk.say({ crs: value || null });
  }

  private onEpsg(event: Event): void {
    const code = valueOf(event).trim();
    this.desk.say({ crs: code === '' ? null : /^\d+$/.test(code) ? `EPSG:${code}` : code });
  }
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}
