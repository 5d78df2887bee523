// The district as a quiet ground: no coverage, doors as small grey dots, so that only changes speak.

import type { MapHandle, TableSink } from '../engine/handle.ts';

interface StyleLayer {
  id?: unknown;
  paint?: Record<string, unknown>;
}

/** Layers that say how far a round is. */
const SPEAKS = /^area-fill-|^households-(block|due)$/;
const DOORS = 'households';

/** The style without what a round says; the doors keep their places, in one colour. */
export function calmStyle(style: unknown): unknown {
  const { layers, ...rest } = (style ?? {}) as { layers?: unknown };
  if (!Array.isArray(layers)) return style;
  const calm = (layers as StyleLayer[])
    .filter(({ id }) => typeof id !== 'string' || !SPEAKS.test(id))
    .map((layer) => (layer.id === DOORS ? { ...layer, paint: { ...layer.paint, 'circle-color': oneColour(layer.paint?.['circle-color']) } } : layer));
  return { ...rest, layers: calm };
}

/** `match` with every state in the colour of doors that are out of the count. */
function oneColour(colour: unknown): unknown {
  if (!Array.isArray(colour) || colour[0] !== 'match') return colour;
  const quiet: unknown = colour.at(-1);
  return colour.map((part: unknown, at) => (at >= 3 && at % 2 === 1 ? quiet : part));
}

/** The map, fed with the style made quiet. */
export function calmSink(map: MapHandle): TableSink {
  return {
    setStyle: (style) => map.setStyle(calmStyle(style)),
    setDoorStates: (body) => map.setDoorStates(body),
    setAreaCounts: (body) => map.setAreaCounts(body),
    applyChanges: (doors, areas) => map.applyChanges(doors, areas),
    setShapesVersion: (version) => map.setShapesVersion(version),
  };
}
