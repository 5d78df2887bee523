// A file on its way in, by a person's hands: stopped when its coordinates lie, mended with one click, shown, confirmed or taken back.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MapPage, PATIENCE_MS, countNear, launch } from './harness/browser.mjs';
import { gcj02FromWgs84, metresBetween } from './harness/datum.mjs';
import { DemoServer } from './harness/server.mjs';

const ADDED = [0x00, 0x79, 0x5a];
const REFUSED = [0xb3, 0x26, 0x1e];
const UNTOUCHED = [0xd5, 0x5e, 0x00];

let server;
let browser;
let doors;
before(async () => {
  server = await DemoServer.start(3000);
  browser = await launch();
  doors = (await server.json('/api/doors?limit=10000')).features;
});
after(async () => {
  await browser?.close();
  await server?.end();
});

/** A step to the east of every door of the demo, where none stands yet. */
const beside = ([lon, lat]) => [lon + 0.00003, lat + 0.00002];

/** Text of a CSV file of doors: rows of id, address, residents, position. */
function csv(rows) {
  const lines = rows.map(({ id, address, residents = 2, at }) => `${id},${address},${residents},${at[0].toFixed(7)},${at[1].toFixed(7)}`);
  return ['编号,地址,居住人数,经度,纬度', ...lines].join('\n');
}

/** New doors beside some of the demo's own. */
function newDoors(name, count, place = (at) => at) {
  const step = Math.floor(doors.length / count);
  return Array.from({ length: count }, (_, i) => doors[i * step]).map(({ properties, geometry }, i) => ({
    id: `${name}-${i}`,
    address: properties.address,
    at: place(beside(geometry.coordinates)),
  }));
}

/** The page where files come in, its map drawn. */
async function openImport(path = '/admin/import', options = {}) {
  const map = await MapPage.open(browser, server.url(path), options);
  await map.complete();
  return map;
}

/** Drops a file onto the page, as a hand does. */
async function drop(page, name, text) {
  const data = await page.evaluateHandle(([name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name, { type: 'text/csv' }));
    return data;
  }, [name, text]);
  await page.dispatchEvent('import-page', 'dragenter', { dataTransfer: data });
  await page.dispatchEvent('import-page', 'drop', { dataTransfer: data });
}

const at = (page, name) => page.locator(`[data-test="${name}"]`).first();
const verdict = async (page, words) => at(page, 'verdict').filter({ hasText: words }).waitFor({ timeout: PATIENCE_MS });
const figure = async (page, name) => Number((await page.locator(`import-figures [data-figure="${name}"]`).innerText()).replaceAll(',', ''));
/** Waits until the changes are listed, and the map has flown to where they are. */
const shown = async (map) => {
  await map.page.locator('[data-test="changes"] li').first().waitFor({ state: 'attached', timeout: PATIENCE_MS });
  await map.rest();
};
const importOf = (page) => new URL(page.url()).searchParams.get('import');

test('doors in GCJ-02 are stopped, read rightly by one click, shown, and come in when confirmed', async (t) => {
  const district = await MapPage.open(browser, server.url('/'));
  t.after(() => district.close());
  await district.streamBecomes('live');
  const eligible = await district.figure('eligible');
  const map = await openImport();
  t.after(() => map.close());
  const { page } = map;
  const rows = newDoors('gcj', 600);
  const shifted = rows.map((row) => ({ ...row, at: gcj02FromWgs84(row.at) }));

  await t.test('the file is taken for doors', async () => {
    await drop(page, 'data.csv', csv(shifted));
    await page.locator('input[name="kind"][value="households"]:checked').waitFor();
    await map.shot('import-chosen-zh');
  });

  await t.test('a banner stops it and says how far things would move', async () => {
    await at(page, 'check').click();
    await verdict(page, 'GCJ-02');
    const moved = Number(/(\d+)\s*米/.exec(await at(page, 'verdict').innerText())?.[1]);
    const wanted = metresBetween(rows[300].at, shifted[300].at);
    assert.ok(Math.abs(moved - wanted) < 30, `${moved} m are said, ${wanted} m are right`);
    assert.equal(await at(page, 'confirm').count(), 0, 'nothing to confirm');
    await map.complete();
    await map.shot('import-stopped-zh');
  });

  await t.test('one click reads it rightly, and the map shows where the doors would stand', async () => {
    await at(page, 'remedy').click();
    await at(page, 'confirm').waitFor({ timeout: PATIENCE_MS });
    assert.equal(await figure(page, 'added'), rows.length);
    await shown(map);
    await map.look(rows[0].at[0], rows[0].at[1], 18.5);
    const place = await map.place(...rows[0].at);
    const end = Date.now() + PATIENCE_MS;
    let seen = 0;
    while ((seen = countNear(await map.pixels(place, 20), ADDED)) < 20 && Date.now() < end) await map.settle();
    assert.ok(seen >= 20, `${seen} pixels of the mark of a new door are where it would stand`);
    await at(page, 'fit').click();
    await map.complete();
    await map.shot('import-ready-zh');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('What would change').waitFor();
    await map.shot('import-ready-en');
    assert.equal((await server.json('/api/doors?limit=10000')).features.length, doors.length, 'nothing came in so far');
  });

  await t.test('confirmed, the doors are in the district, and a page that was open shows them', async () => {
    await at(page, 'confirm').click();
    await at(page, 'see').waitFor({ timeout: PATIENCE_MS });
    await map.shot('import-done-en');
    await district.figureBecomes('eligible', eligible + rows.length);
    await district.look(...rows[0].at, 19);
    const place = await district.place(...rows[0].at);
    const end = Date.now() + PATIENCE_MS;
    let seen = 0;
    while ((seen = countNear(await district.pixels(place, 24), UNTOUCHED)) < 8 && Date.now() < end) await district.settle();
    assert.ok(seen >= 8, 'the new door is drawn as untouched');
    await at(page, 'see').click();
    await page.waitForURL(server.url('/'));
    await map.figureBecomes('eligible', eligible + rows.length);
  });

  assert.deepEqual([...map.errors, ...district.errors], []);
  assert.deepEqual(server.complaints(), []);
});

