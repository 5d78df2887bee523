//! The canvas's events, told to the recogniser; what they ask for goes to the inbox.

use super::inbox::{Inbox, News};
use crate::input::{InputEvent, Pointer, PointerKind, Recognizer, WheelUnit, action_of_key};
use crate::platform::{Listener, listen, listen_active};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlCanvasElement, KeyboardEvent, PointerEvent, WheelEvent};

/// Listens to everything the map reacts to. Dropping the listeners ends it.
pub fn listen_to_canvas(canvas: &HtmlCanvasElement, inbox: &Rc<Inbox>) -> Vec<Listener> {
    // Fingers move the map, not the page; a canvas has to be told that it can have the focus.
    let _ = canvas.style().set_property("touch-action", "none");
    if canvas.get_attribute("tabindex").is_none() {
        canvas.set_tab_index(0);
    }
    let recognizer = Rc::new(RefCell::new(Recognizer::default()));
    let tell = {
        let (recognizer, inbox) = (Rc::clone(&recognizer), Rc::clone(inbox));
        move |event: InputEvent| {
            let actions = recognizer.borrow_mut().take(&event);
            for action in actions {
                inbox.put(News::Input(action));
            }
        }
    };
    let mut listeners = Vec::new();
    {
        let (tell, canvas_of) = (tell.clone(), canvas.clone());
        listeners.push(listen(canvas, "pointerdown", move |event| {
            let Some(event) = event.dyn_ref::<PointerEvent>().filter(|e| [0, 2].contains(&e.button())) else { return };
            // The pointer may already be gone again; then there is nothing to hold on to.
            let _ = canvas_of.set_pointer_capture(event.pointer_id());
            let pointer = pointer_of(event);
            let turns = event.button() == 2 || event.ctrl_key();
            tell(if turns { InputEvent::DownToTurn(pointer) } else { InputEvent::Down(pointer) });
        }));
    }
    for (name, event_of) in [
        ("pointermove", InputEvent::Move as fn(Pointer) -> InputEvent),
        ("pointerup", InputEvent::Up as fn(Pointer) -> InputEvent),
    ] {
        let tell = tell.clone();
        listeners.push(listen(canvas, name, move |event| {
            if let Some(event) = event.dyn_ref::<PointerEvent>() {
                tell(event_of(pointer_of(event)));
            }
        }));
    }
    {
        let tell = tell.clone();
        listeners.push(listen(canvas, "pointercancel", move |event| {
            if let Some(event) = event.dyn_ref::<PointerEvent>() {
                tell(InputEvent::Cancel { id: event.pointer_id() });
            }
        }));
    }
    // The secondary button turns the map; a menu would take the pointer away in the middle of it.
    listeners.push(listen_active(canvas, "contextmenu", |event| event.prevent_default()));
    {
        let tell = tell.clone();
        listeners.push(listen_active(canvas, "wheel", move |event| {
            if let Some(wheel) = event.dyn_ref::<WheelEvent>() {
                wheel.prevent_default();
                tell(wheel_of(wheel));
            }
        }));
    }
    listeners.push(listen_active(canvas, "keydown", move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        let for_the_browser = key.ctrl_key() || key.meta_key() || key.alt_key();
        if !for_the_browser && action_of_key(&key.key(), key.shift_key()).is_some() {
            key.prevent_default();
            tell(InputEvent::Key { key: key.key(), shift: key.shift_key() });
        }
    }));
    listeners.push(listen_active(canvas, "click", move |event: Event| {
        // A drag ends with a click too; the page should not take it for one.
        if recognizer.borrow().was_drag() {
            event.stop_immediate_propagation();
        }
    }));
    listeners
}

fn pointer_of(event: &PointerEvent) -> Pointer {
    let kind = match event.pointer_type().as_str() {
        "touch" => PointerKind::Touch,
        "pen" => PointerKind::Pen,
        _ => PointerKind::Mouse,
    };
    Pointer {
        id: event.pointer_id(),
        kind,
        x: f64::from(event.offset_x()),
        y: f64::from(event.offset_y()),
        at_ms: event.time_stamp(),
    }
}

fn wheel_of(event: &WheelEvent) -> InputEvent {
    let unit = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => WheelUnit::Line,
        WheelEvent::DOM_DELTA_PAGE => WheelUnit::Page,
        _ => WheelUnit::Pixel,
    };
    InputEvent::Wheel {
        x: f64::from(event.offset_x()),
        y: f64::from(event.offset_y()),
        delta_y: event.delta_y(),
        unit,
        // Browsers report a pinch on a touch pad as a wheel with the control key held.
        pinch: event.ctrl_key(),
    }
}
