//! Languages by their names, as CSV files and announcements have them, and their locales.

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
    let (language, country) = text.split_once(['_', '-'])?;
    let two = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic());
    (two(language) && two(country))
        .then(|| format!("{}_{}", language.to_lowercase(), country.to_lowercase()))
}
