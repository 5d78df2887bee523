// An element of the pages that bring data in and out: it follows the import desk too.

import { property } from 'lit/decorators.js';
import type { ImportDesk } from '../../store/import-desk.ts';
import { adminWords, bytesText, metresText } from '../../text/admin/index.ts';
import type { AdminMessages } from '../../text/admin/en.ts';
import type { Language } from '../../text/index.ts';
import type { Topic } from '../../store/topics.ts';
import { StoreElement } from '../store-element.ts';

/** Renders again whenever the desk changes. */
export abstract class AdminElement extends StoreElement {
  @property({ attribute: false }) desk!: ImportDesk;

  protected override readonly topics: readonly Topic[] = ['import'];

  protected get language(): Language {
    return this.store.settings.language;
  }

  protected get said(): AdminMessages {
    return adminWords(this.language);
  }

  protected bytes(count: number): string {
    return bytesText(this.language, count);
  }

  protected metres(metres: number): string {
    return metresText(this.language, metres);
  }
}
