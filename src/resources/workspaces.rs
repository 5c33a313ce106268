//! Workspaces: create, replace, delete; their Calling goes through licensing.

mod calling;
pub mod personalize;

use uuid::Uuid;

use super::floors;
use super::text::checked;
use crate::belongings;
use crate::licensing::choose::is_hot_desk_only;
use crate::licensing::{Outcome, Properties, Route, release};
use crate::model::number::shorten;
use crate::model::owned;
use crate::model::{Email, Holder, Location, WebexId, Workspace, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};
use calling::{check_sip_address, set_calling};

/// Longest name (WS-14).
const NAME_MAX: usize = 128;
/// What a name must not contain (WS-14).
const FORBIDDEN: [char; 8] = ['%', '#', '<', '>', '/', '\\', '"', '\u{7f}'];
/// Longest notes and other texts.
const TEXT_MAX: usize = 1000;
/// Types of workspaces.
pub const TYPES: [&str; 7] = [
    "notSet",
    "focus",
    "huddle",
    "meetingRoom",
    "open",
    "desk",
    "other",
];
/// Calling types that can be set.
pub const CALLING_TYPES: [&str; 6] = [
    "freeCalling",
    "hybridCalling",
    "none",
    "thirdPartySipCalling",
    "webexCalling",
    "webexEdgeForDevices",
];

/// Everything a caller may say about a workspace. What is absent stays, but for capacity, type
/// and notes, which an update then clears.
#[derive(Debug, Clone, Default)]
pub struct WorkspaceWrite {
    /// The name people see.
    pub display_name: Option<String>,
    /// Where it is; it cannot be changed once set (WS-12).
    pub location: Option<Uuid>,
    /// A floor of the location; an empty text takes it away.
    pub floor_id: Option<String>,
    /// How many people fit.
    pub capacity: Option<u32>,
    /// One of [`TYPES`].
    pub kind: Option<String>,
    /// Free text.
    pub notes: Option<String>,
    /// The address for calling through another provider.
    pub sip_address: Option<String>,
    /// `on` or `off`.
    pub hotdesking_status: Option<String>,
    /// `collaborationDevices` or `phones`; it cannot be changed once set.
    pub supported_devices: Option<String>,
    /// Its calendar.
    pub calendar: Option<CalendarWrite>,
    /// The meetings site of its devices; an empty one switches hosting off.
    pub meetings_site: Option<String>,
    /// A map that leads there.
    pub indoor_navigation_url: Option<String>,
    /// Its Calling.
    pub calling: Option<CallingWrite>,
}

/// A calendar as a caller names it.
#[derive(Debug, Clone, Default)]
pub struct CalendarWrite {
    /// `none`, `google` or `microsoft`.
    pub kind: String,
    /// The room's mailbox.
    pub email: Option<String>,
}

/// Calling as a caller names it.
#[derive(Debug, Clone, Default)]
pub struct CallingWrite {
    /// One of [`CALLING_TYPES`].
    pub kind: String,
    /// Licences to choose from; none leaves the choice open (WS-10).
    pub licenses: Vec<Uuid>,
    /// Location, number and extension.
    pub properties: Properties,
    /// The address for hybrid calling.
    pub hybrid_email: Option<String>,
}

/// A workspace of an organisation.
///
/// # Errors
/// 404.
pub fn get(world: &World, organization: Uuid, id: Uuid) -> Result<&Workspace, Refusal> {
    let found = owned::get::<Workspace>(world, organization, id);
    found.ok_or_else(|| Refusal::not_found("Workspace", &Holder::Workspace(id).webex_id()))
}

/// The workspaces of an organisation.
pub fn list(world: &World, organization: Uuid) -> impl Iterator<Item = (Uuid, &Workspace)> {
    owned::list::<Workspace>(world, organization)
}

/// Creates a workspace.
///
/// # Errors
/// 400 for values that are not allowed, and licensing's refusals.
pub fn create(
    tx: &mut Tx,
    organization: Uuid,
    write: WorkspaceWrite,
    route: Route,
) -> Result<(Uuid, Outcome), Refusal> {
    let name = write.display_name.as_deref();
    name.ok_or_else(|| Refusal::bad_request("displayName is required."))?;
    let mut workspace = Workspace {
        organization,
        display_name: String::new(),
        location: None,
        floor_id: None,
        capacity: None,
        kind: "notSet".to_owned(),
        calling_type: "freeCalling".to_owned(),
        hybrid_calling_email: None,
        sip_address: None,
        calendar_type: "none".to_owned(),
        calendar_email: None,
        notes: None,
        hotdesking_status: "off".to_owned(),
        supported_devices: None,
        meetings_site: None,
        indoor_navigation_url: None,
        calling: None,
        licenses: Vec::new(),
        created: tx.now(),
        personalization: None,
    };
    apply(tx, &mut workspace, &write)?;
    workspace
        .supported_devices
        .get_or_insert_with(|| "collaborationDevices".to_owned());
    let id = tx.new_id::<Workspace>();
    tx.put(id, workspace)?;
    let outcome = set_services(tx, id, write, true, route)?;
    Ok((id, outcome))
}

