//! A row of a workspace: its subscription, and unless that is all, its number and its device; or
//! a new workspace.

use std::fmt::Display;

use uuid::Uuid;

use super::attributes::Attribute;
use super::find::{Names, Place};
use super::header::LICENSES;
use super::import::{Import, Made};
use super::onboard::{self, Said as SaidDevice};
use crate::belongings;
use crate::licensing::assignment;
use crate::licensing::change::{Add, Change, Properties, Route};
use crate::licensing::choose::{for_workspace, hot_desk_takes_no_number, is_hot_desk_only};
use crate::licensing::outcome::{Action, Outcome};
use crate::model::number::shorten;
use crate::model::{E164, Extension, Holder, Location, Workspace};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::workspaces::{self, CallingWrite, WorkspaceWrite};
use crate::tasks::csv::numbers::{Said, extension, phone_number, renumber};
use crate::tasks::csv::{Asked, Cells, Field, location_named};
use crate::world::{Tx, World};

/// FALSE is honoured in this file.
const ROUTE: Route = Route::CsvAddAndRemove;
/// Said of a new workspace: a name that was changed or mistyped makes one too.
const NEW: &str = "No workspace had this name: a new one was created.";
/// What is said of numbers and phones in a row that leaves nothing to have them.
const GOES: &str = "The number, extension or device of this row was not taken: the row takes Webex \
                    Calling away.";

/// What a row says of the workspace beside its licences, as far as it differs.
#[derive(Debug)]
struct Wish {
    number: Option<Said<E164>>,
    extension: Option<Said<Extension>>,
    /// A location for a workspace that has none.
    location: Option<Uuid>,
    device: SaidDevice,
}

impl Wish {
    fn takes_number(&self) -> bool {
        matches!(self.number, Some(Said::Take(_))) || matches!(self.extension, Some(Said::Take(_)))
    }

    fn says_nothing(&self) -> bool {
        let device = matches!(&self.device, SaidDevice::Device(_));
        self.number.is_none() && self.extension.is_none() && !device
    }

    fn properties(&self, location: Option<Uuid>) -> Properties {
        Properties {
            location,
            phone_number: self.number.clone().and_then(Said::taken),
            extension: self.extension.clone().and_then(Said::taken),
        }
    }
}

impl Import {
    pub(super) fn workspace(
        &self,
        tx: &mut Tx,
        cells: &Cells<'_>,
        names: &Names,
        only: Option<bool>,
        made: &mut Made,
    ) -> Result<Outcome, Refusal> {
        match (names.find(tx, cells)?, only) {
            (Some(id), Some(true)) => self.subscription(tx, cells, id),
            (Some(id), _) => {
                let mut outcome = self.update(tx, cells, id, made)?;
                let rules: &[_] = match only {
                    None => &["WS-04", "WS-05"],
                    Some(_) => &["WS-04"],
                };
                by_rules(&mut outcome, rules);
                Ok(outcome)
            }
            (None, Some(true)) => {
                let name = cells.get(Attribute::Username).unwrap_or_default().trim();
                let refusal = Refusal::new(ErrorKind::UnknownName, names.missing(tx, name));
                Err(refusal.by("WS-03"))
            }
            (None, _) => self.create(tx, cells, names, made),
        }
    }

    /// The subscription alone: no other cell is read (WS-03).
    fn subscription(&self, tx: &mut Tx, cells: &Cells<'_>, id: Uuid) -> Result<Outcome, Refusal> {
        let room = workspaces::get(tx, self.organization, id)?;
        let asked = LICENSES.asked(tx, cells.licenses(), &room.licenses)?;
        if asked.calling.is_some_and(|id| !is_hot_desk_only(tx, id)) {
            let detail = format!(
                "{} has no Webex Calling yet, which needs a number: fill \"{}\" or \"{}\", and set \
                 \"{}\" to FALSE so that they are read.",
                shorten(&room.display_name),
                Attribute::PhoneNumber.header(),
                Attribute::Extension.header(),
                Attribute::SubscriptionOnly.header(),
            );
            let refusal = Refusal::new(ErrorKind::FieldMissing, detail);
            return Err(refusal.by("WS-03").by("WS-10"));
        }
        let mut outcome = save(tx, Holder::Workspace(id), asked, None)?;
        by_rules(&mut outcome, &["WS-03"]);
        Ok(outcome)
    }

