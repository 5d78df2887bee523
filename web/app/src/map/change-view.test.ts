import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChangeSet, type Change } from '../store/change-set.ts';
import { motionBetween, nearestMark, screenFrom, thinMarks } from './change-view.ts';
import { mercatorFromLonLat, projectionFrom, screenFromMercator } from './projection.ts';

/** A screen of 200 by 100 pixels with the equator and Greenwich in its middle, a degree being ten pixels. */
const size = { width: 200, height: 100 };
const project = (lon: number, lat: number): [number, number] => {
  const [x, y] = mercatorFromLonLat(lon, lat);
  return [100 + (x - 0.5) * 3600, 50 + (y - 0.5) * 3600];
};
const projection = projectionFrom([3600, 0, 0, 3600, 100 - 1800, 50 - 1800]);
const screen = screenFrom(projection, size);
const added = (positions: readonly [number, number][]) =>
  new ChangeSet({
    features: positions.map((coordinates, key) => ({ properties: { change: 'added', key: String(key) }, geometry: { type: 'Point', coordinates } })),
  }).features;
const keys = (features: readonly { key: string }[]) => features.map(({ key }) => key);

test('a mark is where the map has its place', () => {
  const [feature] = added([[3, 2]]);
  const [x, y] = project(3, 2);
  const [drawnX, drawnY] = screenFromMercator(screen, feature?.x ?? 0, feature?.y ?? 0);
  assert.ok(Math.abs(drawnX - x) < 1e-6 && Math.abs(drawnY - y) < 1e-6);
});

test('on a map turned by 90° east is up, and marks are seen and found there', () => {
  const turned = screenFrom(projectionFrom([0, -3600, 3600, 0, 100 - 1800, 50 + 1800]), size);
  const features = added([[2, 0], [8, 0], [0, 8]]);
  assert.deepEqual(keys(thinMarks(features, turned, () => true)), ['0', '2']);
  assert.equal(nearestMark(features, new Set<Change>(['added']), turned, 100, 30, 3)?.key, '0');
});

test('a picture of one view is moved onto another, turned and grown', () => {
  const from = screenFrom(projectionFrom([3000, 400, -400, 3000, -1400, -900]), size);
  const to = screenFrom(projectionFrom([500, -4200, 4200, 500, 70, 1300]), size);
  const [re, im, x, y] = motionBetween(from, to);
  const [px, py] = screenFromMercator(from, 0.51, 0.48);
  const [ex, ey] = screenFromMercator(to, 0.51, 0.48);
  assert.ok(Math.hypot(px * re - py * im + x - ex, px * im + py * re + y - ey) < 1e-6);
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
