//! State tables: one value a slot, read by shaders, changed a few bytes at a time.

/// Which table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableId {
    /// One byte a slot, read by dots.
    Dots,
    /// One `f32` a slot, read by coverage fills; negative values say why there is no share.
    Fills,
}

impl TableId {
    /// Bytes of one value.
    pub fn value_bytes(self) -> usize {
        match self {
            Self::Dots => 1,
            Self::Fills => 4,
        }
    }
}

/// One value to write; the bits as the shader reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct TableEdit {
    /// Slot.
    pub slot: u32,
    /// New value: a byte in the lowest bits, or the bits of an `f32`.
    pub bits: u32,
}

/// What has to be done to a table before the next frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableUpdate {
    /// Replace it: every value, in its own width, by slot.
    Whole(Vec<u8>),
    /// Change some values; each slot at most once, none beyond the table's end.
    Some(Vec<TableEdit>),
}
