//! Numbers about the map, for pages, benches and tests.

use serde::Serialize;

/// What [`super::WanggeMap::stats`] says, as JSON.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Stats {
    /// Frames drawn.
    pub frames: u64,
    /// Tiles asked for.
    pub tiles_requested: u64,
    /// Tiles that came, empty ones too.
    pub tiles_loaded: u64,
    /// Tiles drawn in the last frame, stand-ins too.
    pub tiles_visible: usize,
    /// Tiles on their way.
    pub tiles_pending: usize,
    /// Tiles that failed and will be asked for again.
    pub tiles_failed: usize,
    /// Whether every tile of the view is shown as it is now.
    pub complete: bool,
    /// Bytes of the tiles held.
    pub tile_bytes: usize,
    /// Draw calls of the last frame.
    pub draw_calls: u32,
    /// Vertices of the last frame.
    pub vertices: u64,
    /// Bytes written to the GPU for the last frame.
    pub uploaded_bytes_last_frame: u64,
    /// Time the last drawn frame took on the page's thread.
    pub cpu_ms_last_frame: f64,
    /// Name of the adapter.
    pub adapter: String,
    /// Version of the shapes asked for.
    pub shapes_version: String,
    /// Whether the server said that version is gone: the page should find the new one.
    pub wants_version: bool,
    /// Devices lost and opened again.
    pub devices_lost: u32,
    /// The last error of the GPU.
    pub fault: Option<String>,
}
