// What a person who listens is told of an import: each step, quarters of long ones, and what came of it.

import { adminWords } from '../text/admin/index.ts';
import { speechIn, type Language } from '../text/index.ts';
import { sentenceIn } from '../text/admin/reasons.ts';
import { crsText } from '../text/admin/systems.ts';
import type { ImportDesk } from './import-desk.ts';
import { verdictOf } from './import-verdict.ts';
import { quarterOf, stepsOf } from './import-way.ts';

/** One sentence; it changes only when there is something new to say. */
export function spokenOf(desk: ImportDesk, language: Language): string {
  const [said, speech] = [adminWords(language), speechIn(language)];
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
      return `${said.notReady}. ${sentenceIn(language, desk.job.reason ?? '').text}`;
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
