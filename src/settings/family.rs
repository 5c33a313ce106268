//! What a settings family is, and the erased row that stands for it in the table.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

use crate::model::{
    Calling, Holder, License, Location, Person, Subscription, SubscriptionStatus, Workspace,
};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Entity, IndexKey, Kind, KindDef, Tx, World};

/// A settings family: one value for each holder, stored only while it differs from the default.
pub trait Family:
    Default + Clone + PartialEq + Debug + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// The family's kind code.
    const KIND: Kind;
    /// The family's name in the table: camelCase, the path segment where there is one.
    const KEY: &'static str;

    /// Refuses values that Webex refuses.
    ///
    /// # Errors
    /// The refusal that the caller sees; nothing is stored then.
    fn check(&self, _step: &Step<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    /// Unique values of the family, where it has any.
    fn unique(&self, _out: &mut Vec<IndexKey>) {}
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

/// Where a family is looked at: a world and the holder in it.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// The world.
    pub world: &'a World,
    /// Whose settings.
    pub holder: Holder,
    /// What the holder has through Calling.
    pub calling: &'a Calling,
    /// The holder's organisation.
    pub organization: Uuid,
    licenses: &'a [Uuid],
}

impl<'a> Step<'a> {
    /// Looks at a holder's Calling.
    ///
    /// # Errors
    /// 404 when there is no such holder, 400 when it has no Calling, 403 (900007) while the
    /// subscription of its Calling licence is cancelled.
    pub fn new(world: &'a World, holder: Holder) -> Result<Self, Refusal> {
        let step = Self::lenient(world, holder)?;
        if step.calling_status() == Some(SubscriptionStatus::Cancelled) {
            return Err(Refusal::new(
                ErrorKind::DisabledByCancellation,
                "The subscription of this Calling licence is cancelled; its settings cannot be \
                 reached until it is restored.",
            )
            .by("SUB-03"));
        }
        Ok(step)
    }

    /// Looks at a holder's Calling, even while its subscription is cancelled.
    ///
    /// # Errors
    /// 404 when there is no such holder, 400 when it has no Calling.
    pub fn lenient(world: &'a World, holder: Holder) -> Result<Self, Refusal> {
        let id = holder.id();
        let (organization, calling, licenses) = match holder {
            Holder::Person(_) => {
                let person = world.get::<Person>(id);
                let person = person.ok_or_else(|| not_found("Person", holder))?;
                (
                    person.organization,
                    person.calling.as_ref(),
                    &person.licenses,
                )
            }
            Holder::Workspace(_) => {
                let workspace = world.get::<Workspace>(id);
                let workspace = workspace.ok_or_else(|| not_found("Workspace", holder))?;
                (
                    workspace.organization,
                    workspace.calling.as_ref(),
                    &workspace.licenses,
                )
            }
        };
        let calling = calling.ok_or_else(|| {
            Refusal::new(
                ErrorKind::CallingNotAssigned,
                "This operation needs a Webex Calling license, which is not assigned.",
            )
        })?;
        Ok(Self {
            world,
            holder,
            calling,
            organization,
            licenses,
        })
    }

    fn calling_status(&self) -> Option<SubscriptionStatus> {
        let mut licenses = self
            .licenses
            .iter()
            .filter_map(|id| self.world.get::<License>(*id));
        let calling = licenses.find(|license| license.offer().is_calling())?;
        Some(self.world.get::<Subscription>(calling.subscription)?.status)
    }

