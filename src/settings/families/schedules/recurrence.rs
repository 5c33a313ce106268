//! When an event of a schedule comes again.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::event::date;
use crate::refusal::Refusal;
use crate::settings::families::{invalid, missing, values};

/// When an event comes again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Recurrence {
    /// Whether it comes again for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recur_for_ever: Option<bool>,
    /// The last day on which it may come again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recur_end_date: Option<String>,
    /// How often it comes again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recur_end_occurrence: Option<u32>,
    /// Every so many days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recur_daily: Option<Daily>,
    /// Every so many weeks on these days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recur_weekly: Option<Weekly>,
    /// Every year on a date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recur_yearly_by_date: Option<YearlyByDate>,
    /// Every year on a day of a week of a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recur_yearly_by_day: Option<YearlyByDay>,
}

/// Every so many days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Daily {
    /// How many days.
    pub recur_interval: u32,
}

/// Every so many weeks on these days.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Weekly {
    /// How many weeks.
    pub recur_interval: u32,
    /// On Sundays.
    #[serde(default)]
    pub sunday: bool,
    /// On Mondays.
    #[serde(default)]
    pub monday: bool,
    /// On Tuesdays.
    #[serde(default)]
    pub tuesday: bool,
    /// On Wednesdays.
    #[serde(default)]
    pub wednesday: bool,
    /// On Thursdays.
    #[serde(default)]
    pub thursday: bool,
    /// On Fridays.
    #[serde(default)]
    pub friday: bool,
    /// On Saturdays.
    #[serde(default)]
    pub saturday: bool,
}

/// Every year on a date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct YearlyByDate {
    /// The day.
    pub day_of_month: u32,
    /// The month.
    pub month: Month,
}

/// Every year on a day of a week of a month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct YearlyByDay {
    /// The day.
    pub day: Day,
    /// The week.
    pub week: Week,
    /// The month.
    pub month: Month,
}

/// A month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "their names say it")]
pub enum Month {
    January,
    February,
    March,
    April,
    May,
    June,
    July,
    August,
    September,
    October,
    November,
    December,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "their names say it")]
pub enum Day {
    Sunday,
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
}

/// Which of the weeks of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "their names say it")]
pub enum Week {
    First,
    Second,
    Third,
    Fourth,
    Last,
}

impl Month {
    /// The most days it has in any year.
    fn days(self) -> u32 {
        match self {
            Self::February => 29,
            Self::April | Self::June | Self::September | Self::November => 30,
            _ => 31,
        }
    }
}

impl Weekly {
    fn has_day(&self) -> bool {
        let days = [
            self.sunday,
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
        ];
        days.contains(&true)
    }
}

/// The longest interval of days or weeks. No document names a bound; a few years are enough.
const MAX_INTERVAL: u32 = 999;

impl Recurrence {
    /// Refuses what cannot come again in this way; the event lasts from `start` to `end`.
    pub(super) fn check(&self, start: Date, end: Date) -> Result<(), Refusal> {
        let kinds = [
            ("recurDaily", self.recur_daily.is_some()),
            ("recurWeekly", self.recur_weekly.is_some()),
            ("recurYearlyByDate", self.recur_yearly_by_date.is_some()),
            ("recurYearlyByDay", self.recur_yearly_by_day.is_some()),
        ];
        let mut given = kinds.iter().filter(|(_, given)| *given);
        match (given.next(), given.next()) {
            (None, _) => {
                return Err(missing(
                    "recurrence.recurDaily or recurrence.recurWeekly is required in a recurrence.",
                ));
            }
            (Some((one, _)), Some((other, _))) => {
                return Err(
                    invalid(format!("recurrence.{one} is not allowed with {other}.")).by("SET-05"),
                );
            }
            _ => {}
        }
        if let Some(last) = &self.recur_end_date
            && date("recurrence.recurEndDate", last)? < start
        {
            return Err(invalid("recurrence.recurEndDate is before startDate."));
        }
        if self.recur_end_occurrence == Some(0) {
            return Err(invalid("recurrence.recurEndOccurrence must be at least 1."));
        }
        self.check_intervals(start, end)?;
        match &self.recur_yearly_by_date {
            Some(YearlyByDate {
                day_of_month,
                month,
            }) => {
                let field = "recurrence.recurYearlyByDate.dayOfMonth";
                values::number(field, *day_of_month, 1, month.days())
            }
            None => Ok(()),
        }
    }

    fn check_intervals(&self, start: Date, end: Date) -> Result<(), Refusal> {
        let daily = self.recur_daily.as_ref().map(|daily| daily.recur_interval);
        let weekly = self
            .recur_weekly
            .as_ref()
            .map(|weekly| weekly.recur_interval);
        let lasts = i64::from((end - start).get_days());
        for (name, interval, days) in [("recurDaily", daily, 1), ("recurWeekly", weekly, 7)] {
            let Some(interval) = interval else { continue };
            let field = format!("recurrence.{name}.recurInterval");
            values::number(&field, interval, 1, MAX_INTERVAL)?;
            // Repetitions cannot overlap (the schedules page).
            if lasts >= i64::from(interval) * days {
                return Err(invalid(format!(
                    "{field} is {interval}, so that repetitions of the event would overlap."
                ))
                .by("SET-05"));
            }
        }
        if self
            .recur_weekly
            .as_ref()
            .is_some_and(|weekly| !weekly.has_day())
        {
            return Err(missing("recurrence.recurWeekly needs a day of the week."));
        }
        Ok(())
    }
}
