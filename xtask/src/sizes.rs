//! What the built pages weigh, plain and as they travel.

use crate::fingerprint;
use anyhow::Result;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Prints the size of every file that has compressed neighbours, and their sums.
///
/// # Errors
/// When the folder cannot be read.
pub fn print(folder: &Path) -> Result<()> {
    let size = |path: &Path| fs::metadata(path).map(|m| m.len()).unwrap_or(0);
    let row = |sizes: [u64; 3], name: &str| {
        let [plain, gzip, brotli] = sizes.map(|bytes| bytes as f64 / 1000.0);
        println!("{plain:>10.1} {gzip:>10.1} {brotli:>10.1}  {name}");
    };
    let mut sums = [0; 3];
    println!("{:>10} {:>10} {:>10}  kB", "plain", "gzip", "brotli");
    for file in fingerprint::files_below(folder, &[])?.iter().filter(|file| neighbour(file, "br").is_file()) {
        let sizes = [size(file), size(&neighbour(file, "gz")), size(&neighbour(file, "br"))];
        row(sizes, &file.strip_prefix(folder)?.display().to_string());
        sums.iter_mut().zip(sizes).for_each(|(sum, size)| *sum += size);
    }
    row(sums, "in all");
    Ok(())
}

fn neighbour(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}
