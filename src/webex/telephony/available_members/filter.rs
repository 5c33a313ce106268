//! Whom the lists are asked for, by which parameters, and in which order.

use crate::http::Call;
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::resources::candidates::{Candidate, Order, Search, list};
use crate::settings::families::hot_desking_members::HotDeskingMembers;
use crate::settings::families::monitoring::Monitoring;
use crate::settings::families::shared_lines::SharedLines;
use crate::settings::{Family, Step};
use crate::webex::{location_named, numbers};

/// A list: its query parameters, and who is named already.
pub(super) struct List {
    location: &'static str,
    name: &'static str,
    number: &'static str,
    extension: Option<&'static str>,
    named: fn(&Step<'_>) -> Vec<Holder>,
}

pub(super) const APP: List = List {
    location: "location",
    name: "name",
    number: "phoneNumber",
    extension: Some("extension"),
    named: named::<SharedLines>,
};
pub(super) const OLD_APP: List = List {
    number: "number",
    ..APP
};
pub(super) const COUNTED: List = List {
    location: "locationId",
    name: "memberName",
    ..APP
};
pub(super) const HOT_DESK: List = List {
    named: named::<HotDeskingMembers>,
    ..COUNTED
};
pub(super) const MONITORED: List = List {
    extension: None,
    named: |step| step.value::<Monitoring>().lines().collect(),
    ..COUNTED
};
pub(super) const DIALLED: List = List {
    named: |step| step.value::<Monitoring>().dialled().collect(),
    ..MONITORED
};

fn named<T: Family>(step: &Step<'_>) -> Vec<Holder> {
    let value = step.value::<T>();
    value.members().map(|member| member.0).collect()
}

/// Whom a call looks for.
fn search(call: &Call<'_>, list: &List) -> Result<Search, Refusal> {
    let digits = |name| call.query(name).map(|text| numbers::digits_of(&text));
    let number = digits(list.number);
    // The lists for monitoring have one parameter for both.
    let (number, either) = match list.extension {
        Some(_) => (number, None),
        None => (None, number),
    };
    Ok(Search {
        name: call.query(list.name).map(|text| text.to_lowercase()),
        number,
        extension: list.extension.and_then(digits),
        number_or_extension: either,
        location: location_named(call, list.location)?,
    })
}

/// Everybody whom a call looks for, but those who are named already.
pub(super) fn found<'w>(
    call: &Call<'_>,
    step: &Step<'w>,
    wanted: &List,
) -> Result<Vec<Candidate<'w>>, Refusal> {
    let search = search(call, wanted)?;
    let named = (wanted.named)(step);
    let places = call.places();
    let candidates = list(step.world, step.organization);
    let candidates = candidates.filter(|one| one.holder != step.holder);
    let candidates = candidates.filter(|one| !named.contains(&one.holder));
    let candidates = candidates.filter(|one| places.hold(Some(one.calling.location)));
    Ok(candidates.filter(|one| search.fits(one)).collect())
}

/// The same, in the order that the call asks for.
pub(super) fn ordered<'w>(
    call: &Call<'_>,
    step: &Step<'w>,
    wanted: &List,
) -> Result<Vec<Candidate<'w>>, Refusal> {
    let order = order(call)?;
    let mut found = found(call, step, wanted)?;
    order.sort(&mut found);
    Ok(found)
}

/// The order that a call asks for.
pub(in crate::webex::telephony) fn order(call: &Call<'_>) -> Result<Order, Refusal> {
    let terms = call.query_list("order");
    match terms.is_empty() {
        true => Ok(Order::default()),
        false => Order::parse(&terms.join(",")).map_err(Refusal::bad_request),
    }
}
