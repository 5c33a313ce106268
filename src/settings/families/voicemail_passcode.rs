//! The voicemail passcode: set and reset, never read
//! (`PUT /telephony/config/people/{personId}/voicemail/passcode`).
//!
//! What is stored is a fingerprint: no diff, snapshot or ledger can show a passcode.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{invalid, kinds};
use crate::model::Holder;
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::family::{
    Asked, Family, FamilyDef, FamilyRoute, Paths, Run, Step, Verb, change, stored,
};
use crate::world::{Kind, Tx};

/// The voicemail passcode, while it is not the one that came with the mailbox.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct VoicemailPasscode {
    /// The fingerprint.
    pub passcode: Option<Uuid>,
    /// Whether it must be changed at the next use, after a reset.
    pub must_change: bool,
    /// The fingerprints of the last ones that were set, newest last: none of them comes again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recent: Vec<Uuid>,
}

impl Family for VoicemailPasscode {
    const KIND: Kind = kinds::VOICEMAIL_PASSCODE;
    const KEY: &'static str = "voicemailPasscode";

    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        match self.recent.len() > REMEMBERED {
            true => Err(invalid(format!(
                "At most {REMEMBERED} earlier passcodes are kept, but there are {}.",
                self.recent.len()
            ))),
            false => Ok(()),
        }
    }
}

impl VoicemailPasscode {
    /// Takes a new passcode, which is none of the last.
    fn take(&mut self, new: Uuid) -> Result<(), Refusal> {
        if self.recent.contains(&new) || self.passcode == Some(new) {
            let detail = format!("A passcode may not be one of the last {REMEMBERED}.");
            return Err(Refusal::new(ErrorKind::Passcode, detail));
        }
        if self.recent.len() == REMEMBERED {
            self.recent.remove(0);
        }
        self.recent.push(new);
        self.passcode = Some(new);
        self.must_change = false;
        Ok(())
    }
}

/// The body of a new passcode.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewPasscode {
    /// 6 to 30 digits.
    pub passcode: String,
}

/// How many of the last passcodes may not come again (organisation rule
/// `blockPreviousPasscodes.numberOfPasscodes`).
const REMEMBERED: usize = 10;
/// How often a digit may stand in a row (organisation rule `blockRepeatedDigits.max`).
const MAX_REPEATED: usize = 3;
/// How many steps up or down may follow each other (`blockContiguousSequences`).
const MAX_STEPS: usize = 3;

/// Refuses a passcode that the organisation's rules refuse
/// (`GET /telephony/config/voicemail/rules`).
fn check(passcode: &str) -> Result<(), Refusal> {
    let digits = passcode.as_bytes();
    let refuse = |why: &str| Err(Refusal::new(ErrorKind::Passcode, format!("{why}.")));
    if !digits.iter().all(u8::is_ascii_digit) {
        return refuse("A passcode consists of digits");
    }
    if !(6..=30).contains(&digits.len()) {
        return refuse("A passcode has 6 to 30 digits");
    }
    if longest_run(digits, 0) + 1 > MAX_REPEATED {
        return refuse("A passcode may not repeat a digit more than 3 times in a row");
    }
    if longest_run(digits, 1) > MAX_STEPS || longest_run(digits, -1) > MAX_STEPS {
        return refuse("A passcode may not be a rising or falling sequence");
    }
    if is_repeated_pattern(digits) {
        return refuse("A passcode may not repeat a pattern");
    }
    Ok(())
}

/// The most neighbours in a row that differ by `step`.
fn longest_run(digits: &[u8], step: i16) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for pair in digits.windows(2) {
        run = if i16::from(pair[1]) - i16::from(pair[0]) == step {
            run + 1
        } else {
            0
        };
        longest = longest.max(run);
    }
    longest
}

/// Whether the digits are one block again and again.
fn is_repeated_pattern(digits: &[u8]) -> bool {
    (1..=digits.len() / 2).any(|length| {
        digits.len().is_multiple_of(length)
            && digits
                .chunks(length)
                .all(|chunk| chunk == &digits[..length])
    })
}

fn fingerprint(holder: Holder, text: &str) -> Uuid {
    Uuid::new_v5(&holder.id(), text.as_bytes())
}

fn set(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    Step::new(tx, holder)?;
    let NewPasscode { passcode } = asked.json()?;
    check(&passcode)?;
    change(tx, holder, |held: &mut VoicemailPasscode, _| {
        held.take(fingerprint(holder, &passcode))?;
        Ok(None)
    })
}

fn reset(tx: &mut Tx, holder: Holder, _asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    let text = format!("reset at {}", tx.revision);
    change(tx, holder, |stored: &mut VoicemailPasscode, _| {
        stored.passcode = Some(fingerprint(holder, &text));
        stored.must_change = true;
        Ok(None)
    })
}

fn configure(tx: &mut Tx, holder: Holder, body: &[u8]) -> Result<(), Refusal> {
    let asked = Asked::of(body);
    let NewPasscode { passcode } = asked.json()?;
    let now = stored::<VoicemailPasscode>(tx, holder);
    match now.passcode == Some(fingerprint(holder, &passcode)) && !now.must_change {
        // Whoever says the same again changes nothing.
        true => Ok(()),
        false => set(tx, holder, &asked).map(drop),
    }
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/voicemail/passcode"],
    workspace: &["/telephony/config/workspaces/{workspaceId}/voicemail/passcode"],
};

const RESET_PATHS: Paths = Paths {
    person: &["/people/{personId}/features/voicemail/actions/resetPin/invoke"],
    workspace: &["/telephony/config/workspaces/{workspaceId}/voicemail/actions/resetPin/invoke"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::items::<VoicemailPasscode>(
    &[
        FamilyRoute::new(Verb::Put, PATHS, 204, Run::Write(set)).taking::<NewPasscode>(),
        FamilyRoute::new(Verb::Post, RESET_PATHS, 204, Run::Write(reset)),
    ],
    Some(configure),
)
.secret();

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn the_documented_example_is_a_good_passcode() {
        assert_eq!(check("1551234"), Ok(()));
        assert_eq!(check("408915"), Ok(()));
    }

    #[test]
    fn repeats_sequences_patterns_and_wrong_lengths_are_refused() {
        for bad in [
            "12345", "123456", "987654", "111111", "401111", "408408", "40891a", "",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
        assert!(check(&"4089".repeat(8)).is_err());
    }
}
