//! Devices of people and workspaces.

use super::names::Found;
use super::{Failures, Site};
use crate::model::Holder;
use crate::model::device::{Mac, Model};
use crate::refusal::Refusal;
use crate::resources::devices;
use crate::scenario::document::Device;
use crate::world::Tx;

/// Gives everybody their devices.
pub(super) fn install(tx: &mut Tx, site: &Site<'_>, failures: &mut Failures) {
    for (index, person) in site.organization.people.iter().enumerate() {
        let path = failures.at(&format!("people[{index}]"));
        let email = site.organization.email_of(person);
        install_at(tx, site, &email, (&person.devices, &path), failures);
    }
    for (index, room) in site.organization.workspaces.iter().enumerate() {
        let path = failures.at(&format!("workspaces[{index}]"));
        install_at(
            tx,
            site,
            &room.display_name,
            (&room.devices, &path),
            failures,
        );
    }
}

fn install_at(
    tx: &mut Tx,
    site: &Site<'_>,
    name: &str,
    (wanted, path): (&[Device], &str),
    failures: &mut Failures,
) {
    // Somebody who could not be created was reported then.
    let Found::Here(holder) = site.names.holder(tx, site.id, name) else {
        return;
    };
    for (index, wanted) in wanted.iter().enumerate() {
        let path = format!("{path}.devices[{index}]");
        let model = failures.take(&format!("{path}.model"), Model::find(&wanted.model));
        let mac = failures.take(&format!("{path}.mac"), wanted.mac.parse::<Mac>());
        let (Some(model), Some(mac)) = (model, mac) else {
            continue;
        };
        let outcome = tx.attempt(|tx| set_up(tx, holder, wanted, model, mac));
        failures.take(&path, outcome);
    }
}

fn set_up(
    tx: &mut Tx,
    holder: Holder,
    wanted: &Device,
    model: &Model,
    mac: Mac,
) -> Result<(), Refusal> {
    let id = match devices::find(tx, holder, mac) {
        Some(id) => id,
        None => devices::add(tx, holder, model, mac)?,
    };
    if wanted.online {
        devices::connect(tx, id)?;
    }
    let viewer = devices::Viewer::of(tx, holder)?;
    let tags = devices::TagChange::Add(wanted.tags.clone());
    devices::tag(tx, viewer, id, vec![tags])
}
