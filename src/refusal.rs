//! Refusals: every reason for which the simulator says no, as a core value without HTTP.
//!
//! One table holds status, code and wording. Webex's own wordings are exact (behaviour.md D2,
//! api-surface.md 1.5); codes of six digits that start with 9 are hubsim's.

use std::fmt;

use crate::world::Taken;

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorRow {
    /// The HTTP status.
    pub status: u16,
    /// `errors[].errorCode`, where there is one.
    pub code: Option<u32>,
    /// The body's `message`.
    pub message: &'static str,
    /// The body's `errors[].description`; `{}` stands for the particular.
    pub description: &'static str,
    /// What the reader can do about it.
    pub remedy: &'static str,
}

macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident = $status:literal, $code:expr, $message:literal, $description:literal, $remedy:literal;)*) => {
        /// Every reason to say no.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorKind { $($(#[$doc])* #[doc = $message] $name,)* }

        impl ErrorKind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The row of the table.
            #[must_use]
            pub const fn row(self) -> ErrorRow {
                match self {
                    $(Self::$name => ErrorRow { status: $status, code: $code, message: $message, description: $description, remedy: $remedy },)*
                }
            }
        }
    };
}

#[rustfmt::skip]
errors! {
    BadRequest = 400, None, "The request could not be understood by the server.", "{}", "Correct what the description names and send the request again.";
    Unauthorized = 401, None, "The request requires a valid access token set in the Authorization request header.", "The request requires a valid access token set in the Authorization request header.", "Send `Authorization: Bearer full-admin`, or a token of the sandbox.";
    Forbidden = 403, None, "The server understood the request, but refused to fulfill it because the access token is missing required scopes or the user is missing required roles.", "{}", "Use a token whose role may do this, such as `full-admin`.";
    NotFound = 404, None, "The requested resource could not be found.", "{}", "Look the id up again: it may have been deleted, or belong to another organisation or sandbox.";
    UnknownPath = 404, None, "The requested resource could not be found.", "{}", "See /docs for the paths this server knows.";
    MethodNotAllowed = 405, None, "The request method is not supported for this resource.", "{}", "Use one of the methods of the Allow header.";
    RequestTimeout = 408, None, "The request took too long to arrive.", "{}", "Send headers and body within 30 seconds.";
    Conflict = 409, None, "The request conflicts with the current state of the resource.", "{}", "Read the resource again and resolve the conflict.";
    EmailTaken = 409, None, "User already exists.", "A user with the e-mail address {} already exists.", "Update the existing person, or use another address.";
    Gone = 410, None, "The requested resource is no longer available.", "{}", "Start the job again.";
    TooLarge = 413, None, "The request body is too large.", "{}", "Send less, or start the server with a larger --max-body.";
    UnsupportedMediaType = 415, None, "The request body has a media type that is not supported.", "{}", "Send the media type that the description names.";
    Internal = 500, None, "Something unexpected went wrong on the server.", "{}", "This is a defect of the simulator: please report it with the tracking id.";
    NotSimulated = 501, None, "This operation is not simulated.", "{}", "See /_sim/v1/coverage for what is simulated.";

    UnableToFindLocation = 400, Some(400), "Unable to find location", "Unable to find location.", "Use the id of a location of this organisation that is enabled for Webex Calling.";
    LicenseNotRecognized = 400, Some(400_000), "License not recognized", "License not recognized {}", "List the licences and use one of their ids.";
    ProfessionalToStandard = 400, Some(400_112), "License assignment failed", "Changing a user's Webex Calling license from Professional to Standard is not allowed. The following license(s) could not be applied as requested: {}", "Keep Professional, or remove it first, which loses every calling setting.";
    MessengerLicense = 400, Some(400_118), "License management not supported", "User management of Messenger license {} is not supported", "Leave this licence out of the request.";
    InvalidSiteUrl = 400, Some(400_216), "Invalid site URL", "Request contains invalid attendee siteUrls: {}", "Use the siteUrl of a meetings licence of this organisation.";
    ProfessionalAndStandard = 400, Some(400_404), "License conflict", "User cannot have both Webex Calling Professional and Standard License together. The following license(s) could not be applied as requested: {}", "Remove the old Calling licence in the same request.";
    StandardAndAttendant = 400, Some(400_406), "License conflict", "User cannot have both Webex Calling Standard and Webex Attendant Console licenses together. The following license(s) could not be applied as requested: {}", "Attendant Console needs Webex Calling Professional.";
    StandardAndCustomerAssist = 400, Some(400_407), "License conflict", "User cannot have both Webex Calling Standard and CX Essential licenses together. The following license(s) could not be applied as requested: {}", "Customer Assist needs Webex Calling Professional.";
    AttendantNeedsProfessional = 400, Some(400_408), "License prerequisite missing", "User needs Webex Calling Professional license to be assigned before assigning Webex Attendant Console: {}", "Assign Webex Calling Professional first, or in the same request.";
    CustomerAssistToStandard = 400, Some(400_410), "License downgrade not allowed", "Changing a user's license from CX Essential to Webex Calling Standard is not allowed. The following license(s) could not be applied as requested: {}", "Keep Customer Assist, or remove it first, which loses every calling setting.";
    PropertiesMissing = 400, Some(400_411), "License properties missing", "Each Webex Calling license should contain its own calling properties. The following license(s) do not have properties: {}", "Add properties with a phoneNumber, or a locationId and an extension, to the licence.";
    OneOfOffer = 400, Some(400_413), "License conflict", "Could not apply the following license(s): {} as the user can be assigned only one of licenses with the offer code from the list:", "Remove the licence that the user holds in the same request: that is a swap and keeps everything.";
    FreeMessagingForMessaging = 400, Some(700_003), "License prerequisite missing", "Free teams messaging mandatory for paid teams messaging license. The following license could not be applied as requested: {}", "Assign the free messaging licence too.";
    FreeMeetingForMeeting = 400, Some(700_004), "License prerequisite missing", "Free teams meeting mandatory for paid teams meeting license. The following license could not be applied as requested: {}", "Assign the free meeting licence too.";
    FreeMessagingForMeeting = 400, Some(700_005), "License prerequisite missing", "Free teams messaging mandatory for teams meeting license. The following license(s) could not be applied as requested: {}", "Assign the free messaging licence too.";
    ScreenShareImplicit = 400, Some(700_006), "License removal not allowed", "Screen Share {} is implicitly assigned and cannot be removed", "Leave the Screen Share licence in place.";

    CallingNotAssigned = 400, Some(4008), "The user is not enabled for Webex Calling.", "{}", "Assign a Webex Calling licence first.";
    MemberNotAllowed = 400, Some(4470), "Invalid member", "{}", "Name people and workspaces of this organisation that have Webex Calling.";
    ExtensionLength = 400, Some(25_058), "Extension cannot be less than 2 or greater than 6 characters", "WXC-25058 Extension cannot be less than 2 or greater than 6 characters: {}", "Use an extension of 2 to 6 digits.";
    NumberNotAvailable = 400, Some(25_102), "The phone number cannot be used.", "{}", "Choose a number that GET /v1/telephony/config/numbers?available=true lists for the location.";
    ExtensionTaken = 409, Some(25_108), "The extension is already in use.", "{}", "Choose an extension that is free in the location.";
    InvalidSetting = 400, Some(25_024), "Invalid value.", "{}", "Correct the value that the description names.";
    MandatoryField = 400, Some(25_008), "Missing mandatory field.", "{}", "Send the field that the description names.";
    Passcode = 400, Some(25_110), "The passcode does not meet the rules.", "{}", "Use 6 to 30 digits that neither repeat, rise nor fall.";
    NumberExists = 409, Some(25_223), "The phone number already exists.", "{}", "Leave the number out: it is already in use.";
    LocationInUse = 409, None, "The location is in use.", "{}", "Move or delete what still uses the location first.";

    NoFreeUnit = 400, Some(900_001), "No free unit of the license", "No unit of {} is free.", "Free a unit, buy more (PATCH /_sim/v1/subscriptions/{subscriptionId}), or choose another subscription.";
    SubscriptionNotActive = 400, Some(900_002), "Subscription not active", "{}", "Choose a licence of an active subscription.";
    LossNotAcknowledged = 400, Some(900_003), "Data loss not acknowledged", "{}", "Send acknowledgeDataLoss: true, or keep preserveLicenses: true.";
    TwoCallingLicenses = 400, Some(900_004), "Two Calling licenses", "{}", "Set the column of the old Calling licence to FALSE and import with addAndRemove.";
    BulkChangeRunning = 409, Some(900_005), "Another bulk change is running", "{}", "Wait for the task to finish, or cancel it.";
    NothingToMoveTo = 400, Some(900_006), "Nothing to move to", "{}", "Buy a Calling subscription, or contact your partner.";
    DisabledByCancellation = 403, Some(900_007), "Services disabled by cancellation", "{}", "Restore the subscription first (POST /_sim/v1/subscriptions/{subscriptionId}/restore).";
    SuspendedColumn = 400, Some(900_008), "TRUE in a suspended column", "{}", "Delete the columns of services that stay as they are, or set these cells to FALSE, which removes the service; to move, set the new subscription's column to TRUE in the same rows.";
    UnknownHeader = 400, Some(900_009), "Unknown header", "{}", "Start from a fresh export or template of this organisation.";
    TooManyRows = 400, Some(900_010), "Too many rows", "{}", "Split the file.";
    LocationImmutable = 400, Some(900_011), "Location cannot be changed", "{}", "Leave the location as it is: Calling users move by a job of their own.";
    NumberWithoutPlus = 400, Some(900_012), "Number without its +", "{}", "Write the number in E.164 with its leading +; spreadsheets tend to remove it.";
    NeitherTrueNorFalse = 400, Some(900_013), "Neither TRUE nor FALSE", "{}", "Write TRUE, FALSE or nothing.";
    TwoPackages = 400, Some(900_014), "Two packages", "{}", "Set one package column to TRUE.";
    FieldMissing = 400, Some(900_015), "Mandatory field missing", "{}", "Fill the field that the description names.";
    NotCsv = 400, Some(900_016), "Not a file of comma-separated values", "{}", "Save the file as CSV in UTF-8 with commas.";
    InvalidCell = 400, Some(900_017), "Invalid value in a cell", "{}", "Correct the cell that the description names.";
    DuplicateKey = 400, Some(900_018), "The same key twice", "{}", "Leave one row for each person.";
    ReadOnlyField = 400, Some(900_019), "Read-only field", "{}", "Leave the column as it was exported, or delete it.";
    UnknownName = 400, Some(900_020), "Unknown name", "{}", "Use a name of this organisation.";
    TaskFinished = 409, Some(900_021), "Task already finished", "{}", "There is nothing to cancel.";
    TaskUnfinished = 409, Some(900_022), "Task not finished", "{}", "Wait for the task, or run it to its end with POST /_sim/v1/tasks/run.";
    ResultExpired = 410, Some(900_023), "Result no longer kept", "{}", "Results are kept for 7 days: start the task again.";
    WrongStatus = 409, Some(900_024), "Impossible from the present status", "{}", "Look at the subscription's status first.";
    UnitsInUse = 409, Some(900_025), "Units in use", "{}", "Take licences from their holders first.";
    LimitReached = 429, Some(900_026), "Limit of the simulator reached", "{}", "Raise the limit with the option that the description names.";
    LicenseNotRemovable = 400, Some(900_027), "License cannot be removed", "{}", "Leave this licence in place.";
    SuspendedOverPublicApi = 403, Some(900_028), "Suspended licenses are managed in Control Hub only", "{}", "Use Edit licences (PATCH /_hub/v1/organizations/me/users/{personId}/licenses), or set the quirk suspended_over_public_api to allow.";
    NoNumberForCalling = 400, Some(900_029), "No number for Calling", "{}", "Give the user a work number that stands unused in a Calling location, then apply the template to existing users again.";
    ScenarioInvalid = 400, Some(900_030), "Scenario not valid", "{}", "Correct what the description names; POST /_sim/v1/scenarios/check lists every error.";
    ConflictingSelectors = 400, Some(900_031), "Selectors disagree", "{}", "Name one sandbox: by path, by header, by host or by token.";
    UnknownSandbox = 404, Some(900_032), "Unknown sandbox", "{}", "Create it with POST /_sim/v1/sandboxes.";
    ForeignOrigin = 403, Some(900_033), "Request from a foreign page or host", "{}", "Call from this machine, or start the server with --allowed-host.";
}

