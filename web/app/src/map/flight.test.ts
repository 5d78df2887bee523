import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flightBetween, shorterTurn } from './flight.ts';
import { lonLatFromMercator, mercatorFromLonLat, projectionFrom, widthOnScreen, zoomOf } from './projection.ts';
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

test('the affine of the engine gives every position of a turned map', () => {
  const scale = 512 * 2 ** 14.25;
  for (const bearing of [0, 40, 90, 200]) {
    const [sin, cos] = [Math.sin((bearing * Math.PI) / 180), Math.cos((bearing * Math.PI) / 180)];
    const [cx, cy] = mercatorFromLonLat(117.65, 24.51);
    const project = (lon: number, lat: number): [number, number] => {
      const [x, y] = mercatorFromLonLat(lon, lat);
      const [east, south] = [(x - cx) * scale, (y - cy) * scale];
      return [east * cos + south * sin + 400, south * cos - east * sin + 300];
    };
    const [left, top] = project(...lonLatFromMercator(0, 0));
    const projection = projectionFrom([cos * scale, -sin * scale, sin * scale, cos * scale, left, top]);
    const [x, y] = projection.toScreen(117.6512, 24.5034);
    const [ex, ey] = project(117.6512, 24.5034);
    assert.ok(Math.abs(x - ex) < 1e-6 && Math.abs(y - ey) < 1e-6, `at ${bearing}° ${x}, ${y} is not ${ex}, ${ey}`);
    assert.ok(Math.abs(zoomOf(projection) - 14.25) < 1e-9);
    const upright = projectionFrom([scale, 0, 0, scale, 0, 0]);
    const box = [117.6, 24.5, 117.62, 24.5] as const;
    assert.ok(Math.abs(widthOnScreen(projection, box) - Math.abs(cos) * widthOnScreen(upright, box)) < 1e-6);
  }
});

test('a flight turns the shorter way, and crosses the antimeridian where that is nearer', () => {
  const flight = flightBetween({ lon: 179, lat: 0, zoom: 8, bearing: 350 }, { lon: -179, lat: 0, zoom: 8, bearing: 20 }, 1.5);
  const half = flight.at(0.5);
  assert.ok(Math.abs(Math.abs(half.lon) - 180) < 1e-6, `half way it is at ${half.lon}`);
  assert.ok(Math.abs((half.bearing ?? 0) - 365) < 1e-9, `half way ${half.bearing}° are up`);
  const after = flight.at(0.9);
  assert.ok(after.lon < -179 && after.lon >= -180);
  assert.deepEqual([shorterTurn(350, 20), shorterTurn(20, 350), shorterTurn(10, 190)], [30, -30, 180]);
});

test('the scale bar is round and as long as fits', () => {
  assert.deepEqual(scaleBar(1, 100), { lengthM: 100, widthPx: 100 });
  assert.deepEqual(scaleBar(1, 99), { lengthM: 50, widthPx: 50 });
  assert.equal(scaleBar(26, 100).lengthM, 2000);
  // At the equator a world of 256 px has 156,543 m a pixel (OGC 17-083r4, WebMercatorQuad).
  assert.ok(Math.abs(metresPerPixel(256, 0) - 156_543.034) < 0.01);
});

test('a view kept in an address is found again, and nothing is made of what is none', () => {
  const view = { lon: 117.65123, lat: 24.51, zoom: 15.25, bearing: 0 };
  assert.equal(hashFromView(view), '#117.65123,24.51000,15.25');
  for (const bearing of [0, 40.5, 359]) assert.deepEqual(viewFromHash(hashFromView({ ...view, bearing })), { ...view, bearing });
  for (const hash of ['', '#', '#facts', '#117,24', '#24.5,117.6,12', '#117.6,24.5,99', '#117.6,24.5,9,x']) assert.equal(viewFromHash(hash), undefined);
});
