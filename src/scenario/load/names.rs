//! What the names of a document mean: what it has named so far, and what the world holds already.
//! What could not be made is remembered too, so that nothing complains of it a second time.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::model::{Holder, spaces};
use crate::resources::{people, workspaces};
use crate::world::World;

/// Whether a name leads somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found<T> {
    /// It does.
    Here(T),
    /// It would, but making it failed, which has been said.
    Failed,
    /// It does not.
    Nowhere,
}

/// What the document names beside locations and holders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A subscription.
    Subscription,
    /// An administrator role of the organisation's own.
    CustomRole,
    /// A user profile of Contact Center.
    UserProfile,
}

/// The names of one organisation.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Locations of the document; none for those that failed.
    locations: BTreeMap<String, Option<Uuid>>,
    /// People by address and workspaces by name, in lower case; none for those that failed.
    holders: BTreeMap<String, Option<Holder>>,
    /// Where each holder stands in the document.
    places: BTreeMap<String, String>,
    /// What else failed, wholly or in a part: its kind and its name in lower case.
    failed: BTreeSet<(Kind, String)>,
}

impl Names {
    /// Notes that something of this name stands at a place. Answers the place of an earlier one.
    pub fn stands(&mut self, name: &str, path: &str) -> Option<String> {
        let name = name.to_lowercase();
        if let Some(earlier) = self.places.get(&name) {
            return Some(earlier.clone());
        }
        self.places.insert(name, path.to_owned());
        None
    }

    /// Remembers a location of the document, or that it failed.
    pub fn remember_location(&mut self, name: &str, location: Option<Uuid>) {
        self.locations.insert(name.to_owned(), location);
    }

    /// Remembers a holder of the document, or that it failed.
    pub fn remember(&mut self, name: &str, holder: Option<Holder>) {
        self.holders.insert(name.to_lowercase(), holder);
    }

    /// Remembers that something could not be made, or not all of it.
    pub fn fail(&mut self, kind: Kind, name: &str) {
        self.failed.insert((kind, name.trim().to_lowercase()));
    }

    /// Whether something of this name failed.
    pub fn has_failed(&self, kind: Kind, name: &str) -> bool {
        self.failed.contains(&(kind, name.trim().to_lowercase()))
    }

    /// Whether anything of a kind failed.
    pub fn has_any_failed(&self, kind: Kind) -> bool {
        self.failed.iter().any(|(failed, _)| *failed == kind)
    }

    /// Names of locations in the document.
    pub fn locations(&self) -> impl Iterator<Item = &str> {
        self.locations.keys().map(String::as_str)
    }

    /// Names of holders in the document.
    pub fn holders(&self) -> impl Iterator<Item = &str> {
        self.holders.keys().map(String::as_str)
    }

    /// The location of a name.
    pub fn location(&self, world: &World, organization: Uuid, name: &str) -> Found<Uuid> {
        match self.locations.get(name) {
            Some(Some(id)) => Found::Here(*id),
            Some(None) => Found::Failed,
            None => match world.find(spaces::LOCATION, organization, name) {
                Some(id) => Found::Here(id),
                None => Found::Nowhere,
            },
        }
    }

    /// The person with an e-mail address, or the workspace with a name.
    pub fn holder(&self, world: &World, organization: Uuid, name: &str) -> Found<Holder> {
        match self.holders.get(&name.to_lowercase()) {
            Some(Some(holder)) => return Found::Here(*holder),
            Some(None) => return Found::Failed,
            None => {}
        }
        let person = people::find_own(world, organization, name).map(Holder::Person);
        let room = || {
            let mut rooms = workspaces::list(world, organization);
            let (id, _) = rooms.find(|(_, room)| room.display_name == name)?;
            Some(Holder::Workspace(id))
        };
        person.or_else(room).map_or(Found::Nowhere, Found::Here)
    }
}
