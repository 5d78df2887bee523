// Kinds of holes in sentences: what can stand in them, and how it is written in Chinese. Values stay as they are.

import { fieldWords } from '../fields.ts';

/** A kind of hole. */
export interface Kind {
  /** What it takes, as a regular expression. */
  readonly takes: string;
  /** It in words; none where it is something else. `within` asks a table. */
  readonly words: (text: string, within: (table: string, text: string) => string | undefined) => string | undefined;
}

const NUMBER = '-?(?:\\d[\\d.,]*(?:e-?\\d+)?|…|NaN|inf)';
const QUOTED = '"(?:[^"\\\\]|\\\\.)*"…?';
/** Anything but the end of a clause, unless that is quoted. */
const ANY = `${QUOTED}|(?:(?!; ).)+?`;
const same = (text: string) => text;

/** Measures as the pages write them. */
const UNITS: Readonly<Record<string, string>> = { 'km²': '平方公里', 'm²': '平方米', km: '公里', m: '米' };
const measure = (text: string) => text.replace(/ (km²|m²|km|m)$/, (_, unit: string) => ` ${UNITS[unit] ?? unit}`);

/** Things that are counted, in one and in many. */
export const COUNTED: Readonly<Record<string, string>> = {
  district: '个区',
  subdistrict: '个街道',
  community: '个社区',
  grid: '个网格',
  block: '个小区/街块',
  corner: '个角点',
};

function counted(text: string): string | undefined {
  const [, count, noun = '', codes] = /^(\d+|…) (\w+?)( codes?)?$/.exec(text) ?? [];
  const word = COUNTED[noun] ?? COUNTED[noun.replace(/s$/, '')] ?? COUNTED[noun.replace(/ies$/, 'y')];
  if (count === undefined || word === undefined) return undefined;
  return `${count} ${word}${codes === undefined ? '' : '编码'}`;
}

/** `a, b and c` */
function listed(text: string, word: (one: string) => string | undefined): string | undefined {
  const [, first, last] = /^(.*) and (.*?)$/s.exec(text) ?? [undefined, text, undefined];
  const parts = [...(first ?? '').split(', '), ...(last === undefined ? [] : [last])].map(word);
  if (parts.some((part) => part === undefined)) return undefined;
  const end = last === undefined ? undefined : parts.pop();
  return parts.join('、') + (end === undefined ? '' : ` 和 ${end}`);
}

/** Every kind but those that are tables. */
export const kinds: Readonly<Record<string, Kind>> = {
  value: { takes: ANY, words: same },
  number: { takes: NUMBER, words: same },
  quoted: { takes: QUOTED, words: same },
  /** A character as the server quotes it. */
  sign: { takes: "'.+?'", words: same },
  percent: { takes: `(?:less than )?${NUMBER} %`, words: (text) => text.replace(' %', '%').replace('less than ', '不到 ') },
  length: { takes: `${NUMBER} k?m|less than a metre`, words: (text) => (text === 'less than a metre' ? '不到 1 米' : measure(text)) },
  area: { takes: `${NUMBER} k?m²`, words: measure },
  counted: { takes: '(?:\\d+|…) [a-z ]+?', words: counted },
  codes: { takes: ANY, words: (text) => (text === 'no area' ? '（无）' : listed(text, same)) },
  /** Ids of a list, `home, rental, shop`. */
  ids: { takes: '[\\w-]+(?:, [\\w-]+)*', words: (text) => text.replaceAll(', ', '、') },
  /** Columns of a file, quoted, and how many more there are. */
  columns: {
    takes: `none at all|${QUOTED}(?:, ${QUOTED})*(?:, \\d+ more)?`,
    words: (text) => (text === 'none at all' ? '（无）' : text.replaceAll('", "', '"、"').replace(/, (\d+) more$/, ' 等，另有 $1 列')),
  },
  field: { takes: '\\w+', words: (text) => fieldWords[text]?.[0] },
  /** Fields that need a column, `code (编码: a code of …), name (名称: text …)`: their Chinese is the server's. */
  needs: {
    takes: '.+?',
    words: (text) => {
      const fields = [...text.matchAll(/(\w+) \(([^:]+): .+?\)(?=$|, \w+ \()/g)].map(([, id = '', zh = '']) => `${zh}（${id}）`);
      return fields.length === 0 ? undefined : fields.join('、');
    },
  },
  /** The id of a coordinate system. */
  id: { takes: '[\\w:-]+', words: same },
  /** How sure a verdict is. */
  confidence: { takes: `(?:over )?${NUMBER}`, words: (text) => text.replace('over ', '超过 ') },
  /** What can be chosen instead, before what can be chosen always. */
  instead: { takes: '(?:say --crs [^;]+, or )?', words: (text, within) => within('choice', text) },
  /** Coordinate systems to choose from, as they are typed. */
  choices: { takes: '--crs \\S+(?: or --crs \\S+)*', words: (text) => text.replaceAll('--crs ', '').replace(/ or (?=\S+$)/, ' 或 ').replaceAll(' or ', '、') },
  /** A coordinate system with its name. What is not named here is a proper name. */
  system: { takes: ANY, words: (text, within) => within('systems', text) ?? text },
  /** The area that has a part of another one, if any has. */
  owner: { takes: ANY, words: (text, within) => within('owners', text) ?? text },
  /** What was found of positions, one thing after another. */
  facts: {
    takes: ANY,
    words: (text, within) => {
      const parts = text.split(', ').map((part, at) => within('fact', at === 0 ? part : `, ${part}`));
      return parts.some((part) => part === undefined) ? undefined : parts.join('');
    },
  },
  /** Codes in a row, or the first of many. */
  named: { takes: ANY, words: (text, within) => within('first', text) ?? listed(text, same) },
  /** What was done to one outline. */
  doings: { takes: ANY, words: (text, within) => listed(text, (one) => within('done', one)) },
  /** What was done to areas, `overlaps given up of 2 and corners inserted that a neighbour has of 3`. */
  deeds: { takes: ANY, words: (text, within) => listed(text, (one) => within('deed', one)) },
  /** Shares of an area in others. */
  parts: { takes: ANY, words: (text, within) => listed(text, (one) => within('part', one)) },
  /** A value of JSON, itself or what it is. */
  json: {
    takes: '.+?',
    words: (text, within) => within('found', text) ?? (/^(?:["\d-]|true$|false$|null$)/.test(text) ? `是 ${text}` : undefined),
  },
};
