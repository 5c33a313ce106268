//! Automatic licence templates: what they may say, what they do to people of today and tomorrow.

use uuid::Uuid;

use super::firm::Firm;
use crate::licensing::template::{
    self, Keep, Scope, TemplateRequest, apply_to, apply_to_new, check, report, save_template,
};
use crate::licensing::{Action, Outcome, Route};
use crate::model::SubscriptionStatus::{Cancelled, Suspended};
use crate::model::person::{ContactKind, ContactNumber};
use crate::model::{Holder, License, Person};
use crate::refusal::ErrorKind;

/// A firm with an old and a new Calling subscription, messaging and base licences.
struct Office {
    firm: Firm,
    old: Uuid,
    new: Uuid,
    messaging: Uuid,
    free: Uuid,
}

impl Office {
    fn new() -> Self {
        let mut firm = Firm::new();
        let old = firm.license("Sub119911", "BCSTD", 10);
        let messaging = firm.license("Sub119911", "MS", 10);
        let free = firm.license("Sub119911", "FMS", -1);
        let new = firm.license("Sub121331", "BCSTD", 10);
        Self {
            firm,
            old,
            new,
            messaging,
            free,
        }
    }

    fn caller(&mut self, name: &str, digits: &str) -> Holder {
        let holder = self.firm.person(name);
        self.firm.caller(holder, self.old, digits);
        holder
    }

    fn with_work_number(&mut self, name: &str, number: &str) -> Holder {
        let holder = self.firm.person(name);
        let work = ContactNumber::new(ContactKind::Work, number.to_owned());
        self.firm
            .tx
            .update::<Person>(holder.id(), |person| person.contact_numbers.push(work))
            .unwrap();
        holder
    }

    fn request(&self, licenses: &[Uuid]) -> TemplateRequest {
        TemplateRequest {
            licenses: licenses.to_vec(),
            future_users: true,
            existing_users: true,
            preserve_licenses: Some(false),
            acknowledge_data_loss: true,
        }
    }

    fn save(&mut self, licenses: &[Uuid]) {
        let request = self.request(licenses);
        save_template(&mut self.firm.tx, Scope::everybody(self.firm.org), &request).unwrap();
    }

    fn apply(&mut self, holder: Holder, licenses: &[Uuid], preserve: bool) -> Outcome {
        let keep = Keep::preserving(preserve);
        let outcome = apply_to(&mut self.firm.tx, holder.id(), licenses, keep);
        self.firm.sound();
        outcome
    }
}

/// Proves: TMPL-01, TMPL-02, TMPL-04, TMPL-07, LOSS-06
#[test]
fn a_template_is_saved_after_its_checks() {
    let mut office = Office::new();
    let (new, org) = (office.new, office.firm.org);
    let good = office.request(&[new, new]);
    let past = TemplateRequest {
        future_users: false,
        ..good.clone()
    };
    assert_eq!(
        check(&office.firm.tx, Scope::everybody(org), &past)
            .unwrap_err()
            .kind,
        ErrorKind::BadRequest
    );
    let careless = TemplateRequest {
        acknowledge_data_loss: false,
        ..good.clone()
    };
    let refusal = check(&office.firm.tx, Scope::everybody(org), &careless).unwrap_err();
    assert_eq!(refusal.kind, ErrorKind::LossNotAcknowledged);
    for harmless in [
        TemplateRequest {
            existing_users: false,
            ..careless.clone()
        },
        TemplateRequest {
            preserve_licenses: None,
            ..careless.clone()
        },
    ] {
        check(&office.firm.tx, Scope::everybody(org), &harmless).unwrap();
    }
    assert!(template::get(&office.firm.tx, org).is_none());
    save_template(&mut office.firm.tx, Scope::everybody(org), &good).unwrap();
    assert_eq!(template::get(&office.firm.tx, org).unwrap().licenses, [new]);
}

/// Proves: MOVE-07, SUB-09, COMBO-04, COMBO-02
#[test]
fn a_template_names_only_what_can_be_assigned_together() {
    let mut office = Office::new();
    let standard = office.firm.license("Sub121331", "BCBAS", 10);
    let console = office.firm.license("Sub121331", "AA", 10);
    let messenger = office.firm.license("Sub121331", "JM", 10);
    let common = office.firm.license("Sub121331", "BCCA", 10);
    office.firm.status("Sub119911", Suspended);
    let (old, new, org) = (office.old, office.new, office.firm.org);
    let cases: [(&[Uuid], ErrorKind); 7] = [
        (&[Uuid::nil()], ErrorKind::LicenseNotRecognized),
        (&[old], ErrorKind::SubscriptionNotActive),
        (&[new, standard], ErrorKind::TwoCallingLicenses),
        (&[console], ErrorKind::AttendantNeedsProfessional),
        (&[console, standard], ErrorKind::StandardAndAttendant),
        (&[messenger], ErrorKind::MessengerLicense),
        (&[common], ErrorKind::BadRequest),
    ];
    for (licenses, kind) in cases {
        let request = office.request(licenses);
        assert_eq!(
            check(&office.firm.tx, Scope::everybody(org), &request)
                .unwrap_err()
                .kind,
            kind,
            "{kind:?}"
        );
    }
    office.firm.status("Sub121331", Cancelled);
    let request = office.request(&[new]);
    let refusal = check(&office.firm.tx, Scope::everybody(org), &request).unwrap_err();
    assert_eq!(refusal.kind, ErrorKind::SubscriptionNotActive);
}

