// What a person who listens is told of an import: each step, quarters of long ones, and what came of it.

import type { AdminMessages } from '../text/admin/en.ts';
import type { Speech } from '../text/index.ts';
import { crsText } from '../text/admin/systems.ts';
import type { ImportDesk } from './import-desk.ts';
import { verdictOf } from './import-verdict.ts';
import { quarterOf, stepsOf } from './import-way.ts';

/** One sentence; it changes only when there is something new to say. */
export function spokenOf(desk: ImportDesk, said: AdminMessages, speech: Speech): string {
  const { work } = stepsOf(desk);
  if (work !== undefined) {
    const quarter = quarterOf(work);
    return quarter === 0 ? said[work.word] : `${said[work.word]}, ${said.progressOf(speech.roughShare(quarter / 100))}`;
  }
  if (desk.job === undefined) return '';
  const verdict = verdictOf(desk.job);
  switch (verdict.kind) {
    case 'ready': {
      const { added, changed, moved } = verdict.plan.counts;
      return `${said.ready}. ${said.readyHint(speech.count(added + changed + moved))}`;
    }
    case 'datum': {
      const { suggested } = verdict.datum;
      return `${suggested == null ? said.otherDatumTitle : said.otherDatum(crsText(suggested))}. ${said.stopped}`;
    }
    case 'asks':
      return `${said.whichDatum}. ${said.whichDatumHint}`;
    case 'stopped':
      return `${said.notReady}. ${desk.job.reason ?? ''}`;
    case 'done':
      return said.doneTitle;
    case 'failed':
      return said.failedTitle;
    case 'cancelled':
      return said.cancelledTitle;
    case 'none':
      return '';
  }
}
