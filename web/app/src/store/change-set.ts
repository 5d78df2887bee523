// What an import would change, ready to be listed and drawn: features of the server's GeoJSON, positions in Web Mercator.

import { mercatorFromLonLat } from '../map/projection.ts';

/** Sorts of change, in the order they are drawn: what needs somebody lies on top. */
export const CHANGES = ['vanished', 'changed', 'added', 'moved', 'refused'] as const;

/** Sort of change. */
export type Change = (typeof CHANGES)[number];

/** West, south, east, north in CRS84 degrees. */
export type Bounds = readonly [number, number, number, number];

/** A line or ring, x and y in turn, in Web Mercator of a world 1 wide. */
export interface DrawnPath {
  xy: Float64Array;
  isRing: boolean;
}

/** One change. */
export interface ChangedFeature {
  change: Change;
  key: string;
  reason: string | undefined;
  /** Where it is, or will be: CRS84 degrees; undefined where it is nowhere. */
  at: readonly [number, number] | undefined;
  /** Where it was, for what moves. */
  from: readonly [number, number] | undefined;
  bounds: Bounds | undefined;
  /** Web Mercator of `at` and `from`; not a number where there is none. */
  x: number;
  y: number;
  fromX: number;
  fromY: number;
  /** Outlines of what is no point. */
  paths: readonly DrawnPath[];
}

/** A place in Web Mercator of a world 1 wide. */
export interface Spot {
  x: number;
  y: number;
}

type Position = readonly number[];

/** What an import would change. */
export class ChangeSet {
  readonly features: readonly ChangedFeature[];
  /** How many there are of each sort, those not among the features included. */
  readonly counts: Readonly<Record<Change, number>>;
  readonly #placed: Readonly<Record<Change, readonly ChangedFeature[]>>;

  constructor(collection: unknown) {
    const { features, counts } = (collection ?? {}) as { features?: unknown; counts?: Partial<Record<Change, number>> };
    this.features = (Array.isArray(features) ? features : []).flatMap((raw) => featureFrom(raw) ?? []);
    const bySort = <Value>(of: (features: readonly ChangedFeature[], change: Change) => Value) =>
      Object.fromEntries(
        CHANGES.map((change) => [change, of(this.features.filter((feature) => feature.change === change), change)]),
      ) as Record<Change, Value>;
    this.counts = bySort((sort, change) => counts?.[change] ?? sort.length);
    this.#placed = bySort((sort) => sort.filter(({ at }) => at !== undefined));
  }

  /** Features with what needs somebody first; those of one sort as the server has them. */
  ordered(): ChangedFeature[] {
    return CHANGES.toReversed().flatMap((change) => this.features.filter((feature) => feature.change === change));
  }

  /**
   * The sorts worth seeing first. What a file lacks stays as it is: where that is more than everything that would change, it
   * would only hide the rest.
   */
  telling(): ReadonlySet<Change> {
    const { vanished, ...rest } = this.counts;
    const others = Object.values(rest).reduce((sum, count) => sum + count, 0);
    return new Set(CHANGES.filter((change) => change !== 'vanished' || others === 0 || vanished <= others));
  }

  /** Features of a sort that lie somewhere. */
  placed(change: Change): readonly ChangedFeature[] {
    return this.#placed[change];
  }

  /** How many of a sort are not among the features: the server thins them evenly. */
  hidden(change: Change): number {
    return this.counts[change] - this.features.filter((feature) => feature.change === change).length;
  }

  /**
   * What holds the features of some sorts; undefined where they are nowhere.
   *
   * Those that touch `home` widened by its own size count first: one row in another datum must not shrink the rest to a dot.
   */
  bounds(shown: ReadonlySet<Change>, home: Bounds | undefined): Bounds | undefined {
    const placed = this.features.flatMap(({ change, bounds }) => (shown.has(change) && bounds !== undefined ? [bounds] : []));
    if (home === undefined) return union(placed);
    const [west, south, east, north] = home;
    const [width, height] = [east - west, north - south];
    const around: Bounds = [west - width, south - height, east + width, north + height];
    return union(placed.filter((each) => touch(each, around))) ?? union(placed);
  }

