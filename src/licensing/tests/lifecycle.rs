//! The life of subscriptions, with its timers, and what it does to their holders.

mod sales;

use std::sync::Arc;

use uuid::Uuid;

use super::firm::{Firm, NOW};
use crate::licensing::check::CHECK;
use crate::licensing::lifecycle::{
    self, END_TIMER, NUMBERS_RELEASED, PURGE, SUSPENSION_ENDS, SubscriptionChange, TIMERS,
};
use crate::licensing::sale::{Sale, SoldLicense, sell};
use crate::licensing::{Action, Route};
use crate::model::SubscriptionStatus::{
    Active, Cancelled, Deleted, PendingAction, Suspended, Trial,
};
use crate::model::{Holder, License, PhoneNumber, Subscription, SubscriptionStatus};
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::family::Step;
use crate::world::{Actor, Context, Engine, Limits, Moment, Sandbox, Tx, World};
use crate::{belongings, settings};

static ENGINE: Engine = Engine {
    kinds: || &[],
    checks: &[CHECK, settings::CHECK, belongings::CHECK],
    timers: &[TIMERS, &[END_TIMER]],
};

/// One person on a subscription, in a sandbox whose clock moves.
struct Life {
    sandbox: Sandbox,
    now: Moment,
    id: Uuid,
    ann: Holder,
    license: Uuid,
}

impl Life {
    fn new(trial: bool) -> Self {
        let mut firm = Firm::new();
        let sale = Sale {
            code: Some("Sub119911".to_owned()),
            name: "Calling".to_owned(),
            status: if trial { Trial } else { Active },
            trial,
            partner: None,
            created_at: NOW,
            end_date: NOW.plus_days(90),
            licenses: vec![SoldLicense {
                name: "Webex Calling - Professional".to_owned(),
                total_units: 10,
                site_url: None,
            }],
        };
        let id = sell(&mut firm.tx, firm.org, sale).unwrap();
        let license = lifecycle::licenses(&firm.tx, id).next().unwrap().0;
        let ann = firm.person("ann");
        firm.caller(ann, license, "2001");
        let world = World::clone(&firm.tx);
        let sandbox = Sandbox::new(&ENGINE, Limits::default(), Arc::new(world));
        Self {
            sandbox,
            now: NOW,
            id,
            ann,
            license,
        }
    }

    fn context(&self) -> Context {
        Context {
            now: self.now,
            actor: Actor::simulator(),
            operation: "test",
            tracking_id: "".into(),
        }
    }

    fn act<R>(&self, work: impl FnOnce(&mut Tx, Uuid) -> Result<R, Refusal>) -> Result<R, Refusal> {
        self.sandbox
            .write(&self.context(), |tx| work(tx, self.id))
            .map(|written| written.value)
    }

    /// Lets days pass, and answers which timers fired.
    fn pass(&mut self, days: i64) -> Vec<String> {
        let until = self.now.plus_days(days);
        let fired = self.sandbox.run_due(until, &self.context());
        self.now = until;
        fired.into_iter().map(|fired| fired.kind).collect()
    }

    fn subscription(&self) -> Subscription {
        self.sandbox
            .read()
            .get::<Subscription>(self.id)
            .unwrap()
            .clone()
    }

    fn status(&self) -> SubscriptionStatus {
        self.subscription().status
    }

    /// What the person has: a number, settings, and whether they can be reached.
    fn has(&self) -> (bool, bool, bool) {
        let world = self.sandbox.read();
        let number = world
            .list::<PhoneNumber>()
            .any(|(_, n)| n.owner == Some(self.ann));
        let kind = settings::families::call_forwarding::DEF.kind.kind;
        let settings = world.object((kind, self.ann.id())).is_some();
        (number, settings, Step::new(&world, self.ann).is_ok())
    }
}

