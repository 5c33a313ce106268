//! `/v1/authorize` and `/v1/access_token`: OAuth (api-surface.md 1.8).
//!
//! There is no sign-in page: the one who authorises is the full administrator, or the person whom
//! `login_hint` names.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::redirect;
use crate::http::challenge::Challenge;
use crate::http::grants::{ActsAs, Grant, after};
use crate::http::journal::Noted;
use crate::http::scopes;
use crate::http::{Access, Call, Fidelity, Reply, Row, Tenant};
use crate::model::number::shorten;
use crate::model::role::{ROLES, Role};
use crate::model::{Person, spaces};
use crate::options::AuthMode;
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::people;
use crate::world::World;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/v1/authorize", authorize)
        .access(Access::Open)
        .fidelity(Fidelity::F2)
        .queries(&[
            ("client_id", "The client; required."),
            ("response_type", "`code`; required."),
            ("redirect_uri", "Where the code is sent; required."),
            ("scope", "The scopes, separated by blanks."),
            ("state", "What is sent back with the code."),
            (
                "login_hint",
                "The e-mail address of the one who authorizes.",
            ),
            ("code_challenge", "A challenge (PKCE)."),
            ("code_challenge_method", "`S256`, or `plain` when left out."),
        ])
        .status(302),
    Row::post("/v1/access_token", access_token)
        .access(Access::Open)
        .fidelity(Fidelity::F3)
        .takes_as::<TokenForm>("application/x-www-form-urlencoded")
        .answers::<TokenBody>(),
];

/// How long a code waits to be exchanged, in seconds: ten minutes, the most that OAuth recommends
/// (RFC 6749, 4.1.2); Webex names no figure (inferred).
const CODE_EXPIRES_IN: u32 = 600;
/// 14 days, in seconds.
const EXPIRES_IN: u32 = 1_209_599;
/// 90 days, in seconds.
const REFRESH_EXPIRES_IN: u32 = 7_775_999;
/// What the answer names where the request named no scope. Such a token has every scope, so that
/// a client that never cared for scopes meets no refusal (inferred).
const SCOPES: &str = "spark:all spark:kms";
/// The longest list of scopes.
const SCOPE_MAX: usize = 8000;

/// What is exchanged for a token.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "the form is read by its fields; this describes it"
)]
struct TokenForm {
    /// `authorization_code` or `refresh_token`.
    grant_type: String,
    /// The client.
    client_id: String,
    /// Its secret.
    client_secret: String,
    /// The code, for `authorization_code`.
    code: Option<String>,
    /// The refresh token, for `refresh_token`.
    refresh_token: Option<String>,
    /// The address of the authorization, for `authorization_code`.
    redirect_uri: Option<String>,
    /// What the challenge was made of (PKCE).
    code_verifier: Option<String>,
}

/// A fresh token.
#[derive(Debug, Serialize, ToSchema)]
struct TokenBody {
    /// What to send as bearer.
    access_token: String,
    /// Seconds.
    expires_in: u32,
    /// What to exchange for the next token.
    refresh_token: String,
    /// Seconds.
    refresh_token_expires_in: u32,
    /// `Bearer`
    token_type: &'static str,
    /// The scopes, separated by blanks.
    scope: String,
}

fn wrong(detail: &str) -> Refusal {
    Refusal::bad_request(detail)
}

