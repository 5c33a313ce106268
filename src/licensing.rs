//! Decides every licence change: what moves, what is lost, and by which rule.

pub mod quirks;
pub mod rules;
