import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChangeSet, type Change } from '../store/change-set.ts';
import { nearestMark, screenFrom, thinMarks } from './change-view.ts';
import { mercatorFromLonLat, projectionFrom } from './projection.ts';

/** A screen of 200 by 100 pixels with the equator and Greenwich in its middle, a degree being ten pixels. */
const size = { width: 200, height: 100 };
const project = (lon: number, lat: number): [number, number] => {
  const [x, y] = mercatorFromLonLat(lon, lat);
  return [100 + (x - 0.5) * 3600, 50 + (y - 0.5) * 3600];
};
const projection = projectionFrom(project, [-20, -10, 20, 10]);
const screen = screenFrom(projection, size);
const added = (positions: readonly [number, number][]) =>
  new ChangeSet({
    features: positions.map((coordinates, key) => ({ properties: { change: 'added', key: String(key) }, geometry: { type: 'Point', coordinates } })),
  }).features;
const keys = (features: readonly { key: string }[]) => features.map(({ key }) => key);

test('a mark is where the map has its place', () => {
  const [feature] = added([[3, 2]]);
  const [x, y] = project(3, 2);
  assert.ok(Math.abs((feature?.x ?? 0) * screen.scale + screen.left - x) < 1e-6);
  assert.ok(Math.abs((feature?.y ?? 0) * screen.scale + screen.top - y) < 1e-6);
});

test('marks outside the screen are not drawn, those on its edge are', () => {
  const features = added([[0, 0], [30, 0], [10.5, 0], [-12, 0], [0, 5.5], [0, 9]]);
  assert.deepEqual(keys(thinMarks(features, screen, () => true)), ['0', '2', '4']);
});

test('of marks that cover each other one is drawn', () => {
  const features = added([[0.05, -0.05], [0.06, -0.06], [0.07, -0.05], [1, 0]]);
  assert.deepEqual(keys(thinMarks(features, screen, () => true)), ['0', '3']);
});

test('what is nowhere is neither drawn nor found', () => {
  const { features } = new ChangeSet({ features: [{ properties: { change: 'refused' }, geometry: null }] });
  assert.deepEqual(thinMarks(features, screen, () => true), []);
  assert.equal(nearestMark(features, new Set<Change>(['refused']), screen, 0, 0, 1e9), undefined);
});

test('a click finds the nearest mark that is shown', () => {
  const features = added([[0, 0], [1, 0]]);
  const shown = new Set<Change>(['added']);
  assert.equal(nearestMark(features, shown, screen, 107, 50, 12)?.key, '1');
  assert.equal(nearestMark(features, shown, screen, 103, 50, 12)?.key, '0');
  assert.equal(nearestMark(features, shown, screen, 150, 50, 12), undefined);
  assert.equal(nearestMark(features, new Set(), screen, 100, 50, 12), undefined);
});
