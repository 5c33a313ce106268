//! What a row changes about the person itself. A cell that repeats what is there says nothing.

mod place;

use std::borrow::Cow;
use std::ops::RangeInclusive;

use uuid::Uuid;

use super::attributes::Attribute;
use super::calling::CallingWish;
use super::values::Values;
use crate::model::number::shorten;
use crate::model::person::PersonAddress;
use crate::model::time_zone::is_time_zone;
use crate::model::{Organization, Person, language};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::people::{self, PersonChange};
use crate::tasks::csv::{self, Cells, Field};
use crate::world::World;

/// The longest text of a cell.
const MOST_CHARACTERS: usize = 256;
/// The longest name of a person with Calling (CSV-22).
const MOST_CALLING_NAME: usize = 30;
/// What a name of a person with Calling must not contain (CSV-22).
const NOT_IN_CALLING_NAMES: [char; 7] = ['%', '#', '<', '>', '\\', '/', '"'];

/// What a name of a person with Calling must not contain either: the upper half of Latin-1. Other
/// scripts are not extended ASCII, and Calling files allow Unicode (CSV-22).
const EXTENDED_ASCII: RangeInclusive<char> = '\u{80}'..='\u{ff}';

/// What a row wants of a person.
#[derive(Debug, Default)]
pub(super) struct Wish {
    /// The person itself.
    pub person: PersonChange,
    /// Whether that is anything.
    pub changes: bool,
    /// Whether a number or an extension is taken away (CSV-20).
    pub removes: bool,
    /// What concerns Calling.
    pub calling: CallingWish,
    /// What an administrator should know about the cells.
    pub warnings: Vec<String>,
}

type Setter = fn(&mut PersonChange, String);

/// Cells that are taken as they are.
const TEXTS: &[(Attribute, Setter)] = &[
    (Attribute::FirstName, |change, text| {
        change.first_name = Some(Some(text));
    }),
    (Attribute::LastName, |change, text| {
        change.last_name = Some(Some(text));
    }),
    (Attribute::DisplayName, |change, text| {
        change.display_name = Some(text);
    }),
    (Attribute::Title, |change, text| {
        change.title = Some(Some(text));
    }),
    (Attribute::Department, |change, text| {
        change.department = Some(Some(text));
    }),
];

type Part = fn(&mut PersonAddress) -> &mut Option<String>;

/// Cells of the address.
const ADDRESS: &[(Attribute, Part)] = &[
    (Attribute::AddressType, |address| &mut address.kind),
    (Attribute::AddressCountry, |address| &mut address.country),
    (Attribute::AddressStreet, |address| {
        &mut address.street_address
    }),
    (Attribute::AddressCity, |address| &mut address.locality),
    (Attribute::AddressState, |address| &mut address.region),
    (Attribute::AddressPostalCode, |address| {
        &mut address.postal_code
    }),
];

/// A row being read.
struct Reader<'a> {
    world: &'a World,
    organization: Uuid,
    /// The person as it is; none for a new one.
    values: Option<&'a Values<'a>>,
    cells: &'a Cells<'a>,
    /// Whether the row gives Calling to a person without it.
    gains: bool,
}

impl Wish {
    /// Whether it writes a cell that an outcome tells of as it stands there.
    pub fn writes(&self) -> bool {
        let calling = &self.calling;
        let names = [&calling.caller_id_first_name, &calling.caller_id_last_name];
        self.changes || calling.caller_id_number.is_some() || names.iter().any(|it| it.is_some())
    }

    /// Reads a row.
    ///
    /// # Errors
    /// What is wrong with a cell.
    pub fn read(
        world: &World,
        organization: Uuid,
        values: Option<&Values<'_>>,
        cells: &Cells<'_>,
        gains: bool,
    ) -> Result<Self, Refusal> {
        let reader = Reader {
            world,
            organization,
            values,
            cells,
            gains,
        };
        let mut wish = Self::default();
        reader.read_only()?;
        reader.texts(&mut wish)?;
        reader.names(&wish)?;
        reader.manager(&mut wish)?;
        reader.language_and_zone(&mut wish)?;
        reader.address(&mut wish)?;
        reader.location(&mut wish)?;
        reader.numbers(&mut wish)?;
        reader.caller_id(&mut wish)?;
        Ok(wish)
    }
}

pub(super) fn invalid(attribute: Attribute, reason: &str) -> Refusal {
    csv::invalid(attribute.header(), reason)
}

