import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approach, placeLabels, type LabelCandidate } from './labels.ts';

const SCREEN = { width: 800, height: 600 };
const label = (id: number, x: number, y: number, rank = 0): LabelCandidate => ({ id, x, y, width: 80, height: 20, rank });
const ids = (labels: readonly LabelCandidate[]) => labels.map((each) => each.id);

/** A plain generator of numbers from 0 to 1, the same every time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

test('no label lies over another, and none could still be added', () => {
  const next = numbers(7);
  const all = Array.from({ length: 400 }, (_, id) => label(id, next() * 800, next() * 600, Math.floor(next() * 3)));
  const placed = placeLabels(all, SCREEN, new Set(), 4);
  const touch = (a: LabelCandidate, b: LabelCandidate) => Math.abs(a.x - b.x) < 84 && Math.abs(a.y - b.y) < 24;
  const inside = (a: LabelCandidate) => a.x >= 40 && a.x <= 760 && a.y >= 10 && a.y <= 590;
  for (const one of placed) {
    assert.ok(inside(one));
    for (const other of placed) assert.ok(one === other || !touch(one, other), `${one.id} over ${other.id}`);
  }
  for (const one of all) assert.ok(!inside(one) || placed.includes(one) || placed.some((other) => touch(one, other)));
});

test('a larger area goes before a smaller one', () => {
  assert.deepEqual(ids(placeLabels([label(1, 400, 300, 1), label(2, 410, 305, 0)], SCREEN, new Set(), 4)), [2]);
});

test('a name shown before does not give way to its equal', () => {
  const rivals = [label(1, 400, 300), label(2, 410, 305)];
  assert.deepEqual(ids(placeLabels(rivals, SCREEN, new Set(), 4)), [1]);
  assert.deepEqual(ids(placeLabels(rivals, SCREEN, new Set([2]), 4)), [2]);
});

test('the order they come in makes no difference', () => {
  const next = numbers(3);
  const all = Array.from({ length: 100 }, (_, id) => label(id, next() * 800, next() * 600));
  assert.deepEqual(ids(placeLabels(all, SCREEN, new Set(), 4)), ids(placeLabels([...all].reverse(), SCREEN, new Set(), 4)));
});

test('a name fades to what is wanted and stays there', () => {
  assert.deepEqual([approach(0, 1, 0.4), approach(0.8, 1, 0.4), approach(1, 1, 0.4)], [0.4, 1, 1]);
  assert.deepEqual([approach(0.3, 0, 0.4), approach(0, 0, 0.4)], [0, 0]);
});
