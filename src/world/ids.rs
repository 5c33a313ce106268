//! Ids: uuid v5 of the sandbox seed and a counter for each kind, so that one more person does not
//! shift the ids of locations.

use uuid::Uuid;

/// The `number`-th id of a kind under a seed.
#[must_use]
pub fn id(seed: u64, kind_name: &str, number: u64) -> Uuid {
    named(seed, &format!("{kind_name}/{number}"))
}

/// The id of a name under a seed.
#[must_use]
pub fn named(seed: u64, name: &str) -> Uuid {
    let namespace = Uuid::from_u64_pair(0x6875_6273_696d_0001, seed);
    Uuid::new_v5(&namespace, name.as_bytes())
}
