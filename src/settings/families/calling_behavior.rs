//! Which application a person calls with (`/people/{personId}/features/callingBehavior`).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{invalid, kinds};
use crate::model::number::shorten;
use crate::model::{Holder, ids};
use crate::refusal::Refusal;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Setting, Step};
use crate::settings::patch::Maybe;
use crate::world::Kind;

/// Which application a person calls with.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CallingBehavior {
    /// The application; without one it is the organisation's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub behavior_type: Option<Behavior>,
    /// The UC Manager profile; without one it is the organisation's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_id: Option<String>,
}

/// An application to call with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Behavior {
    /// Webex, or Hybrid Calling.
    #[default]
    NativeWebexTeamsCalling,
    /// Cisco Jabber.
    CallWithAppRegisteredForCiscotel,
    /// Another company's.
    CallWithAppRegisteredForTel,
    /// The application of Webex Calling.
    CallWithAppRegisteredForWebexcalltel,
    /// Webex with Unified CM.
    NativeSipCallToUcm,
}

/// The applications and their names.
const BEHAVIORS: [(&str, Behavior); 5] = [
    (
        "NATIVE_WEBEX_TEAMS_CALLING",
        Behavior::NativeWebexTeamsCalling,
    ),
    (
        "CALL_WITH_APP_REGISTERED_FOR_CISCOTEL",
        Behavior::CallWithAppRegisteredForCiscotel,
    ),
    (
        "CALL_WITH_APP_REGISTERED_FOR_TEL",
        Behavior::CallWithAppRegisteredForTel,
    ),
    (
        "CALL_WITH_APP_REGISTERED_FOR_WEBEXCALLTEL",
        Behavior::CallWithAppRegisteredForWebexcalltel,
    ),
    ("NATIVE_SIP_CALL_TO_UCM", Behavior::NativeSipCallToUcm),
];

/// What reading shows of calling behavior.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallingBehaviorView {
    /// The person's own application; null while it is the organisation's.
    pub behavior_type: Option<Behavior>,
    /// The application that counts.
    pub effective_behavior_type: Behavior,
    /// The person's own UC Manager profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_id: Option<String>,
}

/// What a PUT may say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallingBehaviorWrite {
    /// The application, in upper or lower case; null for the organisation's.
    #[serde(default)]
    #[schema(value_type = Option<Behavior>)]
    pub behavior_type: Maybe<String>,
    /// The UC Manager profile; null for the organisation's.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub profile_id: Maybe<String>,
}

/// The type of a UC Manager profile's id.
const PROFILE: &str = "CALLING_PROFILE";

impl Behavior {
    /// The application of a name, in upper or lower case (the PUT's description).
    fn named(text: &str) -> Result<Self, Refusal> {
        let mut known = BEHAVIORS.iter();
        let found = known.find(|(name, _)| name.eq_ignore_ascii_case(text));
        found.map(|(_, behavior)| *behavior).ok_or_else(|| {
            let names = BEHAVIORS.map(|(name, _)| name).join(", ");
            let text = shorten(text);
            invalid(format!(
                "behaviorType must be null or one of {names}, but it is the string \"{text}\"."
            ))
        })
    }
}

impl Family for CallingBehavior {
    const KIND: Kind = kinds::CALLING_BEHAVIOR;
    const KEY: &'static str = "callingBehavior";

    /// Which profiles there are stands in no list of tier 1, so what has the form of one is one
    /// (inferred).
    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        match &self.profile_id {
            Some(id) if ids::decode(PROFILE, id).is_none_or(|key| key.is_empty()) => {
                let id = shorten(id);
                Err(invalid(format!(
                    "profileId must be the id of a UC Manager profile ({PROFILE}), but it is \
                     \"{id}\"."
                )))
            }
            _ => Ok(()),
        }
    }
}

impl Setting for CallingBehavior {
    type View = CallingBehaviorView;
    type Write = CallingBehaviorWrite;

    fn view(&self, _step: &Step<'_>) -> CallingBehaviorView {
        CallingBehaviorView {
            behavior_type: self.behavior_type,
            effective_behavior_type: self.behavior_type.unwrap_or_default(),
            profile_id: self.profile_id.clone(),
        }
    }

    fn merge(&mut self, write: CallingBehaviorWrite, _step: &Step<'_>) -> Result<(), Refusal> {
        match write.behavior_type {
            Maybe::Keep => {}
            Maybe::Clear => self.behavior_type = None,
            Maybe::Set(text) => self.behavior_type = Some(Behavior::named(&text)?),
        }
        write.profile_id.onto(&mut self.profile_id);
        // Jabber has no profile, whatever the request says (the PUT's description).
        if self.behavior_type == Some(Behavior::CallWithAppRegisteredForCiscotel) {
            self.profile_id = None;
        }
        Ok(())
    }
}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/callingBehavior"],
    workspace: &[],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<CallingBehavior>(&[
    FamilyRoute::get::<CallingBehavior>(PATHS),
    FamilyRoute::put::<CallingBehavior>(PATHS).taking::<CallingBehaviorWrite>(),
]);
