// Chromium with WebGPU on its software adapter, and the map in it as a person sees it: pixels, figures, addresses asked.

import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { PNG } from 'pngjs';

const OUT = fileURLToPath(new URL('../out/', import.meta.url));

/** With these, headless Chromium draws WebGPU to a canvas without a GPU. */
const WEBGPU = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-gpu-watchdog',
];
const QUIET = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** How long something drawn by a software GPU on a busy machine may take. */
export const PATIENCE_MS = 120_000;

/** Starts the browser. */
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: [...QUIET, ...WEBGPU] });
}

/** A page with the map, watched. */
export class MapPage {
  /** Addresses of tiles asked for, in order. */
  tiles = [];
  /** Console errors and exceptions. */
  errors = [];

  constructor(page) {
    this.page = page;
    // Tiles are fetched by a worker: the context sees its requests, the page alone would not.
    page.context().on('request', (request) => {
      if (/\/(tiles|shapes)\//.test(request.url())) this.tiles.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
    page.on('pageerror', (error) => this.errors.push(String(error)));
  }

  /** Opens an address and waits for the first complete frame. */
  static async open(browser, url, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const map = new MapPage(page);
    await page.goto(url);
    return map;
  }

  /** Waits until the map has drawn everything it wants to draw. */
  async complete() {
    await this.page.waitForFunction(() => {
      const stats = globalThis.wangge?.map?.stats();
      return stats?.complete === true && stats.tiles_visible > 0 && stats.tiles_pending === 0;
    }, undefined, { timeout: PATIENCE_MS });
    await this.settle();
  }

  /** Waits for some frames to reach the screen. */
  async settle() {
    await this.page.evaluate(async () => {
      for (let i = 0; i < 4; i += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    });
  }

  /** Waits until the map rests where it is: no flight is under way, or about to begin. */
  async rest() {
    await this.page.evaluate(async () => {
      const view = () => JSON.stringify(globalThis.wangge.map.view());
      for (let [before, frames] = ['', 0]; frames < 10; ) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const now = view();
        frames = now === before ? frames + 1 : 0;
        before = now;
      }
    });
  }

  /** Where the map looks. */
  view() {
    return this.page.evaluate(() => globalThis.wangge.map.view());
  }

  /** A figure of the strip at the top, as a person reads it, as a number. */
  async figure(name) {
    const text = await this.page.locator(`figure-strip [data-figure="${name}"]`).first().evaluate((element) => element.shadowRoot.textContent);
    return Number(text.replaceAll(/[^\d.]/g, ''));
  }

  /** Waits until a figure of the strip is a number. */
  async figureBecomes(name, wanted) {
    const end = Date.now() + PATIENCE_MS;
    while ((await this.figure(name)) !== wanted) {
      if (Date.now() > end) throw new Error(`${name} is ${await this.figure(name)}, not ${wanted}`);
      await this.page.waitForTimeout(50);
    }
  }

  /** Waits until the badge says that the stream is live, or lost. */
  async streamBecomes(state) {
    await this.page.locator(`[data-stream="${state}"]`).first().waitFor({ timeout: PATIENCE_MS });
  }

  /** Looks at a position, and waits until it is drawn. */
  async look(lon, lat, zoom) {
    await this.page.evaluate((view) => globalThis.wangge.map.setView(view), { lon, lat, zoom });
    await this.settle();
    await this.complete();
  }

  /** CSS pixels on the page of a position. */
  async place(lon, lat) {
    return this.page.evaluate(([lon, lat]) => {
      const [x, y] = globalThis.wangge.map.project(lon, lat);
      const canvas = globalThis.wangge.canvas.getBoundingClientRect();
      return { x: x + canvas.left, y: y + canvas.top };
    }, [lon, lat]);
  }

  /** Pixels of a square around a place on the page, as [r, g, b] rows. */
  async pixels({ x, y }, side) {
    const clip = { x: Math.round(x) - side / 2, y: Math.round(y) - side / 2, width: side, height: side };
    const picture = PNG.sync.read(await this.page.screenshot({ clip }));
    return Array.from({ length: picture.width * picture.height }, (_, i) => [...picture.data.subarray(i * 4, i * 4 + 3)]);
  }

  /** Keeps a picture of the page. */
  async shot(name) {
    await mkdir(OUT, { recursive: true });
    await this.page.screenshot({ path: `${OUT}${name}.png` });
  }

  /** Closes the page and its context. */
  close() {
    return this.page.context().close();
  }
}

/** How far two colours are apart, 0 to 441. */
export function distance(a, b) {
  return Math.hypot(...a.map((value, i) => value - b[i]));
}

/** How many pixels are near a colour. */
export function countNear(pixels, colour, tolerance = 60) {
  return pixels.filter((pixel) => distance(pixel, colour) < tolerance).length;
}
