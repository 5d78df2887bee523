//! The part of the protobuf wire format that vector tiles use.

/// Wire types.
pub(super) const VARINT: u8 = 0;
pub(super) const FIXED64: u8 = 1;
pub(super) const BYTES: u8 = 2;
pub(super) const FIXED32: u8 = 5;

/// Writes an unsigned varint.
pub(super) fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Bytes [`put_varint`] writes.
pub(super) fn varint_len(value: u64) -> usize {
    (64 - (value | 1).leading_zeros() as usize).div_ceil(7)
}

/// Writes a field's key.
pub(super) fn put_key(out: &mut Vec<u8>, field: u32, wire: u8) {
    put_varint(out, u64::from(field) << 3 | u64::from(wire));
}

/// Writes a length-delimited field.
pub(super) fn put_bytes(out: &mut Vec<u8>, field: u32, bytes: &[u8]) {
    put_key(out, field, BYTES);
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Zigzag of a difference of coordinates.
pub(super) fn zigzag(value: i32) -> u32 {
    (value << 1) as u32 ^ (value >> 31) as u32
}

/// Inverse of [`zigzag`].
pub(super) fn unzigzag(value: u32) -> i32 {
    (value >> 1) as i32 ^ -((value & 1) as i32)
}

/// Zigzag of a 64-bit integer.
pub(super) fn zigzag64(value: i64) -> u64 {
    (value << 1) as u64 ^ (value >> 63) as u64
}

/// Inverse of [`zigzag64`].
pub(super) fn unzigzag64(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

/// What is wrong with the wire format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// The bytes end inside a value.
    #[error("the bytes end inside a value")]
    Truncated,
    /// More than ten bytes, or bits beyond the 64th.
    #[error("a varint is longer than 64 bits")]
    VarintTooLong,
    /// A wire type that does not exist or is not used any more.
    #[error("wire type {0} is none of 0, 1, 2, 5")]
    WireType(u8),
    /// Field number 0 or above 2²⁹ − 1.
    #[error("field number {0} is outside 1..=536870911")]
    FieldNumber(u64),
}

/// A field's value as it lies in the bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Wire<'a> {
    Varint(u64),
    Fixed64([u8; 8]),
    Bytes(&'a [u8]),
    Fixed32([u8; 4]),
}

/// Walks the fields of a message.
#[derive(Debug, Clone, Copy)]
pub(super) struct WireReader<'a> {
    bytes: &'a [u8],
}

impl<'a> WireReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub(super) fn varint(&mut self) -> Result<u64, WireError> {
        let mut value = 0u64;
        for (at, byte) in self.bytes.iter().take(10).enumerate() {
            let bits = u64::from(byte & 0x7F);
            if at == 9 && bits > 1 {
                return Err(WireError::VarintTooLong);
            }
            value |= bits << (7 * at);
            if byte & 0x80 == 0 {
                self.bytes = &self.bytes[at + 1..];
                return Ok(value);
            }
        }
        Err(if self.bytes.len() >= 10 { WireError::VarintTooLong } else { WireError::Truncated })
    }

    fn take(&mut self, len: u64) -> Result<&'a [u8], WireError> {
        let len = usize::try_from(len).map_err(|_| WireError::Truncated)?;
        let (taken, rest) = self.bytes.split_at_checked(len).ok_or(WireError::Truncated)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], WireError> {
        let (taken, rest) = self.bytes.split_first_chunk().ok_or(WireError::Truncated)?;
        self.bytes = rest;
        Ok(*taken)
    }

    /// The next field, or none at the end.
    pub(super) fn field(&mut self) -> Result<Option<(u32, Wire<'a>)>, WireError> {
        if self.bytes.is_empty() {
            return Ok(None);
        }
        let key = self.varint()?;
        let number = key >> 3;
        if number == 0 || number > 0x1FFF_FFFF {
            return Err(WireError::FieldNumber(number));
        }
        let value = match (key & 7) as u8 {
            VARINT => Wire::Varint(self.varint()?),
            FIXED64 => Wire::Fixed64(self.array()?),
            BYTES => {
                let len = self.varint()?;
                Wire::Bytes(self.take(len)?)
            }
            FIXED32 => Wire::Fixed32(self.array()?),
            other => return Err(WireError::WireType(other)),
        };
        Ok(Some((number as u32, value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn varints_read_back(value: u64) {
            let mut out = Vec::new();
            put_varint(&mut out, value);
            prop_assert_eq!(out.len(), varint_len(value));
            let mut reader = WireReader::new(&out);
            prop_assert_eq!(reader.varint(), Ok(value));
            prop_assert!(reader.is_empty());
        }

        #[test]
        fn zigzag_reads_back(small: i32, large: i64) {
            prop_assert_eq!(unzigzag(zigzag(small)), small);
            prop_assert_eq!(unzigzag64(zigzag64(large)), large);
        }
    }

    #[test]
    fn an_endless_varint_is_refused() {
        assert_eq!(WireReader::new(&[0xFF; 12]).varint(), Err(WireError::VarintTooLong));
        assert_eq!(WireReader::new(&[0xFF; 3]).varint(), Err(WireError::Truncated));
    }
}
