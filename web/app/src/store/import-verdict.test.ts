import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Datum, ImportJob, Plan, PlanFile } from '../api/import-types.ts';
import { readingsOf, verdictOf } from './import-verdict.ts';

const DATUM: Datum = { passes: true, trusted: false, sentences: [] };

function file(datum: Partial<Datum>, more: Partial<PlanFile> = {}): PlanFile {
  return {
    name: 'doors.csv', format: 'CSV', crs: 'crs84', crs_from: 'assumed', notes: [], mapping: [], unused: [], rows: 5,
    datum: { ...DATUM, ...datum }, ...more,
  };
}

function refused(...files: PlanFile[]): Pick<ImportJob, 'state' | 'plan'> {
  const counts = {
    rows: 5, added: 5, changed: 0, moved: 0, same: 0, refused: 0, vanished: 0,
    unassigned: 0, on_edge: 0, in_several: 0, reassigned: 0, unassigned_now: 0,
  };
  const plan: Plan = {
    source: 'doors.csv', kind: 'households', files, counts, assignment: { outside: [], on_edge: [], in_several: [] }, refused: [],
    refused_by_reason: [], vanished: [], would_take: false, notes: [],
  };
  return { state: 'refused', plan };
}

const kindOf = (...files: PlanFile[]) => verdictOf(refused(...files)).kind;

test('a file that says nothing and cannot tell asks; one that lies is stopped; any other stands on its rows', () => {
  assert.equal(kindOf(file({ passes: false, asks: true })), 'asks');
  assert.equal(kindOf(file({ passes: false, suggested: 'gcj02' })), 'datum');
  assert.equal(kindOf(file({ passes: false, asks: false })), 'datum');
  assert.equal(kindOf(file({})), 'stopped');
  assert.equal(kindOf(file({ trusted: true, asks: true })), 'stopped', 'a person who said to trust it is not asked again');
  const noLook = { ...file({}), datum: null };
  assert.equal(kindOf(noLook), 'stopped');
  assert.equal(verdictOf({ state: 'refused', plan: null }).kind, 'stopped');
  const ready = { ...refused(file({ passes: true })), state: 'ready' as const };
  assert.equal(verdictOf(ready).kind, 'ready');
});

test('a file that tells what it is speaks for those that cannot', () => {
  const [asking, lying] = [file({ passes: false, asks: true }), file({ passes: false, suggested: 'bd09' })];
  assert.equal(kindOf(asking, lying), 'datum');
  const verdict = verdictOf(refused(file({}), file({ passes: false, asks: true }, { name: 'second.csv' })));
  assert.equal(verdict.kind === 'asks' ? verdict.file.name : verdict.kind, 'second.csv');
});

test('the systems to choose from are the server’s, WGS-84 first, and the one it was read by moves nothing', () => {
  const candidates = [
    { crs: 'gcj02', share: 0.6, moved_m: 585 },
    { crs: 'bd09', share: 0, moved_m: 1190 },
    { crs: 'crs84', share: 0.4, moved_m: null },
  ];
  assert.deepEqual(readingsOf({ crs: 'crs84' }, { candidates }), [
    { crs: 'crs84', share: 0.4, movedM: 0 },
    { crs: 'gcj02', share: 0.6, movedM: 585 },
    { crs: 'bd09', share: 0, movedM: 1190 },
  ]);
});

test('where the server names none the usual systems are offered, and nothing is made up about them', () => {
  const usual = ['crs84', 'gcj02', 'bd09'];
  for (const datum of [{}, { candidates: [] }]) {
    const readings = readingsOf({ crs: 'latlon' }, datum);
    assert.deepEqual(readings.map(({ crs }) => crs), usual);
    assert.ok(readings.every(({ share, movedM }) => share === undefined && movedM === undefined));
  }
});
