//! The map engine.
