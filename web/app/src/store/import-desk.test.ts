import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServerRefusal } from '../api/client.ts';
import type { ImportClient } from '../api/imports.ts';
import type { ImportJob, ImportOptions, Plan } from '../api/import-types.ts';
import { ImportDesk } from './import-desk.ts';
import { stepsOf } from './import-way.ts';
import { spokenOf } from './import-spoken.ts';

const OPTIONS: ImportOptions = { kind: 'households', crs: null, trust_crs: false, map: [], layer: null, encoding: null, partial: false, repair_m: null };

function plan(more: Partial<Plan> = {}): Plan {
  const counts = {
    rows: 3, added: 2, changed: 0, moved: 1, same: 0, refused: 0, vanished: 0,
    unassigned: 0, on_edge: 0, in_several: 0, reassigned: 0, unassigned_now: 0,
  };
  const assignment = { outside: [], on_edge: [], in_several: [] };
  return {
    source: 'doors.csv', kind: 'households', files: [], counts, assignment, refused: [], refused_by_reason: [], vanished: [],
    would_take: true, notes: [], ...more,
  };
}

function job(state: ImportJob['state'], more: Partial<ImportJob> = {}): ImportJob {
  return {
    id: 'one', state, options: OPTIONS, files: [{ name: 'doors.csv', bytes: 10 }], made_at: '2026-11-23T06:00:00Z',
    done_bytes: 0, bytes: 0, rows: 0, taken: false, ...more,
  };
}

/** A server that answers what it is told to, in turn, and a clock moved by hand. */
class Fakes implements ImportClient {
  asked: string[] = [];
  answers = new Map<string, (ImportJob | Error)[]>();
  featureAnswer: unknown = { features: [{ properties: { change: 'added', key: 'a' }, geometry: { type: 'Point', coordinates: [117, 24] } }] };
  said: ImportOptions[] = [];
  flights: unknown[] = [];
  stopped = false;
  timers: (() => void)[] = [];
  settleSending: (job: ImportJob | Error) => void = () => undefined;
  tellSent: (bytes: number, all: number) => void = () => undefined;

  on(what: string, ...answers: (ImportJob | Error)[]): this {
    this.answers.set(what, [...(this.answers.get(what) ?? []), ...answers]);
    return this;
  }

  async #answer(what: string): Promise<ImportJob> {
    this.asked.push(what);
    const answers = this.answers.get(what) ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === undefined) throw new Error(`nobody said what ${what} answers`);
    if (answer instanceof Error) throw answer;
    return answer;
  }

  list = async () => [];
  get = () => this.#answer('get');
  confirm = () => this.#answer('confirm');
  cancel = () => this.#answer('cancel');
  features = async () => this.featureAnswer;

  look(_: string, options: ImportOptions): Promise<ImportJob> {
    this.said.push(options);
    return this.#answer('look');
  }

  send(options: ImportOptions, _: readonly File[], onSent: (bytes: number, all: number) => void) {
    this.said.push(options);
    this.tellSent = onSent;
    const answer = new Promise<ImportJob>((resolve, reject) => {
      this.settleSending = (settled) => (settled instanceof Error ? reject(settled) : resolve(settled));
    });
    return { answer, stop: () => (this.stopped = true) };
  }

  after = (_: number, callback: () => void) => {
    this.timers.push(callback);
    return () => (this.timers = this.timers.filter((each) => each !== callback));
  };

  notify = () => undefined;
  flyTo = (destination: unknown) => this.flights.push(destination);
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

function atDesk() {
  const fakes = new Fakes();
  return { fakes, desk: new ImportDesk(fakes, fakes, fakes) };
}

const csv = () => new File(['编号,楼栋,单元,房号,经度,纬度\n'], 'data.csv');

