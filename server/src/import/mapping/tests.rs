//! Headers as people and programs write them find their fields.
