//! What others are told of commits, fed by the ledger alone.

pub mod audit;
