//! Calling of workspaces (WS-10 to WS-12).

use uuid::Uuid;

use super::{CALLING_TYPES, CallingWrite, one_of, set_location};
use crate::belongings::{devices, numbers};
use crate::licensing::{Add, Change, Outcome, Properties, Route, choose, save};
use crate::model::workspace::THIRD_PARTY;
use crate::model::{Email, Holder, License, Workspace};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

/// What the type of calling cannot become while there are devices (WS-12).
const BARRED: [&str; 3] = ["none", THIRD_PARTY, "webexCalling"];
/// Types from which and to which an update leads (contract: update of a workspace).
const UPDATABLE: [&str; 4] = ["freeCalling", "none", THIRD_PARTY, "webexCalling"];

/// Gives, changes or takes away Calling.
pub(super) fn set_calling(
    tx: &mut Tx,
    id: Uuid,
    wanted: Option<CallingWrite>,
    is_new: bool,
    route: Route,
) -> Result<Outcome, Refusal> {
    let holder = Holder::Workspace(id);
    let nothing = Outcome::none(tx, holder);
    let (Some(wanted), Some(workspace)) = (wanted, tx.get::<Workspace>(id)) else {
        return Ok(nothing);
    };
    let kind = one_of("calling.type", &wanted.kind, &CALLING_TYPES)?;
    if !is_new {
        if is_as_shown(workspace, &kind, &wanted) {
            return Ok(nothing);
        }
        check_update(&workspace.calling_type, &kind)?;
    }
    let has_devices = || devices::of(tx, holder).next().is_some();
    if kind != workspace.calling_type && BARRED.contains(&kind.as_str()) && has_devices() {
        let detail = format!("calling.type cannot become {kind} while the workspace has devices.");
        return Err(Refusal::new(ErrorKind::Conflict, detail).by("WS-12"));
    }
    if kind == "webexCalling" {
        return set_webex_calling(tx, id, wanted, route);
    }
    let hybrid = match kind.as_str() {
        "hybridCalling" => Some(hybrid_email(workspace, wanted.hybrid_email)?),
        _ => None,
    };
    let present = calling_license(tx, workspace);
    let outcome = match present {
        Some(present) => save(
            tx,
            Change {
                holder,
                add: Vec::new(),
                remove: vec![present],
                route,
            },
        )?,
        None => nothing,
    };
    tx.update::<Workspace>(id, |workspace| {
        workspace.set_calling_type(&kind);
        workspace.hybrid_calling_email = hybrid;
    })?;
    Ok(outcome)
}

/// Whether a type that cannot be updated is sent back as reading shows it: that is no update.
fn is_as_shown(workspace: &Workspace, kind: &str, wanted: &CallingWrite) -> bool {
    let address = wanted.hybrid_email.as_ref();
    let held = workspace.hybrid_calling_email.as_ref();
    kind == workspace.calling_type
        && !UPDATABLE.contains(&kind)
        && address.is_none_or(|address| Some(address) == held)
}

fn check_update(present: &str, kind: &str) -> Result<(), Refusal> {
    for (type_of, what) in [(present, "from"), (kind, "to")] {
        if !UPDATABLE.contains(&type_of) {
            return Err(Refusal::bad_request(format!(
                "calling cannot be changed {what} {type_of}: only {} can be updated. Leave calling \
                 out, or create another workspace.",
                UPDATABLE.join(", ")
            )));
        }
    }
    Ok(())
}

/// Refuses a SIP address without calling through another provider, and the other way round.
pub(super) fn check_sip_address(world: &World, id: Uuid, is_sent: bool) -> Result<(), Refusal> {
    let Some(workspace) = world.get::<Workspace>(id) else {
        return Ok(());
    };
    match (
        workspace.calling_type == THIRD_PARTY,
        workspace.sip_address.is_some(),
    ) {
        (false, _) if is_sent => Err(Refusal::bad_request(format!(
            "sipAddress can only be provided when calling.type is {THIRD_PARTY}, but it is {}.",
            workspace.calling_type
        ))),
        (true, false) => Err(Refusal::bad_request(format!(
            "sipAddress is required when calling.type is {THIRD_PARTY}."
        ))),
        _ => Ok(()),
    }
}

