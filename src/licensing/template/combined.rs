//! What several templates come to for one person: the organisation's and those of every group
//! that the person is in, once each (TMPL-10, TMPL-11). Groups within groups inherit nothing
//! (TMPL-20).

use std::collections::BTreeMap;

use uuid::Uuid;

use super::list;
use crate::model::{Group, LicenseTemplate, Organization};
use crate::world::World;

/// What templates give a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combined {
    /// The licences, those of the organisation's template first.
    pub licenses: Vec<Uuid>,
    /// Under which ids the templates stand.
    pub sources: Vec<Uuid>,
    /// Whether every one of them leaves people what it does not name: as it was saved last, and
    /// for groups as the organisation chose.
    pub preserves: bool,
}

impl Combined {
    fn nothing() -> Self {
        Self {
            licenses: Vec::new(),
            sources: Vec::new(),
            preserves: true,
        }
    }

    fn and(&mut self, id: Uuid, template: &LicenseTemplate, preserves: bool) {
        for license in &template.licenses {
            if !self.licenses.contains(license) {
                self.licenses.push(*license);
            }
        }
        self.sources.push(id);
        let saved = template.preserve_licenses || !template.existing_users;
        self.preserves &= saved && (preserves || template.group.is_none());
    }
}

/// What the templates of an organisation and its groups give each of some people; who gets
/// nothing from any of them is not named. Each group with a template is looked through once.
#[must_use]
pub fn combined(world: &World, organization: Uuid, people: &[Uuid]) -> BTreeMap<Uuid, Combined> {
    let templates = list(world, organization);
    add_up(world, organization, templates, people)
}

/// The same with one template as it was when it was saved, whatever became of it since.
#[must_use]
pub fn combined_with(
    world: &World,
    saved: &LicenseTemplate,
    people: &[Uuid],
) -> BTreeMap<Uuid, Combined> {
    let organization = saved.organization;
    let own = saved.group.unwrap_or(organization);
    let others = list(world, organization).filter(|(id, _)| *id != own);
    let mut found = add_up(world, organization, others, people);
    let preserves = preserves_between_groups(world, organization);
    for person in people {
        let known = found.entry(*person).or_insert_with(Combined::nothing);
        known.and(own, saved, preserves);
    }
    found
}

/// Whether people who change groups keep what they had: the choice of the organisation.
pub(super) fn preserves_between_groups(world: &World, organization: Uuid) -> bool {
    world
        .get::<Organization>(organization)
        .is_none_or(|known| known.settings.preserve_licenses_between_groups)
}

fn add_up<'w>(
    world: &World,
    organization: Uuid,
    templates: impl Iterator<Item = (Uuid, &'w LicenseTemplate)>,
    people: &[Uuid],
) -> BTreeMap<Uuid, Combined> {
    let mut found: BTreeMap<Uuid, Combined> = BTreeMap::new();
    let mut sorted: Vec<Uuid> = Vec::new();
    let preserves = preserves_between_groups(world, organization);
    let mut give = |person: Uuid, id: Uuid, template: &LicenseTemplate| {
        let known = found.entry(person).or_insert_with(Combined::nothing);
        known.and(id, template, preserves);
    };
    for (id, template) in templates {
        let Some(group) = template.group else {
            people.iter().for_each(|person| give(*person, id, template));
            continue;
        };
        if sorted.is_empty() {
            sorted.extend(people);
            sorted.sort_unstable();
        }
        let members = world.get::<Group>(group).map(|group| &group.members);
        for member in members.into_iter().flatten() {
            if sorted.binary_search(member).is_ok() {
                give(*member, id, template);
            }
        }
    }
    found
}
