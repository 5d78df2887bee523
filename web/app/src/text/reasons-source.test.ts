// The table of reasons beside the server's sources: every pattern still stands there, and loses nothing in Chinese.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { COUNTED } from './admin/reasons/kinds.ts';
import { HOLE, translated, type Entry } from './admin/reasons/match.ts';
import { reasonsZhCN } from './admin/reasons.zh-CN.ts';

const SERVER = '../../server/';
const SOURCES = ['src/kinds', 'src/import', 'src/table', 'core/src/domain', 'core/src/geometry/gate.rs', 'core/src/geometry/gate'];
const MORE_SOURCES = ['core/src/geometry/position.rs', 'core/src/geometry/coverage'];

/** Comments and characters are passed over; the strings of the source are what is left. */
const STRINGS = /\/\/[^\n]*|b?'(?:\\u\{\w+\}|\\.|[^'\\\n])'|r#"[\s\S]*?"#|"((?:[^"\\]|\\[\s\S])*)"/g;

function sourcesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return path.endsWith('.rs') ? [path] : [];
  return readdirSync(path).flatMap((name) => (/^tests(\.rs)?$/.test(name) ? [] : sourcesIn(`${path}/${name}`)));
}

function stringsOf(source: string): string[] {
  const [code = ''] = source.split('#[cfg(test)]\nmod tests {');
  return [...code.matchAll(STRINGS)].flatMap(([, text]) => (text === undefined ? [] : [text.replace(/\\\n\s*/g, '').replace(/\\(["\\])/g, '$1')]));
}

/** A message without the names of its holes. */
const bare = (text: string) => text.replace(/\{[^{}]*\}/g, '{}');

const entries = Object.entries(reasonsZhCN).flatMap(([table, list]) => list.map((entry) => [table, entry] as const));
const holesOf = (text: string) => [...text.matchAll(HOLE)].map(([, name = '', kind = 'value']) => ({ name, kind }));
/** Numbers in a text; thousands and decimals stay together. */
const numbersOf = (text: string) => text.match(/\d+(?:[.,]\d+)*/g) ?? [];

function assertKept(before: readonly string[], after: readonly string[], what: string): void {
  const left = [...after];
  for (const one of before) {
    const at = left.indexOf(one);
    assert.ok(at >= 0, `${one} is lost: ${what}`);
    left.splice(at, 1);
  }
}

test('every pattern is a message of the server in that wording', () => {
  const files = [...SOURCES, ...MORE_SOURCES].flatMap((path) => sourcesIn(SERVER + path));
  const known = new Set(files.flatMap((path) => stringsOf(readFileSync(path, 'utf8'))).map(bare));
  assert.ok(files.length > 100 && known.size > 1000);
  // A hole alone is any sentence, and nothing is nothing.
  const told = entries.map(([, [pattern]]) => bare(pattern)).filter((pattern) => pattern !== '{}' && pattern !== '');
  const besides = ['none at all', '{} more', 'less than a metre', 'less than 0.1 %', 'over 0.999', 'no area', '--crs {}'];
  const gone = [...told, ...besides, ...Object.keys(COUNTED)].filter((pattern) => !known.has(pattern));
  assert.deepEqual(gone, []);
});

test('no translation loses a value or a number of its pattern, or asks to type an option', () => {
  for (const [, [pattern, words]] of entries) {
    const names = (text: string) => holesOf(text).map(({ name }) => name).sort();
    assert.deepEqual(names(words), names(pattern), pattern);
    assert.equal(new Set(names(words)).size, names(words).length, pattern);
    const plain = (text: string) => numbersOf(text.replace(HOLE, ' '));
    // What is typed in a terminal is chosen on the page; systems given as examples stay.
    assertKept(plain(pattern), plain(words), pattern);
    assert.doesNotMatch(words, /--[a-z]/, pattern);
  }
});

test('Chinese has its own marks, and stands apart from figures', () => {
  for (const [, [pattern, words]] of entries) {
    assert.doesNotMatch(words.replaceAll('[经度, 纬度]', ''), /\p{Script=Han}[,;:?!()]|[,;:?!()]\p{Script=Han}/u, pattern);
    assert.doesNotMatch(words, /\p{Script=Han}\d|\d\p{Script=Han}/u, pattern);
  }
});

/** A text that follows a pattern, every value of it another one. */
function sampled(pattern: string, next: () => number): string {
  return pattern.replace(HOLE, (_, name: string, kind = 'value') => sampleOf(kind, name, next));
}

function sampleOf(kind: string, name: string, next: () => number): string {
  const number = () => String(next());
  const samples: Readonly<Record<string, () => string>> = {
    value: () => (name === 'near' || name === 'near2' ? `[${number()}.5, ${number()}.5]` : `v${number()}`),
    number,
    quoted: () => `"a ${number()}; 乙: \\"${number()}\\""`,
    sign: () => "' '",
    percent: () => `${number()}.5 %`,
    length: () => `${number()} m`,
    area: () => `${number()} m²`,
    counted: () => `${number()} communities`,
    codes: () => `c${number()}, c${number()} and c${number()}`,
    ids: () => `a${number()}, b${number()}`,
    id: () => `EPSG:${number()}`,
    columns: () => `"c${number()}", "c${number()}", ${number()} more`,
    field: () => 'residents',
    needs: () => 'code (编码: a code), name (名称: text shown on the map)',
    choices: () => `--crs crs${number()} or --crs gcj${number()}`,
    instead: () => `say --crs gcj${number()}, or `,
    confidence: () => `0.${number()}`,
    system: () => `WGS 84, longitude first (crs${number()})`,
    facts: () => `${number()}.5 % of ${number()} positions in a grid, ${number()}.5 % within 6 m of a border`,
    parts: () => `${number()}.5 % (${number()} m²) in none of them and ${number()}.5 % (${number()} m²) in c${number()}`,
    owner: () => `c${number()}`,
    named: () => `the first are c${number()}, c${number()}`,
    doings: () => 'an open ring was closed and a ring without area was left out',
    deeds: () => `overlaps given up of ${number()} and gaps taken in of ${number()}`,
    json: () => `"x${number()}"`,
    sentence: () => sampled('row {row:number} of the sheet: longitude {lon:number} is outside -180..=180', next),
  };
  const table: readonly Entry[] | undefined = reasonsZhCN[kind];
  const sample = samples[kind] ?? (() => sampled(table?.at(-1)?.[0] ?? '', next));
  return sample();
}

test('every pattern is told in Chinese with all its values, also among others', () => {
  for (const [table, [pattern]] of entries.filter(([table]) => table === 'sentence' || table === 'finding')) {
    let number = 1000;
    const sentence = sampled(pattern, () => ++number) + (table === 'finding' ? ': c1 and c2' : '');
    const told = translated(reasonsZhCN, sentence);
    assert.ok(told !== undefined, `nothing for ${sentence}`);
    assert.match(told, /\p{Script=Han}/u);
    assertKept(numbersOf(sentence), numbersOf(told), `${sentence} → ${told}`);
  }
});
