//! What must hold for every family of the table.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use serde_json::{Value, json};

use super::family::{FamilyDef, FamilyRoute, Verb};
use super::table::FAMILIES;
use super::testing::{Small, call, paths, small};
use crate::model::{Holder, Subscription, SubscriptionStatus};
use crate::refusal::ErrorKind;

mod criteria;
mod documents;
mod items;
pub mod samples;

use documents::default_view;
use samples::{is_put, is_replaced, sample};

/// The route of a family that has no parameters beside the holder.
fn plain(def: &FamilyDef, verb: Verb, holder: Holder) -> Option<&'static FamilyRoute> {
    def.routes.iter().find(|route| {
        let plain = |path: &&str| path.matches('{').count() == 1;
        route.verb == verb && paths(route, holder).iter().any(plain)
    })
}

/// Families with their GET and PUT, for each holder that has them.
fn readable(small: &Small) -> Vec<(&'static FamilyDef, Holder, &'static FamilyRoute)> {
    let mut found = Vec::new();
    for def in FAMILIES {
        for holder in [small.anna, small.room] {
            if let Some(get) = plain(def, Verb::Get, holder) {
                found.push((*def, holder, get));
            }
        }
    }
    found
}

#[test]
fn each_calling_service_is_told_by_one_family() {
    let told = FAMILIES.iter().flat_map(|def| def.services);
    let told: Vec<_> = told.map(|(service, _)| *service).collect();
    let once: std::collections::BTreeSet<_> = told.iter().collect();
    assert!(!told.is_empty());
    assert_eq!(once.len(), told.len());
}

/// What reading shows, as a PUT would say it: lists of members by their ids alone.
fn as_written(view: &Value) -> Value {
    match view {
        Value::Object(fields) => {
            // Monitoring is read and written by two names (api-surface.md section 3).
            let name = |key: &String| match key.as_str() {
                "callParkNotificationEnabled" => "enableCallParkNotification".to_owned(),
                _ => key.clone(),
            };
            let write = |(key, value): (&String, &Value)| (name(key), as_written(value));
            Value::Object(fields.iter().map(write).collect())
        }
        Value::Array(items) => Value::Array(
            items
                .iter()
                .map(|item| {
                    let member = item.get("member").unwrap_or(item);
                    match (member.get("displayName"), member.get("id")) {
                        (Some(_), Some(id)) => id.clone(),
                        _ => as_written(item),
                    }
                })
                .collect(),
        ),
        other => other.clone(),
    }
}

#[test]
fn every_family_reads_its_documented_default() {
    let mut small = small();
    for (def, holder, get) in readable(&small) {
        let view = call(&mut small.tx, holder, get, &[], &json!({})).unwrap();
        assert_eq!(
            view,
            default_view(def.key, &small, holder),
            "{} of {holder:?}",
            def.key
        );
    }
}

#[test]
fn every_family_keeps_what_its_sample_says_and_shows_it() {
    for def in FAMILIES {
        let mut small = small();
        let holder = small.anna;
        let body = sample(def.key, &small).to_string();
        (def.configure.unwrap())(&mut small.tx, holder, body.as_bytes()).unwrap();
        let key = (def.kind.kind, holder.id());
        assert!(small.tx.object(key).is_some(), "{} stored nothing", def.key);
        if let Some(get) = plain(def, Verb::Get, holder) {
            let view = call(&mut small.tx, holder, get, &[], &json!({})).unwrap();
            assert_ne!(view, default_view(def.key, &small, holder), "{}", def.key);
        }
    }
}

#[test]
fn putting_back_what_was_read_changes_nothing() {
    let mut small = small();
    for (def, holder, get) in readable(&small) {
        // Of the settings for Microsoft Teams a PUT names one.
        let Some(put) = plain(def, Verb::Put, holder).filter(|_| def.key != "msTeams") else {
            continue;
        };
        for with_sample in [false, true] {
            if with_sample {
                let body = sample(def.key, &small).to_string();
                (def.configure.unwrap())(&mut small.tx, holder, body.as_bytes()).unwrap();
            }
            let before = small.tx.object((def.kind.kind, holder.id())).cloned();
            let view = call(&mut small.tx, holder, get, &[], &json!({})).unwrap();
            call(&mut small.tx, holder, put, &[], &as_written(&view)).unwrap();
            let after = small.tx.object((def.kind.kind, holder.id())).cloned();
            assert_eq!(before, after, "{} of {holder:?}: {view}", def.key);
        }
    }
}