test('a file is guessed, sent with what was said, looked at, and its changes are fetched', async () => {
  const { fakes, desk } = atDesk();
  fakes.on('get', job('looking', { stage: 'reading', done_bytes: 5, bytes: 10, rows: 2 }), job('ready', { plan: plan() }));
  assert.equal(desk.step, 'choosing');
  await desk.choose([csv()]);
  assert.deepEqual([desk.guessed, desk.options.kind], ['households', 'households']);
  desk.say({ encoding: 'gb18030' });
  const sent = desk.send();
  fakes.tellSent(3, 10);
  assert.deepEqual([desk.step, stepsOf(desk).work?.share], ['sending', 0.3]);
  fakes.settleSending(job('looking'));
  await sent;
  assert.deepEqual([desk.step, fakes.said[0]?.encoding], ['working', 'gb18030']);
  fakes.timers[0]?.();
  await settle();
  assert.deepEqual(stepsOf(desk).work, { word: 'reading', done: 5, bytes: 10, rows: 2, share: 0.5 });
  fakes.timers[0]?.();
  await settle();
  assert.deepEqual([desk.step, desk.changeSet?.features.length, fakes.timers.length], ['deciding', 1, 0]);
});

test('a word of the stream moves the bar, and a new state is read at once', async () => {
  const { fakes, desk } = atDesk();
  fakes.on('get', job('looking'), job('ready', { plan: plan() }));
  await desk.open('one');
  desk.hear({ id: 'other', state: 'done', done_bytes: 1, bytes: 1, rows: 1 });
  desk.hear({ id: 'one', state: 'looking', stage: 'reading', done_bytes: 8, bytes: 10, rows: 7 });
  assert.deepEqual([stepsOf(desk).work?.share, fakes.asked.length], [0.8, 1]);
  desk.hear({ id: 'one', state: 'ready', done_bytes: 10, bytes: 10, rows: 9 });
  await settle();
  assert.deepEqual([desk.job?.state, fakes.asked.length], ['ready', 2]);
});

test('looking again says what was said before and what is new', async () => {
  const { fakes, desk } = atDesk();
  const said = { ...OPTIONS, map: ['name=town'] };
  fakes.on('get', job('refused', { options: said, plan: plan({ would_take: false }) })).on('look', job('looking', { options: { ...said, crs: 'gcj02' } }));
  await desk.open('one');
  await settle();
  assert.equal(desk.changeSet?.features.length, 1);
  await desk.lookAgain({ crs: 'gcj02' });
  assert.deepEqual(fakes.said, [{ ...said, crs: 'gcj02' }]);
  assert.deepEqual([desk.step, desk.changes], ['working', undefined], 'changes of the old look are gone');
});

test('a district that changed meanwhile is said, and the new look is followed', async () => {
  const { fakes, desk } = atDesk();
  fakes
    .on('get', job('ready', { plan: plan() }), job('looking'))
    .on('confirm', new ServerRefusal(409, 'the district changed'));
  await desk.open('one');
  await desk.confirm();
  await settle();
  assert.deepEqual([desk.trouble, desk.step, desk.busy], [{ said: 'the district changed' }, 'working', false]);
});

test('an upload given up is stopped, and its late answer changes nothing', async () => {
  const { fakes, desk } = atDesk();
  await desk.choose([csv()]);
  const sent = desk.send();
  await desk.cancel();
  assert.deepEqual([fakes.stopped, desk.step, desk.files.length], [true, 'choosing', 0]);
  fakes.settleSending(job('ready', { plan: plan() }));
  await sent;
  assert.equal(desk.step, 'choosing');
});

test('a refused upload says why and keeps the files for another try', async () => {
  const { fakes, desk } = atDesk();
  await desk.choose([csv()]);
  const sent = desk.send();
  fakes.settleSending(new ServerRefusal(409, '4 imports wait already'));
  await sent;
  assert.deepEqual([desk.step, desk.trouble, desk.files.length], ['choosing', { said: '4 imports wait already' }, 1]);
});

