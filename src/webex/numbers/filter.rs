//! The filters and the order of the list of numbers.

use std::cmp::Ordering;

use uuid::Uuid;

use super::{names, phone_number_type, state};
use crate::http::Call;
use crate::model::{Holder, WebexId};
use crate::refusal::Refusal;
use crate::resources::numbers::NumberRow;
use crate::webex::location_filter;
use crate::world::World;

/// What a caller wants to see.
#[derive(Debug)]
pub(super) struct Filter {
    location: Option<Uuid>,
    digits: Option<String>,
    available: Option<bool>,
    owner_name: Option<String>,
    owner_id: Option<Option<Uuid>>,
    owner_type: Option<&'static str>,
    extensions: Vec<String>,
    extension_only: Option<bool>,
    phone_number_type: Option<&'static str>,
    state: Option<&'static str>,
    toll_free: Option<bool>,
    /// Kinds of numbers that do not exist here were asked for.
    nothing: bool,
}

impl Filter {
    pub(super) fn of(call: &Call<'_>) -> Result<Self, Refusal> {
        let extension_only = call.query_word("numberType")?;
        let extension_only = extension_only.map(|kind| kind == "EXTENSION");
        let available = call.query_bool("available")?;
        let state = call.query_word("state")?;
        let owner_type = call.query_word("ownerType")?;
        if extension_only == Some(true) && (available.is_some() || state.is_some()) {
            let detail = "numberType EXTENSION cannot be used along with available or state.";
            return Err(Refusal::bad_request(detail));
        }
        if available == Some(true) && owner_type.is_some() {
            let detail = "available cannot be used along with ownerType.";
            return Err(Refusal::bad_request(detail));
        }
        let telephony = call.query_word("includedTelephonyTypes")?;
        let assigned = call.query_bool("assigned")?;
        let mut nothing = telephony == Some("MOBILE_NUMBER");
        for name in [
            "serviceNumber",
            "restrictedNonGeoNumbers",
            "elinEnabled",
            "reservedNumber",
        ] {
            nothing |= call.query_bool(name)? == Some(true);
        }
        let owner_id = call.query("ownerId").map(|text| {
            let decoded = WebexId::Person.decode(&text);
            decoded.or_else(|| WebexId::Workspace.decode(&text))
        });
        Ok(Self {
            location: location_filter(call)?,
            digits: call.query("phoneNumber").map(|text| digits_of(&text)),
            available: available.or(assigned.map(|assigned| !assigned)),
            owner_name: call.query("ownerName").map(|text| text.to_lowercase()),
            owner_id,
            owner_type,
            extensions: call.query_list("extension"),
            extension_only,
            phone_number_type: call.query_word("phoneNumberType")?,
            state,
            toll_free: call.query_bool("tollFreeNumbers")?,
            nothing,
        })
    }

    pub(super) fn fits(&self, world: &World, row: &NumberRow<'_>) -> bool {
        let is_number = row.number.is_some();
        let digits = self.digits.as_deref();
        !self.nothing
            && self
                .location
                .is_none_or(|location| row.location_id == location)
            && digits.is_none_or(|digits| is_number && row.text().contains(digits))
            && self
                .available
                .is_none_or(|wanted| row.is_available() == wanted)
            && self.extension_only.is_none_or(|wanted| is_number != wanted)
            && (self.extensions.is_empty() || self.has_extension(row))
            && self
                .phone_number_type
                .is_none_or(|kind| is_number && phone_number_type(row) == kind)
            && self
                .state
                .is_none_or(|wanted| is_number && state(row) == wanted)
            && self
                .toll_free
                .is_none_or(|wanted| row.number.is_some_and(|number| number.toll_free == wanted))
            && self.has_owner(world, row)
    }

    fn has_extension(&self, row: &NumberRow<'_>) -> bool {
        row.extension
            .is_some_and(|own| self.extensions.iter().any(|wanted| wanted == own))
    }

    fn has_owner(&self, world: &World, row: &NumberRow<'_>) -> bool {
        let is_wanted = |id: Option<Uuid>| row.owner.map(|owner| owner.id()) == id && id.is_some();
        self.owner_id.is_none_or(is_wanted)
            && self
                .owner_type
                .is_none_or(|kind| row.owner.map(Holder::type_name) == Some(kind))
            && self
                .owner_name
                .as_deref()
                .is_none_or(|name| owner_named(world, row, name))
    }
}

/// The digits of a number as a caller writes it: the `+` may have become a blank on the way.
pub(in crate::webex) fn digits_of(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '+' | ' ' | '-'))
        .collect()
}

/// Whether the owner's full name contains a text in lower case.
pub(in crate::webex) fn owner_named(world: &World, row: &NumberRow<'_>, name: &str) -> bool {
    let names = row.owner.and_then(|owner| names(world, owner));
    names.is_some_and(|(first, last)| {
        let full = format!("{first} {}", last.unwrap_or_default());
        full.to_lowercase().contains(name)
    })
}

/// Sorts by `lastName`, `dn` or `extension`; `-` or `desc` turns it round. They come sorted by
/// number and extension.
pub(super) fn order(
    world: &World,
    rows: &mut [NumberRow<'_>],
    order: Option<&str>,
) -> Result<(), Refusal> {
    let Some(order) = order else { return Ok(()) };
    let (field, descending) = match order.split_once([':', ' ', '-']) {
        Some((field, direction)) => (field, direction.eq_ignore_ascii_case("desc")),
        None => (order, false),
    };
    let last_name = |row: &NumberRow<'_>| -> Option<String> {
        let (first, last) = names(world, row.owner?)?;
        Some(last.unwrap_or(first).to_lowercase())
    };
    match field {
        "dn" => rows.sort_by(|a, b| a.text().cmp(b.text())),
        "extension" => rows.sort_by(|a, b| nothing_last(a.extension, b.extension)),
        "lastName" => rows.sort_by_cached_key(|row| {
            let name = last_name(row);
            (name.is_none(), name)
        }),
        _ => {
            let detail = "order must be lastName, dn or extension.";
            return Err(Refusal::bad_request(detail));
        }
    }
    if descending {
        rows.reverse();
    }
    Ok(())
}

fn nothing_last(a: Option<&str>, b: Option<&str>) -> Ordering {
    a.is_none().cmp(&b.is_none()).then(a.cmp(&b))
}
