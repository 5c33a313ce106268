//! DEC: what hubsim decides where the documents are silent or differ.
//!
//! A decision that a quirk can turn names the quirk.

use super::{Rule, documented, inferred};

pub(super) static RULES: &[Rule] = &[
    inferred(
        "DEC-01",
        "A template that meets a suspended Calling licence leaves the person with no Calling \
         licence, or stuck with the old one and all configuration gone, as the quirk \
         suspended_template_outcome says.",
        "hubsim: decision where the documents are silent or differ; fvix62 (nl): Move Calling \
         service from one subscription to another",
    ),
    inferred(
        "DEC-02",
        "A move by Edit licences out of a suspended subscription, or by template out of an \
         active one, keeps everything as a move between active ones does.",
        "hubsim: decision where the documents are silent or differ; fvix62: Move Calling service \
         from one subscription to another",
    ),
    inferred(
        "DEC-03",
        "Suspending a subscription takes nothing away by itself: service and settings stay.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-04",
        "A licence can be newly assigned from trial and active subscriptions, for people also \
         from one with a pending action, and from no other.",
        "hubsim: decision where the documents are silent or differ; yrap0t: Move a PSTN location \
         to another subscription",
    ),
    inferred(
        "DEC-05",
        "The public API shows suspended licences like any other, in the list of licences and on \
         people.",
        "hubsim: decision where the documents are silent or differ; API-admin: Webex Admin \
         OpenAPI document",
    ),
    inferred(
        "DEC-06",
        "The public API may change suspended licences unless the quirk suspended_over_public_api \
         reserves that for Control Hub.",
        "hubsim: decision where the documents are silent or differ; fvix62 (nl): Move Calling \
         service from one subscription to another",
    ),
    inferred(
        "DEC-07",
        "In a swap the dialog, a CSV row and a template carry numbers, extension and location \
         along.",
        "hubsim: decision where the documents are silent or differ; fvix62: Move Calling service \
         from one subscription to another",
    ),
    documented(
        "DEC-08",
        "A swap over the licence request needs the Calling properties and answers 400411 without \
         them, unless the quirk swap_without_properties keeps the present ones.",
        "API-admin: Webex Admin OpenAPI document",
    ),
    inferred(
        "DEC-09",
        "Properties that equal what the holder has already are accepted and change nothing, and \
         others give another number or extension of the same location, in a swap and with a \
         Calling licence that is held already.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-10",
        "A licence request whose target cannot be assigned changes nothing, unless the quirk \
         patch_swap_unassignable reads the partial answer literally.",
        "hubsim: decision where the documents are silent or differ; API-admin: Webex Admin \
         OpenAPI document",
    ),
    documented(
        "DEC-11",
        "Creating or updating a person goes on with the remaining licences when one cannot be \
         assigned, so leaving out the old Calling licence loses it with everything, unless the \
         quirk people_put_unassignable refuses.",
        "API-admin: Webex Admin OpenAPI document",
    ),
    inferred(
        "DEC-12",
        "Nobody moves out of a cancelled subscription on any route: it has to be restored first.",
        "hubsim: decision where the documents are silent or differ; nopl94z: Restore or delete a \
         canceled subscription, older copy",
    ),
    inferred(
        "DEC-13",
        "While a subscription is cancelled the call settings of its holders answer 403, and \
         until the purge 30 days later it can be restored.",
        "hubsim: decision where the documents are silent or differ; h7q0e1: Restore or delete a \
         canceled subscription",
    ),
    inferred(
        "DEC-14",
        "Numbers go at their own release time, which is the purge except for the Calling Plan \
         numbers of a trial, and the purge itself loses the configuration.",
        "hubsim: decision where the documents are silent or differ; h7q0e1: Restore or delete a \
         canceled subscription",
    ),
    inferred(
        "DEC-15",
        "A subscription restored after its numbers were released comes back with its settings \
         and without those numbers.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-16",
        "A trial that ended is suspended for 30 days and then cancelled, and a paid subscription \
         that ended is cancelled at once.",
        "hubsim: decision where the documents are silent or differ; h7q0e1: Restore or delete a \
         canceled subscription",
    ),
    inferred(
        "DEC-17",
        "Renewing leads a subscription from pending action or suspended back to active.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-18",
        "The task, the plan and the report of a template without preserving list every licence \
         it removes, not only Calling.",
        "hubsim: decision where the documents are silent or differ; n3ijtao: Set up automatic \
         license assignments in Control Hub",
    ),
    inferred(
        "DEC-19",
        "When the new subscription of a template has no free unit, the person keeps the old \
         licence unchanged and fails.",
        "hubsim: decision where the documents are silent or differ; n3ijtao: Set up automatic \
         license assignments in Control Hub",
    ),
    inferred(
        "DEC-20",
        "A template that names the same Calling licence of two subscriptions takes it from the \
         older one first.",
        "hubsim: decision where the documents are silent or differ; n3ijtao: Set up automatic \
         license assignments in Control Hub",
    ),
    inferred(
        "DEC-21",
        "With licences preserved, a holder of another Calling licence is left alone with a \
         warning and counts as succeeded.",
        "hubsim: decision where the documents are silent or differ; n3ijtao: Set up automatic \
         license assignments in Control Hub",
    ),
    inferred(
        "DEC-22",
        "Professional may be held by people and by workspaces, and the two are counted apart.",
        "hubsim: decision where the documents are silent or differ; TN-222148: Verify Webex \
         Calling License Usage",
    ),
    inferred(
        "DEC-23",
        "Removing Calling also clears the work number that came with it, so that a template does \
         not provision the person again by itself.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-24",
        "A refused request leaves the world, its revision and the audit log untouched and stands \
         in the request list with its explanation.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-25",
        "Rows of a CSV are named by their line in the file, and the header is line 1; the errors \
         of a template, which has no file, leave the column row empty.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-26",
        "CSV headers match in any case, columns by licence and subscription, and the mark \
         (Suspended) is optional on input, because the live status decides.",
        "hubsim: decision where the documents are silent or differ; afv3q8: Control Hub user \
         management CSV file reference",
    ),
    inferred(
        "DEC-27",
        "An unknown CSV header refuses the whole file.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-28",
        "Withdrawn and renamed CSV headers are accepted with a warning.",
        "hubsim: decision where the documents are silent or differ; e2okky: Add multiple users \
         in Control Hub with the CSV template",
    ),
    inferred(
        "DEC-29",
        "Licences of cancelled and deleted subscriptions have no columns in a CSV.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-30",
        "When a CSV names the same key twice, the later row fails.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-31",
        "A CSV of a header without rows is a task of no rows.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-32",
        "The fields that Calling needs are asked only of people who gain it in that row, and \
         another location for a person with Calling fails the row.",
        "hubsim: decision where the documents are silent or differ; ih07j: Modify users with a \
         CSV file",
    ),
    inferred(
        "DEC-33",
        "A file with NUL bytes, a cell of over 32,767 bytes, an unclosed quote, or a quote that RFC \
         4180 does not allow in its place is refused with the line instead of repaired.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-34",
        "A text cell that a spreadsheet would run as a formula is written with an apostrophe \
         before it, which is taken off again on reading, and phone columns keep their +.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-35",
        "Importing an unchanged export changes nothing: no revision, and every outcome is none.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-36",
        "An organisation runs one bulk change of licences at a time, while exports neither wait \
         nor make others wait.",
        "hubsim: decision where the documents are silent or differ; e2okky: Add multiple users \
         in Control Hub with the CSV template",
    ),
    inferred(
        "DEC-37",
        "TRUE and FALSE are read in any case, and any other text in a service cell fails the \
         row.",
        "hubsim: decision where the documents are silent or differ; e2okky: Add multiple users \
         in Control Hub with the CSV template",
    ),
    inferred(
        "DEC-38",
        "A quoted cell may have line breaks: the row is named by the line on which it starts, the \
         street of an address keeps them, names and other texts take them as blanks with a \
         warning, and in any other column they fail the row.",
        "hubsim: decision where the documents are silent or differ; RFC 4180: Common Format for \
         CSV Files; RFC 7643: SCIM core schema, streetAddress",
    ),
    inferred(
        "DEC-39",
        "The outcome of a row without a change of licences is assigned where it gives a number, \
         an extension or a device, removed where it only takes some away, and none otherwise; \
         numbers that went back to the inventory are named, and so is each attribute or device \
         that the row wrote.",
        "hubsim: decision where the documents are silent or differ; afv3q8: Control Hub user \
         management CSV file reference",
    ),
    inferred(
        "DEC-42",
        "The location of a person with Calling is that of Calling and goes with it, and the \
         public API shows and takes no other.",
        "hubsim: decision where the documents are silent or differ; API-admin: Webex Admin \
         OpenAPI document",
    ),
    inferred(
        "DEC-43",
        "A licence for hot desking only needs a location and turns hot desking on, and where it \
         takes the place of another Calling licence the call settings go, because such a \
         workspace has none.",
        "hubsim: decision where the documents are silent or differ; API-device: Webex Device \
         OpenAPI document",
    ),
    inferred(
        "DEC-60",
        "Of several Calling licences that the templates of a person add up to, the one that gives \
         most is given, Customer Assist before Professional before Standard, while with licences \
         preserved a person keeps a lesser one that a template names.",
        "hubsim: decision where the documents are silent or differ; n3ijtao: Set up automatic \
         license assignments in Control Hub",
    ),
    inferred(
        "DEC-61",
        "Where licences are not preserved, whoever leaves a group loses what its template names \
         and no other template of that person does, while other licences stay, and a group that \
         is deleted takes nothing from anybody.",
        "hubsim: decision where the documents are silent or differ; n3ijtao: Set up automatic \
         license assignments in Control Hub",
    ),
    inferred(
        "DEC-62",
        "A subscription waits for an action only when billing says so, keeps its end meanwhile \
         and leads back by renewing.",
        "hubsim: decision where the documents are silent or differ; yrap0t: Move a PSTN location \
         to another subscription",
    ),
    inferred(
        "DEC-63",
        "Released numbers return to the inventory of their location while the organisation has \
         another Calling subscription that is not cancelled, and leave the organisation, free \
         for any other, when it has none.",
        "hubsim: decision where the documents are silent or differ; nopl94z: Restore or delete a \
         canceled subscription, older copy",
    ),
    inferred(
        "DEC-64",
        "A template that is being applied and names a licence that was purged in the meantime \
         fails for everybody who is left and takes nothing from them.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-70",
        "A workspace row whose name no workspace has makes a new one, which needs a location and a \
         phone number or an extension, and of several workspaces of a name the location, the \
         extension and the phone number tell which is meant.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-71",
        "A workspace file has a row for each phone, so the same person or workspace may stand in \
         several rows, and one that repeats model and MAC address fails.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-72",
        "A row onboards a device only where Device Type and Model are filled and the holder has \
         neither such a device nor a code that waits for one, and the holder's own MAC address \
         changes nothing.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-73",
        "In the row of a person a workspace file onboards a phone and changes nothing else, so \
         another number, extension or location, or TRUE for a workspace licence, fails the row.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-75",
        "The licence of a wholesale package comes and goes with the package alone: Edit licences, \
         the public API, licence columns, templates and scenarios refuse it and name the ways to \
         change the package.",
        "hubsim: decision where the documents are silent or differ; nil4lpeb (no): Wholesale \
         administration in Partner Hub",
    ),
];
