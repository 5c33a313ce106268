//! What a list of Contact Center is asked for: `filter`, `search`, and which attributes.

use serde_json::Value;

use super::{SEARCH, filter, page};
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

/// The documents that a call asks for. Only operations that know `search` heed it.
///
/// # Errors
/// 400 for a filter or a search that cannot be read.
pub(super) fn wanted(
    call: &Call<'_>,
    all: impl Iterator<Item = Result<Value, Refusal>>,
    lists: Lists,
) -> Result<Vec<Value>, Refusal> {
    let filter = call
        .query("filter")
        .map(|text| filter::Filter::parse(&text));
    let filter = filter.transpose()?;
    let searches = call.knows(SEARCH.0);
    let search = searches.then(|| call.query("search")).flatten();
    let search = search.map(|text| filter::search(&text)).transpose()?;
    let is_bare = match lists {
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
