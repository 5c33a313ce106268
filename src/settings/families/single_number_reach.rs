//! Single number reach: other phones that a person's calls reach, too
//! (`/telephony/config/people/{personId}/singleNumberReach`); people only.
//!
//! The id of a phone is made of its number, so another number gives it another id; its PUT answers
//! the id that counts from then on (api-surface.md 1.2).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{invalid, kinds, missing, values};
use crate::model::number::shorten;
use crate::model::{Holder, ids};
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::family::{
    Asked, Family, FamilyDef, FamilyRoute, ItemId, Paths, Run, Step, Verb, change, to_json,
};
use crate::settings::services::CallingService;
use crate::world::{Kind, Tx};

/// The phones of a person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SingleNumberReach {
    /// Whether all of them ring for calls that the person starts by a click.
    pub alert_all_numbers_for_click_to_dial_calls_enabled: bool,
    /// The phones.
    pub numbers: Vec<ReachNumber>,
}

/// One phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReachNumber {
    /// Its number.
    pub phone_number: String,
    /// Whether it rings.
    pub enabled: bool,
    /// Its name.
    pub name: String,
    /// Whether its own call forwarding is passed over.
    pub do_not_forward_calls_enabled: bool,
    /// Whether whoever answers presses a key to take the call.
    pub answer_confirmation_enabled: bool,
}

/// What reading shows.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SingleNumberReachView {
    /// Whether any phone rings.
    pub enabled: bool,
    /// Whether all of them ring for calls that the person starts by a click.
    pub alert_all_numbers_for_click_to_dial_calls_enabled: bool,
    /// The phones.
    pub numbers: Vec<ReachNumberView>,
}

/// What reading shows of a phone.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReachNumberView {
    /// Its id.
    pub id: String,
    /// The rest.
    #[serde(flatten)]
    pub number: ReachNumber,
}

/// What the PUT of the setting may say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct SingleNumberReachWrite {
    /// Whether all phones ring for calls that the person starts by a click.
    pub alert_all_numbers_for_click_to_dial_calls_enabled: Option<bool>,
}

/// A new phone, or what its PUT says.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct ReachNumberWrite {
    /// Its number.
    pub phone_number: Option<String>,
    /// Whether it rings.
    pub enabled: Option<bool>,
    /// Its name.
    pub name: Option<String>,
    /// Whether its own call forwarding is passed over.
    pub do_not_forward_calls_enabled: Option<bool>,
    /// Whether whoever answers presses a key to take the call.
    pub answer_confirmation_enabled: Option<bool>,
}

/// The most phones of a person (hubsim's own bound).
const MOST: usize = 100;
/// The type of phones' ids.
const ID_TYPE: &str = "SINGLE_NUMBER_REACH";

impl Family for SingleNumberReach {
    const KIND: Kind = kinds::SINGLE_NUMBER_REACH;
    const KEY: &'static str = "singleNumberReach";

    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        if self.numbers.len() > MOST {
            return Err(invalid(format!(
                "There may be at most {MOST} numbers of single number reach."
            )));
        }
        for (position, one) in self.numbers.iter().enumerate() {
            values::number_needed("phoneNumber", &one.phone_number)?;
            if one.name.trim().is_empty() {
                return Err(missing("name must not be empty."));
            }
            values::length("name", &one.name, values::MAX_NAME)?;
            let mut earlier = self.numbers[..position].iter();
            if earlier.any(|other| other.phone_number == one.phone_number) {
                let number = shorten(&one.phone_number);
                let detail = format!("{number} is a number of single number reach already.");
                return Err(Refusal::new(ErrorKind::Conflict, detail));
            }
        }
        Ok(())
    }
}

impl ReachNumber {
    fn id(&self) -> String {
        ids::encode_text(ID_TYPE, &self.phone_number)
    }

    fn apply(&mut self, write: ReachNumberWrite) {
        self.phone_number = write.phone_number.unwrap_or_default();
        self.enabled = write.enabled.unwrap_or_default();
        self.name = write.name.unwrap_or_default();
        let forward = write.do_not_forward_calls_enabled;
        self.do_not_forward_calls_enabled = forward.unwrap_or(self.do_not_forward_calls_enabled);
        let confirm = write.answer_confirmation_enabled;
        self.answer_confirmation_enabled = confirm.unwrap_or(self.answer_confirmation_enabled);
    }
}

