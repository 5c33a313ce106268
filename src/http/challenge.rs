//! PKCE (RFC 7636): a client that asks for a code shows later that it is the same client.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::model::number::shorten;
use crate::refusal::Refusal;

/// How short and how long challenges and verifiers are (RFC 7636, 4.1 and 4.2).
const LENGTHS: std::ops::RangeInclusive<usize> = 43..=128;

/// What a verifier must fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    text: String,
    is_hashed: bool,
}

impl Challenge {
    /// The challenge of an authorisation; without a method it is the verifier itself.
    ///
    /// # Errors
    /// 400 for another method than `S256` and `plain`, and for a text that is none.
    pub fn parse(text: Option<String>, method: Option<&str>) -> Result<Option<Self>, Refusal> {
        let is_hashed = match method {
            None | Some("plain") => false,
            Some("S256") => true,
            Some(other) => {
                let shown = shorten(other);
                let detail =
                    format!("code_challenge_method \"{shown}\" is not known: send S256 or plain.");
                return Err(Refusal::bad_request(detail));
            }
        };
        match text {
            Some(text) => {
                check("code_challenge", &text)?;
                Ok(Some(Self { text, is_hashed }))
            }
            None if method.is_some() => {
                let detail =
                    "code_challenge is missing: code_challenge_method says how it is made.";
                Err(Refusal::bad_request(detail))
            }
            None => Ok(None),
        }
    }

    /// Checks what a client shows.
    ///
    /// # Errors
    /// 400 when it is not what the challenge was made of.
    pub fn verify(&self, verifier: &str) -> Result<(), Refusal> {
        check("code_verifier", verifier)?;
        let fits = match self.is_hashed {
            true => {
                let hash = ring::digest::digest(&ring::digest::SHA256, verifier.as_bytes());
                URL_SAFE_NO_PAD.encode(hash) == self.text
            }
            false => verifier == self.text,
        };
        if fits {
            return Ok(());
        }
        let made = match self.is_hashed {
            true => "S256: BASE64URL(SHA-256(code_verifier)), without padding",
            false => "plain: the two are equal",
        };
        let detail = format!("code_verifier does not fit the code_challenge ({made}).");
        Err(Refusal::bad_request(detail))
    }
}

fn check(name: &str, text: &str) -> Result<(), Refusal> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    if LENGTHS.contains(&text.len()) && text.bytes().all(is_plain) {
        return Ok(());
    }
    let (least, most) = (LENGTHS.start(), LENGTHS.end());
    let detail =
        format!("{name} must be {least} to {most} letters, digits, and characters of \"-._~\".");
    Err(Refusal::bad_request(detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard_fits() {
        let text = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned();
        let hashed = Challenge::parse(Some(text.clone()), Some("S256")).unwrap();
        let hashed = hashed.unwrap();
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        hashed.verify(verifier).unwrap();
        assert!(hashed.verify(&text).is_err());
        let plain = Challenge::parse(Some(text.clone()), None).unwrap();
        plain.unwrap().verify(&text).unwrap();
    }
}
