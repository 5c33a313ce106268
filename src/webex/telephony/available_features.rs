//! The features whose modes a person may be allowed to switch: hubsim holds no call queue, hunt
//! group or auto attendant, so that there is none (DEC-94).

use super::available_members::{order, person};
use crate::http::page::{self, TELEPHONY};
use crate::http::{Call, Fidelity, MAX, ORG, Reply, Row, START};
use crate::refusal::Refusal;
use crate::settings::group_features::{Feature, Features};

/// The rows.
pub const ROWS: &[Row] = &[Row::get(
    "/v1/telephony/config/people/{personId}/modeManagement/availableFeatures",
    list,
)
.fidelity(Fidelity::F2)
.queries(&[
    ("name", "Only features whose names hold this."),
    (
        "phoneNumber",
        "Only features whose numbers hold these digits.",
    ),
    (
        "extension",
        "Only features whose extensions hold these digits.",
    ),
    (
        "order",
        "By name, phoneNumber or extension, each with -asc or -desc.",
    ),
    MAX,
    START,
    ORG,
])
.answers::<Features>()];

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    person(call, &call.tenant.sandbox.peek())?;
    order(call)?;
    page::list(call, TELEPHONY, "features", std::iter::empty::<Feature>())
}