/// Proves: DEC-03, SUB-08
#[test]
fn suspending_takes_nothing_away_and_reactivating_brings_the_old_status_back() {
    let life = Life::new(false);
    life.act(lifecycle::suspend).unwrap();
    assert_eq!(life.status(), Suspended);
    assert_eq!(life.subscription().suspended_at, Some(NOW));
    assert_eq!(life.has(), (true, true, true));
    life.act(lifecycle::reactivate).unwrap();
    assert_eq!(life.status(), Active);
    assert_eq!(life.subscription().suspended_at, None);
}

/// Proves: SUB-03, SUB-04, DEC-13, DEC-14, MOVE-16
#[test]
fn cancelling_disables_and_thirty_days_later_everything_is_purged() {
    let mut life = Life::new(false);
    life.act(lifecycle::cancel).unwrap();
    assert_eq!(
        life.has(),
        (true, true, false),
        "kept, but not to be reached"
    );
    let cancelled = life.subscription();
    assert_eq!(cancelled.purge_at, Some(NOW.plus_days(30)));
    assert_eq!(cancelled.numbers_released_at, cancelled.purge_at);
    assert_eq!(life.pass(29), Vec::<String>::new());
    assert_eq!(life.pass(1), [NUMBERS_RELEASED, PURGE]);
    assert_eq!(life.status(), Deleted);
    assert_eq!(life.has(), (false, false, false));
    let world = life.sandbox.read();
    assert!(world.get::<License>(life.license).is_none());
    let lost: Vec<_> = life.sandbox.ledger(|ledger| {
        ledger
            .entries()
            .flat_map(|entry| entry.lost.clone())
            .collect()
    });
    assert!(lost.iter().any(|lost| lost.family == "numbers"));
    assert!(lost.iter().any(|lost| lost.family == "callForwarding"));
    assert!(
        lost.iter()
            .all(|lost| lost.rule == "SUB-04" && lost.holder == life.ann.id())
    );
    assert_eq!(
        crate::world::check::check(&world, ENGINE.checks),
        Vec::<String>::new()
    );
}

/// Proves: SUB-05
#[test]
fn a_restore_in_time_brings_everything_back() {
    let mut life = Life::new(false);
    life.act(lifecycle::cancel).unwrap();
    assert!(life.pass(20).is_empty());
    life.act(lifecycle::restore).unwrap();
    assert_eq!(life.status(), Active);
    assert_eq!(life.subscription().purge_at, None);
    assert_eq!(life.has(), (true, true, true));
    assert!(life.pass(20).is_empty(), "no purge is left behind");
}

/// Proves: SUB-06, DEC-15
#[test]
fn the_numbers_of_a_trial_go_earlier_and_do_not_come_back() {
    let mut life = Life::new(true);
    life.act(lifecycle::cancel).unwrap();
    assert_eq!(life.pass(15), [NUMBERS_RELEASED]);
    assert_eq!(life.has(), (false, true, false));
    life.act(lifecycle::restore).unwrap();
    assert_eq!(life.status(), Trial);
    assert_eq!(life.has(), (false, true, true));
}

/// Proves: SUB-07, DEC-16
#[test]
fn an_ended_trial_is_suspended_then_cancelled_then_purged() {
    let mut life = Life::new(true);
    assert_eq!(life.pass(90), [lifecycle::END]);
    assert_eq!(life.status(), Suspended);
    assert_eq!(life.subscription().reason.as_deref(), Some("trialEnded"));
    assert_eq!(
        life.act(lifecycle::reactivate).unwrap_err().kind,
        ErrorKind::WrongStatus
    );
    assert_eq!(life.pass(30), [SUSPENSION_ENDS]);
    assert_eq!(life.status(), Cancelled);
    assert_eq!(life.pass(30), [NUMBERS_RELEASED, PURGE]);
    assert_eq!(life.status(), Deleted);
}

