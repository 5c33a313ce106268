//! *Wholesale administration in Partner Hub*: add and change users by CSV.

use serde_json::{Value, json};

use crate::hub::packages::{Bakery, HUB, KEY, MARGUERITE, PETRA, TEODOR, file};

const NELL: &str = "nell.bagel@copperkettle.example";
const JABBER: [&str; 2] = ["Jabber Calling", "Jabber with Webex Teams"];
const SITE: &str = "Preferred Webex Site";
/// Each package with whether it needs a number and a location, and a site.
const PACKAGES: [(&str, bool, bool); 6] = [
    ("Webex Calling", true, true),
    ("Webex Calling Standard", true, true),
    ("Webex Suite", true, true),
    ("Webex Voice", false, false),
    ("Webex Meetings", false, true),
    ("Customer Assist", true, true),
];

/// A row of a new user with everything that any package needs.
fn full(package: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("First Name", "Nell"),
        ("Last Name", "Bagel"),
        (KEY, NELL),
        ("Extension", "2070"),
        ("Location", "Ovens"),
        (JABBER[0], "TRUE"),
        (JABBER[1], "FALSE"),
        (SITE, "copperkettle.webex.com"),
        (package, "TRUE"),
    ]
}

fn without(mut cells: Vec<(&'static str, &'static str)>, name: &str) -> String {
    for cell in &mut cells {
        if cell.0 == name {
            cell.1 = "";
        }
    }
    file(&cells)
}

/// Launch Control Hub, Users, Manage users, CSV add or edit, download the template.
#[test]
fn the_file_of_a_wholesale_customer_has_the_columns_of_the_article() {
    let bakery = Bakery::start();
    let path = format!("{HUB}/users/csv/template");
    let template = bakery.call("GET", &path, &Value::Null).expect(200).text;
    let header = template.trim_end().to_owned();
    for part in [
        ",Jabber Calling,Jabber with Webex Teams,Preferred Webex Site,",
        ",Basic Messaging,Basic Space Meetings,Call on Webex,",
        ",Webex Calling,Webex Calling Standard,Webex Suite,Webex Voice,Webex Meetings,Customer Assist,",
    ] {
        assert!(header.contains(part), "{part} in {header}");
    }
    let export = bakery.export();
    assert_eq!(export.lines().next().unwrap(), header);
    let row = bakery.edited(TEODOR, &[]);
    let names: Vec<&str> = row.lines().next().unwrap().split(',').collect();
    let cells: Vec<&str> = row.lines().nth(1).unwrap().split(',').collect();
    let cell = |name: &str| cells[names.iter().position(|it| *it == name).unwrap()];
    assert_eq!(
        (cell("Webex Calling"), cell("Webex Suite")),
        ("TRUE", "FALSE")
    );
    assert_eq!(cell("Jabber Calling"), "FALSE");
}

/// Choose a file, choose Add and remove services, upload.
///
/// Proves: PKG-05, PKG-09
#[test]
fn a_new_user_gets_the_package_of_the_row_and_nothing_else() {
    let bakery = Bakery::start();
    let imported = bakery.import("addAndRemove", &file(&full("Webex Suite")));
    assert_eq!(imported.done()["action"], "assigned");
    assert_eq!(imported.done()["lost"], json!([]));
    assert_eq!(bakery.licenses(NELL), ["Webex Suite"]);
    assert_eq!(bakery.person(NELL)["extension"], "2070");
    let export = bakery.edited(NELL, &[]);
    assert!(
        export.contains(",TRUE,FALSE,copperkettle.webex.com,"),
        "{export}"
    );
}

/// "Otherwise the system automatically assigns the default basic licences."
///
/// Proves: PKG-09
#[test]
fn with_add_services_only_the_three_basic_licences_come_along() {
    let bakery = Bakery::start();
    let imported = bakery.import("addOnly", &file(&full("Webex Suite")));
    imported.by("PKG-09");
    imported.done();
    let held = bakery.licenses(NELL);
    for name in ["Webex Suite", "Basic Messaging", "Basic Space Meetings"] {
        assert!(held.iter().any(|own| own == name), "{name}: {held:?}");
    }
    assert_eq!(held.len(), 4, "{held:?}");
    // Also to somebody whose row only states the package that they have.
    let same = bakery.edited(MARGUERITE, &[]);
    bakery.import("addOnly", &same).done();
    assert_eq!(bakery.licenses(MARGUERITE).len(), 4);
    // With columns of their own they come with Add and remove services, too.
    let basic = bakery.edited(TEODOR, &[("Basic Messaging", "TRUE")]);
    bakery.import("addAndRemove", &basic).done();
    assert_eq!(
        bakery.licenses(TEODOR),
        ["Webex Calling", "Basic Messaging"]
    );
}

