//! Closed captions and transcripts of calls (`/telephony/config/people/{personId}/callCaptions`);
//! people only, with any Calling licence but Standard, and not in India.

use serde::Serialize;
use utoipa::ToSchema;

use super::kinds;
use crate::model::License;
use crate::model::license::Service;
use crate::patched;
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::family::{
    Asked, Family, FamilyDef, FamilyRoute, Paths, Run, Setting, Step, Verb, to_json, write,
};
use crate::settings::patch::Patch;
use crate::world::Kind;

patched! {
    /// Closed captions and transcripts of calls.
    pub struct CallCaptions by CallCaptionsPatch {
        /// Whether the person's own switch for closed captions is on.
        user_closed_captions_enabled: bool,
        /// Whether the person's own switch for transcripts is on.
        user_transcripts_enabled: bool,
        /// Whether the location decides instead of the person's own switches.
        use_location_settings_enabled: bool,
    }
}

/// What reading shows of call captions.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallCaptionsView {
    /// The person's own.
    #[serde(flatten)]
    pub own: CallCaptions,
    /// Whether the location has closed captions; read-only.
    pub location_closed_captions_enabled: bool,
    /// Whether the location has transcripts; read-only.
    pub location_transcripts_enabled: bool,
}

impl Default for CallCaptions {
    fn default() -> Self {
        Self {
            user_closed_captions_enabled: false,
            user_transcripts_enabled: false,
            use_location_settings_enabled: true,
        }
    }
}

impl Family for CallCaptions {
    const KIND: Kind = kinds::CALL_CAPTIONS;
    const KEY: &'static str = "callCaptions";

    fn check(&self, step: &Step<'_>) -> Result<(), Refusal> {
        supported(step)
    }
}

/// The countries in which calls have no captions.
const WITHOUT_CAPTIONS: &[&str] = &["IN"];

/// Refuses whoever has no captions at all (the operation's description).
fn supported(step: &Step<'_>) -> Result<(), Refusal> {
    let refuse = |why: &str| {
        let detail = format!("Call captions are not supported for {why}.");
        Err(Refusal::new(ErrorKind::CallingNotAssigned, detail))
    };
    let offer = step.calling_license().map(License::offer);
    if let Some(offer) = offer.filter(|offer| offer.service == Service::CallingStandard) {
        return refuse(&format!("users with {}", offer.api_name));
    }
    match step.location() {
        Some(place) if WITHOUT_CAPTIONS.contains(&place.address.country.as_str()) => {
            refuse(&format!("users of the location {}, in India", place.name))
        }
        _ => Ok(()),
    }
}

impl Setting for CallCaptions {
    type View = CallCaptionsView;
    type Write = CallCaptionsPatch;

    fn view(&self, step: &Step<'_>) -> CallCaptionsView {
        let calling = step.location().and_then(|place| place.calling.as_ref());
        let captions = calling.map(|calling| calling.captions).unwrap_or_default();
        CallCaptionsView {
            own: self.clone(),
            location_closed_captions_enabled: captions.closed_captions,
            location_transcripts_enabled: captions.transcripts,
        }
    }

    fn merge(&mut self, write: CallCaptionsPatch, _step: &Step<'_>) -> Result<(), Refusal> {
        self.apply(write);
        Ok(())
    }
}

fn read(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    supported(step)?;
    to_json(&step.value::<CallCaptions>().view(step))
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/callCaptions"],
    workspace: &[],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<CallCaptions>(&[
    FamilyRoute::new(Verb::Get, PATHS, 200, Run::Read(read)).answering::<CallCaptionsView>(),
    FamilyRoute::new(Verb::Put, PATHS, 204, Run::Write(write::<CallCaptions>))
        .taking::<CallCaptions>(),
]);
