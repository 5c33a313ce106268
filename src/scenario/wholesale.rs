//! What a scenario says of a wholesale customer.

use std::collections::BTreeMap;

use serde::Deserialize;
use utoipa::ToSchema;

use crate::model::wholesale::{BillingAddress, Package};

/// A wholesale customer, as its partner provisioned it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::Wholesale)]
pub struct Wholesale {
    /// What the partner calls it, unique among its customers.
    pub external_id: String,
    /// Where bills go.
    pub address: BillingAddress,
    /// The packages that it has.
    pub packages: Vec<Package>,
    /// How many of each may be assigned; without limit where nothing is said.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, u32>)]
    pub limits: BTreeMap<Package, u32>,
}
