//! Makes up people from a seed: the same file gives the same people, whatever the machine.

mod draw;
mod names;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use utoipa::ToSchema;

use super::document::{Location, LocationCalling, Organization, Person};
use super::reference::LicenseReference;
use draw::Draw;
use names::{JOBS, Mailboxes};

/// The most people that one section makes up.
const MAX_PEOPLE: u32 = 200_000;

/// The highest extension: they have at most six digits.
const LAST_EXTENSION: u32 = 999_999;

/// The `generate` section of an organisation.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::Generate)]
pub struct Generate {
    /// How many people.
    pub people: u32,
    /// Where the dice start.
    #[serde(default = "default_seed")]
    pub seed: u64,
    /// Names of the locations, in turn; all of them where it is missing.
    pub locations: Option<Vec<String>>,
    /// Licences, or licence sets, that everyone gets.
    #[serde(default)]
    pub licenses: Vec<LicenseReference>,
    /// Which part of the people in Calling locations gets which Calling licence.
    #[serde(default)]
    pub calling: Vec<CallingShare>,
    /// Percent of the Calling people who get a number besides their extension.
    #[serde(default = "everyone")]
    pub with_number: u8,
    /// Percent of the Calling people who get one of the organisation's setting sets.
    #[serde(default)]
    pub with_settings: u8,
    /// The first extension in each location.
    #[serde(default = "first_extension")]
    pub first_extension: u32,
    /// Numbers that stay free in each location.
    #[serde(default)]
    pub keep_free: usize,
}

/// A part of the generated people and their Calling licence.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::CallingShare)]
pub struct CallingShare {
    /// The licence.
    pub license: LicenseReference,
    /// Percent of the people.
    pub percent: u8,
}

fn default_seed() -> u64 {
    42
}

fn everyone() -> u8 {
    100
}

fn first_extension() -> u32 {
    1000
}

/// What is wrong with a `generate` section: the key and a sentence.
pub type Complaint = (&'static str, String);

/// The people that the organisation's `generate` section asks for; none without the section.
///
/// # Errors
/// The key of the section that cannot be followed, and why.
pub fn people(organization: &Organization) -> Result<Vec<Person>, Complaint> {
    let Some(plan) = &organization.generate else {
        return Ok(Vec::new());
    };
    check(plan)?;
    let mut offices = offices(organization, plan)?;
    let mut draw = Draw::new(plan.seed);
    let mut mailboxes = Mailboxes::default();
    for person in &organization.people {
        mailboxes.take(&organization.email_of(person));
    }
    let sets: Vec<&String> = organization.setting_sets.keys().collect();
    let count = offices.len();
    let people = (0..plan.people as usize).map(|index| {
        let person = somebody(&mut draw, &mut mailboxes, &organization.domain);
        let Some(office) = offices.get_mut(index % count.max(1)) else {
            return person;
        };
        placed(person, plan, office, &sets, &mut draw)
    });
    Ok(people.collect())
}

/// A name as the part of an address before the `@`.
#[must_use]
pub fn mailbox(name: &str) -> String {
    let kept = name
        .chars()
        .filter(|sign| sign.is_ascii_alphanumeric() || ".-".contains(*sign));
    kept.map(|sign| sign.to_ascii_lowercase()).collect()
}

fn check(plan: &Generate) -> Result<(), Complaint> {
    if plan.people > MAX_PEOPLE {
        return Err((
            "people",
            format!("at most {MAX_PEOPLE} people can be generated"),
        ));
    }
    let shares: u32 = plan
        .calling
        .iter()
        .map(|share| u32::from(share.percent))
        .sum();
    let percents = [
        ("withNumber", u32::from(plan.with_number)),
        ("withSettings", u32::from(plan.with_settings)),
        ("calling", shares),
    ];
    match percents.into_iter().find(|(_, percent)| *percent > 100) {
        Some((key, percent)) => Err((key, format!("{percent} percent are more than all"))),
        None => Ok(()),
    }
}

/// A location while people are being placed in it.
struct Office<'a> {
    location: &'a Location,
    numbers: Vec<String>,
    taken_extensions: BTreeSet<String>,
    next_extension: u32,
}

