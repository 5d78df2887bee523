// A view in the address of a page, so that it can be kept and sent: `#117.65000,24.51000,15.20`.

import type { MapView } from '../engine/handle.ts';

/** Longitude, latitude, zoom; five decimals are a metre. */
export function hashFromView({ lon, lat, zoom }: MapView): string {
  return `#${lon.toFixed(5)},${lat.toFixed(5)},${zoom.toFixed(2)}`;
}

/** View from the hash of an address; undefined where it is none. */
export function viewFromHash(hash: string): MapView | undefined {
  const [lon, lat, zoom] = hash.slice(1).split(',').map(Number);
  if (lon === undefined || lat === undefined || zoom === undefined) return undefined;
  const usable = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 24;
  return usable ? { lon, lat, zoom } : undefined;
}
