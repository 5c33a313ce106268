//! What the families refuse, as tables: each refusal has its code, names the field and its bounds,
//! and afterwards reading shows what it showed before.

use serde_json::Value;

use super::Desk;

/// A path, a body, the code of the refusal, and what it says.
pub(super) type Refused = (&'static str, &'static str, u32, &'static str);

/// The code of a value that cannot be.
pub(super) const WRONG: u32 = 25_024;
/// The code of a field that is missing.
pub(super) const MISSING: u32 = 25_008;
/// The code of somebody who cannot be named.
pub(super) const MEMBER: u32 = 4470;

/// A document with some of its fields changed.
pub(super) fn changed(base: &str, change: &str) -> Value {
    let mut base: Value = serde_json::from_str(base).expect("a document");
    let change: Value = serde_json::from_str(change).expect("a change");
    for (field, value) in change.as_object().expect("an object") {
        base[field] = value.clone();
    }
    base
}

impl Desk {
    /// Sends a body that is refused, and looks that reading shows what it showed.
    pub(super) fn is_refused(&self, method: &str, path: &str, body: &str, code: u32, told: &str) {
        let path = self.path(path);
        let body: Value = serde_json::from_str(&self.path(body)).expect("a body");
        let before = self.hub.get(&path).expect(200).text;
        let answer = self.hub.call(method, &path, &body).expect(400).json();
        let error = &answer["errors"][0];
        assert_eq!(
            error["description"],
            self.path(told),
            "{method} {path} {body}"
        );
        assert_eq!(error["errorCode"], code, "{method} {path} {body}");
        assert_eq!(
            self.hub.get(&path).expect(200).text,
            before,
            "{path} {body}"
        );
    }

    /// Sends every body of a table, none of which changes anything.
    pub(super) fn refuses(&self, method: &str, table: &[Refused]) {
        let before = self.hub.revision();
        for (path, body, code, told) in table {
            self.is_refused(method, path, body, *code, told);
        }
        assert_eq!(self.hub.revision(), before);
    }
}
