//! Who can be named in settings of others: the people and workspaces of an organisation that have
//! a line of Webex Calling. One search for every list of available members.

use std::cmp::Ordering;

use uuid::Uuid;

use crate::model::owned;
use crate::model::{Calling, Holder, Location, Person, Workspace};
use crate::world::World;

/// Somebody with a line.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'w> {
    /// Who it is.
    pub holder: Holder,
    /// First name; nothing of a workspace.
    pub first_name: &'w str,
    /// Last name; nothing of a workspace.
    pub last_name: &'w str,
    /// The name people see.
    pub display_name: &'w str,
    /// Number and extension.
    pub calling: &'w Calling,
    /// Where the line is.
    pub location: &'w Location,
}

impl Candidate<'_> {
    /// The number.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        self.calling.number.as_ref().map(|number| number.as_str())
    }

    /// The extension.
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        let extension = self.calling.extension.as_ref();
        extension.map(|extension| extension.as_str())
    }
}

/// Everybody of an organisation who has a number or an extension.
pub fn list(world: &World, organization: Uuid) -> impl Iterator<Item = Candidate<'_>> {
    let people = owned::list::<Person>(world, organization);
    let people = people.filter_map(|(id, person)| {
        let (first_name, last_name) = person.names();
        let names = [first_name, last_name, &person.display_name];
        candidate(world, Holder::Person(id), names, person.calling.as_ref()?)
    });
    let rooms = owned::list::<Workspace>(world, organization);
    people.chain(rooms.filter_map(|(id, room)| {
        let names = ["", "", room.display_name.as_str()];
        candidate(world, Holder::Workspace(id), names, room.calling.as_ref()?)
    }))
}

fn candidate<'w>(
    world: &'w World,
    holder: Holder,
    [first_name, last_name, display_name]: [&'w str; 3],
    calling: &'w Calling,
) -> Option<Candidate<'w>> {
    let has_line = calling.number.is_some() || calling.extension.is_some();
    has_line.then_some(Candidate {
        holder,
        first_name,
        last_name,
        display_name,
        calling,
        location: world.get(calling.location)?,
    })
}

/// Who is looked for; what is not said fits everybody.
#[derive(Debug, Default)]
pub struct Search {
    /// A part of the name, in lower case.
    pub name: Option<String>,
    /// Digits of the number.
    pub number: Option<String>,
    /// Digits of the extension.
    pub extension: Option<String>,
    /// Digits of the number or of the extension.
    pub number_or_extension: Option<String>,
    /// Where the line is.
    pub location: Option<Uuid>,
}

impl Search {
    /// Whether somebody is looked for.
    #[must_use]
    pub fn fits(&self, candidate: &Candidate<'_>) -> bool {
        let holds = |own: Option<&str>, wanted: &str| own.is_some_and(|own| own.contains(wanted));
        let fits =
            |wanted: &Option<String>, of: &dyn Fn(&str) -> bool| wanted.as_deref().is_none_or(of);
        let (number, extension) = (candidate.number(), candidate.extension());
        self.location
            .is_none_or(|location| candidate.calling.location == location)
            && fits(&self.number, &|wanted| holds(number, wanted))
            && fits(&self.extension, &|wanted| holds(extension, wanted))
            && fits(&self.number_or_extension, &|wanted| {
                holds(number, wanted) || holds(extension, wanted)
            })
            && fits(&self.name, &|wanted| has_name(candidate, wanted))
    }
}

fn has_name(candidate: &Candidate<'_>, wanted: &str) -> bool {
    let full = format!("{} {}", candidate.first_name, candidate.last_name);
    [full.as_str(), candidate.display_name]
        .iter()
        .any(|name| name.to_lowercase().contains(wanted))
}

/// What a list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// First name; the name of a workspace.
    FirstName,
    /// Last name; the name of a workspace.
    LastName,
    /// The number.
    Number,
    /// The extension.
    Extension,
}

/// The order of a list: keys, each with whether it is turned round. Who has nothing to order by
/// comes last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order(Vec<(Key, bool)>);

impl Default for Order {
    /// By last name, then by first name (DEC-92).
    fn default() -> Self {
        Self(vec![(Key::LastName, false), (Key::FirstName, false)])
    }
}

/// The fields that callers order by, under every name that the documents give them.
const FIELDS: &[(&str, Key)] = &[
    ("firstName", Key::FirstName),
    ("fname", Key::FirstName),
    ("lastName", Key::LastName),
    ("lname", Key::LastName),
    ("name", Key::LastName),
    ("phoneNumber", Key::Number),
    ("number", Key::Number),
    ("dn", Key::Number),
    ("extension", Key::Extension),
];

impl Order {
    /// Reads an order such as `lastName-desc,extension`.
    ///
    /// # Errors
    /// What it may say.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || {
            let fields: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).collect();
            let fields = fields.join(", ");
            format!("order must be one or more of {fields}, each with -asc or -desc if need be.")
        };
        let keys = text.split(',').map(|term| {
            let (field, direction) = term.split_once([':', ' ', '-']).unwrap_or((term, "asc"));
            let mut fields = FIELDS.iter();
            let key = fields.find(|(name, _)| name.eq_ignore_ascii_case(field.trim()))?;
            match direction.to_ascii_lowercase().as_str() {
                "asc" => Some((key.1, false)),
                "desc" => Some((key.1, true)),
                _ => None,
            }
        });
        let keys: Option<Vec<_>> = keys.take(FIELDS.len()).collect();
        keys.map(Self).ok_or_else(wrong)
    }

    /// Puts a list in this order.
    pub fn sort(&self, found: &mut [Candidate<'_>]) {
        found.sort_by_cached_key(|candidate| {
            let keys = self.0.iter().map(|(key, is_turned)| Sorted {
                text: text(*key, candidate),
                is_turned: *is_turned,
            });
            keys.collect::<Vec<_>>()
        });
    }
}

fn text(key: Key, candidate: &Candidate<'_>) -> Option<String> {
    let name = |own: &str| match own {
        "" => candidate.display_name.to_lowercase(),
        own => own.to_lowercase(),
    };
    match key {
        Key::FirstName => Some(name(candidate.first_name)),
        Key::LastName => Some(name(candidate.last_name)),
        Key::Number => candidate.number().map(str::to_owned),
        Key::Extension => candidate.extension().map(str::to_owned),
    }
}

/// A text that may be turned round.
#[derive(Debug, PartialEq, Eq)]
struct Sorted {
    text: Option<String>,
    is_turned: bool,
}

impl Ord for Sorted {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = self.text.cmp(&other.text);
        let order = match self.is_turned {
            true => order.reverse(),
            false => order,
        };
        self.text.is_none().cmp(&other.text.is_none()).then(order)
    }
}

impl PartialOrd for Sorted {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