fn authorize(call: &Call<'_>) -> Result<Reply, Refusal> {
    // Where only issued tokens are let in, nobody may issue one without leave.
    if call.app.options.auth == AuthMode::Strict && !call.is_server_admin {
        let detail = "With strict authentication, authorize needs the admin token.";
        return Err(Refusal::new(ErrorKind::AdminTokenNeeded, detail));
    }
    let text = |name: &str| call.query(name).map(std::borrow::Cow::into_owned);
    if text("response_type").as_deref() != Some("code") {
        return Err(wrong("response_type must be code."));
    }
    let client_id = text("client_id").ok_or_else(|| wrong("client_id is required."))?;
    let target = text("redirect_uri").ok_or_else(|| wrong("redirect_uri is required."))?;
    redirect::check(&target)?;
    let method = text("code_challenge_method");
    let challenge = Challenge::parse(text("code_challenge"), method.as_deref())?;
    let acts_as = match text("login_hint") {
        Some(email) => ActsAs::Person(who_signs_in(&call.read(), &email)?),
        None => ActsAs::Role(full_administrator()?),
    };
    let scope = scope(text("scope"))?;
    let warning = scope.as_deref().and_then(scopes::unknown);
    let grant = Grant {
        sandbox: call.tenant.id.clone(),
        acts_as,
        is_refresh: false,
        client_id,
        redirect_uri: Some(target.clone()),
        challenge,
        scope,
        expires_at: after(&call.tenant, CODE_EXPIRES_IN),
    };
    let code = call.app.grant(&call.tenant, "code", grant)?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("code", &code);
    if let Some(state) = text("state") {
        query.append_pair("state", &state);
    }
    let location = redirect::with(&target, &query.finish());
    let reply = Reply::empty(302).header("Location", location);
    let Some(warning) = warning else {
        return Ok(reply);
    };
    // A browser follows the redirect, so the warning is kept where it can be looked up as well.
    call.noted.replace(Some(Box::new(Noted {
        rules: Vec::new(),
        warnings: vec![warning.clone()],
    })));
    Ok(reply.header("x-hubsim-warning", warning))
}

/// The person of an e-mail address, who may sign in.
fn who_signs_in(world: &World, email: &str) -> Result<Uuid, Refusal> {
    let id = world.find(spaces::EMAIL, Uuid::nil(), email);
    let known = id.and_then(|id| Some((id, world.get::<Person>(id)?)));
    let (id, person) = known.ok_or_else(|| Refusal::not_found("Person", email))?;
    check_active(person)?;
    Ok(id)
}

/// Who is deactivated cannot sign in, so that no code and no token comes of it (DEC-113).
fn check_active(person: &Person) -> Result<(), Refusal> {
    match person.login_enabled {
        true => Ok(()),
        false => Err(people::login_disabled(person).by("DEC-113")),
    }
}

fn full_administrator() -> Result<&'static Role, Refusal> {
    let role = ROLES.iter().find(|role| role.token == "full-admin");
    role.ok_or_else(|| Refusal::new(ErrorKind::Internal, "No role is a full administrator's."))
}

/// The scopes that a request names; blanks alone name none, as if it was left out.
fn scope(named: Option<String>) -> Result<Option<String>, Refusal> {
    let Some(named) = named.filter(|named| !named.trim().is_empty()) else {
        return Ok(None);
    };
    if named.len() > SCOPE_MAX {
        return Err(wrong(&format!(
            "scope has {} bytes; at most {SCOPE_MAX} are read.",
            named.len()
        )));
    }
    let is_plain = |b: u8| b == b' ' || b.is_ascii_graphic() && b != b'"' && b != b'\\';
    match named.bytes().all(is_plain) {
        true => Ok(Some(named)),
        false => Err(wrong(
            "invalid_scope: scopes are plain ASCII with blanks between them (RFC 6749, 3.3).",
        )),
    }
}

/// A field of the form; an empty one counts as absent.
fn field(call: &Call<'_>, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(call.body);
    let found = pairs.find(|(key, value)| key == name && !value.is_empty());
    found.map(|(_, value)| value.into_owned())
}

/// A field that must be there.
fn required(call: &Call<'_>, name: &str) -> Result<String, Refusal> {
    field(call, name).ok_or_else(|| wrong(&format!("{name} is required.")))
}

