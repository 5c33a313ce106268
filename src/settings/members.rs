//! Members of lists: people and workspaces that a setting of somebody else names (monitoring,
//! privacy, push-to-talk), stored as ids and looked up when read.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::family::{Family, keep};
use super::step::Step;
use crate::model::number::shorten;
use crate::model::owned;
use crate::model::{Calling, Holder, Location, Person, WebexId, Workspace};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

/// A person or workspace in a list, written as its Webex id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Member(pub Holder);

impl From<Member> for String {
    fn from(member: Member) -> Self {
        member.0.webex_id()
    }
}

impl TryFrom<String> for Member {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let bare = Uuid::try_parse(&text).is_ok();
        let person = WebexId::Person
            .decode(&text)
            .filter(|_| !bare)
            .map(Holder::Person);
        person
            .or_else(|| {
                WebexId::Workspace
                    .decode(&text)
                    .filter(|_| !bare)
                    .map(Holder::Workspace)
            })
            .map(Self)
            .ok_or_else(|| format!("\"{}\" is no person or workspace", shorten(&text)))
    }
}

pub(super) fn too_many(field: &str, count: usize, most: usize) -> Refusal {
    let detail = format!("{field} must not have more than {most} items, but it has {count}.");
    Refusal::new(ErrorKind::InvalidSetting, detail)
}

pub(super) fn named_twice(field: &str, id: &str) -> Refusal {
    let detail = format!("{field}: {} is named twice.", shorten(id));
    Refusal::new(ErrorKind::InvalidSetting, detail)
}

/// A family that names members, out of which whoever loses Calling falls.
pub trait MemberList: Family {
    /// The name of the list, or of the one member, in the family's document.
    const FIELD: &'static str;

    /// Takes somebody out.
    fn forget(&mut self, member: Member);
}

/// Everybody else whose list names a holder.
pub fn owners<T: MemberList>(world: &World, holder: Holder) -> impl Iterator<Item = Uuid> {
    let naming = world.naming::<T>(holder.id());
    naming.filter(move |id| *id != holder.id())
}

/// Takes a holder out of the lists of others.
pub fn leave<T: MemberList>(tx: &mut Tx, holder: Holder) {
    let owners: Vec<Uuid> = owners::<T>(tx, holder).collect();
    for owner in owners {
        let Some(mut list) = tx.get::<T>(owner).cloned() else {
            continue;
        };
        list.forget(Member(holder));
        if let Some(owner) = Holder::find(tx, owner) {
            // These families have no unique values, so nothing can stand in the way.
            keep(tx, owner, list).unwrap_or_default();
        }
    }
}

impl Member {
    /// The member that a caller names: a person or workspace of the same organisation that has
    /// Calling.
    ///
    /// # Errors
    /// 400 (4470) for anybody else.
    pub fn find(step: &Step<'_>, id: &str) -> Result<Self, Refusal> {
        let world = step.world;
        let person = WebexId::Person.decode(id).filter(|id| {
            let person = owned::get::<Person>(world, step.organization, *id);
            person.is_some_and(|person| person.calling.is_some())
        });
        let workspace = WebexId::Workspace.decode(id).filter(|id| {
            let room = owned::get::<Workspace>(world, step.organization, *id);
            room.is_some_and(|room| room.calling.is_some())
        });
        person
            .map(Holder::Person)
            .or(workspace.map(Holder::Workspace))
            .map(Self)
            .ok_or_else(|| Self::not_there(id))
    }

    /// The refusal of somebody who is not there, or not for the caller.
    #[must_use]
    pub fn not_there(id: &str) -> Refusal {
        let detail = format!(
            "{} cannot be a member: it is no person or workspace of this organisation with Webex \
             Calling.",
            shorten(id)
        );
        Refusal::new(ErrorKind::MemberNotAllowed, detail)
    }

    /// The members that a caller names in a field, each once.
    ///
    /// # Errors
    /// 400 when there are more than `most`, one is named twice, or one cannot be a member.
    pub fn find_all(
        step: &Step<'_>,
        field: &str,
        ids: &[String],
        most: usize,
    ) -> Result<Vec<Self>, Refusal> {
        if ids.len() > most {
            return Err(too_many(field, ids.len(), most));
        }
        let mut members = Vec::with_capacity(ids.len());
        for (position, id) in ids.iter().enumerate() {
            let member = Self::find(step, id)?;
            if members.contains(&member) {
                return Err(named_twice(&format!("{field}[{position}]"), id));
            }
            members.push(member);
        }
        Ok(members)
    }