impl From<ReachNumberWrite> for ReachNumber {
    fn from(write: ReachNumberWrite) -> Self {
        let mut number = Self {
            phone_number: String::new(),
            enabled: false,
            name: String::new(),
            do_not_forward_calls_enabled: false,
            answer_confirmation_enabled: false,
        };
        number.apply(write);
        number
    }
}

impl SingleNumberReach {
    /// Whether any phone rings.
    fn is_on(&self) -> bool {
        self.numbers.iter().any(|number| number.enabled)
    }

    fn position(&self, id: &str) -> Result<usize, Refusal> {
        let number = ids::decode_text(ID_TYPE, id);
        let mut all = self.numbers.iter();
        all.position(|one| Some(&one.phone_number) == number.as_ref())
            .ok_or_else(|| Refusal::not_found("Single number reach number", id))
    }
}

fn get(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let stored = step.value::<SingleNumberReach>();
    let numbers = stored.numbers.iter().map(|number| ReachNumberView {
        id: number.id(),
        number: number.clone(),
    });
    to_json(&SingleNumberReachView {
        enabled: stored.is_on(),
        alert_all_numbers_for_click_to_dial_calls_enabled: stored
            .alert_all_numbers_for_click_to_dial_calls_enabled,
        numbers: numbers.collect(),
    })
}

fn update(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    change(tx, holder, |all: &mut SingleNumberReach, _| {
        let write: SingleNumberReachWrite = asked.json()?;
        if let Some(alert) = write.alert_all_numbers_for_click_to_dial_calls_enabled {
            all.alert_all_numbers_for_click_to_dial_calls_enabled = alert;
        }
        Ok(None)
    })
}

fn create(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    let id = change(tx, holder, |all: &mut SingleNumberReach, _| {
        let number = ReachNumber::from(asked.json::<ReachNumberWrite>()?);
        let id = number.id();
        all.numbers.push(number);
        Ok(id)
    })?;
    to_json(&ItemId { id }).map(Some)
}

fn update_one(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    let id = change(tx, holder, |all: &mut SingleNumberReach, _| {
        let position = all.position(asked.item(0))?;
        all.numbers[position].apply(asked.json()?);
        Ok(all.numbers[position].id())
    })?;
    to_json(&ItemId { id }).map(Some)
}

fn delete(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    change(tx, holder, |all: &mut SingleNumberReach, _| {
        let position = all.position(asked.item(0))?;
        all.numbers.remove(position);
        Ok(None)
    })
}

/// What a scenario says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    numbers: Option<Vec<ReachNumberWrite>>,
}

/// What a scenario says: its numbers take the place of all.
fn configure(tx: &mut Tx, holder: Holder, body: &[u8]) -> Result<(), Refusal> {
    update(tx, holder, &Asked::of(body))?;
    let wanted: Wanted = Asked::of(body).json()?;
    change(tx, holder, |all: &mut SingleNumberReach, _| {
        if let Some(numbers) = wanted.numbers {
            all.numbers = numbers.into_iter().map(ReachNumber::from).collect();
        }
        Ok(())
    })
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/singleNumberReach"],
    workspace: &[],
};

const NUMBERS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/singleNumberReach/numbers"],
    workspace: &[],
};

const NUMBER: Paths = Paths {
    person: &["/telephony/config/people/{personId}/singleNumberReach/numbers/{id}"],
    workspace: &[],
};

const NEEDED: &[&str] = &["phoneNumber", "enabled", "name"];

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::items::<SingleNumberReach>(
    &[
        FamilyRoute::new(Verb::Get, PATHS, 200, Run::Read(get))
            .answering::<SingleNumberReachView>(),
        FamilyRoute::new(Verb::Put, PATHS, 204, Run::Write(update))
            .taking::<SingleNumberReachWrite>(),
        FamilyRoute::new(Verb::Post, NUMBERS, 201, Run::Write(create))
            .taking::<ReachNumberWrite>()
            .requiring(NEEDED)
            .answering::<ItemId>(),
        FamilyRoute::new(Verb::Put, NUMBER, 200, Run::Write(update_one))
            .taking::<ReachNumberWrite>()
            .requiring(NEEDED)
            .answering::<ItemId>(),
        FamilyRoute::new(Verb::Delete, NUMBER, 204, Run::Write(delete)),
    ],
    Some(configure),
)
.telling(&[(CallingService::BroadWorksAnywhere, |step| {
    step.value::<SingleNumberReach>().is_on()
})]);