    /// The holder's Calling licence.
    #[must_use]
    pub fn calling_license(&self) -> Option<&'a License> {
        let world = self.world;
        let mut licenses = self
            .licenses
            .iter()
            .filter_map(|id| world.get::<License>(*id));
        licenses.find(|license| license.offer().is_calling())
    }

    /// The holder's Calling location.
    #[must_use]
    pub fn location(&self) -> Option<&'a Location> {
        self.world.get::<Location>(self.calling.location)
    }

    /// Whether the holder is a person.
    #[must_use]
    pub fn is_person(&self) -> bool {
        matches!(self.holder, Holder::Person(_))
    }

    /// The person, when the holder is one.
    #[must_use]
    pub fn person(&self) -> Option<&'a Person> {
        match self.holder {
            Holder::Person(id) => self.world.get(id),
            Holder::Workspace(_) => None,
        }
    }

    /// The holder's name.
    #[must_use]
    pub fn name(&self) -> &'a str {
        let id = self.holder.id();
        match self.holder {
            Holder::Person(_) => self
                .world
                .get::<Person>(id)
                .map(|p| p.display_name.as_str()),
            Holder::Workspace(_) => self
                .world
                .get::<Workspace>(id)
                .map(|w| w.display_name.as_str()),
        }
        .unwrap_or_default()
    }

    /// A stored value of the holder, or the default.
    #[must_use]
    pub fn value<T: Family>(&self) -> std::borrow::Cow<'a, T> {
        stored(self.world, self.holder)
    }
}

fn not_found(what: &str, holder: Holder) -> Refusal {
    Refusal::not_found(what, &holder.webex_id())
}

/// A holder's value of a family, or the default.
#[must_use]
pub fn stored<T: Family>(world: &World, holder: Holder) -> std::borrow::Cow<'_, T> {
    use std::borrow::Cow;
    world
        .get::<T>(holder.id())
        .map_or_else(|| Cow::Owned(T::default()), Cow::Borrowed)
}

/// Stores a holder's value after its check. A value equal to the default is not kept.
///
/// # Errors
/// The family's refusal, or 409 when a unique value belongs to somebody else.
pub fn store<T: Family>(tx: &mut Tx, holder: Holder, value: T) -> Result<(), Refusal> {
    value.check(&Step::new(tx, holder)?)?;
    if value == T::default() {
        tx.delete(<T as Family>::KIND, holder.id());
    } else {
        tx.put(holder.id(), value)?;
    }
    Ok(())
}

/// What a caller asks of a family's route, beside whose it is.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The request's body.
    pub body: &'a [u8],
    /// Path parameters after the holder's, in order.
    pub items: &'a [&'a str],
    /// Query parameters, decoded.
    pub query: &'a [(String, String)],
    /// The uploaded file of a multipart request.
    pub upload: Option<Upload<'a>>,
}

/// An uploaded file.
#[derive(Debug, Clone, Copy)]
pub struct Upload<'a> {
    /// Its name.
    pub file_name: &'a str,
    /// Its media type.
    pub content_type: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

impl Asked<'_> {
    /// The body as a value; an error names the JSON path's line and column.
    ///
    /// # Errors
    /// 400 when the body is not JSON of this shape.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        serde_json::from_slice(self.body)
            .map_err(|error| Refusal::bad_request(format!("The body is not valid: {error}.")))
    }

    /// A path parameter after the holder's.
    #[must_use]
    pub fn item(&self, position: usize) -> &str {
        self.items.get(position).copied().unwrap_or_default()
    }

    /// A query parameter.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The verbs of routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Reads.
    Get,
    /// Merges or replaces.
    Put,
    /// Creates, uploads or invokes.
    Post,
    /// Removes.
    Delete,
}

/// What a route does.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// Looks, and answers a JSON document.
    Read(fn(&Step<'_>, &Asked<'_>) -> Result<Vec<u8>, Refusal>),
    /// Changes, and answers a JSON document or nothing.
    Write(fn(&mut Tx, Holder, &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal>),
}

/// The paths of a route below `/v1`, for each kind of holder. The first is the documented one,
/// the others are what SDKs call (api-surface.md 2.4). The first parameter is the holder.
#[derive(Debug, Clone, Copy)]
pub struct Paths {
    /// For people.
    pub person: &'static [&'static str],
    /// For workspaces.
    pub workspace: &'static [&'static str],
}

/// A schema, made when asked for.
pub type SchemaFn = fn() -> RefOr<Schema>;

