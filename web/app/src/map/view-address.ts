// A view in the address of a page, so that it can be kept and sent: `#117.65000,24.51000,15.20`, turned `…,15.20,40.0`.

import type { MapView } from '../engine/handle.ts';

/** Longitude, latitude, zoom, and the bearing of a map that is turned; five decimals are a metre. */
export function hashFromView({ lon, lat, zoom, bearing = 0 }: MapView): string {
  const turned = bearing.toFixed(1);
  return `#${lon.toFixed(5)},${lat.toFixed(5)},${zoom.toFixed(2)}${Number(turned) % 360 === 0 ? '' : `,${turned}`}`;
}

/** View from the hash of an address, north up where it names no bearing; undefined where it is none. */
export function viewFromHash(hash: string): MapView | undefined {
  const [lon, lat, zoom, bearing = 0] = hash.slice(1).split(',').map(Number);
  if (lon === undefined || lat === undefined || zoom === undefined) return undefined;
  const usable = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 24 && Math.abs(bearing) <= 360;
  return usable ? { lon, lat, zoom, bearing } : undefined;
}
