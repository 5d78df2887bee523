// `globalThis.wangge`: what the page knows, for tests in a browser and for the curious at a console. It shows, and owns nothing.

import type { DistrictMap } from './elements/district-map.ts';
import type { MapHandle } from './engine/handle.ts';
import type { Figures } from './store/figures.ts';
import type { Store } from './store/store.ts';

/** What can be looked at. */
export interface Inspection {
  /** The engine; undefined while there is no map. */
  readonly map: MapHandle | undefined;
  readonly canvas: HTMLCanvasElement;
  /** Figures of all doors of the round shown. */
  figures(): Figures | undefined;
  /** How the badge stands. */
  freshness(): 'connecting' | 'live' | 'lost';
}

declare global {
  var wangge: Inspection | undefined;
}

/** Opens the view onto a page's store and map. */
export function openInspection(store: Store, map: DistrictMap): void {
  globalThis.wangge = {
    get map() {
      return map.engine;
    },
    get canvas() {
      return map.surface;
    },
    figures: () => store.total,
    freshness: () => store.connection().kind,
  };
}
