import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupFiles, guessKind, headText } from './import-kind.ts';

test('a file is what its columns say', () => {
  for (const [head, kind] of [
    ['编号,小区,楼栋,单元,房号,经度,纬度\n1,新城花园,3,2,501,117.6,24.5', 'households'],
    ['id,name,category,opening_hours,lon,lat', 'shops'],
    ['网格编码,角色,警号', 'staffing'],
    ['{"type":"Feature","geometry":{"type":"Polygon"},"properties":{"code":"350602001","level":"grid","parent":"350602"}}', 'areas'],
    ['{"type":"Feature","geometry":{"type":"LineString"},"properties":{"highway":"residential","name":"胜利路"}}', 'roads'],
    ['{"type":"Feature","geometry":{"type":"Polygon"},"properties":{"class":"water"}}', 'base'],
    ['名称,类型,经度,纬度\n第一医院,医院,117.6,24.5', 'facilities'],
  ] as const) {
    assert.equal(guessKind(['data.csv'], head), kind, head);
  }
});

test('a file is what it is called where it says nothing itself', () => {
  assert.equal(guessKind(['芗城区网格.gpkg'], ''), 'areas');
  assert.equal(guessKind(['monaco.osm.pbf'], ''), 'roads');
  assert.equal(guessKind(['households.xlsx'], ''), 'households');
});

test('where nothing is clear nothing is guessed', () => {
  assert.equal(guessKind(['data.csv'], 'a,b,c'), undefined);
  assert.equal(guessKind(['roads-and-shops.gpkg'], ''), undefined);
});

test('text is read as UTF-8 or GB18030, and what is no text is not read', () => {
  const utf8 = new TextEncoder().encode('楼栋');
  assert.equal(headText(utf8), '楼栋');
  assert.equal(headText(utf8.subarray(0, 5)), '楼');
  assert.equal(headText(Uint8Array.of(0xc2, 0xa5, 0xb6, 0xb0)), '楼栋');
  assert.equal(headText(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)), '');
});

test('the parts of a shapefile are one file', () => {
  const files = ['grids.dbf', 'GRIDS.shp', 'grids.prj', 'doors.csv'].map((name) => ({ name, size: 10 }));
  assert.deepEqual(groupFiles(files), [
    { name: 'GRIDS.shp', bytes: 30, parts: 3 },
    { name: 'doors.csv', bytes: 10, parts: 1 },
  ]);
});
