// What would change, as figures; the marks are those of the map.

import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { PlanCounts } from '../../api/import-types.ts';
import { changeMark } from '../../map/change-marks.ts';
import type { Change } from '../../store/change-set.ts';
import { baseStyles } from '../../theme/base-styles.ts';
import { AdminElement } from './admin-element.ts';
import { adminStyles } from './admin-styles.ts';

@customElement('import-figures')
export class ImportFigures extends AdminElement {
  static override readonly styles = [
    baseStyles,
    adminStyles,
    css`
      :host {
        display: block;
        padding: 12px 16px 16px;
        border-bottom: 1px solid var(--hairline);
      }

      dl {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: 12px 8px;
        margin-top: 8px;
      }

      dl + dl {
        margin-top: 12px;
        padding-top: 12px;
        border-top: 1px solid var(--hairline);
      }

      dt {
        display: flex;
        align-items: center;
        gap: 6px;
        font-size: var(--text-12);
        color: var(--ink-muted);
      }

      dd {
        font-size: var(--text-20);
        font-weight: 600;
      }

      .less dd {
        font-size: var(--text-16);
        font-weight: 400;
      }

      .none dd {
        color: var(--ink-muted);
        font-weight: 400;
      }
    `,
  ];

  override render() {
    const { desk, said } = this;
    const counts = desk.job?.plan?.counts;
    if (counts === undefined) return nothing;
    const doors = desk.job?.plan?.kind === 'households' || desk.job?.plan?.kind === 'areas';
    return html`
      <h2>${desk.job?.state === 'done' ? said.figuresDone : said.figures}</h2>
      <dl>
        ${this.figure('added', said.added, said.addedLong, counts.added, 'added')}
        ${this.figure('changed', said.changed, said.changedLong, counts.changed, 'changed')}
        ${this.figure('moved', said.moved, said.movedLong, counts.moved, 'moved')}
        ${this.figure('same', said.same, said.sameLong, counts.same)}
        ${this.figure('refused', said.refused, said.refusedLong, counts.refused, 'refused')}
        ${this.figure('vanished', said.vanished, said.vanishedLong, counts.vanished, 'vanished')}
      </dl>
      ${doors ? this.doors(counts) : nothing}
    `;
  }

  private doors(counts: PlanCounts) {
    const { said } = this;
    return html`<dl class="less">
      ${this.figure('unassigned', said.unassigned, said.unassignedLong, counts.unassigned)}
      ${this.figure('on_edge', said.onEdge, said.onEdgeLong, counts.on_edge)}
      ${this.figure('in_several', said.inSeveral, said.inSeveralLong, counts.in_several)}
      ${this.desk.job?.plan?.kind === 'areas'
        ? this.figure('reassigned', said.reassigned, said.reassignedLong, counts.reassigned)
        : nothing}
    </dl>`;
  }

  private figure(name: string, label: string, long: string, count: number, mark?: Change) {
    return html`<div class=${count === 0 ? 'none' : ''} title=${long}>
      <dt>${mark === undefined ? nothing : changeMark(mark)} ${label}</dt>
      <dd class="figure" data-figure=${name}>${this.speech.count(count)}</dd>
    </div>`;
  }
}
