//! Files as tables: cells and raw shapes out of files of many formats, and into them.
//!
//! It knows nothing of districts: what a column means is for `kinds` to say, whether a row may come in for `import`.

pub mod cell;
pub mod crs;
pub mod detect;
pub mod encoding;
mod formula;
pub mod limits;
pub mod open;
pub mod read;
pub mod shape;
pub mod source;
pub mod wkt;
pub mod write;

pub use cell::Cell;
pub use crs::{Crs, CrsError};
pub use limits::Limits;
pub use open::{OpenOptions, names, open};
pub use shape::{Position, RawShape};
pub use source::{DeclaredCrs, Format, Header, Row, RowFault, Source, Step, TableError};
