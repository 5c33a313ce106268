//! Asking a server: over HTTP, or this very program's own tables without one.

use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::http::Request as Wire;

use super::failure::Failure;
use super::progress::Progress;
use crate::catalog;
use crate::http::app::App;
use crate::http::edge::{self, Incoming};
use crate::options::Options;
use crate::world::World;

/// The largest answer that is read, in bytes: as much as a scenario or snapshot file may have.
const ANSWER_MAX: u64 = 256 * 1024 * 1024;
/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How commands call themselves.
const USER_AGENT: &str = concat!("hubsim/", env!("CARGO_PKG_VERSION"));

/// What is asked.
#[derive(Debug, Clone)]
pub struct Request {
    method: &'static str,
    path: String,
    query: Vec<(&'static str, String)>,
    content_type: Option<&'static str>,
    body: Vec<u8>,
    dry_run: bool,
    doing: &'static str,
}

impl Request {
    /// A request; `segments` are joined by slashes, each a text of its own.
    #[must_use]
    pub fn new(method: &'static str, base: &str, segments: &[&str]) -> Self {
        let mut path = base.to_owned();
        for segment in segments {
            path.push('/');
            path.extend(encoded(segment));
        }
        Self {
            method,
            path,
            query: Vec::new(),
            content_type: None,
            body: Vec::new(),
            dry_run: false,
            doing: "Waiting for the server",
        }
    }

    /// The path.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// With a parameter, where there is a value.
    #[must_use]
    pub fn query(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        self.query
            .extend(value.map(|value| (name, value.to_string())));
        self
    }

    fn query_string(&self) -> String {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(&self.query).finish()
    }

    /// With a JSON body.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.file("application/json", body.to_string().into_bytes())
    }

    /// With a body of a media type.
    #[must_use]
    pub fn file(mut self, content_type: &'static str, body: Vec<u8>) -> Self {
        self.content_type = Some(content_type);
        self.body = body;
        self
    }

    /// Only to be tried.
    #[must_use]
    pub fn dry_run(mut self) -> Self {
        self.dry_run = true;
        self
    }

    /// What people are told who wait for it.
    #[must_use]
    pub fn doing(mut self, doing: &'static str) -> Self {
        self.doing = doing;
        self
    }
}

fn encoded(segment: &str) -> percent_encoding::PercentEncode<'_> {
    const KEPT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'@');
    percent_encoding::utf8_percent_encode(segment, KEPT)
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON; an object without members where there is none.
    ///
    /// # Errors
    /// When it is something else.
    pub fn json(&self) -> Result<Value, Failure> {
        if self.body.is_empty() {
            return Ok(Value::Object(serde_json::Map::new()));
        }
        serde_json::from_slice(&self.body).map_err(|error| {
            let detail = format!(
                "The server answered {} with something that is no JSON: {error}.",
                self.status
            );
            let remedy = "Is it hubsim that listens there? See --url.";
            Failure::new("not-hubsim", detail, remedy)
        })
    }
}

