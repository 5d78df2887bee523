//! Figures of an area in a round: the one definition of eligible, touched and reached.

use super::visit::DoorByte;
use bytemuck::{Pod, Zeroable};
use serde::{Deserialize, Serialize};

/// Counts of an area (or of the unassigned doors) in a round. `touched` and `reached` count eligible doors only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Pod, Zeroable)]
#[repr(C)]
pub struct Counts {
    /// Doors minus vacant, moved and demolished.
    pub eligible: u32,
    /// Eligible doors with any attempt.
    pub touched: u32,
    /// Eligible doors met or reported.
    pub reached: u32,
}

impl Counts {
    /// Counts of one door.
    pub fn of(door: DoorByte) -> Self {
        Self {
            eligible: u32::from(door.state().is_eligible()),
            touched: u32::from(door.is_touched()),
            reached: u32::from(door.state().is_reached()),
        }
    }

    /// Eligible doors without an attempt.
    pub fn untouched(self) -> u32 {
        self.eligible - self.touched
    }

    /// Reached ÷ eligible; none for an area without eligible doors.
    pub fn reached_share(self) -> Option<f64> {
        (self.eligible > 0).then(|| f64::from(self.reached) / f64::from(self.eligible))
    }

    /// Adds one door's counts and takes another's away: how a change moves every area above a door.
    pub fn replace(&mut self, old: Self, new: Self) {
        self.eligible = self.eligible + new.eligible - old.eligible;
        self.touched = self.touched + new.touched - old.touched;
        self.reached = self.reached + new.reached - old.reached;
    }
}
