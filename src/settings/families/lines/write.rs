//! What a PUT of lines may say: it replaces the lines of others, and the owner's stays.

use serde::Deserialize;
use utoipa::ToSchema;

use super::super::{invalid, missing, values};
use super::{Endpoint, LineType, Lines, MAX_LINES, Place, SharedLine};
use crate::json::TextOr;
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::family::Step;
use crate::settings::members::Member;

/// What a PUT may say of lines. Without a list every line but the owner's goes (DEC-90).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LinesWrite {
    /// The lines.
    pub members: Option<Vec<LineWrite>>,
}

/// What a PUT may say of a line.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LineWrite {
    /// The id of a person or a workspace.
    pub id: String,
    /// Its first port.
    pub port: Option<u32>,
    /// Whether it is the owner's, as a text or not.
    #[schema(value_type = Option<String>)]
    pub primary_owner: Option<TextOr<bool>>,
    /// What it is to the endpoint.
    pub line_type: Option<LineType>,
    /// How many ports it takes.
    pub line_weight: Option<u32>,
    /// Whether a declined call is declined everywhere.
    pub allow_call_decline_enabled: Option<bool>,
    /// What stands beside it.
    pub line_label: Option<String>,
    /// Whether it dials one number alone.
    pub hotline_enabled: Option<bool>,
    /// That number.
    pub hotline_destination: Option<String>,
}

/// Refuses a line that leaves a field out.
pub(in crate::settings::families) fn required(
    position: usize,
    field: &str,
    is_there: bool,
) -> Result<(), Refusal> {
    match is_there {
        true => Ok(()),
        false => Err(missing(format!("members[{position}].{field} is required."))),
    }
}

/// A line of a request, on its way to its ports.
struct Draft {
    id: Member,
    place: Place,
    claim: Claim,
}

/// Why a line stands on its ports, from the best reason to none (DEC-143).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    /// The request says so.
    Said,
    /// It stood there before.
    Stood,
    /// It is new.
    New,
}

/// The lines that are there once the request is done.
pub(super) fn merged<E: Endpoint>(
    before: &Lines<E>,
    write: LinesWrite,
    step: &Step<'_>,
) -> Result<Lines<E>, Refusal> {
    let owner = Member(step.holder);
    let lines = write.members.unwrap_or_default();
    if lines.len() > MAX_LINES as usize {
        let count = lines.len();
        let detail =
            format!("members must not have more than {MAX_LINES} items, but it has {count}.");
        return Err(invalid(detail));
    }
    let mut drafts = Vec::<Draft>::new();
    for (position, line) in lines.into_iter().enumerate() {
        let id = Member::find(step, &line.id)?;
        if drafts.iter().any(|draft| draft.id == id) {
            let id = shorten(&line.id);
            return Err(invalid(format!(
                "members[{position}]: {id} is named twice."
            )));
        }
        check_kind::<E>(&line, position, id == owner)?;
        let known = before.members.iter().find(|known| known.id == id);
        let known = match id == owner {
            true => Some(&before.own),
            false => known.map(|known| &known.place),
        };
        drafts.push(drafted::<E>(id, line, known));
    }
    // The owner's line stays, whether the request names it or not.
    if drafts.iter().all(|draft| draft.id != owner) {
        drafts.push(Draft {
            id: owner,
            place: before.own.clone(),
            claim: Claim::Stood,
        });
    }
    let mut lines = Lines::default();
    for line in settled(drafts) {
        match line.id == owner {
            true => lines.own = line.place,
            false => lines.members.push(line),
        }
    }
    lines.members.sort_by_key(|line| line.place.port);
    Ok(lines)
}

/// Refuses a line that says of itself what it is not, and one of the app that leaves fields out.
fn check_kind<E: Endpoint>(line: &LineWrite, position: usize, is_own: bool) -> Result<(), Refusal> {
    if E::IS_APP {
        required(position, "port", line.port.is_some())?;
        required(position, "primaryOwner", line.primary_owner.is_some())?;
        required(position, "lineType", line.line_type.is_some())?;
        required(position, "lineWeight", line.line_weight.is_some())?;
    }
    let said = match &line.primary_owner {
        Some(TextOr::Other(said)) => Some(*said),
        Some(TextOr::Text(text)) => Some(text.parse().map_err(|_| {
            let text = shorten(text);
            invalid(format!(
                "members[{position}].primaryOwner must be true or false, but it is \"{text}\"."
            ))
        })?),
        None => None,
    };
    if said.is_some_and(|said| said != is_own) {
        let detail = format!(
            "members[{position}].primaryOwner must be {is_own}: the primary owner is the person \
             whose lines these are, and nobody else."
        );
        return Err(invalid(detail).by("DEC-90"));
    }
    let wanted = match is_own {
        true => (LineType::Primary, "PRIMARY"),
        false => (LineType::SharedCallAppearance, "SHARED_CALL_APPEARANCE"),
    };
    if line.line_type.is_some_and(|said| said != wanted.0) {
        let detail = format!(
            "members[{position}].lineType must be {}: PRIMARY is the line of the owner, and every \
             other line is shared.",
            wanted.1
        );
        return Err(invalid(detail).by("DEC-90"));
    }
    Ok(())
}

