//! What one save of licences did: what changed, what was lost, what was kept, and by which rules.
//!
//! The JSON of this type is part of the contract: dialogs answer it, tasks and plans list it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::held::{self, Held};
use crate::model::{Calling, Holder, License};
use crate::refusal::Refusal;
use crate::world::{Lost, World};

/// What happened to a holder.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// No licence and no number was given or taken away.
    #[default]
    None,
    /// A licence was given; where none is named, a number, an extension or a device (DEC-39).
    Assigned,
    /// One licence took the place of another; everything stayed.
    Swapped,
    /// A licence was taken away on purpose; where none is named, a number or an extension.
    Removed,
    /// A move was asked for and the configuration is gone.
    Lost,
    /// Nothing could be done; see `error`.
    Failed,
}

/// Whether the holder is a person or a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum HolderType {
    /// A person.
    Person,
    /// A workspace.
    Workspace,
}

/// Whose licences were changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OutcomeHolder {
    /// Person or workspace.
    #[serde(rename = "type")]
    pub kind: HolderType,
    /// The Webex id.
    pub id: String,
    /// The display name.
    pub name: String,
    /// The e-mail address of a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A licence and the subscription that sells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeLicense {
    /// The licence's Webex id.
    pub license_id: String,
    /// The subscription's plain id.
    pub subscription_id: String,
}

/// Why something could not be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OutcomeError {
    /// The error code; the HTTP status where there is none.
    pub code: u32,
    /// The sentence.
    pub message: String,
}

impl From<&Refusal> for OutcomeError {
    fn from(refusal: &Refusal) -> Self {
        let row = refusal.kind.row();
        Self {
            code: row.code.unwrap_or(row.status.into()),
            message: refusal.description(),
        }
    }
}

/// A value that took the place of another because the request said so, which is no loss.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Changed {
    /// The family: `numbers` or `extension`; `attributes` for columns of a file, named by header;
    /// `devices` that were added, named by MAC address, and `activationCodes` by model;
    /// `contactCenter` for a role there.
    pub family: Cow<'static, str>,
    /// The field of the family.
    pub field: Cow<'static, str>,
    /// What stood there; null where nothing did.
    #[schema(value_type = Option<String>)]
    pub before: Value,
    /// What stands there now; null where nothing does.
    #[schema(value_type = Option<String>)]
    pub after: Value,
}

/// What one save of licences did. One with an `error` counts as failed, though part of what was
/// asked may have been done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// Whose licences.
    pub holder: OutcomeHolder,
    /// What happened.
    pub action: Action,
    /// The licence that went: of Calling, or else the only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<OutcomeLicense>,
    /// The licence that came: of Calling, or else the only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<OutcomeLicense>,
    /// Webex ids of all licences that went.
    #[serde(default)]
    pub licenses_removed: Vec<String>,
    /// Webex ids of all licences that came.
    #[serde(default)]
    pub licenses_added: Vec<String>,
    /// What was destroyed: the holder's own, dearest first, then what others lost by it. Those
    /// entries name their `holder`.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pub lost: Vec<Lost>,
    /// What the request changed beside the licences: number, extension, attributes of a file.
    #[serde(default)]
    pub changed: Vec<Changed>,
    /// What stayed as it was: of a swap the settings families; of a removal those of a Calling
    /// licence that did not go, and what is no part of Calling, by the field names of the public
    /// API (LOSS-04).
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub kept: Vec<Cow<'static, str>>,
    /// Numbers that went back to their location's inventory.
    #[serde(default)]
    pub freed_numbers: Vec<String>,
    /// What deserves attention.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// Why the save, or a part of it, failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<OutcomeError>,
    /// The rules that decided.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub rules: Vec<Cow<'static, str>>,
    /// The tracking id of the request, filled in at the edge.
    #[serde(default)]
    pub tracking_id: String,
    /// Licences that could not be applied although others were (COMBO-08).
    #[serde(skip)]
    pub failed: Vec<(Uuid, Refusal)>,
    /// Whether a licence that was to be added is held already, which counts as assigned.
    #[serde(skip)]
    pub held_already: bool,
}