fn access_token(call: &Call<'_>) -> Result<Reply, Refusal> {
    let form = "application/x-www-form-urlencoded";
    if !call.content_type.starts_with(form) {
        let detail = format!("The body must be {form}.");
        return Err(Refusal::new(ErrorKind::UnsupportedMediaType, detail));
    }
    let (name, is_refresh) = match required(call, "grant_type")?.as_str() {
        "authorization_code" => ("code", false),
        "refresh_token" => ("refresh_token", true),
        other => {
            let detail = format!("grant_type \"{}\" is not supported.", shorten(other));
            return Err(wrong(&detail));
        }
    };
    required(call, "client_secret")?;
    let (client_id, secret) = (required(call, "client_id")?, required(call, name)?);
    let known = call.app.grants.get(&secret).map(|grant| grant.clone());
    let grant = known.filter(|it| it.is_refresh == is_refresh && it.client_id == client_id);
    let unusable = || {
        wrong(&format!(
            "The {name} is unknown, used or of another client."
        ))
    };
    let grant = grant.ok_or_else(unusable)?;
    check_sandbox(call, name, &grant)?;
    let tenant = call.app.tenant(&grant.sandbox)?;
    if grant.is_over(&tenant) {
        call.app.grants.remove(&secret);
        return Err(wrong(&format!(
            "The {name} has expired by the clock of the sandbox; authorize again."
        )));
    }
    if let ActsAs::Person(id) = grant.acts_as {
        let world = tenant.sandbox.peek();
        let person = world.get::<Person>(id).ok_or_else(|| {
            let detail = "The person who authorized the client is not in the sandbox any more; \
                          authorize again.";
            wrong(detail)
        })?;
        check_active(person)?;
    }
    if !is_refresh {
        check_code(call, &grant)?;
        call.app.grants.remove(&secret).ok_or_else(unusable)?;
    }
    exchange(call, &tenant, secret, grant)
}

/// A code and a refresh token name their sandbox, too: whoever says another one is mistaken.
fn check_sandbox(call: &Call<'_>, name: &str, grant: &Grant) -> Result<(), Refusal> {
    let asked = &call.tenant.id;
    if !call.names_sandbox || *asked == grant.sandbox {
        return Ok(());
    }
    let own = &grant.sandbox;
    let detail = format!("The {name} belongs to sandbox \"{own}\", the request names \"{asked}\".");
    Err(Refusal::new(ErrorKind::ConflictingSelectors, detail))
}

/// What the authorisation said must be said again.
fn check_code(call: &Call<'_>, grant: &Grant) -> Result<(), Refusal> {
    if field(call, "redirect_uri") != grant.redirect_uri {
        return Err(wrong("redirect_uri is not the one of the authorization."));
    }
    match (&grant.challenge, field(call, "code_verifier")) {
        (Some(challenge), Some(verifier)) => challenge.verify(&verifier),
        (Some(_), None) => Err(wrong(
            "code_verifier is required: the authorization had a code_challenge.",
        )),
        // Else whoever stole a code could leave the challenge out (RFC 9700, 2.1.1).
        (None, Some(_)) => Err(wrong(
            "code_verifier fits nothing: the authorization had no code_challenge.",
        )),
        (None, None) => Ok(()),
    }
}

/// Issues a token. A refresh renews the lifetime of the refresh token itself.
fn exchange(
    call: &Call<'_>,
    tenant: &Tenant,
    secret: String,
    grant: Grant,
) -> Result<Reply, Refusal> {
    let access_token = call.app.issue(tenant, &grant, EXPIRES_IN)?;
    let scope = grant.scope.clone().unwrap_or_else(|| SCOPES.to_owned());
    let is_refresh = grant.is_refresh;
    let refresh = Grant {
        is_refresh: true,
        redirect_uri: None,
        challenge: None,
        expires_at: after(tenant, REFRESH_EXPIRES_IN),
        ..grant
    };
    let refresh_token = if is_refresh {
        call.app.grants.insert(secret.clone(), refresh);
        secret
    } else {
        call.app.grant(tenant, "refresh", refresh)?
    };
    let body = TokenBody {
        access_token,
        expires_in: EXPIRES_IN,
        refresh_token,
        refresh_token_expires_in: REFRESH_EXPIRES_IN,
        token_type: "Bearer",
        scope,
    };
    Reply::json(200, &body)
}
