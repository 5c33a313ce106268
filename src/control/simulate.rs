//! What outside actors do: here, devices that are switched on.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::control::naming::{self, Named};
use crate::http::{Access, Call, Reply, Row};
use crate::model::device::Mac;
use crate::model::{WebexId, kinds};
use crate::refusal::Refusal;
use crate::resources::devices;

/// The rows.
pub const ROWS: &[Row] = &[Row::post("/_sim/v1/simulate/deviceOnline", device_online)
    .named("simulateDeviceOnline", "Switch a device on")
    .access(Access::Control)
    .takes::<Online>()
    .answers::<Onlined>()];

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
