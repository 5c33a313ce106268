//! Wholesale packages: what each is made of, what it needs, and what a change of package does.
//!
//! A package is a licence of the customer's wholesale subscription. A change of package is one
//! save that removes the licences of the old package and adds those of the new one; so whoever
//! stays in Calling keeps everything, and whoever leaves it loses everything, as on any route.

mod assign;
mod govern;
mod sell;
mod usage;

pub use assign::{Assigned, Beside, PackageSave, assign, forget, licenses_of, refusal, unassign};
pub use govern::{check_license, governing, governs, sound};
pub use sell::{basic, check_removal, provision};
pub use usage::begin_at;

use crate::model::License;
use crate::model::wholesale::Package;
use crate::refusal::{ErrorKind, Refusal};

/// Who gets a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A subscriber, who has one such package.
    Base,
    /// A subscriber, beside a base package.
    AddOn,
    /// The customer as a whole.
    Organization,
}

/// Whether a package comes with a number or an extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// It has no Calling.
    None,
    /// It has Calling, which can do without.
    Optional,
    /// It must, for whoever has no Calling yet.
    Required,
}

/// One row of the table of packages.
#[derive(Debug)]
pub struct Row {
    /// The package.
    pub package: Package,
    /// Its name in the public API.
    pub name: &'static str,
    /// The code of its licence's offer.
    pub offer: &'static str,
    /// Who gets it.
    pub kind: Kind,
    /// Whether it comes with a number.
    pub number: Number,
    /// How much it is: a change to a lower rank is a downgrade (PKG-15). Inferred.
    pub rank: u8,
    /// One of these must be there, too (PKG-04).
    pub needs: &'static [Package],
}

const fn row(
    package: Package,
    name: &'static str,
    offer: &'static str,
    kind: Kind,
    number: Number,
    rank: u8,
    needs: &'static [Package],
) -> Row {
    Row {
        package,
        name,
        offer,
        kind,
        number,
        rank,
        needs,
    }
}

use Package as P;

/// What Cisco Calling Plan is an addition to.
const PLANNED: &[P] = &[
    P::CommonAreaCalling,
    P::WebexCalling,
    P::WebexSuite,
    P::WebexVoice,
    P::CxEssentials,
    P::WebexCallingStandard,
];
/// What Attendant Console is an addition to.
const ATTENDED: &[P] = &[P::WebexCalling, P::WebexSuite, P::CxEssentials];

/// The table of packages (PKG-03), in the order of the contract.
#[rustfmt::skip]
pub static PACKAGES: &[Row] = &[
    row(P::CommonAreaCalling, "common_area_calling", "SLCA", Kind::Organization, Number::None, 0, &[]),
    row(P::WebexCalling, "webex_calling", "SLWCA", Kind::Base, Number::Required, 3, &[]),
    row(P::WebexMeetings, "webex_meetings", "SLMTG", Kind::Base, Number::None, 1, &[]),
    row(P::WebexSuite, "webex_suite", "SLSTE", Kind::Base, Number::Required, 4, &[]),
    row(P::WebexVoice, "webex_voice", "SLVOI", Kind::Base, Number::Optional, 1, &[]),
    row(P::CxEssentials, "cx_essentials", "SLCXE", Kind::Base, Number::Required, 3, &[]),
    row(P::WebexCallingStandard, "webex_calling_standard", "SLWCS", Kind::Base, Number::Required, 2, &[]),
    row(P::CiscoCallingPlan, "cisco_calling_plan", "BCPLAN", Kind::Organization, Number::None, 0, PLANNED),
    row(P::AttendantConsole, "attendant_console", "SLAC", Kind::AddOn, Number::None, 0, ATTENDED),
    row(P::CxPremiumAgent, "cx_premium_agent", "CJPPRM", Kind::AddOn, Number::None, 0, &[]),
    row(P::CxStandardAgent, "cx_standard_agent", "CJPSTD", Kind::AddOn, Number::None, 0, &[]),
    row(P::CxVoicePorts, "cx_voice_ports", "SLCXVP", Kind::Organization, Number::None, 0, &[]),
    row(P::CxAiAssistant, "cx_ai_assistant", "SLCXAI", Kind::Organization, Number::None, 0, &[]),
    row(P::WebexAiAgent, "webex_ai_agent", "SLAIA", Kind::Organization, Number::None, 0, &[]),
];

