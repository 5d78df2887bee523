// Writes many changed values into a table at once: a point a change, each covering one texel.

const WIDTH_BITS = 10u;

struct Varying {
  @builtin(position) position: vec4f,
  @location(0) @interpolate(flat) bits: u32,
}

struct Size {
  rows: vec4f,
}

@group(0) @binding(0) var<uniform> size: Size;

@vertex
fn vertex(@location(0) slot: u32, @location(1) bits: u32) -> Varying {
  var out: Varying;
  let texel = vec2f(f32(slot & ((1u << WIDTH_BITS) - 1u)), f32(slot >> WIDTH_BITS)) + 0.5;
  let share = texel / vec2f(f32(1u << WIDTH_BITS), size.rows.x);
  out.position = vec4f(share.x * 2.0 - 1.0, 1.0 - share.y * 2.0, 0.0, 1.0);
  out.bits = bits;
  return out;
}

@fragment
fn fragment(in: Varying) -> @location(0) vec4u {
  return vec4u(in.bits, 0u, 0u, 0u);
}
