// What came of looking at files, as one word with what belongs to it.

import type { Datum, ImportJob, Plan } from '../api/import-types.ts';

/** What came of it. `stopped` may have no plan: a file that is none has none. */
export type Verdict =
  | { kind: 'none' }
  | { kind: 'ready'; plan: Plan }
  | { kind: 'datum'; plan: Plan; datum: Datum }
  | { kind: 'stopped'; plan: Plan | undefined }
  | { kind: 'done'; plan: Plan | undefined }
  | { kind: 'failed' }
  | { kind: 'cancelled' };

/** The verdict on an import. Coordinates of another system come before everything else: every other figure follows from them. */
export function verdictOf({ state, plan }: Pick<ImportJob, 'state' | 'plan'>): Verdict {
  switch (state) {
    case 'ready':
      return plan == null ? { kind: 'none' } : { kind: 'ready', plan };
    case 'refused':
      for (const { datum } of plan?.files ?? []) {
        if (plan != null && datum?.passes === false) return { kind: 'datum', plan, datum };
      }
      return { kind: 'stopped', plan: plan ?? undefined };
    case 'done':
      return { kind: 'done', plan: plan ?? undefined };
    case 'failed':
    case 'cancelled':
      return { kind: state };
    default:
      return { kind: 'none' };
  }
}
