//! Automatic licence templates: what they may say, and what they do to people.
//!
//! One stands under the organisation's id, others under the ids of groups. People who come later,
//! to the organisation or to the group, get them by themselves; people who are there already get
//! one once, when it is saved with existing users in its scope. That bulk change is a task, which
//! calls [`apply_to`] for each person. What several templates give adds up ([`combined`]).

mod apply;
mod combined;
mod groups;
mod membership;
mod number;
mod plan;
mod report;

use uuid::Uuid;

use super::choose::{not_assignable, not_recognized};
use super::held::{name, webex_id};
use super::packages;
use super::quirks::{Choice, LicenseTemplateModes};
use crate::model::license::Service;
use crate::model::owned;
use crate::model::{Group, Holder, License, LicenseTemplate, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

pub use apply::{apply_to, apply_to_new, apply_to_new_with, apply_to_new_without};
pub use combined::{combined, combined_with};
pub use membership::change_members;
pub use plan::Keep;
pub use report::{Shortfall, report};

/// Whom a template is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// The organisation.
    pub organization: Uuid,
    /// One of its groups; everybody when there is none.
    pub group: Option<Uuid>,
}

impl Scope {
    /// Everybody of an organisation.
    #[must_use]
    pub fn everybody(organization: Uuid) -> Self {
        Self {
            organization,
            group: None,
        }
    }

    /// The members of a group.
    #[must_use]
    pub fn of_group(organization: Uuid, group: Uuid) -> Self {
        Self {
            organization,
            group: Some(group),
        }
    }

    /// The id under which the template stands.
    #[must_use]
    pub fn id(self) -> Uuid {
        self.group.unwrap_or(self.organization)
    }

    /// `of this organization`, for sentences.
    fn words(self, world: &World) -> String {
        let group = self.group.and_then(|id| world.get::<Group>(id));
        group.map_or_else(
            || "of this organization".to_owned(),
            |group| format!("of group {}", group.display_name),
        )
    }
}

/// What a save of a template asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateRequest {
    /// The licences that people get.
    pub licenses: Vec<Uuid>,
    /// Whether people who come later are in its scope; always true (TMPL-02).
    pub future_users: bool,
    /// Whether the people of today are in its scope, once (TMPL-03).
    pub existing_users: bool,
    /// Whether these keep what the template does not name; they do unless told (TMPL-04).
    pub preserve_licenses: Option<bool>,
    /// Whether the administrator has acknowledged the loss (LOSS-06).
    pub acknowledge_data_loss: bool,
}

impl TemplateRequest {
    /// Whether people keep what the template does not name.
    #[must_use]
    pub fn preserves(&self) -> bool {
        self.preserve_licenses.unwrap_or(true)
    }
}

/// The template of an organisation or a group, by the id of either.
#[must_use]
pub fn get(world: &World, id: Uuid) -> Option<&LicenseTemplate> {
    world.get(id)
}

/// Every template of an organisation: its own first, then those of its groups.
pub fn list(world: &World, organization: Uuid) -> impl Iterator<Item = (Uuid, &LicenseTemplate)> {
    let own = get(world, organization).map(|own| (organization, own));
    let all = owned::list::<LicenseTemplate>(world, organization);
    let of_groups = all.filter(|(_, template)| template.group.is_some());
    own.into_iter().chain(of_groups)
}

/// Stores a template after its checks. Applying it to existing users is the caller's.
///
/// # Errors
/// As [`check`].
pub fn save_template(tx: &mut Tx, scope: Scope, request: &TemplateRequest) -> Result<(), Refusal> {
    check(tx, scope, request)?;
    let mut licenses: Vec<Uuid> = Vec::with_capacity(request.licenses.len());
    for id in &request.licenses {
        if !licenses.contains(id) {
            licenses.push(*id);
        }
    }
    let preserve_licenses = request.preserves();
    tx.put(
        scope.id(),
        LicenseTemplate {
            organization: scope.organization,
            group: scope.group,
            licenses,
            preserve_licenses,
            existing_users: request.existing_users,
        },
    )?;
    let applies = match request.existing_users {
        true => "TMPL-03",
        false => "MOVE-15",
    };
    for rule in ["TMPL-01", "TMPL-02", applies] {
        tx.by_rule(rule);
    }
    end_other_mode(tx, scope);
    Ok(())
}

/// Where one mode is in force at a time, a template of one deletes those of the other (TMPL-11).
fn end_other_mode(tx: &mut Tx, scope: Scope) {
    let modes = LicenseTemplateModes::chosen(tx.choice(LicenseTemplateModes::QUIRK));
    if modes == LicenseTemplateModes::Union {
        return;
    }
    let others = list(tx, scope.organization);
    let others = others.filter(|(_, other)| other.group.is_some() != scope.group.is_some());
    let others: Vec<Uuid> = others.map(|(id, _)| id).collect();
    for id in &others {
        tx.delete(kinds::TEMPLATE, *id);
    }
    if !others.is_empty() {
        tx.by_rule("TMPL-11");
        let warning = match scope.group {
            Some(_) => "The license template of the organization was deleted: groups have the \
                        templates from now on."
                .to_owned(),
            None => format!(
                "{} license templates of groups were deleted: the organization has the template \
                 from now on.",
                others.len(),
            ),
        };
        tx.warn(warning);
    }
}

