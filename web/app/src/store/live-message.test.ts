import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveMessageFromText } from './live-message.ts';

const change = (round: object) =>
  JSON.stringify({ type: 'change', seq: '1-42', at: '2026-03-01T06:00:00Z', rounds: { spring: round }, closures: [1] });

function roundFrom(text: string) {
  const message = liveMessageFromText(text);
  assert.ok(message?.type === 'change');
  return message.rounds['spring'];
}

test('a change tells doors, areas, and the sums that no area has', () => {
  const round = roundFrom(change({ households: [[7, 34]], areas: [[3, 10, 4, 2]], total: [12, 5, 3], unassigned: [2, 1, 1] }));
  assert.deepEqual(round, { households: [[7, 34]], areas: [[3, 10, 4, 2]], total: [12, 5, 3], unassigned: [2, 1, 1] });
});

test('what a change leaves out stayed as it was', () => {
  assert.deepEqual(roundFrom(change({ total: [12, 5, 3] })), { households: [], areas: [], total: [12, 5, 3], unassigned: undefined });
});

test('what is no message of this version is passed over', () => {
  for (const text of ['', '[]', '{}', '{"type":"shout"}', '{"type":"change","at":"2026-03-01T06:00:00Z"}']) {
    assert.equal(liveMessageFromText(text), undefined, text);
  }
});
