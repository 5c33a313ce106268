//! Languages by their names, as CSV files and announcements have them, and their locales.

use super::country::is_country;

/// Names and the locales they stand for; the first locale of a name is meant when it is written.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("English", &["en_us", "en_gb", "en_au"]),
    ("Chinese (Simplified)", &["zh_cn"]),
    ("Chinese (Traditional)", &["zh_tw"]),
    ("Danish", &["da_dk"]),
    ("Dutch", &["nl_nl"]),
    ("French", &["fr_fr", "fr_ca"]),
    ("German", &["de_de"]),
    ("Italian", &["it_it"]),
    ("Japanese", &["ja_jp"]),
    ("Korean", &["ko_kr"]),
    ("Norwegian", &["nb_no"]),
    ("Polish", &["pl_pl"]),
    ("Portuguese", &["pt_br", "pt_pt"]),
    ("Russian", &["ru_ru"]),
    ("Spanish", &["es_es", "es_co", "es_mx"]),
    ("Swedish", &["sv_se"]),
    ("Turkish", &["tr_tr"]),
];

/// The language of a locale; an unknown locale stands for itself.
#[must_use]
pub fn name(locale: &str) -> &str {
    let known = LANGUAGES.iter().find(|(_, locales)| {
        locales
            .iter()
            .any(|known| known.eq_ignore_ascii_case(locale))
    });
    known.map_or(locale, |(name, _)| name)
}

/// The locale that a text means: a language's name, or a locale such as `en_us`.
#[must_use]
pub fn locale(text: &str) -> Option<String> {
    let known = LANGUAGES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(text));
    if let Some((_, [first, ..])) = known {
        return Some((*first).to_owned());
    }
    let (language, country) = parts(text)?;
    Some(format!(
        "{}_{}",
        language.to_lowercase(),
        country.to_lowercase()
    ))
}

/// Whether a text is a locale such as `en_us`, also with a hyphen, whatever the case of its
/// letters.
#[must_use]
pub fn is_locale(text: &str) -> bool {
    parts(text).is_some()
}

/// A locale as people have it, such as `en_US`; the case of its letters may be another.
#[must_use]
pub fn of_people(text: &str) -> Option<String> {
    let (language, country) = parts(text).filter(|_| text.contains('_'))?;
    Some(format!(
        "{}_{}",
        language.to_lowercase(),
        country.to_uppercase()
    ))
}

/// Language and country of a locale.
fn parts(text: &str) -> Option<(&str, &str)> {
    let (language, country) = text.split_once(['_', '-'])?;
    let is_known = is_language(&language.to_lowercase()) && is_country(&country.to_uppercase());
    is_known.then_some((language, country))
}

/// The languages of ISO 639-1, by their two letters, in the order of the alphabet.
const CODES: &str = "\
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da \
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy \
    hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg \
    li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or \
    os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta \
    te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

fn is_language(letters: &str) -> bool {
    letters.len() == 2 && CODES.split(' ').any(|code| code == letters)
}

#[cfg(test)]
mod tests {
    use super::{CODES, LANGUAGES, is_language, is_locale, locale, of_people};

    #[test]
    fn every_language_stands_there_once() {
        let codes: Vec<&str> = CODES.split(' ').collect();
        assert_eq!(codes.len(), 183);
        assert!(codes.is_sorted_by(|a, b| a < b));
        let locales = LANGUAGES.iter().flat_map(|(_, locales)| *locales);
        assert!(locales.into_iter().all(|locale| is_locale(locale)));
    }

    #[test]
    fn letters_of_no_language_or_country_make_no_locale() {
        assert!(is_language("zu") && !is_language("xx"));
        for wrong in [
            "xx_yy", "en_yy", "xx_us", "en", "eng_us", "en_usa", "en us", "_us", "en_", "",
        ] {
            assert!(!is_locale(wrong) && of_people(wrong).is_none(), "{wrong}");
            assert_eq!(locale(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn people_have_a_locale_in_the_form_of_the_contract() {
        for (text, wanted) in [
            ("en_US", Some("en_US")),
            ("fr_fr", Some("fr_FR")),
            ("en-US", None),
            ("English", None),
        ] {
            assert_eq!(of_people(text).as_deref(), wanted, "{text}");
        }
        assert_eq!(locale("de-CH").as_deref(), Some("de_ch"));
        assert_eq!(locale("English").as_deref(), Some("en_us"));
    }
}
