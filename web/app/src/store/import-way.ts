// The way of an import in steps, and what is being worked at: read off the desk, for the eye and for whoever listens.

import type { ImportDesk } from './import-desk.ts';

/** A step of the way. */
export type WayStep = 'upload' | 'read' | 'check' | 'decide' | 'write';

const WAY: readonly WayStep[] = ['upload', 'read', 'check', 'decide', 'write'];

/** What is being worked at. */
export interface Work {
  word: 'sending' | 'receiving' | 'waitingTurn' | 'reading' | 'checking' | 'writing';
  done: number;
  bytes: number;
  rows: number;
  /** From 0 to 1; undefined while nobody knows. */
  share: number | undefined;
}

/** Where an import stands. */
export interface Way {
  steps: readonly { step: WayStep; standing: 'past' | 'now' | 'ahead' }[];
  work: Work | undefined;
}

/** Where the import at the desk stands. */
export function stepsOf(desk: Pick<ImportDesk, 'step' | 'sent' | 'job' | 'progress'>): Way {
  const work = workOf(desk);
  const now = stepNow(desk, work);
  return {
    steps: WAY.map((step, index) => ({ step, standing: index < now ? 'past' : index === now ? 'now' : 'ahead' })),
    work,
  };
}

function stepNow({ step, job }: Pick<ImportDesk, 'step' | 'job'>, work: Work | undefined): number {
  if (job?.state === 'done') return WAY.length;
  if (step === 'deciding') return WAY.indexOf('decide');
  switch (work?.word) {
    case 'reading':
    case 'waitingTurn':
      return WAY.indexOf('read');
    case 'checking':
      return WAY.indexOf('check');
    case 'writing':
      return WAY.indexOf('write');
    default:
      return 0;
  }
}

function workOf({ step, sent, job, progress }: Pick<ImportDesk, 'step' | 'sent' | 'job' | 'progress'>): Work | undefined {
  if (step === 'sending') {
    const [done, bytes] = [sent?.bytes ?? 0, sent?.all ?? 0];
    return { word: 'sending', done, bytes, rows: 0, share: bytes === 0 ? undefined : done / bytes };
  }
  if (step !== 'working' || job === undefined) return undefined;
  // Whichever is further: a word of the stream may be older than the job as it was read, or newer.
  const newest = progress !== undefined && progress.state === job.state && progress.done_bytes >= job.done_bytes ? progress : job;
  const { done_bytes: done, bytes, rows } = newest;
  const stage = newest.stage ?? undefined;
  const share = bytes === 0 ? undefined : Math.min(1, done / bytes);
  if (job.state === 'receiving') return { word: 'receiving', done, bytes, rows, share };
  if (job.state === 'taking') return { word: 'writing', done: 0, bytes: 0, rows, share };
  if (stage === 'reading') return { word: 'reading', done, bytes, rows, share };
  if (stage === 'checking' || stage === 'writing') return { word: stage, done: 0, bytes: 0, rows, share };
  return { word: 'waitingTurn', done: 0, bytes: 0, rows: 0, share: undefined };
}

/** How much of the work is done in quarters, for whoever listens instead of looking: 0, 25, 50, 75. */
export function quarterOf(work: Work): number {
  return Math.min(75, Math.floor((work.share ?? 0) * 4) * 25);
}
