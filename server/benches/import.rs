//! A CSV of a million doors into 10,000 grids, durable, beside the crate csv reading the same file into byte records; then
//! how much memory files of growing size need.

#![allow(clippy::expect_used)] // A bench that cannot run has nothing better to do than say so.

mod floor;

use floor::{ROUNDS, median, tell};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::Instant,
};
use wangge::{
    commit::{Outcome, Service, ServiceOptions},
    import::{ImportOptions, ImportRequest, Unwatched, look},
};
use wangge_core::{
    domain::{
        area::{AreaRow, Level},
        event::SegmentRows,
    },
    geometry::{
        position::{FixedPoint, LonLat, fixed_from_lonlat},
        shape::Polygon,
    },
};

const ROWS: u32 = 1_000_000;
/// Grids along a side of the district.
const SIDE: u32 = 100;
const WEST: f64 = 117.5;
const SOUTH: f64 = 24.4;
/// Degrees a grid.
const STEP: f64 = 0.003;
/// Tells a child of the bench how many rows to take in and say its memory.
const CHILD: &str = "WANGGE_BENCH_IMPORT_ROWS";
/// Where the child finds the file.
const CHILD_FILE: &str = "WANGGE_BENCH_IMPORT_FILE";

fn main() {
    if let (Ok(rows), Ok(file)) = (std::env::var(CHILD), std::env::var(CHILD_FILE)) {
        return say_memory(&rows, Path::new(&file));
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("doors.csv");
    write_doors(&file, ROWS);
    let bytes = std::fs::metadata(&file).expect("the file is there").len();
    println!(
        "{ROWS} doors, {} bytes a row, {} grids; median of {ROUNDS} interleaved rounds",
        bytes / u64::from(ROWS),
        SIDE * SIDE
    );
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let bare = Spent::by(|| parse(&file));
        let (looked, taken) = import(&file);
        rounds.push([bare, looked, taken]);
    }
    let rate = |seconds: f64| f64::from(ROWS) / seconds;
    let ours: Vec<f64> = rounds.iter().map(|[_, looked, taken]| rate(looked.wall + taken.wall)).collect();
    let bare: Vec<f64> = rounds.iter().map(|[bare, ..]| rate(bare.wall)).collect();
    tell("doors imported, beside csv alone", "rows/s", &ours, &bare);
    let of_cores = rounds.iter().map(|[bare, looked, taken]| bare.cores / (looked.cores + taken.cores));
    println!("  ratio of what cores worked {:.3}", median(of_cores.collect()));
    for (part, what) in ["csv alone", "looking", "taking"].into_iter().enumerate() {
        let ms = |of: fn(&Spent) -> f64| median(rounds.iter().map(|round| of(&round[part]) * 1000.0).collect());
        println!("  {what:<10} {:>5.0} ms, {:>5.0} ms of cores", ms(|spent| spent.wall), ms(|spent| spent.cores));
    }
    for rows in [100_000, 1_000_000, 4_000_000] {
        let file = folder.path().join(format!("doors-{rows}.csv"));
        write_doors(&file, rows);
        let child = Command::new(std::env::current_exe().expect("a bench has a path"))
            .env(CHILD, rows.to_string())
            .env(CHILD_FILE, &file)
            .output()
            .expect("the bench starts itself");
        print!("{}", String::from_utf8_lossy(&child.stdout));
        assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stderr));
        std::fs::remove_file(&file).expect("the file goes");
    }
}

/// Seconds something took, and seconds cores worked on it: where others use the machine, the second says more.
struct Spent {
    wall: f64,
    cores: f64,
}

impl Spent {
    fn by(work: impl FnOnce()) -> Self {
        let (begun, cores) = (Instant::now(), core_seconds());
        work();
        Self { wall: begun.elapsed().as_secs_f64(), cores: core_seconds() - cores }
    }
}

/// Seconds cores worked for this process, in steps of a hundredth.
fn core_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program may hold anything but ends at the last bracket; 12th and 13th after it are the ticks.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// What the crate csv does with a file.
fn parse(file: &Path) {
    let mut reader = csv::Reader::from_path(file).expect("the file opens");
    let mut record = csv::ByteRecord::new();
    let mut rows = 0;
    while reader.read_byte_record(&mut record).expect("the file is sound") {
        rows += 1;
    }
    assert_eq!(rows, ROWS);
}

/// What looking costs, and what taking.
fn import(file: &Path) -> (Spent, Spent) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let service = with_grids(folder.path());
    let mut prepared = None;
    let looked = Spent::by(|| {
        let work = folder.path().join("work");
        prepared = Some(look(&service, &request(file), &work, &Unwatched).expect("the file is read"));
    });
    let prepared = prepared.expect("it was looked at");
    assert_eq!(prepared.plan().counts.added, u64::from(ROWS), "{}", prepared.plan());
    let taken = Spent::by(|| assert!(prepared.take(&Unwatched).expect("the rows are taken").is_whole()));
    (looked, taken)
}

