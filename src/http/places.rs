//! Which locations a caller administers: a Location Administrator manages what stands in the
//! assigned locations (ROLE-05), and all else is not there for them (DEC-47).
//!
//! The edge looks at what the path names, so no row can forget it; a row that lists, or whose body
//! names a holder, asks [`Call::places`].

use std::sync::Arc;

use uuid::Uuid;

use super::call::Call;
use super::operation::{Access, Space};
use super::roles::Roles;
use crate::model::role::{LOCATION_ADMIN, Role};
use crate::model::{Device, Holder, Location, Person, WebexId, Workspace, spaces};
use crate::refusal::Refusal;
use crate::world::{Actor, World};

/// The locations to which a caller is bound; none is everywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places(Option<Arc<[Uuid]>>);

impl Places {
    /// The locations of an actor: those of a person whose one role is Location Administrator. The
    /// token of the role, where nobody holds it, is bound to none.
    pub(super) fn of(world: &World, rights: Roles, actor: &Actor) -> Self {
        let is_bound = Role::find(LOCATION_ADMIN).is_some_and(|role| rights == Roles::of(role));
        let person = actor.person.filter(|_| is_bound);
        let person = person.and_then(|id| world.get::<Person>(id));
        Self(person.map(|person| person.admin_locations.as_slice().into()))
    }

    /// Whether they are still those of the person.
    pub(super) fn are_of(&self, person: &Person) -> bool {
        let own = self.0.as_deref();
        own.is_none_or(|own| own == person.admin_locations)
    }

    /// Whether the caller is bound to none.
    #[must_use]
    pub fn are_everywhere(&self) -> bool {
        self.0.is_none()
    }

    /// Whether what stands in a location is among them; what stands nowhere is not.
    #[must_use]
    pub fn hold(&self, location: Option<Uuid>) -> bool {
        let own = self.0.as_deref();
        own.is_none_or(|own| location.is_some_and(|location| own.contains(&location)))
    }

    /// Whether a holder stands in one of them.
    #[must_use]
    pub fn hold_holder(&self, world: &World, holder: Holder) -> bool {
        self.0.is_none() || self.hold(location_of(world, holder))
    }
}

fn location_of(world: &World, holder: Holder) -> Option<Uuid> {
    match holder {
        Holder::Person(id) => world.get::<Person>(id)?.any_location(),
        Holder::Workspace(id) => {
            let workspace = world.get::<Workspace>(id)?;
            let calling = workspace.calling.as_ref();
            calling
                .map(|calling| calling.location)
                .or(workspace.location)
        }
    }
}

/// What a part of a path names, by the part before it; none for what stands in no location.
fn named(call: &Call<'_>, world: &World, before: &str, text: &str) -> Option<Place> {
    let holder = |holder: Holder| {
        let place = location_of(world, holder);
        Some(Place {
            place,
            holder: Some(holder),
        })
    };
    match before {
        "people" | "users" => {
            let id = match text.contains('@') {
                true => world.find(spaces::EMAIL, Uuid::nil(), text),
                false => WebexId::Person.decode(text),
            };
            let id = if text == "me" { own(call) } else { id };
            id.filter(|id| world.get::<Person>(*id).is_some())
                .and_then(|id| holder(Holder::Person(id)))
        }
        "workspaces" => WebexId::Workspace
            .decode(text)
            .filter(|id| world.get::<Workspace>(*id).is_some())
            .and_then(|id| holder(Holder::Workspace(id))),
        "devices" => {
            let id = WebexId::Device.decode(text);
            let id = id.or_else(|| WebexId::CallingDevice.decode(text))?;
            holder(world.get::<Device>(id)?.holder)
        }
        "locations" | "workspaceLocations" => {
            let place = match before {
                "locations" => WebexId::Location.decode(text),
                _ => Location::decode_for_workspaces(text),
            };
            place.map(|id| Place {
                place: Some(id),
                holder: None,
            })
        }
        _ => None,
    }
}

/// Where something stands, and who has it.
struct Place {
    place: Option<Uuid>,
    holder: Option<Holder>,
}

fn own(call: &Call<'_>) -> Option<Uuid> {
    let session = call.session.as_ref();
    session.and_then(|session| session.actor.person)
}

impl Call<'_> {
    /// The locations to which the caller is bound.
    #[must_use]
    pub fn places(&self) -> Places {
        let session = self.session.as_ref();
        session.map_or_else(Places::default, |session| session.places.clone())
    }

    /// Refuses what the path names in other locations than the caller's, as what is not there. What
    /// everybody may do with what is their own stays theirs.
    ///
    /// # Errors
    /// 404.
    pub(super) fn check_places(&self) -> Result<(), Refusal> {
        let session = self.session.as_ref();
        let Some(places) = session.map(|session| &session.places) else {
            return Ok(());
        };
        if places.0.is_none() || !matches!(self.operation.space, Space::Webex | Space::Hub) {
            return Ok(());
        }
        let world = self.tenant.sandbox.peek();
        let mut values = self.values.iter();
        let mut before = "";
        for part in self.operation.path.split('/') {
            if part.starts_with('{') {
                let text = values.next().map_or("", |value| value);
                let found = named(self, &world, before, text);
                let is_theirs = |found: &Place| {
                    let own = own(self).map(Holder::Person);
                    found.holder.is_some() && found.holder == own
                };
                let allows_own = self.operation.access == Access::Token;
                let is_barred = found.is_some_and(|found| {
                    !(places.hold(found.place) || allows_own && is_theirs(&found))
                });
                if is_barred {
                    return Err(absent(before, text));
                }
            }
            before = part;
        }
        Ok(())
    }

    /// Refuses a holder of another location, whom a body names.
    ///
    /// # Errors
    /// 404.
    pub fn check_holder(&self, holder: Holder) -> Result<Holder, Refusal> {
        let world = self.tenant.sandbox.peek();
        if self.places().hold_holder(&world, holder) {
            return Ok(holder);
        }
        let before = match holder {
            Holder::Person(_) => "people",
            Holder::Workspace(_) => "workspaces",
        };
        Err(absent(before, &holder.webex_id()))
    }
}

fn absent(before: &str, text: &str) -> Refusal {
    let what = match before {
        "workspaces" => "Workspace",
        "devices" => "Device",
        "locations" => "Location",
        "workspaceLocations" => "Workspace location",
        _ => "Person",
    };
    Refusal::not_found(what, text).by("DEC-47")
}
