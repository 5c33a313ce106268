//! Who asks: tokens, roles, and the sandbox that a token leads to (hub-and-sim-api.md, *Tokens*).

mod actor;
mod refused;

use std::borrow::Cow;
use std::sync::Arc;

use uuid::Uuid;

use actor::{active_actor, custom_rights, find_holder, person_actor, rights, role_actor};
use refused::{ended, gone, not_issued};

use super::app::{App, check_id};
use super::grants::{ActsAs, is_sealed};
use super::places::Places;
use super::roles::Roles;
use super::scopes::Granted;
use super::tenant::Tenant;
use super::usage::Used;
use crate::model::Person;
use crate::model::number::shorten;
use crate::model::organization::manages;
use crate::model::role::{ROLES, Role};
use crate::options::AuthMode;
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Actor, Moment, World};

/// A token that was issued for a sandbox.
#[derive(Debug, Clone)]
pub struct Issued {
    /// The sandbox.
    pub sandbox: String,
    /// Whom it stands for.
    pub acts_as: ActsAs,
    /// The customer that a partner's administrator launched Control Hub into.
    pub acts_in: Option<Uuid>,
    /// The client that asked for it.
    pub client_id: Option<String>,
    /// The scopes that were asked for; none is everything.
    pub scope: Option<String>,
    /// When it ends, by the sandbox's clock; named tokens do not.
    pub expires_at: Option<Moment>,
}

/// What the edge remembers of a token.
#[derive(Debug, Clone)]
pub struct Session {
    /// The sandbox it opens.
    pub tenant: Arc<Tenant>,
    /// Who acts.
    pub actor: Arc<Actor>,
    /// The customer in which a partner's administrator acts.
    pub acts_in: Option<Uuid>,
    /// In which role; none is an ordinary person.
    pub role: Option<&'static Role>,
    /// The roles in which it acts: that of the token, or those of the person.
    pub rights: Roles,
    /// What the custom roles of the person allowed when it was opened; none where there are none.
    pub custom: Option<Roles>,
    /// The locations to which it is bound.
    pub places: Places,
    /// When the token ends.
    pub expires_at: Option<Moment>,
    /// Whether the token is unknown and was let in because authentication is open.
    pub unknown: bool,
    /// What the token was allowed; none is everything.
    pub granted: Option<Arc<Granted>>,
    /// Which operations were called.
    pub used: Arc<Used>,
}

/// The most sessions that are remembered.
const MAX_SESSIONS: usize = 100_000;

/// A token taken apart.
#[derive(Default)]
struct Named<'a> {
    role: Option<&'static Role>,
    email: Option<&'a str>,
    person: Option<Uuid>,
    sandbox: Option<&'a str>,
}

impl From<ActsAs> for Named<'_> {
    fn from(acts_as: ActsAs) -> Self {
        let (role, person) = match acts_as {
            ActsAs::Role(role) => (Some(role), None),
            ActsAs::Person(person) => (None, Some(person)),
        };
        Self {
            role,
            person,
            ..Self::default()
        }
    }
}

fn parse(token: &str) -> Option<Named<'_>> {
    if let Some(rest) = token.strip_prefix("user:") {
        return Some(Named {
            email: Some(rest),
            ..Named::default()
        });
    }
    if let Some((sandbox, email)) = token.strip_prefix("user.").and_then(|r| r.split_once(':')) {
        return Some(Named {
            email: Some(email),
            sandbox: Some(sandbox),
            ..Named::default()
        });
    }
    let (name, sandbox) = match token.split_once('.') {
        Some((name, sandbox)) => (name, Some(sandbox)),
        None => (token, None),
    };
    let role = ROLES.iter().find(|role| role.token == name)?;
    Some(Named {
        role: Some(role),
        sandbox,
        ..Named::default()
    })
}

/// The bearer token of an `Authorization` header.
///
/// # Errors
/// 401 when there is none, or one with blanks.
pub fn bearer(authorization: Option<&str>) -> Result<&str, Refusal> {
    let unauthorized = || {
        let words = ErrorKind::Unauthorized.row().message;
        Refusal::new(ErrorKind::Unauthorized, words)
    };
    let (scheme, token) = authorization
        .and_then(|h| h.split_once(' '))
        .ok_or_else(unauthorized)?;
    let token = token.trim();
    let plain = !token.is_empty() && token.len() <= 4096 && !token.contains(char::is_whitespace);
    if scheme.eq_ignore_ascii_case("bearer") && plain {
        Ok(token)
    } else {
        Err(unauthorized())
    }
}

