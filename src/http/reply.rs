//! What a row answers.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;
use tokio::sync::OwnedSemaphorePermit;

use super::bell::Ear;
use crate::events::Feed;
use crate::refusal::Refusal;
use crate::settings::family::to_json;

/// An answer, before the edge adds its headers.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The media type; empty when there is no body.
    pub content_type: &'static str,
    /// The body.
    pub body: Bytes,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
    /// Whether something happened that explain can tell more about.
    pub explained: bool,
    /// What goes on after it.
    pub goes_on: Option<GoesOn>,
}

/// An answer that is not finished with its body.
#[derive(Debug, Clone)]
pub enum GoesOn {
    /// Events follow, as they happen.
    Events(Arc<Feed>),
    /// The answer may change soon: the server asks again when something happened, until then.
    Patience(Arc<Patience>),
}

/// How long an answer may be waited for, and who wakes those who wait.
#[derive(Debug)]
pub struct Patience {
    /// At the longest.
    pub wait: Duration,
    /// Changes of the sandbox, and its requests.
    pub ears: [Ear; 2],
    /// One of those who may wait on a server.
    pub permit: OwnedSemaphorePermit,
}

/// The media type of JSON documents.
pub const JSON: &str = "application/json;charset=utf-8";

impl Reply {
    /// A status without a body.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            content_type: "",
            body: Bytes::new(),
            headers: Vec::new(),
            explained: false,
            goes_on: None,
        }
    }

    /// A JSON document that is rendered already.
    #[must_use]
    pub fn rendered(status: u16, body: impl Into<Bytes>) -> Self {
        Self {
            content_type: JSON,
            body: body.into(),
            ..Self::empty(status)
        }
    }

    /// A JSON document.
    ///
    /// # Errors
    /// 500 when the value cannot be written as JSON, which would be a defect.
    pub fn json<T: Serialize>(status: u16, value: &T) -> Result<Self, Refusal> {
        Ok(Self::rendered(status, to_json(value)?))
    }

    /// Another document.
    #[must_use]
    pub fn document(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            content_type,
            body: body.into(),
            ..Self::empty(200)
        }
    }

    /// The same reply with a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same reply, after which something goes on.
    #[must_use]
    pub fn goes_on(mut self, how: GoesOn) -> Self {
        self.goes_on = Some(how);
        self
    }

    /// The same reply, which explain can tell more about.
    #[must_use]
    pub fn explained(mut self) -> Self {
        self.explained = true;
        self
    }
}
