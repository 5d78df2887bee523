import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metresBetween } from './distance.ts';

test('a degree of latitude is 111 km, one of longitude at Zhangzhou 101 km', () => {
  assert.ok(Math.abs(metresBetween([117.65, 24], [117.65, 25]) - 111_195) < 1);
  assert.ok(Math.abs(metresBetween([117, 24.51], [118, 24.51]) - 101_176) < 20);
  assert.equal(metresBetween([117, 24], [117, 24]), 0);
});
