//! A worker that turns tiles into meshes with the same WebAssembly as the page.

use super::listener::{Listener, listen};
use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, WorkerOptions, WorkerType};

/// A worker running `worker.js`; dropping it ends it.
pub struct Worker {
    worker: web_sys::Worker,
    _listeners: [Listener; 2],
}

impl Worker {
    /// Starts the worker at an address and hands it this page's compiled module. `done` gets each answer: the number of
    /// the request and the mesh, or why there is none. `broken` is called when the worker itself cannot run.
    ///
    /// # Errors
    /// When the browser refuses to start it.
    pub fn start(
        address: &str,
        done: impl Fn(u64, Result<Uint8Array, String>) + 'static,
        broken: impl Fn() + 'static,
    ) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = web_sys::Worker::new_with_options(address, &options)?;
        let message = listen(&worker, "message", move |event| {
            let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
            let data = event.data();
            let get = |key: &str| Reflect::get(&data, &key.into()).unwrap_or(JsValue::UNDEFINED);
            let Some(number) = get("request").as_f64() else { return };
            let mesh = get("mesh")
                .dyn_into::<Uint8Array>()
                .map_err(|_| get("error").as_string().unwrap_or_else(|| "the worker gave no mesh".to_owned()));
            done(number as u64, mesh);
        });
        let error = listen(&worker, "error", move |_| broken());
        let hello = Object::new();
        Reflect::set(&hello, &"module".into(), &wasm_bindgen::module())?;
        worker.post_message(&hello)?;
        Ok(Self { worker, _listeners: [message, error] })
    }

    /// Hands over a tile's bytes; they leave this page's memory.
    ///
    /// # Errors
    /// When the bytes were handed over before.
    pub fn send(&self, request: u64, zoom: u8, x: u32, y: u32, bytes: &ArrayBuffer) -> Result<(), JsValue> {
        let job = Object::new();
        Reflect::set(&job, &"request".into(), &(request as f64).into())?;
        Reflect::set(&job, &"z".into(), &zoom.into())?;
        Reflect::set(&job, &"x".into(), &x.into())?;
        Reflect::set(&job, &"y".into(), &y.into())?;
        Reflect::set(&job, &"bytes".into(), bytes)?;
        self.worker.post_message_with_transfer(&job, &Array::of1(bytes))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