    /// The subscription, and number, location and device where the row says something else.
    fn update(
        &self,
        tx: &mut Tx,
        cells: &Cells<'_>,
        id: Uuid,
        made: &mut Made,
    ) -> Result<Outcome, Refusal> {
        let holder = Holder::Workspace(id);
        let room = workspaces::get(tx, self.organization, id)?.clone();
        let mut asked = LICENSES.asked(tx, cells.licenses(), &room.licenses)?;
        let wish = self.wish(tx, cells, id, &room)?;
        if room.calling.is_none() && asked.add.is_empty() && wish.takes_number() {
            let named = self.candidates(tx, &asked.without)?;
            let oldest = for_workspace(tx, self.organization, None, &named)?;
            asked.calling = Some(oldest);
            asked.add.push(oldest);
        }
        let is_desk = |ids: &[Uuid]| ids.iter().any(|id| is_hot_desk_only(tx, *id));
        let (was_desk, becomes_desk) = (is_desk(&room.licenses), is_desk(&asked.add));
        let gains = asked.calling.is_some();
        if was_desk && asked.add.is_empty() && wish.takes_number() {
            return Err(hot_desk_takes_no_number());
        }
        let location = wish.location.or(room.location);
        let properties = (gains || was_desk || becomes_desk)
            .then(|| wish.properties(location.filter(|_| gains)));
        if gains && !becomes_desk {
            check_callable(location, properties.as_ref())?;
        }
        if let Some(location) = wish.location {
            workspaces::place(tx, self.organization, id, location)?;
        }
        let says_numbers = properties.is_none();
        let mut outcome = save(tx, holder, asked, properties)?;
        if let Some(location) = wish.location.and_then(|id| tx.get::<Location>(id)) {
            let name = location.name.clone();
            outcome.wrote(Attribute::Location.header(), "", &name);
        }
        let is_gone = room.calling.is_some() && belongings::numbers::calling(tx, holder).is_none();
        if is_gone || outcome.error.is_some() {
            if !wish.says_nothing() {
                outcome.warnings.push(GOES.to_owned());
            }
            return Ok(outcome);
        }
        if says_numbers {
            self.renumber(tx, holder, &wish, &mut outcome)?;
        }
        onboard(tx, holder, wish.device, made, &mut outcome)?;
        Ok(outcome)
    }

    fn wish(
        &self,
        world: &World,
        cells: &Cells<'_>,
        id: Uuid,
        room: &Workspace,
    ) -> Result<Wish, Refusal> {
        let holder = Holder::Workspace(id);
        let place = Place::of_holder(world, holder);
        let present = |attribute| place.of(world, attribute);
        let (number, own) = (Attribute::PhoneNumber, Attribute::Extension);
        Ok(Wish {
            number: said(cells, number, phone_number, present(number))?,
            extension: said(cells, own, extension, present(own))?,
            location: self.location(world, cells, room, present(Attribute::Location))?,
            device: onboard::read(world, Some(holder), cells)?,
        })
    }

    /// The location for a workspace that has none; that of another one stays (WS-12).
    fn location(
        &self,
        world: &World,
        cells: &Cells<'_>,
        room: &Workspace,
        present: &str,
    ) -> Result<Option<Uuid>, Refusal> {
        let text = cells.get(Attribute::Location).map(str::trim);
        let Some(text) = text.filter(|text| !text.eq_ignore_ascii_case(present)) else {
            return Ok(None);
        };
        if room.location.is_some() || room.calling.is_some() {
            let detail = format!(
                "\"{}\" is not the location of this workspace, which cannot be changed; it is \
                 \"{present}\".",
                shorten(text),
            );
            return Err(Refusal::new(ErrorKind::LocationImmutable, detail).by("WS-12"));
        }
        location_named(world, self.organization, text).map(Some)
    }

    fn renumber(
        &self,
        tx: &mut Tx,
        holder: Holder,
        wish: &Wish,
        outcome: &mut Outcome,
    ) -> Result<(), Refusal> {
        let nothing_left = || missing("\"Phone Number\" or \"Extension\"");
        let (number, extension) = (wish.number.as_ref(), wish.extension.as_ref());
        renumber(tx, holder, number, extension, nothing_left, outcome)?;
        let removes =
            number.is_some_and(Said::is_removal) || extension.is_some_and(Said::is_removal);
        if removes {
            outcome.by_rule("CSV-20");
        }
        Ok(())
    }

