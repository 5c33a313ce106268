//! Who comes to a group or leaves it: the group's template acts in the same commit (TMPL-12,
//! TMPL-20).

use std::borrow::Cow;

use uuid::Uuid;

use super::combined::{Combined, preserves_between_groups};
use super::{Keep, apply_to, combined, get};
use crate::licensing::outcome::Action;
use crate::model::Group;
use crate::world::Tx;

/// Gives those who have come to a group what the templates that are theirs now give, and takes
/// from those who have left what its template gave, unless licences are preserved. The group is
/// as it shall be already. A group without a template changes nobody's licences.
pub fn change_members(tx: &mut Tx, id: Uuid, come: &[Uuid], left: &[Uuid]) {
    let Some(template) = get(tx, id).cloned() else {
        return;
    };
    let organization = template.organization;
    let preserves = preserves_between_groups(tx, organization);
    let mut failed = 0_usize;
    let theirs = combined(tx, organization, come);
    let keep = Keep::preserving(preserves);
    for person in come {
        failed += usize::from(serve(tx, *person, theirs.get(person), keep));
    }
    if !preserves && !left.is_empty() {
        let theirs = combined(tx, organization, left);
        let keep = Keep::AllBut(&template.licenses);
        tx.by_rule("DEC-61");
        for person in left {
            failed += usize::from(serve(tx, *person, theirs.get(person), keep));
        }
    }
    if failed > 0 {
        let group = tx.get::<Group>(id).map(|group| group.display_name.clone());
        tx.by_rule("TMPL-18");
        tx.warn(format!(
            "{failed} of the people who came to group {} or left it could not be served; \
             GET /_hub/v1/organizations/me/licenses/report tells who and why.",
            group.unwrap_or_default(),
        ));
    }
}

/// Does to one person what the templates say that are theirs now, and tells the ledger by which
/// rules. Answers whether something failed.
fn serve(tx: &mut Tx, person: Uuid, theirs: Option<&Combined>, keep: Keep<'_>) -> bool {
    let licenses = theirs.map_or(&[][..], |theirs| &theirs.licenses);
    let outcome = apply_to(tx, person, licenses, keep);
    if outcome.action != Action::None && !outcome.was_refused() {
        let rules = outcome.rules.iter().filter_map(|rule| match rule {
            Cow::Borrowed(rule) => Some(*rule),
            Cow::Owned(_) => None,
        });
        let several = theirs.filter(|theirs| theirs.sources.len() > 1);
        let several = several.iter().flat_map(|_| ["TMPL-11", "TMPL-20"]);
        tx.decided(person, rules.chain(["TMPL-12"]).chain(several));
    }
    outcome.error.is_some()
}