/// Updates a workspace and its Calling in one save.
///
/// # Errors
/// 404, 400 for values that are not allowed, and licensing's refusals.
pub fn update(
    tx: &mut Tx,
    organization: Uuid,
    id: Uuid,
    write: WorkspaceWrite,
    route: Route,
) -> Result<Outcome, Refusal> {
    let mut workspace = get(tx, organization, id)?.clone();
    apply(tx, &mut workspace, &write)?;
    tx.put(id, workspace)?;
    set_services(tx, id, write, false, route)
}

/// Gives Calling, and refuses what does not go with the Calling that is there then.
fn set_services(
    tx: &mut Tx,
    id: Uuid,
    write: WorkspaceWrite,
    is_new: bool,
    route: Route,
) -> Result<Outcome, Refusal> {
    let services = Services::of(&write);
    let has_sip_address = write.sip_address.is_some_and(|text| !text.is_empty());
    let outcome = set_calling(tx, id, write.calling, is_new, route)?;
    services.check(tx, id)?;
    check_sip_address(tx, id, has_sip_address)?;
    Ok(outcome)
}

/// Says where a workspace is that has no location yet, and nothing else.
///
/// # Errors
/// 404, 900011 when it has another location, 400 for a location that is not there.
pub fn place(tx: &mut Tx, organization: Uuid, id: Uuid, location: Uuid) -> Result<(), Refusal> {
    let mut workspace = get(tx, organization, id)?.clone();
    set_location(tx, &mut workspace, location)?;
    tx.put(id, workspace)?;
    Ok(())
}