test('a server that is silent is asked again, and an import it forgot is let go', async () => {
  const { fakes, desk } = atDesk();
  fakes.on('get', job('looking'), new Error('no network'), new ServerRefusal(404, 'import one is not known'));
  await desk.open('one');
  fakes.timers[0]?.();
  await settle();
  assert.equal(desk.job?.state, 'looking');
  fakes.timers[0]?.();
  await settle();
  assert.deepEqual([desk.job, desk.trouble?.said], [undefined, 'import one is not known']);
});

test('a change of a list is gone to and shown though its sort was hidden', async () => {
  const { fakes, desk } = atDesk();
  fakes.on('get', job('ready', { plan: plan() }));
  await desk.open('one');
  await settle();
  const [feature] = desk.changeSet?.features ?? [];
  desk.toggle('added');
  assert.equal(desk.shown.has('added'), false);
  desk.select(feature, true);
  assert.deepEqual([desk.shown.has('added'), desk.selected, fakes.flights], [true, feature, [{ at: [117, 24] }]]);
  desk.toggle('added');
  assert.equal(desk.selected, undefined);
});

test('whoever listens hears each step, quarters, and what came of it', async () => {
  const { fakes, desk } = atDesk();
  const datum = { passes: false, trusted: false, suggested: 'gcj02', sentences: [] };
  const file = { name: 'a', format: 'CSV', crs: 'crs84', crs_from: 'assumed', notes: [], mapping: [], unused: [], rows: 3, datum };
  fakes.on('get', job('looking', { stage: 'reading', done_bytes: 60, bytes: 100 }), job('refused', { plan: plan({ would_take: false, files: [file] }) }));
  assert.equal(spokenOf(desk, 'en'), '');
  await desk.open('one');
  assert.equal(spokenOf(desk, 'en'), 'Reading rows, 50% done');
  fakes.timers[0]?.();
  await settle();
  assert.equal(spokenOf(desk, 'en'), 'These coordinates are GCJ-02. Stopped before any harm');
});

test('the map opens on the rows that stop an import, else on all that would change', async () => {
  const at = (change: string, lon: number) => ({ properties: { change, key: change }, geometry: { type: 'Point', coordinates: [lon, 24] } });
  for (const [state, west] of [['refused', 117.5], ['ready', 117]] as const) {
    const { fakes, desk } = atDesk();
    fakes.featureAnswer = { features: [at('added', 117), at('refused', 117.5)] };
    fakes.on('get', job(state, { plan: plan({ would_take: state === 'ready' }) }));
    await desk.open('one');
    await settle();
    desk.fitFirst(undefined);
    assert.deepEqual(fakes.flights, [{ bounds: [west, 24, 117.5, 24] }]);
  }
});

test('a place that is no change is ringed until a change is looked at', async () => {
  const { fakes, desk } = atDesk();
  fakes.on('get', job('ready', { plan: plan() }));
  await desk.open('one');
  await settle();
  desk.goToPlace([0, 0]);
  assert.deepEqual([desk.spot, desk.selected, fakes.flights], [{ x: 0.5, y: 0.5 }, undefined, [{ at: [0, 0] }]]);
  desk.select(desk.changeSet?.features[0], false);
  assert.equal(desk.spot, undefined);
});

test('a question is said, and its answer reads the same files again', async () => {
  const { fakes, desk } = atDesk();
  const datum = { passes: false, trusted: false, asks: true, sentences: [], candidates: [{ crs: 'crs84', share: 0.5 }] };
  const file = { name: 'a', format: 'CSV', crs: 'crs84', crs_from: 'assumed', notes: [], mapping: [], unused: [], rows: 3, datum };
  fakes.on('get', job('refused', { plan: plan({ would_take: false, files: [file] }) })).on('look', job('looking'));
  await desk.open('one');
  assert.match(spokenOf(desk, 'en'), /does not say its coordinate system/);
  await desk.lookAgain({ crs: 'crs84', trust_crs: false });
  assert.deepEqual([fakes.said[0]?.crs, fakes.said[0]?.trust_crs, desk.step], ['crs84', false, 'working']);
});
