// Where layers can be taken out.

/** Layers that can be taken out. */
export const EXPORT_LAYERS = ['areas', 'households', 'roads', 'base', 'facilities', 'shops', 'staffing', 'visits'] as const;

/** A layer that can be taken out. */
export type ExportLayer = (typeof EXPORT_LAYERS)[number];

/** Formats, as addresses and as people call them. */
export const EXPORT_FORMATS = [
  { id: 'geojson', name: 'GeoJSON' },
  { id: 'csv', name: 'CSV' },
  { id: 'xlsx', name: 'Excel' },
  { id: 'gpkg', name: 'GeoPackage' },
  { id: 'fgb', name: 'FlatGeobuf' },
] as const;

/** What of a layer is taken out. */
export interface ExportAsked {
  within: string | undefined;
  at: string | undefined;
  round: string | undefined;
}

/** Address of a layer in a format. */
export function exportAddress(layer: ExportLayer, format: string, asked: ExportAsked): string {
  const query = Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const path = `/api/export/${layer}.${format}`;
  return query.length === 0 ? path : `${path}?${new URLSearchParams(query).toString()}`;
}
