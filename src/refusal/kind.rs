//! The closed set of reasons to say no. Their rows stand in the tables beside this file.

use super::ErrorRow;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Every reason to say no.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorKind { $($(#[$doc])* $name,)* }

        impl ErrorKind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
        }
    };
}

kinds! {
    /// The request could not be understood by the server.
    BadRequest,
    /// The request requires a valid access token set in the Authorization request header.
    Unauthorized,
    /// Nobody of the sandbox is the person whom the token names.
    UnknownPerson,
    /// The person whom the token names is deactivated.
    DeactivatedPerson,
    /// The server understood the request, but refused to fulfill it because the access …
    Forbidden,
    /// What concerns the whole server needs the admin token.
    AdminTokenNeeded,
    /// The access token is missing required scopes.
    MissingScope,
    /// The requested resource could not be found.
    NotFound,
    /// The requested resource could not be found.
    ForeignOrganization,
    /// The requested resource could not be found.
    UnknownPath,
    /// The request method is not supported for this resource.
    MethodNotAllowed,
    /// The request took too long to arrive.
    RequestTimeout,
    /// The request conflicts with the current state of the resource.
    Conflict,
    /// User already exists.
    EmailTaken,
    /// A path of SCIM names nothing that can be changed.
    ScimPath,
    /// A path of SCIM chooses nothing.
    ScimTarget,
    /// An attribute of SCIM cannot be changed so.
    ScimMutability,
    /// A bulk request of SCIM has too many operations.
    ScimTooMany,
    /// A request of SCIM compares too much.
    ScimTooMuch,
    /// The requested resource is no longer available.
    Gone,
    /// The request body is too large.
    TooLarge,
    /// The request body has a media type that is not supported.
    UnsupportedMediaType,
    /// The request line is too long.
    UriTooLong,
    /// The headers of the request are too large.
    HeadersTooLarge,
    /// The requested resource is temporarily unavailable.
    Locked,
    /// The file cannot be scanned and must be downloaded by force.
    PreconditionRequired,
    /// Too many requests were sent in a given amount of time.
    TooManyRequests,
    /// Something unexpected went wrong on the server.
    Internal,
    /// A server behind this one gave an invalid response.
    BadGateway,
    /// The server is overloaded with requests.
    ServiceUnavailable,
    /// A server behind this one did not respond in time.
    GatewayTimeout,
    /// This operation is not simulated.
    NotSimulated,
    /// Unable to find location
    UnableToFindLocation,
    /// License not recognized
    LicenseNotRecognized,
    /// License assignment failed
    ProfessionalToStandard,
    /// License management not supported
    MessengerLicense,
    /// Invalid site URL
    InvalidSiteUrl,
    /// License conflict
    ProfessionalAndStandard,
    /// License conflict
    StandardAndAttendant,
    /// License conflict
    StandardAndCustomerAssist,
    /// License prerequisite missing
    AttendantNeedsProfessional,
    /// License downgrade not allowed
    CustomerAssistToStandard,
    /// License properties missing
    PropertiesMissing,
    /// License conflict
    OneOfOffer,
    /// License prerequisite missing
    FreeMessagingForMessaging,
    /// License prerequisite missing
    FreeMeetingForMeeting,
    /// License prerequisite missing
    FreeMessagingForMeeting,
    /// License removal not allowed
    ScreenShareImplicit,
    /// The user is not enabled for Webex Calling.
    CallingNotAssigned,
    /// Invalid member
    MemberNotAllowed,
    /// The executive service is not assigned.
    ExecutiveNotAssigned,
    /// Extension cannot be less than 2 or greater than 6 characters
    ExtensionLength,
    /// The phone number cannot be used.
    NumberNotAvailable,
    /// The extension is already in use.
    ExtensionTaken,
    /// Invalid value.
    InvalidSetting,
    /// Missing mandatory field.
    MandatoryField,
    /// The passcode does not meet the rules.
    Passcode,
    /// The phone number already exists.
    NumberExists,
    /// The location is in use.
    LocationInUse,
    /// No free unit of the license
    NoFreeUnit,
    /// Subscription not active
    SubscriptionNotActive,
    /// Data loss not acknowledged
    LossNotAcknowledged,
    /// Two Calling licenses
    TwoCallingLicenses,
    /// Another bulk change is running
    BulkChangeRunning,
    /// Nothing to move to
    NothingToMoveTo,
    /// Services disabled by cancellation
    DisabledByCancellation,
    /// TRUE in a suspended column
    SuspendedColumn,
    /// Unknown header
    UnknownHeader,
    /// Too many rows
    TooManyRows,
    /// Location cannot be changed
    LocationImmutable,
    /// Number without its +
    NumberWithoutPlus,
    /// Neither TRUE nor FALSE
    NeitherTrueNorFalse,
    /// Two packages
    TwoPackages,
    /// Mandatory field missing
    FieldMissing,
    /// Not a file of comma-separated values
    NotCsv,
    /// Invalid value in a cell
    InvalidCell,
    /// The same key twice
    DuplicateKey,
    /// Read-only field
    ReadOnlyField,
    /// Unknown name
    UnknownName,
    /// Task already finished
    TaskFinished,
    /// Task not finished
    TaskUnfinished,
    /// Result no longer kept
    ResultExpired,
    /// The email is already associated with an existing user.
    EmailAssociated,
    /// Unable to update user attributes
    AttributesNotUpdated,
    /// Unable to update the user license
    LicenseNotUpdated,
    /// Package dependency missing
    PackageDependency,
    /// Package not provisioned
    PackageNotProvisioned,
    /// Package cannot be downgraded
    PackageDowngrade,
    /// Not a wholesale customer
    NotWholesale,
    /// The customer is being changed
    CustomerBusy,
    /// Package in use
    PackageInUse,
    /// License belongs to a package
    PackageLicense,
    /// Impossible from the present status
    WrongStatus,
    /// Units in use
    UnitsInUse,
    /// Limit of the simulator reached
    LimitReached,
    /// Too many listen
    TooManyListeners,
    /// Too much at once
    Overloaded,
    /// License cannot be removed
    LicenseNotRemovable,
    /// Suspended licenses are managed in Control Hub only
    SuspendedOverPublicApi,
    /// No number for Calling
    NoNumberForCalling,
    /// Scenario not valid
    ScenarioInvalid,
    /// Selectors disagree
    ConflictingSelectors,
    /// Unknown sandbox
    UnknownSandbox,
    /// Request from a foreign page or host
    ForeignOrigin,
    /// The sandbox holds no organisation.
    NoOrganization,
    /// State not kept
    NotKept,
    /// Not so many steps
    TooFewSteps,
    /// More would be lost than the caller allows
    LossAboveLimit,
    /// The sandbox has moved on since the plan
    PlanOutdated,
    /// The plan was applied already
    PlanApplied,
    /// No room for another snapshot
    SnapshotsFull,
    /// Snapshot not valid
    SnapshotInvalid,
    /// The address belongs to a trial organization
    TrialOrganization,
    /// The address has an account elsewhere
    AccountElsewhere,
    /// Url already exists
    CarrierAccount,
    /// Contact Center could not be told
    ContactCenterUnavailable,
    /// Supervisors need Premium
    SupervisorNeedsPremium,
    /// People come from a directory
    DirectorySynchronized,
    /// Signing in is not allowed
    LoginDisabled,
    /// No invitation was sent
    NoInvitation,
    /// Claim cannot be taken back
    ClaimStands,
    /// Another version is there
    VersionOutdated,
    /// Not waiting for a first sign-in
    NotPending,
    /// Other things name it
    Referenced,
    /// Invalid phone number.
    JobNumberInvalid,
    /// Attribute 'Validate' is required.
    MoveValidateMissing,
    /// Users list should not be empty.
    MoveListEmpty,
    /// Users should not be empty.
    MoveUsersEmpty,
    /// The source and the target location cannot be the same.
    MoveSameLocation,
    /// User should have either phone number or extension.
    MoveNoLine,
    /// Phone number is not in e164 format.
    MoveNotE164,
    /// Selected Users list exceeds the maximum limit.
    MoveTooMany,
    /// Duplicate entry for user is not allowed.
    MoveTwice,
    /// Validate 'true' is supported only for single user.
    MoveValidateOne,
    /// Attribute location id is required for Calling user.
    MoveNoLocation,
    /// Validate 'true' is supported for calling users only.
    MoveValidateCalling,
    /// Extension and phone number is supported for calling users only.
    MoveCallingOnly,
    /// User was not found
    MoveUserUnknown,
}