/// A reason to say no, with its particulars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which row of the table.
    pub kind: ErrorKind,
    /// What stands for `{}` in the description.
    pub detail: String,
    /// The rules that decided.
    pub rules: Vec<&'static str>,
}

impl Refusal {
    /// A refusal with its particulars.
    #[must_use]
    pub fn new(kind: ErrorKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
            rules: Vec::new(),
        }
    }

    /// Names the rule that decided.
    #[must_use]
    pub fn by(mut self, rule: &'static str) -> Self {
        self.rules.push(rule);
        self
    }

    /// A request that cannot be understood.
    #[must_use]
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(ErrorKind::BadRequest, detail)
    }

    /// Something that is not there: `what` names it, `id` as the caller wrote it.
    #[must_use]
    pub fn not_found(what: &str, id: &str) -> Self {
        let shown: String = id.chars().take(120).collect();
        Self::new(
            ErrorKind::NotFound,
            format!("{what} {shown} could not be found."),
        )
    }

    /// The description with its particulars.
    #[must_use]
    pub fn description(&self) -> String {
        self.kind.row().description.replacen("{}", &self.detail, 1)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.description())
    }
}

impl std::error::Error for Refusal {}

impl From<Taken> for Refusal {
    fn from(taken: Taken) -> Self {
        Self::new(ErrorKind::Conflict, format!("{taken}."))
    }
}
