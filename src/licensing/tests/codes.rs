//! The documented codes of `PATCH /v1/licenses/users` (behaviour.md D2), and the 206 rule.

use uuid::Uuid;

use super::firm::Firm;
use crate::licensing::sites::{SiteChange, change_attendance};
use crate::licensing::{Add, Outcome, Properties, Route};
use crate::model::Holder;
use crate::refusal::Refusal;

/// A firm that sells everything, and one person without anything.
struct Shop {
    firm: Firm,
    ann: Holder,
    properties: Properties,
}

impl Shop {
    fn new() -> Self {
        let mut firm = Firm::new();
        let ann = firm.person("ann");
        let properties = firm.properties("+13125552001", "2001");
        Self {
            firm,
            ann,
            properties,
        }
    }

    fn sells(&mut self, offer: &str) -> Uuid {
        self.firm.license("Sub119911", offer, 10)
    }

    /// The person holds a Calling licence.
    fn calls_with(&mut self, offer: &str) -> Uuid {
        let license = self.sells(offer);
        let properties = self.properties.clone();
        self.add(license, Some(properties)).unwrap();
        license
    }

    fn add(&mut self, license: Uuid, properties: Option<Properties>) -> Result<Outcome, Refusal> {
        let add = vec![Add {
            license,
            properties,
        }];
        self.firm.save_with(Route::PublicPatch, self.ann, &[], add)
    }

    fn patch(&mut self, remove: &[Uuid], add: &[Uuid]) -> Result<Outcome, Refusal> {
        let properties = Some(self.properties.clone());
        let add = add.iter().map(|id| Add {
            license: *id,
            properties: properties.clone(),
        });
        let add = add.collect();
        self.firm
            .save_with(Route::PublicPatch, self.ann, remove, add)
    }
}

/// The code of a refusal, which names the licence.
fn code(result: Result<Outcome, Refusal>) -> u32 {
    let refusal = result.unwrap_err();
    refusal.kind.row().code.unwrap_or(0)
}

/// Proves: COMBO-05
#[test]
fn an_unknown_location_is_400() {
    let mut shop = Shop::new();
    let license = shop.sells("BCSTD");
    let office = shop.firm.location("Not enabled", false);
    for location in [Some(Uuid::nil()), Some(office), None] {
        let properties = Properties::parse(location, None, Some("2002")).unwrap();
        assert_eq!(code(shop.add(license, Some(properties))), 400);
    }
}

#[test]
fn an_unknown_licence_is_400000() {
    let mut shop = Shop::new();
    let refusal = shop.add(Uuid::nil(), None).unwrap_err();
    assert_eq!(
        refusal.description(),
        "License not recognized 00000000-0000-0000-0000-000000000000"
    );
    assert_eq!(refusal.kind.row().code, Some(400_000));
}

/// Proves: MOVE-17, COMBO-06
#[test]
fn professional_to_standard_is_400112_even_as_a_swap() {
    let mut shop = Shop::new();
    let professional = shop.calls_with("BCSTD");
    let standard = shop.sells("BCBAS");
    let refusal = shop.patch(&[professional], &[standard]).unwrap_err();
    assert_eq!(refusal.kind.row().code, Some(400_112));
    let id = crate::licensing::held::webex_id(&shop.firm.tx, standard);
    assert!(refusal.description().ends_with(&id));
    let standard = shop
        .firm
        .save(Route::EditLicenses, shop.ann, &[professional], &[standard]);
    assert_eq!(code(standard), 400_112);
}

#[test]
fn messenger_is_400118() {
    let mut shop = Shop::new();
    let messenger = shop.sells("JM");
    assert_eq!(code(shop.add(messenger, None)), 400_118);
}

