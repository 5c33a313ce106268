//! What a row says of location, numbers and caller ID.

use super::{Reader, Wish, invalid};
use crate::model::Organization;
use crate::model::number::shorten;
use crate::model::person::{ContactKind, ContactNumber};
use crate::refusal::{ErrorKind, Refusal};
use crate::tasks::csv::numbers::{Said, extension, number_in, phone_number};
use crate::tasks::csv::{Field, location_named};
use crate::tasks::user_csv::attributes::Attribute;

/// Clears a location (CSV-19).
const REMOVE: &str = "REMOVE";

/// Countries of the Asia-Pacific region, Japan, China and Hong Kong among them (CSV-24).
const ASIA_PACIFIC: [&str; 22] = [
    "AU", "BD", "BN", "CN", "HK", "ID", "IN", "JP", "KH", "KR", "LA", "LK", "MM", "MO", "MY", "NP",
    "NZ", "PH", "SG", "TH", "TW", "VN",
];

impl Reader<'_> {
    /// The location of a person without Calling; that of one with Calling stays (CSV-19).
    pub(super) fn location(&self, wish: &mut Wish) -> Result<(), Refusal> {
        let Some(text) = self.differs(Attribute::Location)? else {
            return Ok(());
        };
        let text = text.trim();
        if self.has_calling() {
            let detail = match text {
                REMOVE => "REMOVE takes the location of people without Calling only.".to_owned(),
                _ => format!(
                    "\"{}\" is not the location of this Calling user.",
                    shorten(text)
                ),
            };
            return Err(Refusal::new(ErrorKind::LocationImmutable, detail).by("CSV-19"));
        }
        if self.gains {
            return Ok(());
        }
        let location = match text == REMOVE {
            true => None,
            false => {
                let named = location_named(self.world, self.organization, text);
                Some(named.map_err(|refusal| refusal.by("CSV-19"))?)
            }
        };
        if location != self.person().and_then(|person| person.location) {
            wish.person.location = Some(location);
            wish.changes = true;
        }
        Ok(())
    }

    /// Phone number and extension: of Calling where there is Calling, else of the person.
    pub(super) fn numbers(&self, wish: &mut Wish) -> Result<(), Refusal> {
        let number = self.said(Attribute::PhoneNumber, phone_number)?;
        let extension = self.said(Attribute::Extension, extension)?;
        wish.removes = number.as_ref().is_some_and(Said::is_removal)
            || extension.as_ref().is_some_and(Said::is_removal);
        if self.has_calling() || self.gains {
            wish.calling.number = number;
            wish.calling.extension = extension;
            return Ok(());
        }
        let said = [
            (ContactKind::Work, number.map(|number| number.as_text())),
            (
                ContactKind::WorkExtension,
                extension.map(|extension| extension.as_text()),
            ),
        ];
        if said.iter().all(|(_, said)| said.is_none()) {
            return Ok(());
        }
        let known = self.person().map(|person| person.contact_numbers.clone());
        let mut contacts = known.unwrap_or_default();
        for (kind, said) in said {
            let Some(said) = said else { continue };
            contacts.retain(|known| known.kind != kind);
            if let Said::Take(value) = said {
                contacts.push(ContactNumber::new(kind, value));
            }
        }
        wish.changes = true;
        wish.person.contact_numbers = Some(contacts);
        Ok(())
    }

    /// What a cell says of a number, where it says something else than what is there.
    fn said<T>(
        &self,
        attribute: Attribute,
        read: fn(&str) -> Result<Said<T>, Refusal>,
    ) -> Result<Option<Said<T>>, Refusal> {
        let Some(text) = self.differs(attribute)? else {
            return Ok(None);
        };
        // Who gains Calling by this row has nothing of Calling yet.
        let present = self.values.filter(|_| !self.gains);
        let present = present.map(|values| values.of(attribute));
        read(&text)?
            .check(attribute.header(), present.as_deref().unwrap_or_default())
            .map(Some)
    }

    pub(super) fn caller_id(&self, wish: &mut Wish) -> Result<(), Refusal> {
        let read = |attribute: Attribute| {
            let said = self.differs(attribute)?.map(|text| text.trim().to_owned());
            match said {
                Some(_) if !self.has_calling() && !self.gains => Err(invalid(
                    attribute,
                    "caller ID needs a Webex Calling license",
                )),
                said => Ok(said),
            }
        };
        wish.calling.caller_id_number = read(Attribute::CallerIdNumber)?
            .map(|text| number_in(Attribute::CallerIdNumber.header(), &text))
            .transpose()?;
        let organization = self.world.get::<Organization>(self.organization);
        // The names follow first and last name there (CSV-24).
        if organization.is_some_and(|own| ASIA_PACIFIC.contains(&own.country.as_str())) {
            let names = [Attribute::CallerIdFirstName, Attribute::CallerIdLastName];
            wish.calling.passes_over_names = names.into_iter().any(|name| self.says_more(name));
            return Ok(());
        }
        wish.calling.caller_id_first_name = read(Attribute::CallerIdFirstName)?;
        wish.calling.caller_id_last_name = read(Attribute::CallerIdLastName)?;
        Ok(())
    }
}
