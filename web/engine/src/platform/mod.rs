//! The browser: the little of it the map uses, each thing behind a function of ours. Knows nothing of maps.

mod fetch;
mod listener;
mod page;
mod worker;

pub use fetch::{Answer, Fetch};
pub use listener::{Listener, listen, listen_active};
pub use page::{has_webgpu, now_ms, wake_after, warn};
pub use worker::Worker;
