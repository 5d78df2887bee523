// Triangles of one colour.

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
  only_slot: u32,
}

const NO_SLOT = 0xffffffffu;

@group(0) @binding(0) var<uniform> tile: Tile;
@group(1) @binding(0) var<uniform> paint: Paint;

@vertex
fn vertex(@location(0) at: vec2i, @location(1) slot: u32) -> @builtin(position) vec4f {
  if paint.only_slot != NO_SLOT && paint.only_slot != slot {
    return vec4f(2.0, 2.0, 2.0, 1.0);
  }
  return vec4f(tile.clip_from_tile * vec2f(at) + tile.shift, 0.0, 1.0);
}

@fragment
fn fragment() -> @location(0) vec4f {
  return paint.color;
}