impl Reader<'_> {
    fn person(&self) -> Option<&Person> {
        self.values.map(|values| values.person)
    }

    fn has_calling(&self) -> bool {
        self.person().is_some_and(|person| person.calling.is_some())
    }

    /// Whether a cell says something else than what is there.
    fn says_more(&self, attribute: Attribute) -> bool {
        let present = self.values.map(|values| values.of(attribute));
        let present = present.as_deref().unwrap_or_default();
        let text = self.cells.get(attribute);
        text.is_some_and(|text| {
            let text = &*on_one_line(attribute, text);
            let is_same = text == present || text.trim() == present;
            // An editor may have changed the line ends within a cell.
            !is_same && one_line_end(text) != one_line_end(present)
        })
    }

    /// A cell that says something else than what is there.
    fn differs(&self, attribute: Attribute) -> Result<Option<Cow<'_, str>>, Refusal> {
        let Some(text) = self
            .cells
            .get(attribute)
            .filter(|_| self.says_more(attribute))
        else {
            return Ok(None);
        };
        let is_known = self.values.is_some();
        if is_known && attribute.is_of_directory() && self.is_synchronized() {
            let detail = format!(
                "\"{}\" comes from the synchronised directory and must stay empty.",
                attribute.header()
            );
            return Err(Refusal::new(ErrorKind::ReadOnlyField, detail).by("CSV-26"));
        }
        let text = on_one_line(attribute, text);
        checked(attribute, &text)?;
        Ok(Some(text))
    }

    fn is_synchronized(&self) -> bool {
        let organization = self.world.get::<Organization>(self.organization);
        organization.is_some_and(|own| own.settings.directory_synchronized)
    }

    /// Refuses changes of what cannot be changed (CSV-17, CSV-18). A new person has none of it
    /// yet, so cells left over from an export say nothing (CSV-08).
    fn read_only(&self) -> Result<(), Refusal> {
        let Some(values) = self.values else {
            return Ok(());
        };
        let refuse = |attribute: Attribute| {
            let detail = format!("\"{}\" cannot be changed.", attribute.header());
            Err(Refusal::new(ErrorKind::ReadOnlyField, detail).by("CSV-17"))
        };
        for attribute in [Attribute::UserStatus, Attribute::LastAccessed] {
            if self.differs(attribute)?.is_some() {
                return refuse(attribute);
            }
        }
        // Days pass between export and import, so an earlier number is no change.
        if let Some(text) = self.cells.get(Attribute::DaysSinceAccessed) {
            let days = text.trim().parse::<i64>().ok();
            let present = values.days_since_accessed();
            if days.is_none_or(|days| days < 0 || present.is_none_or(|now| days > now)) {
                return refuse(Attribute::DaysSinceAccessed);
            }
        }
        Ok(())
    }

    fn texts(&self, wish: &mut Wish) -> Result<(), Refusal> {
        for (attribute, set) in TEXTS {
            if let Some(text) = self.differs(*attribute)? {
                // A text that had to be folded is no longer the cell itself (DEC-38).
                if matches!(text, Cow::Owned(_)) {
                    let header = attribute.header();
                    let warning = format!("The line breaks in \"{header}\" were read as blanks.");
                    wish.warnings.push(warning);
                }
                set(&mut wish.person, text.trim().to_owned());
                wish.changes = true;
            }
        }
        Ok(())
    }

    /// First and last name belong together; those of people with Calling are limited (CSV-22).
    fn names(&self, wish: &Wish) -> Result<(), Refusal> {
        let changed = [&wish.person.first_name, &wish.person.last_name];
        if changed.iter().all(|name| name.is_none()) && !self.gains {
            return Ok(());
        }
        let present = |pick: fn(&Person) -> Option<&str>| self.person().and_then(pick);
        let new = |change: &Option<Option<String>>| change.clone().flatten();
        let first = new(&wish.person.first_name)
            .or_else(|| present(|person| person.first_name.as_deref()).map(str::to_owned));
        let last = new(&wish.person.last_name)
            .or_else(|| present(|person| person.last_name.as_deref()).map(str::to_owned));
        for (name, other, attribute) in [
            (&first, &last, Attribute::FirstName),
            (&last, &first, Attribute::LastName),
        ] {
            if name.is_none() && other.is_some() {
                let detail = format!(
                    "\"{}\" is missing beside the other name.",
                    attribute.header()
                );
                return Err(Refusal::new(ErrorKind::FieldMissing, detail).by("CSV-22"));
            }
            let Some(name) = name.as_deref().filter(|_| self.gains || self.has_calling()) else {
                continue;
            };
            if name.chars().count() > MOST_CALLING_NAME {
                let reason = format!("a name for Calling has at most {MOST_CALLING_NAME} letters");
                return Err(invalid(attribute, &reason).by("CSV-22"));
            }
            if name.contains(NOT_IN_CALLING_NAMES) {
                let reason = "a name for Calling has none of % # < > \\ / \"";
                return Err(invalid(attribute, reason).by("CSV-22"));
            }
            if let Some(found) = name.chars().find(|c| EXTENDED_ASCII.contains(c)) {
                let reason = format!(
                    "a name for Calling has no letters of extended ASCII, such as \"{found}\""
                );
                return Err(invalid(attribute, &reason).by("CSV-22"));
            }
        }
        Ok(())
    }

    fn manager(&self, wish: &mut Wish) -> Result<(), Refusal> {
        let Some(text) = self.differs(Attribute::Manager)? else {
            return Ok(());
        };
        let text = text.trim();
        let known = people::find_own(self.world, self.organization, text);
        wish.person.manager = Some(Some(text.to_owned()));
        wish.person.manager_id = Some(known);
        wish.changes = true;
        Ok(())
    }

    fn language_and_zone(&self, wish: &mut Wish) -> Result<(), Refusal> {
        if let Some(text) = self.differs(Attribute::PreferredLanguage)? {
            let locale = language::locale(text.trim());
            let wrong = || {
                let reason = format!("\"{}\" is not a language", shorten(&text));
                invalid(Attribute::PreferredLanguage, &reason)
            };
            wish.person.preferred_language = Some(Some(locale.ok_or_else(wrong)?));
            wish.changes = true;
        }
        if let Some(text) = self.differs(Attribute::TimeZone)? {
            let text = text.trim();
            if !text.is_empty() && !is_time_zone(text) {
                let reason = format!(
                    "\"{}\" is not a time zone such as Europe/Berlin",
                    shorten(text)
                );
                return Err(invalid(Attribute::TimeZone, &reason));
            }
            wish.person.time_zone = Some(Some(text.to_owned()));
            wish.changes = true;
        }
        Ok(())
    }

    fn address(&self, wish: &mut Wish) -> Result<(), Refusal> {
        let mut addresses = None;
        for (attribute, part) in ADDRESS {
            let Some(text) = self.differs(*attribute)? else {
                continue;
            };
            let all = addresses.get_or_insert_with(|| {
                let known = self.person().map(|person| person.addresses.clone());
                known
                    .filter(|all| !all.is_empty())
                    .unwrap_or_else(|| vec![PersonAddress::default()])
            });
            if let Some(address) = all.first_mut() {
                // Whatever ends the lines of the file, those of an address end in one way.
                *part(address) = Some(one_line_end(text.trim()).into_owned());
            }
        }
        wish.changes |= addresses.is_some();
        wish.person.addresses = addresses;
        Ok(())
    }
}

