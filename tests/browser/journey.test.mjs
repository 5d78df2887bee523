// A visit in front of a person's eyes: the dot turns, the grid's fill and the figures move, and no tile is fetched for it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MapPage, PATIENCE_MS, countNear, launch } from './harness/browser.mjs';
import { DemoServer } from './harness/server.mjs';

const UNTOUCHED = [0xd5, 0x5e, 0x00];
const MET = [0x00, 0x9e, 0x73];
// The darkest class of reached share (#018571), laid at 0.6 over the land.
const DONE = [0x62, 0xb1, 0xa3];

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

test('a visit turns the dot, the grid and the figures, and no tile is fetched for it', async (t) => {
  const map = await MapPage.open(browser, server.url('/'));
  t.after(() => map.close());
  await map.complete();
  await map.shot('district');
  const { door, doors } = await server.lonelyDoor();
  const inGrid = doors.filter(({ properties }) => properties.grid === door.properties.grid);
  const [lon, lat] = door.geometry.coordinates;

  await t.test('the dot of a door turns', async () => {
    await map.look(lon, lat, 19);
    await map.shot('door-before');
    const place = await map.place(lon, lat);
    const before = await map.pixels(place, 24);
    assert.ok(countNear(before, UNTOUCHED) > 8, 'the door is drawn as untouched');
    assert.ok(countNear(before, MET) < 3);
    const [reached, untouched] = [await map.figure('reached'), await map.figure('untouched')];
    const asked = map.tiles.length;

    await server.visit(door.properties.id, 'met');

    const end = Date.now() + PATIENCE_MS;
    let now = await map.pixels(place, 24);
    while (countNear(now, MET) <= 8 && Date.now() < end) now = await map.pixels(place, 24);
    await map.shot('door-after');
    assert.ok(countNear(now, MET) > 8, 'the door is drawn as met');
    assert.ok(countNear(now, UNTOUCHED) < 3);
    assert.equal(await map.figure('reached'), reached + 1);
    assert.equal(await map.figure('untouched'), untouched - 1);
    assert.equal(map.tiles.length, asked, `tiles were fetched: ${map.tiles.slice(asked)}`);
  });

  await t.test('the fill of its grid turns', async () => {
    const [x, y] = (await server.json(`/api/areas/${door.properties.grid}`)).properties.label;
    await map.look(x, y, 15.5);
    await map.shot('grid-before');
    const place = await map.place(x, y);
    const done = async () => countNear(await map.pixels(place, 160), DONE, 40);
    const before = await done();
    const asked = map.tiles.length;

    for (const other of inGrid) {
      const state = other === door ? 'met' : other.properties.state;
      if (!['met', 'remote', 'vacant', 'moved', 'demolished'].includes(state)) await server.visit(other.properties.id, 'met');
    }

    const end = Date.now() + PATIENCE_MS;
    let now = await done();
    while (now < before + 1000 && Date.now() < end) now = await done();
    await map.shot('grid-after');
    assert.ok(now >= before + 1000, `${before} pixels had the fill of a grid that is done, now ${now} have it`);
    assert.equal(map.tiles.length, asked, `tiles were fetched: ${map.tiles.slice(asked)}`);
  });

  assert.deepEqual(map.errors, []);
  assert.deepEqual(server.complaints(), []);
});

test('pan, zoom and keys move the map, and a click tells the facts', async (t) => {
  const map = await MapPage.open(browser, server.url('/'));
  t.after(() => map.close());
  await map.complete();
  const canvas = await map.page.evaluate(() => {
    const box = globalThis.wangge.canvas.getBoundingClientRect();
    return { x: box.x, y: box.y, width: box.width, height: box.height };
  });
  const centre = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 };

  await t.test('the wheel zooms to the cursor', async () => {
    const corner = { x: canvas.x + canvas.width * 0.7, y: canvas.y + canvas.height * 0.3 };
    const under = () => map.page.evaluate(([x, y]) => globalThis.wangge.map.unproject(x, y), [corner.x - canvas.x, corner.y - canvas.y]);
    const [before, position] = [await map.view(), await under()];
    await map.page.mouse.move(corner.x, corner.y);
    await map.page.mouse.wheel(0, -300);
    await map.page.waitForFunction((zoom) => globalThis.wangge.map.view().zoom > zoom + 0.3, before.zoom);
    await map.complete();
    const now = await under();
    assert.ok(Math.abs(now[0] - position[0]) < 1e-3 && Math.abs(now[1] - position[1]) < 1e-3, `${position} became ${now}`);
  });

  await t.test('a drag pans by as much as the pointer went', async () => {
    const before = await map.page.evaluate(([x, y]) => globalThis.wangge.map.unproject(x, y), [centre.x - canvas.x, centre.y - canvas.y]);
    await map.page.mouse.move(centre.x, centre.y);
    await map.page.mouse.down();
    await map.page.mouse.move(centre.x + 60, centre.y + 40, { steps: 6 });
    await map.page.waitForTimeout(200);
    await map.page.mouse.up();
    await map.settle();
    const [x, y] = await map.page.evaluate(([lon, lat]) => globalThis.wangge.map.project(lon, lat), before);
    const [dx, dy] = [x - (centre.x - canvas.x), y - (centre.y - canvas.y)];
    assert.ok(Math.abs(dx - 60) < 30 && Math.abs(dy - 40) < 30, `moved by ${dx}, ${dy}`);
  });

  await t.test('keys do what the mouse does', async () => {
    await map.page.evaluate(() => globalThis.wangge.canvas.focus());
    const before = await map.view();
    await map.page.keyboard.press('+');
    await map.page.waitForFunction((zoom) => globalThis.wangge.map.view().zoom > zoom + 0.2, before.zoom);
    await map.settle();
    const zoomed = await map.view();
    await map.page.keyboard.press('ArrowRight');
    await map.page.waitForFunction((lon) => globalThis.wangge.map.view().lon > lon, zoomed.lon);
  });

  await t.test('two fingers pinch', async () => {
    const before = await map.view();
    const fingers = await map.page.context().newCDPSession(map.page);
    const touch = (type, apart) =>
      fingers.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: apart === undefined ? [] : [-apart, apart].map((dx, id) => ({ x: centre.x + dx, y: centre.y, id })),
      });
    await touch('touchStart', 40);
    for (const apart of [60, 80, 100, 120]) await touch('touchMove', apart);
    await touch('touchEnd');
    await map.page.waitForFunction((zoom) => globalThis.wangge.map.view().zoom > zoom + 1, before.zoom);
  });

  await t.test('a click on a door tells its address', async () => {
    const door = (await server.json('/api/doors?state=untouched&limit=1')).features[0];
    const [lon, lat] = door.geometry.coordinates;
    await map.look(lon, lat, 20);
    const place = await map.place(lon, lat);
    await map.page.mouse.click(place.x, place.y);
    await map.page.getByText(door.properties.address, { exact: false }).first().waitFor();
    await map.shot('door-facts');
  });

  assert.deepEqual(map.errors, []);
});