/// Proves: MOVE-11, TMPL-06, DEC-02, DEC-18
#[test]
fn without_preserving_people_move_and_lose_what_is_not_named() {
    let mut office = Office::new();
    let ann = office.caller("ann", "2001");
    let given = [office.free, office.messaging];
    office
        .firm
        .save(Route::EditLicenses, ann, &[], &given)
        .unwrap();
    let before = office.firm.configuration(ann);
    let outcome = office.apply(ann, &[office.new], false);
    assert_eq!(outcome.action, Action::Swapped);
    assert!(outcome.succeeded());
    assert_eq!(
        outcome.licenses_removed.len(),
        2,
        "the old Calling and messaging"
    );
    assert_eq!(office.firm.configuration(ann), before);
    assert_eq!(office.firm.licenses(ann), [office.free, office.new]);
    let again = office.apply(ann, &[office.new], false);
    assert_eq!(again.action, Action::None);
}

/// Proves: MOVE-12, DEC-01
#[test]
fn the_trap_takes_calling_and_leaves_the_rest_as_the_template_says() {
    let mut office = Office::new();
    let messaging = office.firm.license("Sub121331", "MS", 10);
    let ann = office.caller("ann", "2001");
    office.firm.status("Sub119911", Suspended);
    let outcome = office.apply(ann, &[office.new, messaging], false);
    assert_eq!(outcome.action, Action::Lost);
    assert!(!outcome.succeeded());
    assert!(office.firm.is_bare(ann));
    assert!(office.firm.licenses(ann).contains(&messaging));
    assert!(!office.firm.licenses(ann).contains(&office.new));
    // The number is free again, but it is not the person's any more: no second chance (DEC-23).
    let again = office.apply(ann, &[office.new, messaging], false);
    assert_eq!(again.error.unwrap().code, 900_029);
}

/// Proves: TMPL-06, TMPL-07
#[test]
fn a_template_without_calling_removes_calling_with_everything() {
    let mut office = Office::new();
    let ann = office.caller("ann", "2001");
    let outcome = office.apply(ann, &[office.messaging], false);
    assert_eq!(outcome.action, Action::Removed);
    assert!(!outcome.lost.is_empty() && outcome.rules.iter().any(|rule| rule == "TMPL-06"));
    assert!(office.firm.is_bare(ann));
}

/// Proves: TMPL-05, TMPL-10, MOVE-14, DEC-21
#[test]
fn with_preserving_people_only_gain() {
    let mut office = Office::new();
    let other = office.firm.license("Sub121331", "MS", 10);
    let ann = office.caller("ann", "2001");
    let outcome = office.apply(ann, &[office.new, office.messaging], true);
    assert_eq!(outcome.action, Action::Assigned);
    assert_eq!(outcome.warnings.len(), 1);
    assert!(outcome.succeeded());
    let held = office.firm.licenses(ann);
    assert!(held.contains(&office.old) && held.contains(&office.messaging));
    let twice = office.apply(ann, &[other], true);
    assert_eq!((twice.action, twice.succeeded()), (Action::None, true));
}

/// Proves: TMPL-18, DEC-19, DEC-20, SUB-10
#[test]
fn the_oldest_subscription_serves_first_and_a_shortage_leaves_people_as_they_are() {
    let mut office = Office::new();
    let newer = office.firm.license("Sub300000", "BCSTD", 1);
    office
        .firm
        .tx
        .update::<License>(office.new, |license| license.total_units = 1)
        .unwrap();
    let people: Vec<Holder> = [("ann", "2001"), ("bob", "2002"), ("cy", "2003")]
        .into_iter()
        .map(|(name, digits)| office.caller(name, digits))
        .collect();
    let before = office.firm.configuration(people[2]);
    let template = [newer, office.new];
    let outcomes: Vec<Outcome> = people
        .iter()
        .map(|person| office.apply(*person, &template, false))
        .collect();
    assert_eq!(office.firm.licenses(people[0]), [office.new]);
    assert_eq!(office.firm.licenses(people[1]), [newer]);
    assert_eq!(office.firm.licenses(people[2]), [office.old]);
    assert_eq!(office.firm.configuration(people[2]), before);
    assert_eq!(outcomes[2].action, Action::Failed);
    assert_eq!(outcomes[2].error.as_ref().unwrap().code, 900_001);
}