/// The address for hybrid calling: the one that is sent, or the one that is there (inferred: the
/// documents say what it is, not whether it may be left out).
fn hybrid_email(workspace: &Workspace, sent: Option<String>) -> Result<String, Refusal> {
    let address = sent.or_else(|| workspace.hybrid_calling_email.clone());
    let address = address.ok_or_else(|| {
        Refusal::bad_request("calling.hybridCalling.emailAddress is required for hybridCalling.")
    })?;
    let email = address.parse::<Email>().map_err(|why| {
        Refusal::bad_request(format!("calling.hybridCalling.emailAddress: {why}."))
    })?;
    Ok(email.to_string())
}

fn calling_license(world: &World, workspace: &Workspace) -> Option<Uuid> {
    let mut held = workspace.licenses.iter().copied();
    held.find(|id| {
        world
            .get::<License>(*id)
            .is_some_and(|it| it.offer().is_calling())
    })
}

/// WS-10 and WS-11: the present licence stays when it is named or none is; else the oldest
/// suitable one of those named, or of all, takes its place.
fn set_webex_calling(
    tx: &mut Tx,
    id: Uuid,
    wanted: CallingWrite,
    route: Route,
) -> Result<Outcome, Refusal> {
    let holder = Holder::Workspace(id);
    let workspace = tx.get::<Workspace>(id);
    let workspace = workspace.ok_or_else(|| Refusal::not_found("Workspace", &id.to_string()))?;
    let present = calling_license(tx, workspace);
    let target = choose::for_workspace(tx, workspace.organization, present, &wanted.licenses)?;
    let mut properties = wanted.properties;
    if properties.location.is_none() && workspace.calling.is_none() {
        properties.location = workspace.location;
    }
    // Where, or which number: whoever updates one says both. Reading shows neither, so that its
    // document can be sent back (DEC-170).
    let says = properties.location.is_some() || !properties.is_empty();
    match (workspace.location, properties.location) {
        (None, Some(location)) => {
            let mut placed = workspace.clone();
            set_location(tx, &mut placed, location)?;
            tx.put(id, placed)?;
        }
        (Some(own), Some(other)) if own != other => {
            let detail = "The locationId of a workspace cannot be changed once set.";
            return Err(Refusal::new(ErrorKind::LocationImmutable, detail).by("WS-12"));
        }
        _ => {}
    }
    let hot_desk = choose::is_hot_desk_only(tx, target);
    if hot_desk && !properties.is_empty() {
        return Err(choose::hot_desk_takes_no_number());
    }
    let unreachable = properties.is_empty() && !hot_desk;
    if present.is_some() && !says {
        tx.by_rule("DEC-170");
    }
    let is_needed = present.is_none() || says;
    if is_needed && (properties.location.is_none() || unreachable) {
        let detail = "Webex Calling needs a locationId and a phoneNumber or an extension.";
        return Err(Refusal::new(ErrorKind::MandatoryField, detail).by("WS-10"));
    }
    if present == Some(target) {
        renumber(tx, holder, &properties)?;
        return Ok(Outcome::none(tx, holder));
    }
    let add = vec![Add {
        license: target,
        properties: Some(properties),
    }];
    save(
        tx,
        Change {
            holder,
            add,
            remove: present.into_iter().collect(),
            route,
        },
    )
}

/// Gives a workspace that has Calling another number or extension.
fn renumber(tx: &mut Tx, holder: Holder, properties: &Properties) -> Result<(), Refusal> {
    let Some(before) = numbers::calling(tx, holder).cloned() else {
        return Ok(());
    };
    let mut after = before.clone();
    if let Some(number) = &properties.phone_number {
        after.number = Some(number.clone());
    }
    if let Some(extension) = &properties.extension {
        after.extension = Some(extension.clone());
    }
    if after == before {
        return Ok(());
    }
    let lost = numbers::assign_primary(tx, holder, after)?;
    tx.lose(lost);
    Ok(())
}
