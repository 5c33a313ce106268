//! Merging a request into a stored value without a copy through `serde_json::Value`.
//!
//! Calling-setting PUTs are merges: what the request leaves out keeps its value (api-surface.md
//! section 3). For each settings type, [`patched!`](crate::patched) declares a twin whose fields
//! may all be absent; applying the twin changes only what was sent. `null` clears an optional
//! value and leaves any other as it is. Serde attributes of a field stand on both types.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

/// A type that can be changed in part.
pub trait Patch: Sized {
    /// What a request may say about it.
    type Delta: DeserializeOwned;

    /// Changes what the request names.
    fn apply(&mut self, delta: Self::Delta);
}

/// A field of a request: absent, `null`, or a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Maybe<T> {
    /// Absent.
    #[default]
    Keep,
    /// `null`.
    Clear,
    /// A value.
    Set(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<T>::deserialize(deserializer)?.map_or(Self::Clear, Self::Set))
    }
}

impl<T> Maybe<T> {
    /// Applies the field to its target.
    pub fn onto<P: Patch<Delta = T> + Clearable>(self, target: &mut P) {
        match self {
            Self::Keep => {}
            Self::Clear => target.clear(),
            Self::Set(delta) => target.apply(delta),
        }
    }
}

/// What `null` does to a value.
pub trait Clearable {
    /// Clears an optional value; leaves any other as it is.
    fn clear(&mut self) {}
}

/// Types that a request replaces as a whole.
#[macro_export]
macro_rules! replaced {
    ($($ty:ty),* $(,)?) => {$(
        impl $crate::settings::patch::Patch for $ty {
            type Delta = Self;
            fn apply(&mut self, delta: Self) {
                *self = delta;
            }
        }
        impl $crate::settings::patch::Clearable for $ty {}
    )*};
}

replaced!(bool, u32, String);

impl<T: DeserializeOwned> Patch for Option<T> {
    type Delta = T;
    fn apply(&mut self, delta: T) {
        *self = Some(delta);
    }
}

impl<T> Clearable for Option<T> {
    fn clear(&mut self) {
        *self = None;
    }
}

impl<T: DeserializeOwned> Patch for Vec<T> {
    type Delta = Self;
    fn apply(&mut self, delta: Self) {
        *self = delta;
    }
}

impl<T> Clearable for Vec<T> {
    fn clear(&mut self) {
        Self::clear(self);
    }
}

/// Declares a settings type and the twin that patches it:
/// `patched! { /// doc… pub struct Always by AlwaysPatch { /// doc… enabled: bool, … } }`.
/// JSON names are camelCase. The caller implements `Default` by hand or derives it.
#[macro_export]
macro_rules! patched {
    ($(#[$meta:meta])* pub struct $name:ident by $delta:ident {
        $($(#[$field_meta:meta])* $field:ident: $ty:ty),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "camelCase", default)]
        pub struct $name { $($(#[$field_meta])* pub $field: $ty,)* }

        #[doc = concat!("What a request may say about [`", stringify!($name), "`].")]
        #[derive(Debug, Default, serde::Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        pub struct $delta {
            $(
                $(#[$field_meta])*
                pub $field: $crate::settings::patch::Maybe<
                    <$ty as $crate::settings::patch::Patch>::Delta,
                >,
            )*
        }

        impl $crate::settings::patch::Patch for $name {
            type Delta = $delta;
            fn apply(&mut self, delta: $delta) {
                $(delta.$field.onto(&mut self.$field);)*
            }
        }

        impl $crate::settings::patch::Clearable for $name {}
    };
}
