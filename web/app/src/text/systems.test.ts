import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crsLongText, crsText } from './admin/systems.ts';

test('systems have the names people know them by', () => {
  assert.deepEqual(['crs84', 'gcj02', 'bd09', 'latlon', 'EPSG:4490'].map(crsText), ['WGS-84', 'GCJ-02', 'BD-09', 'WGS-84', 'CGCS2000']);
  assert.equal(crsLongText('zh-CN', 'gcj02'), 'GCJ-02 高德/腾讯');
  assert.equal(crsLongText('en', 'bd09'), 'BD-09 (Baidu)');
  assert.equal(crsLongText('zh-CN', 'latlon'), 'WGS-84 纬度在前');
});

test('systems of one datum are told apart by their number, and one nobody named keeps its own', () => {
  assert.equal(crsText('EPSG:4548'), 'CGCS2000 (EPSG:4548)');
  assert.equal(crsLongText('zh-CN', 'EPSG:4548'), 'CGCS2000 3 度带 117°E · EPSG:4548');
  for (const text of [crsText('EPSG:21480'), crsLongText('en', 'EPSG:21480')]) assert.equal(text, 'EPSG:21480');
});

test('two columns that changed places are said', () => {
  assert.equal(crsText('gcj02-swapped'), 'GCJ-02 ⇄');
  assert.equal(crsLongText('zh-CN', 'gcj02-swapped'), 'GCJ-02 高德/腾讯 · 两列互换');
  assert.equal(crsLongText('en', 'EPSG:4548-swapped'), 'CGCS2000 (3-degree, 117°E) · EPSG:4548 · columns swapped');
});
