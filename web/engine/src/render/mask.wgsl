// Marks a tile's part of the screen in the stencil. The quad reaches one tile unit (1/8 px) over the edge, so that
// rounding never leaves a seam between neighbours; the later tile wins there.

struct Tile {
  clip_from_tile: mat2x2f,
  shift: vec2f,
  half_viewport_px: vec2f,
  pattern_from_tile: f32,
  screen_from_pattern: f32,
  pixel_ratio: f32,
  pad: f32,
}

@group(0) @binding(0) var<uniform> tile: Tile;

@vertex
fn vertex(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
  let corner = vec2f(f32(index & 1u), f32(index >> 1u)) * 4098.0 - 1.0;
  return vec4f(tile.clip_from_tile * corner + tile.shift, 0.0, 1.0);
}

@fragment
fn fragment() -> @location(0) vec4f {
  return vec4f(0.0);
}