/// What a caller wants that a workspace for hot desking only cannot have (WS-16).
#[derive(Debug)]
struct Services(Option<&'static str>);

impl Services {
    fn of(write: &WorkspaceWrite) -> Self {
        let calendar = write.calendar.as_ref().is_some_and(|it| it.kind != "none");
        let meetings = write
            .meetings_site
            .as_ref()
            .is_some_and(|site| !site.is_empty());
        let off = write.hotdesking_status.as_deref() == Some("off");
        Self(match () {
            () if calendar => Some("A workspace for hot desking only has no calendar."),
            () if meetings => Some("A workspace for hot desking only hosts no meetings."),
            () if off => Some("A workspace for hot desking only has hotdeskingStatus on."),
            () => None,
        })
    }

    fn check(&self, world: &World, id: Uuid) -> Result<(), Refusal> {
        let held = world.get::<Workspace>(id).map(|it| it.licenses.as_slice());
        let mut held = held.unwrap_or_default().iter();
        match self.0 {
            Some(detail) if held.any(|license| is_hot_desk_only(world, *license)) => {
                Err(Refusal::new(ErrorKind::InvalidSetting, detail).by("WS-16"))
            }
            _ => Ok(()),
        }
    }
}

/// Deletes a workspace with everything it holds.
///
/// # Errors
/// 404.
pub fn delete(tx: &mut Tx, organization: Uuid, id: Uuid) -> Result<Outcome, Refusal> {
    get(tx, organization, id)?;
    let holder = Holder::Workspace(id);
    let has_devices = belongings::devices::of(tx, holder).next().is_some();
    let outcome = release(tx, holder)?;
    super::devices::forget(tx, holder);
    personalize::forget(tx, id);
    if has_devices {
        tx.by_rule("WS-17");
    }
    tx.delete(kinds::WORKSPACE, id);
    Ok(outcome)
}

/// Refuses what nobody could have said of a workspace.
pub(super) fn bounds(world: &World, id: Uuid, kept: &Workspace) -> Result<(), Refusal> {
    let said = WorkspaceWrite {
        display_name: Some(kept.display_name.clone()),
        location: kept.location,
        floor_id: kept.floor_id.map(|floor| WebexId::Floor.encode(floor)),
        capacity: kept.capacity,
        kind: Some(kept.kind.clone()),
        notes: kept.notes.clone(),
        sip_address: kept.sip_address.clone(),
        hotdesking_status: Some(kept.hotdesking_status.clone()),
        supported_devices: kept.supported_devices.clone(),
        calendar: Some(CalendarWrite {
            kind: kept.calendar_type.clone(),
            email: kept.calendar_email.clone(),
        }),
        meetings_site: kept.meetings_site.clone(),
        indoor_navigation_url: kept.indoor_navigation_url.clone(),
        calling: None,
    };
    apply(world, &mut kept.clone(), &said)?;
    one_of("calling.type", &kept.calling_type, &CALLING_TYPES)?;
    personalize::bounds(world, id, kept)
}

fn apply(world: &World, workspace: &mut Workspace, write: &WorkspaceWrite) -> Result<(), Refusal> {
    if let Some(name) = &write.display_name {
        workspace.display_name = display_name(name)?;
    }
    workspace.capacity = write.capacity;
    workspace.kind = one_of("type", write.kind.as_deref().unwrap_or("notSet"), &TYPES)?;
    workspace.notes = text("notes", write.notes.as_ref())?;
    if let Some(status) = &write.hotdesking_status {
        workspace.hotdesking_status = one_of("hotdeskingStatus", status, &["on", "off"])?;
    }
    if let Some(location) = write.location {
        set_location(world, workspace, location)?;
    }
    if let Some(devices) = &write.supported_devices {
        let devices = one_of(
            "supportedDevices",
            devices,
            &["collaborationDevices", "phones"],
        )?;
        let before = workspace
            .supported_devices
            .get_or_insert_with(|| devices.clone());
        if *before != devices {
            return Err(Refusal::bad_request(
                "supportedDevices cannot be changed once set.",
            ));
        }
    }
    if let Some(text) = &write.floor_id {
        workspace.floor_id = floors::of_workspace(world, workspace, text)?;
    }
    for (field, value, target) in [
        ("sipAddress", &write.sip_address, &mut workspace.sip_address),
        (
            "deviceHostedMeetings.siteUrl",
            &write.meetings_site,
            &mut workspace.meetings_site,
        ),
        (
            "indoorNavigation.url",
            &write.indoor_navigation_url,
            &mut workspace.indoor_navigation_url,
        ),
    ] {
        if value.is_some() {
            *target = text(field, value.as_ref())?;
        }
    }
    match &write.calendar {
        Some(calendar) => set_calendar(workspace, calendar),
        None => Ok(()),
    }
}

/// Refuses a name that is too long or has characters that names must not have (WS-14).
fn display_name(name: &str) -> Result<String, Refusal> {
    let name = checked("displayName", name, NAME_MAX).map_err(|refusal| refusal.by("WS-14"))?;
    if name.contains(FORBIDDEN) {
        let detail = "displayName must not contain any of % # < > / \\ and the double quote.";
        return Err(Refusal::bad_request(detail).by("WS-14"));
    }
    Ok(name)
}

fn one_of(field: &str, value: &str, known: &[&str]) -> Result<String, Refusal> {
    if known.contains(&value) {
        return Ok(value.to_owned());
    }
    let detail = format!(
        "{field} \"{}\" is none of {}.",
        shorten(value),
        known.join(", ")
    );
    Err(Refusal::bad_request(detail))
}

fn text(field: &str, value: Option<&String>) -> Result<Option<String>, Refusal> {
    let filled = value.filter(|value| !value.is_empty());
    if filled.is_some_and(|value| value.chars().count() > TEXT_MAX) {
        let detail = format!("{field} must not be longer than {TEXT_MAX} characters.");
        return Err(Refusal::bad_request(detail));
    }
    Ok(filled.cloned())
}

/// Says where a workspace is, once and for all (WS-12).
fn set_location(world: &World, workspace: &mut Workspace, id: Uuid) -> Result<(), Refusal> {
    if workspace.location == Some(id) {
        return Ok(());
    }
    if workspace.location.is_some() {
        let detail = "The locationId of a workspace cannot be changed once set.";
        return Err(Refusal::new(ErrorKind::LocationImmutable, detail).by("WS-12"));
    }
    if !owned::has::<Location>(world, workspace.organization, id) {
        return Err(Refusal::new(ErrorKind::UnableToFindLocation, ""));
    }
    workspace.location = Some(id);
    Ok(())
}

fn set_calendar(workspace: &mut Workspace, calendar: &CalendarWrite) -> Result<(), Refusal> {
    let kind = one_of(
        "calendar.type",
        &calendar.kind,
        &["none", "google", "microsoft"],
    )?;
    let email = match (kind.as_str(), calendar.email.as_deref()) {
        ("none", _) => None,
        (_, None | Some("")) => {
            let detail = "calendar.emailAddress is required.";
            return Err(Refusal::bad_request(detail));
        }
        (_, Some(text)) => {
            let email: Result<Email, String> = text.parse();
            let email = email.map_err(|why| Refusal::bad_request(format!("calendar: {why}.")))?;
            Some(email.to_string())
        }
    };
    workspace.calendar_type = kind;
    workspace.calendar_email = email;
    Ok(())
}