  /** The change of a refused row: by its key, else by its reason. */
  ofRefused(key: string | undefined, reason: string): ChangedFeature | undefined {
    const refused = this.features.filter((feature) => feature.change === 'refused' && feature.at !== undefined);
    const named = key === undefined || key === '' ? [] : refused.filter((feature) => feature.key === key);
    return named.find((feature) => feature.reason === reason) ?? named[0] ?? refused.find((feature) => feature.reason === reason);
  }
}

function featureFrom(raw: unknown): ChangedFeature | undefined {
  const { properties, geometry } = (raw ?? {}) as { properties?: Record<string, unknown>; geometry?: unknown };
  const change = CHANGES.find((each) => each === properties?.change);
  if (change === undefined) return undefined;
  const { key, reason } = properties ?? {};
  const lines = linesOf(geometry);
  const [first] = lines;
  const moves = change === 'moved' && typeOf(geometry) === 'LineString';
  const isPoint = lines.length === 1 && first?.positions.length === 1;
  const bounds = boundsOf(lines.flatMap((line) => line.positions));
  const at = moves ? pair(first?.positions[1]) : isPoint ? pair(first?.positions[0]) : bounds === undefined ? undefined : middle(bounds);
  const from = moves ? pair(first?.positions[0]) : undefined;
  const [x, y] = at === undefined ? [NaN, NaN] : mercatorFromLonLat(at[0], at[1]);
  const [fromX, fromY] = from === undefined ? [NaN, NaN] : mercatorFromLonLat(from[0], from[1]);
  return {
    change,
    key: typeof key === 'string' ? key : '',
    reason: typeof reason === 'string' ? reason : undefined,
    at,
    from,
    bounds,
    x,
    y,
    fromX,
    fromY,
    paths: moves || isPoint ? [] : lines.map(pathFrom),
  };
}

function typeOf(geometry: unknown): unknown {
  return ((geometry ?? {}) as { type?: unknown }).type;
}

interface Line {
  positions: readonly Position[];
  isRing: boolean;
}

/** Every line and ring of a geometry; a point is a line of one position. */
function linesOf(geometry: unknown): Line[] {
  const { coordinates } = (geometry ?? {}) as { coordinates?: unknown };
  const line = (positions: unknown, isRing: boolean): Line[] =>
    Array.isArray(positions) && positions.length > 0 ? [{ positions: positions as Position[], isRing }] : [];
  const each = (list: unknown, isRing: boolean): Line[] =>
    Array.isArray(list) ? list.flatMap((positions) => line(positions, isRing)) : [];
  switch (typeOf(geometry)) {
    case 'Point':
      return line([coordinates], false);
    case 'LineString':
      return line(coordinates, false);
    case 'MultiLineString':
      return each(coordinates, false);
    case 'Polygon':
      return each(coordinates, true);
    case 'MultiPolygon':
      return Array.isArray(coordinates) ? coordinates.flatMap((rings) => each(rings, true)) : [];
    default:
      return [];
  }
}

function pathFrom({ positions, isRing }: Line): DrawnPath {
  const xy = new Float64Array(positions.length * 2);
  positions.forEach((position, index) => xy.set(mercatorFromLonLat(position[0] ?? NaN, position[1] ?? NaN), index * 2));
  return { xy, isRing };
}

function pair(position: Position | undefined): readonly [number, number] | undefined {
  const [lon, lat] = position ?? [];
  return lon === undefined || lat === undefined ? undefined : [lon, lat];
}

function boundsOf(positions: readonly Position[]): Bounds | undefined {
  return union(positions.flatMap(([lon, lat]) => (lon === undefined || lat === undefined ? [] : [[lon, lat, lon, lat] as const])));
}

function union(boxes: readonly Bounds[]): Bounds | undefined {
  if (boxes.length === 0) return undefined;
  return boxes.reduce<[number, number, number, number]>(
    ([west, south, east, north], box) => [
      Math.min(west, box[0]),
      Math.min(south, box[1]),
      Math.max(east, box[2]),
      Math.max(north, box[3]),
    ],
    [Infinity, Infinity, -Infinity, -Infinity],
  );
}

function touch(a: Bounds, b: Bounds): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}

function middle([west, south, east, north]: Bounds): readonly [number, number] {
  return [(west + east) / 2, (south + north) / 2];
}
