//! The live part of the page: subscriptions with their units, tasks, losses, the clock. It is
//! rendered here alone: the page is sent with it, and its script asks for it again.

use std::sync::Arc;

use askama::Template;

use super::{guarded, render};
use crate::control::ledger::Known;
use crate::control::naming;
use crate::http::{Call, Reply};
use crate::licensing::rules;
use crate::model::number::shorten;
use crate::model::owned;
use crate::model::{License, Organization, Subscription, SubscriptionStatus};
use crate::refusal::Refusal;
use crate::tasks::{Task, TaskStatus, engine};
use crate::world::{Clock, ClockMode, Direction, Entry, Lost, Moment, World};

/// Organisations that are shown with all that is theirs.
const ORGANIZATIONS: usize = 12;
/// Tasks that are shown of each organisation, those that have ended included.
const TASKS: usize = 4;
/// Losses that are shown, each of one holder by one rule.
const LOSSES: usize = 8;

/// What the live part shows.
#[derive(Template)]
#[template(path = "live.html")]
pub(super) struct Live {
    sandbox: String,
    revision: u64,
    now: Moment,
    clock_note: &'static str,
    /// Seconds of sandbox time in a second.
    speed: f64,
    undoable: usize,
    organizations: Vec<OrganizationPart>,
    more_organizations: usize,
    tasks: Vec<TaskPart>,
    losses: Vec<LossPart>,
}

struct OrganizationPart {
    name: String,
    people: usize,
    workspaces: usize,
    subscriptions: Vec<SubscriptionPart>,
}

struct SubscriptionPart {
    code: String,
    name: String,
    status: &'static str,
    words: &'static str,
    ends: String,
    /// The event that the button stands for.
    button: Option<(&'static str, &'static str)>,
    licenses: Vec<LicensePart>,
}

struct LicensePart {
    name: &'static str,
    used: i64,
    total: i64,
}

struct TaskPart {
    title: String,
    words: &'static str,
    status: &'static str,
    is_running: bool,
    is_undone: bool,
    done: u32,
    total: u32,
    failed: u32,
    lost: u64,
}

struct LossPart {
    at: String,
    holder: String,
    what: String,
    rule: String,
    sentence: &'static str,
}

/// Answers the live part alone.
pub(super) fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = render(&look(call))?;
    let reply = Reply::document(super::HTML, body).header("cache-control", "no-store");
    Ok(guarded(reply))
}

/// What there is to show now.
pub(super) fn look(call: &Call<'_>) -> Live {
    let world = call.read();
    let organizations = naming::organizations(&world);
    let shown = organizations.iter().take(ORGANIZATIONS);
    let mut tasks = Vec::new();
    for (id, _) in shown.clone() {
        let own = engine::list(&world, *id).into_iter().take(TASKS);
        tasks.extend(own.map(|(_, task)| task_part(call, task)));
    }
    Live {
        sandbox: call.tenant.id.clone(),
        revision: world.revision,
        now: call.now,
        clock_note: clock_note(&world.clock),
        speed: match world.clock.mode {
            ClockMode::Auto => 1.0,
            ClockMode::Frozen => 0.0,
            ClockMode::Scaled => world.clock.scale,
        },
        undoable: (call.tenant.sandbox).history(|history| history.possible(Direction::Undo)),
        more_organizations: organizations.len().saturating_sub(ORGANIZATIONS),
        organizations: shown
            .map(|(id, organization)| organization_part(&world, *id, organization))
            .collect(),
        tasks,
        losses: losses(call, &world),
    }
}

/// How a clock runs, in words.
pub(super) fn clock_note(clock: &Clock) -> &'static str {
    match clock.mode {
        ClockMode::Auto => "runs with real time",
        ClockMode::Frozen => "stands still",
        ClockMode::Scaled => "runs at its own pace",
    }
}

fn organization_part(
    world: &World,
    id: uuid::Uuid,
    organization: &Organization,
) -> OrganizationPart {
    let [people, workspaces, _] = naming::sizes(world, id);
    let own = owned::list::<Subscription>(world, id);
    let mut subscriptions: Vec<_> = own
        .map(|(id, subscription)| subscription_part(world, id, subscription))
        .collect();
    subscriptions.sort_by(|left, right| left.code.cmp(&right.code));
    OrganizationPart {
        name: organization.name.clone(),
        people,
        workspaces,
        subscriptions,
    }
}

