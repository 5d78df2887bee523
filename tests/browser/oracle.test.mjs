// Our tiles and styles in the hands of readers written by others.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { VectorTile, classifyRings } from '@mapbox/vector-tile';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { PbfReader } from 'pbf';
import { DemoServer, tileAt } from './harness/server.mjs';

let server;
let doors;
before(async () => {
  server = await DemoServer.start();
  doors = (await server.json('/api/doors?limit=1500')).features;
});
after(() => server?.end());

const read = async (path) => {
  const bytes = await server.tile(path);
  return bytes && new VectorTile(new PbfReader(bytes));
};
const featuresOf = (layer) => Array.from({ length: layer?.length ?? 0 }, (_, i) => layer.feature(i));

test('every door of a tile is read with its slot, place and state', async () => {
  const { x, y, z } = tileAt(doors[0].geometry.coordinates, 15);
  const tile = await read(`/tiles/households/${z}/${x}/${y}`);
  const bySlot = new Map(doors.map((door) => [door.properties.slot, door]));
  const found = featuresOf(tile.layers.households);
  assert.ok(found.length > 10);
  assert.equal(tile.layers.households.extent, 4096);
  for (const feature of found) {
    const door = bySlot.get(feature.id);
    assert.ok(door, `no door has slot ${feature.id}`);
    assert.equal(feature.type, 1);
    assert.equal(feature.properties.state, door.properties.state);
    assert.equal(feature.properties.kind, door.properties.kind);
    const [lon, lat] = feature.toGeoJSON(x, y, z).geometry.coordinates;
    // A tile unit at zoom 15 is 2.7e-6 degrees of longitude.
    assert.ok(Math.abs(lon - door.geometry.coordinates[0]) < 3e-6 && Math.abs(lat - door.geometry.coordinates[1]) < 3e-6);
  }
});

test('areas are polygons whose rings wind as the specification says, with figures', async () => {
  const coverage = await server.json('/api/coverage?level=grid');
  const byCode = new Map(coverage.areas.map((area) => [area.code, area]));
  for (const zoom of [10, 12, 14, 16]) {
    const { x, y, z } = tileAt(doors[0].geometry.coordinates, zoom);
    const tile = await read(`/tiles/areas/${z}/${x}/${y}`);
    const found = featuresOf(tile.layers.areas);
    assert.ok(found.length > 0, `areas at zoom ${zoom}`);
    for (const feature of found) {
      assert.equal(feature.type, 3);
      const rings = feature.loadGeometry();
      for (const ring of rings) {
        assert.ok(ring.length >= 4);
        assert.deepEqual({ ...ring[0] }, { ...ring.at(-1) });
      }
      assert.ok(classifyRings(rings).length > 0);
      const area = byCode.get(feature.properties.code);
      if (area) {
        assert.equal(feature.properties.level, 'grid');
        for (const name of ['eligible', 'touched', 'reached', 'untouched']) assert.equal(feature.properties[name], area[name]);
      }
    }
  }
});

test('roads and base are read in every zoom they are served at', async () => {
  const classes = { roads: new Set(), base: new Set() };
  for (const zoom of [8, 11, 12, 14, 15, 16]) {
    for (const door of doors.filter((_, i) => i % 100 === 0)) {
      const { x, y, z } = tileAt(door.geometry.coordinates, zoom);
      const tile = await read(`/tiles/roads,base/${z}/${x}/${y}`);
      for (const name of ['roads', 'base']) {
        for (const feature of featuresOf(tile?.layers[name])) {
          feature.loadGeometry();
          classes[name].add(feature.properties.class);
        }
      }
    }
  }
  for (const name of ['primary', 'residential', 'lane']) assert.ok(classes.roads.has(name), `no ${name} road: ${[...classes.roads]}`);
  for (const name of ['water', 'green', 'building', 'barrier', 'gate']) assert.ok(classes.base.has(name), `no ${name}: ${[...classes.base]}`);
});

test('shapes and inline tiles hold the same geometry', async () => {
  const version = (await server.json('/catalog')).shapes_version;
  const { x, y, z } = tileAt(doors[0].geometry.coordinates, 15);
  const layers = 'areas,households,roads,base';
  const [shapes, inline] = [await read(`/shapes/${version}/${layers}/${z}/${x}/${y}`), await read(`/tiles/${layers}/${z}/${x}/${y}`)];
  assert.deepEqual(Object.keys(shapes.layers).sort(), layers.split(',').sort());
  for (const name of layers.split(',')) {
    const places = (tile) => featuresOf(tile.layers[name]).map((feature) => [feature.id, feature.loadGeometry().map((ring) => ring.map(({ x, y }) => [x, y]))]);
    assert.deepEqual(places(shapes), places(inline), name);
  }
  for (const feature of featuresOf(shapes.layers.households)) assert.equal(feature.properties.state, undefined);
});

for (const theme of ['light', 'dark']) {
  test(`the ${theme} style is valid, and its sources and layers are there`, async () => {
    const style = await server.json(`/style.json?theme=${theme}`);
    assert.deepEqual(validateStyleMin(style), []);
    const source = Object.values(style.sources).find((source) => source.type === 'vector');
    assert.ok(source);
    const ids = style.layers.map((layer) => layer.id);
    for (const id of ['background', 'water', 'green', 'building', 'households', 'area-fill-grid', 'area-line-grid']) assert.ok(ids.includes(id), `${id} in ${ids}`);
    const served = new Set((await server.json('/catalog')).layers.map((layer) => layer.id));
    for (const layer of style.layers) if (layer['source-layer']) assert.ok(served.has(layer['source-layer']), layer.id);
    const tiles = source.tiles ?? (await (await fetch(new URL(source.url, server.url('/')))).json()).tiles;
    assert.match(tiles[0], /\{z\}\/\{x\}\/\{y\}/);
  });
}

test('the server had nothing to complain of', () => assert.deepEqual(server.complaints(), []));
