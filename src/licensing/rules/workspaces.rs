//! WS: workspaces and their Calling licences.

use super::{Rule, documented};

pub(super) static RULES: &[Rule] = &[
    documented(
        "WS-01",
        "A workspace moved to another subscription in one save keeps its number, extension, \
         location, devices and settings.",
        "fvix62 (nl): Move Calling service from one subscription to another; fvix62 (zh): Move \
         Calling service from one subscription to another",
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
];
