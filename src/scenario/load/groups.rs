//! Groups of people.

use uuid::Uuid;

use super::contract::save_one;
use super::names::Found;
use super::{Failures, Site, nowhere};
use crate::model::Holder;
use crate::resources::groups::{self, GroupChange, Membership};
use crate::scenario::document::Group;
use crate::world::Tx;

/// Makes the organisation's groups; to one that is there the people come on top.
pub(super) fn gather(tx: &mut Tx, site: &Site<'_>, failures: &mut Failures) {
    let all = &site.organization.groups;
    let name: (_, fn(&Group) -> String) = ("displayName", |group| group.display_name.clone());
    for (path, wanted) in failures.once("group", &failures.at("groups"), all, name) {
        let change = GroupChange {
            display_name: Some(wanted.display_name.clone()),
            description: wanted.description.clone(),
            only_places: true,
            members: people(
                tx,
                site,
                &wanted.members,
                &format!("{path}.members"),
                failures,
            )
            .into_iter()
            .map(|(_, id)| Membership::Add(id))
            .collect(),
            ..GroupChange::default()
        };
        let outcome = match groups::find(tx, site.id, wanted.display_name.trim()) {
            Some(id) => groups::update(tx, site.id, id, change).map(|()| id),
            None => groups::create(tx, site.id, change),
        };
        let group = failures.take(&path, outcome);
        if let (Some(id), Some(template)) = (group, &wanted.license_template) {
            let path = format!("{path}.licenseTemplate");
            save_one(tx, site, Some(id), (template, &path), failures);
        }
    }
}

/// The people whom a list of addresses names, each with its path; the others have been told of.
pub(super) fn people(
    tx: &Tx,
    site: &Site<'_>,
    written: &[String],
    path: &str,
    failures: &mut Failures,
) -> Vec<(String, Uuid)> {
    let mut found = Vec::with_capacity(written.len());
    for (index, name) in written.iter().enumerate() {
        let path = format!("{path}[{index}]");
        if let Some(id) = person(tx, site, name, &path, failures) {
            found.push((path, id));
        }
    }
    found
}

/// The person whom an address names, of which the organisation's domain may be left out.
pub(super) fn person(
    tx: &Tx,
    site: &Site<'_>,
    written: &str,
    path: &str,
    failures: &mut Failures,
) -> Option<Uuid> {
    let email = match written.contains('@') {
        true => written.to_owned(),
        false => format!("{written}@{}", site.organization.domain),
    };
    match site.names.holder(tx, site.id, &email) {
        Found::Here(Holder::Person(id)) => return Some(id),
        Found::Failed => {}
        _ => {
            let message = nowhere("person", &email, site.names.holders());
            failures.add_cause(path, message);
        }
    }
    None
}
