// Triangles coloured by the class of their slot's share: the lowest class hatched at 45 degrees, those not started dotted.
// Patterns are fixed to the ground, so they do not swim while the map is moved.

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
  colors: array<vec4f, 5>,
  not_started: vec4f,
  mark: vec4f,
  steps: vec4f,
  opacity: f32,
  mark_width_px: f32,
}

struct Varying {
  @builtin(position) position: vec4f,
  @location(0) pattern_px: vec2f,
  @location(1) @interpolate(flat) class_index: u32,
}

const NOTHING = 6u;
const NOT_STARTED = 5u;
const HATCH_PERIOD = 8.0;
const DOT_PERIOD = 16.0;
const TABLE_WIDTH_BITS = 10u;

@group(0) @binding(0) var<uniform> tile: Tile;
@group(1) @binding(0) var<uniform> paint: Paint;
@group(2) @binding(0) var shares: texture_2d<u32>;

fn class_of(slot: u32) -> u32 {
  let place = vec2u(slot & ((1u << TABLE_WIDTH_BITS) - 1u), slot >> TABLE_WIDTH_BITS);
  if place.y >= textureDimensions(shares).y {
    return NOTHING;
  }
  let share = bitcast<f32>(textureLoad(shares, place, 0).r);
  if share < -1.5 {
    return NOT_STARTED;
  }
  if share < 0.0 {
    return NOTHING;
  }
  return dot(vec4u(vec4f(share) >= paint.steps), vec4u(1u));
}

@vertex
fn vertex(@location(0) at: vec2i, @location(1) slot: u32) -> Varying {
  var out: Varying;
  out.class_index = class_of(slot);
  out.pattern_px = vec2f(at) * tile.pattern_from_tile;
  out.position = vec4f(tile.clip_from_tile * vec2f(at) + tile.shift, 0.0, 1.0);
  if out.class_index == NOTHING {
    out.position = vec4f(2.0, 2.0, 2.0, 1.0);
  }
  return out;
}

fn over(top: vec4f, bottom: vec4f) -> vec4f {
  return top + bottom * (1.0 - top.a);
}

// How much of this pixel a hatch line covers.
fn hatch(pattern_px: vec2f) -> f32 {
  let across = (pattern_px.x + pattern_px.y) / HATCH_PERIOD;
  let from_line_px = abs(fract(across) - 0.5) * HATCH_PERIOD * 0.70710678 * tile.screen_from_pattern;
  return clamp(0.5 * paint.mark_width_px - from_line_px + 0.5, 0.0, 1.0);
}

// How much of this pixel a dot covers: one in the middle and one in the corners of every cell.
fn dots(pattern_px: vec2f) -> f32 {
  let cell = abs(fract(pattern_px / DOT_PERIOD) - 0.5);
  let from_dot_px = min(length(cell), length(cell - 0.5)) * DOT_PERIOD * tile.screen_from_pattern;
  return clamp(0.9 * paint.mark_width_px - from_dot_px + 0.5, 0.0, 1.0);
}

@fragment
fn fragment(in: Varying) -> @location(0) vec4f {
  var color = paint.not_started;
  if in.class_index < 5u {
    color = paint.colors[in.class_index];
  }
  if in.class_index == 0u {
    color = over(paint.mark * hatch(in.pattern_px), color);
  }
  if in.class_index == NOT_STARTED {
    color = over(paint.mark * dots(in.pattern_px), color);
  }
  return color * paint.opacity;
}
