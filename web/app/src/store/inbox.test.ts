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
  assert.deepEqual([batch?.total, batch?.unassigned], [undefined, undefined], 'sums nobody told stay as they are');
  assert.equal(inbox.take(), undefined);
});

test('a sum told alone is something to take, and its newest value counts', () => {
  const inbox = new Inbox();
  inbox.add({ households: [], areas: [], total: [12, 3, 1], unassigned: [2, 0, 0] });
  inbox.add({ households: [[4, 34]], areas: [], total: [12, 4, 2] });
  inbox.add({ households: [], areas: [] });
  const batch = inbox.take();
  assert.deepEqual([batch?.total, batch?.unassigned], [[12, 4, 2], [2, 0, 0]]);
  assert.equal(inbox.isEmpty, true);
});

test('replaced tables leave nothing behind', () => {
  const inbox = new Inbox();
  inbox.add({ households: [[1, 1]], areas: [], total: [1, 0, 0], unassigned: [1, 0, 0] });
  inbox.clear();
  assert.equal(inbox.isEmpty, true);
});
