//! What outside actors do: people sign in and accept invitations, the owner of a trial deletes it,
//! devices are switched on.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::control::naming::{self, Named};
use crate::http::{Access, Call, Reply, Row};
use crate::model::device::Mac;
use crate::model::{Email, Person, WebexId, kinds, spaces};
use crate::refusal::Refusal;
use crate::resources::outbox::Invitee;
use crate::resources::wholesale::subscribers;
use crate::resources::{devices, outbox, outside_accounts, people};
use crate::world::Tx;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::post("/_sim/v1/simulate/signIn", sign_in)
        .named("simulateSignIn", "Let a person sign in")
        .access(Access::Control)
        .takes::<Who>()
        .answers::<SignedIn>(),
    Row::post("/_sim/v1/simulate/acceptInvitation", accept_invitation)
        .named(
            "simulateAcceptInvitation",
            "Let a person accept the invitation",
        )
        .access(Access::Control)
        .queries(&[(
            "invitation",
            "The invitation, as the link of the e-mail names it.",
        )])
        .takes::<Who>()
        .answers::<SignedIn>(),
    Row::post("/_sim/v1/simulate/deleteTrialOrganization", delete_trial)
        .named(
            "simulateDeleteTrialOrganization",
            "Let the owner of a trial organization delete it",
        )
        .access(Access::Control)
        .takes::<TrialOwner>()
        .status(204),
    Row::post("/_sim/v1/simulate/deviceOnline", device_online)
        .named("simulateDeviceOnline", "Switch a device on")
        .access(Access::Control)
        .takes::<Online>()
        .answers::<Onlined>(),
];

/// Who acts: exactly one of these says it.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Who {
    /// The person's id.
    person_id: Option<String>,
    /// The person's address.
    email: Option<String>,
    /// The link of the invitation; where an invitation is accepted.
    link: Option<String>,
}

/// Who acted.
#[derive(Debug, Serialize, ToSchema)]
struct SignedIn {
    /// The person.
    person: Named,
    /// Their status now.
    status: &'static str,
}

/// Whose trial organisation it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TrialOwner {
    /// The address with which it was created.
    email: String,
}

/// The name of the invitation in its link.
pub const INVITATION: &str = "invitation=";

impl Who {
    fn find(&self, call: &Call<'_>) -> Result<Uuid, Refusal> {
        let world = call.read();
        let id = match (&self.person_id, &self.email) {
            (Some(text), None) => WebexId::Person.decode(text),
            (None, Some(text)) => world.find(spaces::EMAIL, Uuid::nil(), &text.to_lowercase()),
            _ => {
                let detail = "Exactly one of personId and email must say who it is.";
                return Err(Refusal::bad_request(detail));
            }
        };
        let id = id.filter(|id| world.get::<Person>(*id).is_some());
        let sent = self.person_id.as_deref().or(self.email.as_deref());
        id.ok_or_else(|| Refusal::not_found("Person", sent.unwrap_or_default()))
    }
}

fn signed_in(call: &Call<'_>, id: Uuid) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    let object = world.object((kinds::PERSON, id));
    let object = object.ok_or_else(|| Refusal::not_found("Person", &id.to_string()))?;
    let status = object
        .downcast::<Person>()
        .map_or("", |person| people::status(&world, person));
    let person = naming::named((kinds::PERSON, id), object, &[&world]);
    Reply::json(200, &SignedIn { person, status })
}

fn sign_in(call: &Call<'_>) -> Result<Reply, Refusal> {
    let who = call.json::<Who>()?;
    if who.link.is_some() {
        let detail = "link is for acceptInvitation; personId or email says who signs in.";
        return Err(Refusal::bad_request(detail));
    }
    let id = who.find(call)?;
    call.write(|tx| people::sign_in(tx, id))?;
    signed_in(call, id)
}