fn offices<'a>(
    organization: &'a Organization,
    plan: &Generate,
) -> Result<Vec<Office<'a>>, Complaint> {
    let by_name: BTreeMap<&str, &Location> = organization
        .locations
        .iter()
        .map(|place| (place.name.as_str(), place))
        .collect();
    let chosen: Vec<&Location> = match &plan.locations {
        None => organization.locations.iter().collect(),
        Some(names) => {
            let find = |name: &String| {
                let place = by_name.get(name.as_str()).copied();
                place.ok_or_else(|| ("locations", format!("there is no location `{name}`")))
            };
            names.iter().map(find).collect::<Result<_, _>>()?
        }
    };
    Ok(chosen
        .into_iter()
        .map(|place| office(organization, plan, place))
        .collect())
}

fn office<'a>(organization: &Organization, plan: &Generate, location: &'a Location) -> Office<'a> {
    let here = Some(location.name.as_str());
    let people = organization
        .people
        .iter()
        .filter(|person| person.location.as_deref() == here);
    let rooms = organization
        .workspaces
        .iter()
        .filter(|room| room.location.as_deref() == here);
    let held = people
        .map(|person| (&person.phone_number, &person.extension))
        .chain(rooms.map(|room| (&room.phone_number, &room.extension)));
    let (numbers, extensions): (Vec<_>, Vec<_>) = held.unzip();
    let held_numbers: BTreeSet<&String> = numbers.into_iter().flatten().collect();
    let calling = location
        .calling
        .iter()
        .flat_map(LocationCalling::free_numbers);
    let mut numbers: Vec<String> = calling
        .filter(|number| !held_numbers.contains(number))
        .collect();
    numbers.truncate(numbers.len().saturating_sub(plan.keep_free));
    numbers.reverse();
    Office {
        location,
        numbers,
        taken_extensions: extensions.into_iter().flatten().cloned().collect(),
        next_extension: plan.first_extension,
    }
}

impl Office<'_> {
    fn extension(&mut self) -> Option<String> {
        while self.next_extension <= LAST_EXTENSION {
            let extension = self.next_extension.to_string();
            self.next_extension += 1;
            if !self.taken_extensions.contains(&extension) {
                return Some(extension);
            }
        }
        None
    }
}

fn somebody(draw: &mut Draw, mailboxes: &mut Mailboxes, domain: &str) -> Person {
    let (first_name, last_name) = names::full_name(draw);
    let (department, titles) = draw.one_of(JOBS);
    let email = mailboxes.unused(&mailbox(&format!("{first_name}.{last_name}")), domain);
    Person {
        email: Some(email),
        title: Some((*draw.one_of(titles)).to_owned()),
        department: Some((*department).to_owned()),
        first_name,
        last_name,
        ..Person::default()
    }
}

fn placed(
    mut person: Person,
    plan: &Generate,
    office: &mut Office<'_>,
    sets: &[&String],
    draw: &mut Draw,
) -> Person {
    person.location = Some(office.location.name.clone());
    person.licenses.clone_from(&plan.licenses);
    let license = calling_license(plan, draw.percent());
    let (Some(license), Some(_)) = (license, &office.location.calling) else {
        return person;
    };
    person.licenses.push(license.clone());
    person.extension = office.extension();
    if draw.percent() < plan.with_number {
        person.phone_number = office.numbers.pop();
    }
    if draw.percent() < plan.with_settings && !sets.is_empty() {
        person.setting_sets.push((*draw.one_of(sets)).clone());
    }
    person
}

fn calling_license(plan: &Generate, percent: u8) -> Option<&LicenseReference> {
    let mut end = 0;
    let share = plan.calling.iter().find(|share| {
        end += share.percent;
        percent < end
    });
    share.map(|share| &share.license)
}
