//! Why a token is not let in.

use crate::http::tenant::Tenant;
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};

/// The token of a person who is not there.
pub(super) fn nobody(sandbox: &str, email: &str) -> Refusal {
    let detail = format!(
        "The token names the person \"{}\"; nobody in the sandbox \"{}\" has that e-mail address.",
        shorten(email),
        shorten(sandbox)
    );
    Refusal::new(ErrorKind::UnknownPerson, detail)
}

/// The token of a person who authorised a client and is not there any more.
pub(super) fn gone(tenant: &Tenant) -> Refusal {
    let detail = format!(
        "The person who authorized the client of this token is not in the sandbox \"{}\" any more.",
        tenant.id
    );
    Refusal::new(ErrorKind::UnknownPerson, detail)
}

/// The token of a person who is deactivated (DEC-113).
pub(super) fn deactivated(tenant: &str, email: &str) -> Refusal {
    let detail = format!(
        "The token acts as \"{}\", who is deactivated in the sandbox \"{}\" and may not sign in.",
        shorten(email),
        shorten(tenant)
    );
    Refusal::new(ErrorKind::DeactivatedPerson, detail).by("DEC-113")
}

/// A token of ours that is forgotten.
pub(super) fn ended() -> Refusal {
    let detail = "This is a token of OAuth that has ended, or whose sandbox or server is gone (or \
                  a code or refresh token, which is no bearer); authorize again.";
    Refusal::new(ErrorKind::Unauthorized, detail)
}

/// A token that a strict server did not issue.
pub(super) fn not_issued() -> Refusal {
    let detail = "This token was not issued, or its sandbox is gone. With --auth strict only \
                  issued tokens are let in: full-admin and the other named tokens of the sandbox \
                  default, those that POST /_sim/v1/sandboxes answers, and those of \
                  /v1/authorize; both calls need the admin token (X-Sim-Admin-Token).";
    Refusal::new(ErrorKind::Unauthorized, detail)
}
