//! The quirk table: where published texts disagree or moved over time, a sandbox chooses.
//!
//! An edition sets several quirks at once. The table is data alone: what a sandbox chose stands in
//! its world by name, an edition written out as its choices, and a [`Choice`] reads it back.

mod choices;
mod table;

pub use choices::{
    Choice, CsvBlankLocation, CsvFromSuspended, LicenseTemplateModes, PatchSwapUnassignable,
    PeoplePutUnassignable, SuspendedOverPublicApi, SuspendedTemplateOutcome, SwapWithoutProperties,
    UserStatuses,
};
pub use table::{EDITIONS, QUIRKS};

/// One question that the published texts leave open or answer differently.
#[derive(Debug, PartialEq, Eq)]
pub struct Quirk {
    /// Its name, in replies, scenario files and requests.
    pub name: &'static str,
    /// What can be chosen.
    pub choices: &'static [&'static str],
    /// The choice of a sandbox that says nothing.
    pub default: &'static str,
    /// `short name: title` of each text behind it.
    pub sources: &'static [&'static str],
    /// What the choices mean, in one sentence.
    pub sentence: &'static str,
}

/// A named set of choices.
#[derive(Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its name, in replies, scenario files and requests.
    pub name: &'static str,
    /// Whose reading it is, in one sentence.
    pub sentence: &'static str,
    /// The choices that differ from the defaults: quirk and choice.
    pub sets: &'static [(&'static str, &'static str)],
}

impl Edition {
    /// What this edition chooses for a quirk: its own choice or the default.
    #[must_use]
    pub fn choice(&self, quirk: &Quirk) -> &'static str {
        let own = self.sets.iter().find(|(name, _)| *name == quirk.name);
        own.map_or(quirk.default, |(_, choice)| choice)
    }
}

/// The quirk of this name.
#[must_use]
pub fn quirk(name: &str) -> Option<&'static Quirk> {
    QUIRKS.iter().find(|quirk| quirk.name == name)
}

/// The edition of this name.
#[must_use]
pub fn edition(name: &str) -> Option<&'static Edition> {
    EDITIONS.iter().find(|edition| edition.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique() {
        let quirks: BTreeSet<_> = QUIRKS.iter().map(|quirk| quirk.name).collect();
        assert_eq!(quirks.len(), QUIRKS.len());
        let editions: BTreeSet<_> = EDITIONS.iter().map(|edition| edition.name).collect();
        assert_eq!(editions.len(), EDITIONS.len());
    }

    #[test]
    fn a_default_is_one_of_the_choices() {
        for quirk in QUIRKS {
            assert!(quirk.choices.contains(&quirk.default), "{}", quirk.name);
            assert!(!quirk.sources.is_empty(), "{}", quirk.name);
        }
    }

    #[test]
    fn editions_set_existing_quirks_to_other_choices_than_the_default() {
        for edition in EDITIONS {
            for (name, choice) in edition.sets {
                let quirk = quirk(name).expect("a quirk of the table");
                assert!(quirk.choices.contains(choice), "{name} {choice}");
                assert_ne!(quirk.default, *choice, "{name} is set to its default");
            }
        }
    }

    #[test]
    fn every_sentence_ends_with_a_full_stop() {
        let quirks = QUIRKS.iter().map(|quirk| quirk.sentence);
        for sentence in quirks.chain(EDITIONS.iter().map(|edition| edition.sentence)) {
            assert!(
                sentence.ends_with('.') && !sentence.contains(". "),
                "{sentence}"
            );
        }
    }

    #[test]
    fn an_edition_chooses_for_every_quirk() {
        let current = edition("current").expect("the edition of the defaults");
        assert!(current.sets.is_empty());
        let strict = edition("strict-bulk").expect("the Chinese reading");
        let csv = quirk("csv_from_suspended").expect("a quirk of the table");
        assert_eq!((current.choice(csv), strict.choice(csv)), ("kept", "lost"));
        let location = quirk("csv_blank_location").expect("a quirk of the table");
        assert_eq!(strict.choice(location), location.default);
    }
}
