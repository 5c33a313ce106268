//! The choices of each quirk as types, for the code that acts on them.

use std::fmt::Debug;

/// Each choice with its name, in the order of the table.
pub type Named<C> = &'static [(&'static str, C)];

/// A quirk as a type: the default is the choice of a sandbox that says nothing.
pub trait Choice: Copy + Debug + Default + PartialEq + 'static {
    /// The name of the quirk.
    const QUIRK: &'static str;
    /// Its choices.
    const NAMED: Named<Self>;

    /// The choice of this name.
    fn parse(name: &str) -> Option<Self> {
        Self::NAMED
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, choice)| *choice)
    }

    /// What a sandbox chose, which may be nothing.
    fn chosen(name: Option<&str>) -> Self {
        name.and_then(Self::parse).unwrap_or_default()
    }
}

/// What a CSV move out of a suspended subscription does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CsvFromSuspended {
    /// The person moves with everything.
    #[default]
    Kept,
    /// The configuration is lost, as with a template.
    Lost,
}

impl Choice for CsvFromSuspended {
    const QUIRK: &'static str = "csv_from_suspended";
    const NAMED: Named<Self> = &[("kept", Self::Kept), ("lost", Self::Lost)];
}

/// What a person holds after a template met a suspended Calling licence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SuspendedTemplateOutcome {
    /// No Calling licence.
    #[default]
    Stripped,
    /// The suspended licence, without its configuration.
    Stuck,
}

impl Choice for SuspendedTemplateOutcome {
    const QUIRK: &'static str = "suspended_template_outcome";
    const NAMED: Named<Self> = &[("stripped", Self::Stripped), ("stuck", Self::Stuck)];
}

/// Whether the public API may change a suspended licence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SuspendedOverPublicApi {
    /// It may.
    #[default]
    Allow,
    /// Only Control Hub may.
    Refuse,
}

impl Choice for SuspendedOverPublicApi {
    const QUIRK: &'static str = "suspended_over_public_api";
    const NAMED: Named<Self> = &[("allow", Self::Allow), ("refuse", Self::Refuse)];
}

/// What a licence request does that swaps Calling without properties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SwapWithoutProperties {
    /// It is refused.
    #[default]
    Refuse,
    /// The present ones are kept.
    Keep,
}

impl Choice for SwapWithoutProperties {
    const QUIRK: &'static str = "swap_without_properties";
    const NAMED: Named<Self> = &[("refuse", Self::Refuse), ("keep", Self::Keep)];
}

/// What a licence request does whose target cannot be assigned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PatchSwapUnassignable {
    /// Nothing changes.
    #[default]
    Refuse,
    /// The old licence goes, the new one fails.
    Partial,
}

impl Choice for PatchSwapUnassignable {
    const QUIRK: &'static str = "patch_swap_unassignable";
    const NAMED: Named<Self> = &[("refuse", Self::Refuse), ("partial", Self::Partial)];
}

/// What writing a person does with a licence that cannot be assigned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PeoplePutUnassignable {
    /// It goes on without that licence.
    #[default]
    Skip,
    /// Nothing changes.
    Refuse,
}

impl Choice for PeoplePutUnassignable {
    const QUIRK: &'static str = "people_put_unassignable";
    const NAMED: Named<Self> = &[("skip", Self::Skip), ("refuse", Self::Refuse)];
}

/// What becomes of a new person in a CSV row without a location.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CsvBlankLocation {
    /// The row fails.
    #[default]
    Refuse,
    /// The default location is taken.
    Default,
}

impl Choice for CsvBlankLocation {
    const QUIRK: &'static str = "csv_blank_location";
    const NAMED: Named<Self> = &[("refuse", Self::Refuse), ("default", Self::Default)];
}

/// How templates of the organisation and of groups stand to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LicenseTemplateModes {
    /// They add up.
    #[default]
    Union,
    /// One mode is in force at a time.
    Exclusive,
}

impl Choice for LicenseTemplateModes {
    const QUIRK: &'static str = "license_template_modes";
    const NAMED: Named<Self> = &[("union", Self::Union), ("exclusive", Self::Exclusive)];
}

/// Which statuses people have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UserStatuses {
    /// Active, pending, suspended.
    #[default]
    Current,
    /// Active, verified, not verified, inactive.
    Classic,
}

impl Choice for UserStatuses {
    const QUIRK: &'static str = "user_statuses";
    const NAMED: Named<Self> = &[("current", Self::Current), ("classic", Self::Classic)];
}

#[cfg(test)]
mod tests {
    use super::super::{QUIRKS, quirk};
    use super::*;

    /// Checks one type against the table and says which quirk it stands for.
    fn agrees<C: Choice>() -> &'static str {
        let row = quirk(C::QUIRK).expect("a quirk of the table");
        let names: Vec<_> = C::NAMED.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, row.choices, "{}", row.name);
        assert_eq!(C::parse(row.default), Some(C::default()), "{}", row.name);
        row.name
    }

    #[test]
    fn every_quirk_has_a_type_with_the_same_choices_and_default() {
        let typed = [
            agrees::<CsvFromSuspended>(),
            agrees::<SuspendedTemplateOutcome>(),
            agrees::<SuspendedOverPublicApi>(),
            agrees::<SwapWithoutProperties>(),
            agrees::<PatchSwapUnassignable>(),
            agrees::<PeoplePutUnassignable>(),
            agrees::<CsvBlankLocation>(),
            agrees::<LicenseTemplateModes>(),
            agrees::<UserStatuses>(),
        ];
        let in_table: Vec<_> = QUIRKS.iter().map(|quirk| quirk.name).collect();
        assert_eq!(typed.as_slice(), in_table);
    }

    #[test]
    fn an_unknown_or_missing_choice_is_the_default() {
        assert_eq!(
            CsvFromSuspended::chosen(Some("lost")),
            CsvFromSuspended::Lost
        );
        assert_eq!(
            CsvFromSuspended::chosen(Some("maybe")),
            CsvFromSuspended::Kept
        );
        assert_eq!(CsvFromSuspended::chosen(None), CsvFromSuspended::Kept);
    }
}
