// What the server says of files, rows and areas, in the language of the page: a whole sentence or none of it.

import type { Language } from '../index.ts';
import { fieldWords } from './fields.ts';
import { fieldWord } from './index.ts';
import { reasonsZhCN } from './reasons.zh-CN.ts';
import { translated } from './reasons/match.ts';

/** A sentence, and the language it is in: English where there is no Chinese for it. */
export interface Told {
  readonly text: string;
  readonly language: Language;
}

/** What is wrong with a field of a row; both parts are in one language. */
export interface ToldReason extends Told {
  readonly field: string;
}

/** A sentence of the server. English stays as it is; Chinese is the translation, else the English sentence untouched. */
export function sentenceIn(language: Language, sentence: string): Told {
  const zh = language === 'zh-CN' ? translated(reasonsZhCN, sentence) : undefined;
  return zh === undefined ? { text: sentence, language: 'en' } : { text: zh, language: 'zh-CN' };
}

/** A refusal of a row: the word of its field, and why. */
export function reasonIn(language: Language, field: string, reason: string): ToldReason {
  const told = sentenceIn(language, reason);
  return { ...told, field: fieldWord(told.language, field) };
}

/** Field and reason on one line, given as the server joins them: `居住人数：填的是 "若干"；须为 0 到 65535 的整数`. */
export function reasonLineIn(language: Language, line: string): Told {
  const [, field, reason] = /^([^:]+): (.*)$/s.exec(line) ?? [];
  if (language === 'en' || field === undefined || reason === undefined) return sentenceIn(language, line);
  const told = reasonIn(language, field, reason);
  return told.language === 'en' ? { text: line, language: 'en' } : { text: `${told.field}：${told.text}`, language: 'zh-CN' };
}

/** What a change is by: why a row is refused, or which fields of it would change, given as `address, residents`. */
export function changeReasonIn(language: Language, reason: string): Told {
  const fields = reason.split(', ');
  const areFields = fields.every((field) => fieldWords[field] !== undefined);
  if (!areFields) {
    const told = reasonLineIn(language, reason);
    const word = (line: string, field: string) => (fieldWords[field] === undefined ? line : `${fieldWord('en', field)} `);
    return told.language === 'en' ? { ...told, text: told.text.replace(/^([a-z_]+): /, word) } : told;
  }
  if (language === 'en') return { text: reason, language };
  return { text: fields.map((field) => fieldWord(language, field)).join('、'), language };
}
