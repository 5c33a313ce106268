//! What webhooks are told. Of the resources of Webex's webhooks one concerns administration:
//! `adminBatchJobs`, whose `statusChanged` says that a bulk task begins, goes on or ends. Nothing
//! of the others happens in hubsim.

use std::collections::BTreeMap;

use bytes::Bytes;
use ring::hmac;
use serde::Serialize;
use uuid::Uuid;

use crate::http::Tenant;
use crate::http::deliveries::{DELIVERIES_MAX, Message};
use crate::model::{WebexId, Webhook};
use crate::tasks::Task;
use crate::world::Moment;

const RESOURCE: &str = "adminBatchJobs";
const EVENT: &str = "statusChanged";
/// Every resource, or every event of one.
const ALL: &str = "all";

/// What a webhook is sent: the webhook itself, who caused it, and what happened. The envelope is
/// that of Webex's guide to webhooks; what its `data` holds of a job no document tells (inferred:
/// what the status of a job holds).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Envelope<'a> {
    id: String,
    name: &'a str,
    target_url: &'a str,
    resource: &'static str,
    event: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<&'a str>,
    org_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<String>,
    owned_by: &'static str,
    status: &'static str,
    created: Moment,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_id: Option<String>,
    data: &'a BTreeMap<&'static str, String>,
}

/// The status of a task changed.
struct Change<'a> {
    at: Moment,
    stage: u8,
    id: Uuid,
    task: &'a Task,
}

/// Puts what happened since the last look into the sandbox's deliveries.
pub fn look(tenant: &Tenant) {
    // The world is read once nobody else looks: an older one would be told again. Only then is
    // asked what a load or a reset brought: one that comes later replaces this world.
    let mut seen = tenant.deliveries.seen();
    let world = tenant.sandbox.read();
    if let Some(came_in) = tenant.sandbox.take_came_in() {
        seen.begin(&came_in);
    }
    if !seen.is_news(&world) {
        return;
    }
    seen.learn(&world);
    tenant
        .deliveries
        .keep_failures(|id| world.get::<Webhook>(id).is_some());
    let mut hooks: Vec<(Uuid, &Webhook)> = world.list::<Webhook>().collect();
    if hooks.is_empty() {
        seen.pass_over(world);
        return;
    }
    seen.hear();
    hooks.sort_by_key(|(id, hook)| (hook.created, *id));
    let mut changes = Vec::new();
    let mut stages = BTreeMap::new();
    for (id, task) in world.list::<Task>() {
        let stage = task.status.stage();
        let from = seen.stages.get(&id).copied().unwrap_or(0);
        stages.insert(id, stage.max(from));
        let passed = (from + 1..=stage).filter_map(|stage| {
            let at = time_of(task, stage)?;
            Some(Change {
                at,
                stage,
                id,
                task,
            })
        });
        changes.extend(passed);
    }
    seen.stages = stages;
    changes.sort_by_key(|change| (change.at, change.task.number, change.stage));
    tell(tenant, &hooks, &changes);
}

/// Tells webhooks of changes, both in their order. Only what is kept is written.
fn tell(tenant: &Tenant, hooks: &[(Uuid, &Webhook)], changes: &[Change<'_>]) {
    let data: Vec<_> = changes.iter().map(data).collect();
    let mut told = Vec::new();
    for (change, data) in changes.iter().zip(&data) {
        let meant = hooks.iter();
        let meant = meant.filter(|(_, hook)| is_told(hook, change) && fits(hook, data));
        told.extend(meant.map(|hook| (hook, change, data)));
    }
    let unkept = told.len().saturating_sub(DELIVERIES_MAX);
    tenant.deliveries.pass_over(unkept);
    for ((id, hook), change, data) in told.into_iter().skip(unkept) {
        let message = message(*id, hook, change, data);
        tenant.deliveries.add(message, change.at, None);
    }
}

/// When a task came to a stage; one that was cancelled in the queue never ran.
fn time_of(task: &Task, stage: u8) -> Option<Moment> {
    match stage {
        1 => Some(task.created_at),
        2 => task.started_at,
        _ => task.finished_at,
    }
}

/// Whether a webhook is about a change: its own organisation's, its creator's unless it is about
/// all of it, and later than the webhook (DEC-128).
fn is_told(hook: &Webhook, change: &Change<'_>) -> bool {
    let task = change.task;
    let is_meant = [RESOURCE, ALL].contains(&hook.resource.as_str())
        && [EVENT, ALL].contains(&hook.event.as_str());
    let is_own = hook.organization == task.organization
        && (hook.org_wide || hook.creator == task.author.actor.person);
    let is_later = hook.after.is_before(task.number, change.stage);
    hook.active && is_meant && is_own && is_later
}

fn data(change: &Change<'_>) -> BTreeMap<&'static str, String> {
    let (latest, exit_code) = change.task.public_state_at(change.stage);
    BTreeMap::from([
        ("id", WebexId::Task.encode(change.id)),
        ("jobType", change.task.job.row().public_name.to_owned()),
        ("latestExecutionStatus", latest.to_owned()),
        ("latestExecutionExitCode", exit_code.to_owned()),
        ("trackingId", change.task.author.tracking_id.to_string()),
    ])
}

/// Whether a change fits the filter of a webhook: each of its pairs names a field of `data`.
fn fits(hook: &Webhook, data: &BTreeMap<&'static str, String>) -> bool {
    let mut pairs = hook.filter.iter().flat_map(|filter| filter.split('&'));
    pairs.all(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or_default();
        data.get(name).is_some_and(|own| own == value)
    })
}

fn message(
    id: Uuid,
    hook: &Webhook,
    change: &Change<'_>,
    data: &BTreeMap<&'static str, String>,
) -> Message {
    let person = |id: Uuid| WebexId::Person.encode(id);
    let envelope = Envelope {
        id: WebexId::Webhook.encode(id),
        name: &hook.name,
        target_url: &hook.target_url,
        resource: RESOURCE,
        event: EVENT,
        filter: hook.filter.as_deref(),
        org_id: WebexId::Organization.encode(hook.organization),
        created_by: hook.creator.map(person),
        owned_by: if hook.org_wide { "org" } else { "creator" },
        status: "active",
        created: hook.created,
        actor_id: change.task.author.actor.person.map(person),
        data,
    };
    let body = Bytes::from(serde_json::to_vec(&envelope).unwrap_or_default());
    let mut headers = vec![
        ("Content-Type", "application/json".to_owned()),
        ("TrackingID", change.task.author.tracking_id.to_string()),
    ];
    let secret = hook.secret.as_deref();
    headers.extend(secret.map(|secret| ("X-Spark-Signature", signature(secret, &body))));
    Message {
        webhook: id,
        name: hook.name.clone(),
        target_url: hook.target_url.clone(),
        resource: RESOURCE,
        event: EVENT,
        headers,
        body,
    }
}

/// HMAC-SHA1 of the body under the secret, in hexadecimal digits (api-surface.md 4.12).
#[must_use]
pub fn signature(secret: &str, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret.as_bytes());
    let tag = hmac::sign(&key, body);
    tag.as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_rfc_2202() {
        let signed = signature("Jefe", b"what do ya want for nothing?");
        assert_eq!(signed, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    }
}
