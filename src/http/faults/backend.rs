//! Failures inside an operation: which rule makes a system behind Webex fail for a call.

use std::sync::Arc;

use super::rule::Backend;
use super::standing::Standing;
use super::{Faults, Simulated, Told};
use crate::http::auth::is_actor;
use crate::http::call::Call;
use crate::model::backend::{BackendFailure, WholesaleFailures};

/// The operations that ask about a failure of a system.
const ASKED: [(Backend, &[&str]); 3] = [
    (Backend::WholesaleAttributeUpdate, &WHOLESALE),
    (Backend::WholesaleLicenseUpdate, &WHOLESALE),
    (
        Backend::ContactCenterSync,
        &["synchronizeContactCenter", "addUsersManually"],
    ),
];

/// The operations that give packages to subscribers.
const WHOLESALE: [&str; 5] = [
    "provisionAWholesaleSubscriber",
    "updateAWholesaleSubscriber",
    "changeUserPackage",
    "addUsersManually",
    "importUsers",
];

/// The ids of the operations inside which a system can fail.
pub(super) fn asking(backend: Backend) -> impl Iterator<Item = &'static str> {
    let rows = ASKED.iter().filter(move |(asked, _)| *asked == backend);
    rows.flat_map(|(_, operations)| operations.iter().copied())
}

fn asks(backend: Backend, operation: &str) -> bool {
    asking(backend).any(|id| id == operation)
}

impl Call<'_> {
    /// Lets a rule make a system behind Webex fail inside this call. It counts one hit, however
    /// many holders the call concerns; a rule for one holder fails for that one alone.
    #[must_use]
    pub fn backend_failure(&self, backend: Backend) -> Option<BackendFailure> {
        debug_assert!(
            asks(backend, self.operation.id),
            "{} asks about a failure that ASKED does not list",
            self.operation.id
        );
        let rule = self.tenant.faults.fail(backend, self)?;
        let effect = Told {
            backend: Some(backend),
            ..Told::default()
        };
        let id = Arc::clone(&rule.id);
        let simulated = Simulated { id, effect };
        self.app.metrics.count_fault(&simulated);
        self.struck.replace(Some(Box::new(simulated)));
        Some(BackendFailure {
            rule: rule.id.to_string(),
            holder: rule.rule.r#match.holder.clone(),
        })
    }

    /// Lets rules make updates of wholesale subscribers fail inside this call.
    #[must_use]
    pub fn wholesale_failures(&self) -> WholesaleFailures {
        WholesaleFailures {
            attributes: self.backend_failure(Backend::WholesaleAttributeUpdate),
            licenses: self.backend_failure(Backend::WholesaleLicenseUpdate),
        }
    }
}

impl Faults {
    /// The first rule that makes a back end fail for a call.
    fn fail(&self, backend: Backend, call: &Call<'_>) -> Option<Arc<Standing>> {
        if !self.stands() {
            return None;
        }
        let rules = self.list();
        let mut rules = rules.iter();
        let found = rules.find(|rule| {
            let is_meant = rule.rule.effect.backend == Some(backend) && concerns(rule, call);
            is_meant && rule.takes_turn(call.now).is_some()
        });
        found.cloned()
    }
}

/// Whether everything but the holder that a match names applies to a call.
fn concerns(rule: &Standing, call: &Call<'_>) -> bool {
    let wanted = &rule.rule.r#match;
    let fits =
        |text: &Option<String>, fits: &dyn Fn(&str) -> bool| text.as_deref().is_none_or(fits);
    let session = call.session.as_ref();
    fits(&wanted.operation, &|id| id == call.operation.id)
        && fits(&wanted.method, &|method| {
            method.eq_ignore_ascii_case(call.operation.method.name())
        })
        && fits(&wanted.path_prefix, &|prefix| call.path.starts_with(prefix))
        && fits(&wanted.actor, &|actor| {
            session.is_some_and(|session| is_actor(&session.actor, actor))
        })
}
