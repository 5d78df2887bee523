// Sentences told by patterns with named holes: which pattern a sentence follows, and what its holes become.

import { kinds, type Kind } from './kinds.ts';

/** A pattern of the server's and the same in another language: every hole of the one stands in the other. */
export type Entry = readonly [pattern: string, words: string];

/** Entries by the kind of hole they fill; whole sentences are those of `sentence`. */
export type Tables = Readonly<Record<string, readonly Entry[]>>;

/** A hole: `{name}` takes anything as it is, `{name:kind}` what its kind or the table of that name takes. */
export const HOLE = /\{(\w+)(?::(\w+))?\}/g;

/** How deep a sentence may stand in others. */
const DEEPEST = 5;

interface Compiled {
  readonly holes: readonly { name: string; kind: string }[];
  readonly whole: RegExp;
  /** The same without its values, as reasons are counted. */
  readonly sort: RegExp;
  readonly words: string;
}

const compiled = new WeakMap<readonly Entry[], readonly Compiled[]>();

/** A sentence by the tables; none where no pattern fits, or one of its parts has no words. */
export function translated(tables: Tables, sentence: string): string | undefined {
  return sentenceOf(tables, sentence, DEEPEST);
}

function sentenceOf(tables: Tables, text: string, depth: number): string | undefined {
  return byTable(tables, 'sentence', text, depth) ?? joined(tables, text, depth) ?? named(tables, text, depth);
}

/** Two sentences in one, as findings and what mends them. */
function joined(tables: Tables, text: string, depth: number): string | undefined {
  if (depth === 0) return undefined;
  for (let at = text.indexOf('; '); at > 0; at = text.indexOf('; ', at + 1)) {
    const first = byTable(tables, 'sentence', text.slice(0, at), depth - 1);
    const rest = first === undefined ? undefined : sentenceOf(tables, text.slice(at + 2), depth - 1);
    if (rest !== undefined) return `${first}；${rest}`;
  }
  return undefined;
}

/** A sentence behind the name of a file, a format or a row. */
function named(tables: Tables, text: string, depth: number): string | undefined {
  const at = text.indexOf(': ');
  const name = text.slice(0, at);
  // Words in a row are no name, but part of a sentence that is not known.
  if (depth === 0 || at < 1 || (/[a-z]{2,} [a-z]{2,}/.test(name) && !/\.\w{2,8}$/.test(name))) return undefined;
  const rest = sentenceOf(tables, text.slice(at + 2), depth - 1);
  return rest === undefined ? undefined : `${name}：${rest}`;
}

function byTable(tables: Tables, kind: string, text: string, depth: number): string | undefined {
  const entries = tables[kind] ?? [];
  for (const entry of patternsOf(entries)) {
    const found = entry.whole.exec(text) ?? (text.includes('…') ? entry.sort.exec(text) : null);
    if (found === null) continue;
    const values = filled(tables, entry, found, depth);
    if (values !== undefined) return spoken(entry.words, values);
  }
  return undefined;
}

/** Words with their holes filled. Figures and Chinese characters stand apart, as everywhere on the pages. */
function spoken(words: string, values: ReadonlyMap<string, string>): string {
  return words.replace(HOLE, (hole, name: string, _kind: unknown, at: number) => {
    const value = values.get(name) ?? '';
    const before = /\p{Script=Han}$/u.test(words.slice(0, at)) && /^[\dA-Za-z…]/.test(value) ? ' ' : '';
    const after = /[\d…%]$/.test(value) && /^\p{Script=Han}/u.test(words.slice(at + hole.length)) ? ' ' : '';
    return before + value + after;
  });
}

function filled(tables: Tables, { holes }: Compiled, found: RegExpExecArray, depth: number): Map<string, string> | undefined {
  const values = new Map<string, string>();
  for (const [at, { name, kind }] of holes.entries()) {
    const value = valueOf(tables, kind, found[at + 1] ?? '', depth);
    if (value === undefined) return undefined;
    values.set(name, value);
  }
  return values;
}

function valueOf(tables: Tables, kind: string, text: string, depth: number): string | undefined {
  const within = (table: string, part: string) =>
    depth === 0 ? undefined : table === 'sentence' ? sentenceOf(tables, part, depth - 1) : byTable(tables, table, part, depth - 1);
  const known: Kind | undefined = kinds[kind];
  return known === undefined ? within(kind, text) : known.words(text, within);
}

function patternsOf(entries: readonly Entry[]): readonly Compiled[] {
  let patterns = compiled.get(entries);
  if (patterns === undefined) compiled.set(entries, (patterns = entries.map(compile)));
  return patterns;
}

function compile([pattern, words]: Entry): Compiled {
  const holes = [...pattern.matchAll(HOLE)].map(([, name = '', kind = 'value']) => ({ name, kind }));
  const texts = pattern.split(HOLE).filter((_, at) => at % 3 === 0);
  const takes = holes.map(({ kind }) => kinds[kind]?.takes ?? '.*?');
  const regExp = (literal: (text: string, at: number) => string) =>
    new RegExp(`^${texts.map((text, at) => literal(text, at) + (at < takes.length ? `(${takes[at]})` : '')).join('')}$`, 'su');
  // What follows a number and could be part of one is counted as part of it.
  const sort = (text: string, at: number) => escaped(sortOf(text)).replace(/^((?:\\?[.,-])+)/, at === 0 ? '$1' : '(?:$1)?');
  return { holes, words, whole: regExp(escaped), sort: regExp(sort) };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** A text without its quoted values and numbers, as the server counts reasons. */
export function sortOf(text: string): string {
  let [sort, isQuoted, isNumber, isEscaped] = ['', false, false, false];
  for (const c of text) {
    if (isQuoted) {
      isQuoted = isEscaped || c !== '"';
      isEscaped = !isEscaped && c === '\\';
      if (!isQuoted) sort += '…"';
      continue;
    }
    const isDigit = /\d/.test(c) || (isNumber && /[.,-]/.test(c));
    if (isDigit && !isNumber) sort += '…';
    isNumber = isDigit;
    isQuoted = c === '"';
    if (!isDigit) sort += c;
  }
  return sort;
}
