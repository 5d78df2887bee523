import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AreaCounts } from './figures.ts';
import { AREA_ROW_BYTES, DOOR_ROW_BYTES, decodeStateTable, doorFactsFromByte, earlierSeq } from './state-table.ts';

function body(rowBytes: number, rows: number[], n = 42n): ArrayBuffer {
  const bytes = new Uint8Array(32 + rows.length);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('WGS1'));
  view.setUint16(4, rowBytes, true);
  view.setUint32(8, rows.length / rowBytes, true);
  view.setUint32(12, 3, true);
  view.setBigUint64(16, n, true);
  view.setBigUint64(24, 7n, true);
  bytes.set(rows, 32);
  return bytes.buffer;
}

test('a table says its place, its shapes and its rows', () => {
  const table = decodeStateTable(body(DOOR_ROW_BYTES, [0x21, 0x12]), DOOR_ROW_BYTES);
  assert.equal(table.seq, '3-42');
  assert.equal(table.shapesVersion, '7');
  assert.deepEqual([...table.rows], [0x21, 0x12]);
});

test('a place beyond 2^53 keeps every digit', () => {
  assert.equal(decodeStateTable(body(1, [], 9_007_199_254_740_993n), 1).seq, '3-9007199254740993');
});

test('a body that is no table is refused with the reason', () => {
  const table = (change: (bytes: Uint8Array) => Uint8Array) => () =>
    decodeStateTable(change(new Uint8Array(body(1, [1, 2]))).slice().buffer, 1);
  assert.throws(table((bytes) => bytes.subarray(0, 31)), /31 bytes is shorter than its header of 32/);
  assert.throws(table((bytes) => bytes.fill(0x58, 0, 4)), /does not begin with WGS1/);
  assert.throws(table((bytes) => bytes.subarray(0, 33)), /2 rows has 33 bytes, not 34/);
  assert.throws(() => decodeStateTable(body(1, [1]), AREA_ROW_BYTES), /rows of 1 bytes, not of 12/);
});

test('counts written into a table are in the body an engine is given later', () => {
  const table = decodeStateTable(body(AREA_ROW_BYTES, [...new Array<number>(12).fill(0), 10, 0, 0, 0, 6, 0, 0, 0, 4, 0, 0, 0]), AREA_ROW_BYTES);
  const counts = new AreaCounts(table);
  assert.deepEqual(counts.get(1), { eligible: 10, touched: 6, reached: 4, untouched: 4, reachedShare: 0.4 });
  assert.equal(counts.get(0)?.reachedShare, undefined);
  assert.equal(counts.set(1, 300, 7, 5), true);
  assert.deepEqual([...table.body.subarray(44)], [44, 1, 0, 0, 7, 0, 0, 0, 5, 0, 0, 0]);
});

test('a slot the table does not have is neither read nor written', () => {
  const counts = new AreaCounts(decodeStateTable(body(AREA_ROW_BYTES, new Array<number>(12).fill(0)), AREA_ROW_BYTES));
  assert.equal(counts.get(1), undefined);
  assert.equal(counts.set(1, 1, 1, 1), false);
});

test('a byte says state, follow-up and attempts', () => {
  assert.deepEqual(doorFactsFromByte(0b011_1_0100), { state: 'no_answer', followUpDue: true, attempts: 3 });
  assert.deepEqual(doorFactsFromByte(0b111_0_1001), { state: 'demolished', followUpDue: false, attempts: 7 });
  assert.equal(doorFactsFromByte(0x0f).state, 'none');
});

test('of two places the earlier is gone on from, of two epochs the newer', () => {
  assert.equal(earlierSeq('1-9', '1-10'), '1-9');
  assert.equal(earlierSeq('2-1', '1-10'), '2-1');
  assert.throws(() => earlierSeq('1-', '1-1'), /not of the form EPOCH-N/);
});
