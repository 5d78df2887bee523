//! From a visit's acceptance to the last of 1,000 WebSocket viewers.

#![allow(clippy::expect_used)] // A bench that cannot run has nothing better to do than say so.

mod floor;

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
};
use wangge::api;

const DOORS: u32 = 50_000;
const VIEWERS: usize = 1000;
const VISITS: u64 = 200;
/// Between visits: longer than the rest after a message, so that each visit is told by itself.
const PAUSE: Duration = Duration::from_millis(130);

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let service = floor::service(folder.path(), DOORS);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads");
    let (first, last) = runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let server = listener.local_addr().expect("it has an address");
        let router = api::router(service.clone(), folder.path().join("imports")).expect("a folder for imports");
        tokio::spawn(async move { axum::serve(listener, router).await });
        let (told, mut heard) = mpsc::unbounded_channel();
        for _ in 0..VIEWERS {
            tokio::spawn(watch(connect(server).await, told.clone()));
        }
        let (mut first, mut last) = (Vec::new(), Vec::new());
        for i in 0..VISITS {
            tokio::time::sleep(PAUSE).await;
            service.submit(vec![floor::visit(&service, i)]).await;
            let accepted = Instant::now();
            let mut arrivals = Vec::with_capacity(VIEWERS);
            while arrivals.len() < VIEWERS {
                arrivals.push(heard.recv().await.expect("viewers stay"));
            }
            let ms = |at: Option<&Instant>| at.map_or(0.0, |at| at.duration_since(accepted).as_secs_f64() * 1e3);
            first.push(ms(arrivals.iter().min()));
            last.push(ms(arrivals.iter().max()));
        }
        (first, last)
    });
    println!("{VIEWERS} WebSocket viewers on loopback, {VISITS} visits one by one; clients in the same process");
    for (what, mut figures) in [("first viewer", first), ("last viewer", last)] {
        figures.sort_by(f64::total_cmp);
        let at = |share: f64| figures[((figures.len() - 1) as f64 * share) as usize];
        println!("{what:<14} p50 {:>6.1} ms   p95 {:>6.1} ms   p99 {:>6.1} ms", at(0.5), at(0.95), at(0.99));
    }
}

/// A viewer's connection, upgraded.
async fn connect(server: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(server).await.expect("the server listens");
    stream.set_nodelay(true).expect("loopback takes it");
    let ask = "GET /api/live HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
               sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    stream.write_all(ask.as_bytes()).await.expect("it is sent");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("it is answered"));
    }
    assert!(head.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&head));
    stream
}

/// Tells when each change arrived. A change fits one read on loopback; beats and the greeting are passed over.
async fn watch(mut stream: TcpStream, told: mpsc::UnboundedSender<Instant>) {
    const CHANGE: &[u8] = b"\"type\":\"change\"";
    let mut buffer = vec![0; 16 << 10];
    while let Ok(read @ 1..) = stream.read(&mut buffer).await {
        if buffer[..read].windows(CHANGE.len()).any(|w| w == CHANGE) && told.send(Instant::now()).is_err() {
            return;
        }
    }
}
