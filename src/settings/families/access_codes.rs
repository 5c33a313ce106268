//! Access codes of outgoing permission
//! (`/telephony/config/people/{personId}/outgoingPermission/accessCodes`).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{invalid, kinds, values};
use crate::model::Holder;
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::family::{
    Asked, Family, FamilyDef, FamilyRoute, Paths, Run, Step, Verb, change, to_json,
};
use crate::world::{Kind, Tx};

/// The codes that let calls of type `AUTH_CODE` through.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AccessCodes {
    /// Whether these codes count instead of the location's.
    pub use_custom_access_codes: bool,
    /// The codes.
    pub access_codes: Vec<AccessCode>,
}

/// One code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AccessCode {
    /// 2 to 14 digits.
    pub code: String,
    /// What it is for.
    pub description: String,
}

/// What reading shows of access codes.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccessCodesView<'a> {
    /// Whether these codes count instead of the location's.
    pub use_custom_access_codes: bool,
    /// The codes.
    pub access_codes: Vec<AccessCodeView<'a>>,
}

/// What reading shows of one code.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessCodeView<'a> {
    /// The digits.
    pub code: &'a str,
    /// What it is for.
    pub description: &'a str,
    /// Always `CUSTOM`: the holder's own.
    pub level: &'static str,
}

/// What a PUT may say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct AccessCodesWrite {
    /// Whether these codes count instead of the location's.
    pub use_custom_access_codes: Option<bool>,
    /// Codes to delete.
    pub delete_codes: Option<Vec<String>>,
}

/// The longest description. No document names a bound; a short text is meant.
const MAX_DESCRIPTION: usize = 80;
/// The most codes of one holder.
const MAX_CODES: usize = 1000;

impl Family for AccessCodes {
    const KIND: Kind = kinds::ACCESS_CODES;
    const KEY: &'static str = "accessCodes";

    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        if self.access_codes.len() > MAX_CODES {
            return Err(invalid(format!(
                "There may be at most {MAX_CODES} access codes."
            )));
        }
        let mut known = BTreeSet::new();
        for code in &self.access_codes {
            code.bounds()?;
            if !known.insert(&code.code) {
                return Err(code.exists());
            }
        }
        Ok(())
    }
}

impl AccessCode {
    fn bounds(&self) -> Result<(), Refusal> {
        let digits = &self.code;
        if !(2..=14).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            let detail = format!("code \"{}\" must have 2 to 14 digits.", shorten(digits));
            return Err(invalid(detail));
        }
        values::length("description", &self.description, MAX_DESCRIPTION)
    }

    fn exists(&self) -> Refusal {
        let detail = format!("The access code {} exists already.", self.code);
        Refusal::new(ErrorKind::Conflict, detail)
    }
}

impl AccessCodes {
    fn add(&mut self, code: AccessCode) -> Result<(), Refusal> {
        code.bounds()?;
        if self
            .access_codes
            .iter()
            .any(|known| known.code == code.code)
        {
            return Err(code.exists());
        }
        self.access_codes.push(code);
        Ok(())
    }

    fn remove(&mut self, code: &str) -> Result<(), Refusal> {
        let before = self.access_codes.len();
        self.access_codes.retain(|known| known.code != code);
        if self.access_codes.len() == before {
            return Err(Refusal::not_found("Access code", code));
        }
        Ok(())
    }
}

fn list(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let stored = step.value::<AccessCodes>();
    let codes = stored.access_codes.iter().map(|code| AccessCodeView {
        code: &code.code,
        description: &code.description,
        level: "CUSTOM",
    });
    to_json(&AccessCodesView {
        use_custom_access_codes: stored.use_custom_access_codes,
        access_codes: codes.collect(),
    })
}

fn create(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    change(tx, holder, |codes: &mut AccessCodes, _| {
        codes.add(asked.json()?).map(|()| None)
    })
}

fn update(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    change(tx, holder, |codes: &mut AccessCodes, _| {
        let write: AccessCodesWrite = asked.json()?;
        codes.use_custom_access_codes = write
            .use_custom_access_codes
            .unwrap_or(codes.use_custom_access_codes);
        for code in write.delete_codes.unwrap_or_default() {
            codes.remove(&code)?;
        }
        Ok(None)
    })
}

fn delete_all(tx: &mut Tx, holder: Holder, _asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    change(tx, holder, |codes: &mut AccessCodes, _| {
        codes.access_codes.clear();
        Ok(None)
    })
}

fn delete_one(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    change(tx, holder, |codes: &mut AccessCodes, _| {
        codes.remove(asked.item(0)).map(|()| None)
    })
}

/// What a scenario says: a code that stands there already is changed, but one that the scenario
/// says twice is refused.
fn configure(tx: &mut Tx, holder: Holder, body: &[u8]) -> Result<(), Refusal> {
    let wanted: AccessCodes = Asked::of(body).json()?;
    change(tx, holder, |codes: &mut AccessCodes, _| {
        codes.use_custom_access_codes = wanted.use_custom_access_codes;
        let held = codes.access_codes.iter().map(|known| known.code.clone());
        let mut held: BTreeSet<String> = held.collect();
        for code in wanted.access_codes {
            let is_held = held.remove(&code.code);
            let mut known = codes.access_codes.iter();
            let place = known.position(|known| is_held && known.code == code.code);
            if let Some(place) = place {
                codes.access_codes.remove(place);
            }
            codes.add(code)?;
            values::settle(&mut codes.access_codes, place);
        }
        Ok(())
    })
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/outgoingPermission/accessCodes"],
    workspace: &["/workspaces/{workspaceId}/features/outgoingPermission/accessCodes"],
};

const CODE_PATHS: Paths = Paths {
    person: &[],
    workspace: &["/telephony/config/workspaces/{workspaceId}/features/accessCodes/{accessCode}"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::items::<AccessCodes>(
    &[
        FamilyRoute::new(Verb::Get, PATHS, 200, Run::Read(list))
            .answering::<AccessCodesView<'static>>(),
        FamilyRoute::new(Verb::Post, PATHS, 201, Run::Write(create)).taking::<AccessCode>(),
        FamilyRoute::new(Verb::Put, PATHS, 204, Run::Write(update)).taking::<AccessCodesWrite>(),
        FamilyRoute::new(Verb::Delete, PATHS, 204, Run::Write(delete_all)),
        FamilyRoute::new(Verb::Delete, CODE_PATHS, 204, Run::Write(delete_one)),
    ],
    Some(configure),
);