/// A line of a request. What the request leaves out stays as it was; a new line takes one port.
fn drafted<E: Endpoint>(id: Member, line: LineWrite, known: Option<&Place>) -> Draft {
    let text = |sent: Option<String>, known: Option<String>| match sent {
        Some(text) => Some(text).filter(|text| !text.is_empty()),
        None => known,
    };
    let claim = match (line.port, known) {
        (Some(_), _) => Claim::Said,
        (None, Some(_)) => Claim::Stood,
        (None, None) => Claim::New,
    };
    let known = known.cloned().unwrap_or_default();
    let place = Place {
        port: line.port.unwrap_or(known.port),
        line_weight: line.line_weight.unwrap_or(known.line_weight),
        allow_call_decline_enabled: line
            .allow_call_decline_enabled
            .unwrap_or(known.allow_call_decline_enabled),
        line_label: text(line.line_label.filter(|_| E::IS_APP), known.line_label),
        hotline_enabled: line.hotline_enabled.unwrap_or(known.hotline_enabled),
        hotline_destination: text(line.hotline_destination, known.hotline_destination),
    };
    Draft { id, place, claim }
}

/// The lines on their ports: those whose port the request says, then those that stood on ports that
/// are still free; all others on the first free ones. Where none is free, lines stand on the same
/// port, which is refused afterwards.
fn settled(mut drafts: Vec<Draft>) -> Vec<SharedLine> {
    drafts.sort_by_key(|draft| draft.claim);
    let mut placed = Vec::<SharedLine>::new();
    let is_free = |placed: &[SharedLine], place: &Place| {
        end(place) <= MAX_LINES + 1 && placed.iter().all(|line| !overlap(&line.place, place))
    };
    let mut rest = Vec::new();
    for Draft { id, place, claim } in drafts {
        let stays = match claim {
            Claim::Said => true,
            Claim::Stood => is_free(&placed, &place),
            Claim::New => false,
        };
        let line = SharedLine { id, place };
        if stays { &mut placed } else { &mut rest }.push(line);
    }
    for mut line in rest {
        let at = |port| Place {
            port,
            ..line.place.clone()
        };
        let free = (1..=MAX_LINES).find(|port| is_free(&placed, &at(*port)));
        line.place.port = free.unwrap_or(line.place.port);
        placed.push(line);
    }
    placed
}

fn end(place: &Place) -> u32 {
    place.port.saturating_add(place.line_weight)
}

fn overlap(one: &Place, other: &Place) -> bool {
    one.port < end(other) && other.port < end(one)
}

/// Refuses lines that can never stand.
pub(super) fn check<E: Endpoint>(lines: &Lines<E>, owner: Member) -> Result<(), Refusal> {
    let ids: Vec<Member> = lines.members.iter().map(|line| line.id).collect();
    Member::check_all("members", &ids, MAX_LINES as usize)?;
    if ids.contains(&owner) {
        let detail = "members: the owner's line is not shared with its owner.";
        return Err(Refusal::new(ErrorKind::MemberNotAllowed, detail));
    }
    let shared = lines.members.iter().map(|line| &line.place);
    let places: Vec<&Place> = std::iter::once(&lines.own).chain(shared).collect();
    for (position, place) in places.iter().enumerate() {
        values::number("members: port", place.port, 1, MAX_LINES)?;
        values::number("members: lineWeight", place.line_weight, 1, MAX_LINES)?;
        let last = end(place) - 1;
        if last > MAX_LINES {
            let detail = format!(
                "members: the line on port {} takes the ports up to {last}, but there are {MAX_LINES}.",
                place.port
            );
            return Err(invalid(detail).by("DEC-90"));
        }
        if let Some(other) = places[..position]
            .iter()
            .find(|other| overlap(other, place))
        {
            let port = place.port.max(other.port);
            let detail = format!("members: port {port} is taken by two lines.");
            return Err(invalid(detail).by("DEC-90"));
        }
        let label = place.line_label.as_deref().unwrap_or_default();
        values::length("members: lineLabel", label, values::MAX_NAME)?;
        let goal = place.hotline_destination.as_deref();
        let fields = ("members: hotlineEnabled", "members: hotlineDestination");
        values::goal(place.hotline_enabled, fields.0, fields.1, goal)?;
        values::phone(fields.1, goal)?;
    }
    Ok(())
}
