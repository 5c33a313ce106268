//! The log: to standard error, as text or as JSON, filtered by `HUBSIM_LOG`.

use tracing_subscriber::EnvFilter;

use crate::options::LogFormat;

/// Starts the log. A second call does nothing.
pub fn start(format: LogFormat) {
    let filter = EnvFilter::try_from_env("HUBSIM_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,hubsim=info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // An embedding program may have a log of its own already, which then stays.
    let started = match format {
        LogFormat::Text => builder.without_time().with_target(false).try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
    drop(started);
}
