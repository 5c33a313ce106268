//! Which operations each token called: the ground of the report of scopes.
//!
//! A call costs one relaxed load, and one bit the first time.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::scopes::Granted;

/// The most names that are told apart; all further ones are one.
const NAMES_MAX: usize = 1000;
/// What those are called.
const OTHERS: &str = "others";

/// What one token, or several of one name, called.
#[derive(Debug)]
pub struct Used {
    bits: Box<[AtomicU64]>,
    /// What was granted; none is everything.
    pub granted: Option<Arc<Granted>>,
    /// Whether the caller was an administrator.
    pub is_administrator: bool,
}

impl Used {
    /// Notes a call of an operation, by its place in the table.
    pub fn note(&self, place: usize) {
        let Some(word) = self.bits.get(place / 64) else {
            return;
        };
        let bit = 1_u64 << (place % 64);
        if word.load(Ordering::Relaxed) & bit == 0 {
            word.fetch_or(bit, Ordering::Relaxed);
        }
    }

    /// The places of the operations that were called.
    pub fn places(&self) -> impl Iterator<Item = usize> {
        self.bits.iter().enumerate().flat_map(|(number, word)| {
            let word = word.load(Ordering::Relaxed);
            let places = (0..64).filter(move |bit| word & (1 << bit) != 0);
            places.map(move |bit| number * 64 + bit)
        })
    }

    fn forget(&self) {
        for word in &self.bits {
            word.store(0, Ordering::Relaxed);
        }
    }
}

/// What tokens are called, and the scopes that they were granted.
type Name = (Box<str>, Option<Box<str>>);

/// What the tokens of a sandbox called, by a name that is no secret.
#[derive(Debug, Default)]
pub struct Usage {
    names: Mutex<BTreeMap<Name, Arc<Used>>>,
}

impl Usage {
    /// Where the calls of a name are noted: apart for each grant, so that what was called with
    /// one stays beside what is called with another.
    pub(super) fn of(
        &self,
        name: &str,
        operations: usize,
        granted: Option<Arc<Granted>>,
        is_administrator: bool,
    ) -> Arc<Used> {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let scopes = granted.as_ref().map(|granted| {
            let scopes: Vec<&str> = granted.iter().collect();
            scopes.join(" ").into()
        });
        let mut name: Name = (name.into(), scopes);
        let mut granted = granted;
        if !names.contains_key(&name) && names.len() >= NAMES_MAX {
            name = (OTHERS.into(), None);
            granted = None;
        }
        if let Some(known) = names.get(&name) {
            return Arc::clone(known);
        }
        let words = operations.div_ceil(64);
        let used = Arc::new(Used {
            bits: (0..words).map(|_| AtomicU64::new(0)).collect(),
            granted,
            is_administrator,
        });
        names.insert(name, Arc::clone(&used));
        used
    }

    /// Everybody who called something, by name.
    #[must_use]
    pub fn list(&self) -> Vec<(Box<str>, Arc<Used>)> {
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let all = names
            .iter()
            .map(|((name, _), used)| (name.clone(), Arc::clone(used)));
        all.filter(|(_, used)| used.places().next().is_some())
            .collect()
    }

    /// Forgets every call; tokens go on to be noted.
    pub fn clear(&self) {
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.values().for_each(|used| used.forget());
    }
}
