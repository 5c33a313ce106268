//! A sandbox for one test, for programs that carry the server in them.

use std::sync::Arc;

use super::Server;
use crate::http::app::named_token;
use crate::http::expiry::Held;
use crate::http::{App, Tenant};
use crate::model::role::ROLES;
use crate::refusal::{ErrorKind, Refusal};

/// A sandbox of its own, made from the baseline and deleted when this is dropped.
///
/// ```
/// let server = hubsim::Server::start()?;
/// let sandbox = server.sandbox()?;
/// assert!(sandbox.base_url().ends_with("/v1"));
/// assert!(sandbox.token().starts_with("full-admin."));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct TestSandbox {
    app: Arc<App>,
    tenant: Held,
    url: String,
}

impl Server {
    /// A sandbox for one test: the whole organisation as the server started with it. Tests of one
    /// server may run at the same time.
    ///
    /// # Errors
    /// 429 when there are as many sandboxes as [`crate::options::Options::max_sandboxes`] allows.
    pub fn sandbox(&self) -> Result<TestSandbox, Refusal> {
        let world = &self.app.baseline;
        let tenant = loop {
            match self.app.create(&self.app.free_id(), Arc::clone(world)) {
                // Another thread took the id in the meantime.
                Err(refusal) if refusal.kind == ErrorKind::Conflict => {}
                other => break other?,
            }
        };
        Ok(TestSandbox {
            app: Arc::clone(&self.app),
            url: format!("{}/_sandbox/{}", self.url(), tenant.id),
            tenant: Held::new(&tenant),
        })
    }
}

impl TestSandbox {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.tenant.id
    }

    /// Where its three address spaces begin: `http://127.0.0.1:PORT/_sandbox/ID`
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address that SDKs want: [`TestSandbox::url`] with `/v1`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}/v1", self.url)
    }

    /// The token of its full administrator.
    #[must_use]
    pub fn token(&self) -> String {
        named_token(&ROLES[0], self.id())
    }

    /// What it holds, to look at it without HTTP.
    #[must_use]
    pub fn tenant(&self) -> &Arc<Tenant> {
        &self.tenant
    }
}

impl Drop for TestSandbox {
    fn drop(&mut self) {
        // Whoever deleted it by HTTP did the same.
        drop(self.app.delete(self.id()));
    }
}
