//! Cells that say TRUE or FALSE.

use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};

/// TRUE and FALSE as spreadsheets of other languages write them.
const TRANSLATED: [&str; 18] = [
    "WAHR",
    "FALSCH",
    "VRAI",
    "FAUX",
    "VERDADERO",
    "FALSO",
    "VERO",
    "WAAR",
    "ONWAAR",
    "PRAWDA",
    "FAŁSZ",
    "ISTINITO",
    "TOČNO",
    "NETOČNO",
    "SANN",
    "USANN",
    "ИСТИНА",
    "ЛОЖЬ",
];

/// What a cell says, if anything; `header` names its column (DEC-37).
///
/// # Errors
/// 900013 for anything but TRUE and FALSE.
pub fn flag(text: &str, header: impl FnOnce() -> String) -> Result<Option<bool>, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text.eq_ignore_ascii_case("TRUE") {
        return Ok(Some(true));
    }
    if text.eq_ignore_ascii_case("FALSE") {
        return Ok(Some(false));
    }
    let hint = match TRANSLATED.contains(&text.to_uppercase().as_str()) {
        true => " A spreadsheet seems to have translated it.",
        false => "",
    };
    let (shown, name) = (shorten(text), header());
    let detail = format!("\"{shown}\" in \"{name}\" is neither TRUE nor FALSE.{hint}");
    Err(Refusal::new(ErrorKind::NeitherTrueNorFalse, detail).by("DEC-37"))
}
