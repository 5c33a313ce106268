//! `GET /v1/telephony/config/people/{personId}/executive/availableAssistants`: who can become an
//! assistant of an executive. The rest of executives and assistants is a settings family.

use crate::http::page::{self, TELEPHONY};
use crate::http::{Access, Call, Fidelity, MAX, ORG, Reply, Row, START};
use crate::refusal::Refusal;
use crate::settings::Step;
use crate::settings::families::executive_assistant::{AssistantList, available};
use crate::webex::settings::holder;

/// The row.
pub const ROWS: &[Row] = &[Row::get(
    "/v1/telephony/config/people/{personId}/executive/availableAssistants",
    list,
)
.access(Access::Token)
.fidelity(Fidelity::F3)
.queries(&[
    ("name", "Only people whose names hold this."),
    (
        "phoneNumber",
        "Only people whose number or extension holds this.",
    ),
    MAX,
    START,
    ORG,
])
.answers::<AssistantList>()
.walks()];

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let holder = holder(call, true)?;
    let world = call.tenant.sandbox.peek();
    let step = Step::new(&world, holder)?;
    let (name, number) = (call.query("name"), call.query("phoneNumber"));
    let places = call.places();
    let is_seen = |other| places.hold_holder(&world, other);
    let found = available(&step, name.as_deref(), number.as_deref(), is_seen)?;
    page::list(call, TELEPHONY, "assistants", found.into_iter())
}
