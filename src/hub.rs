//! What an administrator does in Control Hub's pages and no public API offers: `/_hub/v1`.

pub mod administrator_roles;
pub mod contact_center;
pub mod customers;
pub mod license_report;
pub mod license_template;
pub mod licenses;
pub mod manual;
pub mod packages;
pub mod pstn;
pub mod roles;
pub mod settings;
pub mod subscriptions;
pub mod tasks;
pub mod users;
pub mod users_csv;
pub mod workspaces_csv;

use uuid::Uuid;

use crate::http::Call;
use crate::licensing::headers;
use crate::refusal::{ErrorKind, Refusal};
use crate::world::World;

/// The organisation of a call's path: a Webex id, a bare uuid, or `me`.
///
/// # Errors
/// 404 for an organisation that is not here, or that is neither the caller's nor managed by it.
pub fn organization(call: &Call<'_>) -> Result<Uuid, Refusal> {
    call.organization_named(call.value("org"))
}

/// A licence as a caller names it: its id, or its CSV header.
///
/// # Errors
/// 400000 for anything else.
pub fn license(world: &World, organization: Uuid, text: &str) -> Result<Uuid, Refusal> {
    let found = headers::find_license(world, organization, text);
    found.ok_or_else(|| {
        let shown = crate::model::number::shorten(text);
        Refusal::new(ErrorKind::LicenseNotRecognized, shown)
    })
}