    /// Refuses a stored list of more than `most` members, or one that names somebody twice.
    ///
    /// # Errors
    /// 400.
    pub fn check_all(field: &str, members: &[Self], most: usize) -> Result<(), Refusal> {
        let count = members.len();
        if count > most {
            return Err(too_many(field, count, most));
        }
        let mut known = BTreeSet::new();
        match members.iter().find(|member| !known.insert(member.0.id())) {
            Some(twice) => Err(named_twice(field, &twice.0.webex_id())),
            None => Ok(()),
        }
    }

    /// What reading shows of the member; nothing when it is gone.
    #[must_use]
    pub fn view(self, world: &World) -> Option<MemberView> {
        let (first_name, last_name) = self.names(world)?;
        let person = match self.0 {
            Holder::Person(id) => world.get::<Person>(id),
            Holder::Workspace(_) => None,
        };
        let display_name = person.map_or(first_name, |person| &person.display_name);
        Some(MemberView {
            id: self.0.webex_id(),
            last_name: last_name.to_owned(),
            first_name: first_name.to_owned(),
            display_name: display_name.to_owned(),
            kind: self.0.type_name(),
            email: person.map(|person| person.email.to_string()),
            numbers: numbers(world, self.calling(world)?),
        })
    }

    /// What the member has through Calling.
    #[must_use]
    pub fn calling(self, world: &World) -> Option<&Calling> {
        match self.0 {
            Holder::Person(id) => world.get::<Person>(id)?.calling.as_ref(),
            Holder::Workspace(id) => world.get::<Workspace>(id)?.calling.as_ref(),
        }
    }

    /// The member's Calling location.
    #[must_use]
    pub fn location(self, world: &World) -> Option<(Uuid, &Location)> {
        let calling = self.calling(world)?;
        Some((calling.location, world.get(calling.location)?))
    }

    /// First and last name; a workspace has its name and a dot.
    #[must_use]
    pub fn names(self, world: &World) -> Option<(&str, &str)> {
        match self.0 {
            Holder::Person(id) => Some(world.get::<Person>(id)?.names()),
            Holder::Workspace(id) => Some((&world.get::<Workspace>(id)?.display_name, ".")),
        }
    }
}

/// A number as Webex writes it where it does not know E.164: without the country of numbers that
/// begin with +1.
#[must_use]
pub fn national(number: &str) -> &str {
    number.strip_prefix("+1").unwrap_or(number)
}

/// What reading shows of a member.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MemberView {
    /// Its id.
    pub id: String,
    /// Last name; a dot for workspaces.
    pub last_name: String,
    /// First name; the name of workspaces.
    pub first_name: String,
    /// The name people see.
    pub display_name: String,
    /// `PEOPLE` or `PLACE`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The address of people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// How to call it.
    pub numbers: Vec<NumberView>,
}

/// What reading shows of a member's or holder's number.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NumberView {
    /// The number in E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external: Option<String>,
    /// The extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// The location's prefix.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub routing_prefix: Option<String>,
    /// Prefix and extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub esn: Option<String>,
    /// Whether it is the primary one.
    pub primary: bool,
}

/// The primary number of a holder, then its alternates.
#[must_use]
pub fn numbers(world: &World, calling: &Calling) -> Vec<NumberView> {
    let location = world.get::<Location>(calling.location);
    let view = |number: Option<&str>, extension: Option<&str>, primary| NumberView {
        external: number.map(str::to_owned),
        extension: extension.map(str::to_owned),
        routing_prefix: location
            .and_then(Location::routing_prefix)
            .map(str::to_owned),
        esn: extension
            .map(|own| location.map_or_else(|| own.to_owned(), |location| location.esn(own))),
        primary,
    };
    let own = view(
        calling.number.as_ref().map(|n| n.as_str()),
        calling.extension.as_ref().map(|e| e.as_str()),
        true,
    );
    let has_own = own.external.is_some() || own.extension.is_some();
    let alternates = calling.alternates.iter().map(|alternate| {
        let extension = alternate.extension.as_ref().map(|e| e.as_str());
        view(Some(alternate.number.as_str()), extension, false)
    });
    has_own
        .then_some(own)
        .into_iter()
        .chain(alternates)
        .collect()
}
