//! Mistakes in webhooks and reports.

use super::{Mistake, section};

/// Webhooks and reports, in the smallest scenario.
pub(super) const MISTAKES: &[Mistake] = &[
    section(
        "    webhooks: [{name: A, targetUrl: \"https://x.example/\", resource: adminBatchJobs, event: statusChanged, creator: abigail.netherwood, targeturl: x}]\n    people:\n",
        "targeturl",
        "organizations[0].webhooks[0].targeturl",
        "unknown field `targeturl`; did you mean `targetUrl`?",
    ),
    section(
        "    webhooks: [{name: A, targetUrl: \"https://x.example/\", resource: rooms, creator: abigail.netherwood}]\n    people:\n",
        "{name: A",
        "organizations[0].webhooks[0]",
        "missing field `event`",
    ),
    section(
        "    webhooks: [{name: A, targetUrl: \"ftp://x.example/\", resource: adminBatchJobs, event: statusChanged, creator: abigail.netherwood}]\n    people:\n",
        "\"ftp:",
        "organizations[0].webhooks[0].targetUrl",
        "targetUrl must be an absolute http or https URL",
    ),
    section(
        "    webhooks: [{name: A, targetUrl: \"https://x.example/\", resource: adminBatchJob, event: statusChanged, creator: abigail.netherwood}]\n    people:\n",
        "adminBatchJob,",
        "organizations[0].webhooks[0].resource",
        "\"adminBatchJob\" is none of adminBatchJobs, ",
    ),
    section(
        "    webhooks: [{name: A, targetUrl: \"https://x.example/\", resource: adminBatchJobs, event: created, creator: abigail.netherwood}]\n    people:\n",
        "created, creator",
        "organizations[0].webhooks[0].event",
        "none of the events of adminBatchJobs: statusChanged",
    ),
    section(
        "    webhooks: [{name: A, targetUrl: \"https://x.example/\", resource: adminBatchJobs, event: statusChanged, creator: abigail.netherwood, filter: ownerId=x}]\n    people:\n",
        "{name: A",
        "organizations[0].webhooks[0]",
        "A filter of ownerId needs orgWide: true.",
    ),
    section(
        "    webhooks: [{name: A, targetUrl: \"https://x.example/\", resource: dataSources, event: created, creator: abigail.netherwood, orgWide: true}]\n    people:\n",
        "true}",
        "organizations[0].webhooks[0].orgWide",
        "orgWide: true is supported for adminBatchJobs, ",
    ),
    section(
        "    webhooks: [{name: A, targetUrl: \"https://x.example/\", resource: adminBatchJobs, event: statusChanged, creator: abigail.netherwod}]\n    people:\n",
        "abigail.netherwod",
        "organizations[0].webhooks[0].creator",
        "did you mean `abigail.netherwood@pebblebrook.example`?",
    ),
    section(
        "    webhooks: [{name: A, targetUrl: \"https://x.example/\", resource: adminBatchJobs, event: statusChanged, creator: abigail.netherwood}, {name: a, targetUrl: \"https://x.example/\", resource: adminBatchJobs, event: statusChanged, creator: abigail.netherwood}]\n    people:\n",
        "a, targetUrl",
        "organizations[0].webhooks[1].name",
        "the webhook `a` stands twice",
    ),
    section(
        "    reports: [{template: 603, creator: abigail.netherwood, days: 3}]\n    people:\n",
        "days",
        "organizations[0].reports[0].days",
        "unknown field `days`",
    ),
    section(
        "    reports: [{template: licenses, creator: abigail.netherwood}]\n    people:\n",
        "licenses,",
        "organizations[0].reports[0].template",
        "must be a whole number",
    ),
    section(
        "    reports: [{template: 1, creator: abigail.netherwood}]\n    people:\n",
        "1, creator: abigail.netherwood}]\n    people:",
        "organizations[0].reports[0].template",
        "template 1 is no template; GET /v1/report/templates lists them",
    ),
    section(
        "    reports: [{template: 603, startDate: 2026-13-01, creator: abigail.netherwood}]\n    people:\n",
        "2026-13-01",
        "organizations[0].reports[0].startDate",
        "startDate must be a day as YYYY-MM-DD",
    ),
    section(
        "    reports: [{template: 602, creator: abigail.netherwood}]\n    people:\n",
        "{template: 602",
        "organizations[0].reports[0]",
        "startDate is required for the template 602",
    ),
    section(
        "    reports: [{template: 602, startDate: 2024-02-02, endDate: 2024-02-01, creator: abigail.netherwood}]\n    people:\n",
        "2024-02-02",
        "organizations[0].reports[0].startDate",
        "must not be after endDate",
    ),
    section(
        "    reports: [{template: 602, startDate: 2024-02-02, endDate: 2099-02-01, creator: abigail.netherwood}]\n    people:\n",
        "2099-02-01",
        "organizations[0].reports[0].endDate",
        "must not be after today",
    ),
    section(
        "    reports: [{template: 603, creator: nobody}]\n    people:\n",
        "nobody",
        "organizations[0].reports[0].creator",
        "there is no person `nobody@pebblebrook.example`",
    ),
    section(
        "    reports: [{template: 603, creator: kofi.lindqvist}, {template: 603, creator: abigail.netherwood}]\n    people:\n",
        "603, creator: abigail",
        "organizations[0].reports[1].template",
        "the report `603` stands twice",
    ),
];