/// The tables, one for each subject.
static TABLES: &[&[(ErrorKind, ErrorRow)]] = &[
    super::general::ROWS,
    super::licenses::ROWS,
    super::calling::ROWS,
    super::subscriptions::ROWS,
    super::files::ROWS,
    super::people::ROWS,
    super::tasks::ROWS,
    super::jobs::ROWS,
    super::wholesale::ROWS,
    super::control::ROWS,
];

/// How long to wait, where a limit of the simulator may be over soon: clients of Webex wait for
/// the seconds of `Retry-After` after each 429, and some for a quarter of a minute without it
/// (api-surface.md 1.6).
const WAITS: &[(ErrorKind, u32)] = &[
    (ErrorKind::LimitReached, 1),
    (ErrorKind::TooManyListeners, 1),
    (ErrorKind::Overloaded, 1),
];

impl ErrorKind {
    /// The seconds of `Retry-After`; a fault, and the rate limit, bring their own.
    #[must_use]
    pub fn retry_after(self) -> Option<u32> {
        let mut rows = WAITS.iter();
        rows.find(|(kind, _)| *kind == self)
            .map(|(_, seconds)| *seconds)
    }

    /// The row of the table.
    #[must_use]
    pub fn row(self) -> ErrorRow {
        let mut rows = TABLES.iter().copied().flatten();
        let found = rows.find(|(kind, _)| *kind == self);
        // Every kind has a row: the test below says so.
        found.map_or(super::general::UNLISTED, |(_, row)| *row)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_reason_has_one_row_and_every_row_a_reason() {
        let rows: Vec<ErrorKind> = TABLES.iter().copied().flatten().map(|row| row.0).collect();
        assert_eq!(rows.len(), ErrorKind::ALL.len());
        for kind in ErrorKind::ALL {
            let of_kind = rows.iter().filter(|known| *known == kind).count();
            assert_eq!(of_kind, 1, "{kind:?}");
        }
    }

    #[test]
    fn every_limit_of_the_simulator_says_how_long_to_wait() {
        let limits = ErrorKind::ALL
            .iter()
            .filter(|kind| [429, 503].contains(&kind.row().status) && kind.row().code.is_some());
        let mut seen = 0;
        for kind in limits {
            assert!(kind.retry_after().is_some_and(|it| it > 0), "{kind:?}");
            seen += 1;
        }
        assert_eq!(seen, WAITS.len());
    }

    #[test]
    fn a_code_is_given_once_and_every_row_says_what_to_do() {
        let codes: Vec<u32> = ErrorKind::ALL
            .iter()
            .filter_map(|kind| kind.row().code)
            .collect();
        let unique: BTreeSet<&u32> = codes.iter().collect();
        assert_eq!(unique.len(), codes.len());
        for kind in ErrorKind::ALL {
            let row = kind.row();
            assert!((400..600).contains(&row.status), "{kind:?}");
            assert!(
                !row.message.is_empty() && !row.remedy.is_empty(),
                "{kind:?}"
            );
        }
    }
}
