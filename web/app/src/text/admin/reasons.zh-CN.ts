// The server's sentences and their Chinese, as the page where files come in says them.
//
// Only the import page loads it. What a person would type in a terminal is said as what the page offers instead.

import { areaSentences, datumSentences, findingWords } from './reasons/areas.zh-CN.ts';
import { fieldSentences, rowSentences } from './reasons/fields.zh-CN.ts';
import { columnSentences, endSentences, fileSentences } from './reasons/files.zh-CN.ts';
import type { Tables } from './reasons/match.ts';
import { shapeSentences } from './reasons/shapes.zh-CN.ts';
import { reasonWords } from './reasons/words.zh-CN.ts';

/** Every sentence and word there is Chinese for. The first entry that fits is taken. */
export const reasonsZhCN: Tables = {
  ...reasonWords,
  finding: findingWords,
  sentence: [
    ...endSentences,
    ...fieldSentences,
    ...rowSentences,
    ...shapeSentences,
    ...columnSentences,
    ...fileSentences,
    ...areaSentences,
    ...datumSentences,
  ],
};
