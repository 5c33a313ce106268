//! The language of announcements and the time zone of a person
//! (`/telephony/config/people/{personId}`). Both are the location's where nothing was set.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{invalid, kinds};
use crate::model::number::shorten;
use crate::model::{Holder, language, time_zone};
use crate::refusal::Refusal;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Setting, Step};
use crate::world::Kind;

/// The language of announcements and the time zone of a person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Language {
    /// A locale such as `en_us`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announcement_language: Option<String>,
    /// An IANA time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

/// What reading shows of them.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LanguageView {
    /// The language's name.
    #[schema(example = "English")]
    pub announcement_language: String,
    /// An IANA time zone.
    #[schema(example = "America/Chicago")]
    pub time_zone: String,
}

/// What a PUT may say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct LanguageWrite {
    /// The language's name, or a locale such as `en_us`.
    #[schema(example = "English")]
    pub announcement_language: Option<String>,
    /// An IANA time zone.
    #[schema(example = "America/Chicago")]
    pub time_zone: Option<String>,
}

impl Family for Language {
    const KIND: Kind = kinds::LANGUAGE;
    const KEY: &'static str = "languageAndTimeZone";

    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        if let Some(text) = self.announcement_language.as_deref() {
            locale(text)?;
        }
        match self.time_zone.as_deref() {
            Some(text) if !time_zone::is_time_zone(text) => {
                let text = shorten(text);
                Err(invalid(format!(
                    "timeZone must be an IANA name such as Europe/Berlin, but it is \"{text}\"."
                )))
            }
            _ => Ok(()),
        }
    }
}

/// The locale that is meant by a name or a locale.
fn locale(text: &str) -> Result<String, Refusal> {
    language::locale(text).ok_or_else(|| {
        let text = shorten(text);
        invalid(format!(
            "announcementLanguage must be a language such as English or a locale such as en_us, \
             but it is \"{text}\"."
        ))
    })
}

impl Setting for Language {
    type View = LanguageView;
    type Write = LanguageWrite;

    fn view(&self, step: &Step<'_>) -> LanguageView {
        let place = step.location();
        let locale = self.announcement_language.as_deref();
        let locale = locale.or_else(|| Some(place?.announcement_language.as_str()));
        let zone = self.time_zone.as_deref();
        let zone = zone.or_else(|| Some(place?.time_zone.as_str()));
        LanguageView {
            announcement_language: language::name(locale.unwrap_or_default()).to_owned(),
            time_zone: zone.unwrap_or_default().to_owned(),
        }
    }

    fn merge(&mut self, write: LanguageWrite, step: &Step<'_>) -> Result<(), Refusal> {
        let shown = self.view(step);
        // Several locales have one name: what is shown already stays the locale that it is.
        let sent = write.announcement_language;
        if let Some(text) = sent.filter(|text| *text != shown.announcement_language) {
            self.announcement_language = Some(locale(&text)?);
        }
        let sent = write.time_zone;
        if let Some(text) = sent.filter(|text| *text != shown.time_zone) {
            self.time_zone = Some(text);
        }
        Ok(())
    }
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}"],
    workspace: &[],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<Language>(&[
    FamilyRoute::get::<Language>(PATHS),
    FamilyRoute::put::<Language>(PATHS).taking::<LanguageWrite>(),
]);