fn request(file: &Path) -> ImportRequest {
    let options = ImportOptions { kind: "households".to_owned(), ..ImportOptions::default() };
    ImportRequest::understand(&options, vec![PathBuf::from(file)]).expect("the options mean something")
}

fn say_memory(rows: &str, file: &Path) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let service = with_grids(folder.path());
    let before = peak_mb();
    let prepared = look(&service, &request(file), &folder.path().join("work"), &Unwatched).expect("the file is read");
    let looked = peak_mb();
    prepared.take(&Unwatched).expect("the rows are taken");
    println!(
        "memory for {rows:>9} rows: {before:.0} MB at most before, {looked:.0} MB while looking, {:.0} MB with the district \
         made of them",
        peak_mb()
    );
}

/// Most memory this process ever had.
fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    let kb = line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok());
    kb.map_or(f64::NAN, |kb| kb / 1024.0)
}

/// Service over a new log with the grids, and the areas they lie in.
fn with_grids(folder: &Path) -> Arc<Service> {
    let service = Service::open(&folder.join("data"), ServiceOptions::default()).expect("a new folder opens");
    let outcome = service.import("grids", vec![SegmentRows::Areas(areas())]);
    assert!(matches!(outcome, Outcome::Accepted(_)), "{outcome:?}");
    service
}

fn areas() -> Vec<AreaRow> {
    let area = |code: String, level, parent: Option<String>, [west, south, east, north]: [u32; 4]| AreaRow {
        name: code.clone(),
        code,
        level,
        parent,
        geometry: vec![Polygon {
            outer: vec![corner(west, north), corner(east, north), corner(east, south), corner(west, south)],
            holes: Vec::new(),
        }],
        starts_on: None,
        ends_on: None,
    };
    let mut areas = vec![area("350602".to_owned(), Level::District, None, [0, 0, SIDE, SIDE])];
    for row in 0..SIDE {
        // A subdistrict is ten rows of grids, a community one of them.
        let (subdistrict, community) = (format!("350602{:03}", row / 10 + 1), community_of(row));
        if row % 10 == 0 {
            let box_of = [0, row, SIDE, row + 10];
            areas.push(area(subdistrict.clone(), Level::Subdistrict, Some("350602".to_owned()), box_of));
        }
        areas.push(area(community.clone(), Level::Community, Some(subdistrict), [0, row, SIDE, row + 1]));
        for column in 0..SIDE {
            let box_of = [column, row, column + 1, row + 1];
            areas.push(area(format!("{community}{:03}", column + 1), Level::Grid, Some(community.clone()), box_of));
        }
    }
    areas
}

fn community_of(row: u32) -> String {
    format!("350602{:03}{:03}", row / 10 + 1, row % 10 + 1)
}

fn corner(column: u32, row: u32) -> FixedPoint {
    let at = LonLat::new(WEST + f64::from(column) * STEP, SOUTH + f64::from(row) * STEP);
    fixed_from_lonlat(at.expect("the district is on the globe"))
}

/// Writes doors grid by grid, as registers have them.
fn write_doors(file: &Path, rows: u32) {
    const STREETS: [&str; 8] =
        ["漳华路", "新华西路", "荔秀路", "胜利东路", "延安北路", "瑞京花园", "金峰小区", "丹霞路"];
    let mut out = BufWriter::new(File::create(file).expect("a new file"));
    writeln!(out, "id,lon,lat,kind,residents,place,building,stair,floor,door").expect("space on the disk");
    let a_grid = rows.div_ceil(SIDE * SIDE);
    for n in 0..rows {
        let (grid, door) = (n / a_grid, n % a_grid);
        let (column, row) = (grid % SIDE, grid / SIDE);
        // Every third house is let; places fill the grid evenly, off its edges.
        let part = |k: u32| (f64::from(door.wrapping_mul(k) % 1009) + 0.5) / 1009.0;
        let lon = WEST + (f64::from(column) + part(617)) * STEP;
        let lat = SOUTH + (f64::from(row) + part(331)) * STEP;
        let kind = if door % 3 == 0 { "rental" } else { "home" };
        let (floor, flat) = (door / 4 % 18 + 1, door % 4 + 1);
        writeln!(
            out,
            "{}{:03}-{door:05},{lon:.7},{lat:.7},{kind},{},{},{}号楼,{}单元,{floor},{floor:02}{flat:02}",
            community_of(row),
            column + 1,
            door % 6,
            STREETS[grid as usize % STREETS.len()],
            door / 72 + 1,
            door / 36 % 2 + 1,
        )
        .expect("space on the disk");
    }
    out.flush().expect("space on the disk");
}
