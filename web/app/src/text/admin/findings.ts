// Findings between areas in words, Chinese and English; the ids are the server's.

import type { Language } from '../index.ts';

/** By id: `[Chinese, English]`. */
const FINDINGS: Readonly<Record<string, readonly [string, string]>> = {
  duplicate_code: ['编码重复', 'Code twice'],
  no_parent: ['缺少上级', 'No parent'],
  twice: ['边界相同', 'Same outline'],
  across: ['跨越现有区域', 'Across others'],
  overlap: ['重叠', 'Overlap'],
  outside: ['超出上级', 'Outside its parent'],
  gap: ['缝隙', 'Gap'],
  malformed_code: ['编码不规范', 'Odd code'],
  too_complex: ['过于复杂', 'Too complex'],
  overlap_sliver: ['细窄重叠', 'Thin overlap'],
  outside_sliver: ['细窄超出', 'Thinly outside'],
  gap_sliver: ['细窄缝隙', 'Thin gap'],
  near_miss: ['边界未贴合', 'Near miss'],
  t_junction: ['缺少共用角点', 'Corner missing'],
};

/** What a kind of finding is called; its id where there is no word for it. */
export function findingWord(language: Language, kind: string): string {
  return FINDINGS[kind]?.[language === 'zh-CN' ? 0 : 1] ?? kind;
}
