//! What every journey stands on: the real binary, requests, the stream, the words of field work.

pub mod district;
pub mod feed;
pub mod http;
pub mod mvt;
pub mod server;

pub use district::{from_now, new_id, seq, visit};
pub use feed::Feed;
pub use server::{Server, binary, wangge, words};

/// A new folder for data, deleted at the end.
pub fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("wangge-test-").tempdir().expect("a temporary folder")
}
