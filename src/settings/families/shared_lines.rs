//! Lines of others on a person's Webex Calling app
//! (`/telephony/config/people/{personId}/applications/members`), and the older paths that name the
//! app on the desktop by its id; people only. There is one list, whichever path is asked (DEC-90).

use super::applications::{Applications, Client};
use super::hot_desking_members::HotDeskingMembers;
use super::kinds;
use super::lines::{self, Endpoint, Lines, LinesView, LinesWrite};
use crate::model::{Holder, WebexId};
use crate::refusal::Refusal;
use crate::settings::family::{
    Asked, FamilyDef, FamilyRoute, Paths, Run, Setting, Step, Verb, change, to_json,
};
use crate::settings::services::CallingService;
use crate::world::{Kind, Tx};

/// The Webex Calling app.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct App;

impl Endpoint for App {
    const KIND: Kind = kinds::SHARED_LINES;
    const KEY: &'static str = "sharedLines";
    const MODEL: &'static str = "Business Communicator - PC";
    const IS_APP: bool = true;
}

/// The lines of a person's app.
pub type SharedLines = Lines<App>;

/// Refuses an app that the person does not have on a desktop.
///
/// # Errors
/// 404.
pub fn check_application(step: &Step<'_>, text: &str) -> Result<(), Refusal> {
    let own = Client::Desktop.id(step.holder);
    let is_on = step.value::<Applications>().desktop_client_enabled;
    match is_on && WebexId::Application.decode(text) == Some(own) {
        true => Ok(()),
        false => Err(Refusal::not_found("Desktop application", text)),
    }
}

fn read_of(step: &Step<'_>, asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    check_application(step, asked.item(0))?;
    to_json(&step.value::<SharedLines>().view(step))
}

fn write_of(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    check_application(&Step::new(tx, holder)?, asked.item(0))?;
    let request: LinesWrite = asked.json()?;
    for (position, line) in request.members.iter().flatten().enumerate() {
        lines::required(position, "hotlineEnabled", line.hotline_enabled.is_some())?;
    }
    change(tx, holder, |lines: &mut SharedLines, step| {
        lines.merge(request, step)
    })?;
    Ok(None)
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/applications/members"],
    workspace: &[],
};

const OLD_PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/applications/{applicationId}/members"],
    workspace: &[],
};

/// Whether the line appears elsewhere too: in somebody's application, or on a desk.
fn shares_a_line(step: &Step<'_>) -> bool {
    let (world, id) = (step.world, step.holder.id());
    let mut apps = world.naming::<SharedLines>(id);
    let mut desks = world.naming::<HotDeskingMembers>(id);
    apps.next().or_else(|| desks.next()).is_some()
}

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<SharedLines>(&[
    FamilyRoute::get::<SharedLines>(PATHS),
    FamilyRoute::put::<SharedLines>(PATHS).taking::<LinesWrite>(),
    FamilyRoute::new(Verb::Get, OLD_PATHS, 200, Run::Read(read_of)).answering::<LinesView>(),
    FamilyRoute::new(Verb::Put, OLD_PATHS, 204, Run::Write(write_of)).taking::<LinesWrite>(),
])
.telling(&[(CallingService::SharedCallAppearance35, shares_a_line)]);
