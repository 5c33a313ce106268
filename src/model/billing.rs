//! What wholesale is billed by: who had which package from when to when, and the reports of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::report::ReportFile;
use super::wholesale::Package;
use super::{kinds, spaces};
use crate::world::{Entity, IndexKey, Kind, Moment};

/// A package that a person had, or has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PackageUse {
    /// The customer's partner, who is billed.
    pub partner: Uuid,
    /// The customer.
    pub customer: Uuid,
    /// The person, who may be gone since.
    pub person: Uuid,
    /// The address at that time.
    pub email: String,
    /// The name at that time.
    pub name: String,
    /// The package.
    pub package: Package,
    /// Since when.
    pub from: Moment,
    /// Until when; none while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
}

impl Entity for PackageUse {
    const KIND: Kind = kinds::PACKAGE_USE;
    const NAME: &'static str = "packageUse";

    fn label(&self) -> String {
        self.email.clone()
    }

    fn index(&self, out: &mut Vec<IndexKey>) {
        // Those that go on are found by the person.
        if self.until.is_none() {
            let package = format!("{:?}", self.package);
            out.push(IndexKey::new(spaces::PACKAGE_USE, self.person, &package));
        }
    }
}

/// What the lines of a report are about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum ReportType {
    /// All customers of the partner together.
    #[default]
    Partner,
    /// Each customer.
    Customer,
    /// Each user.
    User,
}

/// A billing report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BillingReport {
    /// The partner who asked for it.
    pub partner: Uuid,
    /// The sub-partner whose customers it is about, if it is not about the partner's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_partner: Option<Uuid>,
    /// The first day, at its beginning.
    pub from: Moment,
    /// The last day, at its beginning.
    pub to: Moment,
    /// What its lines are about.
    pub r#type: ReportType,
    /// When it was asked for.
    pub created: Moment,
    /// The person who asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<Uuid>,
    /// Its file.
    #[serde(default, skip_serializing_if = "ReportFile::is_waiting")]
    pub file: ReportFile,
}

impl Entity for BillingReport {
    const KIND: Kind = kinds::BILLING_REPORT;
    const NAME: &'static str = "billingReport";

    fn label(&self) -> String {
        let day = |moment: Moment| moment.to_string().chars().take(10).collect::<String>();
        format!("{} to {}", day(self.from), day(self.to))
    }

    fn index(&self, _out: &mut Vec<IndexKey>) {}
}

/// The tags that a partner gives to a customer's subscription. They stand under its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionTags {
    /// Who gave them.
    pub partner: Uuid,
    /// The tags, each name once.
    pub tags: Vec<Tag>,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

impl Entity for SubscriptionTags {
    const KIND: Kind = kinds::SUBSCRIPTION_TAGS;
    const NAME: &'static str = "subscriptionTags";

    fn label(&self) -> String {
        let names: Vec<&str> = self.tags.iter().map(|tag| tag.name.as_str()).collect();
        names.join(", ")
    }

    fn index(&self, _out: &mut Vec<IndexKey>) {}
}
