//! A setting with criteria beside it: what is stored, shown and merged.

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::routes::{Needs, Places};
use super::{Criteria, Criterion, Entry, Shape, Wire, bounds};
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::settings::families::missing;
use crate::settings::family::{Family, Setting, Step};
use crate::settings::patch::Patch;
use crate::world::Kind;

/// What a setting with criteria is about: the part that its PUT changes.
pub trait Topic:
    Default
    + Clone
    + PartialEq
    + Debug
    + Serialize
    + DeserializeOwned
    + Send
    + Sync
    + Patch
    + ToSchema
    + 'static
{
    /// The family's kind code.
    const KIND: Kind;
    /// The family's name in the table.
    const KEY: &'static str;
    /// Where it stands.
    const PLACES: Places;
    /// What the bodies for people must have.
    const NEEDS_OF_PEOPLE: Needs;
    /// What the bodies for workspaces must have.
    const NEEDS_OF_WORKSPACES: Needs;
    /// How people write a criterion.
    type OfPeople: Wire;
    /// How workspaces write one.
    type OfWorkspaces: Wire;
    /// What its list shows of a criterion.
    type Entry: Entry;

    /// What differs upstream for a kind of holder.
    fn shape(holder: Holder) -> Shape;

    /// Whether it is on, where that needs a criterion that is enabled (DEC-86).
    fn on(&mut self) -> Option<&mut bool> {
        None
    }

    /// Puts right what a request may say in two ways.
    fn settle(&mut self) {}

    /// As [`Family::bounds`].
    ///
    /// # Errors
    /// The refusal that the caller sees.
    fn bounds(&self) -> Result<(), Refusal> {
        Ok(())
    }

    /// As [`Family::check`].
    ///
    /// # Errors
    /// The refusal that the caller sees.
    fn check(&self, _step: &Step<'_>) -> Result<(), Refusal> {
        Ok(())
    }
}

/// A setting with its criteria.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound = "T: Topic")]
pub struct Listed<T> {
    /// What the PUT changes.
    #[serde(flatten)]
    pub topic: T,
    /// The criteria.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
}

/// What reading shows of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedView<T, E> {
    /// What the PUT changes.
    #[serde(flatten)]
    pub topic: T,
    /// The criteria in short.
    #[schema(inline)]
    pub criteria: Vec<E>,
}

impl<T: Topic> Listed<T> {
    fn has_enabled(&self) -> bool {
        self.criteria.iter().any(|criterion| criterion.enabled)
    }
}

impl<T: Topic> Family for Listed<T> {
    const KIND: Kind = T::KIND;
    const KEY: &'static str = T::KEY;

    fn bounds(&self, holder: Holder) -> Result<(), Refusal> {
        bounds(self, holder)?;
        let is_on = self.topic.clone().on().is_some_and(|on| *on);
        if is_on && !self.has_enabled() {
            let detail = "enabled can be true only while a criterion is enabled; create one first.";
            return Err(missing(detail).by("DEC-86"));
        }
        self.topic.bounds()
    }

    fn check(&self, step: &Step<'_>) -> Result<(), Refusal> {
        self.topic.check(step)
    }
}

impl<T: Topic> Criteria for Listed<T> {
    fn shape(holder: Holder) -> Shape {
        T::shape(holder)
    }

    fn criteria(&self) -> &[Criterion] {
        &self.criteria
    }

    fn criteria_mut(&mut self) -> &mut Vec<Criterion> {
        &mut self.criteria
    }

    fn settle_criteria(&mut self) {
        let has_enabled = self.has_enabled();
        if let Some(on) = self.topic.on() {
            *on &= has_enabled;
        }
    }
}

impl<T: Topic> Setting for Listed<T> {
    type View = ListedView<T, T::Entry>;
    type Write = T::Delta;

    fn view(&self, _step: &Step<'_>) -> Self::View {
        ListedView {
            topic: self.topic.clone(),
            criteria: self.criteria.iter().map(T::Entry::of).collect(),
        }
    }

    fn merge(&mut self, write: T::Delta, _step: &Step<'_>) -> Result<(), Refusal> {
        self.topic.apply(write);
        self.topic.settle();
        Ok(())
    }
}