fn subscription_part(
    world: &World,
    id: uuid::Uuid,
    subscription: &Subscription,
) -> SubscriptionPart {
    use SubscriptionStatus::{Active, Cancelled, Deleted, PendingAction, Suspended, Trial};
    let (status, words) = match subscription.status {
        Trial => ("trial", "Trial"),
        Active => ("active", "Active"),
        PendingAction => ("pendingAction", "Pending action"),
        Suspended => ("suspended", "Suspended"),
        Cancelled => ("cancelled", "Cancelled"),
        Deleted => ("deleted", "Deleted"),
    };
    let button = match subscription.status {
        Trial | Active | PendingAction => Some(("suspend", "Suspend")),
        Suspended => Some(("reactivate", "Reactivate")),
        Cancelled => Some(("restore", "Restore")),
        Deleted => None,
    };
    let all = world.list::<License>();
    let own = all.filter(|(_, license)| license.subscription == id);
    SubscriptionPart {
        code: subscription.code.clone(),
        name: subscription.name.clone(),
        status,
        words,
        ends: day(subscription.end_date),
        button,
        licenses: own
            .map(|(_, license)| LicensePart {
                name: license.offer().api_name,
                used: license.consumed_units(),
                total: license.total_units,
            })
            .collect(),
    }
}

fn task_part(call: &Call<'_>, task: &Task) -> TaskPart {
    let author = &*task.author.tracking_id;
    let is_undone = (call.tenant.sandbox).history(|history| history.is_call_undone(author));
    let words = match task.status {
        TaskStatus::Queued => "waiting",
        TaskStatus::Running => "running",
        TaskStatus::Completed => "completed",
        TaskStatus::CompletedWithErrors => "completed with errors",
        TaskStatus::Failed => "failed",
        TaskStatus::Cancelled => "cancelled",
    };
    TaskPart {
        title: title(task.job.row().name),
        words,
        status: task.status.name(),
        is_running: task.status.is_unfinished(),
        is_undone,
        done: task.done(),
        total: task.total,
        failed: task.failed,
        // What was undone is there again.
        lost: if is_undone { 0 } else { task.lost },
    }
}

/// `User import` of `userImport`.
fn title(name: &str) -> String {
    let mut title = String::new();
    for letter in name.chars() {
        match (title.is_empty(), letter.is_ascii_uppercase()) {
            (true, _) => title.push(letter.to_ascii_uppercase()),
            (_, true) => title.extend([' ', letter.to_ascii_lowercase()]),
            _ => title.push(letter),
        }
    }
    title
}

/// The newest losses, each of one holder by one rule; what a rule says is told once in a row.
fn losses(call: &Call<'_>, world: &World) -> Vec<LossPart> {
    let mut parts = newest_losses(call, world);
    let rules: Vec<String> = parts.iter().map(|part| part.rule.clone()).collect();
    for (part, above) in parts.iter_mut().skip(1).zip(&rules) {
        if part.rule == *above {
            part.sentence = "";
        }
    }
    parts
}

fn newest_losses(call: &Call<'_>, world: &World) -> Vec<LossPart> {
    let sandbox = &call.tenant.sandbox;
    let losing: Vec<Arc<Entry>> = sandbox.ledger(|ledger| {
        let newest = ledger.entries().rev();
        let losing = newest.filter(|entry| !entry.lost.is_empty());
        losing.map(Arc::clone).collect()
    });
    // What was undone is there again.
    let entries = sandbox.history(|history| {
        let standing = losing
            .iter()
            .filter(|entry| !history.is_undone(entry.revision));
        standing.take(LOSSES).collect::<Vec<_>>()
    });
    let mut parts = Vec::new();
    for entry in entries {
        let mut rest: Vec<&Lost> = entry.lost.iter().collect();
        while let Some(first) = rest.first().copied() {
            if parts.len() == LOSSES {
                return parts;
            }
            let is_same = |lost: &&Lost| lost.holder == first.holder && lost.rule == first.rule;
            let (same, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(is_same);
            parts.push(loss_part(call, entry, world, &same));
            rest = others;
        }
    }
    parts
}

fn loss_part(call: &Call<'_>, entry: &Entry, world: &World, lost: &[&Lost]) -> LossPart {
    let mut families: Vec<&str> = lost.iter().map(|lost| lost.family.as_str()).collect();
    families.dedup();
    let holder = lost.first().map(|lost| {
        // Who is gone is looked for in all that the ledger tells, which takes longer.
        let named = naming::holder(world, lost.holder);
        let named = named.or_else(|| Known::of(call).holder(lost.holder));
        named.map_or_else(|| lost.holder.to_string(), |named| named.name)
    });
    let rule = lost
        .first()
        .map(|lost| lost.rule.clone())
        .unwrap_or_default();
    LossPart {
        at: minute(entry.at),
        holder: shorten(&holder.unwrap_or_default()),
        what: families.join(", "),
        sentence: rules::rule(&rule).map_or("", |rule| rule.sentence),
        rule,
    }
}

fn day(at: Moment) -> String {
    at.timestamp().strftime("%-d %B %Y").to_string()
}

fn minute(at: Moment) -> String {
    at.timestamp().strftime("%-d %b, %H:%M").to_string()
}
