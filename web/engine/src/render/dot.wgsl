// Points, shaped and coloured by their slot's byte. One triangle around each carries the distance to its shape; the
// vertices are pulled from a texture, never instanced.

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
  colors: array<vec4f, 16>,
  glyphs: array<vec4u, 4>,
  rim: vec4f,
  collar: vec4f,
  radius_px: f32,
  rim_px: f32,
  collar_px: f32,
  opacity: f32,
  collar_bit: u32,
  fixed_state: u32,
  stroke_px: f32,
}

struct Varying {
  @builtin(position) position: vec4f,
  @location(0) place_px: vec2f,
  @location(1) @interpolate(flat) color: vec4f,
  // Glyph, and 1 where a collar is on.
  @location(2) @interpolate(flat) kind: vec2u,
}

const NO_SLOT = 0xffffffffu;
const WIDTH_BITS = 10u;
const DISC = 1u;
const RING = 2u;
const DISC_IN_RING = 3u;
const TRIANGLE = 4u;
const DIAMOND = 5u;
const SQUARE = 6u;
const CROSS = 7u;
// Below this radius shapes cannot be told apart and all are discs.
const SMALLEST_SHAPE_CSS = 2.4;

@group(0) @binding(0) var<uniform> tile: Tile;
@group(1) @binding(0) var<uniform> paint: Paint;
@group(2) @binding(0) var points: texture_2d<u32>;
@group(3) @binding(0) var states: texture_2d<u32>;

fn point_of(word: u32) -> vec2f {
  return vec2f(f32(i32(word << 16u) >> 16u), f32(i32(word) >> 16u));
}

fn byte_of(slot: u32) -> u32 {
  if paint.fixed_state != NO_SLOT {
    return paint.fixed_state;
  }
  let place = vec2u(slot & ((1u << WIDTH_BITS) - 1u), slot >> WIDTH_BITS);
  if place.y >= textureDimensions(states).y {
    return 0u;
  }
  return textureLoad(states, place, 0).r;
}

@vertex
fn vertex(@builtin(vertex_index) index: u32) -> Varying {
  var out: Varying;
  let dot_index = index / 3u;
  let data = textureLoad(points, vec2u(dot_index & ((1u << WIDTH_BITS) - 1u), dot_index >> WIDTH_BITS), 0);
  let byte = byte_of(data.y);
  let state = byte & 15u;
  var glyph = paint.glyphs[state / 4u][state % 4u];
  let center = tile.clip_from_tile * point_of(data.x) + tile.shift;
  if glyph == 0u || any(abs(center) > vec2f(1.2)) {
    out.position = vec4f(2.0, 2.0, 2.0, 1.0);
    return out;
  }
  if paint.radius_px < SMALLEST_SHAPE_CSS * tile.pixel_ratio {
    glyph = DISC;
  }
  let collared = (byte & paint.collar_bit) != 0u;
  // The triangle around a circle: its corners are twice the radius away.
  let reach = paint.radius_px * 1.2 + paint.rim_px + select(0.0, paint.collar_px, collared) + 1.0;
  var corners = array<vec2f, 3>(vec2f(-1.7320508, -1.0), vec2f(1.7320508, -1.0), vec2f(0.0, 2.0));
  let place = corners[index % 3u] * reach;
  out.position = vec4f(center + place / tile.half_viewport_px, 0.0, 1.0);
  out.place_px = place;
  out.color = paint.colors[state];
  out.kind = vec2u(glyph, u32(collared));
  return out;
}

fn triangle_distance(p: vec2f, radius: f32) -> f32 {
  // Equilateral, point up, its centre of mass in the middle; radius of the circle around it.
  let q = vec2f(abs(p.x), p.y);
  return max(dot(q, vec2f(0.8660254, 0.5)) - 0.5 * radius, -p.y - 0.5 * radius);
}

fn cross_distance(p: vec2f, radius: f32, half_width: f32) -> f32 {
  let q = abs(vec2f(p.x + p.y, p.x - p.y)) * 0.70710678;
  let arm = max(q.x, q.y) - radius;
  return max(arm, min(q.x, q.y) - half_width);
}

// Distance to the solid outline of the glyph, then to its ink, px.
fn distances(glyph: u32, p: vec2f, radius: f32) -> vec2f {
  let stroke = select(max(0.36 * radius, 1.3 * tile.pixel_ratio), paint.stroke_px, paint.stroke_px > 0.0);
  let disc = length(p) - radius;
  switch glyph {
    case RING: {
      return vec2f(disc, max(disc, radius - stroke - length(p)));
    }
    case DISC_IN_RING: {
      let thin = max(0.2 * radius, tile.pixel_ratio);
      return vec2f(disc, min(max(disc, radius - thin - length(p)), length(p) - 0.52 * radius));
    }
    case TRIANGLE: {
      let d = triangle_distance(p, radius * 1.3);
      return vec2f(d, d);
    }
    case DIAMOND: {
      let d = (abs(p.x) + abs(p.y) - radius * 1.2) * 0.70710678;
      return vec2f(d, d);
    }
    case SQUARE: {
      let d = max(abs(p.x), abs(p.y)) - radius * 0.86;
      return vec2f(d, d);
    }
    case CROSS: {
      let d = cross_distance(p, radius, 0.5 * stroke);
      return vec2f(d, d);
    }
    default: {
      return vec2f(disc, disc);
    }
  }
}

fn over(top: vec4f, bottom: vec4f) -> vec4f {
  return top + bottom * (1.0 - top.a);
}

@fragment
fn fragment(in: Varying) -> @location(0) vec4f {
  let d = distances(in.kind.x, in.place_px, paint.radius_px);
  var color = paint.rim * clamp(paint.rim_px - d.x + 0.5, 0.0, 1.0);
  if in.kind.y == 1u {
    let collar = paint.collar * clamp(paint.rim_px + paint.collar_px - d.x + 0.5, 0.0, 1.0);
    color = over(color, collar);
  }
  color = over(in.color * clamp(0.5 - d.y, 0.0, 1.0), color);
  return color * paint.opacity;
}
