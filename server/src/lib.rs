//! The server's rooms: the log and its only writer, tiles and stream, the API over them, and the demo district.
#![forbid(unsafe_code)]

pub mod api;
pub mod auth;
pub mod check;
pub mod commit;
pub mod export;
pub mod import;
pub mod kinds;
pub mod live;
pub mod simulate;
pub mod store;
pub mod table;
pub mod tiles;