/// The row of a package.
#[must_use]
pub fn of(package: Package) -> &'static Row {
    let mut rows = PACKAGES.iter();
    // The test beside shows that every package has a row.
    rows.find(|row| row.package == package)
        .unwrap_or(&PACKAGES[0])
}

/// The package that a licence belongs to.
#[must_use]
pub fn of_license(license: &License) -> Option<&'static Row> {
    PACKAGES.iter().find(|row| row.offer == license.offer)
}

/// The base package among some.
#[must_use]
pub fn base(packages: &[Package]) -> Option<Package> {
    let mut all = packages.iter().copied();
    all.find(|package| of(*package).kind == Kind::Base)
}

/// Refuses an addition without what it is an addition to (PKG-04).
///
/// # Errors
/// 900082.
pub fn check_dependencies(packages: &[Package]) -> Result<(), Refusal> {
    for row in packages.iter().map(|package| of(*package)) {
        let is_met = row.needs.is_empty() || row.needs.iter().any(|it| packages.contains(it));
        if !is_met {
            let needed: Vec<_> = row.needs.iter().map(|it| of(*it).name).collect();
            let detail = format!("{} needs one of {}.", row.name, needed.join(", "));
            return Err(Refusal::new(ErrorKind::PackageDependency, detail).by("PKG-04"));
        }
    }
    Ok(())
}

/// The packages of a subscriber in order: one base package, then what is added to it.
///
/// # Errors
/// 900015 when there is no base package, 900014 when there are two, 400 for a package of the
/// whole customer, 900082 for an addition to what is not there.
pub fn of_subscriber(wanted: &[Package]) -> Result<Vec<Package>, Refusal> {
    let mut packages: Vec<Package> = wanted.to_vec();
    packages.sort_by_key(|package| of(*package).kind != Kind::Base);
    packages.dedup();
    if let Some(other) = packages
        .iter()
        .find(|it| of(**it).kind == Kind::Organization)
    {
        let detail = format!("{} is no package of a subscriber.", of(*other).name);
        return Err(Refusal::bad_request(detail).by("PKG-03"));
    }
    let bases = packages.iter().filter(|it| of(**it).kind == Kind::Base);
    let bases: Vec<&str> = bases.map(|package| of(*package).name).collect();
    match bases.as_slice() {
        [_] => {}
        [] => {
            let detail = "A subscriber needs one base package.";
            return Err(Refusal::new(ErrorKind::FieldMissing, detail).by("PKG-02"));
        }
        _ => {
            let detail = format!(
                "{} are two base packages; a subscriber has exactly one.",
                bases.join(" and ")
            );
            return Err(Refusal::new(ErrorKind::TwoPackages, detail).by("PKG-02"));
        }
    }
    check_dependencies(&packages)?;
    Ok(packages)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Offer;

    #[test]
    fn every_package_of_the_contract_has_a_row_with_its_name_and_an_offer() {
        let all = [
            P::CommonAreaCalling,
            P::WebexCalling,
            P::WebexMeetings,
            P::WebexSuite,
            P::WebexVoice,
            P::CxEssentials,
            P::WebexCallingStandard,
            P::CiscoCallingPlan,
            P::AttendantConsole,
            P::CxPremiumAgent,
            P::CxStandardAgent,
            P::CxVoicePorts,
            P::CxAiAssistant,
            P::WebexAiAgent,
        ];
        assert_eq!(all.len(), PACKAGES.len());
        for package in all {
            let row = of(package);
            assert_eq!(row.package, package);
            let name = serde_json::to_value(package).expect("a name");
            assert_eq!(name, row.name);
            assert!(Offer::coded(row.offer).is_some(), "{}", row.name);
        }
    }
}
