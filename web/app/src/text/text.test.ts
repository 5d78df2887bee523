import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageFrom, speechIn } from './index.ts';

test('every Chinese browser gets Chinese, every other English', () => {
  assert.deepEqual(['zh', 'zh-CN', 'zh-Hant-TW', 'en-GB', 'de', 'zhx'].map(languageFrom), [
    'zh-CN',
    'zh-CN',
    'zh-CN',
    'en',
    'en',
    'en',
  ]);
});

test('a share is never rounded up to all', () => {
  assert.equal(speechIn('en').share(0.99999), '99.9%');
  assert.equal(speechIn('en').share(1), '100.0%');
  assert.equal(speechIn('en').share(undefined), '–');
});

test('times are those of the district', () => {
  assert.equal(speechIn('en').time('2026-11-23T16:05:09Z'), '00:05:09');
  assert.equal(speechIn('zh-CN').time('2026-11-23T06:05:09Z'), '14:05:09');
});

test('ages are short', () => {
  assert.deepEqual([900, 61_000, 400_000, 7_300_000].map((age) => speechIn('en').age(age)), ['0 s', '61 s', '6 min', '2 h']);
});
