//! The certificate of the authority of `--https`, for clients to trust.

use crate::http::{Access, Call, Reply, Row};
use crate::refusal::{ErrorKind, Refusal};

/// The rows. A certificate is public.
pub const ROWS: &[Row] = &[Row::get("/_sim/v1/ca.pem", read)
    .named("getAuthority", "The certificate of the authority, as PEM")
    .access(Access::Open)
    .answers_as::<String>(PEM)];

const PEM: &str = "application/pem-certificate-chain";

fn read(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Some(https) = &call.app.https else {
        let detail = "This server does not listen for TLS and has no authority: start it with \
                      --https.";
        return Err(Refusal::new(ErrorKind::NotFound, detail));
    };
    let pem = https.authority.clone();
    Ok(Reply::document(PEM, pem))
}
