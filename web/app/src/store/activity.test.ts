import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Activity } from './activity.ts';
import { figuresFromCounts } from './figures.ts';

const step = (slot: number, touched: number, reached: number) => ({
  slot,
  before: figuresFromCounts(100, 10, 5),
  after: figuresFromCounts(100, 10 + touched, 5 + reached),
});

test('changes one after another in a grid are one entry', () => {
  const activity = new Activity();
  activity.add('t1', [step(1, 1, 0)]);
  activity.add('t2', [step(1, 1, 1)]);
  activity.add('t3', [step(2, 1, 1)]);
  assert.deepEqual(
    activity.entries.map(({ slot, at, touched, reached }) => [slot, at, touched, reached]),
    [
      [2, 't3', 1, 1],
      [1, 't2', 2, 1],
    ],
  );
});

test('what moves a whole district at once is no news, nor is what moves nothing', () => {
  const activity = new Activity();
  assert.equal(activity.add('t', Array.from({ length: 200 }, (_, slot) => step(slot, 1, 1))), false);
  assert.equal(activity.add('t', [step(1, 0, 0)]), false);
  assert.deepEqual(activity.entries, []);
});
