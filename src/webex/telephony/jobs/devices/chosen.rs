//! What a job chooses devices by: as much as a job keeps (DEC-126).

use crate::refusal::Refusal;
use crate::resources::devices::TAG_LENGTH_MAX;

/// The most locations, and the most tags.
const CHOSEN_MAX: usize = 100;

/// Refuses more locations and tags to choose devices by than a job keeps.
///
/// # Errors
/// 400 that names the list, and in it what is too long.
pub(super) fn check(locations: &[String], tags: [&[String]; 2]) -> Result<(), Refusal> {
    let [with, without] = tags;
    let lists = [
        ("locationIds", locations),
        ("includeDeviceTags", with),
        ("excludeDeviceTags", without),
    ];
    if let Some((field, _)) = lists.iter().find(|(_, list)| list.len() > CHOSEN_MAX) {
        let detail = format!("{field} must hold at most {CHOSEN_MAX} items.");
        return Err(Refusal::bad_request(detail));
    }
    let is_long = |tag: &String| tag.chars().count() > TAG_LENGTH_MAX;
    for (field, tags) in &lists[1..] {
        if let Some(position) = tags.iter().position(is_long) {
            let detail = format!(
                "{field}[{position}] must have at most {TAG_LENGTH_MAX} characters, as a tag of a \
                 device has."
            );
            return Err(Refusal::bad_request(detail));
        }
    }
    Ok(())
}
