//! The values of options: what is refused at the start, and in which words.

use std::net::IpAddr;
use std::time::Duration;

use crate::world::Moment;

/// `now`, or a time that can be read.
pub(super) fn clock_start(text: &str) -> Result<String, String> {
    if text != "now" {
        let _: Moment = text.parse()?;
    }
    Ok(text.to_owned())
}

/// `*`, or scheme, host and port as browsers send them.
pub(super) fn origin(text: &str) -> Result<String, String> {
    let plain = |host: &str| !host.is_empty() && !host.contains(['/', '?', '#', '*', ' ']);
    let is_origin = text
        .split_once("://")
        .is_some_and(|(scheme, host)| matches!(scheme, "http" | "https") && plain(host));
    if text == "*" || is_origin {
        return Ok(text.to_owned());
    }
    Err("an origin is scheme, host and port without a path: http://localhost:3000".to_owned())
}

/// A time span above zero: whole seconds, or a duration with its units.
pub(super) fn idle(text: &str) -> Result<Duration, String> {
    let wrong = || format!("\"{text}\" is neither seconds nor a duration such as 30m or PT2H");
    let span = match text.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let span: jiff::SignedDuration = text.parse().map_err(|_| wrong())?;
            Duration::try_from(span).map_err(|_| wrong())?
        }
    };
    if span.is_zero() {
        return Err("it must be longer than nothing; leave the option out to keep all".to_owned());
    }
    Ok(span)
}

/// A bound: of none, nothing would work.
pub(super) fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => {
            let wrong = "0 would allow nothing: name at least 1, or leave the option out";
            Err(wrong.to_owned())
        }
        Ok(number) => Ok(number),
        Err(error) => Err(format!("it must be a whole number of at least 1: {error}")),
    }
}

/// A host that webhooks may name; `*` is any.
pub(super) fn webhook_host(text: &str) -> Result<String, String> {
    match text {
        "*" => Ok(text.to_owned()),
        _ => host(text),
    }
}

/// The name of a host as browsers send it, without what stands around it.
pub(super) fn host(text: &str) -> Result<String, String> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    let is_name = !text.is_empty() && text.bytes().all(plain);
    if is_name || text.parse::<IpAddr>().is_ok() {
        return Ok(text.to_owned());
    }
    let wrong = "a host is a name or an address alone, without scheme, port, path and blanks: \
                 hubsim.example";
    Err(wrong.to_owned())
}
