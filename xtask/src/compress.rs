//! Compressed neighbours (`.br`, `.gz`) of the built pages, so that the server never compresses them.

use crate::{fingerprint, wasm::Flavour};
use anyhow::Result;
use flate2::{Compression, write::GzEncoder};
use std::{fs, io::Write, path::Path};

/// How hard to compress.
#[derive(Clone, Copy)]
pub enum Quality {
    /// For tests.
    Quick,
    /// As shipped.
    Best,
}

impl From<Flavour> for Quality {
    fn from(flavour: Flavour) -> Self {
        match flavour {
            Flavour::Test => Self::Quick,
            Flavour::Release => Self::Best,
        }
    }
}

impl Quality {
    /// A word for stamps.
    pub fn id(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Best => "best",
        }
    }

    fn brotli(self) -> u32 {
        match self {
            Self::Quick => 5,
            Self::Best => 11,
        }
    }
}

/// Endings of files that compress.
const TEXTS: [&str; 8] = ["html", "js", "css", "wasm", "json", "svg", "txt", "webmanifest"];

fn compresses(file: &Path) -> bool {
    file.extension().is_some_and(|ending| TEXTS.iter().any(|text| ending == *text))
}

/// Writes `FILE.br` and `FILE.gz` beside every file that compresses.
///
/// # Errors
/// When a file cannot be read or written.
pub fn beside_every_file(folder: &Path, quality: Quality) -> Result<()> {
    for file in fingerprint::files_below(folder, &[])?.iter().filter(|file| compresses(file)) {
        let bytes = fs::read(file)?;
        fs::write(neighbour(file, "br"), brotli_of(&bytes, quality)?)?;
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&bytes)?;
        fs::write(neighbour(file, "gz"), gzip.finish()?)?;
    }
    Ok(())
}

fn brotli_of(bytes: &[u8], quality: Quality) -> Result<Vec<u8>> {
    let mut result = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut result, 1 << 16, quality.brotli(), 22);
    writer.write_all(bytes)?;
    writer.flush()?;
    drop(writer);
    Ok(result)
}

fn neighbour(file: &Path, ending: &str) -> std::path::PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// Prints what each file weighs, plain and compressed.
///
/// # Errors
/// When a file cannot be read.
pub fn print_sizes(folder: &Path) -> Result<()> {
    let size = |path: &Path| fs::metadata(path).map(|m| m.len()).unwrap_or(0);
    let kb = |bytes: u64| bytes as f64 / 1000.0;
    let mut sums = [0; 3];
    println!("{:>10} {:>10} {:>10}  file (kB: plain, gzip, brotli)", "", "", "");
    for file in fingerprint::files_below(folder, &[])?.iter().filter(|file| compresses(file)) {
        let sizes = [size(file), size(&neighbour(file, "gz")), size(&neighbour(file, "br"))];
        println!(
            "{:>10.1} {:>10.1} {:>10.1}  {}",
            kb(sizes[0]),
            kb(sizes[1]),
            kb(sizes[2]),
            file.strip_prefix(folder)?.display()
        );
        sums.iter_mut().zip(sizes).for_each(|(sum, size)| *sum += size);
    }
    println!("{:>10.1} {:>10.1} {:>10.1}  in all", kb(sums[0]), kb(sums[1]), kb(sums[2]));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn every_text_gets_neighbours_that_unpack_to_it_and_pictures_get_none() {
        let folder = tempfile::tempdir().unwrap();
        let text = "wangge ".repeat(500);
        fs::write(folder.path().join("a.js"), &text).unwrap();
        fs::write(folder.path().join("b.png"), &text).unwrap();

        beside_every_file(folder.path(), Quality::Quick).unwrap();

        let mut unpacked = String::new();
        brotli::Decompressor::new(fs::File::open(folder.path().join("a.js.br")).unwrap(), 4096)
            .read_to_string(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, text);
        unpacked.clear();
        flate2::read::GzDecoder::new(fs::File::open(folder.path().join("a.js.gz")).unwrap())
            .read_to_string(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, text);
        assert!(!folder.path().join("b.png.br").exists());
    }
}
