//! A finished tile: its bytes, each compression made once, and the tag that names its content.

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use std::hash::{DefaultHasher, Hasher};
use std::io::Write;
use std::sync::{Arc, OnceLock};

/// Level that compresses vector tiles well without costing more than drawing them.
const GZIP_LEVEL: u32 = 6;
/// The same for Brotli: as small as gzip 9 at about the cost of gzip 6.
const BROTLI_QUALITY: u32 = 5;

/// A tile as it is answered. Cloning shares the bytes.
#[derive(Debug, Clone)]
pub struct TileAnswer {
    kept: Arc<Kept>,
}

#[derive(Debug)]
struct Kept {
    shapes_version: u64,
    tag: String,
    identity: Bytes,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
}

impl TileAnswer {
    pub(super) fn new(shapes_version: u64, bytes: Vec<u8>) -> Self {
        let tag = tag(&bytes);
        let identity = Bytes::from(bytes);
        let kept = Kept { shapes_version, tag, identity, gzip: OnceLock::new(), brotli: OnceLock::new() };
        Self { kept: Arc::new(kept) }
    }

    /// Version of the shapes it was drawn from.
    pub fn shapes_version(&self) -> u64 {
        self.kept.shapes_version
    }

    /// Whether nothing is in it: 204.
    pub fn is_empty(&self) -> bool {
        self.kept.identity.is_empty()
    }

    /// Name of the content, of hexadecimal digits: an entity tag is this and what tells the encodings apart, in quotes.
    pub fn tag(&self) -> &str {
        &self.kept.tag
    }

    /// The tile as it is.
    pub fn identity(&self) -> Bytes {
        self.kept.identity.clone()
    }

    /// The tile as gzip, made at the first call.
    pub fn gzip(&self) -> Bytes {
        self.kept.gzip.get_or_init(|| gzip(&self.kept.identity).into()).clone()
    }

    /// The tile as Brotli, made at the first call.
    pub fn brotli(&self) -> Bytes {
        self.kept.brotli.get_or_init(|| brotli(&self.kept.identity).into()).clone()
    }

    /// Whether gzip has been made: answering takes no time then.
    pub fn has_gzip(&self) -> bool {
        self.kept.gzip.get().is_some()
    }

    /// Whether Brotli has been made.
    pub fn has_brotli(&self) -> bool {
        self.kept.brotli.get().is_some()
    }

    /// Most bytes it can come to hold: no compression is larger than the tile by more than a header.
    pub(super) fn weight(&self) -> u64 {
        3 * self.kept.identity.len() as u64 + 256
    }
}

/// 128 bits of the content, the same in every run of one build.
fn tag(bytes: &[u8]) -> String {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        hasher.write_u8(salt);
        hasher.write(bytes);
        hasher.finish()
    };
    format!("{:016x}{:016x}", half(0), half(1))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(GZIP_LEVEL));
    // Writing to memory cannot fail; if it did, the client would see a broken stream, never a wrong tile.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 2);
    {
        let mut encoder = brotli::CompressorWriter::new(&mut out, 4096, BROTLI_QUALITY, 20);
        let _ = encoder.write_all(bytes);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn every_encoding_holds_the_same_bytes() {
        let bytes: Vec<u8> = (0..50_000u32).flat_map(|n| (n / 7).to_le_bytes()).collect();
        let answer = TileAnswer::new(1, bytes.clone());
        assert!(!answer.has_gzip() && !answer.has_brotli());
        let mut unzipped = Vec::new();
        flate2::read::GzDecoder::new(&answer.gzip()[..]).read_to_end(&mut unzipped).unwrap();
        let mut unbrotlied = Vec::new();
        brotli::Decompressor::new(&answer.brotli()[..], 4096).read_to_end(&mut unbrotlied).unwrap();
        assert_eq!((unzipped, unbrotlied), (bytes.clone(), bytes));
        assert!(answer.has_gzip() && answer.has_brotli());
    }

    #[test]
    fn tags_tell_contents_apart() {
        let tag = |bytes: &[u8]| TileAnswer::new(1, bytes.to_vec()).tag().to_owned();
        assert_eq!(tag(b"a"), tag(b"a"));
        assert_ne!(tag(b"a"), tag(b"b"));
        assert_eq!(tag(b"").len(), 32);
    }
}
