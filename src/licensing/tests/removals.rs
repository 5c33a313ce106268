//! Removal and assignment: what goes, what stays, what comes along.

use super::firm::Firm;
use crate::licensing::{Action, Add, Change, Route, release};
use crate::model::person::{ContactKind, ContactNumber};
use crate::model::{Holder, Person, PhoneNumber, SubscriptionStatus};
use crate::refusal::ErrorKind;

/// Proves: LOSS-01, LOSS-03, LOSS-04, DEC-23
#[test]
fn removing_calling_takes_everything_of_calling_and_nothing_else() {
    let mut firm = Firm::new();
    let calling = firm.license("Sub119911", "BCSTD", 10);
    let messaging = firm.license("Sub119911", "MS", 10);
    let ann = firm.person("ann");
    firm.caller(ann, calling, "2001");
    firm.save(Route::EditLicenses, ann, &[], &[messaging])
        .unwrap();
    firm.tx
        .update::<Person>(ann.id(), |person| {
            for (kind, value) in [
                (ContactKind::Work, "+13125552001"),
                (ContactKind::Mobile, "+13125559999"),
            ] {
                let number = ContactNumber::new(kind, value.to_owned());
                person.contact_numbers.push(number);
            }
        })
        .unwrap();
    let outcome = firm
        .save(Route::EditLicenses, ann, &[calling], &[])
        .unwrap();
    assert_eq!(outcome.action, Action::Removed);
    assert!(outcome.lost.iter().all(|lost| lost.rule == "LOSS-01"));
    assert!(firm.is_bare(ann));
    assert_eq!(firm.licenses(ann), [messaging]);
    assert_eq!(
        outcome.kept,
        ["licenses", "displayName", "emails", "status"]
    );
    let person = firm.tx.get::<Person>(ann.id()).unwrap();
    assert_eq!(
        person.contact_numbers.len(),
        1,
        "the work number went, the mobile stayed"
    );
    assert_eq!(person.display_name, "ann Doe");
    let inventory: Vec<_> = firm.tx.list::<PhoneNumber>().collect();
    assert!(inventory.iter().all(|(_, number)| number.is_available()));
}

/// Proves: LOSS-05, SUB-11
#[test]
fn a_holder_that_is_deleted_gives_everything_back_whatever_the_status() {
    let mut firm = Firm::new();
    let calling = firm.license("Sub119911", "BCSTD", 10);
    let share = firm.license("Sub119911", "CF", -1);
    let ann = firm.person("ann");
    firm.caller(ann, calling, "2001");
    firm.save(Route::Scenario, ann, &[], &[share]).unwrap();
    firm.status("Sub119911", SubscriptionStatus::Cancelled);
    assert_eq!(firm.units(calling), (1, 0));
    let outcome = release(&mut firm.tx, ann).unwrap();
    firm.sound();
    assert_eq!(outcome.licenses_removed.len(), 2);
    assert_eq!((firm.units(calling), firm.units(share)), ((0, 0), (0, 0)));
    assert!(firm.is_bare(ann));
}

/// Proves: COMBO-02
#[test]
fn attendant_console_goes_with_professional() {
    let mut firm = Firm::new();
    let calling = firm.license("Sub119911", "BCSTD", 10);
    let console = firm.license("Sub119911", "AA", 10);
    let assist = firm.license("Sub119911", "CXE", 10);
    for target in [None, Some(assist)] {
        let ann = firm.person(if target.is_some() { "ann" } else { "bob" });
        firm.caller(ann, calling, if target.is_some() { "2001" } else { "2002" });
        firm.save(Route::EditLicenses, ann, &[], &[console])
            .unwrap();
        let target: Vec<_> = target.into_iter().collect();
        let outcome = firm
            .save(Route::EditLicenses, ann, &[calling], &target)
            .unwrap();
        assert_eq!(firm.licenses(ann), target);
        assert_eq!(outcome.warnings.len(), 1);
    }
    assert_eq!(firm.units(console), (0, 0));
}

#[test]
fn what_is_held_already_is_added_without_effect() {
    let mut firm = Firm::new();
    let calling = firm.license("Sub119911", "BCSTD", 1);
    let ann = firm.person("ann");
    let properties = firm.caller(ann, calling, "2001");
    let before = crate::world::World::clone(&firm.tx);
    for route in [Route::EditLicenses, Route::PublicPatch, Route::CsvAddOnly] {
        let add = vec![Add {
            license: calling,
            properties: Some(properties.clone()),
        }];
        let outcome = firm.save_with(route, ann, &[], add).unwrap();
        assert_eq!(outcome.action, Action::None);
    }
    assert!(crate::world::diff::changes(&before, &firm.tx).is_empty());
}