#[test]
fn a_licence_beside_calling_is_kept_when_its_successor_is_used_up() {
    let mut office = Office::new();
    let successor = office.firm.license("Sub121331", "MS", 0);
    let ann = office.firm.person("ann");
    office
        .firm
        .save(Route::Scenario, ann, &[], &[office.messaging])
        .unwrap();
    let outcome = office.apply(ann, &[successor], false);
    assert_eq!(outcome.error.unwrap().code, 900_001);
    assert!(office.firm.licenses(ann).contains(&office.messaging));
}

/// Proves: TMPL-14, TMPL-16, TMPL-17
#[test]
fn calling_comes_only_with_a_work_number_that_stands_unused_in_a_calling_location() {
    let mut office = Office::new();
    let plain = office.firm.location("Warehouse", false);
    office.firm.number("+13125553001", office.firm.hq);
    office.firm.number("+13125553002", plain);
    office.caller("busy", "2001");
    let template = [office.new, office.messaging];
    for (position, number) in [
        "+13125552001",
        "+13125553002",
        "+13125550404",
        "13125553001",
        "x",
    ]
    .iter()
    .enumerate()
    {
        let person = office.with_work_number(&format!("p{position}"), number);
        let outcome = office.apply(person, &template, true);
        assert_eq!(outcome.error.as_ref().unwrap().code, 900_029, "{number}");
        assert_eq!(
            outcome.action,
            Action::Assigned,
            "messaging comes all the same"
        );
        assert!(office.firm.calling(person).is_none());
    }
    let ann = office.with_work_number("ann", "+13125553001");
    let outcome = office.apply(ann, &template, true);
    assert!(outcome.succeeded());
    let calling = office.firm.calling(ann).unwrap();
    assert_eq!(calling.number.as_ref().unwrap().as_str(), "+13125553001");
    office.save(&template);
    let missing = report(&office.firm.tx, office.firm.org);
    assert_eq!(missing.len(), 5, "the five without a number");
}

/// Proves: TMPL-02, TMPL-09, TMPL-21, MOVE-15, DEC-23
#[test]
fn new_people_get_the_template_unless_they_have_licences_of_their_own() {
    let mut office = Office::new();
    office.firm.number("+13125553001", office.firm.hq);
    let nobody = office.firm.person("before");
    assert_eq!(
        apply_to_new(&mut office.firm.tx, nobody.id()).action,
        Action::None
    );
    office.save(&[office.new]);
    let ann = office.with_work_number("ann", "+13125553001");
    let outcome = apply_to_new(&mut office.firm.tx, ann.id());
    assert!(outcome.succeeded());
    assert_eq!(office.firm.licenses(ann), [office.new, office.free]);
    assert!(
        office.firm.licenses(nobody).is_empty(),
        "people of today are untouched"
    );
    let bob = office.firm.person("bob");
    office
        .firm
        .save(Route::EditLicenses, bob, &[], &[office.free])
        .unwrap();
    assert_eq!(
        apply_to_new(&mut office.firm.tx, bob.id()).action,
        Action::None
    );
    office
        .firm
        .save(Route::EditLicenses, ann, &[office.new], &[])
        .unwrap();
    let again = office.apply(ann, &[office.new], true);
    assert_eq!(
        again.error.unwrap().code,
        900_029,
        "the number went with Calling"
    );
    office.firm.sound();
}

/// Proves: TMPL-08
#[test]
fn deleting_the_template_takes_nothing_from_anybody() {
    let mut office = Office::new();
    let ann = office.caller("ann", "2001");
    office.save(&[office.new]);
    let org = office.firm.org;
    template::delete(&mut office.firm.tx, Scope::everybody(org)).unwrap();
    assert_eq!(office.firm.licenses(ann), [office.old]);
    let bob = office.firm.person("bob");
    assert_eq!(
        apply_to_new(&mut office.firm.tx, bob.id()).action,
        Action::None
    );
    let refusal = template::delete(&mut office.firm.tx, Scope::everybody(org)).unwrap_err();
    assert_eq!(refusal.kind, ErrorKind::NotFound);
}

/// Proves: DEC-12
#[test]
fn a_cancelled_licence_stays_whatever_the_template_says() {
    let mut office = Office::new();
    let ann = office.caller("ann", "2001");
    office.firm.status("Sub119911", Cancelled);
    for template in [vec![office.new], vec![]] {
        let outcome = office.apply(ann, &template, false);
        assert_eq!(outcome.error.unwrap().code, 900_007);
        assert_eq!(office.firm.licenses(ann), [office.old]);
    }
}
