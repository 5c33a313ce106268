//! The routes of criteria: create, read, change and delete one.

use serde::Deserialize;
use uuid::Uuid;

use super::merge::add;
use super::{Criteria, Listed, Topic, Wire, position};
use crate::model::{Holder, WebexId};
use crate::refusal::Refusal;
use crate::settings::family::{
    Asked, FamilyDef, FamilyRoute, ItemId, Paths, Run, Setting, Step, Verb, change, stored,
    to_json, write,
};
use crate::world::Tx;

/// Where a setting with criteria stands.
#[derive(Debug, Clone, Copy)]
pub struct Places {
    /// The setting.
    pub setting: Paths,
    /// Its criteria.
    pub criteria: Paths,
    /// One of them.
    pub criterion: Paths,
}

impl Places {
    /// Those of workspaces alone.
    #[must_use]
    pub const fn of_workspaces(self) -> Self {
        Self {
            setting: self.setting.of_workspaces(),
            criteria: self.criteria.of_workspaces(),
            criterion: self.criterion.of_workspaces(),
        }
    }
}

/// Where a setting with criteria stands, by its name.
#[macro_export]
macro_rules! criteria_places {
    ($name:literal) => {
        $crate::settings::criteria::routes::Places {
            setting: $crate::criteria_places!(@ $name, ""),
            criteria: $crate::criteria_places!(@ $name, "/criteria"),
            criterion: $crate::criteria_places!(@ $name, "/criteria/{id}"),
        }
    };
    (@ $name:literal, $end:literal) => {
        $crate::settings::family::Paths {
            person: &[concat!("/telephony/config/people/{personId}/", $name, $end)],
            workspace: &[concat!("/telephony/config/workspaces/{workspaceId}/", $name, $end)],
        }
    };
}

/// The fields that name a schedule, and others: what most new criteria of workspaces need.
#[macro_export]
macro_rules! scheduled {
    ($($field:literal),*) => {
        &["scheduleName", "scheduleType", "scheduleLevel", $($field),*]
    };
}

/// The fields that the bodies for one kind of holder must have.
#[derive(Debug, Clone, Copy)]
pub struct Needs {
    /// The PUT of the setting.
    pub setting: &'static [&'static str],
    /// The POST of a criterion.
    pub new: &'static [&'static str],
    /// The PUT of a criterion.
    pub old: &'static [&'static str],
}

impl<T: Topic> Listed<T> {
    /// Every route of the setting. Workspaces need a Professional licence for all of them.
    const ROUTES: &'static [FamilyRoute] = &[
        FamilyRoute::get::<Self>(T::PLACES.setting).professional(),
        FamilyRoute::put::<Self>(T::PLACES.setting.of_people())
            .taking::<T>()
            .requiring(T::NEEDS_OF_PEOPLE.setting),
        FamilyRoute::put::<Self>(T::PLACES.setting.of_workspaces())
            .taking::<T>()
            .requiring(T::NEEDS_OF_WORKSPACES.setting)
            .professional(),
        post::<Self, T::OfPeople>(T::PLACES.criteria.of_people()).requiring(T::NEEDS_OF_PEOPLE.new),
        post::<Self, T::OfWorkspaces>(T::PLACES.criteria.of_workspaces())
            .requiring(T::NEEDS_OF_WORKSPACES.new)
            .professional(),
        get::<Self, T::OfPeople>(T::PLACES.criterion.of_people()),
        get::<Self, T::OfWorkspaces>(T::PLACES.criterion.of_workspaces()).professional(),
        put::<Self, T::OfPeople>(T::PLACES.criterion.of_people()).requiring(T::NEEDS_OF_PEOPLE.old),
        put::<Self, T::OfWorkspaces>(T::PLACES.criterion.of_workspaces())
            .requiring(T::NEEDS_OF_WORKSPACES.old)
            .professional(),
        delete::<Self>(T::PLACES.criterion).professional(),
    ];

    /// The row of the setting.
    pub const DEF: FamilyDef = FamilyDef::setting::<Self>(Self::ROUTES)
        .configured(configure::<Self, T::OfPeople, T::OfWorkspaces>)
        .with_item_ids(WebexId::Criterion);
}

/// The POST of a criterion.
#[must_use]
pub const fn post<T: Criteria, W: Wire>(paths: Paths) -> FamilyRoute {
    FamilyRoute::new(Verb::Post, paths, 201, Run::Write(create::<T, W>))
        .taking::<W>()
        .answering::<ItemId>()
}

