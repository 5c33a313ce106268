//! The log: to standard error, as text or as JSON, filtered by `HUBSIM_LOG`.
//!
//! Our own lines name sandbox, operation and tracking id, never a token, a PIN, a path or a body.
//! What libraries tell below a warning may hold whole headers, so it is never written.

use std::io::IsTerminal;
use std::panic::PanicHookInfo;

use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterExt, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

use crate::options::{LogFormat, is_set};

/// Where the listener tells of connections that end early: by their clients, or by a simulated
/// fault, which the journal tells better.
const CONNECTIONS: &str = "actix_http::h1::dispatcher";

/// Starts the log. A second call does nothing.
pub fn start(format: LogFormat) {
    let asked = is_set("HUBSIM_LOG").then(|| EnvFilter::try_from_env("HUBSIM_LOG").ok());
    let filter = asked.flatten();
    let filter = filter.unwrap_or_else(|| EnvFilter::new("warn,hubsim=info"));
    // A file is no place for colours.
    let has_colours = std::io::stderr().is_terminal() && !is_set("NO_COLOR");
    let layer = fmt::layer().with_ansi(has_colours);
    let layer = layer.with_writer(std::io::stderr);
    let layer = match format {
        LogFormat::Text => layer.without_time().with_target(false).boxed(),
        LogFormat::Json => layer.json().boxed(),
    };
    let layer = layer.with_filter(filter.and(filter_fn(is_safe)));
    // An embedding program may have a log of its own already, which then stays.
    if tracing_subscriber::registry()
        .with(layer)
        .try_init()
        .is_ok()
    {
        std::panic::set_hook(Box::new(panicked));
    }
}

/// Tells of a panic as of everything else, so that every line of a log can be read alike.
fn panicked(panic: &PanicHookInfo<'_>) {
    let message = panic.payload_as_str().unwrap_or("no words");
    let place = panic.location().map(ToString::to_string);
    let thread = std::thread::current();
    tracing::error!(
        said = message,
        place = place.unwrap_or_default(),
        thread = thread.name().unwrap_or("unnamed"),
        "a panic, which is a defect of hubsim"
    );
}

/// Whether a line cannot hold a secret.
fn is_safe(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    let is_own = target == "hubsim" || target.starts_with("hubsim::");
    is_own || *metadata.level() <= Level::WARN && target != CONNECTIONS
}
