//! Whether the operations that a rule could strike are those that its match names.

use super::backend::asking;
use super::rule::{Backend, Rule};
use crate::http::operation::Operation;
use crate::http::table::Table;
use crate::refusal::Refusal;

impl Rule {
    /// Refuses a rule when no operation that it could strike fits what else it names. Without a
    /// named operation or a back end it strikes whatever is asked, also where nothing is.
    pub(super) fn check_operations(&self, table: &Table) -> Result<(), Refusal> {
        let (wanted, backend) = (&self.r#match, self.effect.backend);
        if backend.is_none() && wanted.operation.is_none() {
            return Ok(());
        }
        let asks = |id: &str| backend.is_none_or(|backend| asking(backend).any(|one| one == id));
        let meant = |id: &str| {
            wanted
                .operation
                .as_deref()
                .is_none_or(|wanted| wanted == id)
        };
        let leads = |row: &Operation| {
            let (method, prefix) = (wanted.method.as_deref(), wanted.path_prefix.as_deref());
            method.is_none_or(|method| method.eq_ignore_ascii_case(row.method.name()))
                && prefix.is_none_or(|prefix| may_begin(prefix, row.path))
        };
        let mut rows = table.operations.iter();
        if rows.any(|row| asks(row.id) && meant(row.id) && leads(row)) {
            return Ok(());
        }
        Err(Refusal::bad_request(unreachable_by(table, backend, &meant)))
    }
}

/// Whether a path of an operation can begin so; a parameter of the path is any segment.
fn may_begin(prefix: &str, path: &str) -> bool {
    let mut own = path.split('/');
    let mut asked = prefix.split('/').peekable();
    while let Some(segment) = asked.next() {
        let fits = own.next().is_some_and(|own| {
            let is_last = asked.peek().is_none();
            own == segment || own.starts_with('{') || is_last && own.starts_with(segment)
        });
        if !fits {
            return false;
        }
    }
    true
}

/// What is said of a rule that reaches none of its operations.
fn unreachable_by(table: &Table, backend: Option<Backend>, meant: &dyn Fn(&str) -> bool) -> String {
    let rows = table.operations.iter();
    let rows = rows.filter(|row| match backend {
        Some(backend) => asking(backend).any(|id| id == row.id),
        None => meant(row.id),
    });
    let known = rows.map(|row| format!("{} ({} {})", row.id, row.method.name(), row.path));
    let known: Vec<String> = known.collect();
    let what = match backend {
        Some(backend) => format!("effect.backend: {} fails inside", backend.name()),
        None => "match.operation is".to_owned(),
    };
    format!(
        "{what} {}, and match names something else: the rule would never strike.",
        known.join(" or ")
    )
}
