//! The full list of upstream operations, made of `openapi/operations.csv` by `build.rs`.

use super::operation::Method;

/// One upstream operation.
#[derive(Debug)]
pub struct Upstream {
    /// The method.
    pub method: Method,
    /// The full served path.
    pub path: &'static str,
    /// The operation's id.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Tier 1 (first) to 3.
    pub tier: u8,
    /// The administrators who may call it, where Webex's documents say so.
    pub roles: &'static str,
    /// The scopes that it needs, where Webex's documents say so: see [`super::scopes::Scopes`].
    pub scopes: &'static str,
}

/// Every upstream operation in the order of the list.
#[must_use]
pub fn operations() -> &'static [Upstream] {
    include!(concat!(env!("OUT_DIR"), "/operations.rs"))
}
