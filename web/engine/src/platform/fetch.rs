//! Requests that can be given up.

use js_sys::ArrayBuffer;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, RequestInit, Response};

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Body, left in the browser's memory.
    pub body: ArrayBuffer,
}

/// A request under way; dropping it gives it up.
pub struct Fetch {
    abort: Option<AbortController>,
}

impl Fetch {
    /// Asks for an address with GET. `done` gets the answer, or why there is none; not called once the request was given
    /// up.
    pub fn start(address: &str, done: impl FnOnce(Result<Answer, String>) + 'static) -> Self {
        let abort = AbortController::new().ok();
        let signal = abort.as_ref().map(AbortController::signal);
        let address = address.to_owned();
        spawn_local(async move {
            let options = RequestInit::new();
            options.set_signal(signal.as_ref());
            let answer = get(&address, &options).await;
            if !signal.is_some_and(|s| s.aborted()) {
                done(answer.map_err(|e| words_of(&e)));
            }
        });
        Self { abort }
    }
}

impl Drop for Fetch {
    fn drop(&mut self) {
        if let Some(abort) = &self.abort {
            abort.abort();
        }
    }
}

async fn get(address: &str, options: &RequestInit) -> Result<Answer, JsValue> {
    let window = web_sys::window().ok_or("there is no page to ask from")?;
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(address, options)).await?.dyn_into()?;
    let body = JsFuture::from(response.array_buffer()?).await?.dyn_into()?;
    Ok(Answer { status: response.status(), body })
}

fn words_of(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => error.as_string().unwrap_or_else(|| "the request failed".to_owned()),
    }
}
