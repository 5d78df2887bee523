import assert from 'node:assert/strict';
import { test } from 'node:test';
import { momentInZone } from './zone.ts';

test('a clock in the district is eight hours ahead', () => {
  assert.equal(momentInZone('2026-11-23T14:05', 'Asia/Shanghai')?.toISOString(), '2026-11-23T06:05:00.000Z');
  assert.equal(momentInZone('2026-01-01T00:30', 'Asia/Shanghai')?.toISOString(), '2025-12-31T16:30:00.000Z');
});

test('clocks that change are followed on both sides', () => {
  assert.equal(momentInZone('2026-03-29T01:30', 'Europe/Berlin')?.toISOString(), '2026-03-29T00:30:00.000Z');
  assert.equal(momentInZone('2026-03-29T03:30', 'Europe/Berlin')?.toISOString(), '2026-03-29T01:30:00.000Z');
});

test('what is no time is no moment', () => {
  assert.equal(momentInZone('', 'Asia/Shanghai'), undefined);
  assert.equal(momentInZone('yesterday', 'Asia/Shanghai'), undefined);
});