    /// A workspace that did not exist (DEC-70).
    fn create(
        &self,
        tx: &mut Tx,
        cells: &Cells<'_>,
        names: &Names,
        made: &mut Made,
    ) -> Result<Outcome, Refusal> {
        let name = cells.get(Attribute::Username).unwrap_or_default().trim();
        let asked = LICENSES.asked(tx, cells.licenses(), &[])?;
        let (number, own) = (Attribute::PhoneNumber, Attribute::Extension);
        let wish = Wish {
            number: said(cells, number, phone_number, "")?,
            extension: said(cells, own, extension, "")?,
            location: match cells.get(Attribute::Location).map(str::trim) {
                Some(text) => Some(location_named(tx, self.organization, text)?),
                None => None,
            },
            device: onboard::read(tx, None, cells)?,
        };
        let is_desk = asked.calling.is_some_and(|id| is_hot_desk_only(tx, id));
        if wish.location.is_none() || !(wish.takes_number() || is_desk) {
            let detail = format!(
                "{} A new one needs \"{}\", and \"{}\" or \"{}\".",
                names.missing(tx, name),
                Attribute::Location.header(),
                number.header(),
                own.header(),
            );
            let refusal = Refusal::new(ErrorKind::UnknownName, detail);
            return Err(refusal.by("WS-10").by("DEC-70"));
        }
        let licenses = match asked.calling {
            Some(license) => vec![license],
            None => self.candidates(tx, &asked.without)?,
        };
        let devices = match &wish.device {
            SaidDevice::Device(wanted) if !wanted.is_phone() => "collaborationDevices",
            _ => "phones",
        };
        let write = WorkspaceWrite {
            display_name: Some(name.to_owned()),
            location: wish.location,
            supported_devices: Some(devices.to_owned()),
            calling: Some(CallingWrite {
                kind: "webexCalling".to_owned(),
                licenses,
                properties: wish.properties(wish.location),
                hybrid_email: None,
            }),
            ..WorkspaceWrite::default()
        };
        let (id, mut outcome) = workspaces::create(tx, self.organization, write, ROUTE)?;
        outcome.by_rule("DEC-70");
        outcome.warnings.push(NEW.to_owned());
        made.workspace = Some(id);
        onboard(tx, Holder::Workspace(id), wish.device, made, &mut outcome)?;
        Ok(outcome)
    }

    /// Where no licence is TRUE and some are FALSE, those among which the oldest is taken; any
    /// where none is FALSE (WS-10).
    fn candidates(&self, world: &World, without: &[Uuid]) -> Result<Vec<Uuid>, Refusal> {
        if without.is_empty() {
            return Ok(Vec::new());
        }
        let mut named = LICENSES.of(world, self.organization);
        named.retain(|id| !without.contains(id) && !is_hot_desk_only(world, *id));
        match named.is_empty() {
            false => Ok(named),
            true => Err(missing(
                "TRUE in the column of a license; the row says FALSE in each",
            )),
        }
    }
}

/// The refusal of Calling without something it needs.
fn missing(what: &str) -> Refusal {
    let detail = format!("Webex Calling needs {what}.");
    Refusal::new(ErrorKind::FieldMissing, detail).by("WS-10")
}

/// Refuses Calling without a location, or without a number and an extension (WS-10).
fn check_callable(location: Option<Uuid>, properties: Option<&Properties>) -> Result<(), Refusal> {
    if location.is_none() {
        return Err(missing("\"Location\""));
    }
    match properties.is_none_or(Properties::is_empty) {
        true => Err(missing("\"Phone Number\" or \"Extension\"")),
        false => Ok(()),
    }
}

/// What a cell says of a number, where it says something else than what is there.
fn said<T: Display>(
    cells: &Cells<'_>,
    attribute: Attribute,
    read: fn(&str) -> Result<Said<T>, Refusal>,
    present: &str,
) -> Result<Option<Said<T>>, Refusal> {
    let text = cells.get(attribute).map(str::trim);
    let Some(text) = text.filter(|text| *text != present) else {
        return Ok(None);
    };
    read(text)?.check(attribute.header(), present).map(Some)
}

fn save(
    tx: &mut Tx,
    holder: Holder,
    asked: Asked,
    properties: Option<Properties>,
) -> Result<Outcome, Refusal> {
    if asked.add.is_empty() && asked.remove.is_empty() {
        return Ok(Outcome::none(tx, holder));
    }
    let add = asked.add.into_iter().map(|license| Add {
        license,
        properties: properties.clone(),
    });
    let change = Change {
        holder,
        add: add.collect(),
        remove: asked.remove,
        route: ROUTE,
    };
    assignment::save(tx, change)
}

fn onboard(
    tx: &mut Tx,
    holder: Holder,
    device: SaidDevice,
    made: &mut Made,
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    match device {
        SaidDevice::Nothing => {}
        SaidDevice::Warning(warning) => outcome.warnings.push(warning.to_owned()),
        SaidDevice::Device(wanted) => {
            made.code = wanted.onboard(tx, holder, outcome)?;
            outcome.by_rule("WS-08");
        }
    }
    Ok(())
}

/// Names the rules by which a row did something; one that did nothing has none (DEC-35).
fn by_rules(outcome: &mut Outcome, rules: &[&'static str]) {
    if outcome.action != Action::None || !outcome.changed.is_empty() {
        for rule in rules {
            outcome.by_rule(rule);
        }
    }
}
