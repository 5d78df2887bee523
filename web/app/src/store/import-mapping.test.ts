import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MappedField, PlanFile } from '../api/import-types.ts';
import { columnsOf, mapOf, NOT_FILLED, type MappingChoice } from './import-mapping.ts';

const mapped = (field: string, column: string | null, how: string): MappedField => ({ field, zh: '', needed: false, column, how, examples: [] });
const mapping = [mapped('id', '编号', 'synonym'), mapped('kind', 'home', 'constant'), mapped('door', '房号', 'given'), mapped('floor', null, 'absent')];
const choices = (...given: [string, string, string?][]) =>
  new Map<string, MappingChoice>(given.map(([field, column, constant]) => [field, { column, constant }]));

test('columns are those of every file, each once, constants are none', () => {
  const file = (unused: string[]): PlanFile => ({ name: '', format: '', crs: '', crs_from: '', notes: [], mapping, unused, rows: 0 });
  assert.deepEqual(columnsOf([file(['备注']), file(['备注', '电话'])]), ['编号', '房号', '备注', '电话']);
});

test('what was said before stays unless it is said anew', () => {
  const before = ['door=房号', 'kind==home'];
  assert.deepEqual(mapOf(mapping, before, choices(['id', '备注'])), ['door=房号', 'kind==home', 'id=备注']);
  assert.deepEqual(mapOf(mapping, before, choices(['door', '备注'])), ['kind==home', 'door=备注']);
});

test('a constant is the text itself, equals signs and all', () => {
  assert.deepEqual(mapOf(mapping, [], choices(['kind', NOT_FILLED, 'a=b'])), ['kind==a=b']);
});

test('a guessed column that shall not be used is filled with nothing; one given by hand is taken back', () => {
  assert.deepEqual(mapOf(mapping, ['door=房号'], choices(['id', NOT_FILLED], ['door', NOT_FILLED])), ['id==']);
});
