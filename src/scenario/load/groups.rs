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
    let mut seen: Vec<String> = Vec::new();
    for (index, wanted) in site.organization.groups.iter().enumerate() {
        let path = failures.at(&format!("groups[{index}]"));
        let name = wanted.display_name.trim().to_lowercase();
        if seen.contains(&name) {
            let message = format!("the group `{}` stands twice", wanted.display_name);
            failures.add(&format!("{path}.displayName"), message);
            continue;
        }
        seen.push(name);
        let change = GroupChange {
            display_name: Some(wanted.display_name.clone()),
            description: wanted.description.clone(),
            only_places: true,
            members: members(tx, site, wanted, &path, failures),
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

fn members(
    tx: &Tx,
    site: &Site<'_>,
    wanted: &Group,
    path: &str,
    failures: &mut Failures,
) -> Vec<Membership> {
    let written = wanted.members.iter().enumerate();
    let found = written.filter_map(|(index, written)| {
        let path = format!("{path}.members[{index}]");
        person(tx, site, written, &path, failures).map(Membership::Add)
    });
    found.collect()
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