#[test]
fn an_unknown_site_is_400216() {
    let mut shop = Shop::new();
    shop.sells("EE");
    let ann = shop.ann.id();
    let change = |site: &str, remove| SiteChange {
        site_url: site.to_owned(),
        remove,
    };
    let wrong = [
        change("firm.webex.com", false),
        change("other.webex.com", false),
    ];
    let refusal = change_attendance(&mut shop.firm.tx, ann, &wrong).unwrap_err();
    assert_eq!(
        refusal.description(),
        "Request contains invalid attendee siteUrls: other.webex.com"
    );
    let sites = |shop: &Shop| {
        shop.firm
            .tx
            .get::<crate::model::Person>(ann)
            .unwrap()
            .site_urls
            .clone()
    };
    change_attendance(&mut shop.firm.tx, ann, &wrong[..1]).unwrap();
    assert_eq!(sites(&shop), ["firm.webex.com#attendee"]);
    change_attendance(&mut shop.firm.tx, ann, &[change("firm.webex.com", true)]).unwrap();
    assert!(sites(&shop).is_empty());
}

/// Proves: COMBO-01
#[test]
fn professional_with_standard_is_400404() {
    for (held, added) in [("BCSTD", "BCBAS"), ("BCBAS", "BCSTD")] {
        let mut shop = Shop::new();
        shop.calls_with(held);
        let added = shop.sells(added);
        assert_eq!(code(shop.patch(&[], &[added])), 400_404);
    }
    let mut shop = Shop::new();
    let both = [shop.sells("BCSTD"), shop.sells("BCBAS")];
    assert_eq!(code(shop.patch(&[], &both)), 400_404);
}

/// Proves: COMBO-02
#[test]
fn attendant_console_with_standard_is_400406_and_without_professional_400408() {
    let mut shop = Shop::new();
    let console = shop.sells("AA");
    assert_eq!(code(shop.patch(&[], &[console])), 400_408);
    shop.calls_with("BCBAS");
    assert_eq!(code(shop.patch(&[], &[console])), 400_406);
    let mut shop = Shop::new();
    let both = [shop.sells("BCSTD"), shop.sells("AA")];
    shop.patch(&[], &both).unwrap();
    assert_eq!(shop.firm.licenses(shop.ann), both);
}

/// Proves: COMBO-03
#[test]
fn customer_assist_with_standard_is_400407_and_to_standard_400410() {
    let mut shop = Shop::new();
    let assist = shop.calls_with("CXE");
    let standard = shop.sells("BCBAS");
    assert_eq!(code(shop.patch(&[], &[standard])), 400_407);
    assert_eq!(code(shop.patch(&[assist], &[standard])), 400_410);
    let mut shop = Shop::new();
    let standard = shop.calls_with("BCBAS");
    let assist = shop.sells("CXE");
    assert_eq!(code(shop.patch(&[], &[assist])), 400_407);
    shop.patch(&[standard], &[assist]).unwrap();
}

/// Proves: COMBO-05
#[test]
fn calling_without_properties_is_400411() {
    let mut shop = Shop::new();
    let license = shop.sells("BCSTD");
    let only_location = Properties {
        location: Some(shop.firm.hq),
        ..Properties::default()
    };
    for properties in [None, Some(Properties::default()), Some(only_location)] {
        assert_eq!(code(shop.add(license, properties)), 400_411);
    }
}

/// Proves: COMBO-07, COMBO-04
#[test]
fn a_second_licence_of_an_offer_is_400413_unless_the_first_is_removed() {
    for offer in ["BCSTD", "MS", "CJPSTD"] {
        let mut shop = Shop::new();
        let first = shop.firm.license("Sub119911", offer, 10);
        let second = shop.firm.license("Sub121331", offer, 10);
        shop.patch(&[], &[first]).unwrap();
        assert_eq!(code(shop.patch(&[], &[second])), 400_413, "{offer}");
        shop.patch(&[first], &[second]).unwrap();
        assert_eq!(shop.firm.licenses(shop.ann), [second]);
    }
    let mut shop = Shop::new();
    let (standard, premium) = (shop.sells("CJPSTD"), shop.sells("CJPPRM"));
    shop.patch(&[], &[standard]).unwrap();
    assert_eq!(code(shop.patch(&[], &[premium])), 400_413);
}

