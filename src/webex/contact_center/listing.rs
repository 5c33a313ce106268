//! What a list of Contact Center is asked for: `filter`, `search`, and which attributes.

use serde_json::Value;

use super::filter::{Fields, Filter, Search};
use super::{SEARCH, page};
use crate::http::Call;
use crate::refusal::Refusal;

/// Whether the items of a list have their own lists in them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Lists {
    /// Unless a call asks for single objects.
    Shown,
    /// Never (contract: List user profiles).
    LeftOut,
}

/// What a list lets its callers ask for.
pub(super) struct Offer {
    /// By which fields it is filtered. Only lists that know `search` have more of them than ids.
    pub fields: fn() -> Fields,
    /// The columns that are searched.
    pub searched: &'static [&'static str],
    /// Whether items have their own lists in them.
    pub lists: Lists,
}

/// The documents that a call asks for. Only operations that know `search` heed it, and the first
/// versions of lists are filtered by `id` alone (contract: List Users, List Teams).
///
/// # Errors
/// 400 for a filter or a search that cannot be read.
pub(super) fn wanted(
    call: &Call<'_>,
    all: impl Iterator<Item = Result<Value, Refusal>>,
    offer: &Offer,
) -> Result<Vec<Value>, Refusal> {
    let searches = call.knows(SEARCH.0);
    let fields = || match searches {
        true => (offer.fields)(),
        false => Fields::texts(&["id"]),
    };
    let filter = call.query("filter");
    let filter = filter.map(|text| Filter::parse(&text, &fields()));
    let filter = filter.transpose()?;
    let search = searches.then(|| call.query("search")).flatten();
    let search = search.map(|text| Search::parse(&text, offer.searched));
    let search = search.transpose()?;
    let is_bare = match offer.lists {
        Lists::Shown => call.query_bool("singleObjectResponse")?.unwrap_or(false),
        Lists::LeftOut => true,
    };
    let mut found = Vec::new();
    for document in all {
        let mut document = document?;
        let fits = filter.as_ref().is_none_or(|filter| filter.fits(&document));
        if !fits || !search.as_ref().is_none_or(|search| search.fits(&document)) {
            continue;
        }
        if let Some(members) = document.as_object_mut().filter(|_| is_bare) {
            members.retain(|_, value| !value.is_array());
        }
        found.push(document);
    }
    page::select(call, &mut found)?;
    Ok(found)
}