/// Proves: PKG-05, PKG-06, PKG-07, PKG-08
#[test]
fn each_package_has_its_mandatory_fields() {
    for (package, calls, meets) in PACKAGES {
        let bakery = Bakery::start();
        let revision = bakery.hub.revision();
        for name in JABBER {
            let imported = bakery.import("addAndRemove", &without(full(package), name));
            imported.fails(900_015, name);
            imported.by("PKG-06");
        }
        for name in ["Extension", "Location"] {
            if calls {
                let imported = bakery.import("addAndRemove", &without(full(package), name));
                imported.fails(900_015, name);
                imported.by("PKG-05");
            }
        }
        assert_eq!(bakery.person(NELL), Value::Null, "{package}");
        assert!(bakery.hub.revision() >= revision);
        let imported = bakery.import("addAndRemove", &without(full(package), SITE));
        let warnings = imported.done()["warnings"].to_string();
        assert_eq!(warnings.contains(SITE), meets, "{package}: {warnings}");
        if meets {
            imported.by("PKG-08");
        }
        assert_eq!(bakery.licenses(NELL), [package]);
    }
}

/// Without a number and without a location: neither Webex Meetings nor Webex Voice needs one.
#[test]
fn packages_that_need_no_number_come_without() {
    for (package, calls, _) in PACKAGES {
        if calls {
            continue;
        }
        let bakery = Bakery::start();
        let cells = full(package).into_iter();
        let cells: Vec<_> = cells
            .filter(|(name, _)| !["Extension", "Location"].contains(name))
            .collect();
        bakery.import("addAndRemove", &file(&cells)).done();
        assert_eq!(bakery.licenses(NELL), [package]);
    }
}

/// Proves: PKG-11
#[test]
fn two_packages_are_an_error_of_the_row() {
    let bakery = Bakery::start();
    let mut cells = full("Webex Suite");
    cells.push(("Webex Meetings", "TRUE"));
    let imported = bakery.import("addAndRemove", &file(&cells));
    imported.fails(900_014, "Webex Meetings, Webex Suite");
    imported.by("PKG-11");
    assert_eq!(bakery.person(NELL), Value::Null);
    // So is another one beside that which the user keeps.
    let keeps = bakery.edited(TEODOR, &[("Webex Suite", "TRUE"), ("Webex Calling", "")]);
    bakery
        .import("addAndRemove", &keeps)
        .fails(900_014, "FALSE");
    let adds = bakery.edited(
        TEODOR,
        &[("Webex Suite", "TRUE"), ("Webex Calling", "FALSE")],
    );
    bakery
        .import("addOnly", &adds)
        .fails(900_014, "addAndRemove");
    assert_eq!(bakery.licenses(TEODOR), ["Webex Calling"]);
}