fn accept_invitation(call: &Call<'_>) -> Result<Reply, Refusal> {
    let who = call.json::<Who>()?;
    let of_query = call.query("invitation").map(std::borrow::Cow::into_owned);
    let of_link = who.link.as_deref().map(|link| {
        let code = link.rsplit_once(INVITATION).map_or(link, |(_, code)| code);
        code.to_owned()
    });
    let id = match of_query.or(of_link) {
        Some(code) => {
            if who.person_id.is_some() || who.email.is_some() {
                let detail = "The invitation says who it is: leave personId and email out.";
                return Err(Refusal::bad_request(detail));
            }
            let invitation = Uuid::try_parse(&code);
            let invitation = invitation.map_err(|_| Refusal::not_found("Invitation", &code))?;
            match outbox::invited(&call.read(), invitation)? {
                Invitee::Person(id) => id,
                Invitee::Subscriber(id) => return come_over(call, |tx| subscribers::agree(tx, id)),
            }
        }
        None => match who.email.as_deref() {
            // Somebody whom a partner asked to come over is nobody's person yet (PKG-18).
            Some(email) if subscribers::is_invited(&call.read(), email) => {
                return come_over(call, |tx| subscribers::accept(tx, email));
            }
            _ => who.find(call)?,
        },
    };
    call.write(|tx| people::accept_invitation(tx, id))?;
    signed_in(call, id)
}

/// Somebody whom a partner asked comes over, and is a person of the customer then.
fn come_over(
    call: &Call<'_>,
    agree: impl FnOnce(&mut Tx) -> Result<Uuid, Refusal>,
) -> Result<Reply, Refusal> {
    let id = call.write(agree)?;
    signed_in(call, id)
}

fn delete_trial(call: &Call<'_>) -> Result<Reply, Refusal> {
    let owner = call.json::<TrialOwner>()?;
    let email = owner.email.parse::<Email>();
    let email = email.map_err(|why| Refusal::bad_request(format!("email: {why}.")))?;
    call.write(|tx| outside_accounts::delete_trial(tx, &email))?;
    Ok(Reply::empty(204))
}

/// Which device is switched on: one that is there, or a new one with an activation code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Online {
    /// The device.
    device_id: Option<String>,
    /// The code that somebody types into a new device.
    activation_code: Option<String>,
    /// What the new device is, where the code does not say it.
    product: Option<String>,
    /// Its MAC address; made up where nothing is said.
    mac: Option<String>,
}

/// The device.
#[derive(Debug, Serialize, ToSchema)]
struct Onlined {
    /// The device.
    device: Named,
}

fn device_online(call: &Call<'_>) -> Result<Reply, Refusal> {
    let request = call.json::<Online>()?;
    let mac = request.mac.as_deref().map(str::parse::<Mac>).transpose();
    let mac = mac.map_err(|why| Refusal::bad_request(format!("mac: {why}.")))?;
    let id = match (&request.device_id, &request.activation_code) {
        (Some(text), None) => {
            let id = decode(text)?;
            call.write(|tx| devices::connect(tx, id))?;
            id
        }
        (None, Some(code)) => {
            // People read the code in groups of four digits.
            let code: String = code.chars().filter(|c| !" -".contains(*c)).collect();
            let product = request.product.as_deref();
            call.write(|tx| devices::activate(tx, &code, product, mac))?
        }
        _ => {
            let detail = "Either deviceId or activationCode must be given, and not both.";
            return Err(Refusal::bad_request(detail));
        }
    };
    let world = call.tenant.sandbox.peek();
    let key = (kinds::DEVICE, id);
    let object = world.object(key);
    let object = object.ok_or_else(|| Refusal::not_found("Device", &id.to_string()))?;
    let device = naming::named(key, object, &[&world]);
    Reply::json(200, &Onlined { device })
}

fn decode(text: &str) -> Result<Uuid, Refusal> {
    let id = WebexId::Device.decode(text);
    id.ok_or_else(|| Refusal::not_found("Device", text))
}
