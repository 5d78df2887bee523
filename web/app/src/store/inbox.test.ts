import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Inbox } from './inbox.ts';

test('a frame takes the newest value of each slot, once', () => {
  const inbox = new Inbox();
  inbox.add({ households: [[7, 1], [3, 34]], areas: [[2, 10, 5, 4]] });
  inbox.add({ households: [[7, 36]], areas: [[2, 10, 6, 4], [1, 90, 9, 8]] });
  const batch = inbox.take();
  assert.deepEqual([...(batch?.doors ?? [])], [7, 36, 3, 34]);
  assert.deepEqual([...(batch?.areas ?? [])], [2, 10, 6, 4, 1, 90, 9, 8]);
  assert.equal(inbox.take(), undefined);
});

test('replaced tables leave nothing behind', () => {
  const inbox = new Inbox();
  inbox.add({ households: [[1, 1]], areas: [] });
  inbox.clear();
  assert.equal(inbox.isEmpty, true);
});
