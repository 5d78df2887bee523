//! Geometry, network, domain and formats of Wangge.
//!
//! Pure: no tokio, files, clock, randomness or logging; time and ids are arguments. The same code runs in the server and
//! in the browser.
#![forbid(unsafe_code)]

pub mod domain;
pub mod format;
pub mod geometry;
