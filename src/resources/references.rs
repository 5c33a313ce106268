//! What must hold: whatever an object names is there and of the same organisation, and a role is
//! one of ours.
//!
//! Members of groups and owners of numbers have checks of their own besides, where those are kept.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::belongings::memberships;
use crate::model::billing::{BillingReport, PackageUse, SubscriptionTags};
use crate::model::role::ROLES;
use crate::model::wholesale::{Customer, Subscriber};
use crate::model::{
    ActivationCode, Agent, Calling, CustomRole, Device, DeviceSettings, Floor, Group, Holder,
    License, LicenseTemplate, Location, Mail, Organization, OutsideAccount, Person, PhoneNumber,
    Report, Subscription, Team, UserProfile, Webhook, Workspace, kinds,
};
use crate::resources::custom_roles;
use crate::world::{Change, Check, Key, Kind, Object, Violation, World};

/// Nothing names what is not there.
pub const CHECK: Check = Check {
    name: "what an object names is there",
    on_change,
    on_world,
};

/// What objects name, with the words for it.
const NAMED: &[(Kind, &str)] = &[
    (kinds::ORGANIZATION, "organization"),
    (kinds::SUBSCRIPTION, "subscription"),
    (kinds::LICENSE, "license"),
    (kinds::LOCATION, "location"),
    (kinds::PERSON, "person"),
    (kinds::WORKSPACE, "workspace"),
    (kinds::GROUP, "group"),
    (kinds::FLOOR, "floor"),
    (kinds::CUSTOMER, "customer"),
    (kinds::USER_PROFILE, "userProfile"),
    (kinds::CUSTOM_ROLE, "customRole"),
    (kinds::TEAM, "contactCenterTeam"),
];

