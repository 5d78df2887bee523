//! Journeys through the built system, seen from outside: see `tests/`, `browser/` and `oracle/`.