/// Who is asked.
#[derive(Debug)]
pub enum Server {
    /// A server at an address.
    There {
        /// What sends.
        agent: Agent,
        /// The address, without a slash at its end.
        url: String,
        /// What every request carries.
        headers: Vec<(&'static str, String)>,
    },
    /// Nobody else: the rows are called in this process.
    Here(Box<App>),
}

impl Server {
    /// The server at an address.
    ///
    /// # Errors
    /// When it is no address of HTTP.
    pub fn at(
        url: &str,
        headers: Vec<(&'static str, String)>,
        patience: Duration,
    ) -> Result<Self, Failure> {
        let is_http = url
            .get(..7)
            .is_some_and(|it| it.eq_ignore_ascii_case("http://"));
        if !is_http {
            let detail = format!("{url} is no address that begins with http://.");
            let remedy = "Write for example --url http://127.0.0.1:8765, or set HUBSIM_URL.";
            return Err(Failure::new("address", detail, remedy));
        }
        // Neither a proxy nor a redirection shall see the token.
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .user_agent(USER_AGENT)
            .timeout_connect(Some(CONNECT.min(patience)))
            .timeout_global(Some(patience));
        Ok(Self::There {
            agent: config.build().into(),
            url: url.trim_end_matches('/').to_owned(),
            headers,
        })
    }

    /// This program itself, which holds a world.
    #[must_use]
    pub fn here(options: Options, world: World) -> Self {
        let app = App::new(options, &catalog::ENGINE, catalog::table(), world);
        Self::Here(Box::new(app))
    }

    /// This program itself with nothing in it: for its tables.
    #[must_use]
    pub fn empty() -> Self {
        let clock = crate::world::Clock::frozen(crate::world::Moment(0));
        Self::here(Options::for_tests(), World::new(1, clock))
    }

    /// Asks, and answers what was granted.
    ///
    /// # Errors
    /// What was refused, and a server that does not answer.
    pub fn ask(&self, request: Request) -> Result<Answer, Failure> {
        let _progress = Progress::start(request.doing);
        let answer = match self {
            Self::There {
                agent,
                url,
                headers,
            } => over_http(agent, url, headers, request)?,
            Self::Here(app) => in_process(app, request),
        };
        match answer.status {
            200..=299 => Ok(answer),
            _ => Err(Failure::refused(&answer)),
        }
    }

    /// Asks, and answers the document.
    ///
    /// # Errors
    /// As [`Self::ask`], and an answer that is no JSON.
    pub fn document(&self, request: Request) -> Result<Value, Failure> {
        self.ask(request)?.json()
    }
}

fn in_process(app: &App, request: Request) -> Answer {
    let incoming = Incoming {
        method: request.method.to_owned(),
        query: request.query_string(),
        path: request.path,
        body: request.body.into(),
        content_type: request.content_type.map(str::to_owned),
        authorization: Some("Bearer full-admin".to_owned()),
        dry_run: request.dry_run.then(|| "true".to_owned()),
        address: "127.0.0.1".to_owned(),
        user_agent: USER_AGENT.to_owned(),
        ..Incoming::default()
    };
    let outgoing = match edge::prepare(app, incoming) {
        Ok(prepared) => edge::run(app, &prepared),
        Err(outgoing) => *outgoing,
    };
    Answer {
        status: outgoing.reply.status,
        body: outgoing.reply.body.to_vec(),
    }
}

fn over_http(
    agent: &Agent,
    url: &str,
    headers: &[(&'static str, String)],
    request: Request,
) -> Result<Answer, Failure> {
    let mut address = format!("{url}{}", request.path);
    let query = request.query_string();
    if !query.is_empty() {
        address.push('?');
        address.push_str(&query);
    }
    let mut wire = Wire::builder().method(request.method).uri(&address);
    for (name, value) in headers {
        wire = wire.header(*name, value);
    }
    if let Some(content_type) = request.content_type {
        wire = wire.header("content-type", content_type);
    }
    if request.dry_run {
        wire = wire.header("x-sim-dry-run", "true");
    }
    let wrong = |error: ureq::http::Error| {
        let detail = format!("The request cannot be written: {error}.");
        Failure::new("address", detail, "See --url, --token and --sandbox.")
    };
    let has_body = request.content_type.is_some();
    let response = if has_body {
        agent.run(wire.body(request.body).map_err(wrong)?)
    } else {
        agent.run(wire.body(()).map_err(wrong)?)
    };
    let response = response.map_err(|error| unreached(url, &error))?;
    let status = response.status().as_u16();
    let mut body = response.into_body();
    let read = body.with_config().limit(ANSWER_MAX).read_to_vec();
    let body = read.map_err(|error| unreached(url, &error))?;
    Ok(Answer { status, body })
}

/// What became of a request that got no answer.
fn unreached(url: &str, error: &ureq::Error) -> Failure {
    let remedy = "Start one with `hubsim serve`, or say where it is: --url or HUBSIM_URL.";
    match error {
        ureq::Error::Timeout(_) => Failure::new(
            "timeout",
            format!("The server at {url} did not answer in time."),
            "Wait longer with --timeout SECONDS, or look whether it is well.",
        ),
        ureq::Error::BodyExceedsLimit(_) => Failure::new(
            "too-large",
            format!("The answer of {url} is larger than {ANSWER_MAX} bytes and was not read."),
            "Is it hubsim that listens there? See --url.",
        ),
        ureq::Error::Protocol(error) => Failure::new(
            "not-hubsim",
            format!("What {url} answered is no HTTP: {error}."),
            "Is it hubsim that listens there? See --url.",
        ),
        ureq::Error::Io(error) => Failure::new(
            "no-server",
            format!("No server answers at {url}: {error}."),
            remedy,
        ),
        error => Failure::new(
            "no-server",
            format!("No server answers at {url}: {error}."),
            remedy,
        ),
    }
}
