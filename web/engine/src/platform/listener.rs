//! Event listeners that end when they are dropped.

use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, Event, EventTarget};

/// A listener; dropping it takes it off.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    capture: bool,
    callback: Closure<dyn FnMut(Event)>,
}

/// Listens for an event without ever stopping it.
pub fn listen(target: &EventTarget, name: &'static str, callback: impl FnMut(Event) + 'static) -> Listener {
    add(target, name, true, false, callback)
}

/// Listens for an event before anyone else on the target, and may stop it.
pub fn listen_active(target: &EventTarget, name: &'static str, callback: impl FnMut(Event) + 'static) -> Listener {
    add(target, name, false, true, callback)
}

fn add(
    target: &EventTarget,
    name: &'static str,
    passive: bool,
    capture: bool,
    callback: impl FnMut(Event) + 'static,
) -> Listener {
    let callback = Closure::<dyn FnMut(Event)>::new(callback);
    let options = AddEventListenerOptions::new();
    options.set_passive(passive);
    options.set_capture(capture);
    // Only a detached target refuses, and then no events come either.
    let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
        name,
        callback.as_ref().unchecked_ref(),
        &options,
    );
    Listener { target: target.clone(), name, capture, callback }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.callback.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback_and_bool(self.name, function, self.capture);
    }
}
