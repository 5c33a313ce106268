//! What a settings family is, and the erased row that stands for it in the table.

use std::borrow::Cow;
use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

pub use super::route::{
    Asked, FamilyRoute, ItemId, Paths, Run, Upload, Verb, to_json, to_raw, to_value,
};
pub use super::step::Step;

use super::members::Member;
use super::patch::Patch;
pub use super::route::write;
use super::services::ServiceRow;
use crate::model::{Holder, WebexId};
use crate::refusal::Refusal;
use crate::world::{Entity, IndexKey, Kind, KindDef, Object, Tx, World};

/// A settings family: one value for each holder, stored only while it differs from the default.
pub trait Family:
    Default + Clone + PartialEq + Debug + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// The family's kind code.
    const KIND: Kind;
    /// The family's name in the table: camelCase, the path segment where there is one.
    const KEY: &'static str;

    /// Refuses values that Webex refuses whatever else there is: they can never be stored, nor come
    /// in with a snapshot.
    ///
    /// # Errors
    /// The refusal that the caller sees; nothing is stored then.
    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        Ok(())
    }

    /// Refuses values that Webex refuses because of what else there is, which may change later.
    ///
    /// # Errors
    /// The refusal that the caller sees; nothing is stored then.
    fn check(&self, _step: &Step<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    /// What the value names that is not there, or not for this holder.
    fn dangling(&self, _world: &World, _holder: Holder) -> Option<String> {
        None
    }

    /// Unique values of the family, where it has any.
    fn unique(&self, _out: &mut Vec<IndexKey>) {}

    /// Other holders whom the family names.
    fn members(&self) -> impl Iterator<Item = Member> {
        std::iter::empty()
    }
}

impl<T: Family> Entity for T {
    const KIND: Kind = <T as Family>::KIND;
    const NAME: &'static str = T::KEY;

    fn label(&self) -> String {
        T::KEY.to_owned()
    }

    fn index(&self, out: &mut Vec<IndexKey>) {
        self.unique(out);
    }

    fn named(&self) -> Vec<Uuid> {
        self.members().map(|member| member.0.id()).collect()
    }
}

/// A family of the shape *value*: one GET, one PUT.
pub trait Setting: Family {
    /// What reading shows; often `Self`.
    type View: Serialize + ToSchema;
    /// What a PUT may say; often the family's patch.
    type Write: DeserializeOwned;

