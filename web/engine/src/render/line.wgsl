// Lines, each straight piece a capsule: a quad around it, cut to a round-ended stroke by distance. Round ends meet as
// round joins, and the distance gives an edge that is smooth at any width.

struct Tile {
  clip_from_tile: mat2x2f,
  shift: vec2f,
  half_viewport_px: vec2f,
  pattern_from_tile: f32,
  screen_from_pattern: f32,
  pixel_ratio: f32,
  pad: f32,
}

struct Paint {
  color: vec4f,
  width_px: f32,
  only_slot: u32,
}

struct Varying {
  @builtin(position) position: vec4f,
  // Along and across the piece, px, from its beginning.
  @location(0) place_px: vec2f,
  @location(1) @interpolate(flat) length_px: f32,
}

const NO_SLOT = 0xffffffffu;
const DATA_WIDTH_BITS = 10u;

@group(0) @binding(0) var<uniform> tile: Tile;
@group(1) @binding(0) var<uniform> paint: Paint;
@group(2) @binding(0) var segments: texture_2d<u32>;

fn point_of(word: u32) -> vec2f {
  return vec2f(f32(i32(word << 16u) >> 16u), f32(i32(word) >> 16u));
}

@vertex
fn vertex(@builtin(vertex_index) index: u32) -> Varying {
  var out: Varying;
  let piece = index / 6u;
  let corner = index % 6u;
  let data = textureLoad(segments, vec2u(piece & ((1u << DATA_WIDTH_BITS) - 1u), piece >> DATA_WIDTH_BITS), 0);
  if paint.only_slot != NO_SLOT && paint.only_slot != data.z && paint.only_slot != data.w {
    out.position = vec4f(2.0, 2.0, 2.0, 1.0);
    return out;
  }
  let start = (tile.clip_from_tile * point_of(data.x) + tile.shift) * tile.half_viewport_px;
  let end = (tile.clip_from_tile * point_of(data.y) + tile.shift) * tile.half_viewport_px;
  let reach = 0.5 * max(paint.width_px, 1.0) + 1.0;
  let span = end - start;
  let long = length(span);
  let along = select(vec2f(1.0, 0.0), span / max(long, 1e-6), long > 1e-6);
  let across = vec2f(-along.y, along.x);
  let at_end = corner == 1u || corner == 4u || corner == 5u;
  let at_side = corner == 2u || corner == 3u || corner == 5u;
  let place = vec2f(select(-reach, long + reach, at_end), select(-reach, reach, at_side));
  let px = start + along * place.x + across * place.y;
  out.position = vec4f(px / tile.half_viewport_px, 0.0, 1.0);
  out.place_px = place;
  out.length_px = long;
  return out;
}

@fragment
fn fragment(in: Varying) -> @location(0) vec4f {
  let nearest = clamp(in.place_px.x, 0.0, in.length_px);
  let from_line = length(in.place_px - vec2f(nearest, 0.0));
  // A line thinner than a pixel is drawn a pixel wide and paler.
  let half_width = 0.5 * max(paint.width_px, 1.0);
  let cover = clamp(half_width - from_line + 0.5, 0.0, 1.0) * min(paint.width_px, 1.0);
  return paint.color * cover;
}
