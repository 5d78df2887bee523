//! Blocks: what is built on each face of the mesh.

pub mod compounds;
pub mod frame;
pub mod fronts;
pub mod grounds;
pub mod layout;
pub mod quarters;
pub mod site;
pub mod uses;
pub mod villages;
pub mod ways;
