// The view as a person has it: turned by hand, by keys and by the compass, with what is drawn where the engine says it is.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MapPage, PATIENCE_MS, countNear, launch } from './harness/browser.mjs';
import { DemoServer } from './harness/server.mjs';

const UNTOUCHED = [0xd5, 0x5e, 0x00];

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

async function bearingBecomes(map, wanted) {
  await map.page.waitForFunction((wanted) => Math.abs(globalThis.wangge.map.view().bearing - wanted) < 0.01, wanted, {
    timeout: PATIENCE_MS,
  });
  await map.settle();
}

/** Turns to a bearing about a position, and waits until it is drawn. */
async function turn(map, lon, lat, zoom, bearing) {
  await map.page.evaluate((view) => globalThis.wangge.map.setView(view), { lon, lat, zoom, bearing });
  await map.settle();
  await map.complete();
}

test('a turned map draws and finds a door where the engine says it is', async (t) => {
  const map = await MapPage.open(browser, server.url('/'));
  t.after(() => map.close());
  await map.complete();
  const { door } = await server.lonelyDoor();
  const [lon, lat] = door.geometry.coordinates;
  const compass = map.page.locator('#compass');
  assert.equal(await compass.count(), 0, 'with north up there is no compass');

  await t.test('at every bearing its dot is there, and upright it lies elsewhere', async () => {
    // The door is off the middle, so that a map turned wrongly would show it somewhere else.
    const off = [lon + 0.0002, lat - 0.0001];
    const places = [];
    for (const bearing of [0, 40, 90, 200, 315]) {
      await turn(map, ...off, 18.5, bearing);
      const place = await map.place(lon, lat);
      assert.ok(countNear(await map.pixels(place, 24), UNTOUCHED) > 8, `at ${bearing}° the door is not at ${place.x}, ${place.y}`);
      places.push(place);
    }
    for (const [i, place] of places.entries()) {
      const apart = Math.min(...places.filter((_, j) => j !== i).map((other) => Math.hypot(other.x - place.x, other.y - place.y)));
      assert.ok(apart > 24, 'each bearing puts it somewhere else');
    }
  });

  await t.test('a click on it tells its facts', async () => {
    await turn(map, lon + 0.0001, lat, 19, 40);
    await map.shot('view-40');
    const { x, y } = await map.place(lon, lat);
    const canvas = await map.page.evaluate(() => globalThis.wangge.canvas.getBoundingClientRect().toJSON());
    const picked = await map.page.evaluate(([x, y]) => globalThis.wangge.map.pick(x, y), [x - canvas.x, y - canvas.y]);
    assert.equal(picked.doors.length > 0, true, 'the engine finds a door there');
    await map.page.mouse.click(x, y);
    await map.page.getByText(door.properties.address, { exact: false }).first().waitFor();
  });

  await t.test('N and the compass bring north up', async () => {
    await map.page.evaluate(() => globalThis.wangge.canvas.focus());
    await map.page.keyboard.press('n');
    await bearingBecomes(map, 0);
    await compass.waitFor({ state: 'detached' });
    await map.page.keyboard.press('Shift+ArrowRight');
    await bearingBecomes(map, 15);
    await map.page.keyboard.press('Shift+ArrowLeft');
    await map.page.keyboard.press('Shift+ArrowLeft');
    await bearingBecomes(map, 345);
    assert.equal(await compass.getAttribute('aria-label'), '正北朝上');
    await compass.focus();
    await map.page.keyboard.press('Enter');
    await bearingBecomes(map, 0);
    await compass.waitFor({ state: 'detached' });
  });

  await t.test('a drag with the right button turns and pans nothing', async () => {
    const canvas = await map.page.evaluate(() => globalThis.wangge.canvas.getBoundingClientRect().toJSON());
    const [x, y] = [canvas.x + canvas.width / 2, canvas.y + canvas.height / 2];
    const before = await map.view();
    await map.page.mouse.move(x, y);
    await map.page.mouse.down({ button: 'right' });
    await map.page.mouse.move(x + 120, y, { steps: 6 });
    await map.page.mouse.up({ button: 'right' });
    await map.page.waitForFunction(() => globalThis.wangge.map.view().bearing > 40);
    await map.rest();
    const after = await map.view();
    assert.ok(after.bearing > 40 && after.bearing < 90, `turned to ${after.bearing}`);
    assert.ok(Math.abs(after.lon - before.lon) < 1e-6 && Math.abs(after.lat - before.lat) < 1e-6);
  });

  await t.test('two fingers that twist turn the ground with them', async () => {
    await turn(map, lon, lat, 17, 0);
    const canvas = await map.page.evaluate(() => globalThis.wangge.canvas.getBoundingClientRect().toJSON());
    const [x, y] = [canvas.x + canvas.width / 2, canvas.y + canvas.height / 2];
    const fingers = await map.page.context().newCDPSession(map.page);
    const touch = (type, degrees) => {
      const [dx, dy] = [Math.cos, Math.sin].map((part) => 100 * part(((degrees ?? 0) * Math.PI) / 180));
      const touchPoints = degrees === undefined ? [] : [-1, 1].map((side, id) => ({ x: x + side * dx, y: y + side * dy, id }));
      return fingers.send('Input.dispatchTouchEvent', { type, touchPoints });
    };
    await touch('touchStart', 0);
    for (let degrees = 3; degrees <= 45; degrees += 3) await touch('touchMove', degrees);
    await touch('touchEnd');
    await map.rest();
    const { bearing } = await map.view();
    assert.ok(bearing > 300 && bearing < 345, `ground that went round clockwise has ${bearing}° up`);
  });

  await t.test('the address keeps the bearing', async () => {
    await turn(map, lon, lat, 17, 40);
    await map.page.waitForFunction(() => location.hash.endsWith(',40.0'));
  });

  assert.deepEqual(map.errors, []);
  assert.deepEqual(server.complaints(), []);
});

test('a view across the antimeridian has both of its sides', async (t) => {
  const map = await MapPage.open(browser, server.url('/'));
  t.after(() => map.close());
  await map.complete();
  await map.page.evaluate(() => globalThis.wangge.map.fitBounds([170, -20, -170, 0], 20));
  await map.settle();
  const { lon, zoom } = await map.view();
  assert.ok(Math.abs(Math.abs(lon) - 180) < 1e-6, `its middle is at ${lon}`);
  assert.ok(zoom > 3, `it looks from ${zoom}`);
  const [west, east] = await map.page.evaluate(() => [175, -175].map((lon) => globalThis.wangge.map.project(lon, -10)[0]));
  assert.ok(west > 0 && west < east, `175° E is at ${west}, 175° W at ${east}`);
  await map.page.waitForFunction(() => globalThis.wangge.map.stats().complete, undefined, { timeout: PATIENCE_MS });
  const columns = new Set(map.tiles.map((url) => /\/(\d+)\/(\d+)\/\d+$/.exec(new URL(url).pathname)?.slice(1).join('/')));
  const z = Math.floor(zoom);
  assert.ok(columns.has(`${z}/0`) && columns.has(`${z}/${2 ** z - 1}`), `asked for ${[...columns]}`);
  assert.deepEqual(map.errors, []);
  assert.deepEqual(server.complaints(), []);
});
