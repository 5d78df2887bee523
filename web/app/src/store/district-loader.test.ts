import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServerRefusal, type ServerClient, type TableAnswer } from '../api/client.ts';
import type { Catalog, Coverage } from '../api/types.ts';
import { loadDistrict, loadTables } from './district-loader.ts';

function table(rowBytes: number, n: number, version: number, round: string): TableAnswer {
  const bytes = new ArrayBuffer(32 + rowBytes);
  const view = new DataView(bytes);
  new Uint8Array(bytes).set(new TextEncoder().encode('WGS1'));
  view.setUint16(4, rowBytes, true);
  view.setUint32(8, 1, true);
  view.setUint32(12, 1, true);
  view.setBigUint64(16, BigInt(n), true);
  view.setBigUint64(24, BigInt(version), true);
  return { bytes, round };
}

/** Figures of a round with one door in no grid. */
function coverageOf(round: string, n = 9): Coverage {
  const counts = (eligible: number, touched: number, reached: number) => ({ eligible, touched, reached, untouched: eligible - touched });
  const [total, unassigned] = [counts(8, 4, 2), counts(1, 0, 0)];
  return { round, level: 'district', at: '2026-03-01T06:00:00Z', seq: `1-${n}`, areas: [], unassigned, total };
}

/** A server of which only what a test says is there. */
function serverWith(parts: Partial<ServerClient>): ServerClient {
  const absent = () => Promise.reject(new Error('not asked for in this test'));
  return {
    catalog: absent,
    areas: absent,
    style: absent,
    stateTable: absent,
    coverage: absent,
    door: absent,
    untouchedDoors: absent,
    ...parts,
  };
}

test('changes are heard from the earliest answer on', async () => {
  const client = serverWith({
    stateTable: (layer) => Promise.resolve(layer === 'areas' ? table(12, 9, 7, 'r1') : table(1, 5, 7, 'r1')),
    coverage: () => Promise.resolve(coverageOf('r1')),
  });
  assert.equal((await loadTables(client, undefined))?.since, '1-5');
  const early = { ...client, coverage: () => Promise.resolve(coverageOf('r1', 4)) };
  assert.equal((await loadTables(early, undefined))?.since, '1-4', 'sums are brought up to date as well');
});

test('the whole has the doors in no grid too', async () => {
  const client = serverWith({
    stateTable: (layer) => Promise.resolve(layer === 'areas' ? table(12, 9, 7, 'r1') : table(1, 9, 7, 'r1')),
    coverage: () => Promise.resolve(coverageOf('r1')),
  });
  const tables = await loadTables(client, undefined);
  assert.deepEqual(tables?.total, { eligible: 8, touched: 4, reached: 2, untouched: 4, reachedShare: 0.25 });
  assert.equal(tables?.unassigned.eligible, 1);
});

test('tables and sums are of one round though the default changes between them', async () => {
  const asked: (string | undefined)[] = [];
  const client = serverWith({
    stateTable(layer, round) {
      asked.push(round);
      return Promise.resolve(layer === 'areas' ? table(12, 9, 7, 'r2') : table(1, 9, 7, round ?? 'r1'));
    },
    coverage(round) {
      asked.push(round);
      return Promise.resolve(coverageOf(round ?? 'r1'));
    },
  });
  assert.equal((await loadTables(client, undefined))?.roundId, 'r2');
  assert.deepEqual(asked, [undefined, undefined, undefined, 'r2', 'r2']);
});

test('an unknown round gives the default one, no round at all gives no tables', async () => {
  const client = serverWith({
    stateTable: (layer, round) =>
      round === 'gone'
        ? Promise.reject(new ServerRefusal(400, 'round "gone" is not known'))
        : Promise.resolve(layer === 'areas' ? table(12, 9, 7, 'r1') : table(1, 9, 7, 'r1')),
    coverage: () => Promise.resolve(coverageOf('r1')),
  });
  assert.equal((await loadTables(client, 'gone'))?.roundId, 'r1');
  const empty = serverWith({ stateTable: () => Promise.reject(new ServerRefusal(404, 'there is no round yet')) });
  assert.equal(await loadTables(empty, undefined), undefined);
  const broken = serverWith({ stateTable: () => Promise.reject(new ServerRefusal(500, 'request 17')) });
  await assert.rejects(loadTables(broken, undefined), /request 17/);
});

test('areas and tables of two versions are fetched again until they agree', async () => {
  let version = 6;
  const catalog = () => {
    version += 1;
    return Promise.resolve({ shapes_version: version } as unknown as Catalog);
  };
  const client = serverWith({
    catalog,
    areas: () => Promise.resolve({ type: 'FeatureCollection', features: [], links: [] }),
    stateTable: (layer) => Promise.resolve(layer === 'areas' ? table(12, 9, 9, 'r1') : table(1, 9, 9, 'r1')),
    coverage: () => Promise.resolve(coverageOf('r1')),
  });
  const district = await loadDistrict(client, undefined);
  assert.equal(district.shapesVersion, '9');
  assert.equal(version, 9);
});
