//! What the district is made of, what can happen to it, and what follows: words of the field, no bytes, no clock.

pub mod area;
pub mod changes;
pub mod event;
pub mod feature;
pub mod figures;
pub mod household;
pub mod round;
pub mod seq;
pub mod visit;
