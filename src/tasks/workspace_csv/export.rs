//! The files to download: the workspaces or the people of an organisation with their phones, a
//! sample without rows, and the list of the Workspaces page (WS-02, WS-07, WS-15).

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::attributes::{ATTRIBUTES, Attribute, DEVICE_TYPES, HolderKind};
use super::find::Place;
use super::header::LICENSES;
use crate::belongings::devices::phones;
use crate::licensing::headers::{plain_id, workspace_csv_header};
use crate::model::license::Service;
use crate::model::owned;
use crate::model::{Device, Holder, License, Person, Workspace, kinds};
use crate::tasks::csv::{Cell, Writer};
use crate::tasks::job::Step;
use crate::tasks::kept;
use crate::world::{Key, Tx, World};

/// What an export is of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Of {
    /// Workspaces in my organization: a row for each phone of a workspace, or one without.
    #[default]
    Workspaces,
    /// Users in my organization: the same of the people with Calling.
    Users,
    /// Workspaces > Export to CSV: a list to look at, which no import takes.
    WorkspaceList,
}

/// An export: whose rows, and which columns.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Export {
    of: Of,
    /// The holders, in the order of their names.
    pub holders: Vec<Uuid>,
    licenses: Vec<Uuid>,
}

/// The columns of the list of the Workspaces page. `Calling` is documented, the others inferred.
const LIST: [&str; 8] = [
    "Workspace Name",
    "Type",
    "Location",
    "Capacity",
    "Calling",
    "Phone Number",
    "Extension",
    "Subscription",
];

/// What stands in the column `Calling` of that list (WS-15).
const LISTED: [(&str, &str); 3] = [
    ("BCSTD", "Cisco Webex Calling Professional Workspace"),
    ("BCCA", "Cisco Webex Calling Workspace"),
    ("BCHDO", "Cisco Webex Calling Hot desk only"),
];

/// A file with a header and nobody in it.
#[must_use]
pub fn template(world: &World, organization: Uuid) -> String {
    let mut writer = Writer::default();
    header(&mut writer, world, &LICENSES.of(world, organization));
    writer.finish()
}

fn header(writer: &mut Writer, world: &World, licenses: &[Uuid]) {
    let attributes = ATTRIBUTES.iter().map(|row| Cow::Borrowed(row.name));
    let licenses = licenses
        .iter()
        .map(|id| Cow::Owned(workspace_csv_header(world, *id)));
    writer.row(attributes.chain(licenses).map(Cell::Text));
}

impl Export {
    /// Of whom and of what the file tells: holders are workspaces, or people with phones.
    pub(in crate::tasks) fn named(&self) -> impl Iterator<Item = Key> {
        let rooms = self.holders.iter().map(|id| (kinds::WORKSPACE, *id));
        let people = kept::people(&self.holders);
        rooms.chain(people).chain(kept::licenses(&self.licenses))
    }

    /// An export of all of an organisation.
    #[must_use]
    pub fn prepare(world: &World, organization: Uuid, of: Of) -> Self {
        let mut holders: Vec<(&str, Uuid)> = match of {
            Of::Users => owned::list::<Person>(world, organization)
                .filter(|(_, it)| it.calling.is_some())
                .map(|(id, it)| (it.email.as_str(), id))
                .collect(),
            Of::Workspaces | Of::WorkspaceList => owned::list::<Workspace>(world, organization)
                .map(|(id, it)| (it.display_name.as_str(), id))
                .collect(),
        };
        holders.sort_unstable();
        let licenses = match of {
            Of::Workspaces => LICENSES.of(world, organization),
            Of::Users | Of::WorkspaceList => Vec::new(),
        };
        Self {
            of,
            holders: holders.into_iter().map(|(_, id)| id).collect(),
            licenses,
        }
    }

    pub(in crate::tasks) fn run(&self, tx: &mut Tx, items: Range<usize>, step: &mut Step) {
        let mut writer = Writer::default();
        if items.start == 0 {
            match self.of {
                Of::WorkspaceList => writer.texts(LIST),
                Of::Workspaces | Of::Users => header(&mut writer, tx, &self.licenses),
            }
        }
        for id in self.holders.get(items).unwrap_or_default() {
            step.succeeded += 1;
            match self.of {
                Of::Workspaces => self.rows(&mut writer, tx, Holder::Workspace(*id)),
                Of::Users => self.rows(&mut writer, tx, Holder::Person(*id)),
                Of::WorkspaceList => list(&mut writer, tx, *id),
            }
        }
        step.result = Some(writer.finish());
    }

