//! Where a code of OAuth is sent (RFC 6749, 3.1.2).

use crate::model::number::shorten;
use crate::refusal::Refusal;

/// The longest address.
const LENGTH_MAX: usize = 2000;

/// Schemes that a browser runs or shows by itself: behind them no client waits for a code.
const NO_CLIENT: &[&str] = &[
    "about",
    "blob",
    "data",
    "file",
    "filesystem",
    "javascript",
    "vbscript",
    "view-source",
];

/// Refuses what is no address of a client: one of http or https, or of an app's own scheme.
///
/// # Errors
/// 400.
pub(super) fn check(target: &str) -> Result<(), Refusal> {
    let is_odd = |c: char| !c.is_ascii_graphic();
    if target.len() > LENGTH_MAX || target.contains(is_odd) {
        return Err(wrong(target, "must be plain ASCII of at most 2000 bytes"));
    }
    if target.contains('#') {
        let detail = "must not have a fragment (#): no server would see the code in it";
        return Err(wrong(target, detail));
    }
    let absolute = "must be an absolute address, such as https://client.example/back";
    let split = target
        .split_once(':')
        .filter(|(scheme, _)| is_scheme(scheme));
    let (scheme, rest) = split.ok_or_else(|| wrong(target, absolute))?;
    let is = |name: &&str| scheme.eq_ignore_ascii_case(name);
    if NO_CLIENT.iter().any(is) {
        let detail = "has a scheme behind which no client is: send http, https or an app's own";
        return Err(wrong(target, detail));
    }
    let is_whole = match ["http", "https"].iter().any(is) {
        true => rest.strip_prefix("//").is_some_and(has_host),
        // Apps have schemes of their own, with one slash or two (RFC 8252, 7.1).
        false => rest.starts_with('/') && rest.len() > 1 && rest != "//",
    };
    match is_whole {
        true => Ok(()),
        false => Err(wrong(target, absolute)),
    }
}

/// An address with more parameters.
pub(super) fn with(target: &str, query: &str) -> String {
    let separator = match target.split_once('?') {
        None => "?",
        Some((_, before)) if before.is_empty() || before.ends_with('&') => "",
        Some(_) => "&",
    };
    format!("{target}{separator}{query}")
}

fn is_scheme(text: &str) -> bool {
    let is_part = |b: u8| b.is_ascii_alphanumeric() || b"+-.".contains(&b);
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.bytes().all(is_part)
}

fn has_host(rest: &str) -> bool {
    !rest.is_empty() && !rest.starts_with(['/', '?', ':'])
}

fn wrong(target: &str, detail: &str) -> Refusal {
    Refusal::bad_request(format!("redirect_uri \"{}\" {detail}.", shorten(target)))
}
