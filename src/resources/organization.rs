//! Organisations.

use uuid::Uuid;

use super::text::checked;
use crate::model::Organization;
use crate::refusal::Refusal;
use crate::world::Tx;

/// Longest display name.
const NAME_MAX: usize = 256;

/// Creates an organisation.
///
/// # Errors
/// 400 for a name that is empty or too long.
pub fn create(tx: &mut Tx, organization: Organization) -> Result<Uuid, Refusal> {
    let name = checked("displayName", &organization.name, NAME_MAX)?;
    let id = tx.new_id::<Organization>();
    tx.put(
        id,
        Organization {
            name,
            ..organization
        },
    )?;
    Ok(id)
}