/// A field of an object, and what stands under the name in it.
type Reference = (&'static str, Key);

/// What an object of a type names, which stands under an id; nothing of an object of another type.
type References = fn(Uuid, &Object) -> Option<Vec<Reference>>;

/// One row for each type that names others. Settings that name holders are at the end.
const TABLE: &[References] = &[
    |_, object| {
        let one = object.downcast::<Person>()?;
        let mut names = held(one.organization, one.location, one.calling.as_ref());
        names.extend(one.licenses.iter().map(|id| ("licenses", license(*id))));
        names.extend(one.manager_id.map(|id| ("managerId", person(id))));
        let places = one.admin_locations.iter();
        names.extend(places.map(|id| ("adminLocations", (kinds::LOCATION, *id))));
        Some(names)
    },
    |_, object| {
        let one = object.downcast::<Workspace>()?;
        let mut names = held(one.organization, one.location, one.calling.as_ref());
        names.extend(one.licenses.iter().map(|id| ("licenses", license(*id))));
        names.extend(one.floor_id.map(|id| ("floorId", (kinds::FLOOR, id))));
        Some(names)
    },
    |_, object| {
        let one = object.downcast::<Floor>()?;
        Some(held(one.organization, Some(one.location), None))
    },
    |_, object| {
        let one = object.downcast::<PhoneNumber>()?;
        let mut names = held(one.organization, Some(one.location), None);
        names.extend(one.owner.map(|owner| ("owner", holder(owner))));
        Some(names)
    },
    |_, object| {
        let one = object.downcast::<License>()?;
        let subscription = (kinds::SUBSCRIPTION, one.subscription);
        Some(vec![
            organization(one.organization),
            ("subscription", subscription),
        ])
    },
    |_, object| {
        let one = object.downcast::<Group>()?;
        let members = one.members.iter().map(|id| ("members", person(*id)));
        Some(of(one.organization).chain(members).collect())
    },
    |_, object| {
        let one = object.downcast::<Webhook>()?;
        let creator = one.creator.map(|id| ("creator", person(id)));
        Some(of(one.organization).chain(creator).collect())
    },
    |_, object| {
        let one = object.downcast::<Device>()?;
        let owner = [("holder", holder(one.holder))];
        Some(of(one.organization).chain(owner).collect())
    },
    |_, object| {
        let one = object.downcast::<DeviceSettings>()?;
        let place = one.location.map(|id| ("location", (kinds::LOCATION, id)));
        Some(of(one.organization).chain(place).collect())
    },
    |_, object| {
        let one = object.downcast::<ActivationCode>()?;
        let owner = [("holder", holder(one.holder))];
        Some(of(one.organization).chain(owner).collect())
    },
    |_, object| {
        let one = object.downcast::<LicenseTemplate>()?;
        let licenses = one.licenses.iter().map(|id| ("licenses", license(*id)));
        let group = one.group.map(|id| ("group", (kinds::GROUP, id)));
        Some(of(one.organization).chain(group).chain(licenses).collect())
    },
    |_, object| {
        let one = object.downcast::<Organization>()?;
        let partner = one.managed_by;
        let partner = partner.map(|id| ("managedBy", (kinds::ORGANIZATION, id)));
        let files = one.announcements.iter().filter_map(|file| file.location);
        let files = files.map(|id| ("announcements", (kinds::LOCATION, id)));
        Some(partner.into_iter().chain(files).collect())
    },
    |_, object| {
        let one = object.downcast::<Customer>()?;
        let partner = [("partner", (kinds::ORGANIZATION, one.partner))];
        let own = one.organization.map(organization);
        let sold = one
            .subscription
            .map(|id| ("subscription", (kinds::SUBSCRIPTION, id)));
        Some(partner.into_iter().chain(own).chain(sold).collect())
    },
    |_, object| {
        let one = object.downcast::<Subscriber>()?;
        let customer = [("customer", (kinds::CUSTOMER, one.customer))];
        let own = one.person().map(|id| ("account", person(id)));
        Some(customer.into_iter().chain(own).collect())
    },
    |_, object| Some(of(object.downcast::<Subscription>()?.organization).collect()),
    |_, object| Some(of(object.downcast::<Location>()?.organization).collect()),
    |_, object| {
        let one = object.downcast::<Report>()?;
        let creator = one.created_by.map(|id| ("createdBy", person(id)));
        Some(of(one.organization).chain(creator).collect())
    },
    |_, object| Some(of(object.downcast::<Mail>()?.organization).collect()),
    |id, object| {
        let one = object.downcast::<Agent>()?;
        let profile = one.settings.user_profile_id;
        let profile = profile.map(|id| ("userProfileId", (kinds::USER_PROFILE, id)));
        let teams = one.settings.team_ids.iter();
        let teams = teams.map(|id| ("teamIds", (kinds::TEAM, *id)));
        let own = of(one.organization).chain([("id", person(id))]);
        Some(own.chain(profile).chain(teams).collect())
    },
    |_, object| Some(of(object.downcast::<UserProfile>()?.organization).collect()),
    |_, object| Some(of(object.downcast::<CustomRole>()?.organization).collect()),
    |_, object| Some(of(object.downcast::<Team>()?.organization).collect()),
    // These are a partner's, and of no organisation whose things they could name.
    |id, object| {
        let one = object.downcast::<SubscriptionTags>()?;
        let sold = ("id", (kinds::SUBSCRIPTION, id));
        Some(vec![("partner", (kinds::ORGANIZATION, one.partner)), sold])
    },
    // The customer and the person may be gone: the partner is billed nevertheless.
    |_, object| Some(billed(object.downcast::<PackageUse>()?.partner)),
    |_, object| Some(billed(object.downcast::<BillingReport>()?.partner)),
    |_, object| {
        let claim = object.downcast::<OutsideAccount>()?.claim.as_ref();
        let by = claim.map(|it| ("claim.organization", (kinds::ORGANIZATION, it.organization)));
        Some(by.into_iter().collect())
    },
    |_, object| {
        let (field, members) = memberships::named(object)?;
        let members = members.into_iter().map(|member| (field, holder(member)));
        Some(members.collect())
    },
];

fn organization(id: Uuid) -> Reference {
    ("organization", (kinds::ORGANIZATION, id))
}

/// What is billed to a partner.
fn billed(partner: Uuid) -> Vec<Reference> {
    vec![("partner", (kinds::ORGANIZATION, partner))]
}

fn of(id: Uuid) -> impl Iterator<Item = Reference> {
    std::iter::once(organization(id))
}

fn license(id: Uuid) -> Key {
    (kinds::LICENSE, id)
}

fn person(id: Uuid) -> Key {
    (kinds::PERSON, id)
}

fn holder(holder: Holder) -> Key {
    match holder {
        Holder::Person(id) => person(id),
        Holder::Workspace(id) => (kinds::WORKSPACE, id),
    }
}

/// Organisation and locations of a holder or a number.
fn held(of_organization: Uuid, place: Option<Uuid>, calling: Option<&Calling>) -> Vec<Reference> {
    let location = |id: Uuid| (kinds::LOCATION, id);
    let place = place.map(|id| ("location", location(id)));
    let calling = calling.map(|calling| ("calling.location", location(calling.location)));
    of(of_organization).chain(place).chain(calling).collect()
}

fn named(id: Uuid, object: &Object) -> Vec<Reference> {
    let mut rows = TABLE.iter();
    rows.find_map(|row| row(id, object)).unwrap_or_default()
}

/// Everything that cannot be without one object: what names it, and what names that.
#[must_use]
pub(super) fn resting_on(world: &World, root: Key) -> BTreeSet<Key> {
    let mut found = BTreeSet::from([root]);
    loop {
        let rests = |(key, object): &(&Key, &Object)| {
            let mut names = named(key.1, object).into_iter();
            !found.contains(*key) && names.any(|(_, named)| found.contains(&named))
        };
        let more: Vec<Key> = world.objects().filter(rests).map(|(key, _)| *key).collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

fn on_world(world: &World) -> Vec<Violation> {
    let objects = world.objects();
    let found = objects.flat_map(|(key, object)| look(world, *key, object));
    found.collect()
}

fn on_change(world: &World, changes: &[Change]) -> Vec<Violation> {
    let may_be_named = |kind: Kind| NAMED.iter().any(|(named, _)| *named == kind);
    // Whatever named what went may be anywhere.
    if changes
        .iter()
        .any(|change| change.after.is_none() && may_be_named(change.key.0))
    {
        return on_world(world);
    }
    let changed = changes
        .iter()
        .filter_map(|change| Some((change.key, change.after.as_ref()?)));
    changed
        .flat_map(|(key, object)| look(world, key, object))
        .collect()
}

/// What is wrong with one object.
fn look(world: &World, (_, id): Key, object: &Object) -> Vec<Violation> {
    let mut found = Vec::new();
    let what = object.kind_name();
    let references = named(id, object);
    let own = home(&references);
    for (field, key) in &references {
        let mut words = NAMED.iter();
        let word = words.find(|(known, _)| *known == key.0);
        let (word, named) = (word.map_or("object", |(_, word)| word), key.1);
        let says = format!("{what} {id}: {field} names the {word} {named}");
        match world.object(*key) {
            None => found.push(format!("{says}, which is not there")),
            Some(other) => {
                let others = home(&self::named(key.1, other));
                let is_foreign = own.is_some() && others.is_some() && own != others;
                if is_foreign && !may_be_partners(world, field, own, others) {
                    found.push(format!("{says}, which is of another organization"));
                }
            }
        }
    }
    let template = object.downcast::<LicenseTemplate>();
    if let Some(field) = template.and_then(|template| misplaced(template, id)) {
        found.push(format!(
            "{what} {id}: {field} must be the id under which it stands"
        ));
    }
    let roles = object.downcast::<Person>().map(|person| &person.roles);
    for role in roles.into_iter().flatten() {
        let made_by = custom_roles::by_key(world, role).map(|it| it.organization);
        let shown = crate::model::number::shorten(role);
        if made_by.is_some() && made_by != own {
            found.push(format!(
                "person {id}: roles names the customRole {shown}, which is of another organization"
            ));
        }
        if made_by.is_none() && !ROLES.iter().any(|known| known.key == role) {
            found.push(format!(
                "person {id}: roles has \"{shown}\", which nobody knows"
            ));
        }
    }
    found
}

/// Whoever acts in a customer stays who they are (ROLE-07), so what they make there names them.
fn may_be_partners(world: &World, field: &str, own: Option<Uuid>, others: Option<Uuid>) -> bool {
    let own = own.and_then(|id| world.get::<Organization>(id));
    ["creator", "createdBy"].contains(&field) && own.is_some_and(|own| own.managed_by == others)
}

/// The field of a template that should be the id under which it stands and is not.
fn misplaced(template: &LicenseTemplate, id: Uuid) -> Option<&'static str> {
    let (field, under) = match template.group {
        Some(group) => ("group", group),
        None => ("organization", template.organization),
    };
    (under != id).then_some(field)
}

/// The organisation whose an object is.
#[must_use]
pub fn organization_of(id: Uuid, object: &Object) -> Option<Uuid> {
    home(&named(id, object))
}

/// The organisation of an object that names these.
fn home(references: &[Reference]) -> Option<Uuid> {
    let mut references = references.iter();
    let found = references.find(|(field, _)| *field == "organization");
    found.map(|(_, key)| key.1)
}
