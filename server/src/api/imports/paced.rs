//! A body handed on so that whoever takes it apart can keep up: never more at once than a little, never more held back
//! than a part's head may be long.
//!
//! The multipart reader takes all a stream has ready into memory before it looks at it, and looks for the end of a
//! part's head however long that is.

use axum::BoxError;
use axum::body::Bytes;
use axum::body::{Body, BodyDataStream};
use futures_util::Stream;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

/// Bytes handed on before the reader gets its turn.
const BURST: u64 = 256 << 10;
/// Bytes the reader may take in without making anything of them.
const MOST_HELD: u64 = 4 << 20;

/// How much has passed, seen from outside.
#[derive(Debug)]
pub struct Gauge {
    passed: AtomicU64,
    released: AtomicU64,
    limit: AtomicU64,
}

impl Gauge {
    /// Says that the reader made something of what it has.
    pub fn release(&self) {
        self.released.store(self.passed.load(Ordering::Relaxed), Ordering::Relaxed);
    }

    /// Lets only so many bytes more through.
    pub fn limit_rest(&self, bytes: u64) {
        self.limit.store(self.passed.load(Ordering::Relaxed).saturating_add(bytes), Ordering::Relaxed);
    }

    /// Whether the reader held more than it may.
    pub fn is_overrun(&self) -> bool {
        self.held() > MOST_HELD
    }

    fn held(&self) -> u64 {
        self.passed.load(Ordering::Relaxed) - self.released.load(Ordering::Relaxed)
    }
}

/// The stream in between.
struct Paced {
    inner: BodyDataStream,
    gauge: Arc<Gauge>,
    burst: u64,
}

/// The same body, paced, and the gauge on it.
pub fn paced(body: Body) -> (Body, Arc<Gauge>) {
    let gauge = Gauge { passed: AtomicU64::new(0), released: AtomicU64::new(0), limit: AtomicU64::new(u64::MAX) };
    let gauge = Arc::new(gauge);
    let stream = Paced { inner: body.into_data_stream(), gauge: Arc::clone(&gauge), burst: 0 };
    (Body::from_stream(stream), gauge)
}

impl Stream for Paced {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.burst >= BURST {
            self.burst = 0;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let Poll::Ready(next) = Pin::new(&mut self.inner).poll_next(cx) else {
            self.burst = 0;
            return Poll::Pending;
        };
        let Some(Ok(bytes)) = next else { return Poll::Ready(next.map(|read| read.map_err(Into::into))) };
        let length = bytes.len() as u64;
        self.burst += length;
        let passed = self.gauge.passed.fetch_add(length, Ordering::Relaxed) + length;
        if passed > self.gauge.limit.load(Ordering::Relaxed) || self.gauge.is_overrun() {
            return Poll::Ready(Some(Err("more than is taken".into())));
        }
        Poll::Ready(Some(Ok(bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::{FutureExt, StreamExt, stream};

    fn endless() -> (BodyDataStream, Arc<Gauge>) {
        let chunk = || Ok::<_, BoxError>(Bytes::from_static(&[7; 64 << 10]));
        let (body, gauge) = paced(Body::from_stream(stream::repeat_with(chunk)));
        (body.into_data_stream(), gauge)
    }

    #[test]
    fn a_stream_that_is_always_ready_pauses_for_its_reader() {
        let (mut stream, gauge) = endless();
        let mut taken = 0;
        while let Some(Some(Ok(bytes))) = stream.next().now_or_never() {
            taken += bytes.len() as u64;
        }
        assert_eq!(taken, BURST);
        assert!(!gauge.is_overrun());
    }

    #[tokio::test]
    async fn what_is_only_held_ends_the_stream_and_what_is_released_does_not() {
        let (mut stream, gauge) = endless();
        for _ in 0..1000 {
            stream.next().await.unwrap().unwrap();
            gauge.release();
        }
        let mut held = 0;
        while let Some(Ok(bytes)) = stream.next().await {
            held += bytes.len() as u64;
        }
        assert!(gauge.is_overrun() && held <= MOST_HELD, "{held}");
    }

    #[tokio::test]
    async fn a_limited_rest_ends() {
        let (mut stream, gauge) = endless();
        gauge.limit_rest(1 << 20);
        let mut taken = 0;
        while let Some(Ok(bytes)) = stream.next().await {
            taken += bytes.len() as u64;
        }
        assert_eq!(taken, 1 << 20);
    }
}
