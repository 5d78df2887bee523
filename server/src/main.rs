//! The wangge command.
fn main() {}
