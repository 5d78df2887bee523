// What the server answers, in the words of its OpenAPI document.

/** Level of an area, from the whole to the smallest. */
export type Level = 'district' | 'subdistrict' | 'community' | 'grid' | 'block';

/** A round, as `/catalog` and `/api/rounds` list it. */
export interface Round {
  id: string;
  name: string;
  purpose?: string;
  starts_at: string;
  ends_at?: string | null;
  scope: string[];
}

/** `/catalog`: what is here. */
export interface Catalog {
  name: string;
  shapes_version: string | number;
  bounds: [number, number, number, number];
  center: [number, number, number];
  minzoom: number;
  maxzoom: number;
  rounds: Round[];
  default_round?: string | null;
  epoch: number;
}

/** An area of `/api/areas`, without its geometry. */
export interface AreaProperties {
  slot: number;
  code: string;
  name: string;
  level: Level;
  parent?: string | null;
  label: [number, number];
  bbox: [number, number, number, number];
  doors: number;
}

/** `/api/areas`. */
export interface AreaCollection {
  features: { properties: AreaProperties }[];
}

/** State of a door in a round. */
export type DoorState =
  | 'none'
  | 'untouched'
  | 'met'
  | 'remote'
  | 'no_answer'
  | 'refused'
  | 'no_access'
  | 'vacant'
  | 'moved'
  | 'demolished';

/** A door of `/api/doors`. */
export interface DoorProperties {
  id: string;
  slot: number;
  grid?: string | null;
  address: string;
  kind: 'home' | 'rental' | 'shop';
  state: DoorState;
  attempts: number;
  follow_up_due: boolean;
  last_visit_at?: string | null;
}

/** `/api/doors`. */
export interface DoorCollection {
  features: { properties: DoorProperties; geometry: { coordinates: number[] } | null }[];
}

/** Counts of `/api/coverage` for the doors that lie in no grid. */
export interface UnassignedCounts {
  eligible: number;
  touched: number;
  reached: number;
  untouched: number;
}

/** `/api/coverage`. */
export interface Coverage {
  round: string;
  unassigned: UnassignedCounts;
}
