//! "Move Calling service from one subscription to another", users with Edit licences (A1, A2 and
//! A3, first procedure), in the organisation that hubsim starts with.

use serde_json::json;

use super::quillhaven::{
    FERGUS, JOAQUIN, NAMED, NEW, OLD, assert_lost_what_is_named, bill, calling_of, days,
    everything, held, lost, open, professional, save,
};

/// Proves: MOVE-01, MOVE-02, MOVE-03
#[test]
fn one_user_moves_without_an_effect_on_them_or_on_the_rest_of_the_organization() {
    let firm = open();
    let before = everything(&firm, JOAQUIN);
    let other = everything(&firm, FERGUS);
    let (old, new) = (held(&firm, OLD), held(&firm, NEW));

    // Users, the user, Summary > Licences > Edit licences: the existing licences are listed.
    let listed = firm.get(&format!("/users?query={JOAQUIN}")).expect(200);
    assert_eq!(listed.json()["items"][0]["email"], JOAQUIN);
    assert_eq!(calling_of(&firm, JOAQUIN), [OLD]);

    // Calling: uncheck the current subscription, check the new one, Save.
    let revision = firm.hub.revision();
    let outcome = save(&firm, JOAQUIN, &[OLD], &[NEW]).expect(200).json();
    assert_eq!(
        (&outcome["action"], &outcome["lost"]),
        (&json!("swapped"), &json!([]))
    );
    let kept = outcome["kept"].to_string();
    for family in NAMED {
        assert!(kept.contains(family), "{family}: {kept}");
    }
    assert_eq!(calling_of(&firm, JOAQUIN), [NEW]);
    assert_eq!(everything(&firm, JOAQUIN), before);
    assert_eq!(everything(&firm, FERGUS), other);
    assert_eq!((held(&firm, OLD), held(&firm, NEW)), (old - 1, new + 1));

    // It was one change, of one person and of two licences' counts.
    let path = format!("/_sim/v1/sandboxes/default/diff?from={revision}");
    let diff = firm.hub.get(&path).expect(200).json();
    let kinds: Vec<&str> = diff["updated"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["kind"].as_str().unwrap())
        .collect();
    assert_eq!(firm.hub.revision(), revision + 1);
    assert_eq!(kinds.iter().filter(|kind| **kind == "person").count(), 1);
    assert!(
        kinds
            .iter()
            .all(|kind| ["person", "license"].contains(kind)),
        "{kinds:?}"
    );
}

/// Proves: MOVE-04, LOSS-01, LOSS-02
#[test]
fn saving_between_clearing_and_checking_loses_what_the_article_names() {
    let firm = open();
    let before = everything(&firm, JOAQUIN);
    save(&firm, JOAQUIN, &[OLD], &[]).expect(200);
    assert_lost_what_is_named(&firm, JOAQUIN);
    let location = firm.hub.location("Chicago");
    let properties = json!({"locationId": location, "extension": "7777"});
    let add = json!({"licenses": [{"id": professional(NEW), "properties": properties}]});
    let path = format!("/users/{JOAQUIN}/licenses");
    firm.call("PATCH", &path, &add).expect(200);
    assert_ne!(everything(&firm, JOAQUIN), before);
    let id = firm.person(JOAQUIN)["id"].as_str().unwrap().to_owned();
    let forwarding = format!("/v1/people/{id}/features/callForwarding");
    let fresh = firm.hub.get(&forwarding).expect(200).json();
    assert_eq!(fresh["callForwarding"]["always"]["enabled"], false);
}

/// Proves: MOVE-16, SUB-03, SUB-04
#[test]
fn whoever_is_moved_before_the_cancellation_keeps_everything_and_who_is_not_loses_all() {
    let firm = open();
    let before = everything(&firm, JOAQUIN);
    save(&firm, JOAQUIN, &[OLD], &[NEW]).expect(200);
    bill(&firm, OLD, "cancel");
    days(&firm, 31);
    // Nothing of Calling is gone but the colleagues who stayed: they can no longer be monitored,
    // called back or talked to, share no line, and their numbers are free. The old contract's
    // meetings site went with it.
    let after = everything(&firm, JOAQUIN);
    let of_others = [
        "monitoring",
        "pushToTalk",
        "privacy",
        "availableNumbers",
        "availableMembers",
        "availableMembers/count",
        "applications/members",
        "emergencyCallbackNumber",
        "emergencyCallbackNumber/dependencies",
        "services",
    ];
    for ((name, before), (_, after)) in before.iter().zip(&after) {
        let Some(members) = before.as_object() else {
            // The status of what is for executives or assistants alone.
            assert_eq!(before, after, "{name}");
            continue;
        };
        let gone = members
            .iter()
            .filter(|(field, value)| after[field.as_str()] != **value);
        let gone: Vec<&str> = gone.map(|(field, _)| field.as_str()).collect();
        let is_of_others = of_others.iter().any(|family| name.ends_with(family));
        assert!(
            gone.is_empty() || is_of_others || gone == ["siteUrls"],
            "{name}: {gone:?}"
        );
    }
    assert_eq!(calling_of(&firm, FERGUS), Vec::<String>::new());
    assert!(lost(&firm, FERGUS).contains(&"numbers".to_owned()));
    let refused = save(&firm, FERGUS, &[OLD], &[NEW]);
    assert!(refused.status >= 400, "{}", refused.text);
}

/// Proves: MOVE-05, SUB-08
#[test]
fn suspended_licences_are_managed_for_individual_users_in_control_hub() {
    let firm = open();
    let before = everything(&firm, JOAQUIN);
    bill(&firm, OLD, "suspend");
    let dialog = firm.get(&format!("/users/{JOAQUIN}/licenses")).expect(200);
    let dialog = dialog.json();
    let own = dialog["items"].as_array().unwrap().iter();
    let mut own = own.filter(|it| it["assigned"] == true && it["subscriptionId"] == OLD);
    assert!(own.all(|it| it["suspended"] == true));
    let outcome = save(&firm, JOAQUIN, &[OLD], &[NEW]).expect(200).json();
    assert_eq!(outcome["action"], "swapped");
    assert_eq!(everything(&firm, JOAQUIN), before);
}

/// Proves: MOVE-07
#[test]
fn from_one_active_subscription_to_another_means_the_new_one_too() {
    let firm = open();
    bill(&firm, NEW, "suspend");
    let revision = firm.hub.revision();
    let refused = save(&firm, JOAQUIN, &[OLD], &[NEW]).expect(400);
    assert!(refused.text.contains(NEW), "{}", refused.text);
    assert_eq!(firm.hub.revision(), revision);
    assert_eq!(calling_of(&firm, JOAQUIN), [OLD]);
}
