// The stream is lost and comes back: the badge says so, and nothing of what happened meanwhile is missing.

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

test('a lost stream is said loudly, and comes back by itself without a gap', async (t) => {
  const map = await MapPage.open(browser, server.url('/'));
  t.after(() => map.close());
  await map.complete();
  await map.streamBecomes('live');
  const reached = await map.figure('reached');
  const doors = (await server.json('/api/doors?state=untouched&limit=2')).features;

  await server.cutPower();
  await map.streamBecomes('lost');
  await map.shot('stream-lost');
  await server.startAgain();
  for (const door of doors) await server.visit(door.properties.id, 'met');

  await map.streamBecomes('live');
  await map.figureBecomes('reached', reached + 2);
  await map.shot('stream-back');
  // A refused connection is what the browser must report here, and all it may.
  assert.deepEqual(map.errors.filter((error) => !/ERR_CONNECTION|WebSocket|Failed to fetch|ERR_EMPTY_RESPONSE/.test(error)), []);
});
