// Screen positions from lon/lat for a whole frame, from two positions the engine projected.

/** `[lon, lat]` in CRS84 degrees to CSS pixels. */
export interface Projection {
  toScreen(lon: number, lat: number): [number, number];
  /** CSS pixels of where Web Mercator begins: the world's north-west corner. */
  origin: [number, number];
  /** CSS pixels the whole world is wide. */
  worldWidthPx: number;
}

/** Web Mercator of a position: the world is 1 wide, y grows southward. */
export function mercatorFromLonLat(lon: number, lat: number): [number, number] {
  const sin = Math.sin((lat * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)];
}

/** CRS84 degrees of a Web Mercator position. */
export function lonLatFromMercator(x: number, y: number): [number, number] {
  return [(x - 0.5) * 360, (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI];
}

/**
 * Projection of a map that is neither turned nor tilted.
 *
 * `project` is asked twice, for the corners of `bounds`; everything else is a multiplication. Thousands of labels a frame
 * then cost no call into the engine.
 */
export function projectionFrom(
  project: (lon: number, lat: number) => [number, number],
  bounds: readonly [number, number, number, number],
): Projection {
  const [west, south, east, north] = bounds;
  const [x0, y0] = mercatorFromLonLat(west, north);
  const [x1, y1] = mercatorFromLonLat(east, south);
  const [sx0, sy0] = project(west, north);
  const [sx1, sy1] = project(east, south);
  const scaleX = (sx1 - sx0) / (x1 - x0);
  const scaleY = (sy1 - sy0) / (y1 - y0);
  return {
    worldWidthPx: scaleX,
    origin: [sx0 - x0 * scaleX, sy0 - y0 * scaleY],
    toScreen(lon, lat) {
      const [x, y] = mercatorFromLonLat(lon, lat);
      return [sx0 + (x - x0) * scaleX, sy0 + (y - y0) * scaleY];
    },
  };
}

/** Zoom for which the world is `512 × 2^zoom` CSS pixels wide, whatever the engine counts from. */
export function zoomOf(projection: Projection): number {
  return Math.log2(projection.worldWidthPx / 512);
}