    /// Shows the stored value, with what belongs to the reading alone.
    fn view(&self, step: &Step<'_>) -> Self::View;

    /// Merges a request into the value.
    ///
    /// # Errors
    /// The refusal that the caller sees.
    fn merge(&mut self, write: Self::Write, step: &Step<'_>) -> Result<(), Refusal>;
}

/// A *value* family of which reading shows what is stored, and a PUT merges into it.
pub trait Plain: Family + Patch + ToSchema {
    /// Puts right what a request may not say, or says in two ways.
    fn settle(&mut self) {}
}

impl<T: Plain> Setting for T {
    type View = Self;
    type Write = T::Delta;

    fn view(&self, _step: &Step<'_>) -> Self {
        self.clone()
    }

    fn merge(&mut self, write: T::Delta, _step: &Step<'_>) -> Result<(), Refusal> {
        self.apply(write);
        self.settle();
        Ok(())
    }
}

/// A holder's value of a family, or the default.
#[must_use]
pub fn stored<T: Family>(world: &World, holder: Holder) -> Cow<'_, T> {
    world
        .get::<T>(holder.id())
        .map_or_else(|| Cow::Owned(T::default()), Cow::Borrowed)
}

/// Stores a holder's value after its check. A value equal to the default is not kept.
///
/// # Errors
/// The family's refusal, or 409 when a unique value belongs to somebody else.
pub fn store<T: Family>(tx: &mut Tx, holder: Holder, value: T) -> Result<(), Refusal> {
    let step = Step::new(tx, holder)?;
    value.bounds(holder)?;
    value.check(&step)?;
    keep(tx, holder, value)
}

/// Keeps a holder's value without asking the family, for changes that no request made.
///
/// # Errors
/// 409 when a unique value belongs to somebody else.
pub fn keep<T: Family>(tx: &mut Tx, holder: Holder, value: T) -> Result<(), Refusal> {
    if value == T::default() {
        tx.delete(<T as Family>::KIND, holder.id());
    } else {
        tx.put(holder.id(), value)?;
    }
    Ok(())
}

/// Changes a holder's value in place and stores it.
///
/// # Errors
/// As [`Step::new`] and [`store`], and whatever the work answers.
pub fn change<T: Family, R>(
    tx: &mut Tx,
    holder: Holder,
    work: impl FnOnce(&mut T, &Step<'_>) -> Result<R, Refusal>,
) -> Result<R, Refusal> {
    let mut value = stored::<T>(tx, holder).into_owned();
    let answer = work(&mut value, &Step::new(tx, holder)?)?;
    store(tx, holder, value)?;
    Ok(answer)
}

/// Sets a family from a document.
pub type ConfigureFn = fn(&mut Tx, Holder, &[u8]) -> Result<(), Refusal>;

/// The erased row of a family.
#[derive(Debug, Clone, Copy)]
pub struct FamilyDef {
    /// The family's name.
    pub key: &'static str,
    /// How it is stored.
    pub kind: KindDef,
    /// What it is like when nothing was set.
    pub default: fn() -> Value,
    /// Refuses a stored value that no request could have stored.
    pub bounds: fn(&Object, Holder) -> Result<(), Refusal>,
    /// What a stored value names that is not there.
    pub dangling: fn(&Object, &World, Holder) -> Option<String>,
    /// Its routes.
    pub routes: &'static [FamilyRoute],
    /// Sets it from a document, for scenarios; the same rules as the routes.
    pub configure: Option<ConfigureFn>,
    /// What reading shows of a holder who set nothing; not for families of the shape *items*.
    pub shown_default: Option<fn(&Step<'_>) -> Value>,
    /// Whether the values are secret and must never be shown.
    pub secret: bool,
    /// How the ids of items are shown outside; they are stored as plain uuids.
    pub item_ids: Option<WebexId>,
    /// The calling services of a person that its values turn on.
    pub services: &'static [ServiceRow],
}

impl FamilyDef {
    /// The row of a *value* family.
    #[must_use]
    pub const fn setting<T: Setting>(routes: &'static [FamilyRoute]) -> Self {
        Self {
            shown_default: Some(shown_default::<T>),
            ..Self::items::<T>(routes, Some(configure::<T>))
        }
    }

    /// The row of a family with routes of its own (shape *items*, actions).
    #[must_use]
    pub const fn items<T: Family>(
        routes: &'static [FamilyRoute],
        configure: Option<ConfigureFn>,
    ) -> Self {
        Self {
            key: T::KEY,
            kind: KindDef::of::<T>(),
            default: default::<T>,
            bounds: bounds::<T>,
            dangling: dangling::<T>,
            routes,
            configure,
            shown_default: None,
            secret: false,
            item_ids: None,
            services: &[],
        }
    }

    /// The same row, set by a scenario in a way of its own.
    #[must_use]
    pub const fn configured(mut self, configure: ConfigureFn) -> Self {
        self.configure = Some(configure);
        self
    }

    /// The same row with values that are never shown.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// The same row with items that have ids of their own.
    #[must_use]
    pub const fn with_item_ids(mut self, kind: WebexId) -> Self {
        self.item_ids = Some(kind);
        self
    }

    /// The same row, which tells whether some calling services are on.
    #[must_use]
    pub const fn telling(mut self, services: &'static [ServiceRow]) -> Self {
        self.services = services;
        self
    }

    /// What is stored, with the ids that callers know.
    #[must_use]
    pub fn document(&self, object: &Object) -> Value {
        let mut document = object.to_json();
        if let Some(kind) = self.item_ids {
            show_item_ids(kind, &mut document);
        }
        document
    }
}

/// Shows the ids of items in the lists of a document.
fn show_item_ids(kind: WebexId, document: &mut Value) {
    let lists = document.as_object_mut().into_iter();
    let lists = lists.flat_map(|fields| fields.values_mut());
    for item in lists.filter_map(Value::as_array_mut).flatten() {
        if let Some(Value::String(text)) = item.get_mut("id")
            && let Ok(id) = Uuid::try_parse(text)
        {
            *text = kind.encode(id);
        }
    }
}

fn default<T: Family>() -> Value {
    serde_json::to_value(T::default()).unwrap_or(Value::Null)
}

fn bounds<T: Family>(object: &Object, holder: Holder) -> Result<(), Refusal> {
    let value = object.downcast::<T>();
    value.map_or(Ok(()), |value| value.bounds(holder))
}

fn dangling<T: Family>(object: &Object, world: &World, holder: Holder) -> Option<String> {
    object.downcast::<T>()?.dangling(world, holder)
}

fn shown_default<T: Setting>(step: &Step<'_>) -> Value {
    serde_json::to_value(T::default().view(step)).unwrap_or(Value::Null)
}

fn configure<T: Setting>(tx: &mut Tx, holder: Holder, body: &[u8]) -> Result<(), Refusal> {
    write::<T>(tx, holder, &Asked::of(body)).map(drop)
}