/// Proves: DEC-16
#[test]
fn an_ended_paid_subscription_is_cancelled() {
    for by_hand in [false, true] {
        let mut life = Life::new(false);
        if by_hand {
            life.act(lifecycle::expire).unwrap();
        } else {
            assert_eq!(life.pass(90), [lifecycle::END]);
        }
        assert_eq!(life.status(), Cancelled);
        assert_eq!(life.subscription().reason.as_deref(), Some("ended"));
        life.act(lifecycle::restore).unwrap();
        assert_eq!(life.status(), Active);
        assert!(life.subscription().end_date > life.now);
    }
}

/// Proves: DEC-17
#[test]
fn renewing_makes_a_suspended_trial_a_paid_subscription() {
    let mut life = Life::new(true);
    life.pass(90);
    life.act(lifecycle::renew).unwrap();
    let renewed = life.subscription();
    assert_eq!(
        (renewed.status, renewed.trial, renewed.reason),
        (Active, false, None)
    );
    assert!(life.pass(300).is_empty());
}

/// Proves: SUB-02
#[test]
fn what_is_impossible_from_a_status_is_refused_and_changes_nothing() {
    type Wish = fn(&mut Tx, Uuid) -> Result<(), Refusal>;
    let purge: Wish = |tx, id| lifecycle::purge(tx, id).map(drop);
    let running = [Trial, Active, PendingAction];
    let wishes: [(Wish, &[SubscriptionStatus]); 7] = [
        (lifecycle::suspend, &running),
        (lifecycle::reactivate, &[Suspended]),
        (
            lifecycle::cancel,
            &[Trial, Active, PendingAction, Suspended],
        ),
        (lifecycle::restore, &[Cancelled]),
        (
            lifecycle::expire,
            &[Trial, Active, PendingAction, Suspended],
        ),
        (lifecycle::renew, &[PendingAction, Suspended]),
        (purge, &[Cancelled]),
    ];
    for status in [Trial, Active, PendingAction, Suspended, Cancelled, Deleted] {
        for (position, (wish, from)) in wishes.iter().enumerate() {
            let life = Life::new(status == Trial);
            life.act(|tx, id| {
                tx.update::<Subscription>(id, |subscription| subscription.status = status)?;
                Ok(())
            })
            .unwrap();
            let before = life.sandbox.read();
            match life.act(wish) {
                Ok(()) => assert!(from.contains(&status), "{position} from {status:?}"),
                Err(refusal) => {
                    assert_eq!(refusal.kind, ErrorKind::WrongStatus);
                    assert!(!from.contains(&status), "{position} from {status:?}");
                    assert!(Arc::ptr_eq(&before, &life.sandbox.read()));
                }
            }
        }
    }
}

/// Proves: MOVE-16
#[test]
fn whoever_moved_away_before_the_cancellation_loses_nothing() {
    let mut firm = Firm::new();
    let a = firm.license("Sub119911", "BCSTD", 10);
    let console = firm.license("Sub121331", "AA", 10);
    let b = firm.license("Sub121331", "BCSTD", 10);
    let (ann, bob, room) = (
        firm.person("ann"),
        firm.person("bob"),
        firm.workspace("Lobby"),
    );
    for (holder, digits) in [(ann, "2001"), (bob, "2002"), (room, "2003")] {
        firm.caller(holder, a, digits);
    }
    firm.save(Route::EditLicenses, bob, &[], &[console])
        .unwrap();
    firm.save(Route::EditLicenses, ann, &[a], &[b]).unwrap();
    let before = firm.configuration(ann);
    let subscription = firm.subscription("Sub119911");
    lifecycle::cancel(&mut firm.tx, subscription).unwrap();
    let outcomes = lifecycle::purge(&mut firm.tx, subscription).unwrap();
    firm.sound();
    assert_eq!(outcomes.len(), 2);
    assert!(
        outcomes
            .iter()
            .all(|outcome| outcome.action == Action::Lost)
    );
    assert_eq!(firm.configuration(ann), before);
    assert_eq!(firm.licenses(ann), [b]);
    assert!(firm.licenses(bob).is_empty() && firm.is_bare(bob));
    assert!(firm.licenses(room).is_empty() && firm.is_bare(room));
}
