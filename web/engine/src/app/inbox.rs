//! What happened since the last frame: input, tiles and devices arrive here and wait, and the page is woken.

use crate::input::Action;
use crate::render::{Gpu, GpuError};
use js_sys::{Function, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wangge_core::geometry::tile::TileCoord;
use wasm_bindgen::JsValue;

/// Something that happened.
pub enum News {
    /// Somebody moved the map.
    Input(Action),
    /// A tile's mesh, as bytes in the browser's memory; none for an empty tile.
    Tile {
        /// Number of the request.
        request: u64,
        /// The tile.
        tile: TileCoord,
        /// Its mesh.
        mesh: Option<Uint8Array>,
    },
    /// A tile could not be had.
    TileFailed {
        /// Number of the request.
        request: u64,
        /// The tile.
        tile: TileCoord,
    },
    /// The version of the shapes is gone.
    ShapesGone,
    /// A new device, after one was lost.
    Device(Result<Gpu, GpuError>),
}

/// The news, and who is to be woken by them.
#[derive(Default)]
pub struct Inbox {
    news: RefCell<Vec<News>>,
    wake: RefCell<Option<Function>>,
}

impl Inbox {
    /// An empty one.
    pub fn new() -> Rc<Self> {
        Rc::default()
    }

    /// Who is called when something arrives.
    pub fn set_wake(&self, callback: Function) {
        self.wake.replace(Some(callback));
    }

    /// Takes something in and wakes the page.
    pub fn put(&self, news: News) {
        self.news.borrow_mut().push(news);
        self.wake();
    }

    /// Puts back what a frame had no time for, before what arrived since.
    pub fn put_back(&self, rest: Vec<News>) {
        self.news.borrow_mut().splice(0..0, rest);
    }

    /// Everything that arrived.
    pub fn take(&self) -> Vec<News> {
        self.news.take()
    }

    /// Asks the page for a frame. Nothing of the map is borrowed here, so the page may call back at once.
    pub fn wake(&self) {
        let callback = self.wake.borrow().clone();
        if let Some(callback) = callback {
            // What the page's callback throws is the page's to find on its console.
            let _ = callback.call0(&JsValue::NULL);
        }
    }
}
