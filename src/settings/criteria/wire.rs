//! How criteria are written: one type for each way upstream has of it, for requests and answers.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::merge::Wanted;
use super::{CalledNumber, CallsFrom, Criterion, ScheduleLevel};
use crate::settings::families::schedules::ScheduleType;

/// A way of writing a criterion.
pub trait Wire: Serialize + DeserializeOwned + ToSchema {
    /// What a caller says by it.
    fn wanted(self) -> Wanted;

    /// What reading shows.
    fn view(criterion: &Criterion) -> Self;
}

/// What some criteria have beside the rest.
trait Beside: Sized {
    /// What a caller says of it.
    fn say(&mut self, _wanted: &mut Wanted) {}

    /// What reading shows of it.
    fn show(&mut self, _criterion: &Criterion) {}
}

/// Declares a way of writing a criterion: the name of its switch, that of its numbers, and what
/// it has beside the rest.
macro_rules! criterion {
    ($(#[$meta:meta])* $name:ident, $switch:ident, $numbers:ident, {
        $($(#[$field_meta:meta])* $field:ident: $ty:ty,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "camelCase", default)]
        pub struct $name {
            /// Its id; read-only.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub id: Option<String>,
            /// The name of the schedule by which it counts; at all times without.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub schedule_name: Option<String>,
            /// The schedule's type.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub schedule_type: Option<ScheduleType>,
            /// Whose schedule it is.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub schedule_level: Option<ScheduleLevel>,
            /// Whose calls it is about.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub calls_from: Option<CallsFrom>,
            /// Whether it is about callers who hide their number, too.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub anonymous_callers_enabled: Option<bool>,
            /// Whether it is about callers whose number is not known, too.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub unavailable_callers_enabled: Option<bool>,
            /// The callers' numbers.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub $numbers: Option<Vec<String>>,
            /// Whether the setting does what it is for; otherwise such calls are its exceptions.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub $switch: Option<bool>,
            $(
                $(#[$field_meta])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $field: Option<$ty>,
            )*
        }

        impl Wire for $name {
            fn wanted(mut self) -> Wanted {
                let mut wanted = Wanted {
                    schedule_name: self.schedule_name.take(),
                    schedule_type: self.schedule_type,
                    schedule_level: self.schedule_level,
                    calls_from: self.calls_from,
                    anonymous_callers_enabled: self.anonymous_callers_enabled,
                    unavailable_callers_enabled: self.unavailable_callers_enabled,
                    phone_numbers: self.$numbers.take(),
                    enabled: self.$switch,
                    ..Wanted::default()
                };
                self.say(&mut wanted);
                wanted
            }

            fn view(criterion: &Criterion) -> Self {
                let schedule = criterion.schedule.as_ref();
                let numbers = Some(&criterion.phone_numbers);
                let mut view = Self {
                    id: Some(criterion.id()),
                    schedule_name: schedule.map(|schedule| schedule.name.clone()),
                    schedule_type: schedule.map(|schedule| schedule.kind),
                    schedule_level: schedule.map(|schedule| schedule.level),
                    calls_from: Some(criterion.calls_from),
                    anonymous_callers_enabled: Some(criterion.anonymous_callers_enabled),
                    unavailable_callers_enabled: Some(criterion.unavailable_callers_enabled),
                    $numbers: numbers.filter(|numbers| !numbers.is_empty()).cloned(),
                    $switch: Some(criterion.enabled),
                    $($field: None,)*
                };
                view.show(criterion);
                view
            }
        }
    };
}

criterion!(
    /// A criterion of selective accept.
    AcceptCriterion, accept_enabled, phone_numbers, {}
);
criterion!(
    /// A criterion of selective reject.
    RejectCriterion, reject_enabled, phone_numbers, {}
);
criterion!(
    /// A criterion of simultaneous and of sequential ring.
    RingCriterion, ring_enabled, phone_numbers, {}
);
criterion!(
    /// A criterion of priority alert.
    AlertCriterion, notification_enabled, phone_numbers, {}
);
criterion!(
    /// A criterion of selective forward, of people.
    ForwardCriterion, forward_enabled, phone_numbers, {
        /// Where such calls go.
        forward_to_phone_number: String,
        /// Whether they go to the voicemail there.
        send_to_voicemail_enabled: bool,
    }
);
criterion!(
    /// A criterion of selective forward, of workspaces.
    WorkspaceForwardCriterion, forward_enabled, numbers, {
        /// Where such calls go; to the number of the setting without.
        forward_to_phone_number: String,
        /// Whether they go to the voicemail there; this is how reading says it.
        send_to_voicemail_enabled: bool,
        /// Whether they go to the voicemail there; this is how writing says it.
        destination_voicemail_enabled: bool,
    }
);
criterion!(
    /// A criterion of an executive's call filtering.
    FilterCriterion, filter_enabled, phone_numbers, {
        /// Its name, of which its id is made.
        filter_name: String,
        /// Which of the executive's own numbers was called.
        calls_to_numbers: Vec<CalledNumber>,
    }
);

impl Beside for AcceptCriterion {}
impl Beside for RejectCriterion {}
impl Beside for RingCriterion {}
impl Beside for AlertCriterion {}

impl Beside for ForwardCriterion {
    fn say(&mut self, wanted: &mut Wanted) {
        wanted.forward_to_phone_number = self.forward_to_phone_number.take();
        wanted.send_to_voicemail_enabled = self.send_to_voicemail_enabled;
    }

    fn show(&mut self, criterion: &Criterion) {
        let number = criterion.forward_to_phone_number.clone();
        self.forward_to_phone_number = Some(number.unwrap_or_default());
        self.send_to_voicemail_enabled = Some(criterion.send_to_voicemail_enabled);
    }
}

impl Beside for WorkspaceForwardCriterion {
    fn say(&mut self, wanted: &mut Wanted) {
        wanted.forward_to_phone_number = self.forward_to_phone_number.take();
        // wxc_sdk writes the name that reading has, and the live service takes it.
        let voicemail = self.destination_voicemail_enabled;
        wanted.send_to_voicemail_enabled = voicemail.or(self.send_to_voicemail_enabled);
    }

    fn show(&mut self, criterion: &Criterion) {
        self.forward_to_phone_number = criterion.forward_to_phone_number.clone();
        self.send_to_voicemail_enabled = Some(criterion.send_to_voicemail_enabled);
    }
}

impl Beside for FilterCriterion {
    fn say(&mut self, wanted: &mut Wanted) {
        wanted.filter_name = self.filter_name.take();
        wanted.calls_to_numbers = self.calls_to_numbers.take();
    }

    fn show(&mut self, criterion: &Criterion) {
        let called = Some(&criterion.calls_to_numbers);
        self.filter_name.clone_from(&criterion.filter_name);
        self.calls_to_numbers = called.filter(|called| !called.is_empty()).cloned();
    }
}

/// What the list of a setting shows of a criterion.
pub trait Entry: Serialize + ToSchema {
    /// The criterion in short.
    fn of(criterion: &Criterion) -> Self;
}

macro_rules! entry {
    ($(#[$meta:meta])* $name:ident, $switch:ident) => {
        $(#[$meta])*
        #[derive(Debug, Serialize, ToSchema)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            /// Its id.
            pub id: String,
            /// The name of its schedule; empty when it counts at all times.
            pub schedule_name: String,
            /// Whose calls it is about.
            pub source: &'static str,
            /// Whether the setting does what it is for; otherwise such calls are its exceptions.
            pub $switch: bool,
        }

        impl Entry for $name {
            fn of(criterion: &Criterion) -> Self {
                let schedule = criterion.schedule.as_ref();
                Self {
                    id: criterion.id(),
                    schedule_name: schedule.map(|it| it.name.clone()).unwrap_or_default(),
                    source: criterion.calls_from.source(),
                    $switch: criterion.enabled,
                }
            }
        }
    };
}

entry!(
    /// A criterion of selective accept in short.
    AcceptEntry, accept_enabled
);
entry!(
    /// A criterion of selective reject in short.
    RejectEntry, reject_enabled
);
entry!(
    /// A criterion of selective forward, simultaneous or sequential ring in short.
    RingEntry, ring_enabled
);
entry!(
    /// A criterion of priority alert in short.
    AlertEntry, notification_enabled
);

/// A criterion of call filtering in short.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FilterEntry {
    /// Its id.
    pub id: String,
    /// Its name.
    pub filter_name: String,
    /// Whose calls it is about.
    pub source: CallsFrom,
    /// Whether it is looked at.
    pub activation_enabled: bool,
    /// Whether such calls go to the assistants; otherwise they are exceptions.
    pub filter_enabled: bool,
}

impl Entry for FilterEntry {
    fn of(criterion: &Criterion) -> Self {
        Self {
            id: criterion.id(),
            filter_name: criterion.filter_name.clone().unwrap_or_default(),
            source: criterion.calls_from,
            activation_enabled: !criterion.passed_over,
            filter_enabled: criterion.enabled,
        }
    }
}