#[test]
fn an_empty_document_changes_nothing_and_is_refused_where_fields_are_required() {
    let mut small = small();
    for def in FAMILIES {
        for holder in [small.anna, small.room] {
            let Some(put) = plain(def, Verb::Put, holder) else {
                continue;
            };
            if holder == small.anna {
                let body = sample(def.key, &small).to_string();
                (def.configure.unwrap())(&mut small.tx, holder, body.as_bytes()).unwrap();
            }
            let before = small.tx.object((def.kind.kind, holder.id())).cloned();
            let answer = call(&mut small.tx, holder, put, &[], &json!({}));
            match put.requires.names().next() {
                Some(field) => {
                    let refusal = answer.unwrap_err();
                    assert_eq!(refusal.kind, ErrorKind::MandatoryField, "{}", def.key);
                    assert_eq!(refusal.detail, format!("{field} is required."));
                }
                None => assert!(answer.is_ok() || def.secret, "{}: {answer:?}", def.key),
            }
            let before = before.filter(|_| !is_replaced(def.key));
            assert_eq!(
                before,
                small.tx.object((def.kind.kind, holder.id())).cloned()
            );
        }
    }
}

#[test]
fn wrong_types_are_refused_and_nothing_changes() {
    let mut small = small();
    for def in FAMILIES {
        let holder = small.anna;
        let Some(put) = plain(def, Verb::Put, holder) else {
            continue;
        };
        let fields = sample(def.key, &small);
        for (field, value) in fields.as_object().unwrap() {
            if !is_put(def.key, field) {
                continue;
            }
            let wrong = match value {
                Value::Array(_) | Value::Object(_) => json!(5),
                _ => json!([{ "wrong": true }]),
            };
            let answer = call(
                &mut small.tx,
                holder,
                put,
                &[],
                &json!({ field.as_str(): wrong }),
            );
            assert_eq!(
                answer.unwrap_err().kind,
                ErrorKind::BadRequest,
                "{}.{field}",
                def.key
            );
            assert!(
                small.tx.object((def.kind.kind, holder.id())).is_none(),
                "{}",
                def.key
            );
        }
    }
}

#[test]
fn nobody_without_calling_has_settings() {
    let mut small = small();
    for def in FAMILIES {
        for route in def.routes {
            if paths(route, small.carl).is_empty() {
                continue;
            }
            let answer = call(&mut small.tx, small.carl, route, &[], &json!({}));
            assert_eq!(
                answer.unwrap_err().kind,
                ErrorKind::CallingNotAssigned,
                "{}",
                def.key
            );
        }
    }
}

#[test]
fn a_cancelled_subscription_closes_every_setting() {
    let mut small = small();
    let subscription = small.subscription;
    small
        .tx
        .update(subscription, |subscription: &mut Subscription| {
            subscription.status = SubscriptionStatus::Cancelled;
        })
        .unwrap();
    for (def, holder, get) in readable(&small) {
        let answer = call(&mut small.tx, holder, get, &[], &json!({}));
        assert_eq!(
            answer.unwrap_err().kind,
            ErrorKind::DisabledByCancellation,
            "{}",
            def.key
        );
    }
}

#[test]
fn paths_name_the_holder_first_and_are_given_once() {
    let mut seen = Vec::new();
    for route in FAMILIES.iter().flat_map(|def| def.routes) {
        for path in route.paths.person {
            assert!(path.contains("{personId}"), "{path}");
            seen.push((format!("{:?}", route.verb), *path));
        }
        for path in route.paths.workspace {
            assert!(path.contains("{workspaceId}"), "{path}");
            seen.push((format!("{:?}", route.verb), *path));
        }
    }
    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), count);
}
