//! Serves a service over HTTP until a signal, then stops in order: streams, requests, writes, snapshot.

use anyhow::{Context, bail};
use axum::{Router, serve::ListenerExt};
use std::{future::Future, net::SocketAddr, path::Path, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::watch};
use wangge::{api, commit::Service};

/// Time running requests get after the signal.
const GRACE: Duration = Duration::from_secs(5);
/// Folder in the data folder for files of imports while they are looked at.
const IMPORTS: &str = "imports";

/// Says why an address may not be bound.
///
/// # Errors
/// A sentence when the address is not loopback.
pub(super) fn only_loopback(bind: SocketAddr) -> anyhow::Result<()> {
    if bind.ip().is_loopback() {
        return Ok(());
    }
    bail!(
        "{bind} can be reached from other machines, and there are no accounts and no TLS yet; \
         bind 127.0.0.1 or [::1], such as --bind 127.0.0.1:{}",
        bind.port()
    )
}

/// Told when the server is to stop.
pub(super) type Stop = watch::Receiver<bool>;

/// Serves the district of a data folder until SIGINT or SIGTERM. `beside` runs along and is told to stop with the rest.
///
/// # Errors
/// When the address cannot be bound, or the last snapshot cannot be written.
pub(super) fn serve_until_signal<F>(
    service: &Arc<Service>,
    data: &Path,
    bind: SocketAddr,
    beside: impl FnOnce(Arc<Service>, Stop) -> F,
) -> anyhow::Result<()>
where
    F: Future<Output = ()> + Send + 'static,
{
    let router = api::router(service.clone(), data.join(IMPORTS)).context("imports cannot be received")?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no threads to serve with")?;
    let served = runtime.block_on(serve(service.clone(), router, bind, beside));
    // Whatever still runs after the grace time is dropped here, before the writer closes.
    runtime.shutdown_timeout(Duration::from_secs(1));
    let closed = service.close().context("the last snapshot was not written; the log is whole");
    served.and(closed)
}

async fn serve<F>(
    service: Arc<Service>,
    router: Router,
    bind: SocketAddr,
    beside: impl FnOnce(Arc<Service>, Stop) -> F,
) -> anyhow::Result<()>
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind(bind).await.with_context(|| {
        format!("{bind} cannot be listened on; --bind names another address, port 0 takes any that is free")
    })?;
    let address = listener.local_addr()?;
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "small answers may be held back");
        }
    });
    let (stop, stopped) = watch::channel(false);
    let mut signals = Signals::new()?;
    let beside = tokio::spawn(beside(service.clone(), stopped.clone()));
    let mut told = stopped.clone();
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        // An error says that the sender is gone, which is a stop as well.
        let _ = told.wait_for(|stop| *stop).await;
    });
    let mut server = tokio::spawn(server.into_future());
    super::say(&format!("listening on http://{address}"));
    let ended = tokio::select! {
        ended = &mut server => Some(ended),
        () = signals.next() => None,
    };
    tracing::info!("stopping");
    let _ = stop.send(true);
    service.live.close();
    match ended {
        Some(ended) => ended.context("the server ended by a panic")?.context("the server ended")?,
        None => tokio::select! {
            _ = tokio::time::timeout(GRACE, &mut server) => {}
            () = signals.next() => tracing::info!("stopping at once"),
        },
    }
    beside.abort();
    Ok(())
}

/// SIGINT and SIGTERM.
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

impl Signals {
    fn new() -> anyhow::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let listen = |kind| signal(kind).context("signals cannot be listened for");
        Ok(Self { interrupt: listen(SignalKind::interrupt())?, terminate: listen(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
