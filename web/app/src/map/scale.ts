// The scale bar: a round length that fits.

const EARTH_CIRCUMFERENCE_M = 40_075_016.686;

/** A bar of the scale. */
export interface ScaleBar {
  lengthM: number;
  widthPx: number;
}

/** Metres a CSS pixel spans at a latitude (degrees), the world being so many pixels wide. Spherical, as Web Mercator is. */
export function metresPerPixel(worldWidthPx: number, lat: number): number {
  return (EARTH_CIRCUMFERENCE_M * Math.cos((lat * Math.PI) / 180)) / worldWidthPx;
}

/** The longest bar of 1, 2 or 5 times a power of ten metres that is at most `longestPx` wide. */
export function scaleBar(metresPerPx: number, longestPx: number): ScaleBar {
  const longestM = metresPerPx * longestPx;
  const power = 10 ** Math.floor(Math.log10(longestM));
  const factor = [5, 2, 1].find((each) => each * power <= longestM) ?? 1;
  return { lengthM: factor * power, widthPx: (factor * power) / metresPerPx };
}
