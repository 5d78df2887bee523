//! Memory stays bounded, however large the file and whatever is in it.

use super::*;
use std::{
    io::{BufWriter, Write},
    process::{Command, Stdio},
    time::Duration,
};

/// Runs an import and answers the most memory it ever had, MB, and whether it took everything.
fn peak_mb(kind: &str, file: &Path, data: &Path) -> (f64, bool) {
    let mut child = Command::new(binary())
        .args(["import", kind, text(file), "--data", text(data)])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0.0;
    loop {
        // The mark only rises, so the last one seen is the highest but for the last few milliseconds.
        let said = fs::read_to_string(&status).unwrap_or_default();
        let mark = said.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kb = mark.and_then(|mark| mark.split_whitespace().next()).and_then(|kb| kb.parse::<f64>().ok());
        peak = kb.map_or(peak, |kb| kb / 1024.0);
        if let Some(ended) = child.try_wait().expect("a child can be asked") {
            return (peak, ended.success());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn large(path: &Path, fill: impl FnOnce(&mut BufWriter<fs::File>) -> std::io::Result<()>) {
    let mut file = BufWriter::new(fs::File::create(path).expect("a file"));
    fill(&mut file).and_then(|()| file.flush()).expect("space for a test");
}

#[test]
fn a_file_of_junk_needs_no_memory_like_it() {
    let place = folder();
    let data = place.path().join("data");
    let (line, text) = (place.path().join("line.csv"), place.path().join("text.geojson"));
    large(&line, |file| {
        file.write_all(b"id,lon,lat,place\na1,117.6,24.5,")?;
        (0..300).try_for_each(|_| file.write_all(&vec![b'x'; 1 << 20]))
    });
    large(&text, |file| {
        file.write_all(
            b"{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"id\":\"",
        )?;
        (0..300).try_for_each(|_| file.write_all(&vec![b'x'; 1 << 20]))
    });
    for file in [&line, &text] {
        let (peak, taken) = peak_mb("households", file, &data);
        assert!(!taken, "{} was taken", file.display());
        assert!(peak > 1.0 && peak < 450.0, "{peak:.0} MB for {} of 300 MB", file.display());
    }
}

#[test]
fn refused_rows_are_kept_on_disk_and_memory_does_not_grow_with_them() {
    let place = folder();
    let rows = |name: &str, count: u32| {
        let path = place.path().join(name);
        large(&path, |file| {
            file.write_all(b"id,lon,lat,place\n")?;
            let filler = "x".repeat(150);
            (0..count).try_for_each(|n| writeln!(file, "a{n},north,{n},{filler}"))
        });
        path
    };
    let (few, _) = peak_mb("households", &rows("few.csv", 10_000), &place.path().join("few"));
    let (many, _) = peak_mb("households", &rows("many.csv", 400_000), &place.path().join("many"));
    assert!(many < few + 60.0, "{few:.0} MB for 10,000 refused rows, {many:.0} MB for 400,000");
}
