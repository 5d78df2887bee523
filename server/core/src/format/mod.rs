//! Bytes and text of the outside world: GeoJSON, MVT, state tables, live messages, segments.
