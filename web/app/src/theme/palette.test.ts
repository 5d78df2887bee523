import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classOfShare, levelFilledAt, paletteFromStyle } from './palette.ts';

const style = {
  layers: [
    { id: 'background', paint: { 'background-color': '#ffffff' } },
    {
      id: 'area-fill-grid',
      minzoom: 12.5,
      maxzoom: 17,
      paint: {
        'fill-color': [
          'case',
          ['!', ['has', 'reached_share']],
          '#dddddd',
          ['==', ['get', 'touched'], 0],
          '#eeeeee',
          ['step', ['get', 'reached_share'], '#a6611a', 0.5, '#dfc27d', 0.75, '#f1eee4', 0.9, '#80cdc1', 0.98, '#018571'],
        ],
      },
    },
    {
      id: 'households',
      paint: { 'circle-color': ['match', ['get', 'state'], 'met', '#009e73', ['vacant', 'moved'], '#8c959d', '#000000'] },
    },
  ],
};

test('coverage classes are those of the style', () => {
  const palette = paletteFromStyle(style);
  assert.deepEqual(palette.coverage.map(({ from, colour }) => [from, colour]), [
    [0, '#a6611a'],
    [0.5, '#dfc27d'],
    [0.75, '#f1eee4'],
    [0.9, '#80cdc1'],
    [0.98, '#018571'],
  ]);
  assert.equal(palette.notStarted, '#eeeeee');
});

test('a share on an edge is in the better class', () => {
  const palette = paletteFromStyle(style);
  assert.deepEqual([0, 0.4999, 0.5, 0.98, 1, undefined].map((share) => classOfShare(palette, share)), [0, 0, 1, 4, 4, undefined]);
});

test('door colours are those of the style, several states at once too', () => {
  assert.deepEqual([...paletteFromStyle(style).doors], [
    ['met', '#009e73'],
    ['vacant', '#8c959d'],
    ['moved', '#8c959d'],
  ]);
});

test('the level filled at a zoom is the one the style fills there', () => {
  const palette = paletteFromStyle(style);
  assert.deepEqual([12.4, 12.5, 16.9, 17].map((zoom) => levelFilledAt(palette, zoom)), [undefined, 'grid', 'grid', undefined]);
});

test('a style without these layers gives no colours and no error', () => {
  for (const odd of [undefined, {}, { layers: [{ id: 'households' }] }]) {
    const palette = paletteFromStyle(odd);
    assert.equal(palette.coverage.length, 0);
    assert.equal(palette.doors.size, 0);
  }
});
