// The real binary under a browser: started on a port of its choice, stopped, started again on the same port.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const START_TIMEOUT_MS = 120_000;

/** The binary under test. */
function binary() {
  return process.env.WANGGE_BIN ?? fileURLToPath(new URL('../../../target/debug/wangge', import.meta.url));
}

/** A demo district in a folder of its own, without simulated field work. */
export class DemoServer {
  #child;
  #data;
  #said = [];
  address = '127.0.0.1:0';

  /** Starts one. */
  static async start(households = 1500) {
    const server = new DemoServer();
    server.#data = await mkdtemp(join(tmpdir(), 'wangge-browser-'));
    server.households = households;
    await server.#run();
    return server;
  }

  async #run() {
    const child = spawn(
      binary(),
      ['demo', '--calm', '--households', String(this.households), '--bind', this.address, '--data', this.#data],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#child = child;
    const ready = new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no "listening": ${this.said()}`)), START_TIMEOUT_MS);
      const listen = (line) => {
        this.#said.push(line);
        const found = /listening on http:\/\/([^\s/]+)/.exec(line);
        if (found) {
          clearTimeout(timer);
          resolve(found[1]);
        }
      };
      createInterface(child.stdout).on('line', listen);
      createInterface(child.stderr).on('line', listen);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${this.said()}`)));
    });
    this.address = await ready;
  }

  /** The untouched door in a grid that stands farthest from every other, and all doors. */
  async lonelyDoor() {
    const doors = (await this.json('/api/doors?limit=10000')).features;
    const metres = (a, b) => {
      const [dx, dy] = [0, 1].map((i) => a.geometry.coordinates[i] - b.geometry.coordinates[i]);
      return Math.hypot(dx * 101_300, dy * 110_800);
    };
    const lonely = (door) => Math.min(...doors.filter((other) => other !== door).map((other) => metres(door, other)));
    const untouched = doors.filter((door) => door.properties.state === 'untouched' && door.properties.grid);
    return { door: untouched.reduce((best, door) => (lonely(door) > lonely(best) ? door : best)), doors };
  }

  /** What it said so far. */
  said() {
    return this.#said.join('\n');
  }

  /** Lines that no server should say while all is well. */
  complaints() {
    return this.#said.filter((line) => / (WARN|ERROR) |panicked at/.test(line));
  }

  /** Full address of a path. */
  url(path) {
    return `http://${this.address}${path}`;
  }

  /** A JSON document. */
  async json(path) {
    const answer = await fetch(this.url(path));
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** Bytes of a tile; none when there is nothing. */
  async tile(path) {
    const answer = await fetch(this.url(path));
    if (answer.status === 204) return undefined;
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  /** Records a visit made now; answers its seq. */
  async visit(household, outcome) {
    const visit = { id: crypto.randomUUID(), household, outcome, happened_at: new Date().toISOString() };
    const answer = await fetch(this.url('/api/visits'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(visit),
    });
    const body = await answer.json();
    if (answer.status !== 201) throw new Error(`visit: ${answer.status} ${JSON.stringify(body)}`);
    return body.seq;
  }

  /** Kills it, as a power cut would; the data stay. */
  async cutPower() {
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await gone;
  }

  /** Starts it again on the same port, with the same data. */
  async startAgain() {
    await this.#run();
  }

  /** Ends it and deletes its data. */
  async end() {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.cutPower();
    await rm(this.#data, { recursive: true, force: true });
  }
}

/** Tile that holds a position at a zoom. */
export function tileAt([lon, lat], zoom) {
  const size = 2 ** zoom;
  const x = Math.floor(((lon + 180) / 360) * size);
  const y = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * size);
  return { x, y, z: zoom };
}