/// A text whose lines end in `\n`.
fn one_line_end(text: &str) -> Cow<'_, str> {
    match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    }
}

/// The text of a cell; of a name or another text of one line, its lines joined by blanks (DEC-38).
fn on_one_line(attribute: Attribute, text: &str) -> Cow<'_, str> {
    let is_text = TEXTS.iter().any(|(one, _)| *one == attribute);
    if !is_text || !text.contains(['\n', '\r']) {
        return Cow::Borrowed(text);
    }
    let lines = text.split(['\n', '\r']).map(str::trim);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    Cow::Owned(lines.join(" "))
}

pub(super) fn checked(attribute: Attribute, text: &str) -> Result<(), Refusal> {
    if text.chars().count() > MOST_CHARACTERS {
        let reason = format!("more than {MOST_CHARACTERS} characters");
        return Err(invalid(attribute, &reason));
    }
    let is_break = |c: char| matches!(c, '\n' | '\r');
    let mut controls = text.trim().chars().filter(|c| c.is_control());
    match controls.find(|c| !(attribute.may_have_lines() && is_break(*c))) {
        None => Ok(()),
        Some(found) if is_break(found) => {
            let reason = "the cell has a line break; write it on one line";
            Err(invalid(attribute, reason))
        }
        Some(_) => Err(invalid(attribute, "the cell has a control character")),
    }
}
