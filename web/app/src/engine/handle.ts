// The border to the map engine: its methods under their types, and nothing else of it.

import type { Level } from '../api/types.ts';

/** Where the map looks: CRS84 degrees, zoom, and how it is turned. */
export interface MapView {
  lon: number;
  lat: number;
  zoom: number;
  /** Degrees clockwise from north of what is up, 0..360; where absent, what is up stays. */
  bearing?: number | undefined;
}

/** What lies under a position of the map. */
export interface Picked {
  /** Slots of doors, nearest first. */
  doors: number[];
  /** Areas, smallest first. */
  areas: { slot: number; level: Level }[];
}

/** What the engine is made with. */
export interface EngineOptions {
  /** Address of shape tiles, with `{version}`, `{layers}`, `{z}`, `{x}`, `{y}`. */
  shapes: string;
  version: string;
  bounds: [number, number, number, number];
  /** Address of the tile worker. */
  worker: string;
}

/** The engine's class as wasm-bindgen gives it. */
export interface RawMap {
  set_style(styleJson: string): void;
  set_door_states(body: Uint8Array): void;
  set_area_counts(body: Uint8Array): void;
  apply_changes(doors: Uint32Array, areas: Uint32Array): void;
  set_shapes_version(version: string): void;
  resize(widthCss: number, heightCss: number, devicePixelRatio: number): void;
  fit_bounds(west: number, south: number, east: number, north: number, paddingPx: number): void;
  set_view(lon: number, lat: number, zoom: number, bearing?: number): void;
  view(): string;
  pan_by(dx: number, dy: number): void;
  zoom_by(dz: number, xCss: number, yCss: number): void;
  north_up(): void;
  project(lon: number, lat: number): Float64Array;
  screen_affine(): Float64Array;
  unproject(xCss: number, yCss: number): Float64Array;
  pick(xCss: number, yCss: number): string;
  select(kind: 'door' | 'area' | 'none', slot: number): void;
  frame(nowMs: number): boolean;
  on_wake(callback: () => void): void;
  set_reduced_motion(reduced: boolean): void;
  stats(): string;
  free(): void;
}

/** Counters of the engine; there are more of them for tests and the curious. */
export interface MapStats {
  /** Tiles in the picture. */
  tiles_visible: number;
  /** Whether every tile of the view is shown. */
  complete: boolean;
  /** Graphics devices lost and opened again. */
  devices_lost: number;
}

/** Where tables and style go: the part of the engine the store feeds. */
export interface TableSink {
  setStyle(style: unknown): void;
  setDoorStates(body: Uint8Array): void;
  setAreaCounts(body: Uint8Array): void;
  applyChanges(doors: Uint32Array, areas: Uint32Array): void;
  setShapesVersion(version: string): void;
}

/** The one handle on the engine. */
export class MapHandle implements TableSink {
  readonly #map: RawMap;

  constructor(map: RawMap) {
    this.#map = map;
  }

  setStyle(style: unknown): void {
    this.#map.set_style(JSON.stringify(style));
  }

  setDoorStates(body: Uint8Array): void {
    this.#map.set_door_states(body);
  }

  setAreaCounts(body: Uint8Array): void {
    this.#map.set_area_counts(body);
  }

  applyChanges(doors: Uint32Array, areas: Uint32Array): void {
    this.#map.apply_changes(doors, areas);
  }

  setShapesVersion(version: string): void {
    this.#map.set_shapes_version(version);
  }

  resize(widthCss: number, heightCss: number, devicePixelRatio: number): void {
    this.#map.resize(widthCss, heightCss, devicePixelRatio);
  }

  fitBounds(bounds: readonly [number, number, number, number], paddingPx: number): void {
    this.#map.fit_bounds(...bounds, paddingPx);
  }

  view(): MapView {
    return JSON.parse(this.#map.view()) as MapView;
  }

  setView(view: MapView): void {
    this.#map.set_view(view.lon, view.lat, view.zoom, view.bearing);
  }

  panBy(dx: number, dy: number): void {
    this.#map.pan_by(dx, dy);
  }

  zoomBy(dz: number, xCss: number, yCss: number): void {
    this.#map.zoom_by(dz, xCss, yCss);
  }

  /** Turns smoothly until north is up. */
  northUp(): void {
    this.#map.north_up();
  }

  /** How Web Mercator (a world of 1, y southward) lies on the canvas: columns of an affine, then its shift, CSS pixels. */
  screenAffine(): Float64Array {
    return this.#map.screen_affine();
  }

  /** CSS pixels from the map's top left corner for a position in CRS84 degrees. */
  project(lon: number, lat: number): [number, number] {
    const point = this.#map.project(lon, lat);
    return [point[0] ?? 0, point[1] ?? 0];
  }

  /** CRS84 degrees for CSS pixels from the map's top left corner. */
  unproject(xCss: number, yCss: number): [number, number] {
    const position = this.#map.unproject(xCss, yCss);
    return [position[0] ?? 0, position[1] ?? 0];
  }

  pick(xCss: number, yCss: number): Picked {
    return JSON.parse(this.#map.pick(xCss, yCss)) as Picked;
  }

  selectDoor(slot: number): void {
    this.#map.select('door', slot);
  }

  selectArea(slot: number): void {
    this.#map.select('area', slot);
  }

  selectNothing(): void {
    this.#map.select('none', 0);
  }

  /** Whether to leave out smooth zooming and sliding. */
  setReducedMotion(reduced: boolean): void {
    this.#map.set_reduced_motion(reduced);
  }

  /** Applies what waits and draws when something changed; true when it wants another frame. */
  frame(nowMs: number): boolean {
    return this.#map.frame(nowMs);
  }

  onWake(callback: () => void): void {
    this.#map.on_wake(callback);
  }

  stats(): MapStats {
    return JSON.parse(this.#map.stats()) as MapStats;
  }

  free(): void {
    this.#map.free();
  }
}
