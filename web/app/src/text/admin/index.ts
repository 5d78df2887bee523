// Words of the pages that bring data in and out, and measures as the language writes them.

import type { Language } from '../index.ts';
import { adminEn, type AdminMessages } from './en.ts';
import { fieldWords } from './fields.ts';
import { adminZhCN } from './zh-CN.ts';

/** Words of a language. */
export function adminWords(language: Language): AdminMessages {
  return language === 'zh-CN' ? adminZhCN : adminEn;
}

const UNITS = [
  ['gigabyte', 1e9],
  ['megabyte', 1e6],
  ['kilobyte', 1e3],
  ['byte', 1],
] as const;

/** `12.4 MB` */
export function bytesText(language: Language, bytes: number): string {
  const [unit, size] = UNITS.find(([, each]) => bytes >= each) ?? ['byte', 1];
  const form = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: unit === 'byte' ? 0 : 1 } as const;
  return new Intl.NumberFormat(language, form).format(bytes / size);
}

/** `585 m`, `1.2 km`; `585 米`, `1.2 公里` */
export function metresText(language: Language, metres: number): string {
  const far = metres >= 1000;
  const digits = far || metres < 10 ? 1 : 0;
  const form = { style: 'unit', unit: far ? 'kilometer' : 'meter', unitDisplay: 'short', maximumFractionDigits: digits } as const;
  // Figures and Chinese characters stand apart, as everywhere on the pages.
  return new Intl.NumberFormat(language, form).format(far ? metres / 1000 : metres).replace(/(\d)(\p{Script=Han})/u, '$1 $2');
}

/** `117.64312, 24.50871`: five decimals are a metre. */
export function placeText([lon, lat]: readonly [number, number]): string {
  return `${lon.toFixed(5)}, ${lat.toFixed(5)}`;
}

/** What a field of the server is called; without a word for it what the server calls it in Chinese, else its id. */
export function fieldWord(language: Language, field: string, zh = ''): string {
  if (language === 'zh-CN') return fieldWords[field]?.[0] ?? (zh === '' ? field : zh);
  return fieldWords[field]?.[1] ?? field;
}
