//! What the reader of an explanation can do about it.

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

/// What the reader can do about a refusal, a loss or something left out.
pub(super) fn remedy(
    refusal: Option<&Refusal>,
    items: &[Item],
    warned: bool,
    sandbox: &str,
) -> Option<String> {
    if let Some(refusal) = refusal {
        return Some(refusal.kind.row().remedy.to_owned());
    }
    let lost: Vec<&str> = items
        .iter()
        .flat_map(|item| item.lost.iter().map(|lost| lost.rule.as_str()))
        .collect();
    if lost.is_empty() {
        let again = "Mend what the warnings name, then ask again for what was left out.";
        return warned.then(|| again.to_owned());
    }
    let losing = items.iter().filter(|item| !item.lost.is_empty());
    let first = losing.map(|item| item.revision).min().unwrap_or_default();
    let before = first.saturating_sub(1);
    let next = NEXT_TIME.iter().find(|(rule, _)| lost.contains(rule));
    let next = next.map_or(SAME_SAVE, |(_, text)| *text);
    Some(format!(
        "Nothing brings back what was lost but an earlier state of the sandbox: fork the one \
         before with POST /_sim/v1/sandboxes {{\"from\": \"{sandbox}@{before}\"}} while it is kept, \
         or start over with POST /_sim/v1/sandboxes/{sandbox}/reset. {next}"
    ))
}
