// No WebGPU: a plain sentence and the figures as a table, kept up to date all the same.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MapPage, launch } from './harness/browser.mjs';
import { DemoServer } from './harness/server.mjs';

let server;
let browser;
before(async () => {
  server = await DemoServer.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.end();
});

test('without WebGPU the figures are a table that lives', async (t) => {
  const map = await MapPage.open(browser, server.url('/?webgpu=off'));
  t.after(() => map.close());
  await map.page.getByRole('table').first().waitFor();
  assert.ok((await map.page.getByText('WebGPU').count()) > 0, 'a sentence says why');
  const coverage = await server.json('/api/coverage');
  await map.figureBecomes('reached', coverage.total.reached);
  await map.shot('fallback');

  const door = (await server.json('/api/doors?state=untouched&limit=1')).features[0];
  await server.visit(door.properties.id, 'met');
  await map.figureBecomes('reached', coverage.total.reached + 1);
  assert.equal(map.tiles.length, 0, 'no tile is fetched where none is drawn');
  // The reason why there is no map is said on the console too.
  assert.deepEqual(map.errors.filter((error) => !error.includes('no-webgpu')), []);
});
