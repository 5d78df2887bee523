//! Clock, console and timers of the page.

use wasm_bindgen::prelude::*;

/// Milliseconds of the page's clock, the one of animation frames and events.
pub fn now_ms() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
}

/// Whether the browser has WebGPU at all.
pub fn has_webgpu() -> bool {
    web_sys::window()
        .and_then(|w| js_sys::Reflect::get(&w.navigator(), &"gpu".into()).ok())
        .is_some_and(|gpu| !gpu.is_undefined() && !gpu.is_null())
}

/// Says something on the console.
pub fn warn(text: &str) {
    web_sys::console::warn_1(&text.into());
}

/// Calls back once after a time.
pub fn wake_after(ms: f64, callback: impl FnOnce() + 'static) {
    if let Some(window) = web_sys::window() {
        let callback = Closure::once_into_js(callback);
        // A page that is going away refuses timers; there is nobody left to wake.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), ms as i32);
    }
}
