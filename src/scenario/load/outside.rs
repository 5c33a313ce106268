//! Accounts outside the organisations of a scenario.

use super::Failures;
use crate::model::{Email, OutsideAccount};
use crate::resources::outside_accounts;
use crate::scenario::document::Document;
use crate::world::Tx;

/// Makes the accounts known that a document names.
pub(super) fn admit(tx: &mut Tx, document: &Document, failures: &mut Failures) {
    for (index, wanted) in document.outside_accounts.iter().enumerate() {
        let path = format!("outsideAccounts[{index}].email");
        let Some(email) = failures.take(&path, wanted.email.parse::<Email>()) else {
            continue;
        };
        let known = outside_accounts::find(tx, email.as_str());
        let known = known.and_then(|id| tx.get::<OutsideAccount>(id));
        if known.is_some_and(|account| account.claim.is_some()) {
            failures.ignore(&path, "The account was claimed and stays so.");
            continue;
        }
        let account = OutsideAccount {
            email,
            kind: wanted.kind,
            organization_name: wanted.organization.clone(),
            claim: None,
        };
        failures.take(&path, outside_accounts::put(tx, account));
    }
}
