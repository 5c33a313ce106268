//! In which organisation a call acts: the caller's own, or a customer of the caller's partner
//! organisation (PKG-01, ROLE-07).
//!
//! A partner's administrator acts in a customer by the token of Launch Control Hub, or by naming
//! the customer: as `orgId` in query or body, or in the path. From then on the customer is the own
//! organisation of that call, so that no row has to know of partners. Who acts stays the same, and
//! so does the organisation that the audit log gives for them.

use std::borrow::Cow;

use uuid::Uuid;

use super::call::Call;
use super::operation::Space;
use super::tenant::home_organization;
use crate::model::organization::manages;
use crate::model::{Organization, WebexId};
use crate::refusal::{ErrorKind, Refusal};

/// How parameters of paths are called that name an organisation.
const PARAMETERS: [&str; 3] = ["org", "orgId", "organizationId"];

/// The APIs that are the partner's own.
const PARTNERS: [&str; 2] = ["/v1/wholesale/", "/v1/partner/"];

impl Call<'_> {
    /// Lets a partner's administrator act in the customer that query or path name.
    pub(super) fn enter_customer(&self) {
        let named = |name: &&str| PARAMETERS.contains(name);
        let in_path = self.operation.params.iter().any(named);
        let may = self.is_full() && !self.is_partners();
        if !may || (self.query_string.is_empty() && !in_path) {
            return;
        }
        let in_query = self.organization_in_query();
        let in_path = || {
            let mut params = self.operation.params.iter();
            let name = params.find(|name| named(name))?;
            Some(self.value(name))
        };
        let named = match &in_query {
            Some(text) => Some(&**text),
            None => in_path(),
        };
        if let Some(id) = named.and_then(|text| self.managed(text)) {
            self.acts_in.set(Some(id));
        }
    }

    /// Whether the operation is the partner's own, which names customers without acting in them.
    fn is_partners(&self) -> bool {
        let path = self.operation.path;
        PARTNERS.iter().any(|prefix| path.starts_with(prefix))
    }

    /// The organisation that the query names: `orgId`, or `org_id`, which an SDK sends.
    fn organization_in_query(&self) -> Option<Cow<'_, str>> {
        let is_named = |key: &str| key == "orgId" || key == "org_id";
        let mut queries = self.queries();
        let found = queries.find(|(key, value)| is_named(key) && !value.is_empty());
        found.map(|(_, value)| value)
    }

    /// Refuses an organisation in the query of the public API that is not there for the caller,
    /// whatever the path names (DEC-114).
    ///
    /// # Errors
    /// 404.
    pub(super) fn check_organization(&self) -> Result<(), Refusal> {
        let is_public = self.operation.space == Space::Webex && !self.is_partners();
        if self.query_string.is_empty() || !is_public || self.session.is_none() {
            return Ok(());
        }
        let Some(named) = self.organization_in_query() else {
            return Ok(());
        };
        let found = self.organization_named(&named);
        found.map(drop).map_err(|refusal| refusal.by("DEC-114"))
    }

    /// The customer of a text, when the caller's organisation manages it.
    fn managed(&self, text: &str) -> Option<Uuid> {
        let id = WebexId::Organization.decode(text)?;
        let home = self.callers_organization()?;
        manages(&self.tenant.sandbox.peek(), home, id).then_some(id)
    }

    /// The organisation the call acts in: `orgId` of the query (or `org_id`, which an SDK sends),
    /// else the caller's own.
    ///
    /// # Errors
    /// 404 for an organisation that is not here, or not the caller's.
    pub fn organization(&self) -> Result<Uuid, Refusal> {
        match self.organization_in_query() {
            Some(text) => self.organization_named(&text),
            None => self.own_organization(),
        }
    }

    /// The same for a list: in a sandbox without organisations it is nobody's, whose lists are
    /// empty.
    ///
    /// # Errors
    /// 404 for an organisation that is not here, or not the caller's.
    pub fn listed_organization(&self) -> Result<Uuid, Refusal> {
        match self.organization() {
            Err(refusal) if refusal.kind == ErrorKind::NoOrganization => Ok(Uuid::nil()),
            found => found,
        }
    }

    /// The organisation that the caller belongs to, whichever it acts in.
    fn callers_organization(&self) -> Option<Uuid> {
        let session = self.session.as_ref();
        let own = session.and_then(|session| session.actor.organization);
        own.or_else(|| home_organization(&self.tenant.sandbox.peek()))
    }

    /// The organisation the caller acts in where none is named: the customer that was entered,
    /// else the caller's own.
    ///
    /// # Errors
    /// 404 when the sandbox holds none.
    pub fn own_organization(&self) -> Result<Uuid, Refusal> {
        let found = self.acts_in.get().or_else(|| self.callers_organization());
        found.ok_or_else(|| Refusal::new(ErrorKind::NoOrganization, &*self.tenant.id))
    }

    /// An organisation as a caller names it: a Webex id, a bare uuid, or `me`. A customer that is
    /// named is entered.
    ///
    /// # Errors
    /// 404 for an organisation that is not here, or that is neither the caller's nor managed by
    /// it: what belongs to others is as if it were not.
    pub fn organization_named(&self, text: &str) -> Result<Uuid, Refusal> {
        if text == "me" {
            return self.own_organization();
        }
        let not_found = || Refusal::not_found("Organization", text);
        let id = WebexId::Organization.decode(text);
        let world = self.tenant.sandbox.peek();
        let id = id.filter(|id| world.get::<Organization>(*id).is_some());
        let id = id.ok_or_else(not_found)?;
        if id == self.own_organization()? {
            return Ok(id);
        }
        let managed = self.managed(text);
        let managed = managed.filter(|_| self.is_full());
        self.acts_in.set(managed.or(self.acts_in.get()));
        managed.ok_or_else(|| Refusal {
            kind: ErrorKind::ForeignOrganization,
            ..not_found()
        })
    }
}
