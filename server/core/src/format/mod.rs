//! Bytes and text of the outside world: addresses, MVT, state tables, live messages, events, segments.
//!
//! Reading checks everything and never panics, whatever the bytes; nothing here opens a file or a socket.

pub mod address;
pub mod event;
pub mod live;
pub mod mvt;
pub mod segment;
pub mod state_table;
