// Positions as Chinese map services hand them out: the published GCJ-02 formula, written apart from the server's.

const AXIS_M = 6378245;
const FLATTENING = 0.00669342162296594323;
const { PI, abs, cos, sin, sqrt } = Math;

function shiftLat(x, y) {
  const waves = (20 * sin(6 * x * PI) + 20 * sin(2 * x * PI) + 20 * sin(y * PI) + 40 * sin((y / 3) * PI) + 160 * sin((y / 12) * PI) + 320 * sin((y * PI) / 30)) * (2 / 3);
  return -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + waves;
}

function shiftLon(x, y) {
  const waves = (20 * sin(6 * x * PI) + 20 * sin(2 * x * PI) + 20 * sin(x * PI) + 40 * sin((x / 3) * PI) + 150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * (2 / 3);
  return 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + waves;
}

/** GCJ-02 degrees of a WGS-84 position in China. */
export function gcj02FromWgs84([lon, lat]) {
  const [x, y] = [lon - 105, lat - 35];
  const phi = (lat / 180) * PI;
  const magic = 1 - FLATTENING * sin(phi) ** 2;
  const dLat = (shiftLat(x, y) * 180) / (((AXIS_M * (1 - FLATTENING)) / (magic * sqrt(magic))) * PI);
  const dLon = (shiftLon(x, y) * 180) / ((AXIS_M / sqrt(magic)) * cos(phi) * PI);
  return [lon + dLon, lat + dLat];
}

/** Metres between two positions near Zhangzhou. */
export function metresBetween(a, b) {
  return Math.hypot((a[0] - b[0]) * 101_300, (a[1] - b[1]) * 110_800);
}
