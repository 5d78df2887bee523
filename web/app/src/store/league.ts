// The league: areas side by side, the worst first.

import type { Area } from './area-tree.ts';
import type { Figures } from './figures.ts';

/**
 * Areas ordered by reached share, lowest first.
 *
 * Ties go to the one with more untouched doors, then to the lower code. Areas without eligible doors come last: there is
 * nothing to do in them.
 */
export function worstFirst(areas: readonly Area[], figuresOf: (area: Area) => Figures | undefined): Area[] {
  return areas
    .map((area) => ({ area, figures: figuresOf(area) }))
    .sort((a, b) => {
      const share = (a.figures?.reachedShare ?? 2) - (b.figures?.reachedShare ?? 2);
      if (share !== 0) return share;
      const untouched = (b.figures?.untouched ?? 0) - (a.figures?.untouched ?? 0);
      if (untouched !== 0) return untouched;
      return a.area.code < b.area.code ? -1 : 1;
    })
    .map(({ area }) => area);
}