/// Deletes a template. People keep what they have (TMPL-08).
///
/// # Errors
/// 404 when there is none.
pub fn delete(tx: &mut Tx, scope: Scope) -> Result<(), Refusal> {
    tx.by_rule("TMPL-08");
    match tx.delete(kinds::TEMPLATE, scope.id()) {
        Some(_) => Ok(()),
        None => Err(Refusal::not_found("License template", &scope.words(tx))),
    }
}

/// Takes licences that are no longer there out of every template of an organisation.
pub(super) fn forget(tx: &mut Tx, organization: Uuid, gone: &[Uuid]) -> Result<(), Refusal> {
    let names = |template: &LicenseTemplate| template.licenses.iter().any(|id| gone.contains(id));
    let naming = list(tx, organization).filter(|(_, template)| names(template));
    for id in naming.map(|(id, _)| id).collect::<Vec<_>>() {
        tx.update::<LicenseTemplate>(id, |template| {
            template.licenses.retain(|license| !gone.contains(license));
        })?;
    }
    Ok(())
}

/// Refuses a template that cannot be.
///
/// # Errors
/// 400 for future users out of scope, 900003 for a loss that is not acknowledged, 400000 for an
/// unknown licence, 900002 for one that cannot be assigned, and what forbids the combination.
pub fn check(world: &World, scope: Scope, request: &TemplateRequest) -> Result<(), Refusal> {
    if !request.future_users {
        let detail = "applyScope.futureUsers is always true.";
        return Err(Refusal::bad_request(detail).by("TMPL-02"));
    }
    for id in &request.licenses {
        check_license(world, scope, *id)?;
    }
    check_combination(world, &request.licenses)?;
    if request.existing_users && !request.preserves() && !request.acknowledge_data_loss {
        let detail = "Without preserving, people lose every license that the template does not \
                      name, and with Calling all of their configuration.";
        let refusal = Refusal::new(ErrorKind::LossNotAcknowledged, detail);
        return Err(refusal.by("LOSS-06").by("TMPL-07"));
    }
    Ok(())
}

fn check_license(world: &World, scope: Scope, id: Uuid) -> Result<(), Refusal> {
    let license = owned::get::<License>(world, scope.organization, id)
        .ok_or_else(|| not_recognized(&id.to_string()))?;
    if !license.offer().for_people() {
        return Err(Refusal::bad_request(format!(
            "{} is not for people.",
            name(world, id)
        )));
    }
    packages::check_license(world, id)?;
    if license.offer().service == Service::Messenger {
        return Err(Refusal::new(
            ErrorKind::MessengerLicense,
            webex_id(world, id),
        ));
    }
    // What the template names already beside Calling may stay in it: moving Calling must not
    // stumble over messaging of the same suspended subscription. Who lacks it fails alone.
    let stays = !license.offer().is_calling()
        && get(world, scope.id()).is_some_and(|present| present.licenses.contains(&id));
    let refusal = not_assignable(world, license, Holder::Person(Uuid::nil()));
    match refusal.filter(|_| !stays) {
        Some(refusal) => Err(refusal.by("MOVE-07")),
        None => Ok(()),
    }
}

/// One Calling service at most, of however many subscriptions; Attendant Console with
/// Professional only.
fn check_combination(world: &World, licenses: &[Uuid]) -> Result<(), Refusal> {
    let offer = |id: &Uuid| world.get::<License>(*id).map(License::offer);
    let calling: Vec<Uuid> = licenses
        .iter()
        .filter(|id| offer(id).is_some_and(|o| o.is_calling()))
        .copied()
        .collect();
    let first = calling.first().and_then(offer);
    if let Some(other) = calling.iter().find(|id| offer(id) != first) {
        let names = [calling[0], *other].map(|id| name(world, id)).join(" and ");
        let detail = format!("The template names two Calling licenses: {names}.");
        return Err(Refusal::new(ErrorKind::TwoCallingLicenses, detail).by("COMBO-04"));
    }
    let console = licenses
        .iter()
        .find(|id| offer(id).is_some_and(|o| o.service == Service::AttendantConsole));
    let kind = match (console, first.map(|offer| offer.service)) {
        (None, _) | (_, Some(Service::CallingProfessional)) => return Ok(()),
        (_, Some(Service::CallingStandard)) => ErrorKind::StandardAndAttendant,
        _ => ErrorKind::AttendantNeedsProfessional,
    };
    let ids = console.map(|id| webex_id(world, *id)).unwrap_or_default();
    Err(Refusal::new(kind, ids).by("COMBO-02"))
}
