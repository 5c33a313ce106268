//! WS: workspaces and their Calling licences.

use super::{Rule, documented, inferred};

pub(super) static RULES: &[Rule] = &[
    documented(
        "WS-01",
        "A workspace moved to another subscription in one save keeps its number, extension, \
         location, devices and settings.",
        "fvix62 (nl): Move Calling service from one subscription to another; fvix62 (zh): Move \
         Calling service from one subscription to another",
    ),
    documented(
        "WS-02",
        "Downloading the workspaces of the organisation is a task, and its result is a file with a \
         column for each workspace licence and subscription.",
        "fvix62 (nl): Move Calling service from one subscription to another; fvix62 (zh): Move \
         Calling service from one subscription to another",
    ),
    documented(
        "WS-03",
        "A workspace row with Workspace Subscription Update Only TRUE changes the subscription \
         alone, and its device columns are not processed.",
        "fvix62 (nl): Move Calling service from one subscription to another; fvix62 (zh): Move \
         Calling service from one subscription to another",
    ),
    documented(
        "WS-04",
        "With Workspace Subscription Update Only FALSE the row changes the subscription and \
         onboards its device.",
        "fvix62 (nl): Move Calling service from one subscription to another; fvix62 (zh): Move \
         Calling service from one subscription to another",
    ),
    inferred(
        "WS-05",
        "Where Workspace Subscription Update Only is empty or no column at all, it counts as FALSE, \
         as in files from before it was added.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "WS-06",
        "Workspace Subscription Update Only TRUE in a row of a person fails the row.",
        "hubsim: decision where the documents are silent or differ",
    ),
    documented(
        "WS-07",
        "Instead of the workspaces a sample without rows can be downloaded, or the people of the \
         organisation.",
        "wxcc-lab: Webex Contact Center lab guide",
    ),
    inferred(
        "WS-08",
        "A row is of the type USER with an e-mail address or WORKSPACE with a name, and its device \
         is added by the MAC address or, where that is empty, by an activation code.",
        "wxcc-lab: Webex Contact Center lab guide; n9r1aac: Configure and manage Webex Calling \
         devices",
    ),
    documented(
        "WS-09",
        "The administrator chooses whether activation codes come by a link or by e-mail, and the \
         codes that an import made are a list to download when its task has ended.",
        "wxcc-lab: Webex Contact Center lab guide",
    ),
    inferred(
        "DEC-83",
        "By e-mail a person gets the code of their own phone, and the codes of workspaces, which \
         have no mailbox, stand in the list alone.",
        "hubsim: decision where the documents are silent or differ; wxcc-lab: Webex Contact \
         Center lab guide",
    ),
    documented(
        "WS-10",
        "A Calling workspace needs a location and a phone number or an extension, and gets the \
         oldest suitable active licence, out of those named if any are.",
        "API-device: Webex Device OpenAPI document",
    ),
    documented(
        "WS-11",
        "Updating a workspace with licences that leave out the present one replaces it by one of \
         them, and without the field the present one stays.",
        "API-device: Webex Device OpenAPI document",
    ),
    documented(
        "WS-12",
        "The location of a workspace cannot change once it is set, nor its calling type while it \
         has devices.",
        "API-device: Webex Device OpenAPI document",
    ),
    documented(
        "WS-13",
        "A Professional workspace has up to five phones, a common area exactly one.",
        "1mqb9cb: Add and manage workspaces",
    ),
    documented(
        "WS-14",
        "The name of a workspace has at most 128 characters and none of % # < > / \\ and the \
         double quote.",
        "1mqb9cb: Add and manage workspaces",
    ),
    documented(
        "WS-15",
        "The exported list of the Workspaces page says in its column Calling whether a workspace \
         has Cisco Webex Calling Professional Workspace or Cisco Webex Calling Workspace.",
        "TN-222148: Verify Webex Calling License Usage",
    ),
    documented(
        "WS-16",
        "A workspace for hot desking only takes no number and no extension, and giving one is an \
         error.",
        "API-device: Webex Device OpenAPI document",
    ),
    documented(
        "WS-17",
        "Deleting a workspace deletes its devices.",
        "API-device: Webex Device OpenAPI document; 1mqb9cb: Add and manage workspaces",
    ),
    inferred(
        "DEC-99",
        "A personalization is refused for an address that is nobody's; whether workspace and \
         device are as they must be is looked at when it is done, and its task tells why not.",
        "API-device: Webex Device OpenAPI document; hubsim: decision where the documents are silent \
         or differ",
    ),
    inferred(
        "DEC-170",
        "An update that says nothing of location, number and extension keeps all three, as reading \
         shows none of them; a calling type that cannot be updated may be sent back as it is.",
        "API-device: Webex Device OpenAPI document; hubsim: decision where the documents are silent \
         or differ",
    ),
];
