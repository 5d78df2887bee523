import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChangeSet, type Change } from './change-set.ts';

const feature = (change: string, geometry: unknown, more: object = {}) => ({ type: 'Feature', geometry, properties: { change, key: 'k', ...more } });
const point = (lon: number, lat: number) => ({ type: 'Point', coordinates: [lon, lat] });
const all = new Set<Change>(['added', 'moved', 'changed', 'refused', 'vanished']);

test('a moved point is drawn from the old place to the new one', () => {
  const set = new ChangeSet({ features: [feature('moved', { type: 'LineString', coordinates: [[117, 24], [117.01, 24.02]] })] });
  const [moved] = set.features;
  assert.deepEqual([moved?.from, moved?.at], [[117, 24], [117.01, 24.02]]);
  assert.ok((moved?.x ?? 0) > (moved?.fromX ?? 1) && (moved?.y ?? 1) < (moved?.fromY ?? 0), 'to the north-east');
  assert.equal(moved?.paths.length, 0);
});

test('areas and roads keep their outlines', () => {
  const ring = [[0, 0], [1, 0], [1, 1], [0, 0]];
  const set = new ChangeSet({
    features: [
      feature('added', { type: 'MultiPolygon', coordinates: [[ring, ring], [ring]] }),
      feature('moved', { type: 'MultiLineString', coordinates: [[[0, 0], [4, 2]]] }),
    ],
  });
  assert.deepEqual(set.features.map(({ paths }) => paths.map((path) => [path.isRing, path.xy.length])), [
    [[true, 8], [true, 8], [true, 8]],
    [[false, 4]],
  ]);
  assert.deepEqual(set.features[1]?.at, [2, 1]);
});

test('a row without a place is counted and lies nowhere', () => {
  const set = new ChangeSet({ features: [feature('refused', null, { reason: 'id: missing' })] });
  assert.equal(set.counts.refused, 1);
  assert.equal(set.features[0]?.at, undefined);
  assert.equal(set.bounds(all, undefined), undefined);
});

test('counts are those of the server, not of the thinned features', () => {
  const set = new ChangeSet({ counts: { added: 90_000 }, features: [feature('added', point(1, 1))] });
  assert.deepEqual([set.counts.added, set.hidden('added'), set.hidden('moved')], [90_000, 89_999, 0]);
});

test('one row on the other side of the world does not move the view away from home', () => {
  const home = [117, 24, 118, 25] as const;
  const set = new ChangeSet({ features: [feature('added', point(117.2, 24.1)), feature('refused', point(24.5, 60)), feature('added', point(118.4, 25.2))] });
  assert.deepEqual(set.bounds(all, home), [117.2, 24.1, 118.4, 25.2]);
  assert.deepEqual(set.bounds(new Set<Change>(['refused']), home), [24.5, 60, 24.5, 60]);
});

test('a refused row is found by its key, else by its reason', () => {
  const set = new ChangeSet({
    features: [
      feature('refused', point(1, 1), { key: 'a', reason: 'one' }),
      feature('refused', point(2, 2), { key: 'a', reason: 'two' }),
      feature('refused', point(3, 3), { key: '', reason: 'three' }),
      feature('added', point(4, 4), { key: 'b' }),
    ],
  });
  assert.deepEqual(set.ofRefused('a', 'two')?.at, [2, 2]);
  assert.deepEqual(set.ofRefused('a', 'other')?.at, [1, 1]);
  assert.deepEqual(set.ofRefused(undefined, 'three')?.at, [3, 3]);
  assert.equal(set.ofRefused('b', 'none'), undefined);
});

test('what is no collection is empty', () => {
  for (const odd of [undefined, null, 7, {}, { features: [null, {}, feature('eaten', null)] }]) {
    assert.equal(new ChangeSet(odd).features.length, 0);
  }
});

test('what the file lacks is shown at first unless it would hide the rest', () => {
  const counted = (counts: Partial<Record<Change, number>>) => [...new ChangeSet({ counts, features: [] }).telling()];
  assert.ok(counted({ vanished: 10, added: 6, refused: 4 }).includes('vanished'));
  assert.deepEqual(counted({ vanished: 11, added: 6, refused: 4 }), ['changed', 'added', 'moved', 'refused']);
  assert.ok(counted({ vanished: 3 }).includes('vanished'), 'alone it is all there is to see');
});

test('what needs somebody comes first in the list', () => {
  const keyed = (change: string, key: string) => feature(change, point(117, 24), { key });
  const set = new ChangeSet({ features: [keyed('vanished', 'a'), keyed('added', 'b'), keyed('refused', 'c'), keyed('moved', 'd'), keyed('added', 'e')] });
  assert.deepEqual(set.ordered().map(({ key }) => key), ['c', 'd', 'b', 'e', 'a']);
});
