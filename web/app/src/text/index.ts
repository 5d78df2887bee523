// Words and numbers in the language chosen.

import { en, type Messages } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** Languages of the pages. */
export type Language = 'zh-CN' | 'en';

/** Language for a tag such as `zh-Hans` or `de`: Chinese for every `zh`, otherwise English. */
export function languageFrom(tag: string): Language {
  return /^zh\b/i.test(tag) ? 'zh-CN' : 'en';
}

/** Words, and numbers and times as the language writes them. */
export interface Speech {
  words: Messages;
  /** `6,214` */
  count(value: number): string;
  /** `87.4 %`, rounded down so that 100 % means all. */
  share(value: number | undefined): string;
  /** `87 %`, rounded down as well. */
  roughShare(value: number): string;
  /** `+3`, `−1` */
  difference(value: number): string;
  /** `14:05:09` in the district's zone */
  time(at: string | number): string;
  /** `11-23 14:05` in the district's zone */
  dateTime(at: string): string;
  /** `4 s`, `3 min`, `2 h` */
  age(milliseconds: number): string;
}

/** The district's time zone. */
export const DISTRICT_ZONE = 'Asia/Shanghai';
const spoken = new Map<Language, Speech>();

/** Speech of a language. */
export function speechIn(language: Language): Speech {
  let speech = spoken.get(language);
  if (speech === undefined) spoken.set(language, (speech = makeSpeech(language)));
  return speech;
}

function makeSpeech(language: Language): Speech {
  const words = language === 'zh-CN' ? zhCN : en;
  const whole = new Intl.NumberFormat(language);
  const percent = new Intl.NumberFormat(language, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    roundingMode: 'trunc',
  } as Intl.NumberFormatOptions);
  const wholePercent = new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: 0,
    roundingMode: 'trunc',
  } as Intl.NumberFormatOptions);
  const signed = new Intl.NumberFormat(language, { signDisplay: 'exceptZero' });
  const time = new Intl.DateTimeFormat(language, { timeZone: DISTRICT_ZONE, hourCycle: 'h23', timeStyle: 'medium' });
  const dateTime = new Intl.DateTimeFormat(language, {
    timeZone: DISTRICT_ZONE,
    hourCycle: 'h23',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return {
    words,
    count: (value) => whole.format(value),
    share: (value) => (value === undefined ? words.none : percent.format(value)),
    roughShare: (value) => wholePercent.format(value),
    difference: (value) => signed.format(value),
    time: (at) => time.format(new Date(at)),
    dateTime: (at) => dateTime.format(new Date(at)),
    age(milliseconds) {
      const seconds = Math.floor(milliseconds / 1000);
      if (seconds < 100) return words.secondsAgo(whole.format(seconds));
      const minutes = Math.floor(seconds / 60);
      if (minutes < 100) return words.minutesAgo(whole.format(minutes));
      return words.hoursAgo(whole.format(Math.floor(minutes / 60)));
    },
  };
}
