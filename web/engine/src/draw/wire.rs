//! A tile's mesh as bytes, for the way from the worker to the page.
//!
//! Little-endian words: a mark, seven lengths, then the arrays in the order of [`TileMesh`]'s fields.

use super::Group;
use super::mesh::{Dot, FillVertex, Part, Segment, TileMesh};
use bytemuck::Pod;

const MARK: u32 = u32::from_le_bytes(*b"WGM1");
const HEADER_WORDS: usize = 8;

/// Bytes that are no mesh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// The mark is another.
    #[error("mesh bytes do not begin with WGM1")]
    Mark,
    /// Fewer or more bytes than the lengths say.
    #[error("mesh of {got} bytes should have {want}")]
    Length {
        /// Bytes there.
        got: usize,
        /// Bytes the lengths ask for.
        want: usize,
    },
}

impl TileMesh {
    /// The mesh as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let parts: Vec<[u32; 3]> = [&self.fills, &self.lines, &self.points]
            .into_iter()
            .flatten()
            .map(|part| [u32::from(part.group.0), part.first, part.count])
            .collect();
        let lengths = [
            self.vertices.len(),
            self.indices.len(),
            self.segments.len(),
            self.dots.len(),
            self.fills.len(),
            self.lines.len(),
            self.points.len(),
        ];
        let mut bytes = Vec::with_capacity(HEADER_WORDS * 4 + self.byte_len() + parts.len() * 12);
        bytes.extend_from_slice(&MARK.to_le_bytes());
        for length in lengths {
            bytes.extend_from_slice(&(length as u32).to_le_bytes());
        }
        bytes.extend_from_slice(bytemuck::cast_slice(&self.vertices));
        bytes.extend_from_slice(bytemuck::cast_slice(&self.indices));
        bytes.extend_from_slice(bytemuck::cast_slice(&self.segments));
        bytes.extend_from_slice(bytemuck::cast_slice(&self.dots));
        bytes.extend_from_slice(bytemuck::cast_slice(&parts));
        bytes
    }

    /// The mesh of bytes made by [`TileMesh::to_bytes`].
    ///
    /// # Errors
    /// [`WireError`] when they are not such bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WireError> {
        let header: Vec<u32> =
            bytes.chunks_exact(4).take(HEADER_WORDS).map(|w| u32::from_le_bytes([w[0], w[1], w[2], w[3]])).collect();
        let &[mark, vertices, indices, segments, dots, fills, lines, points] = header.as_slice() else {
            return Err(WireError::Length { got: bytes.len(), want: HEADER_WORDS * 4 });
        };
        if mark != MARK {
            return Err(WireError::Mark);
        }
        let mut reader = Reader { rest: &bytes[HEADER_WORDS * 4..], got: bytes.len(), used: HEADER_WORDS * 4 };
        let mesh = Self {
            vertices: reader.array::<FillVertex>(vertices)?,
            indices: reader.array::<u32>(indices)?,
            segments: reader.array::<Segment>(segments)?,
            dots: reader.array::<Dot>(dots)?,
            fills: reader.parts(fills)?,
            lines: reader.parts(lines)?,
            points: reader.parts(points)?,
        };
        if reader.rest.is_empty() { Ok(mesh) } else { Err(reader.wrong_length(0)) }
    }
}

struct Reader<'a> {
    rest: &'a [u8],
    got: usize,
    used: usize,
}

impl Reader<'_> {
    fn wrong_length(&self, more: usize) -> WireError {
        WireError::Length { got: self.got, want: self.used.saturating_add(more) }
    }

    fn array<T: Pod>(&mut self, count: u32) -> Result<Vec<T>, WireError> {
        let length = (count as usize).saturating_mul(size_of::<T>());
        let (taken, rest) = self.rest.split_at_checked(length).ok_or_else(|| self.wrong_length(length))?;
        self.rest = rest;
        self.used += length;
        Ok(bytemuck::pod_collect_to_vec(taken))
    }

    fn parts(&mut self, count: u32) -> Result<Vec<Part>, WireError> {
        let rows = self.array::<[u32; 3]>(count)?;
        Ok(rows.into_iter().map(|[group, first, count]| Part { group: Group(group as u8), first, count }).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> TileMesh {
        TileMesh {
            vertices: (0..3).map(|i| FillVertex { at: [i, -i], slot: 9 }).collect(),
            indices: vec![0, 1, 2],
            segments: vec![Segment { from: [1, 2], to: [3, 4], slot: 5, other: 6 }],
            dots: vec![Dot { at: [7, 8], slot: 11 }],
            fills: vec![Part { group: Group(1), first: 0, count: 3 }],
            lines: vec![Part { group: Group(9), first: 0, count: 1 }],
            points: vec![Part { group: Group::DOORS, first: 0, count: 1 }],
        }
    }

    #[test]
    fn a_mesh_comes_back_from_its_bytes() {
        assert_eq!(TileMesh::from_bytes(&sample().to_bytes()), Ok(sample()));
    }

    #[test]
    fn bytes_cut_short_or_too_long_are_refused() {
        let bytes = sample().to_bytes();
        for length in 0..bytes.len() {
            assert!(TileMesh::from_bytes(&bytes[..length]).is_err(), "{length} bytes were taken");
        }
        assert!(TileMesh::from_bytes(&[bytes, vec![0; 4]].concat()).is_err());
    }
}
