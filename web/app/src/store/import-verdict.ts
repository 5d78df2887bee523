// What came of looking at files, as one word with what belongs to it.

import type { Datum, DatumCandidate, ImportJob, Plan, PlanFile } from '../api/import-types.ts';

/** What came of it. `stopped` may have no plan: a file that is none has none. */
export type Verdict =
  | { kind: 'none' }
  | { kind: 'ready'; plan: Plan }
  | { kind: 'datum'; plan: Plan; datum: Datum }
  /** Nobody said which coordinate system it is, and the data cannot tell. */
  | { kind: 'asks'; plan: Plan; file: PlanFile; datum: Datum }
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
      return plan == null ? { kind: 'stopped', plan: undefined } : (doubtOf(plan) ?? { kind: 'stopped', plan });
    case 'done':
      return { kind: 'done', plan: plan ?? undefined };
    case 'failed':
    case 'cancelled':
      return { kind: state };
    default:
      return { kind: 'none' };
  }
}

/** What is in doubt about the coordinates of the files. One that tells what it is speaks for those that cannot. */
function doubtOf(plan: Plan): Verdict | undefined {
  let asks: Verdict | undefined;
  for (const file of plan.files) {
    const { datum } = file;
    if (datum == null || datum.passes) continue;
    if (datum.asks !== true) return { kind: 'datum', plan, datum };
    asks ??= { kind: 'asks', plan, file, datum };
  }
  return asks;
}

/** Systems that are offered where the server names none: files of Chinese districts are in one of these. */
const USUAL = ['crs84', 'gcj02', 'bd09'];

/** A coordinate system to choose. What is not known of it is undefined. */
export interface Reading {
  crs: string;
  /** Share of the positions that would lie in an area, 0 to 1. */
  share: number | undefined;
  /** How far things would move from where they were read; 0 for the system they were read by. */
  movedM: number | undefined;
}

/** The systems to choose from, WGS-84 first, the others as the server has them. */
export function readingsOf({ crs }: Pick<PlanFile, 'crs'>, { candidates = [] }: Pick<Datum, 'candidates'>): Reading[] {
  const named: Pick<DatumCandidate, 'crs' | 'share' | 'moved_m'>[] = candidates;
  const readings =
    named.length === 0
      ? USUAL.map((crs): Reading => ({ crs, share: undefined, movedM: undefined }))
      : named.map(({ crs, share, moved_m }): Reading => ({ crs, share, movedM: moved_m ?? undefined }));
  return readings
    .map((reading) => (reading.crs === crs ? { ...reading, movedM: 0 } : reading))
    .sort((a, b) => Number(b.crs === 'crs84') - Number(a.crs === 'crs84'));
}
