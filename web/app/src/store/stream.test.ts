import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LiveMessage } from './live-message.ts';
import { LiveStream, SILENCE_MS, type Socket, type StreamStatus, type StreamWorld } from './stream.ts';

/** A world of fake sockets and a clock that is moved by hand. */
class FakeWorld implements StreamWorld {
  now = 1_000_000;
  sockets: (Socket & { since: string; closed: boolean })[] = [];
  #timers: { at: number; callback: () => void }[] = [];

  connect(since: string): Socket {
    const socket = { since, closed: false, onopen: null, onmessage: null, onclose: null, close: () => (socket.closed = true) };
    this.sockets.push(socket);
    return socket;
  }

  nowMs(): number {
    return this.now;
  }

  random(): number {
    return 0;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.now + delayMs, callback };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((each) => each !== timer));
  }

  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const next = this.#timers.filter((each) => each.at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.now = next.at;
      this.#timers = this.#timers.filter((each) => each !== next);
      next.callback();
    }
    this.now = end;
  }

  get socket() {
    const newest = this.sockets.at(-1);
    assert.ok(newest !== undefined);
    return newest;
  }

  say(message: object): void {
    this.socket.onmessage?.({ data: JSON.stringify(message) });
  }
}

function listening() {
  const world = new FakeWorld();
  const heard: LiveMessage[] = [];
  const statuses: StreamStatus['kind'][] = [];
  const stream = new LiveStream(
    world,
    (message) => heard.push(message),
    (status) => statuses.push(status.kind),
  );
  stream.start('1-5');
  return { world, heard, statuses, stream };
}

const change = (seq: string) => ({ type: 'change', seq, at: '2026-01-01T00:00:00Z', rounds: {} });

test('after a loss it goes on from the last change heard', () => {
  const { world, heard, statuses } = listening();
  assert.equal(world.socket.since, '1-5');
  world.say({ type: 'hello', seq: '1-5', shapes_version: 7 });
  world.say(change('1-6'));
  world.say(change('1-8'));
  world.socket.onclose?.();
  world.pass(1000);
  assert.equal(world.socket.since, '1-8');
  world.say(change('1-9'));
  assert.deepEqual(statuses, ['connecting', 'live', 'lost', 'live']);
  assert.deepEqual(heard.map((message) => ('seq' in message ? message.seq : '')), ['1-5', '1-6', '1-8', '1-9']);
});

test('a beat does not move the place: changes before it may still be gathered', () => {
  const { world, stream } = listening();
  world.say(change('1-6'));
  world.say({ type: 'beat', seq: '1-20', at: '2026-01-01T00:00:00Z' });
  assert.equal(stream.since, '1-6');
});

test('waits grow up to a quarter of a minute and begin anew after a word', () => {
  const { world } = listening();
  const waits: number[] = [];
  for (let failure = 0; failure < 8; failure += 1) {
    const before = world.now;
    const sockets = world.sockets.length;
    world.socket.onclose?.();
    while (world.sockets.length === sockets) world.pass(10);
    waits.push(world.now - before);
  }
  assert.deepEqual(waits, [250, 500, 1000, 2000, 4000, 7500, 7500, 7500]);
  world.say({ type: 'hello', seq: '1-5', shapes_version: 7 });
  const sockets = world.sockets.length;
  world.socket.onclose?.();
  world.pass(250);
  assert.equal(world.sockets.length, sockets + 1);
});

test('a connection without a word is lost since the last word', () => {
  const { world, stream } = listening();
  world.say({ type: 'hello', seq: '1-5', shapes_version: 7 });
  const lastWord = world.now;
  world.pass(SILENCE_MS - 1);
  assert.equal(stream.status.kind, 'live');
  world.pass(1);
  assert.deepEqual(stream.status, { kind: 'lost', sinceMs: lastWord });
  assert.equal(world.sockets[0]?.closed, true);
});

test('a connection that beats is not lost', () => {
  const { world, stream } = listening();
  for (let beat = 0; beat < 20; beat += 1) {
    world.say({ type: 'beat', seq: '1-5', at: '2026-01-01T00:00:00Z' });
    world.pass(5000);
  }
  assert.equal(stream.status.kind, 'live');
  assert.equal(world.sockets.length, 1);
});

test('an old connection is not heard any more', () => {
  const { world, heard, stream } = listening();
  const old = world.socket;
  stream.start('1-9');
  old.onmessage?.({ data: JSON.stringify(change('1-6')) });
  old.onclose?.();
  assert.equal(stream.since, '1-9');
  assert.deepEqual(heard, []);
  assert.equal(world.sockets.length, 2);
});

test('hurry does not wait', () => {
  const { world, stream } = listening();
  world.socket.onclose?.();
  stream.hurry();
  assert.equal(world.sockets.length, 2);
  world.pass(1000);
  assert.equal(world.sockets.length, 2);
});

test('what is not understood is passed over', () => {
  const { world, heard } = listening();
  world.socket.onmessage?.({ data: '{' });
  world.say({ type: 'incident', seq: '1-9' });
  world.say({ type: 'change', at: '2026-01-01T00:00:00Z' });
  assert.deepEqual(heard, []);
});
