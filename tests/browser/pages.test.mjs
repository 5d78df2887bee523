// The pages as they travel: what the HTML asks for first, how it is compressed and kept, what it weighs.

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { DemoServer } from './harness/server.mjs';

/** What MapLibre GL JS alone weighs, compressed. */
const MOST_BYTES = 456_000;

let server;
before(async () => {
  server = await DemoServer.start(1000);
});
after(() => server?.end());

/** An answer with its bytes as they came. */
function get(path, headers = {}) {
  return new Promise((resolve, reject) => {
    request(server.url(path), { headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    })
      .on('error', reject)
      .end();
  });
}

async function assets() {
  const html = (await get('/')).body.toString();
  return { html, paths: [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path) };
}

test('the HTML preloads the engine and names files that are there for ever', async () => {
  const { html, paths } = await assets();
  assert.match(html, /<link[^>]+rel="preload"[^>]+\.wasm"/);
  assert.ok(paths.some((path) => path.endsWith('.wasm')) && paths.some((path) => path.endsWith('.js')));
  for (const path of paths) {
    const answer = await get(path);
    assert.equal(answer.status, 200, path);
    assert.match(answer.headers['cache-control'] ?? '', /immutable/, path);
  }
  const page = await get('/');
  assert.match(page.headers['content-type'], /text\/html/);
  assert.doesNotMatch(page.headers['cache-control'] ?? '', /immutable/);
});

test('WASM comes as WASM, brotli or gzip as asked for', async () => {
  const wasm = (await assets()).paths.find((path) => path.endsWith('.wasm'));
  const plain = await get(wasm);
  for (const encoding of ['br', 'gzip']) {
    const packed = await get(wasm, { 'accept-encoding': encoding });
    assert.equal(packed.headers['content-encoding'], encoding);
    assert.equal(packed.headers['content-type'], 'application/wasm');
    assert.match(packed.headers.vary ?? '', /accept-encoding/i);
    assert.ok(packed.body.length < plain.body.length / 2);
  }
});

test('the first load stays under the weight of MapLibre GL JS', async () => {
  const { paths } = await assets();
  const sizes = await Promise.all(['/', ...paths].map(async (path) => [path, (await get(path, { 'accept-encoding': 'br' })).body.length]));
  const sum = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  console.log(`first load: ${(sum / 1000).toFixed(1)} kB`);
  assert.ok(sum <= MOST_BYTES, JSON.stringify(sizes));
});

test('what is no page is a problem, not a page', async () => {
  for (const path of ['/assets/absent.js', '/api/absent', '/tiles']) {
    const answer = await get(path);
    assert.equal(answer.status, 404, path);
    assert.match(answer.headers['content-type'], /problem\+json/, path);
  }
});
