//! The outbox: e-mails that would have been sent.

use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::simulate::INVITATION;
use crate::http::page::{self, WHOLE};
use crate::http::strictness::{refuse_unknown_queries, unknown_name};
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
            "Only e-mails of this kind: `welcome`, `reminder`, `pstnSuspended`, `activationCode` or `consentMove`.",
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
    /// The person whom it is about, or for.
    #[serde(skip_serializing_if = "Option::is_none")]
    person_id: Option<String>,
    /// The wholesale subscriber who is asked to come over.
    #[serde(skip_serializing_if = "Option::is_none")]
    subscriber_id: Option<String>,
    /// The organisation.
    org_id: String,
    /// Its subject.
    subject: String,
    /// Its text.
    text: String,
    /// The link of an invitation: a POST to it accepts.
    #[serde(skip_serializing_if = "Option::is_none")]
    invitation_link: Option<String>,
    /// The suspended subscription.
    #[serde(skip_serializing_if = "Option::is_none")]
    subscription_id: Option<String>,
    /// The locations whose PSTN connections it carries, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<String>,
    /// The code of a phone that waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    activation_code: Option<String>,
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
    // Who follows the link of a mail says nothing of a sandbox.
    let link = mail.kind.invites().then(|| {
        let origin = call.origin_of(&call.tenant.id);
        format!("{origin}/_sim/v1/simulate/acceptInvitation?{INVITATION}{id}")
    });
    let (subject, text) = words(call, name, mail, link.as_deref().unwrap_or_default());
    let suspended = mail.suspended.as_ref();
    MailBody {
        id: id.to_string(),
        kind: mail.kind,
        to: mail.to.to_string(),
        person_id: mail.person.map(|id| WebexId::Person.encode(id)),
        subscriber_id: mail.subscriber.map(|id| WebexId::Subscriber.encode(id)),
        org_id: WebexId::Organization.encode(mail.organization),
        text,
        subject,
        invitation_link: link,
        subscription_id: suspended.map(|it| it.subscription_id.clone()),
        locations: suspended.map_or_else(Vec::new, |it| it.locations.clone()),
        activation_code: mail.phone.as_ref().map(|phone| phone.code.clone()),
        sent_at: mail.sent_at,
    }
}

/// Subject and text of an e-mail of an organisation.
fn words(call: &Call<'_>, name: &str, mail: &Mail, link: &str) -> (String, String) {
    let added = || {
        format!(
            "{name} has added {} to Webex. Follow {link} to join.",
            mail.to
        )
    };
    match (mail.kind, &mail.suspended, &mail.phone) {
        (MailKind::Welcome, ..) => (format!("{name} invites you to Webex"), added()),
        (MailKind::Reminder, ..) => (format!("{name} still waits for you on Webex"), added()),
        (MailKind::ConsentMove, ..) => {
            let text = format!(
                "{name} wants to manage your Webex account {}. Follow {link} to agree.",
                mail.to
            );
            (format!("{name} asks to move your Webex account"), text)
        }
        (_, Some(suspended), _) => {
            let code = &suspended.subscription_id;
            let text = format!(
                "Subscription {code} of {name} is suspended. It carries the PSTN connections of {}. \
                 Update the subscription: {}/_hub/v1/organizations/{}/pstn/subscriptions/{code}",
                suspended.locations.join(", "),
                call.origin_of(&call.tenant.id),
                WebexId::Organization.encode(mail.organization),
            );
            (format!("Subscription {code} of {name} is suspended"), text)
        }
        (_, _, Some(phone)) => {
            let text = format!(
                "Enter {} on your {} until {} to activate it.",
                phone.code, phone.product, phone.expires
            );
            (format!("Your {} waits for its code", phone.product), text)
        }
        _ => Default::default(),
    }
}
