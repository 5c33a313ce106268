//! Names of time zones.

use jiff::tz::TimeZoneDatabase;

/// Whether a text is a name of the IANA database that comes with the program, letter by letter:
/// the machine's own would make answers differ from one machine to the next.
#[must_use]
pub fn is_time_zone(text: &str) -> bool {
    let known = TimeZoneDatabase::bundled().get(text).ok();
    known.is_some_and(|zone| zone.iana_name() == Some(text))
}

#[cfg(test)]
mod tests {
    use super::is_time_zone;

    #[test]
    fn a_time_zone_is_known_by_its_full_name_alone() {
        assert!(is_time_zone("Europe/Berlin"));
        for text in ["europe/berlin", "Berlin", "", "+01:00"] {
            assert!(!is_time_zone(text), "{text}");
        }
    }
}
