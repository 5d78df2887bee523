//! Cached tiles over HTTP beside a bare handler that answers the same bytes: calm, and while visits come in.

#![allow(clippy::expect_used)] // A bench that cannot run has nothing better to do than say so.

mod floor;

use axum::{Router, http::header, routing::get};
use bytes::Bytes;
use floor::{ROUNDS, service, tell};
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use wangge::{api, commit::Service};
use wangge_core::{domain::Command, geometry::tile::TileCoord};

const DOORS: u32 = 50_000;
const CONNECTIONS: usize = 16;
const A_ROUND: Duration = Duration::from_millis(1200);
const VISITS_PER_SEC: u64 = 1000;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let service = service(folder.path(), DOORS);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads");
    let at = {
        let district = service.district.read();
        let middle = district.households().at(DOORS / 2);
        TileCoord::containing(middle, 15).expect("zoom 15 is served")
    };
    let version = service.district.read().shapes_version();
    let router = api::router(service.clone(), folder.path().join("imports")).expect("a folder for imports");
    let ours = runtime.block_on(serve(router));
    println!("{DOORS} doors, {CONNECTIONS} connections, tile {at}, gzip; median of {ROUNDS} interleaved rounds");
    for (what, path) in [
        ("cached shapes tile", format!("/shapes/{version}/households/{at}")),
        ("cached shapes composite of four", format!("/shapes/{version}/areas,households,roads,base/{at}")),
        ("cached inline tile", format!("/tiles/households/{at}")),
        ("cached inline composite of four", format!("/tiles/areas,households,roads,base/{at}")),
    ] {
        let body = runtime.block_on(fetch(ours, &path));
        let bytes = Bytes::from(body);
        let bare = runtime.block_on(serve(bare(bytes.clone())));
        let (mut mine, mut floor) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            mine.push(runtime.block_on(load(ours, &path)));
            floor.push(runtime.block_on(load(bare, "/bare")));
        }
        tell(&format!("{what} ({} kB)", bytes.len() / 1000), "req/s", &mine, &floor);
        let (mut calm, mut busy) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            calm.push(runtime.block_on(load(ours, &path)));
            let (rate, visits) = runtime.block_on(load_while_visits_come(&service, ours, &path));
            busy.push(rate);
            assert!(visits > 0, "visits come in");
        }
        tell(&format!("  with {VISITS_PER_SEC} visits a second"), "req/s", &busy, &calm);
    }
    println!("rounds of {A_ROUND:?}; the load and the server share this machine");
}

/// The floor: a handler that hands out bytes it has, with the headers of a tile.
fn bare(body: Bytes) -> Router {
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.mapbox-vector-tile"),
        (header::CONTENT_ENCODING, "gzip"),
        (header::ETAG, "\"bare\""),
        (header::VARY, "accept-encoding"),
    ];
    Router::new().route("/bare", get(move || std::future::ready((headers, body.clone()))))
}

async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("it has an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// Requests a second over all connections, each asking again as soon as it is answered.
async fn load(server: SocketAddr, path: &str) -> f64 {
    let answered = Arc::new(AtomicU64::new(0));
    let begun = Instant::now();
    let clients: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (answered, path) = (answered.clone(), path.to_owned());
            tokio::spawn(async move {
                let mut client = Client::new(server).await;
                while begun.elapsed() < A_ROUND {
                    client.get(&path).await;
                    answered.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for client in clients {
        client.await.expect("a client ends");
    }
    answered.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64()
}

async fn load_while_visits_come(service: &Arc<Service>, server: SocketAddr, path: &str) -> (f64, u64) {
    let stop = Arc::new(AtomicBool::new(false));
    let writer = tokio::spawn(visits(service.clone(), stop.clone()));
    let rate = load(server, path).await;
    stop.store(true, Ordering::Relaxed);
    (rate, writer.await.expect("the writer ends"))
}

/// Submits visits at a steady rate all over the district; how many were.
async fn visits(service: Arc<Service>, stop: Arc<AtomicBool>) -> u64 {
    let begun = Instant::now();
    let mut sent = 0u64;
    while !stop.load(Ordering::Relaxed) {
        let due = (begun.elapsed().as_secs_f64() * VISITS_PER_SEC as f64) as u64;
        let commands: Vec<Command> = (sent..due).map(|i| floor::visit(&service, i)).collect();
        sent = due;
        if !commands.is_empty() {
            service.submit(commands).await;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    sent
}

/// A connection kept open.
struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    async fn new(server: SocketAddr) -> Self {
        let stream = TcpStream::connect(server).await.expect("the server listens");
        stream.set_nodelay(true).expect("loopback takes it");
        Self { stream, buffer: vec![0; 1 << 20] }
    }

    /// Asks and reads the whole answer; its body's place in the buffer.
    async fn get(&mut self, path: &str) -> std::ops::Range<usize> {
        let ask = format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept-encoding: gzip\r\n\r\n");
        self.stream.write_all(ask.as_bytes()).await.expect("it is sent");
        let mut filled = 0;
        loop {
            filled += self.stream.read(&mut self.buffer[filled..]).await.expect("it is answered");
            let Some(head) = self.buffer[..filled].windows(4).position(|w| w == b"\r\n\r\n") else { continue };
            let text = String::from_utf8_lossy(&self.buffer[..head]).to_ascii_lowercase();
            assert!(text.starts_with("http/1.1 200"), "{text}");
            let length = text.lines().find_map(|l| l.strip_prefix("content-length: ")).expect("a length");
            let end = head + 4 + length.trim().parse::<usize>().expect("a number");
            while filled < end {
                filled += self.stream.read(&mut self.buffer[filled..]).await.expect("the rest");
            }
            return head + 4..end;
        }
    }
}

async fn fetch(server: SocketAddr, path: &str) -> Vec<u8> {
    let mut client = Client::new(server).await;
    let body = client.get(path).await;
    client.buffer[body].to_vec()
}
