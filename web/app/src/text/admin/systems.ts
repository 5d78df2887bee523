// Names of coordinate systems, as people know them; the ids are the server's.

import type { Language } from '../index.ts';

/** By id: the short name, and where its numbers come from, `[Chinese, English]`. */
const SYSTEMS: Readonly<Record<string, readonly [string, string, string]>> = {
  crs84: ['WGS-84', '经纬度', 'GPS'],
  'EPSG:4326': ['WGS-84', '经纬度', 'GPS'],
  latlon: ['WGS-84', '纬度在前', 'latitude first'],
  gcj02: ['GCJ-02', '高德/腾讯', 'Amap, Tencent'],
  bd09: ['BD-09', '百度', 'Baidu'],
  'EPSG:4490': ['CGCS2000', '经纬度', 'longitude and latitude'],
  'EPSG:4548': ['CGCS2000', '3 度带 117°E', '3-degree, 117°E'],
  'EPSG:3857': ['Web Mercator', '网络地图', 'web maps'],
};

const SWAPPED = '-swapped';

/** Short name of a coordinate system, `GCJ-02`; its id where there is none. */
export function crsText(crs: string): string {
  const plain = crs.replace(SWAPPED, '');
  const [name] = SYSTEMS[plain] ?? [plain];
  // Several systems of one datum are told apart by their number.
  const text = /^EPSG:(?!4326|4490)/.test(plain) && name !== plain ? `${name} (${plain})` : name;
  return plain === crs ? text : `${text} ⇄`;
}

/** Name of a coordinate system with what one knows it by: `GCJ-02 高德/腾讯`, `GCJ-02 (Amap, Tencent)`. */
export function crsLongText(language: Language, crs: string): string {
  const plain = crs.replace(SWAPPED, '');
  const system = SYSTEMS[plain];
  if (system === undefined) return crsText(crs);
  const [name, zh, en] = system;
  const isZh = language === 'zh-CN';
  const number = plain.startsWith('EPSG') ? ` · ${plain}` : '';
  const swapped = plain === crs ? '' : isZh ? ' · 两列互换' : ' · columns swapped';
  return `${isZh ? `${name} ${zh}` : `${name} (${en})`}${number}${swapped}`;
}
