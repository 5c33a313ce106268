//! What is sold, and what is changed about it later: units and the end.

use super::*;

/// Proves: SUB-12
#[test]
fn units_change_but_not_below_those_that_are_held() {
    let life = Life::new(false);
    let units = |total_units| SubscriptionChange {
        licenses: vec![SoldLicense {
            name: "Webex Calling VAR Professional".to_owned(),
            total_units,
            site_url: None,
        }],
        ..SubscriptionChange::default()
    };
    let total = || {
        life.sandbox
            .read()
            .get::<License>(life.license)
            .unwrap()
            .total_units
    };
    for units_now in [1, 500, -1] {
        life.act(|tx, id| lifecycle::change(tx, id, units(units_now)))
            .unwrap();
        assert_eq!(total(), units_now);
    }
    let refusal = life
        .act(|tx, id| lifecycle::change(tx, id, units(0)))
        .unwrap_err();
    assert_eq!(refusal.kind, ErrorKind::UnitsInUse);
    assert!(
        life.act(|tx, id| lifecycle::change(tx, id, units(-2)))
            .is_err()
    );
    assert_eq!(total(), -1);
}

#[test]
fn another_end_moves_the_timer() {
    let mut life = Life::new(false);
    let end_date = Some(NOW.plus_days(10));
    let sooner = SubscriptionChange {
        end_date,
        ..SubscriptionChange::default()
    };
    life.act(|tx, id| lifecycle::change(tx, id, sooner))
        .unwrap();
    assert_eq!(life.pass(10), [lifecycle::END]);
    let late = SubscriptionChange {
        end_date,
        ..SubscriptionChange::default()
    };
    assert!(
        life.act(|tx, id| lifecycle::change(tx, id, late)).is_err(),
        "it lies in the past"
    );
}

/// Proves: SUB-01
#[test]
fn a_subscription_gets_a_plain_id_and_is_a_trial_by_a_property_of_its_own() {
    let mut firm = Firm::new();
    let sale = |trial| Sale {
        code: None,
        name: "Calling".to_owned(),
        status: Suspended,
        trial,
        partner: None,
        created_at: NOW,
        end_date: NOW.plus_days(90),
        licenses: Vec::new(),
    };
    for trial in [false, true] {
        let id = sell(&mut firm.tx, firm.org, sale(trial)).unwrap();
        let sold = firm.tx.get::<Subscription>(id).unwrap().clone();
        let digits = sold.code.strip_prefix("Sub").unwrap();
        assert!(
            digits.bytes().all(|byte| byte.is_ascii_digit()),
            "{}",
            sold.code
        );
        assert_eq!((sold.trial, sold.status), (trial, Suspended));
        assert_eq!(lifecycle::find(&firm.tx, firm.org, &sold.code), Some(id));
        assert_eq!(lifecycle::find(&firm.tx, firm.hq, &sold.code), None);
    }
}
