//! What a holder is to have: the licences and packages that a document names, looked up.

use uuid::Uuid;

use super::names::{Found, Kind};
use super::{Failures, Site, nowhere};
use crate::licensing::headers::find_license;
use crate::licensing::{Properties, packages};
use crate::model::wholesale::Package;
use crate::model::{Holder, License, Person as Somebody, Workspace as Room};
use crate::scenario::document::Belongings;
use crate::scenario::reference::LicenseReference;
use crate::world::{Tx, World};

/// What a holder is to have, looked up.
#[derive(Debug)]
pub(super) struct Holding {
    /// All licences afterwards; none where the document says nothing of an existing holder's.
    pub licenses: Option<Vec<Uuid>>,
    /// Number, extension and location of Calling.
    pub properties: Option<Properties>,
    /// Where it is.
    pub location: Option<Uuid>,
}

/// Looks up what a holder is to have; nothing when something is wrong, which has been said.
pub(super) fn holding(
    tx: &Tx,
    site: &Site<'_>,
    known: Option<Holder>,
    (wanted, packages): (Belongings<'_>, &[Package]),
    path: &str,
    failures: &mut Failures,
) -> Option<Holding> {
    let location = location_of(tx, site, wanted.location, path, failures);
    let named = licenses_of(tx, site, wanted.licenses, path, failures);
    let (location, mut named) = (location?, named?);
    for id in &named {
        let checked = packages::check_license(tx, *id);
        checked
            .map_err(|refusal| failures.add_refusal(&format!("{path}.licenses"), &refusal))
            .ok()?;
    }
    named.extend(packages_of(tx, site, packages, path, failures)?);
    let held = known.map_or(&[][..], |holder| held(tx, holder));
    let has_calling = held.iter().chain(&named).any(|id| is_calling(tx, *id));
    let key = match (wanted.phone_number, wanted.extension) {
        (Some(_), _) => "phoneNumber",
        _ => "extension",
    };
    let is_reached = wanted.phone_number.is_some() || wanted.extension.is_some();
    if !has_calling && is_reached {
        let message = "only a holder of a Calling licence has a number or an extension";
        failures.add(&format!("{path}.{key}"), message);
        return None;
    }
    let properties = match has_calling && (is_reached || !named.is_empty()) {
        false => None,
        true => {
            let read = Properties::parse(location, wanted.phone_number, wanted.extension);
            let read = read.map_err(|refusal| failures.add_refusal(path, &refusal));
            Some(read.ok()?)
        }
    };
    Some(Holding {
        licenses: match (known, named.is_empty()) {
            (Some(_), true) => None,
            _ => Some(overlaid(tx, held, named)),
        },
        properties,
        // A person in Calling is where Calling is.
        location,
    })
}

fn held(world: &World, holder: Holder) -> &[Uuid] {
    let licenses = match holder {
        Holder::Person(id) => world.get::<Somebody>(id).map(|person| &person.licenses),
        Holder::Workspace(id) => world.get::<Room>(id).map(|room| &room.licenses),
    };
    licenses.map_or(&[], Vec::as_slice)
}

/// What is held with what is named on top: nothing goes, but the Calling licence may be swapped
/// for another, which keeps everything configured.
fn overlaid(world: &World, held: &[Uuid], named: Vec<Uuid>) -> Vec<Uuid> {
    let swaps = named.iter().any(|id| is_calling(world, *id));
    let goes = |id: &Uuid| named.contains(id) || (swaps && is_calling(world, *id));
    let mut all: Vec<Uuid> = held.iter().filter(|id| !goes(id)).copied().collect();
    all.extend(named);
    all
}

/// The location that the document names; the inner value is none where it names none.
#[expect(
    clippy::option_option,
    reason = "nothing said is not the same as wrong"
)]
fn location_of(
    world: &World,
    site: &Site<'_>,
    name: Option<&str>,
    path: &str,
    failures: &mut Failures,
) -> Option<Option<Uuid>> {
    let Some(name) = name else {
        return Some(None);
    };
    match site.names.location(world, site.id, name) {
        Found::Here(id) => Some(Some(id)),
        Found::Failed => None,
        Found::Nowhere => {
            let message = nowhere("location", name, site.names.locations());
            failures.add_cause(&format!("{path}.location"), message);
            None
        }
    }
}

pub(super) fn is_calling(world: &World, id: Uuid) -> bool {
    world
        .get::<License>(id)
        .is_some_and(|license| license.offer().is_calling())
}

/// The licences that the document names, with the sets spelled out.
pub(super) fn licenses_of(
    world: &World,
    site: &Site<'_>,
    wanted: &[LicenseReference],
    path: &str,
    failures: &mut Failures,
) -> Option<Vec<Uuid>> {
    let mut found = Vec::new();
    let mut complete = true;
    for (index, reference) in wanted.iter().enumerate() {
        let set = site.organization.license_sets.get(&reference.name);
        let set = set.filter(|_| reference.subscription.is_none());
        let members = set.map_or(std::slice::from_ref(reference), Vec::as_slice);
        for (member, reference) in members.iter().enumerate() {
            let path = match set {
                Some(_) => failures.at(&format!("licenseSets.{}[{member}]", wanted[index].name)),
                None => format!("{path}.licenses[{index}]"),
            };
            match find_license(world, site.id, &reference.to_string()) {
                Some(id) if found.contains(&id) => {}
                Some(id) => found.push(id),
                None => {
                    complete = false;
                    if !may_have_failed(site, reference) {
                        let sold = "no subscription sells it, or several do and none is named";
                        let message = format!("there is no licence `{reference}`: {sold}");
                        failures.add_cause(&path, message);
                    }
                }
            }
        }
    }
    complete.then_some(found)
}

/// Whether a licence is missing because its subscription could not be sold, which has been said.
fn may_have_failed(site: &Site<'_>, reference: &LicenseReference) -> bool {
    match &reference.subscription {
        Some(code) => site.names.has_failed(Kind::Subscription, code),
        None => site.names.has_any_failed(Kind::Subscription),
    }
}

/// The licences of packages, which a wholesale customer has by its subscription.
fn packages_of(
    world: &World,
    site: &Site<'_>,
    wanted: &[Package],
    path: &str,
    failures: &mut Failures,
) -> Option<Vec<Uuid>> {
    if wanted.is_empty() {
        return Some(Vec::new());
    }
    let path = format!("{path}.packages");
    let ordered = packages::of_subscriber(wanted);
    let ordered = ordered.map_err(|refusal| failures.add_refusal(&path, &refusal));
    let found = packages::licenses_of(world, site.id, &ordered.ok()?);
    let found = found.map_err(|refusal| failures.add_refusal(&path, &refusal));
    found.ok()
}
