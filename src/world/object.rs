//! Erased typed objects: what stands under a key of a world.

use std::any::Any;
use std::fmt::Debug;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::index::IndexKey;
use super::weight;

/// A kind of object. The codes are given by the rooms that own the kinds and are unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(pub u16);

/// Where an object stands: its kind, then its id.
pub type Key = (Kind, Uuid);

/// A plain value that may stand in a world.
pub trait Entity:
    Any + Send + Sync + Debug + Clone + PartialEq + Serialize + DeserializeOwned
{
    /// The kind's code.
    const KIND: Kind;
    /// The kind's name in diffs, snapshots and the ledger, camelCase.
    const NAME: &'static str;
    /// Whether it only tells how work goes on and is no part of an organisation. A write that
    /// changes nothing else raises no revision and stands in no ledger.
    const BOOKKEEPING: bool = false;

    /// How much a change of it tells of a commit: of all that a commit changed, a summary names
    /// the one that tells most.
    const TELLING: u8 = 0;

    /// What people call this object.
    fn label(&self) -> String;

    /// The unique values this object holds (e-mail, number, …).
    fn index(&self, _out: &mut Vec<IndexKey>) {}

    /// The ids of others whom this object names, so that [`World::naming`](super::World::naming)
    /// finds it from them.
    fn named(&self) -> Vec<Uuid> {
        Vec::new()
    }
}

trait Erased: Send + Sync + Debug {
    fn as_any(&self) -> &dyn Any;
    fn kind(&self) -> Kind;
    fn kind_name(&self) -> &'static str;
    fn is_bookkeeping(&self) -> bool;
    fn telling(&self) -> u8;
    fn label(&self) -> String;
    fn index(&self, out: &mut Vec<IndexKey>);
    fn named(&self) -> Vec<Uuid>;
    fn to_json(&self) -> Value;
    fn weight(&self) -> usize;
    fn same(&self, other: &dyn Any) -> bool;
}

impl<T: Entity> Erased for T {
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn kind(&self) -> Kind {
        T::KIND
    }
    fn kind_name(&self) -> &'static str {
        T::NAME
    }
    fn is_bookkeeping(&self) -> bool {
        T::BOOKKEEPING
    }
    fn telling(&self) -> u8 {
        T::TELLING
    }
    fn label(&self) -> String {
        Entity::label(self)
    }
    fn index(&self, out: &mut Vec<IndexKey>) {
        Entity::index(self, out);
    }
    fn named(&self) -> Vec<Uuid> {
        Entity::named(self)
    }
    fn to_json(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
    fn weight(&self) -> usize {
        size_of::<Self>() + weight::of(self)
    }
    fn same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<T>().is_some_and(|other| self == other)
    }
}

#[derive(Debug)]
struct Node<T: ?Sized> {
    rendered: OnceLock<Bytes>,
    weight: OnceLock<usize>,
    entity: T,
}

/// A shared, immutable, erased entity. Equality is identity: two objects are equal when they are
/// the same allocation, which is what comparing two worlds needs.
#[derive(Debug, Clone)]
pub struct Object(Arc<Node<dyn Erased>>);

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Object {}

impl Object {
    /// Wraps an entity.
    #[must_use]
    pub fn new<T: Entity>(entity: T) -> Self {
        Self(Arc::new(Node {
            rendered: OnceLock::new(),
            weight: OnceLock::new(),
            entity,
        }))
    }

    /// The entity, when it is a `T`.
    #[must_use]
    pub fn downcast<T: Entity>(&self) -> Option<&T> {
        self.0.entity.as_any().downcast_ref()
    }

    /// Whether the object holds an equal value.
    #[must_use]
    pub fn holds<T: Entity>(&self, value: &T) -> bool {
        self.0.entity.same(value)
    }

    /// Whether both hold equal values, be they the same object or not.
    #[must_use]
    pub fn equals(&self, other: &Self) -> bool {
        self == other || self.0.entity.same(other.0.entity.as_any())
    }

    /// The kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.entity.kind()
    }

    /// The kind's name.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        self.0.entity.kind_name()
    }

    /// Whether it is no part of an organisation.
    #[must_use]
    pub fn is_bookkeeping(&self) -> bool {
        self.0.entity.is_bookkeeping()
    }

    /// How much its change tells of a commit.
    #[must_use]
    pub fn telling(&self) -> u8 {
        self.0.entity.telling()
    }

    /// What people call it.
    #[must_use]
    pub fn label(&self) -> String {
        self.0.entity.label()
    }

    /// The unique values it holds, and whom it names, where it stands under this id.
    #[must_use]
    pub fn index(&self, id: Uuid) -> Vec<IndexKey> {
        let mut keys = Vec::new();
        self.0.entity.index(&mut keys);
        let mut named = self.0.entity.named();
        named.sort_unstable();
        named.dedup();
        keys.extend(
            named
                .into_iter()
                .map(|one| IndexKey::naming(one, self.kind(), id)),
        );
        keys
    }

    /// The stored document.
    #[must_use]
    pub fn to_json(&self) -> Value {
        self.0.entity.to_json()
    }

    /// About how many bytes it takes, found out once.
    #[must_use]
    pub fn weight(&self) -> usize {
        *self.0.weight.get_or_init(|| self.0.entity.weight())
    }

    /// A rendered document that depends on this object alone, made once and kept beside it.
    pub fn rendered(&self, render: impl FnOnce() -> Bytes) -> &Bytes {
        self.0.rendered.get_or_init(render)
    }
}

/// How a kind is restored from a document.
#[derive(Debug, Clone, Copy)]
pub struct KindDef {
    /// The code.
    pub kind: Kind,
    /// The name in documents.
    pub name: &'static str,
    /// Whether its objects only tell how work goes on.
    pub bookkeeping: bool,
    /// Makes an object of a stored document.
    pub decode: fn(Value) -> Result<Object, serde_json::Error>,
}

impl KindDef {
    /// The definition of an entity type.
    #[must_use]
    pub const fn of<T: Entity>() -> Self {
        Self {
            kind: T::KIND,
            name: T::NAME,
            bookkeeping: T::BOOKKEEPING,
            decode: decode::<T>,
        }
    }
}

fn decode<T: Entity>(value: Value) -> Result<Object, serde_json::Error> {
    serde_json::from_value::<T>(value).map(Object::new)
}
