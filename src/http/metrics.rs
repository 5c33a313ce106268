//! Counters of a server, and their text for Prometheus. Counting a request costs three relaxed
//! additions; everything else is counted when somebody asks.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::app::App;
use super::faults::Simulated;
use super::operation::{Fidelity, Operation};
use super::table::Table;
use super::throttle;
use crate::tasks::Task;
use crate::world::World;

/// The media type of the text (Prometheus, text-based exposition format).
pub const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Upper bounds of the durations that are told apart, in microseconds.
const BOUNDS: [u64; 11] = [
    50, 100, 250, 500, 1_000, 2_500, 10_000, 50_000, 250_000, 1_000_000, 10_000_000,
];

/// Classes of statuses: by their first digit, and connections that a fault closed unanswered.
const CLASSES: [&str; 5] = ["2xx", "3xx", "4xx", "5xx", "closed"];

/// Kinds of simulated faults.
const FAULTS: [&str; 5] = ["status", "delay", "drop", "rate-limit", "backend"];

type Counts<const N: usize> = [AtomicU64; N];

/// The counters of a server.
#[derive(Debug)]
pub struct Metrics {
    /// One for each simulated operation, then one for all others and one for what is none.
    requests: Box<[Counts<{ CLASSES.len() }>]>,
    durations: Counts<{ BOUNDS.len() + 1 }>,
    micros: AtomicU64,
    faults: Counts<{ FAULTS.len() }>,
    /// Commits of sandboxes that are gone.
    pub(super) past_commits: AtomicU64,
}

impl Metrics {
    /// Nothing counted. Operations that are not simulated stand at the end of the table.
    #[must_use]
    pub fn new(table: &Table) -> Self {
        let simulated = simulated(table);
        Self {
            requests: (0..simulated + 2).map(|_| Counts::default()).collect(),
            durations: Counts::default(),
            micros: AtomicU64::new(0),
            faults: Counts::default(),
            past_commits: AtomicU64::new(0),
        }
    }

    /// Counts a request.
    pub fn observe(&self, operation: Option<&Operation>, status: u16, took: Duration) {
        let last = self.requests.len() - 1;
        let row = operation.map_or(last, |operation| operation.place.min(last - 1));
        let class = match status {
            200..300 => 0,
            300..400 => 1,
            400..500 => 2,
            0 => 4,
            _ => 3,
        };
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bound = BOUNDS.iter().position(|bound| micros <= *bound);
        let bound = bound.unwrap_or(BOUNDS.len());
        if let Some(counts) = self.requests.get(row) {
            add(counts, class, 1);
        }
        add(&self.durations, bound, 1);
        self.micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// Counts what was simulated about a request.
    pub(super) fn count_fault(&self, simulated: &Simulated) {
        let effect = &simulated.effect;
        let is_limit = &*simulated.id == throttle::ID;
        let kinds = [
            effect.status.is_some() && !is_limit,
            effect.delay_ms.is_some(),
            effect.drop.is_some(),
            is_limit,
            effect.backend.is_some(),
        ];
        for (kind, _) in kinds.iter().enumerate().filter(|(_, is_so)| **is_so) {
            add(&self.faults, kind, 1);
        }
    }
}

fn add(counts: &[AtomicU64], place: usize, count: u64) {
    if let Some(counter) = counts.get(place) {
        counter.fetch_add(count, Ordering::Relaxed);
    }
}

/// How many operations are simulated; they stand before the others.
fn simulated(table: &Table) -> usize {
    let operations = table.operations.iter();
    let first = operations
        .clone()
        .position(|row| row.fidelity == Fidelity::F0);
    first.unwrap_or(operations.len())
}

/// What the sandboxes hold altogether.
#[derive(Default)]
struct Holdings {
    sandboxes: u64,
    commits: u64,
    ledger_bytes: u64,
    journal_bytes: u64,
    unfinished: u64,
    finished: u64,
}

impl Holdings {
    fn of(app: &App) -> Self {
        let mut all = Self {
            commits: app.metrics.past_commits.load(Ordering::Relaxed),
            ..Self::default()
        };
        let tenants: Vec<_> = app
            .tenants
            .iter()
            .map(|it| std::sync::Arc::clone(&it))
            .collect();
        for tenant in tenants {
            let (commits, bytes) = tenant
                .sandbox
                .ledger(|ledger| (ledger.appended, ledger.bytes()));
            all.sandboxes += 1;
            all.commits += commits;
            all.ledger_bytes += bytes as u64;
            all.journal_bytes += tenant.journal.bytes() as u64;
            all.count_tasks(&tenant.sandbox.read());
        }
        all
    }

