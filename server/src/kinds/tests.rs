//! Rows of cells, cells of rows, and what is refused.
