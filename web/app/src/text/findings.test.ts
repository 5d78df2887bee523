import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findingWord } from './admin/findings.ts';

test('every kind of finding the server reports has a word', () => {
  const report = readFileSync('../../server/src/import/topology/report.rs', 'utf8');
  const list = /const \w+: \[&str; (\d+)\] = \[([^\]]*)\]/.exec(report);
  const kinds = [...(list?.[2] ?? '').matchAll(/"(\w+)"/g)].map(([, kind]) => kind ?? '');
  assert.equal(kinds.length, Number(list?.[1]));
  assert.ok(kinds.includes('overlap'));
  for (const language of ['zh-CN', 'en'] as const) {
    for (const kind of kinds) assert.notEqual(findingWord(language, kind), kind, `${kind} in ${language}`);
  }
});
