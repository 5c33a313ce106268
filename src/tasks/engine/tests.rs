//! Which results of tasks are kept.

use super::*;
use crate::tasks::job::JOBS;
use crate::world::{Actor, Clock, Engine, KindDef, Limits, Moment};

/// An engine that knows tasks alone.
static ENGINE: Engine = Engine {
    kinds: || {
        static KINDS: [KindDef; 1] = [KindDef::of::<Task>()];
        &KINDS
    },
    checks: &[],
    timers: &[TIMERS],
};

/// A task that has ended, with a file of so many bytes.
fn ended(number: u64, bytes: usize) -> Task {
    Task {
        organization: Uuid::nil(),
        number,
        status: TaskStatus::Completed,
        total: 1,
        succeeded: 1,
        failed: 0,
        welcomed: 0,
        created_at: Moment(0),
        paused_at: None,
        started_at: Some(Moment(0)),
        finished_at: Some(Moment(0)),
        author: Author {
            actor: Actor::simulator(),
            tracking_id: "".into(),
        },
        error: None,
        max_loss: None,
        lost: 0,
        warnings: Vec::new(),
        job: Arc::new(Job::Past {
            name: JOBS[1].name.to_owned(),
            about: None,
        }),
        outcomes: Vec::new().into(),
        errors: Vec::new().into(),
        result: vec![Arc::from("x".repeat(bytes))].into(),
        expired: false,
    }
}

#[test]
fn results_beyond_their_bytes_go_and_those_of_the_first_tasks_go_first() {
    let world = World::new(1, Clock::frozen(Moment(0)));
    let mut tx = Tx::new(Arc::new(world), Moment(0));
    for number in [3, 1, 2] {
        let task = ended(number, 10_000);
        let id = Uuid::from_u128(number.into());
        tx.put(id, task).expect("room");
    }
    let kept = |tx: &Tx| {
        let tasks = [1, 2, 3].map(|id| tx.get::<Task>(Uuid::from_u128(id)).cloned());
        tasks.map(|task| {
            let task = task.expect("a task");
            assert_eq!(task.expired, task.result.is_empty());
            !task.expired
        })
    };
    results::drop_first(&mut tx, 40_000);
    assert_eq!(kept(&tx), [true, true, true]);
    results::drop_first(&mut tx, 25_000);
    assert_eq!(kept(&tx), [false, true, true]);
    results::drop_first(&mut tx, 0);
    assert_eq!(kept(&tx), [false, false, false]);
}

#[test]
fn what_is_given_up_makes_no_revision_and_counts_as_history_that_shows_it_still() {
    let world = World::new(1, Clock::frozen(Moment(0)));
    let sandbox = Sandbox::new(&ENGINE, Limits::default(), world.into());
    let context = Context {
        now: Moment(0),
        actor: Actor::simulator(),
        operation: "test",
        tracking_id: "".into(),
    };
    let one = Uuid::from_u128(1);
    let put = sandbox.write(&context, |tx| tx.put(one, ended(1, 50_000)));
    put.expect("room");
    let step = sandbox.write(&context, |tx| {
        tx.choose("test", Some("a step whose world before it has the task"));
        Ok::<_, Refusal>(())
    });
    step.expect("no refusal");
    let (revision, history) = (sandbox.read().revision, sandbox.history_bytes());
    assert!(history < 50_000 && results::held(&sandbox.read()) > 50_000);
    assert!(results::give_up(&sandbox, &context, 1) > Some(50_000));
    assert_eq!(results::held(&sandbox.read()), 0);
    assert_eq!(sandbox.read().revision, revision);
    assert!(sandbox.history_bytes() > history + 50_000);
    assert_eq!(results::give_up(&sandbox, &context, 1), Some(0));
}
