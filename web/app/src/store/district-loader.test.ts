import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServerRefusal, type ServerClient, type TableAnswer } from '../api/client.ts';
import type { Catalog } from '../api/types.ts';
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

test('changes are heard from the earlier of both tables on', async () => {
  const client = serverWith({
    stateTable: (layer) => Promise.resolve(layer === 'areas' ? table(12, 9, 7, 'r1') : table(1, 5, 7, 'r1')),
  });
  assert.equal((await loadTables(client, undefined))?.since, '1-5');
});

test('both tables are of one round though the default changes between them', async () => {
  const asked: (string | undefined)[] = [];
  const client = serverWith({
    stateTable(layer, round) {
      asked.push(round);
      return Promise.resolve(layer === 'areas' ? table(12, 9, 7, 'r2') : table(1, 9, 7, round ?? 'r1'));
    },
  });
  assert.equal((await loadTables(client, undefined))?.roundId, 'r2');
  assert.deepEqual(asked, [undefined, undefined, 'r2']);
});

test('an unknown round gives the default one, no round at all gives no tables', async () => {
  const client = serverWith({
    stateTable: (layer, round) =>
      round === 'gone'
        ? Promise.reject(new ServerRefusal(400, 'round "gone" is not known'))
        : Promise.resolve(layer === 'areas' ? table(12, 9, 7, 'r1') : table(1, 9, 7, 'r1')),
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
  });
  const district = await loadDistrict(client, undefined);
  assert.equal(district.shapesVersion, '9');
  assert.equal(version, 9);
});
