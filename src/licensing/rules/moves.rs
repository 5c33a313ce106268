//! MOVE: moving people between Calling subscriptions.

use super::{Rule, documented, inferred};

pub(super) static RULES: &[Rule] = &[
    documented(
        "MOVE-01",
        "A person who gives up a Calling licence of one active subscription and takes the same \
         licence of another in one save keeps numbers, extension, location, voicemail, PIN and \
         every call setting.",
        "fvix62: Move Calling service from one subscription to another",
    ),
    documented(
        "MOVE-02",
        "A move lowers the consumed units of the old subscription by one, raises those of the \
         new one by one and touches nobody else.",
        "fvix62: Move Calling service from one subscription to another; API-admin: Webex Admin \
         OpenAPI document",
    ),
    inferred(
        "MOVE-03",
        "Removing and adding a Calling licence in the same request is one swap, with no moment \
         in between at which settings are wiped.",
        "fvix62: Move Calling service from one subscription to another",
    ),
    documented(
        "MOVE-04",
        "Saving the removal by itself is a loss, and adding the new licence in a second save \
         brings nothing back.",
        "fvix62 (hr): Move Calling service from one subscription to another; n8iptxg: Set up \
         automatic license assignment templates for Webex Calling users",
    ),
    documented(
        "MOVE-05",
        "A person on a suspended subscription can be moved with Edit licences, one person at a \
         time.",
        "fvix62 (nl): Move Calling service from one subscription to another; fvix62 (zh): Move \
         Calling service from one subscription to another",
    ),
    inferred(
        "MOVE-06",
        "A move to a subscription without a free unit is refused and the old licence stays as it \
         is.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "MOVE-07",
        "A move to a subscription whose licences cannot be assigned is refused and the old \
         licence stays as it is.",
        "e2okky: Add multiple users in Control Hub with the CSV template; fvix62: Move Calling \
         service from one subscription to another",
    ),
    documented(
        "MOVE-08",
        "A user CSV with FALSE in the old Calling column and TRUE in the new one moves the \
         person without loss when it is imported with Add and remove services.",
        "fvix62: Move Calling service from one subscription to another",
    ),
    inferred(
        "MOVE-09",
        "The same file imported with Add services only fails at that row, because the ignored \
         FALSE leaves the person with two Calling licences.",
        "n6jxw9e: Claim users; ih07j: Modify users with a CSV file",
    ),
    inferred(
        "MOVE-10",
        "A CSV row that fails does not hold up the moves in the other rows, and the task ends \
         completed with errors.",
        "e2okky: Add multiple users in Control Hub with the CSV template; API-admin: Webex Admin \
         OpenAPI document",
    ),
    documented(
        "MOVE-11",
        "An organisation template for existing users that names the new subscription and does \
         not preserve licences takes the old Calling licence from everyone and applies the new \
         one.",
        "fvix62 (hr): Move Calling service from one subscription to another; fvix62 (zh): Move \
         Calling service from one subscription to another",
    ),
    documented(
        "MOVE-12",
        "When the old subscription is suspended, such a template moves nobody: the Calling \
         configuration is lost and the new licence is not given.",
        "fvix62 (nl): Move Calling service from one subscription to another; fvix62 (zh): Move \
         Calling service from one subscription to another",
    ),
    documented(
        "MOVE-13",
        "Revisions of the article differ on whether a CSV move out of a suspended subscription \
         keeps or loses the configuration, and the quirk csv_from_suspended chooses.",
        "fvix62 (zh): Move Calling service from one subscription to another; fvix62 (nl): Move \
         Calling service from one subscription to another",
    ),
    inferred(
        "MOVE-14",
        "With licences preserved, holders of the old Calling licence keep it and do not get the \
         new one, because a person holds only one.",
        "n3ijtao: Set up automatic license assignments in Control Hub; 9dmqgv: Edit service \
         licenses in Control Hub for individual users",
    ),
    documented(
        "MOVE-15",
        "A template for future users alone leaves the people of today as they are, and only \
         people added later get its licence.",
        "n3ijtao: Set up automatic license assignments in Control Hub",
    ),
    documented(
        "MOVE-16",
        "Whoever was moved away before a cancellation loses nothing by it, and whoever stayed \
         loses everything.",
        "fvix62 (hr): Move Calling service from one subscription to another; fvix62 (nl): Move \
         Calling service from one subscription to another",
    ),
    documented(
        "MOVE-17",
        "A move from Professional to Standard is refused, over the API with code 400112.",
        "API-admin: Webex Admin OpenAPI document",
    ),
];
