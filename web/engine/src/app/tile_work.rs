//! The way of a tile: asked for, cut into triangles, put into the inbox.

use super::inbox::{Inbox, News};
use crate::mesh::tile_mesh;
use crate::platform::{Answer, Fetch, Worker, warn};
use js_sys::{ArrayBuffer, Uint8Array};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use wangge_core::geometry::tile::TileCoord;

/// Requests under way and the worker they go through.
pub struct TileWork {
    shared: Rc<Shared>,
    fetches: HashMap<u64, Fetch>,
}

struct Shared {
    inbox: Rc<Inbox>,
    worker: Option<Worker>,
    /// Tiles with the worker, by request.
    in_worker: Rc<RefCell<HashMap<u64, TileCoord>>>,
    worker_is_broken: Rc<Cell<bool>>,
}

impl TileWork {
    /// Starts the worker; without one, or when it cannot run, tiles are cut on the page.
    pub fn new(inbox: &Rc<Inbox>, worker_address: Option<&str>) -> Self {
        let in_worker = Rc::new(RefCell::new(HashMap::<u64, TileCoord>::new()));
        let worker_is_broken = Rc::new(Cell::new(false));
        let worker = worker_address.and_then(|address| {
            let done = {
                let (inbox, in_worker) = (Rc::clone(inbox), Rc::clone(&in_worker));
                move |request, mesh: Result<Uint8Array, String>| {
                    let Some(tile) = in_worker.borrow_mut().remove(&request) else { return };
                    inbox.put(match mesh {
                        Ok(mesh) => News::Tile { request, tile, mesh: Some(mesh) },
                        Err(error) => {
                            warn(&format!("tile {tile} cannot be shown: {error}"));
                            News::TileFailed { request, tile }
                        }
                    });
                }
            };
            let broken = {
                let (inbox, in_worker) = (Rc::clone(inbox), Rc::clone(&in_worker));
                let worker_is_broken = Rc::clone(&worker_is_broken);
                move || {
                    if !worker_is_broken.replace(true) {
                        warn("the map's tile worker cannot run; tiles are decoded on the page instead");
                    }
                    let left = in_worker.take();
                    for (request, tile) in left {
                        inbox.put(News::TileFailed { request, tile });
                    }
                }
            };
            Worker::start(address, done, broken).ok()
        });
        let shared = Shared { inbox: Rc::clone(inbox), worker, in_worker, worker_is_broken };
        Self { shared: Rc::new(shared), fetches: HashMap::new() }
    }

    /// Asks for a tile.
    pub fn start(&mut self, request: u64, tile: TileCoord, address: &str) {
        let shared = Rc::clone(&self.shared);
        let fetch = Fetch::start(address, move |answer| shared.answered(request, tile, answer));
        self.fetches.insert(request, fetch);
    }

    /// Gives a request up, or forgets one that is done.
    pub fn end(&mut self, request: u64) {
        self.fetches.remove(&request);
        self.shared.in_worker.borrow_mut().remove(&request);
    }
}

impl Shared {
    fn answered(&self, request: u64, tile: TileCoord, answer: Result<Answer, String>) {
        match answer {
            Ok(Answer { status: 204, .. }) => self.inbox.put(News::Tile { request, tile, mesh: None }),
            Ok(Answer { status: 200, body }) => self.cut(request, tile, &body),
            Ok(Answer { status: 410, .. }) => {
                self.inbox.put(News::TileFailed { request, tile });
                self.inbox.put(News::ShapesGone);
            }
            Ok(_) | Err(_) => self.inbox.put(News::TileFailed { request, tile }),
        }
    }

    fn cut(&self, request: u64, tile: TileCoord, body: &ArrayBuffer) {
        if let Some(worker) = self.worker.as_ref().filter(|_| !self.worker_is_broken.get()) {
            self.in_worker.borrow_mut().insert(request, tile);
            if worker.send(request, tile.z(), tile.x(), tile.y(), body).is_ok() {
                return;
            }
            self.in_worker.borrow_mut().remove(&request);
        }
        let news = match tile_mesh(&Uint8Array::new(body).to_vec(), tile) {
            Ok(mesh) => News::Tile { request, tile, mesh: Some(Uint8Array::from(mesh.to_bytes().as_slice())) },
            Err(error) => {
                warn(&format!("tile {tile} cannot be shown: {error}"));
                News::TileFailed { request, tile }
            }
        };
        self.inbox.put(news);
    }
}
