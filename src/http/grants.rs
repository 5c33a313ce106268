//! OAuth: codes and refresh tokens that wait to be exchanged, and the tokens that come of them.

use std::sync::atomic::{AtomicUsize, Ordering};

use dashmap::DashMap;
use uuid::Uuid;

use super::app::App;
use super::auth::{Issued, is_over};
use super::challenge::Challenge;
use super::tenant::Tenant;
use crate::model::role::Role;
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Moment, ids};

/// The most tokens, and the most codes and refresh tokens, of a sandbox.
const GRANTS_MAX: usize = 5_000;

/// Whom a code, a refresh token or an issued token stands for.
#[derive(Debug, Clone, Copy)]
pub enum ActsAs {
    /// Whoever holds a role.
    Role(&'static Role),
    /// A person, whatever the e-mail address becomes.
    Person(Uuid),
}

/// What a code or a refresh token stands for.
#[derive(Debug, Clone)]
pub struct Grant {
    /// The sandbox.
    pub sandbox: String,
    /// Whom it stands for.
    pub acts_as: ActsAs,
    /// Whether it is a refresh token; else it is a code.
    pub is_refresh: bool,
    /// The client that asked for it.
    pub client_id: String,
    /// Where a code was sent.
    pub redirect_uri: Option<String>,
    /// What the client must show a verifier for (PKCE).
    pub challenge: Option<Challenge>,
    /// The scopes that were asked for, separated by blanks; none is everything.
    pub scope: Option<String>,
    /// When it ends, by the sandbox's clock.
    pub expires_at: Moment,
}

impl App {
    /// Keeps a grant and answers its secret.
    ///
    /// # Errors
    /// 429 when there are too many.
    pub fn grant(&self, tenant: &Tenant, kind: &str, grant: Grant) -> Result<String, Refusal> {
        let own = |one: &Grant| one.sandbox == tenant.id;
        let end = |one: &Grant| Some(one.expires_at);
        make_room(tenant, &self.grants, &tenant.granted, own, end)?;
        let secret = secret(tenant, kind);
        self.grants.insert(secret.clone(), grant);
        Ok(secret)
    }

    /// Issues a token of a sandbox that ends after so many seconds of its clock.
    ///
    /// # Errors
    /// 429 when there are too many.
    pub fn issue(&self, tenant: &Tenant, grant: &Grant, seconds: u32) -> Result<String, Refusal> {
        let issued = Issued {
            sandbox: tenant.id.clone(),
            acts_as: grant.acts_as,
            acts_in: None,
            client_id: Some(grant.client_id.clone()),
            scope: grant.scope.clone(),
            expires_at: Some(after(tenant, seconds)),
        };
        self.issue_as(tenant, issued)
    }

    /// Issues a token of a sandbox for what is said of it.
    ///
    /// # Errors
    /// 429 when there are too many.
    pub fn issue_as(&self, tenant: &Tenant, issued: Issued) -> Result<String, Refusal> {
        let own = |one: &Issued| one.sandbox == tenant.id;
        let end = |one: &Issued| one.expires_at;
        make_room(tenant, &self.issued, &tenant.issued, own, end)?;
        let token = secret(tenant, "token");
        self.issued.insert(token.clone(), issued);
        Ok(token)
    }
}

/// So many seconds from now, by the sandbox's clock.
#[must_use]
pub fn after(tenant: &Tenant, seconds: u32) -> Moment {
    Moment(tenant.time().0.saturating_add(i64::from(seconds) * 1000))
}

impl Grant {
    /// Whether it has ended.
    #[must_use]
    pub fn is_over(&self, tenant: &Tenant) -> bool {
        is_over(tenant, Some(self.expires_at))
    }
}

/// Counts one more of what a sandbox was given. When there seem to be too many, what has ended or
/// was used goes first.
fn make_room<T>(
    tenant: &Tenant,
    all: &DashMap<String, T>,
    count: &AtomicUsize,
    is_own: impl Fn(&T) -> bool,
    end: impl Fn(&T) -> Option<Moment>,
) -> Result<(), Refusal> {
    if count.fetch_add(1, Ordering::Relaxed) < GRANTS_MAX {
        return Ok(());
    }
    all.retain(|_, one| !is_own(one) || !is_over(tenant, end(one)));
    let left = all.iter().filter(|one| is_own(one)).count();
    count.store(left, Ordering::Relaxed);
    if left < GRANTS_MAX {
        count.fetch_add(1, Ordering::Relaxed);
        return Ok(());
    }
    let ends = all.iter().filter(|one| is_own(one));
    let first = ends.filter_map(|one| end(&one)).min();
    let first = first.map_or_else(|| "never".to_owned(), |first| first.to_string());
    let detail = format!(
        "{GRANTS_MAX} tokens, or codes and refresh tokens, of this sandbox have not ended, and a \
         reset keeps them. The first ends at {first} by its clock: move it there by POST \
         /_sim/v1/clock/advance, or use another sandbox."
    );
    Err(Refusal::new(ErrorKind::LimitReached, detail))
}

/// A text from the seed and a counter, so that the same requests get the same tokens. Its second
/// half seals the first.
fn secret(tenant: &Tenant, kind: &str) -> String {
    let number = tenant.next_secret();
    let name = format!("{kind}/{}/{number}", tenant.id);
    let half = ids::named(tenant.sandbox.peek().seed, &name);
    format!("{}{}", half.simple(), seal(half).simple())
}

fn seal(half: Uuid) -> Uuid {
    ids::named(half.as_u64_pair().1, "seal")
}

/// Whether a server like this one made a text as a token, a code or a refresh token, be it long
/// ago: nobody need remember those that ended to tell them from what a stranger made up.
pub(super) fn is_sealed(text: &str) -> bool {
    let halves = text.split_at_checked(32);
    halves.is_some_and(|(half, rest)| {
        Uuid::try_parse(half).is_ok_and(|half| seal(half).simple().to_string() == rest)
    })
}
