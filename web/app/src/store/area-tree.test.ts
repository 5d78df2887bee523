import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AreaProperties, Level } from '../api/types.ts';
import { AreaTree, pathTo, type Area } from './area-tree.ts';
import { figuresFromCounts } from './figures.ts';
import { worstFirst } from './league.ts';

function row(slot: number, code: string, level: Level, parent: string | null, name = code): AreaProperties {
  return { slot, code, name, level, parent, label: [117, 24], bbox: [117, 24, 118, 25], doors: 0 };
}

const tree = new AreaTree([
  row(5, '350602002', 'subdistrict', '350602'),
  row(0, '350602', 'district', null, '芗城区'),
  row(1, '350602001', 'subdistrict', '350602'),
  row(2, '350602001001', 'community', '350602001', '芝山社区'),
  row(3, '350602001001002', 'grid', '350602001001'),
  row(4, '350602001001001', 'grid', '350602001001'),
]);

const codes = (areas: readonly Area[]) => areas.map((area) => area.code);

test('areas find their place whatever order they come in', () => {
  assert.equal(tree.root?.code, '350602');
  assert.deepEqual(codes(tree.root?.children ?? []), ['350602001', '350602002']);
  assert.deepEqual(codes(tree.atLevel('grid', tree.root)), ['350602001001001', '350602001001002']);
  const grid = tree.bySlot(3);
  assert.ok(grid !== undefined);
  assert.deepEqual(codes(pathTo(grid)), ['350602', '350602001', '350602001001', '350602001001002']);
});

test('only levels that are there are offered', () => {
  assert.ok(tree.root !== undefined);
  assert.deepEqual(tree.levelsWithin(tree.root), ['subdistrict', 'community', 'grid']);
  const empty = tree.byCode('350602002');
  assert.ok(empty !== undefined);
  assert.deepEqual(tree.levelsWithin(empty), []);
});

test('a search finds names and codes, larger areas first', () => {
  assert.deepEqual(codes(tree.search(' 芝山 ', 5)), ['350602001001']);
  assert.deepEqual(codes(tree.search('001001', 2)), ['350602001001', '350602001001001']);
  assert.deepEqual(tree.search('  ', 5), []);
});

test('the worst is first, and an area with nothing to do is last', () => {
  const areas = ['a', 'b', 'c', 'd'].map((code, slot) => ({ ...(tree.root as Area), code, slot }));
  const figures = [figuresFromCounts(0, 0, 0), figuresFromCounts(10, 9, 5), figuresFromCounts(10, 6, 5), figuresFromCounts(10, 9, 1)];
  assert.deepEqual(codes(worstFirst(areas, (area) => figures[area.slot])), ['d', 'c', 'b', 'a']);
});
