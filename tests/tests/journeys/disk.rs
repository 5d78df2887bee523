//! A full disk: writes are refused with 507, reads go on, and it heals by itself.

use crate::harness::{Server, folder, visit};
use std::{fs, path::Path, process::Command};

/// A small file system of its own, unmounted when dropped.
struct SmallDisk<'a>(&'a Path);

impl<'a> SmallDisk<'a> {
    /// None where this user may not mount.
    fn mount(place: &'a Path, size: &str) -> Option<Self> {
        let options = format!("size={size}");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "wangge-test"]).arg(place).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(place))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").args(["--lazy"]).arg(self.0).status();
    }
}

#[test]
fn a_full_disk_refuses_writes_serves_reads_and_heals() {
    let place = folder();
    let Some(_disk) = SmallDisk::mount(place.path(), "48m") else {
        eprintln!("SKIPPED: this user may not mount a small file system");
        return;
    };
    let mut server = Server::demo(place.path());
    server.expect_warning("full");
    server.expect_warning("disk");
    let doors = server.untouched(200);
    server.record(&visit(&doors[0], "met"));

    let filler = place.path().join("filler");
    fill(&filler);
    let refused =
        doors[1..].iter().map(|door| server.post("/api/visits", &visit(door, "met"))).find(|a| a.status != 201);
    let refused = refused.expect("a full disk takes no 199 visits");
    refused.expect_problem(&[507]);
    let before = server.get_json("/api/coverage");
    server.get("/health").expect(200);
    server.post("/api/visits", &visit(&doors[0], "no_answer")).expect_problem(&[507]);
    assert_eq!(server.get_json("/api/coverage")["areas"], before["areas"], "a refused write shows nowhere");

    fs::remove_file(&filler).expect("the filler goes");
    let door = server.untouched(1).remove(0);
    server.record(&visit(&door, "met"));
    assert_eq!(server.door(door.slot).state, "met");
}

/// Writes until nothing more fits.
fn fill(path: &Path) {
    use std::io::Write;
    let mut file = fs::File::create(path).expect("a filler");
    for size in [1 << 20, 1 << 12, 1] {
        while file.write_all(&vec![0u8; size]).is_ok() {}
    }
}