/// Proves: DEC-22
#[test]
fn workspaces_and_people_hold_only_what_is_for_them() {
    let mut firm = Firm::new();
    let common = firm.license("Sub119911", "BCCA", 10);
    let standard = firm.license("Sub119911", "BCBAS", 10);
    let messaging = firm.license("Sub119911", "MS", 10);
    let ann = firm.person("ann");
    let room = firm.workspace("Lobby");
    for (holder, license) in [(ann, common), (room, standard), (room, messaging)] {
        let refusal = firm
            .save(Route::EditLicenses, holder, &[], &[license])
            .unwrap_err();
        assert_eq!(refusal.kind, ErrorKind::BadRequest);
    }
}

/// Proves: COMBO-05
#[test]
fn calling_comes_with_a_number_or_an_extension_of_a_location() {
    let mut firm = Firm::new();
    let calling = firm.license("Sub119911", "BCSTD", 10);
    let cases = [
        ("ann", firm.properties("+13125552001", "2001")),
        (
            "bob",
            crate::licensing::Properties::parse(Some(firm.hq), None, Some("2002")).unwrap(),
        ),
    ];
    for (name, properties) in cases {
        let holder = firm.person(name);
        let add = vec![Add {
            license: calling,
            properties: Some(properties.clone()),
        }];
        let outcome = firm
            .save_with(Route::EditLicenses, holder, &[], add)
            .unwrap();
        assert_eq!(outcome.action, Action::Assigned);
        let given = firm.calling(holder).unwrap();
        assert_eq!(
            (given.location, &given.number),
            (firm.hq, &properties.phone_number)
        );
        assert_eq!(given.extension, properties.extension);
    }
    assert_eq!(firm.units(calling), (2, 0));
    let owned = firm
        .tx
        .list::<PhoneNumber>()
        .filter(|(_, n)| n.owner.is_some())
        .count();
    assert_eq!(owned, 1);
}

#[test]
fn a_site_follows_its_meetings_licence() {
    let mut firm = Firm::new();
    let meetings = firm.license("Sub119911", "EE", 10);
    let ann = firm.person("ann");
    firm.save(Route::EditLicenses, ann, &[], &[meetings])
        .unwrap();
    let sites = |firm: &Firm| firm.tx.get::<Person>(ann.id()).unwrap().site_urls.clone();
    assert_eq!(sites(&firm), ["firm.webex.com"]);
    firm.save(Route::EditLicenses, ann, &[meetings], &[])
        .unwrap();
    assert!(sites(&firm).is_empty());
}

/// Proves: COMBO-12
#[test]
fn free_licences_come_along_where_nobody_must_name_them() {
    let mut firm = Firm::new();
    let free = firm.license("Sub119911", "FMS", -1);
    let paid = firm.license("Sub119911", "MS", 10);
    for route in [
        Route::PeopleWrite,
        Route::CsvAddOnly,
        Route::TemplatePreserve,
    ] {
        let person = firm.person(&format!("{route:?}"));
        firm.save(route, person, &[], &[paid]).unwrap();
        assert_eq!(firm.licenses(person), [paid, free]);
    }
}

#[test]
fn a_full_replace_keeps_what_cannot_be_taken_away() {
    let mut firm = Firm::new();
    let share = firm.license("Sub119911", "CF", -1);
    let free = firm.license("Sub119911", "FMS", -1);
    let paid = firm.license("Sub119911", "MS", 10);
    let ann = firm.person("ann");
    firm.save(Route::Scenario, ann, &[], &[share, free, paid])
        .unwrap();
    let wanted = [paid];
    let change = Change::replace(&firm.tx, ann, &wanted, None, Route::PeopleWrite).unwrap();
    let outcome = firm
        .save_with(Route::PeopleWrite, ann, &change.remove, change.add)
        .unwrap();
    assert_eq!(outcome.action, Action::None);
    assert_eq!(firm.licenses(ann), [share, free, paid]);
}

#[test]
fn an_outcome_reads_back_as_it_was_written() {
    let mut firm = Firm::new();
    let calling = firm.license("Sub119911", "BCSTD", 10);
    let ann = firm.person("ann");
    firm.caller(ann, calling, "2001");
    let mut outcome = firm
        .save(Route::EditLicenses, ann, &[calling], &[])
        .unwrap();
    let text = serde_json::to_string(&outcome).unwrap();
    for lost in &mut outcome.lost {
        lost.holder = uuid::Uuid::nil();
    }
    assert_eq!(
        serde_json::from_str::<crate::licensing::Outcome>(&text).unwrap(),
        outcome
    );
    assert!(
        text.starts_with(r#"{"holder":{"type":"person","id":"#),
        "{text}"
    );
    assert!(matches!(ann, Holder::Person(_)));
}
