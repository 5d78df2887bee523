import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flightBetween } from './flight.ts';
import { lonLatFromMercator, mercatorFromLonLat, projectionFrom, zoomOf } from './projection.ts';
import { metresPerPixel, scaleBar } from './scale.ts';
import { hashFromView, viewFromHash } from './view-address.ts';

test('a flight begins and ends where it was told, and comes there without a leap', () => {
  const from = { lon: 117.6, lat: 24.5, zoom: 16 };
  const to = { lon: 117.71, lat: 24.56, zoom: 15 };
  const flight = flightBetween(from, to, 1.5);
  assert.deepEqual(flight.at(0), from);
  assert.deepEqual(flight.at(1), to);
  const near = flight.at(0.999);
  assert.ok(Math.abs(near.lon - to.lon) < 1e-4 && Math.abs(near.zoom - to.zoom) < 0.05);
  assert.ok(Math.min(...[0.3, 0.5, 0.7].map((part) => flight.at(part).zoom)) < 15, 'a far flight goes out first');
});

test('a flight on the spot only zooms', () => {
  const flight = flightBetween({ lon: 117.6, lat: 24.5, zoom: 12 }, { lon: 117.6, lat: 24.5, zoom: 16 }, 1.5);
  const half = flight.at(0.5);
  assert.ok(Math.abs(half.lon - 117.6) < 1e-9 && Math.abs(half.zoom - 14) < 1e-6);
});

test('mercator and back is the same place', () => {
  for (const [lon, lat] of [
    [117.65, 24.51],
    [-179.9, -84],
    [0, 0],
  ] as const) {
    const [x, y] = lonLatFromMercator(...mercatorFromLonLat(lon, lat));
    assert.ok(Math.abs(x - lon) < 1e-9 && Math.abs(y - lat) < 1e-9);
  }
});

test('two projected corners give every other position', () => {
  const scale = 512 * 2 ** 14.25;
  const project = (lon: number, lat: number): [number, number] => {
    const [x, y] = mercatorFromLonLat(lon, lat);
    const [cx, cy] = mercatorFromLonLat(117.65, 24.51);
    return [(x - cx) * scale + 400, (y - cy) * scale + 300];
  };
  const projection = projectionFrom(project, [117.6, 24.47, 117.7, 24.55]);
  const [x, y] = projection.toScreen(117.6512, 24.5034);
  const [ex, ey] = project(117.6512, 24.5034);
  assert.ok(Math.abs(x - ex) < 1e-6 && Math.abs(y - ey) < 1e-6);
  assert.ok(Math.abs(zoomOf(projection) - 14.25) < 1e-9);
});

test('the scale bar is round and as long as fits', () => {
  assert.deepEqual(scaleBar(1, 100), { lengthM: 100, widthPx: 100 });
  assert.deepEqual(scaleBar(1, 99), { lengthM: 50, widthPx: 50 });
  assert.equal(scaleBar(26, 100).lengthM, 2000);
  // At the equator a world of 256 px has 156,543 m a pixel (OGC 17-083r4, WebMercatorQuad).
  assert.ok(Math.abs(metresPerPixel(256, 0) - 156_543.034) < 0.01);
});

test('a view kept in an address is found again, and nothing is made of what is none', () => {
  const view = { lon: 117.65123, lat: 24.51, zoom: 15.25 };
  assert.deepEqual(viewFromHash(hashFromView(view)), view);
  for (const hash of ['', '#', '#facts', '#117,24', '#24.5,117.6,12', '#117.6,24.5,99']) assert.equal(viewFromHash(hash), undefined);
});