    fn count_tasks(&mut self, world: &World) {
        for (_, task) in world.list::<Task>() {
            match task.status.is_unfinished() {
                true => self.unfinished += 1,
                false => self.finished += 1,
            }
        }
    }
}

/// A page in the making.
#[derive(Default)]
struct Page(String);

impl Page {
    fn family(&mut self, name: &str, kind: &str, help: &str) {
        self.line(format_args!("# HELP {name} {help}"));
        self.line(format_args!("# TYPE {name} {kind}"));
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a text cannot fail.
        writeln!(self.0, "{line}").unwrap_or_default();
    }

    fn single(&mut self, name: &str, kind: &str, help: &str, value: u64) {
        self.family(name, kind, help);
        self.line(format_args!("{name} {value}"));
    }
}

/// The counters as Prometheus reads them. Counters that stand at nothing are left out where there
/// is one for each operation.
#[must_use]
pub fn render(app: &App) -> String {
    let mut page = Page::default();
    requests(&mut page, app);
    durations(&mut page, &app.metrics);
    let name = "hubsim_simulated_faults_total";
    page.family(
        name,
        "counter",
        "Requests that a fault rule or the rate limit struck.",
    );
    for (kind, count) in FAULTS.iter().zip(&app.metrics.faults) {
        let count = count.load(Ordering::Relaxed);
        page.line(format_args!("{name}{{kind=\"{kind}\"}} {count}"));
    }
    let all = Holdings::of(app);
    let gauge = "gauge";
    page.single(
        "hubsim_sandboxes",
        gauge,
        "Sandboxes that exist.",
        all.sandboxes,
    );
    page.single(
        "hubsim_commits_total",
        "counter",
        "Commits of all sandboxes.",
        all.commits,
    );
    page.family(
        "hubsim_tasks",
        gauge,
        "Tasks of all sandboxes that are kept.",
    );
    page.line(format_args!(
        "hubsim_tasks{{state=\"unfinished\"}} {}",
        all.unfinished
    ));
    page.line(format_args!(
        "hubsim_tasks{{state=\"finished\"}} {}",
        all.finished
    ));
    let help = "Bytes that the ledgers keep, about.";
    page.single("hubsim_ledger_bytes", gauge, help, all.ledger_bytes);
    let help = "Bytes that the journals of requests keep, about.";
    page.single("hubsim_journal_bytes", gauge, help, all.journal_bytes);
    page.0
}

fn requests(page: &mut Page, app: &App) {
    let name = "hubsim_requests_total";
    page.family(
        name,
        "counter",
        "Requests by operation and class of status.",
    );
    let last = app.metrics.requests.len() - 1;
    for (row, counts) in app.metrics.requests.iter().enumerate() {
        let (operation, method, path) = match app.table.operations.get(row) {
            _ if row == last => ("none", "", ""),
            Some(it) if row + 1 < last => (it.id, it.method.name(), it.path),
            _ => ("notSimulated", "", ""),
        };
        for (class, count) in CLASSES.iter().zip(counts) {
            let count = count.load(Ordering::Relaxed);
            if count > 0 {
                page.line(format_args!(
                    "{name}{{operation=\"{operation}\",method=\"{method}\",path=\"{path}\",\
                     status=\"{class}\"}} {count}"
                ));
            }
        }
    }
}

fn durations(page: &mut Page, metrics: &Metrics) {
    let name = "hubsim_request_duration_seconds";
    let help = "From the first byte of the request's body to the answer.";
    page.family(name, "histogram", help);
    let mut sum = 0;
    for (place, count) in metrics.durations.iter().enumerate() {
        sum += count.load(Ordering::Relaxed);
        match BOUNDS.get(place) {
            Some(bound) => {
                let bound = seconds(*bound);
                page.line(format_args!("{name}_bucket{{le=\"{bound}\"}} {sum}"));
            }
            None => page.line(format_args!("{name}_bucket{{le=\"+Inf\"}} {sum}")),
        }
    }
    let micros = seconds(metrics.micros.load(Ordering::Relaxed));
    page.line(format_args!("{name}_sum {micros}"));
    page.line(format_args!("{name}_count {sum}"));
}

/// Microseconds in seconds, without rounding.
fn seconds(micros: u64) -> String {
    let text = format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_that_are_simulated_stand_before_all_others() {
        let table = crate::catalog::table();
        let (first, rest) = table.operations.split_at(simulated(table));
        assert!(first.iter().all(|row| row.fidelity != Fidelity::F0));
        assert!(rest.iter().all(|row| row.fidelity == Fidelity::F0));
        assert!(first.len() > 100 && rest.len() > 100);
        for (place, row) in table.operations.iter().enumerate() {
            assert_eq!(row.place, place);
        }
    }

    #[test]
    fn seconds_are_written_in_full() {
        assert_eq!(seconds(50), "0.00005");
        assert_eq!(seconds(10_000_000), "10");
        assert_eq!(seconds(1_250_000), "1.25");
    }
}
