// Screen positions from lon/lat for a whole frame, from the affine the engine says once.

/** A view of Web Mercator: `[x · along + y · across + left, y · along − x · across + top]` are CSS pixels. */
export interface Placement {
  /** CSS pixels the whole world is wide, times the cosine of the bearing. */
  along: number;
  /** The same, times its sine. */
  across: number;
  /** Where Web Mercator begins on the screen: the world's north-west corner. */
  left: number;
  top: number;
}

/** `[lon, lat]` in CRS84 degrees to CSS pixels. */
export interface Projection extends Placement {
  toScreen(lon: number, lat: number): [number, number];
  /** CSS pixels the whole world is wide, along itself. */
  worldWidthPx: number;
}

/** Web Mercator of a position: the world is 1 wide, y grows southward. */
export function mercatorFromLonLat(lon: number, lat: number): [number, number] {
  const sin = Math.sin((lat * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)];
}

/** CRS84 degrees of a Web Mercator position, on whichever copy of the world it lies. */
export function lonLatFromMercator(x: number, y: number): [number, number] {
  const first = x < 0 || x > 1 ? x - Math.floor(x) : x;
  return [(first - 0.5) * 360, (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI];
}

/** CSS pixels of a Web Mercator position. */
export function screenFromMercator({ along, across, left, top }: Placement, x: number, y: number): [number, number] {
  return [x * along + y * across + left, y * along - x * across + top];
}

/**
 * Projection of a map that may be turned and is not tilted, from the affine of `MapHandle.screenAffine`.
 *
 * Thousands of labels a frame then cost no call into the engine. Positions are on the first copy of the world.
 */
export function projectionFrom(affine: ArrayLike<number>): Projection {
  const [along = 1, minusAcross = 0, , , left = 0, top = 0] = Array.from(affine);
  const placement = { along, across: -minusAcross, left, top };
  return {
    ...placement,
    worldWidthPx: Math.hypot(along, minusAcross),
    toScreen: (lon, lat) => screenFromMercator(placement, ...mercatorFromLonLat(lon, lat)),
  };
}

/** How wide a box of degrees is on the screen, CSS pixels, its corners counted however the map is turned. */
export function widthOnScreen({ along, across }: Placement, [west, south, east, north]: readonly [number, number, number, number]): number {
  const [x0, y0] = mercatorFromLonLat(west, north);
  const [x1, y1] = mercatorFromLonLat(east, south);
  return Math.abs((x1 - x0) * along) + Math.abs((y1 - y0) * across);
}

/** Zoom for which the world is `512 × 2^zoom` CSS pixels wide, whatever the engine counts from. */
export function zoomOf(projection: Projection): number {
  return Math.log2(projection.worldWidthPx / 512);
}
