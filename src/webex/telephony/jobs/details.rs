//! What only some kinds of jobs tell: where they work, and how far they are.

use serde::Serialize;
use utoipa::ToSchema;

/// What only some kinds tell.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Details {
    /// The name again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_type: Option<&'static str>,
    /// What is done to numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation_type: Option<String>,
    /// The location that numbers leave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_location_id: Option<String>,
    /// The location to which they go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_location_id: Option<String>,
    /// Whether the devices of the location have settings of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_customizations_enabled: Option<bool>,
    /// `CUSTOMER` for a whole organisation, or `LOCATION`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<&'static str>,
    /// The location; empty for a whole organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_id: Option<String>,
    /// The name of the location.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_name: Option<String>,
    /// How much of it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percentage_complete: Option<u32>,
    /// How many devices there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_count: Option<u32>,
    /// How many devices were changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_count: Option<u32>,
    /// How many devices have warnings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advisory_count: Option<u32>,
    /// How far it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<Counts>,
}

/// How far a job is, in the words of its kind.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Counts {
    /// Of numbers.
    Numbers(NumberCounts),
    /// Of users who move.
    Moves(MoveCounts),
    /// Of a location that loses Calling.
    Features(FeatureCounts),
    /// Of extensions with another prefix.
    Prefixes(PrefixCounts),
}

/// How far a job about numbers is.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NumberCounts {
    /// How many there are.
    pub total_numbers: u32,
    /// How many were deleted.
    pub numbers_deleted: u32,
    /// How many were moved.
    pub numbers_moved: u32,
    /// How many could not be done.
    pub numbers_failed: u32,
    /// How many have another use.
    pub numbers_usage_changed: u32,
}

/// How far a job about users is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MoveCounts {
    /// How many there are.
    pub total_moves: u32,
    /// How many were moved.
    pub moved: u32,
    /// How many could not be.
    pub failed: u32,
    /// How many wait for orders of numbers: hubsim's are delivered at once.
    pub pending: u32,
    /// How many were passed over because the job was abandoned.
    pub skipped: u32,
}

/// What went with Calling of a location; hubsim has neither virtual extensions nor features.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeatureCounts {
    /// How many virtual extensions there are.
    pub total_virtual_extensions_account: u32,
    /// How many were deleted.
    pub virtual_extensions_deleted: u32,
    /// How many could not be.
    pub virtual_extensions_delete_failed: u32,
    /// How many features there are.
    pub total_feature_accounts: u32,
    /// How many were deleted.
    pub feature_accounts_deleted: u32,
    /// How many could not be.
    pub feature_accounts_delete_failed: u32,
}

/// How many extensions have another prefix before them.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PrefixCounts {
    /// How many have.
    pub routing_prefix_updated: u32,
    /// How many have not.
    pub routing_prefix_failed: u32,
}