    /// A row for each phone, or one without.
    fn rows(&self, writer: &mut Writer, world: &World, holder: Holder) {
        // Who was deleted meanwhile is passed over.
        let Some(seen) = Seen::of(world, holder) else {
            return;
        };
        let mut phones = phones(world, holder).map(|(_, phone)| phone).peekable();
        if phones.peek().is_none() {
            self.row(writer, world, &seen, None);
        }
        for phone in phones {
            self.row(writer, world, &seen, Some(phone));
        }
    }

    fn row(&self, writer: &mut Writer, world: &World, seen: &Seen<'_>, phone: Option<&Device>) {
        let attributes = ATTRIBUTES
            .iter()
            .map(|row| seen.cell(world, row.field, phone));
        let licenses = self
            .licenses
            .iter()
            .map(|id| Cell::Flag(seen.licenses.contains(id)));
        writer.row(attributes.chain(licenses));
    }
}

/// A holder whose cells are asked for.
struct Seen<'a> {
    name: &'a str,
    kind: HolderKind,
    licenses: &'a [Uuid],
    place: Place<'a>,
}

impl<'a> Seen<'a> {
    fn of(world: &'a World, holder: Holder) -> Option<Self> {
        let (name, kind, licenses) = match holder {
            Holder::Person(id) => {
                let person = world.get::<Person>(id)?;
                (person.email.as_str(), HolderKind::User, &person.licenses)
            }
            Holder::Workspace(id) => {
                let room = world.get::<Workspace>(id)?;
                let name = room.display_name.as_str();
                (name, HolderKind::Workspace, &room.licenses)
            }
        };
        Some(Self {
            name,
            kind,
            licenses,
            place: Place::of_holder(world, holder),
        })
    }

    fn cell(&self, world: &'a World, attribute: Attribute, phone: Option<&'a Device>) -> Cell<'a> {
        let text = |text: &'a str| Cell::Text(Cow::Borrowed(text));
        let is_workspace = self.kind == HolderKind::Workspace;
        match (attribute, phone) {
            (Attribute::Username, _) => text(self.name),
            (Attribute::Type, _) => text(self.kind.name()),
            (Attribute::PhoneNumber, _) => {
                Cell::Number(Cow::Borrowed(self.place.of(world, attribute)))
            }
            (Attribute::Extension | Attribute::Location, _) => {
                text(self.place.of(world, attribute))
            }
            (Attribute::DeviceType, Some(_)) => text(DEVICE_TYPES[0].0),
            (Attribute::Model, Some(phone)) => text(&phone.product),
            (Attribute::MacAddress, Some(phone)) => Cell::Text(Cow::Owned(phone.mac.to_string())),
            (Attribute::CallingPlan, _) if !is_workspace => {
                Cell::Flag(has_plan(world, self.licenses))
            }
            (Attribute::SubscriptionOnly, _) if is_workspace => Cell::Flag(false),
            _ => Cell::Empty,
        }
    }
}

/// Whether a Cisco Calling Plan is among licences.
pub(super) fn has_plan(world: &World, licenses: &[Uuid]) -> bool {
    licenses.iter().any(|id| {
        let license = world.get::<License>(*id);
        license.is_some_and(|license| license.offer().service == Service::CallingPlan)
    })
}

/// A line of the list of the Workspaces page.
fn list(writer: &mut Writer, world: &World, id: Uuid) {
    let Some(room) = world.get::<Workspace>(id) else {
        return;
    };
    let place = Place::of_holder(world, Holder::Workspace(id));
    let text = |text| Cell::Text(Cow::Borrowed(text));
    let mut held = room
        .licenses
        .iter()
        .filter_map(|id| world.get::<License>(*id));
    let license = held.find(|license| license.offer().is_calling());
    let name = |license: &License| LISTED.iter().find(|(offer, _)| *offer == license.offer);
    let calling = license.and_then(name).map_or("", |(_, name)| *name);
    let subscription = license.map(|license| plain_id(world, license));
    let capacity = room.capacity.map(|most| most.to_string());
    writer.row([
        text(room.display_name.as_str()),
        text(room.kind.as_str()),
        text(place.of(world, Attribute::Location)),
        Cell::Text(Cow::Owned(capacity.unwrap_or_default())),
        text(calling),
        Cell::Number(Cow::Borrowed(place.of(world, Attribute::PhoneNumber))),
        text(place.of(world, Attribute::Extension)),
        Cell::Text(subscription.unwrap_or_default()),
    ]);
}