/// A change of package by a file is the same save as on the user's page.
///
/// Proves: PKG-02, PKG-13
#[test]
fn a_package_is_changed_by_a_file_and_calling_is_kept_or_lost_as_on_the_page() {
    let bakery = Bakery::start();
    let before = bakery.settings(TEODOR, "doNotDisturb").expect(200).json();
    let change = bakery.edited(
        TEODOR,
        &[("Webex Calling", "FALSE"), ("Webex Suite", "TRUE")],
    );
    let imported = bakery.import("addAndRemove", &change);
    assert_eq!(imported.done()["action"], "swapped");
    assert_eq!(imported.done()["lost"], json!([]));
    let after = bakery.settings(TEODOR, "doNotDisturb").expect(200).json();
    assert_eq!(after, before);
    // What is added to a package stays where the new one may have it, and says so where not.
    let saskia = "saskia.bun@copperkettle.example";
    let suite = [("Webex Calling", "FALSE"), ("Webex Suite", "TRUE")];
    bakery
        .import("addAndRemove", &bakery.edited(saskia, &suite))
        .done();
    assert_eq!(
        bakery.licenses(saskia),
        ["Attendant Console", "Webex Suite"]
    );
    let meetings = [("Webex Suite", "FALSE"), ("Webex Meetings", "TRUE")];
    let stays = bakery.import("addAndRemove", &bakery.edited(saskia, &meetings));
    stays.fails(900_082, "attendant_console");
    let all = [meetings[0], meetings[1], ("Attendant Console", "FALSE")];
    let gone = bakery.import("addAndRemove", &bakery.edited(saskia, &all));
    assert_eq!(gone.done()["action"], "removed");
    assert_eq!(bakery.licenses(saskia), ["Webex Meetings"]);
}

/// An export that nobody edited says nothing new, also of whoever has no package.
#[test]
fn an_unchanged_file_changes_nothing() {
    let bakery = Bakery::start();
    let export = bakery.export();
    let before = bakery.get("/v1/people?callingData=true");
    let imported = bakery.import("addAndRemove", &export);
    assert_eq!(imported.task["status"], "completed", "{}", imported.errors);
    let outcomes = imported.outcomes.as_array().unwrap();
    assert_eq!(outcomes.len(), 7);
    for outcome in outcomes {
        assert_eq!(outcome["action"], "none", "{outcome}");
        assert_eq!(outcome["changed"], json!([]), "{outcome}");
    }
    assert_eq!(bakery.get("/v1/people?callingData=true"), before);
    assert_eq!(bakery.person(PETRA)["licenses"], json!([]));
}

/// Within one row the licence may change while the attributes do not.
///
/// Proves: PKG-12, CSV-31
#[test]
fn a_row_whose_attributes_fail_keeps_its_licence_until_the_package_is_assigned_anew() {
    let bakery = Bakery::start();
    let rule = json!({"effect": {"backend": "wholesaleAttributeUpdate"}, "times": 1,
        "match": {"holder": TEODOR}});
    bakery
        .hub
        .call("POST", "/_sim/v1/faults", &rule)
        .expect(201);
    let cells = [
        ("Webex Calling", "FALSE"),
        ("Webex Suite", "TRUE"),
        ("Title", "Miller"),
    ];
    let change = bakery.edited(TEODOR, &cells);
    let told = "Unable to update user attributes; no rollback for the license change.";
    bakery.import("addAndRemove", &change).fails(900_080, told);
    assert_eq!(bakery.licenses(TEODOR), ["Webex Suite"]);
    assert_ne!(bakery.person(TEODOR)["title"], "Miller");
    bakery.import("addAndRemove", &change).fails(900_080, told);
    bakery.package("DELETE", TEODOR, &Value::Null).expect(200);
    let place = json!({"locationId": bakery.location(), "extension": "2002"});
    let again = json!({"package": "webex_suite", "properties": place});
    bakery.package("PUT", TEODOR, &again).expect(200);
    let back = [
        ("Webex Suite", "FALSE"),
        ("Webex Calling", "TRUE"),
        ("Title", "Miller"),
    ];
    bakery
        .import("addAndRemove", &bakery.edited(TEODOR, &back))
        .done();
    assert_eq!(bakery.person(TEODOR)["title"], "Miller");
}

/// A new user of a failed row is there, without the attributes that go with the package.
#[test]
fn a_new_user_whose_licence_fails_is_left_inconsistent() {
    let bakery = Bakery::start();
    let rule = json!({"effect": {"backend": "wholesaleLicenseUpdate"}, "times": 1});
    bakery
        .hub
        .call("POST", "/_sim/v1/faults", &rule)
        .expect(201);
    let told = "Unable to update the user license.";
    bakery
        .import("addAndRemove", &file(&full("Webex Meetings")))
        .fails(900_081, told);
    assert_eq!(bakery.person(NELL)["licenses"], json!([]));
    bakery.package("DELETE", NELL, &Value::Null).expect(200);
    bakery
        .package("PUT", NELL, &json!({"package": "webex_meetings"}))
        .expect(200);
}
