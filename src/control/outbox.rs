//! The outbox: e-mails that would have been sent.

use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::simulate::INVITATION;
use super::{refuse_unknown_queries, unknown_name};
use crate::http::page::{self, WHOLE};
use crate::http::{Access, Call, MAX, Reply, Row, START};
use crate::model::{Mail, MailKind, Organization, WebexId};
use crate::refusal::Refusal;
use crate::resources::outbox;
use crate::world::{Moment, World};

/// The rows.
pub const ROWS: &[Row] = &[Row::get("/_sim/v1/outbox", list)
    .named(
        "listMails",
        "List the e-mails that would have been sent, the oldest first",
    )
    .access(Access::Control)
    .queries(&[
        ("to", "Only e-mails to this address."),
        (
            "kind",
            "Only e-mails of this kind: `welcome` or `reminder`.",
        ),
        MAX,
        START,
    ])
    .answers::<Mails>()];

/// The e-mails that are kept.
#[derive(Debug, Serialize, ToSchema)]
struct Mails {
    /// The e-mails.
    items: Vec<MailBody>,
    /// How many older ones are no longer kept.
    evicted: u64,
}

/// An e-mail.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MailBody {
    /// Its id.
    id: String,
    /// What it is about.
    kind: MailKind,
    /// Where it went.
    to: String,
    /// Who it is about.
    person_id: String,
    /// The organisation.
    org_id: String,
    /// Its subject.
    subject: String,
    /// Its text.
    text: String,
    /// The link of the invitation: a POST to it accepts.
    invitation_link: String,
    /// When it was sent.
    #[schema(value_type = String)]
    sent_at: Moment,
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    refuse_unknown_queries(call)?;
    let kind = call.query("kind");
    let names = MailKind::ALL.iter().map(|kind| kind.name());
    if let Some(unknown) = kind
        .as_deref()
        .filter(|kind| !names.clone().any(|it| it == *kind))
    {
        return Err(unknown_name("kind of e-mail", unknown, names));
    }
    let to = call.query("to").map(|text| text.to_lowercase());
    let world = call.read();
    let all = outbox::list(&world);
    let evicted = world.given::<Mail>() - (all.len() as u64).min(world.given::<Mail>());
    let fitting = all.into_iter().filter(|(_, mail)| {
        to.as_deref().is_none_or(|to| mail.to.as_str() == to)
            && kind.as_deref().is_none_or(|kind| mail.kind.name() == kind)
    });
    let items = fitting.map(|(id, mail)| body(call, &world, id, mail));
    page::list_beside(call, WHOLE, items, &[("evicted", json!(evicted))])
}

fn body(call: &Call<'_>, world: &World, id: Uuid, mail: &Mail) -> MailBody {
    let organization = world.get::<Organization>(mail.organization);
    let name = organization.map_or("", |organization| organization.name.as_str());
    let link = format!(
        "{}/_sim/v1/simulate/acceptInvitation?{INVITATION}{id}",
        call.origin
    );
    let subject = match mail.kind {
        MailKind::Welcome => format!("{name} invites you to Webex"),
        MailKind::Reminder => format!("{name} still waits for you on Webex"),
    };
    MailBody {
        id: id.to_string(),
        kind: mail.kind,
        to: mail.to.to_string(),
        person_id: WebexId::Person.encode(mail.person),
        org_id: WebexId::Organization.encode(mail.organization),
        text: format!(
            "{name} has added {} to Webex. Follow {link} to join.",
            mail.to
        ),
        subject,
        invitation_link: link,
        sent_at: mail.sent_at,
    }
}
