//! What the reader of an explanation can do about it.

use super::tasks::Started;
use crate::control::ledger::Item;
use crate::refusal::Refusal;

/// How to keep everything the next time, by the rule of the loss.
const NEXT_TIME: &[(&str, &str)] = &[
    (
        "MOVE-12",
        "Next time move people off a suspended subscription one by one with Edit licences \
         (MOVE-05), or reactivate it before the template is applied.",
    ),
    (
        "MOVE-13",
        "Next time move people off a suspended subscription one by one with Edit licences \
         (MOVE-05), or reactivate it before the file is imported.",
    ),
    (
        "SUB-04",
        "Next time move everybody to another subscription before this one is cancelled (MOVE-16).",
    ),
    (
        "SUB-06",
        "Next time move everybody to another subscription before this one is cancelled (MOVE-16).",
    ),
    (
        "LOSS-05",
        "Next time read the settings before deleting, if they are still needed.",
    ),
    (
        "DEC-10",
        "Next time see that the new licence can be assigned (an active subscription with a free \
         unit) before the old one is taken away.",
    ),
    (
        "DEC-11",
        "Next time see that the new licence can be assigned (an active subscription with a free \
         unit) before the old one is left out.",
    ),
    (
        "WS-16",
        "A hot desk only workspace has neither number nor extension: keep the other licence where \
         they are needed.",
    ),
];

/// What holds for a plain removal.
const SAME_SAVE: &str = "Next time, if the holder is to keep Calling, take the new Calling licence \
                         in the same save: that is a move and keeps everything (MOVE-01).";

/// What holds where something was left out.
const LEFT_OUT: &str = "Mend what the warnings name, then ask again for what was left out.";

/// What the reader can do about a refusal. `meant` is what a path that leads nowhere may have
/// meant.
pub(super) fn of_refusal(refusal: &Refusal, meant: Option<&str>) -> String {
    let remedy = refusal.kind.row().remedy;
    match meant {
        Some(meant) => format!("Did you mean {meant}? {remedy}"),
        None => remedy.to_owned(),
    }
}

/// What the reader can do about a loss, failures of a task or something left out.
pub(super) fn after(
    items: &[Item],
    started: &Started,
    left_out: bool,
    sandbox: &str,
) -> Option<String> {
    let failures = started.remedies.iter().map(|text| (*text).to_owned());
    let all: Vec<String> = after_loss(items, sandbox)
        .into_iter()
        .chain(failures)
        .collect();
    if all.is_empty() {
        return left_out.then(|| LEFT_OUT.to_owned());
    }
    Some(all.join(" "))
}

/// What the reader can do about losses.
fn after_loss(items: &[Item], sandbox: &str) -> Option<String> {
    let lost: Vec<&str> = items
        .iter()
        .flat_map(|item| item.lost.iter().map(|lost| lost.rule.as_str()))
        .collect();
    let losing = items.iter().filter(|item| !item.lost.is_empty());
    let first = losing.map(|item| item.revision).min()?;
    let before = first.saturating_sub(1);
    let next = NEXT_TIME.iter().find(|(rule, _)| lost.contains(rule));
    let next = next.map_or(SAME_SAVE, |(_, text)| *text);
    Some(format!(
        "Nothing brings back what was lost but an earlier state of the sandbox: POST \
         /_sim/v1/undo when it was the last step, a fork of the one before with POST /_sim/v1/sandboxes {{\"from\": \"{sandbox}@{before}\"}} while it is kept, \
         or a new start with POST /_sim/v1/sandboxes/{sandbox}/reset. {next}"
    ))
}
