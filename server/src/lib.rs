//! Server rooms.
