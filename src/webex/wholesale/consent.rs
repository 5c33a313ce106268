//! `/v1/subscribers/{subscriberId}/emails/consentMove`: asking a subscriber to come over again.

use super::{SUB_PARTNER, active_partner};
use crate::http::{Call, Fidelity, Reply, Row};
use crate::model::WebexId;
use crate::refusal::Refusal;
use crate::resources::wholesale::subscribers;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::post("/v1/subscribers/{subscriberId}/emails/consentMove", send)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER])
        .status(204),
];

fn send(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = active_partner(call)?;
    let text = call.value("subscriberId");
    let id = WebexId::Subscriber.decode(text);
    let id = id.ok_or_else(|| Refusal::not_found("Subscriber", text))?;
    call.write(|tx| subscribers::ask_again(tx, partner, id))?;
    Ok(Reply::empty(204))
}
