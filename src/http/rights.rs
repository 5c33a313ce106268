//! What the caller's roles allow: at the edge for every operation, and within a row where it
//! depends on what is asked.

use super::auth::Session;
use super::call::Call;
use super::grants::ActsAs;
use super::operation::{Access, Method, Operation};
use super::roles::Roles;
use crate::model::custom_role::Permission;
use crate::refusal::{ErrorKind, Refusal};

/// Refuses what nobody's roles allow: people without one see and change nothing as administrators
/// (ROLE-01), and each administrator does what the role is for (ROLE-02 to ROLE-05). Whoever only
/// looks (ROLE-02, ROLE-04) does not change what is their own, either.
///
/// # Errors
/// 403.
pub fn check_access(operation: &Operation, session: Option<&Session>) -> Result<(), Refusal> {
    let rights = session.map_or(Roles::NONE, |session| session.rights);
    let is_let_in = match operation.access {
        Access::Viewer | Access::Administrator => rights.meet(operation.roles),
        Access::Token if operation.method != Method::Get => {
            !rights.only_look() || rights.meet(operation.roles)
        }
        Access::Token | Access::Open | Access::Control => true,
    };
    if is_let_in {
        return Ok(());
    }
    Err(refused(operation, rights))
}

/// Whether the caller is a full administrator, of an organisation or of a partner.
#[must_use]
pub fn is_full(session: Option<&Session>) -> bool {
    session.is_some_and(|session| session.rights.meet(Roles::full()))
}

/// The refusal of an operation to whoever has these roles, or none.
fn refused(operation: &Operation, rights: Roles) -> Refusal {
    let deed = match operation.method {
        Method::Get => "see",
        _ => "change",
    };
    let own: Vec<&str> = rights.permissions().map(Permission::name).collect();
    let (who, rule) = match (rights.iter().next(), own.is_empty()) {
        (Some(role), _) => (format!("A {}", role.name), role.rule),
        (None, false) => (
            format!("A custom role with {}", own.join(" and ")),
            "ROLE-06",
        ),
        (None, true) => {
            let detail = format!("A person without an administrator role cannot {deed} this.");
            return Refusal::new(ErrorKind::Forbidden, detail).by("ROLE-01");
        }
    };
    let mut allowed: Vec<&str> = operation.roles.iter().map(|role| role.name).collect();
    let needed: Vec<&str> = operation
        .roles
        .permissions()
        .map(Permission::name)
        .collect();
    let custom = format!("a custom role with {}", needed.join(" or "));
    if !needed.is_empty() {
        allowed.push(&custom);
    }
    let allowed = allowed.join(", ");
    let detail = format!("{who} cannot {deed} this; these can: {allowed}.");
    Refusal::new(ErrorKind::Forbidden, detail).by(rule)
}

impl Call<'_> {
    fn rights(&self) -> Roles {
        let session = self.session.as_ref();
        session.map_or(Roles::NONE, |session| session.rights)
    }

    /// Whether the caller has an administrator role.
    #[must_use]
    pub fn is_administrator(&self) -> bool {
        self.rights() != Roles::NONE
    }

    /// Whom a token that the caller is given stands for: a role, or the person.
    #[must_use]
    pub fn acts_as(&self) -> Option<ActsAs> {
        let session = self.session.as_ref()?;
        let person = session.actor.person.map(ActsAs::Person);
        session.role.map(ActsAs::Role).or(person)
    }

    /// Whether the caller is a full administrator, of an organisation or of a partner.
    #[must_use]
    pub fn is_full(&self) -> bool {
        is_full(self.session.as_ref())
    }

    /// Whether the caller's roles allow this operation for others than themselves.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.rights().meet(self.operation.roles)
    }

    /// Whether the caller changes users of Contact Center and nobody else (CC-12).
    #[must_use]
    pub fn edits_agents_only(&self) -> bool {
        self.rights().only_agents()
    }

    /// Whether the caller makes administrators: full administrators do (ROLE-01), those of users
    /// do not (ROLE-03).
    #[must_use]
    pub fn may_change_roles(&self) -> bool {
        self.rights().meet(Roles::full())
    }

    /// The refusal of this operation to the caller, for what is not their own.
    #[must_use]
    pub fn refused(&self) -> Refusal {
        refused(self.operation, self.rights())
    }
}
