//! ROLE and AUD: what administrators may do, and how it is written down.

use super::{Rule, documented, inferred};

pub(super) static RULES: &[Rule] = &[
    documented(
        "ROLE-01",
        "A full administrator may do everything, including roles, licences, CSV files and \
         templates.",
        "fs78p5: Assign organization account roles in Control Hub; x7l1qbb: Custom administrator \
         roles",
    ),
    documented(
        "ROLE-02",
        "A read-only administrator sees people, licences and tasks, and every change is refused \
         with 403.",
        "fs78p5: Assign organization account roles in Control Hub; x7l1qbb: Custom administrator \
         roles",
    ),
    inferred(
        "ROLE-03",
        "A user and device administrator adds and deletes people and devices and assigns \
         licences, but changes no organisation settings, roles or templates.",
        "fs78p5: Assign organization account roles in Control Hub",
    ),
    inferred(
        "ROLE-04",
        "A device administrator manages devices only, a support administrator looks and \
         troubleshoots, and a compliance officer deals with content only.",
        "fs78p5: Assign organization account roles in Control Hub",
    ),
    documented(
        "ROLE-05",
        "A location administrator manages the services of assigned locations and cannot hold \
         another administrator role.",
        "760wbi: Delegate location administration in Control Hub",
    ),
    inferred(
        "DEC-45",
        "Who gives no administrator roles takes none away: only full administrators delete an \
         administrator, stop one from signing in or change the address that one signs in with.",
        "hubsim: decision where the documents are silent or differ; fs78p5: Assign organization \
         account roles in Control Hub",
    ),
    inferred(
        "DEC-46",
        "The last full administrator of an organisation who may sign in keeps the role, and is \
         neither deactivated nor deleted.",
        "hubsim: decision where the documents are silent or differ; fs78p5: Assign organization \
         account roles in Control Hub",
    ),
    inferred(
        "DEC-47",
        "For a location administrator only the people, workspaces, devices, numbers and settings \
         of the assigned locations are there: lists leave others out, and one of another \
         location is 404.",
        "hubsim: decision where the documents are silent or differ; 760wbi: Delegate location \
         administration in Control Hub",
    ),
    documented(
        "ROLE-06",
        "A custom role allows to view users and licences with their CSV download, to manage them \
         with CSV import and licence templates, to view licences or to assign them; its name has \
         no special characters, and it is deleted once nobody holds it.",
        "x7l1qbb: Custom administrator roles",
    ),
    inferred(
        "DEC-82",
        "A custom role takes effect at once, where the article allows up to ten minutes; who \
         assigns licences sees the users, and none of its permissions makes administrators or \
         reads calling settings.",
        "hubsim: decision where the documents are silent or differ; x7l1qbb: Custom administrator \
         roles",
    ),
    inferred(
        "DEC-110",
        "A PUT of a SCIM user clears every attribute that it does not name, except `active` and \
         `roles`, which stay as they are.",
        "hubsim: decision where the documents are silent or differ; API-admin: Webex Admin \
         OpenAPI document",
    ),
    inferred(
        "DEC-111",
        "A webhook whose target fails a hundred times within five minutes of the sandbox clock \
         becomes inactive until a PUT makes it active again.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-112",
        "What the target of a webhook does not take is sent again ten seconds, a minute and five \
         minutes later by the sandbox clock; a call that moves the clock makes each attempt at its \
         moment, and what ten seconds of real time are too short for is sent after the call.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-113",
        "A deactivated person is not let in: tokens of theirs are refused with 401 until the \
         person is active again, and no code or token of OAuth is given.",
        "hubsim: decision where the documents are silent or differ; nikzbgy: User statuses \
         and actions",
    ),
    inferred(
        "DEC-114",
        "An `orgId` in the query holds a call to that organisation, whatever the path names: one \
         that is not there or that the caller may not reach is not found, nor is a person or \
         workspace of another one.",
        "hubsim: decision where the documents are silent or differ; API-admin: Webex Admin \
         OpenAPI document",
    ),
    inferred(
        "DEC-121",
        "SCIM shows and changes Webex's own roles only, so the custom roles that somebody holds \
         stay through each of its writes.",
        "hubsim: decision where the documents are silent or differ; x7l1qbb: Custom administrator \
         roles",
    ),
    inferred(
        "DEC-125",
        "A floor, webhook, report, activation code, subscriber or tag is audited under a description \
         in the form of the documented ones, without the code, and what follows from such a change \
         by itself is not.",
        "hubsim: decision where the documents are silent or differ; nqzomav: Control Hub audit \
         events reference",
    ),
    documented(
        "ROLE-07",
        "A partner full administrator who launches Control Hub into a customer has the rights of a \
         full administrator there and is audited as an actor of the partner organisation.",
        "nil4lpeb (no): Wholesale administration in Partner Hub; nqzomav: Control Hub audit \
         events reference",
    ),
    documented(
        "AUD-01",
        "Every change writes an audit event that says when, who, from where, what, on which \
         target and under which tracking id.",
        "API-admin: Webex Admin OpenAPI document; n3b0w6x: Administrator audit events",
    ),
    documented(
        "AUD-02",
        "Audit events are listed by time, actor and category, at most 200 on a page and one year \
         in a request.",
        "API-admin: Webex Admin OpenAPI document",
    ),
    documented(
        "AUD-03",
        "CSV uploads, user exports, trials and administrator sign-ins are audited under the \
         descriptions that Webex documents.",
        "nqzomav: Control Hub audit events reference; API-admin: Webex Admin OpenAPI document",
    ),
    documented(
        "AUD-04",
        "All audit events of one request share its tracking id.",
        "n3b0w6x: Administrator audit events",
    ),
    inferred(
        "DEC-127",
        "A webhook whose target is hubsim itself reaches sinks alone, by whatever name or address \
         of this machine; a name under `.localhost` that leads elsewhere is another host.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-128",
        "A webhook is told what happens after it, also to jobs that were there before it; what \
         a load, a reset or a fork brings was told where it happened.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-130",
        "SCIM knows more types of phone numbers than `/v1/people`, which does not show the others \
         and keeps them through its PUT; `alternate1` and `alternate2`, which stand in a sentence \
         and in no schema, are refused.",
        "hubsim: decision where the documents are silent or differ; API-admin: Webex Admin \
         OpenAPI document",
    ),
    inferred(
        "DEC-131",
        "The language of people is kept and shown as `en_US`, in whatever letters it was written; \
         that of a location stays as it was written, if language and country are those of ISO.",
        "hubsim: decision where the documents are silent or differ; API-admin: Webex Admin \
         OpenAPI document",
    ),
    inferred(
        "DEC-160",
        "The operations of a SCIM request, all of a bulk request together, compare at most five \
         million times: beyond that it is refused as a whole, as `tooMany`.",
        "hubsim: decision where the documents are silent or differ",
    ),
];
