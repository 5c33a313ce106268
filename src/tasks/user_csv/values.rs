//! What stands in the cells of a person: for exports, and to tell what a row changes.

use std::borrow::Cow;

use uuid::Uuid;

use super::attributes::{ATTRIBUTES, Attribute};
use crate::model::person::ContactKind;
use crate::model::wholesale::{SubscriberServices, subscriber_of};
use crate::model::{Calling, E164, Extension, Holder, Location, Person, language};
use crate::resources::people;
use crate::settings::families::caller_id::{CallerId, CallerIdType, CallerIdView};
use crate::settings::family::{Setting, Step, stored};
use crate::world::{Moment, Tx, World};

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// A person whose cells are asked for.
#[derive(Debug)]
pub(super) struct Values<'a> {
    pub world: &'a World,
    pub holder: Holder,
    pub person: &'a Person,
    pub now: Moment,
}

impl<'a> Values<'a> {
    /// Those of a person as they stand now.
    pub fn now(tx: &'a Tx, id: Uuid) -> Option<Self> {
        Some(Self {
            world: tx,
            holder: Holder::Person(id),
            person: tx.get(id)?,
            now: tx.now(),
        })
    }

    /// What stands in a cell.
    pub fn of(&self, attribute: Attribute) -> Cow<'a, str> {
        let person = self.person;
        let text = |text: &'a Option<String>| Cow::Borrowed(text.as_deref().unwrap_or_default());
        match attribute {
            Attribute::FirstName => text(&person.first_name),
            Attribute::LastName => text(&person.last_name),
            Attribute::DisplayName => Cow::Borrowed(&person.display_name),
            Attribute::Email => Cow::Borrowed(person.email.as_str()),
            Attribute::UserStatus => Cow::Borrowed(people::status(self.world, person)),
            Attribute::LastAccessed => written(person.last_activity),
            Attribute::DaysSinceAccessed => written(self.days_since_accessed()),
            Attribute::Extension => self.extension(),
            Attribute::Title => text(&person.title),
            Attribute::Department => text(&person.department),
            Attribute::Manager => self.manager(),
            Attribute::PhoneNumber => self.phone_number(),
            Attribute::CallerIdNumber => self.caller_id(caller_id_number),
            Attribute::CallerIdFirstName => self.caller_id(|view| view.first_name),
            Attribute::CallerIdLastName => self.caller_id(|view| view.last_name),
            Attribute::Location => self.location(),
            Attribute::PreferredLanguage => {
                let locale = person.preferred_language.as_deref();
                Cow::Borrowed(locale.map(language::name).unwrap_or_default())
            }
            Attribute::TimeZone => text(&person.time_zone),
            Attribute::JabberCalling => self.service(|own| flag(own.jabber_calling)),
            Attribute::JabberWithTeams => self.service(|own| flag(own.jabber_with_teams)),
            Attribute::PreferredSite => {
                self.service(|own| own.preferred_site.as_deref().unwrap_or_default())
            }
            _ => self.address(attribute),
        }
    }

    /// The cells that a file may write beside licences, number, extension and location.
    pub fn written(&self) -> Vec<(Attribute, String)> {
        let rows = ATTRIBUTES.iter().map(|row| row.field);
        rows.filter(|attribute| attribute.is_plain())
            .map(|attribute| (attribute, self.of(attribute).into_owned()))
            .collect()
    }

    /// How many days ago the person was last seen.
    pub fn days_since_accessed(&self) -> Option<i64> {
        self.person
            .last_activity
            .map(|seen| (self.now.0 - seen.0).max(0) / DAY_MILLIS)
    }

    fn contact(&self, kind: ContactKind) -> Cow<'a, str> {
        let found = self
            .person
            .contact_numbers
            .iter()
            .find(|number| number.kind == kind);
        Cow::Borrowed(
            found
                .map(|number| number.value.as_str())
                .unwrap_or_default(),
        )
    }

    /// Something of Calling where there is Calling, else a contact number of a kind.
    fn of_calling(
        &self,
        pick: impl FnOnce(&'a Calling) -> Option<&'a str>,
        kind: ContactKind,
    ) -> Cow<'a, str> {
        match &self.person.calling {
            Some(calling) => Cow::Borrowed(pick(calling).unwrap_or_default()),
            None => self.contact(kind),
        }
    }

    fn phone_number(&self) -> Cow<'a, str> {
        self.of_calling(
            |calling| calling.number.as_ref().map(E164::as_str),
            ContactKind::Work,
        )
    }

    fn extension(&self) -> Cow<'a, str> {
        let pick = |calling: &'a Calling| calling.extension.as_ref().map(Extension::as_str);
        self.of_calling(pick, ContactKind::WorkExtension)
    }

    fn manager(&self) -> Cow<'a, str> {
        let known = self
            .person
            .manager_id
            .and_then(|id| self.world.get::<Person>(id));
        match (known, &self.person.manager) {
            (Some(manager), _) => Cow::Borrowed(manager.email.as_str()),
            (None, Some(written)) => Cow::Borrowed(written),
            (None, None) => Cow::Borrowed(""),
        }
    }

    fn location(&self) -> Cow<'a, str> {
        let location = self
            .person
            .any_location()
            .and_then(|id| self.world.get::<Location>(id));
        Cow::Borrowed(
            location
                .map(|location| location.name.as_str())
                .unwrap_or_default(),
        )
    }

    fn caller_id(&self, pick: impl FnOnce(CallerIdView) -> Option<String>) -> Cow<'a, str> {
        let Ok(step) = Step::lenient(self.world, self.holder) else {
            return Cow::Borrowed("");
        };
        let view = stored::<CallerId>(self.world, self.holder).view(&step);
        Cow::Owned(pick(view).unwrap_or_default())
    }

    /// What goes with a package; nothing where there is none.
    fn service(&self, pick: impl FnOnce(&'a SubscriberServices) -> &'a str) -> Cow<'a, str> {
        let subscriber = subscriber_of(self.world, self.holder.id());
        Cow::Borrowed(subscriber.map_or("", |(_, own)| pick(&own.services)))
    }

    fn address(&self, attribute: Attribute) -> Cow<'a, str> {
        let Some(address) = self.person.addresses.first() else {
            return Cow::Borrowed("");
        };
        let part = match attribute {
            Attribute::AddressType => &address.kind,
            Attribute::AddressCountry => &address.country,
            Attribute::AddressStreet => &address.street_address,
            Attribute::AddressCity => &address.locality,
            Attribute::AddressState => &address.region,
            _ => &address.postal_code,
        };
        Cow::Borrowed(part.as_deref().unwrap_or_default())
    }
}

/// A flag as an export writes it.
pub(super) fn flag(is_set: bool) -> &'static str {
    if is_set { "TRUE" } else { "FALSE" }
}

fn caller_id_number(view: CallerIdView) -> Option<String> {
    match view.selected {
        CallerIdType::DirectLine => view.direct_number,
        CallerIdType::LocationNumber => view.location_number,
        CallerIdType::Custom => view.custom_number,
    }
}

fn written<'a>(value: Option<impl ToString>) -> Cow<'a, str> {
    value.map_or(Cow::Borrowed(""), |value| Cow::Owned(value.to_string()))
}