/// Proves: COMBO-12
#[test]
fn paid_messaging_and_meetings_need_the_free_ones() {
    let mut shop = Shop::new();
    let (free, paid) = (shop.sells("FMS"), shop.sells("MS"));
    let (free_meetings, meetings) = (shop.sells("FTM"), shop.sells("EE"));
    assert_eq!(code(shop.patch(&[], &[paid])), 700_003);
    assert_eq!(code(shop.patch(&[], &[meetings])), 700_004);
    assert_eq!(code(shop.patch(&[], &[free_meetings])), 700_005);
    shop.patch(&[], &[free, paid, free_meetings, meetings])
        .unwrap();
    assert_eq!(code(shop.patch(&[free], &[])), 700_003);
    assert_eq!(code(shop.patch(&[free_meetings], &[])), 700_004);
    shop.patch(&[meetings, free_meetings, paid, free], &[])
        .unwrap();
    assert!(shop.firm.licenses(shop.ann).is_empty());
}

/// Proves: COMBO-12
#[test]
fn screen_share_cannot_be_removed() {
    let mut shop = Shop::new();
    let share = shop.sells("CF");
    shop.patch(&[], &[share]).unwrap();
    assert_eq!(code(shop.patch(&[share], &[])), 700_006);
}

/// Proves: COMBO-08
#[test]
fn what_can_be_applied_is_applied_and_the_rest_is_named() {
    let mut shop = Shop::new();
    let (messaging, messenger) = (shop.sells("MS"), shop.sells("JM"));
    let outcome = shop.patch(&[], &[messenger, messaging]).unwrap();
    assert_eq!(shop.firm.licenses(shop.ann), [messaging]);
    assert_eq!(outcome.failed.len(), 1);
    assert_eq!(outcome.failed[0].0, messenger);
    assert_eq!(outcome.error.unwrap().code, 400_118);
    let all_failing = shop.patch(&[], &[messenger, Uuid::nil()]).unwrap_err();
    assert_eq!(all_failing.kind.row().code, Some(400_118));
    let strict = shop
        .firm
        .save(Route::EditLicenses, shop.ann, &[messaging], &[messenger]);
    assert_eq!(code(strict), 400_118);
    assert_eq!(shop.firm.licenses(shop.ann), [messaging]);
}

#[test]
fn numbers_and_extensions_must_be_free() {
    let mut shop = Shop::new();
    let license = shop.calls_with("BCSTD");
    let branch = shop.firm.location("Branch", true);
    shop.firm.number("+13125552002", branch);
    let bob = shop.firm.person("bob");
    let hq = Some(shop.firm.hq);
    let cases = [
        (hq, Some("+13125552001"), Some("2002"), 25_102),
        (hq, Some("+13125552002"), Some("2002"), 25_102),
        (hq, Some("+13125550404"), Some("2002"), 25_102),
        (hq, None, Some("2001"), 25_108),
    ];
    for (location, number, extension, expected) in cases {
        let properties = Properties::parse(location, number, extension).unwrap();
        let add = vec![Add {
            license,
            properties: Some(properties),
        }];
        let result = shop.firm.save_with(Route::PublicPatch, bob, &[], add);
        assert_eq!(code(result), expected, "{number:?} {extension:?}");
    }
    assert_eq!(
        Properties::parse(hq, Some("13125552001"), None)
            .unwrap_err()
            .kind
            .row()
            .code,
        Some(900_012)
    );
    assert_eq!(
        Properties::parse(hq, Some("+1x"), None)
            .unwrap_err()
            .kind
            .row()
            .code,
        Some(25_102)
    );
    assert_eq!(
        Properties::parse(hq, None, Some("1"))
            .unwrap_err()
            .kind
            .row()
            .code,
        Some(25_058)
    );
}
