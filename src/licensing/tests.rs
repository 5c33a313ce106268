//! Proof of the heart: every cell of the move table, every code, every rule it names.

mod codes;
mod firm;
mod lifecycle;
mod moves;
mod names;
mod random;
mod removals;
mod sound;
mod template;