impl Outcome {
    /// An outcome in which nothing happened yet.
    #[must_use]
    pub fn none(world: &World, holder: Holder) -> Self {
        let kind = match holder {
            Holder::Person(_) => HolderType::Person,
            Holder::Workspace(_) => HolderType::Workspace,
        };
        let held = Held::of(world, holder).ok();
        let holder = OutcomeHolder {
            kind,
            id: holder.webex_id(),
            name: held.map(|held| held.name.to_owned()).unwrap_or_default(),
            email: held.and_then(|held| held.email).map(str::to_owned),
        };
        Self {
            holder,
            action: Action::None,
            from: None,
            to: None,
            licenses_removed: Vec::new(),
            licenses_added: Vec::new(),
            lost: Vec::new(),
            changed: Vec::new(),
            kept: Vec::new(),
            freed_numbers: Vec::new(),
            warnings: Vec::new(),
            error: None,
            rules: Vec::new(),
            tracking_id: String::new(),
            failed: Vec::new(),
            held_already: false,
        }
    }

    /// The outcome of a save that was refused.
    #[must_use]
    pub fn refused(world: &World, holder: Holder, refusal: &Refusal) -> Self {
        let mut outcome = Self::none(world, holder);
        outcome.action = Action::Failed;
        outcome.fail(refusal);
        outcome
    }

    /// Notes why something could not be done; the first reason stands.
    pub fn fail(&mut self, refusal: &Refusal) {
        for rule in &refusal.rules {
            self.by_rule(rule);
        }
        if self.error.is_none() {
            self.error = Some(refusal.into());
        }
    }

    /// Tells how number and extension differ; what changed is not kept, and a number that was
    /// given up is free.
    pub fn renumbered(&mut self, before: &Calling, after: &Calling) {
        if before.number != after.number {
            let freed = before.number.iter().map(ToString::to_string);
            self.freed_numbers.extend(freed);
            let values = [before, after].map(|it| json!(it.number));
            self.change("numbers", "primary", values);
        }
        if before.extension != after.extension {
            let values = [before, after].map(|it| json!(it.extension));
            self.change("extension", "extension", values);
        }
    }

    fn change(&mut self, family: &'static str, field: &'static str, values: [Value; 2]) {
        let [before, after] = values;
        self.kept.retain(|kept| kept != family);
        self.changed.push(Changed {
            family: family.into(),
            field: field.into(),
            before,
            after,
        });
    }

    /// Tells of an attribute that a file wrote, under its header.
    pub fn wrote(&mut self, header: &'static str, before: &str, after: &str) {
        let shown = |text: &str| match text {
            "" => Value::Null,
            text => json!(text),
        };
        let values = [before, after].map(shown);
        self.change("attributes", header, values);
    }

    /// Tells of a device that came, or of a code for one; those that were there stay.
    pub fn came(&mut self, family: &'static str, field: Cow<'static, str>, after: &str) {
        self.changed.push(Changed {
            family: family.into(),
            field,
            before: Value::Null,
            after: json!(after),
        });
    }

    /// Tells that somebody became a supervisor of Contact Center, or an agent.
    pub fn appointed(&mut self, was_supervisor: bool, is_supervisor: bool) {
        let [before, after] = [was_supervisor, is_supervisor].map(|supervisor| match supervisor {
            true => json!("supervisor"),
            false => json!("agent"),
        });
        self.change("contactCenter", "role", [before, after]);
        if self.action == Action::None {
            self.action = Action::Assigned;
        }
    }

    /// Names a rule that decided.
    pub fn by_rule(&mut self, rule: &'static str) {
        if !self.rules.iter().any(|known| known == rule) {
            self.rules.push(Cow::Borrowed(rule));
        }
    }

    /// Whether at least one part of what was asked is so now (COMBO-08). Taking away what nobody
    /// held is no such part.
    #[must_use]
    pub fn applied_something(&self) -> bool {
        self.held_already || self.action != Action::None
    }

    /// Whether it was refused as a whole, so that nothing was done for its holder.
    #[must_use]
    pub fn was_refused(&self) -> bool {
        let licenses = self.licenses_added.iter().chain(&self.licenses_removed);
        self.action == Action::Failed
            && licenses.count() == 0
            && self.lost.is_empty()
            && self.changed.is_empty()
    }

    /// Whether it counts as succeeded.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        self.error.is_none()
    }
}

/// A licence as an outcome shows it.
pub(super) fn shown(world: &World, id: Uuid) -> Option<OutcomeLicense> {
    let license = world.get::<License>(id)?;
    Some(OutcomeLicense {
        license_id: license.webex_id(id),
        subscription_id: held::code(world, license).into_owned(),
    })
}
