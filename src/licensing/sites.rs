//! Meeting sites of people: a host by the meetings licence of the site, or an attendee by name.

use uuid::Uuid;

use crate::model::number::shorten;
use crate::model::owned;
use crate::model::{Holder, License, Person};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

/// Marks an attendee in `Person.siteUrls`.
const ATTENDEE: &str = "#attendee";

/// A wish about a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteChange {
    /// The site.
    pub site_url: String,
    /// Whether the account goes instead of comes.
    pub remove: bool,
}

/// Makes a person an attendee of sites, or takes that away. All of it or nothing.
///
/// # Errors
/// 404 when there is no such person, 400216 for a site that the organisation does not have.
pub fn change_attendance(tx: &mut Tx, person: Uuid, changes: &[SiteChange]) -> Result<(), Refusal> {
    let holder = Holder::Person(person);
    let known = tx.get::<Person>(person);
    let known = known.ok_or_else(|| Refusal::not_found("Person", &holder.webex_id()))?;
    let unknown: Vec<&str> = changes
        .iter()
        .map(|change| change.site_url.as_str())
        .filter(|site| !is_site(tx, known.organization, site))
        .collect();
    if !unknown.is_empty() {
        return Err(Refusal::new(ErrorKind::InvalidSiteUrl, unknown.join(", ")));
    }
    let mut sites = known.site_urls.clone();
    for change in changes {
        let attendee = format!("{}{ATTENDEE}", change.site_url);
        let is_held = sites.iter().any(|site| same(site, &change.site_url));
        if change.remove {
            sites.retain(|site| !site.eq_ignore_ascii_case(&attendee));
        } else if !is_held {
            sites.push(attendee);
        }
    }
    tx.update::<Person>(person, |person| person.site_urls = sites)?;
    Ok(())
}

fn same(held: &str, site: &str) -> bool {
    held.strip_suffix(ATTENDEE)
        .unwrap_or(held)
        .eq_ignore_ascii_case(site)
}

/// The sites that somebody attends and a list of wanted ones does not name in any way.
#[must_use]
pub fn unnamed_attendance(held: &[String], wanted: &[String]) -> Vec<String> {
    let attended = held.iter().filter(|site| site.ends_with(ATTENDEE));
    let is_named = |site: &str| {
        let site = site.strip_suffix(ATTENDEE).unwrap_or(site);
        wanted.iter().any(|wanted| same(wanted, site))
    };
    attended.filter(|site| !is_named(site)).cloned().collect()
}

/// Refuses sites that the organisation does not have; those that somebody has already may stay.
///
/// # Errors
/// 400216 that names them.
pub fn check(
    world: &World,
    organization: Uuid,
    wanted: &[String],
    held: &[String],
) -> Result<(), Refusal> {
    let is_known = |site: &str| {
        held.iter().any(|held| held.eq_ignore_ascii_case(site))
            || is_site(
                world,
                organization,
                site.strip_suffix(ATTENDEE).unwrap_or(site),
            )
    };
    let unknown = wanted.iter().filter(|site| !is_known(site));
    let unknown: Vec<String> = unknown.map(|site| shorten(site)).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    Err(Refusal::new(ErrorKind::InvalidSiteUrl, unknown.join(", ")))
}

/// Whether a meetings licence of the organisation is for this site.
fn is_site(world: &World, organization: Uuid, site: &str) -> bool {
    let mut sites = owned::list::<License>(world, organization)
        .filter_map(|(_, license)| license.site_url.as_deref());
    sites.any(|own| own.eq_ignore_ascii_case(site))
}

/// Lets the sites of a person follow the meetings licences that went and came.
pub(super) fn follow(
    tx: &mut Tx,
    holder: Holder,
    gone: &[Uuid],
    come: &[Uuid],
) -> Result<(), Refusal> {
    let Holder::Person(person) = holder else {
        return Ok(());
    };
    let sites = |tx: &Tx, ids: &[Uuid]| {
        let sites = ids
            .iter()
            .filter_map(|id| tx.get::<License>(*id)?.site_url.clone());
        sites.collect::<Vec<_>>()
    };
    let (gone, come) = (sites(tx, gone), sites(tx, come));
    if gone.is_empty() && come.is_empty() {
        return Ok(());
    }
    tx.update::<Person>(person, |person| {
        person
            .site_urls
            .retain(|held| !gone.iter().any(|site| held.eq_ignore_ascii_case(site)));
        for site in come {
            person.site_urls.retain(|held| !same(held, &site));
            person.site_urls.push(site);
        }
    })?;
    Ok(())
}
