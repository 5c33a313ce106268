//! What went wrong while a scenario was loaded: one entry for each cause, at its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use super::words::in_scenario;
use crate::refusal::{ErrorKind, Refusal};

/// The most errors that are collected.
const MAX_FAILURES: usize = 100;

/// One thing that could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Where in the document.
    pub path: String,
    /// Why.
    pub message: String,
}

/// What went wrong so far.
#[derive(Debug, Default)]
pub(super) struct Failures {
    found: Vec<Failure>,
    /// What has been said already, by the words it is said with: the entry, and how many other
    /// places have the same cause.
    causes: BTreeMap<String, (usize, usize)>,
    /// What a merge leaves as it is, although the document says something about it.
    pub ignored: Vec<Failure>,
    /// The path of the organisation that is being loaded.
    pub base: String,
}

/// Which key of a holder a refusal is about.
const KEYS: &[(ErrorKind, &str)] = &[
    (ErrorKind::EmailTaken, "email"),
    (ErrorKind::ExtensionTaken, "extension"),
    (ErrorKind::ExtensionLength, "extension"),
    (ErrorKind::NumberNotAvailable, "phoneNumber"),
    (ErrorKind::NumberExists, "phoneNumber"),
    (ErrorKind::NumberWithoutPlus, "phoneNumber"),
    (ErrorKind::UnableToFindLocation, "location"),
    (ErrorKind::LocationImmutable, "location"),
    (ErrorKind::NoFreeUnit, "licenses"),
    (ErrorKind::SubscriptionNotActive, "licenses"),
    (ErrorKind::TwoCallingLicenses, "licenses"),
    (ErrorKind::OneOfOffer, "licenses"),
    (ErrorKind::ProfessionalAndStandard, "licenses"),
    (ErrorKind::ProfessionalToStandard, "licenses"),
    (ErrorKind::StandardAndAttendant, "licenses"),
    (ErrorKind::StandardAndCustomerAssist, "licenses"),
    (ErrorKind::AttendantNeedsProfessional, "licenses"),
    (ErrorKind::CustomerAssistToStandard, "licenses"),
];

impl Failures {
    /// Something went wrong at a path from the document's root. A place that many use, such as a
    /// set, is named once.
    pub fn add(&mut self, path: &str, message: impl Display) {
        let is_known = self.found.iter().any(|known| known.path == path);
        if self.found.len() < MAX_FAILURES && !is_known {
            self.found.push(Failure {
                path: path.to_owned(),
                message: in_scenario(path, message.to_string()),
            });
        }
    }

    /// The same for a cause that shows at many places, such as a name that leads nowhere: it is
    /// named where it shows first, with the number of the other places.
    pub fn add_cause(&mut self, path: &str, message: impl Display) {
        let message = message.to_string();
        if let Some((_, others)) = self.causes.get_mut(&message) {
            *others += 1;
            return;
        }
        let before = self.found.len();
        self.add(path, &message);
        if self.found.len() > before {
            self.causes.insert(message, (before, 0));
        }
    }

    /// A holder could not be made what the document says.
    pub fn add_refusal(&mut self, path: &str, refusal: &Refusal) {
        let key = KEYS.iter().find(|(kind, _)| *kind == refusal.kind);
        let path = key.map_or_else(|| path.to_owned(), |(_, key)| format!("{path}.{key}"));
        match refusal.kind {
            ErrorKind::NoFreeUnit => self.add_cause(&path, refusal),
            _ => self.add(&path, refusal),
        }
    }

    /// The path of something in the organisation that is being loaded.
    pub fn at(&self, below: &str) -> String {
        format!("{}.{below}", self.base)
    }

    /// The items of a list with their paths. Of those whose key has the same value, however it is
    /// spelled, the first one counts, and the others are mistakes.
    pub fn once<'a, T>(
        &mut self,
        what: &str,
        path: &str,
        list: &'a [T],
        (key, value): (&str, fn(&T) -> String),
    ) -> Vec<(String, &'a T)> {
        let mut seen = BTreeSet::new();
        let mut kept = Vec::with_capacity(list.len());
        for (index, item) in list.iter().enumerate() {
            let path = format!("{path}[{index}]");
            let value = value(item);
            if seen.insert(value.trim().to_lowercase()) {
                kept.push((path, item));
                continue;
            }
            let message = format!("the {what} `{}` stands twice", value.trim());
            self.add(&format!("{path}.{key}"), message);
        }
        kept
    }

    /// The value, or nothing when it could not be had.
    pub fn take<T, E: Display>(&mut self, path: &str, outcome: Result<T, E>) -> Option<T> {
        outcome.map_err(|error| self.add(path, error)).ok()
    }

    /// A merge leaves what stands at this path as it is.
    pub fn ignore(&mut self, path: &str, message: &str) {
        if self.ignored.len() < MAX_FAILURES {
            self.ignored.push(Failure {
                path: path.to_owned(),
                message: message.to_owned(),
            });
        }
    }

    /// Everything that went wrong, in the order in which it was found.
    pub fn into_found(mut self) -> Vec<Failure> {
        for (index, others) in self.causes.into_values() {
            if let (Some(failure), 1..) = (self.found.get_mut(index), others) {
                let places = if others == 1 { "place" } else { "places" };
                let more = format!(" (so at {others} other {places})");
                failure.message.push_str(&more);
            }
        }
        self.found
    }

    /// Whether nothing went wrong.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}