/// The GET of one.
#[must_use]
pub const fn get<T: Criteria, W: Wire>(paths: Paths) -> FamilyRoute {
    FamilyRoute::new(Verb::Get, paths, 200, Run::Read(read::<T, W>)).answering::<W>()
}

/// The PUT of one.
#[must_use]
pub const fn put<T: Criteria, W: Wire>(paths: Paths) -> FamilyRoute {
    FamilyRoute::new(Verb::Put, paths, 204, Run::Write(update::<T, W>)).taking::<W>()
}

/// The DELETE of one.
#[must_use]
pub const fn delete<T: Criteria>(paths: Paths) -> FamilyRoute {
    FamilyRoute::new(Verb::Delete, paths, 204, Run::Write(remove::<T>))
}

fn create<T: Criteria, W: Wire>(
    tx: &mut Tx,
    holder: Holder,
    asked: &Asked<'_>,
) -> Result<Option<Vec<u8>>, Refusal> {
    // Whose it is comes before what is said.
    Step::new(tx, holder)?.value::<T>().reachable()?;
    let wanted = asked.json::<W>()?.wanted();
    let id = tx.new_id::<T>();
    let id = change(tx, holder, |value: &mut T, step| {
        add(value, id, wanted, step)
    })?;
    to_json(&ItemId { id }).map(Some)
}

fn read<T: Criteria, W: Wire>(step: &Step<'_>, asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let value = step.value::<T>();
    value.reachable()?;
    let position = position(&*value, asked.item(0))?;
    to_json(&W::view(&value.criteria()[position]))
}

fn update<T: Criteria, W: Wire>(
    tx: &mut Tx,
    holder: Holder,
    asked: &Asked<'_>,
) -> Result<Option<Vec<u8>>, Refusal> {
    change(tx, holder, |value: &mut T, step| {
        value.reachable()?;
        let position = position(value, asked.item(0))?;
        let wanted = asked.json::<W>()?.wanted();
        let criterion = &mut value.criteria_mut()[position];
        wanted.onto(criterion, &T::shape(step.holder), step)?;
        value.settle_criteria();
        Ok(None)
    })
}

fn remove<T: Criteria>(
    tx: &mut Tx,
    holder: Holder,
    asked: &Asked<'_>,
) -> Result<Option<Vec<u8>>, Refusal> {
    change(tx, holder, |value: &mut T, _| {
        value.reachable()?;
        let position = position(value, asked.item(0))?;
        value.criteria_mut().remove(position);
        value.settle_criteria();
        Ok(None)
    })
}

/// What a scenario says of criteria.
#[derive(Debug, Deserialize)]
#[serde(bound = "W: Wire")]
struct Said<W> {
    #[serde(default)]
    criteria: Option<Vec<W>>,
}

fn said<W: Wire>(body: &[u8]) -> Result<Option<Vec<W>>, Refusal> {
    Ok(Asked::of(body).json::<Said<W>>()?.criteria)
}

/// Sets a family with criteria from a document: those that it says take the place of all, and the
/// rest is what a PUT says.
fn configure<T: Criteria + Setting, P: Wire, R: Wire>(
    tx: &mut Tx,
    holder: Holder,
    body: &[u8],
) -> Result<(), Refusal> {
    match holder {
        Holder::Person(_) => replace::<T, P>(tx, holder, said(body)?)?,
        Holder::Workspace(_) => replace::<T, R>(tx, holder, said(body)?)?,
    }
    write::<T>(tx, holder, &Asked::of(body)).map(drop)
}

/// Puts criteria in the place of all, if there are any to put.
///
/// # Errors
/// As the routes.
pub fn replace<T: Criteria, W: Wire>(
    tx: &mut Tx,
    holder: Holder,
    criteria: Option<Vec<W>>,
) -> Result<(), Refusal> {
    let Some(criteria) = criteria else {
        return Ok(());
    };
    // Whoever says the same again has the same ids.
    let held: Vec<Option<Uuid>> = stored::<T>(tx, holder)
        .criteria()
        .iter()
        .map(|criterion| criterion.id)
        .collect();
    let has_name = T::shape(holder).has_name;
    let mut with_ids = Vec::with_capacity(criteria.len());
    for (position, one) in criteria.into_iter().enumerate() {
        let held = held.get(position).copied().flatten();
        let id = held.unwrap_or_else(|| match has_name {
            true => Uuid::nil(),
            false => tx.new_id::<T>(),
        });
        with_ids.push((id, one.wanted()));
    }
    change(tx, holder, |value: &mut T, step| {
        value.criteria_mut().clear();
        for (id, wanted) in with_ids {
            add(value, id, wanted, step)?;
        }
        value.settle_criteria();
        Ok(())
    })
}