test('a file of a few doors that does not say its coordinate system is asked about, and read as answered', async (t) => {
  const map = await openImport();
  t.after(() => map.close());
  const { page } = map;
  // Close together in the middle of the district: too little to tell anything by.
  const [west, south, east, north] = (await server.json('/catalog')).bounds;
  const off = ([lon, lat]) => Math.hypot(lon - (west + east) / 2, lat - (south + north) / 2);
  const middle = doors.toSorted((a, b) => off(a.geometry.coordinates) - off(b.geometry.coordinates)).slice(0, 5);
  const rows = middle.map(({ properties, geometry }, i) => ({ id: `few-${i}`, address: properties.address, at: beside(geometry.coordinates) }));
  await drop(page, 'doors.csv', csv(rows));
  await at(page, 'check').click();
  const readings = page.locator('[data-test="reading"]');
  await readings.first().waitFor({ timeout: PATIENCE_MS });
  assert.equal(await at(page, 'confirm').count(), 0, 'nothing to confirm before it is answered');
  const systems = await readings.evaluateAll((buttons) => buttons.map((button) => button.dataset.crs));
  assert.equal(systems[0], 'crs84');
  assert.ok(systems.includes('gcj02') && systems.includes('bd09'), `${systems}`);
  await map.shot('import-asks-zh');

  await page.locator('[data-crs="gcj02"]').click();
  await at(page, 'confirm').waitFor({ timeout: PATIENCE_MS });
  const id = importOf(page);
  const { plan } = await server.json(`/api/imports/${id}`);
  assert.deepEqual([plan.files[0].crs, plan.files[0].crs_from], ['gcj02', 'given']);
  const { features } = await server.json(`/api/imports/${id}/features`);
  const added = features.find(({ properties }) => properties.key === rows[0].id);
  const away = metresBetween(added.geometry.coordinates, rows[0].at);
  const wanted = metresBetween(gcj02FromWgs84(rows[0].at), rows[0].at);
  assert.ok(Math.abs(away - wanted) < 5, `read as GCJ-02 it stands ${away} m away, ${wanted} m are right`);
  await at(page, 'cancel').click();
  await at(page, 'another').waitFor({ timeout: PATIENCE_MS });
  assert.deepEqual(map.errors, []);
  assert.deepEqual(server.complaints(), []);
});

test('refused rows are shown on the map and come back as a file; taken back, nothing is left', async (t) => {
  const map = await openImport();
  t.after(() => map.close());
  const { page } = map;
  const rows = newDoors('odd', 200).map((row, i) => (i % 40 === 7 ? { ...row, residents: 'many' } : row));
  const refused = rows.filter(({ residents }) => residents === 'many');
  const before = (await server.json('/api/coverage')).total.eligible;
  await drop(page, 'doors.csv', csv(rows));
  await at(page, 'check').click();
  await at(page, 'partial').waitFor({ timeout: PATIENCE_MS });
  assert.equal(await figure(page, 'refused'), refused.length);

  await t.test('a row of the list goes to its place on the map', async () => {
    const row = page.locator('[data-test="refused"] tbody tr').nth(2);
    assert.match(await row.innerText(), new RegExp(refused[2].id));
    await row.getByRole('button').click();
    await at(page, 'callout').filter({ hasText: refused[2].id }).waitFor();
    await page.waitForFunction(([lon, lat]) => {
      const view = globalThis.wangge.map.view();
      return Math.abs(view.lon - lon) < 1e-4 && Math.abs(view.lat - lat) < 1e-4;
    }, refused[2].at);
    await map.complete();
    const place = await map.place(...refused[2].at);
    const end = Date.now() + PATIENCE_MS;
    let seen = 0;
    while ((seen = countNear(await map.pixels(place, 20), REFUSED)) < 8 && Date.now() < end) await map.settle();
    assert.ok(seen >= 8, `${seen} pixels of its mark are there`);
    await map.shot('import-refused-zh');
  });

  await t.test('the rejects file has each with its reason', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), at(page, 'rejects-csv').click()]);
    assert.equal(download.suggestedFilename(), 'doors-refused.csv');
    const text = await new Response(await download.createReadStream()).text();
    for (const { id } of refused) assert.ok(text.includes(id), id);
    assert.equal(text.trim().split('\n').length, refused.length + 1);
    assert.match(text, /refused_because/);
  });

  await t.test('a click on a mark says what it is', async () => {
    await page.locator('change-callout button').click();
    const place = await map.place(...refused[2].at);
    await page.mouse.click(place.x, place.y);
    await at(page, 'callout').filter({ hasText: refused[2].id }).waitFor();
  });

  await t.test('a page loaded again goes on where it was', async () => {
    await page.reload();
    await at(page, 'partial').waitFor({ timeout: PATIENCE_MS });
  });

  await t.test('taken back, nothing is left', async () => {
    const id = importOf(page);
    await at(page, 'cancel').click();
    await at(page, 'another').waitFor({ timeout: PATIENCE_MS });
    assert.equal((await server.json(`/api/imports/${id}`)).state, 'cancelled');
    assert.equal((await server.json('/api/coverage')).total.eligible, before);
    await map.shot('import-cancelled-zh');
  });

  assert.deepEqual(map.errors, []);
  assert.deepEqual(server.complaints(), []);
});

