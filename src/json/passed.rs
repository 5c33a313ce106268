//! The fields that a caller sends and a reader knows nothing of: Webex ignores them, so the answer
//! does not tell.

use std::cell::RefCell;

use crate::model::nearest::nearest;

/// The most fields that are noted of one body. Who sends back what they read is noted with every
/// field that is only read, and those are told from slips of the pen when somebody asks: there
/// must be room for both.
const MOST: usize = 64;

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

/// The fields that were passed over in a body: the first ones, those of one name in objects of
/// one form once, so that a long list does not crowd out the rest.
#[derive(Debug, Default)]
pub struct PassedOver(RefCell<Vec<Passed>>);

impl PassedOver {
    /// Notes a field, unless there are many already.
    pub fn note(
        &self,
        name: String,
        known: &'static [&'static str],
        path: impl FnOnce(&str) -> String,
    ) {
        let mut fields = self.0.borrow_mut();
        let mut noted = fields.iter();
        if fields.len() == MOST || noted.any(|one| *one.name == *name && one.known == known) {
            return;
        }
        fields.push(Passed {
            path: path(&name).into(),
            name: name.into(),
            known,
        });
    }

    /// The fields, which are noted no longer.
    #[must_use]
    pub fn take(&self) -> Vec<Passed> {
        self.0.take()
    }
}
