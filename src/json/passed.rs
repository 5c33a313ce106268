//! The fields that a caller sends and a reader knows nothing of: Webex ignores them, so the answer
//! does not tell.

use std::cell::RefCell;

use crate::model::nearest::nearest;

/// The most fields that are noted of one body.
const MOST: usize = 8;

/// A field that was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// Its path, such as `phoneNumbers[0].vale`; never its value.
    pub path: Box<str>,
    /// Its name within its object, shortened.
    pub name: Box<str>,
    /// The fields that the object has.
    pub known: &'static [&'static str],
}

impl Passed {
    /// The path of the field that was meant, when there is one of a near name.
    #[must_use]
    pub fn instead(&self) -> Option<String> {
        let meant = nearest(&self.name, self.known.iter().copied())?;
        let above = self.path.strip_suffix(&*self.name).unwrap_or_default();
        Some(format!("{above}{meant}"))
    }

    /// About how many bytes it takes.
    #[must_use]
    pub fn weight(&self) -> usize {
        size_of::<Self>() + self.path.len() + self.name.len()
    }
}

/// The fields that were passed over in a body: the first ones, each once.
#[derive(Debug, Default)]
pub struct PassedOver(RefCell<Vec<Passed>>);

impl PassedOver {
    /// Notes a field, unless there are many already.
    pub(super) fn note(&self, field: impl FnOnce() -> Passed) {
        let mut fields = self.0.borrow_mut();
        if fields.len() < MOST {
            let field = field();
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
    }

    /// The fields, which are noted no longer.
    #[must_use]
    pub fn take(&self) -> Vec<Passed> {
        self.0.take()
    }
}
