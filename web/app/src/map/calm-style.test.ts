import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calmStyle } from './calm-style.ts';

const style = {
  version: 8,
  layers: [
    { id: 'background', paint: { 'background-color': '#fff' } },
    { id: 'area-fill-grid', paint: {} },
    { id: 'area-line-grid', paint: { 'line-color': '#000' } },
    { id: 'households-block', paint: {} },
    { id: 'households', paint: { 'circle-color': ['match', ['get', 'state'], 'met', '#009e73', ['vacant', 'moved'], '#8c959d', '#cccccc'], 'circle-radius': 3 } },
  ],
};

test('coverage goes, lines stay, and every door has the one quiet colour', () => {
  const { version, layers } = calmStyle(style) as typeof style;
  assert.equal(version, 8);
  assert.deepEqual(layers.map(({ id }) => id), ['background', 'area-line-grid', 'households']);
  assert.deepEqual(layers[2]?.paint, {
    'circle-color': ['match', ['get', 'state'], 'met', '#cccccc', ['vacant', 'moved'], '#cccccc', '#cccccc'],
    'circle-radius': 3,
  });
  assert.equal(style.layers.length, 5, 'the style handed in is as it was');
});

test('what is no style is handed on as it is', () => {
  for (const odd of [undefined, null, {}, { layers: 7 }]) assert.deepEqual(calmStyle(odd), odd);
});
