//! The simulator's own control: `/_sim/v1`.

pub mod status;