/// One route of a family.
#[derive(Debug, Clone, Copy)]
pub struct FamilyRoute {
    /// The verb.
    pub verb: Verb,
    /// The paths.
    pub paths: Paths,
    /// The status of success.
    pub status: u16,
    /// What it does.
    pub run: Run,
    /// What it answers.
    pub answers: Option<SchemaFn>,
    /// What it takes.
    pub takes: Option<SchemaFn>,
}

impl FamilyRoute {
    /// The GET of a *value* family.
    #[must_use]
    pub const fn get<T: Setting>(paths: Paths) -> Self {
        Self {
            verb: Verb::Get,
            paths,
            status: 200,
            run: Run::Read(read::<T>),
            answers: Some(<T::View as PartialSchema>::schema),
            takes: None,
        }
    }

    /// The PUT of a *value* family, which answers 204.
    #[must_use]
    pub const fn put<T: Setting>(paths: Paths) -> Self {
        Self {
            verb: Verb::Put,
            paths,
            status: 204,
            run: Run::Write(write::<T>),
            answers: None,
            takes: Some(<T::View as PartialSchema>::schema),
        }
    }

    /// Another route.
    #[must_use]
    pub const fn new(verb: Verb, paths: Paths, status: u16, run: Run) -> Self {
        Self {
            verb,
            paths,
            status,
            run,
            answers: None,
            takes: None,
        }
    }
}

fn read<T: Setting>(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    to_json(&step.value::<T>().view(step))
}

fn write<T: Setting>(
    tx: &mut Tx,
    holder: Holder,
    asked: &Asked<'_>,
) -> Result<Option<Vec<u8>>, Refusal> {
    let request = asked.json::<T::Write>()?;
    let mut value = stored::<T>(tx, holder).into_owned();
    value.merge(request, &Step::new(tx, holder)?)?;
    store(tx, holder, value)?;
    Ok(None)
}

/// A document's bytes.
///
/// # Errors
/// 500 when a value cannot be written as JSON, which would be a defect.
pub fn to_json<T: Serialize>(value: &T) -> Result<Vec<u8>, Refusal> {
    serde_json::to_vec(value).map_err(|e| Refusal::new(ErrorKind::Internal, e.to_string()))
}

/// The erased row of a family.
#[derive(Debug, Clone, Copy)]
pub struct FamilyDef {
    /// The family's name.
    pub key: &'static str,
    /// How it is stored.
    pub kind: KindDef,
    /// What it is like when nothing was set.
    pub default: fn() -> Value,
    /// Its routes.
    pub routes: &'static [FamilyRoute],
    /// Sets it from a document, for scenarios; the same rules as the routes.
    pub configure: Option<fn(&mut Tx, Holder, &[u8]) -> Result<(), Refusal>>,
    /// Whether the values are secret and must never be shown.
    pub secret: bool,
}

impl FamilyDef {
    /// The row of a *value* family.
    #[must_use]
    pub const fn setting<T: Setting>(routes: &'static [FamilyRoute]) -> Self {
        Self {
            key: T::KEY,
            kind: KindDef::of::<T>(),
            default: default::<T>,
            routes,
            configure: Some(configure::<T>),
            secret: false,
        }
    }

    /// The row of a family with routes of its own (shape *items*, actions).
    #[must_use]
    pub const fn items<T: Family>(
        routes: &'static [FamilyRoute],
        configure: Option<fn(&mut Tx, Holder, &[u8]) -> Result<(), Refusal>>,
    ) -> Self {
        Self {
            key: T::KEY,
            kind: KindDef::of::<T>(),
            default: default::<T>,
            routes,
            configure,
            secret: false,
        }
    }

    /// The same row with values that are never shown.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }
}

fn default<T: Family>() -> Value {
    serde_json::to_value(T::default()).unwrap_or(Value::Null)
}

fn configure<T: Setting>(tx: &mut Tx, holder: Holder, body: &[u8]) -> Result<(), Refusal> {
    let asked = Asked {
        body,
        items: &[],
        query: &[],
        upload: None,
    };
    write::<T>(tx, holder, &asked).map(drop)
}
