// The hierarchy of areas: district, subdistricts, communities, grids, blocks.

import type { AreaProperties, Level } from '../api/types.ts';

/** Every level, largest first. */
export const LEVELS: readonly Level[] = ['district', 'subdistrict', 'community', 'grid', 'block'];

/** An area in its place. */
export interface Area {
  slot: number;
  code: string;
  name: string;
  level: Level;
  parent: Area | undefined;
  /** By code. */
  children: Area[];
  /** CRS84 degrees, longitude first. */
  label: [number, number];
  /** West, south, east, north in CRS84 degrees. */
  bbox: [number, number, number, number];
  doors: number;
}

/** All areas of a shapes version. */
export class AreaTree {
  readonly #bySlot = new Map<number, Area>();
  readonly #byCode = new Map<string, Area>();
  /** The district; undefined where none has been imported. */
  readonly root: Area | undefined;

  constructor(rows: readonly AreaProperties[]) {
    for (const row of rows) {
      const area: Area = {
        slot: row.slot,
        code: row.code,
        name: row.name,
        level: row.level,
        parent: undefined,
        children: [],
        label: row.label,
        bbox: row.bbox,
        doors: row.doors,
      };
      this.#bySlot.set(area.slot, area);
      this.#byCode.set(area.code, area);
    }
    for (const row of rows) {
      const area = this.#byCode.get(row.code);
      const parent = row.parent == null ? undefined : this.#byCode.get(row.parent);
      if (area === undefined || parent === undefined) continue;
      area.parent = parent;
      parent.children.push(area);
    }
    for (const area of this.#bySlot.values()) area.children.sort(byCode);
    this.root = this.atLevel('district')[0];
  }

  get size(): number {
    return this.#bySlot.size;
  }

  all(): IterableIterator<Area> {
    return this.#bySlot.values();
  }

  bySlot(slot: number): Area | undefined {
    return this.#bySlot.get(slot);
  }

  byCode(code: string): Area | undefined {
    return this.#byCode.get(code);
  }

  /** Areas of a level, by code; only those inside `within` when it is given. */
  atLevel(level: Level, within?: Area): Area[] {
    if (within === undefined) return [...this.#bySlot.values()].filter((area) => area.level === level).sort(byCode);
    const found: Area[] = [];
    const waiting = [...within.children];
    for (let area = waiting.pop(); area !== undefined; area = waiting.pop()) {
      if (area.level === level) found.push(area);
      else waiting.push(...area.children);
    }
    return found.sort(byCode);
  }

  /** Levels that have areas inside an area, largest first. */
  levelsWithin(area: Area): Level[] {
    const below = LEVELS.slice(LEVELS.indexOf(area.level) + 1);
    return below.filter((level) => hasLevel(area, level));
  }

  /** Areas whose name or code holds a text, larger levels first. */
  search(text: string, limit: number): Area[] {
    const wanted = text.trim().toLowerCase();
    if (wanted === '') return [];
    return [...this.#bySlot.values()]
      .filter((area) => area.name.toLowerCase().includes(wanted) || area.code.includes(wanted))
      .sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || byCode(a, b))
      .slice(0, limit);
  }
}

/** The areas an area lies in, the district first, itself last. */
export function pathTo(area: Area): Area[] {
  const path: Area[] = [];
  for (let step: Area | undefined = area; step !== undefined; step = step.parent) path.unshift(step);
  return path;
}

function byCode(a: Area, b: Area): number {
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
}

function hasLevel(area: Area, level: Level): boolean {
  return area.children.some((child) => child.level === level || hasLevel(child, level));
}
