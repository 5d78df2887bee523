import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Freshness } from './freshness.ts';

const at = (ms: number) => new Date(ms).toISOString();

test('age does not depend on how far the clocks are apart', () => {
  for (const apart of [0, 3_600_000, -86_400_000]) {
    const freshness = new Freshness();
    freshness.beat(at(1_000_000_000), 1_000_000_000 + apart + 40);
    assert.equal(freshness.ageMs(1_000_000_000 + apart + 40), 0);
    assert.equal(freshness.ageMs(1_000_000_000 + apart + 3_040), 3000);
  }
});

test('a slow beat makes data no younger', () => {
  const freshness = new Freshness();
  freshness.beat(at(10_000), 10_010);
  freshness.beat(at(15_000), 17_000);
  assert.equal(freshness.ageMs(17_000), 1990);
});

test('changes told again after a loss are as old as they are', () => {
  const freshness = new Freshness();
  freshness.beat(at(10_000), 10_000);
  freshness.change(at(12_000), 60_000);
  assert.equal(freshness.ageMs(60_000), 48_000);
});

test('until the first beat age is counted from the greeting', () => {
  const freshness = new Freshness();
  freshness.hello(5000);
  assert.equal(freshness.ageMs(7000), 2000);
  freshness.beat(at(90_000), 8000);
  assert.equal(freshness.ageMs(8500), 500);
});

test('before anything was heard there is no age', () => {
  assert.equal(new Freshness().ageMs(5), undefined);
});