/// The session of a token. `selected` is the sandbox that path, header or host name.
///
/// # Errors
/// 401 for a token that is not let in, 400 when selectors disagree, 403 for another sandbox's
/// token, 404 for an unknown sandbox.
pub fn session(app: &App, token: &str, selected: Option<&str>) -> Result<Session, Refusal> {
    // A sandbox that path, header or host chose for one request must not stick to the token.
    let key = match selected {
        None => Cow::Borrowed(token),
        Some(id) => Cow::Owned(format!("{token} {id}")),
    };
    if let Some(session) = app.sessions.get(&*key)
        && still_true(&session)
    {
        return Ok(Session::clone(&session));
    }
    let session = open(app, token, selected)?;
    if app.sessions.len() >= MAX_SESSIONS {
        app.sessions.clear();
    }
    app.sessions.insert(key.into_owned(), session.clone());
    Ok(session)
}

fn still_true(session: &Session) -> bool {
    if session.tenant.is_closed() || is_over(&session.tenant, session.expires_at) {
        return false;
    }
    let world = session.tenant.sandbox.peek();
    if !is_managed(&world, &session.actor, session.acts_in) {
        return false;
    }
    let Some(person) = session.actor.person else {
        return session
            .role
            .is_none_or(|role| find_holder(&world, role).is_none());
    };
    let person = world.get::<Person>(person);
    person.is_some_and(|person| {
        person.login_enabled
            && person.email.as_str() == &*session.actor.email
            && person.roles == *session.actor.roles
            && session.places.are_of(person)
            && session
                .custom
                .is_none_or(|custom| custom == custom_rights(&world, &person.roles))
            && session
                .role
                .is_none_or(|role| person.roles.iter().any(|key| key == role.key))
    })
}

/// Whether the customer that an actor entered is still managed by the actor's organisation.
fn is_managed(world: &World, actor: &Actor, customer: Option<Uuid>) -> bool {
    customer.is_none_or(|customer| {
        let partner = actor.organization;
        partner.is_some_and(|partner| manages(world, partner, customer))
    })
}

/// Whether a moment has come by the sandbox's clock.
pub(super) fn is_over(tenant: &Tenant, end: Option<Moment>) -> bool {
    end.is_some_and(|end| tenant.time() >= end)
}

fn open(app: &App, token: &str, selected: Option<&str>) -> Result<Session, Refusal> {
    let issued = app.issued.get(token).map(|issued| issued.clone());
    let (acts_as, sandbox) = match &issued {
        Some(issued) => (
            Some(Named::from(issued.acts_as)),
            Some(issued.sandbox.as_str()),
        ),
        None if app.options.auth == AuthMode::Strict => {
            return Err(not_issued());
        }
        // One of ours is never a stranger's, who would be a full administrator.
        None if is_sealed(token) => return Err(ended()),
        None => {
            let named = parse(token);
            let sandbox = named.as_ref().and_then(|named| named.sandbox);
            (named, sandbox)
        }
    };
    let unknown = acts_as.is_none();
    let named = acts_as.unwrap_or(Named {
        role: ROLES.first(),
        ..Named::default()
    });
    let tenant = choose_tenant(app, sandbox, named.email, selected, issued.is_some())?;
    let expires_at = issued.as_ref().and_then(|issued| issued.expires_at);
    if is_over(&tenant, expires_at) {
        let detail = "The access token has expired by the clock of the sandbox; refresh it, or \
                      authorize again.";
        return Err(Refusal::new(ErrorKind::Unauthorized, detail));
    }
    let world = tenant.sandbox.read();
    let actor = match (named.person, named.email) {
        (Some(id), _) => {
            let person = world.get::<Person>(id);
            active_actor(&tenant.id, id, person.ok_or_else(|| gone(&tenant))?)?
        }
        (None, Some(email)) => person_actor(&world, &tenant.id, email)?,
        (None, None) => role_actor(&world, named.role),
    };
    let acts_in = issued.as_ref().and_then(|issued| issued.acts_in);
    if !is_managed(&world, &actor, acts_in) {
        return Err(Refusal::new(ErrorKind::Unauthorized, ""));
    }
    let (rights, custom) = rights(&world, named.role, &actor);
    let places = Places::of(&world, rights, &actor);
    let scope = issued.as_ref().and_then(|issued| issued.scope.as_deref());
    let granted = Granted::of(app.options.scopes, scope);
    let name = name_of(issued.as_ref(), &named, &actor, unknown);
    let is_administrator = rights != Roles::NONE;
    let operations = app.table.operations.len();
    let granted_to = granted.clone();
    let used = tenant
        .usage
        .of(&name, operations, granted_to, is_administrator);
    Ok(Session {
        tenant,
        rights,
        custom,
        places,
        granted,
        used,
        actor: Arc::new(actor),
        acts_in,
        role: named.role,
        expires_at,
        unknown,
    })
}