test('everything can be done with the keyboard alone', async (t) => {
  const map = await openImport();
  t.after(() => map.close());
  const { page } = map;
  const focused = () => page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.dataset?.test ?? element?.localName ?? '';
  });
  const tabTo = async (name) => {
    for (let presses = 0; (await focused()) !== name; presses += 1) {
      assert.ok(presses < 80, `${name} is never reached; ${await focused()} is`);
      await page.keyboard.press('Tab');
    }
  };
  const rows = newDoors('key', 60, ([lon, lat]) => [lon + 0.00004, lat - 0.00003]);

  // Listened for before the way there: a chooser that opens before it is listened for is never heard of.
  const opened = page.waitForEvent('filechooser');
  await tabTo('drop');
  await page.keyboard.press('Enter');
  const chooser = await opened;
  await chooser.setFiles({ name: 'households.csv', mimeType: 'text/csv', buffer: Buffer.from(csv(rows)) });
  await page.waitForFunction(() => document.querySelector('import-page').shadowRoot.querySelector('import-files')?.shadowRoot.activeElement?.id === 'check');
  await page.keyboard.press('Enter');
  await at(page, 'confirm').waitFor({ timeout: PATIENCE_MS });
  assert.equal(await focused(), 'h2', 'the verdict has the focus');
  await tabTo('confirm');
  await page.keyboard.press('Enter');
  await at(page, 'see').waitFor({ timeout: PATIENCE_MS });
  await tabTo('see');
  await page.keyboard.press('Enter');
  await page.waitForURL(server.url('/'));
  const there = (await server.json('/api/doors?limit=10000')).features.filter(({ properties }) => properties.id.startsWith('key-'));
  assert.equal(there.length, rows.length);
  assert.deepEqual(map.errors, []);
});

test('without WebGPU the changes are a list with places', async (t) => {
  const map = await MapPage.open(browser, server.url('/admin/import?webgpu=off&lang=en'));
  t.after(() => map.close());
  const { page } = map;
  const rows = newDoors('flat', 40, ([lon, lat]) => [lon - 0.00004, lat + 0.00003]);
  await drop(page, 'doors.csv', csv(rows));
  await at(page, 'check').click();
  await at(page, 'confirm').waitFor({ timeout: PATIENCE_MS });
  await page.locator('import-changes').getByRole('button', { name: 'New', exact: true }).click();
  const line = at(page, 'changes').locator('li', { hasText: 'flat-0' }).first();
  const [lon, lat] = rows[0].at;
  await line.filter({ hasText: `${lon.toFixed(5)}, ${lat.toFixed(5)}` }).waitFor();
  await map.shot('import-fallback-en');
  await at(page, 'cancel').click();
  await at(page, 'another').waitFor();
  assert.equal(map.tiles.length, 0, 'no tile is fetched where none is drawn');
});

test('every layer can be taken out', async (t) => {
  const map = await MapPage.open(browser, server.url('/admin?lang=en'));
  t.after(() => map.close());
  const { page } = map;
  await page.locator('export-panel input[list]').fill('350602001');
  await map.shot('export-en');
  for (const layer of ['areas', 'households']) {
    const address = await page.locator(`[data-test="exports"] a[href^="/api/export/${layer}.geojson"]`).getAttribute('href');
    const answer = await fetch(server.url(address));
    assert.equal(answer.status, 200, address);
    assert.match(address, /within=350602001/);
    assert.ok((await answer.json()).features.length > 0);
  }
  assert.deepEqual(map.errors, []);
});

test('the first page fetches nothing of these pages', async () => {
  const html = await (await fetch(server.url('/'))).text();
  assert.doesNotMatch(html, /import-page|admin-page/);
  for (const path of ['/admin', '/admin/import']) assert.equal(await (await fetch(server.url(path))).text(), html);
});
