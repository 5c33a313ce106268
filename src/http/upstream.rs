//! The full list of upstream operations, embedded from `openapi/operations.csv`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::operation::Method;

/// One upstream operation.
#[derive(Debug)]
pub struct Upstream {
    /// The method.
    pub method: Method,
    /// The full served path.
    pub path: &'static str,
    /// The operation's id.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Tier 1 (first) to 3.
    pub tier: u8,
    /// The administrators who may call it, where Webex's documents say so.
    pub roles: &'static str,
    /// The scopes that it needs, where Webex's documents say so: see [`super::scopes::Scopes`].
    pub scopes: &'static str,
}

static LIST: &str = include_str!("../../openapi/operations.csv");

/// Every upstream operation in the order of the list.
#[must_use]
pub fn operations() -> &'static [Upstream] {
    static OPERATIONS: LazyLock<Vec<Upstream>> = LazyLock::new(read);
    &OPERATIONS
}

fn read() -> Vec<Upstream> {
    // The table lives as long as the process, so its texts may too.
    let text = |record: &csv::StringRecord, column: Option<usize>| -> &'static str {
        column
            .and_then(|column| record.get(column))
            .unwrap_or_default()
            .to_owned()
            .leak()
    };
    let mut reader = csv::Reader::from_reader(LIST.as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    let column = |name: &str| headers.iter().position(|header| header == name);
    let (method, path, id) = (column("method"), column("path"), column("operation"));
    let (title, tier, roles) = (column("title"), column("tier"), column("roles"));
    let scopes = column("scopes");
    // A few texts stand in most rows, so each is kept once.
    let mut kept: BTreeMap<String, &'static str> = BTreeMap::new();
    reader
        .records()
        .filter_map(Result::ok)
        .filter_map(|record| {
            Some(Upstream {
                method: Method::parse(text(&record, method))?,
                path: text(&record, path),
                id: text(&record, id),
                title: text(&record, title),
                tier: text(&record, tier).parse().ok()?,
                roles: text(&record, roles),
                scopes: {
                    let sent = record.get(scopes?).unwrap_or_default();
                    kept.entry(sent.to_owned())
                        .or_insert_with(|| sent.to_owned().leak())
                },
            })
        })
        .collect()
}