/// What a token is called where the token itself must not stand.
fn name_of(issued: Option<&Issued>, named: &Named<'_>, actor: &Actor, unknown: bool) -> String {
    let client = issued.and_then(|issued| issued.client_id.as_deref());
    let of_person = named.person.map(|_| &*actor.email);
    let acts_as = match (named.role, named.email.or(of_person)) {
        _ if unknown => "unknown tokens".to_owned(),
        (_, Some(email)) => format!("user:{email}"),
        (Some(role), None) => role.token.to_owned(),
        (None, None) => String::new(),
    };
    match client {
        Some(client) => format!("{acts_as} by {}", shorten(client)),
        None => acts_as,
    }
}

/// The sandbox of a call that needs no token, and whether the call names it. A token that is sent
/// all the same names one as it does elsewhere; one that would not be let in names none.
///
/// # Errors
/// 400 when selectors disagree, 403 for another sandbox's token, 404 for an unknown sandbox.
pub fn sandbox(
    app: &App,
    token: Option<&str>,
    selected: Option<&str>,
) -> Result<(Arc<Tenant>, bool), Refusal> {
    let issued = token.and_then(|token| app.issued.get(token));
    let issued = issued.map(|issued| issued.sandbox.clone());
    let is_open = app.options.auth == AuthMode::Open;
    let named = token.filter(|token| is_open && !is_sealed(token));
    let named = named.and_then(parse).unwrap_or_default();
    let of_token = issued.as_deref().or(named.sandbox);
    let tenant = choose_tenant(app, of_token, named.email, selected, issued.is_some())?;
    Ok((tenant, of_token.or(selected).is_some()))
}

fn choose_tenant(
    app: &App,
    of_token: Option<&str>,
    email: Option<&str>,
    selected: Option<&str>,
    issued: bool,
) -> Result<Arc<Tenant>, Refusal> {
    match (of_token, selected) {
        (Some(of_token), Some(selected)) if of_token != selected => {
            let detail = format!(
                "The token belongs to sandbox \"{of_token}\", the request names \"{selected}\"."
            );
            let kind = if issued {
                ErrorKind::Forbidden
            } else {
                ErrorKind::ConflictingSelectors
            };
            Err(Refusal::new(kind, detail))
        }
        (_, Some(selected)) => app.tenant(selected),
        (Some(of_token), None) => named_tenant(app, of_token, email),
        (None, None) => Ok(Arc::clone(&app.default)),
    }
}

/// The sandbox of a named token; while authentication is open, one that does not exist is created
/// from the baseline, if the token would be let in there.
fn named_tenant(app: &App, id: &str, email: Option<&str>) -> Result<Arc<Tenant>, Refusal> {
    match app.tenant(id) {
        Ok(tenant) => Ok(tenant),
        Err(_) if app.options.no_auto_sandbox => {
            let shown = shorten(id);
            let detail = format!(
                "The token names the sandbox \"{shown}\", which is not there; with \
                 --no-auto-sandbox it is not made. POST /_sim/v1/sandboxes makes it."
            );
            Err(Refusal::new(ErrorKind::Unauthorized, detail))
        }
        // What somebody had made of it is gone: another one in its place would be a surprise.
        Err(expired) if app.expired.find(id) == Some(false) => Err(expired),
        Err(_) => {
            check_id(id)?;
            if let Some(email) = email {
                person_actor(&app.baseline, id, email)?;
            }
            match app.create(id, Arc::clone(&app.baseline)) {
                Err(refusal) if refusal.kind == ErrorKind::Conflict => app.tenant(id),
                other => other.inspect(|tenant| tenant.came_by_itself()),
            }
        }
    }
}

/// Whom a text names, and the sandbox of a named token: `full-admin` and `a` of `full-admin.a`.
#[must_use]
pub fn named(text: &str) -> (&str, Option<&str>) {
    match parse(text) {
        Some(Named {
            email: Some(email),
            sandbox,
            ..
        }) => (email, sandbox),
        Some(Named {
            role: Some(role),
            sandbox,
            ..
        }) => (role.token, sandbox),
        _ => (text, None),
    }
}

/// Whether an actor is the one that a text names: a role, a token's name or an e-mail address.
#[must_use]
pub fn is_actor(actor: &Actor, wanted: &str) -> bool {
    let (named, _) = named(wanted);
    let (email, role) = (named, Role::find(named));
    actor.email.eq_ignore_ascii_case(email)
        || role.is_some_and(|role| actor.roles.iter().any(|key| key == role.key))
}
