// Imports there are on the server: those under way, to go on with, and those lately over.

import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { ImportJob } from '../../api/import-types.ts';
import { baseStyles } from '../../theme/base-styles.ts';
import { closeIcon } from '../icons.ts';
import { AdminElement } from './admin-element.ts';
import { adminStyles } from './admin-styles.ts';

@customElement('import-list')
export class ImportList extends AdminElement {
  static override readonly styles = [
    baseStyles,
    adminStyles,
    css`
      :host {
        display: block;
        max-width: 760px;
        padding: 0 16px 16px;
      }

      ul {
        margin-top: 8px;
      }

      li + li {
        border-top: 1px solid var(--hairline);
      }

      li {
        display: flex;
        align-items: center;
        gap: 8px;
        margin: 0 -8px;
      }

      a {
        flex: 1;
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 12px;
        min-width: 0;
        padding: 8px;
        border-radius: var(--radius);
        color: inherit;
        text-decoration: none;
      }

      a:hover {
        background: var(--accent-tint);
      }

      .name {
        overflow-wrap: anywhere;
      }

      .waits {
        color: var(--accent);
        font-weight: 600;
      }

      .bad {
        color: var(--alarm);
      }
    `,
  ];

  override render() {
    const { desk, said, words } = this;
    const { list } = desk;
    if (list === undefined) return nothing;
    return html`<h2>${said.recent}</h2>
      ${list.kind === 'loading'
        ? html`<p class="muted small" role="status">${words.loading}</p>`
        : list.kind === 'failed'
          ? html`<p class="small">${said.recentFailed} ${list.said === '' ? nothing : words.serverSaid(list.said)}</p>`
          : list.answer.length === 0
            ? html`<p class="muted small">${said.recentNone}</p>`
            : html`<ul>
                ${list.answer.map((job) => this.row(job))}
              </ul>`}`;
  }

  private row(job: ImportJob) {
    const { said, speech } = this;
    const kind = said[job.options.kind as 'areas'] ?? job.options.kind;
    const [first, ...others] = job.files;
    const look = job.state === 'ready' ? 'waits' : job.state === 'refused' || job.state === 'failed' ? 'bad' : 'muted';
    return html`<li>
      <a href="/admin/import?import=${job.id}">
        <span class="name">${kind}${first === undefined ? nothing : html` · ${first.name}`}${others.length > 0 ? ` +${others.length}` : nothing}</span>
        <span class="${look} small">${said[`state_${job.state}`]}</span>
        <span class="muted small figure">${speech.dateTime(job.made_at)}</span>
      </a>
      ${job.state === 'ready' || job.state === 'refused'
        ? html`<button
            type="button"
            aria-label="${said.cancel}: ${first?.name ?? kind}"
            title=${said.cancel}
            @click=${() => void this.desk.takeBack(job.id)}
          >
            ${closeIcon}
          </button>`
        : nothing}
    </li>`;
  }
}
