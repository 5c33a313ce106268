//! A command that could not do what was asked: told to people in a sentence and what to do, to
//! programs as a problem document.

use serde_json::{Value, json};

use super::client::Answer;
use super::text::clean;

/// Why a command failed.
#[derive(Debug)]
pub struct Failure {
    /// A word for programs.
    kind: &'static str,
    /// What was wrong, and where.
    detail: String,
    /// What to do about it; may be empty.
    remedy: String,
    /// What the server said.
    answer: Option<Box<Value>>,
}

impl Failure {
    /// A failure on this side.
    #[must_use]
    pub fn new(kind: &'static str, detail: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
            remedy: remedy.into(),
            answer: None,
        }
    }

    /// What a server refused.
    #[must_use]
    pub fn refused(answer: &Answer) -> Self {
        let Ok(body) = serde_json::from_slice::<Value>(&answer.body) else {
            let detail = format!("The server answered {} without saying why.", answer.status);
            let remedy = "Is it hubsim that listens there? See --url.";
            return Self::new("not-hubsim", detail, remedy);
        };
        let (sentence, remedy) = said(&body);
        Self {
            kind: "refused",
            detail: format!("{sentence} ({})", answer.status),
            remedy: remedy.to_owned(),
            answer: Some(Box::new(body)),
        }
    }

    /// For people: what was wrong, then what to do.
    #[must_use]
    pub fn sentence(&self) -> String {
        let detail: Vec<String> = self.detail.lines().map(clean).collect();
        let mut text = format!("hubsim: {}", detail.join("\n        "));
        if !self.remedy.is_empty() {
            text.push_str("\n        ");
            text.push_str(&clean(&self.remedy));
        }
        text
    }

    /// For programs: the server's own problem document, or one of the same shape.
    #[must_use]
    pub fn problem(&self) -> Value {
        if let Some(answer) = &self.answer {
            return Value::clone(answer);
        }
        json!({
            "type": format!("hubsim:{}", self.kind),
            "title": self.kind,
            "detail": self.detail,
            "remedy": self.remedy,
        })
    }
}

/// The sentence and the advice of a refusal, of `/_sim` or of the other two address spaces.
pub(super) fn said(body: &Value) -> (&str, &str) {
    let places = ["/detail", "/errors/0/description", "/message"];
    let mut found = places
        .iter()
        .filter_map(|place| body.pointer(place)?.as_str());
    let sentence = found.next().unwrap_or("The server refused.");
    (sentence, body["remedy"].as_str().unwrap_or_default())
}
