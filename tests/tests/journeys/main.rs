//! Journeys through the real binary, over its network doors and its command line.

#![allow(clippy::expect_used, clippy::panic, reason = "everything here is a test")]

mod access;
mod bad_input;
mod bad_tiles;
mod crash;
mod demo;
mod disk;
mod export;
mod figures;
mod harness;
mod import;
mod live;
mod openapi;
mod tiles;
mod visits;
