//! The server: a bounded body, the edge function, a listener, timers and a clean stop.

mod authority;
mod body;
mod cors;
mod cut;
pub mod file;
mod pieces;
mod test_sandbox;
mod timers;
mod tls;
mod tunnel;
mod unread;
mod wait;
mod webhooks;
mod wire;

pub use test_sandbox::TestSandbox;

use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use actix_web::HttpServer;
use actix_web::dev::ServerHandle;
use actix_web::web;
use tokio::sync::Notify;

use crate::catalog;
use crate::http::app::App;
use crate::options::Options;
use crate::world::World;

/// How long a TLS handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long a request in the middle may still take when the server stops, which it does within a
/// second.
const GRACE: Duration = Duration::from_millis(800);

/// A server could not start, or not keep what it shall keep at its end.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The options contradict each other.
    #[error("{0}")]
    Options(String),
    /// The scenario cannot be loaded.
    #[error("{0}")]
    Scenario(String),
    /// There is no authority for `--https`.
    #[error("{0}")]
    Https(String),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// A file cannot be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    app: Arc<App>,
    address: SocketAddr,
    handle: ServerHandle,
    closing: Arc<Notify>,
    stopping: Arc<AtomicBool>,
    threads: Vec<std::thread::JoinHandle<()>>,
}

impl Server {
    /// Starts a server on a free port of the loopback interface, with the demo organisation and
    /// every option at its default: what a test wants. It stops when it is dropped.
    ///
    /// # Errors
    /// [`StartError`] when there is no free port.
    pub fn start() -> Result<Self, StartError> {
        Self::start_with(Options::for_tests())
    }

    /// Starts a server on threads of its own. It listens once this returns.
    ///
    /// # Errors
    /// [`StartError`] when the options, the scenario or the address do not allow it.
    pub fn start_with(options: Options) -> Result<Self, StartError> {
        if !options.bind.is_loopback() && options.admin_token().is_none() {
            let text = "listening beyond loopback needs --admin-token";
            return Err(StartError::Options(text.to_owned()));
        }
        if let Some(path) = &options.snapshot_on_exit {
            file::check_place(path)?;
        }
        let world = crate::scenario::start_world(&options).map_err(StartError::Scenario)?;
        Self::holding(options, world)
    }

    /// Starts a server that holds a world.
    ///
    /// # Errors
    /// [`StartError`] when the address cannot be listened on.
    pub fn holding(options: Options, world: World) -> Result<Self, StartError> {
        let address = SocketAddr::new(options.bind, options.port);
        let listen = |source| StartError::Listen { address, source };
        let listener = TcpListener::bind(address).map_err(listen)?;
        unread::bound(&listener, options.patience()).map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let opened = tls::open(&options)?;
        let mut app = App::new(options, &catalog::ENGINE, catalog::table(), world);
        app.port.store(u64::from(address.port()), Ordering::Relaxed);
        let post = webhooks::Post::new(&app.options, address.port());
        app.courier = Some(Arc::new(post));
        let tls = opened.map(|opened| {
            app.https = Some(opened.https);
            (opened.listener, opened.config)
        });
        let app = Arc::new(app);
        let (sender, receiver) = mpsc::channel();
        let serving = Arc::clone(&app);
        let closing = Arc::new(Notify::new());
        let closed = Arc::clone(&closing);
        let http = std::thread::spawn(move || {
            let running = serve(serving, listener, tls, sender, closed);
            let outcome = actix_web::rt::System::new().block_on(running);
            if let Err(error) = outcome {
                tracing::error!(%error, "the listener ended");
            }
        });
        let ended = || listen(std::io::Error::other("the listener ended at once"));
        let handle = receiver.recv().map_err(|_| ended())?;
        let stopping = Arc::new(AtomicBool::new(false));
        let clock = {
            let (app, stopping) = (Arc::clone(&app), Arc::clone(&stopping));
            std::thread::spawn(move || timers::run(&app, &stopping))
        };
        Ok(Self {
            app,
            address,
            handle,
            closing,
            stopping,
            threads: vec![http, clock],
        })
    }

    /// What the server holds.
    #[must_use]
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// `http://127.0.0.1:PORT`
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `https://127.0.0.1:PORT`, with `--https`.
    #[must_use]
    pub fn https_url(&self) -> Option<String> {
        let https = self.app.https.as_ref();
        https.map(|https| format!("https://{}", https.address))
    }

    /// Waits until somebody asks the server to stop (`/_sim/v1/shutdown`).
    pub async fn asked_to_stop(&self) {
        self.app.stop.notified().await;
    }

    /// Stops and waits for the end.
    pub fn stop(mut self) {
        self.end();
    }

    /// Stops, and writes what `--snapshot-on-exit` asks for.
    ///
    /// # Errors
    /// [`StartError::Write`]
    pub fn stop_and_keep(mut self) -> Result<(), StartError> {
        self.end();
        match &self.app.options.snapshot_on_exit {
            Some(path) => file::write_snapshot(&self.app, path),
            None => Ok(()),
        }
    }

    fn end(&mut self) {
        self.stopping.store(true, Ordering::Relaxed);
        self.app.close();
        if let Some(https) = &self.app.https {
            https.closing.notify_waiters();
        }
        self.closing.notify_one();
        futures::executor::block_on(self.handle.stop(true));
        for thread in self.threads.drain(..) {
            drop(thread.join());
        }
    }
}

/// Serves both listeners until the handle that it sends stops them.
async fn serve(
    app: Arc<App>,
    listener: TcpListener,
    tls: Option<(TcpListener, rustls::ServerConfig)>,
    handle: mpsc::Sender<ServerHandle>,
    closing: Arc<Notify>,
) -> std::io::Result<()> {
    let patience = app.options.patience();
    let data = web::Data::from(app);
    let server = HttpServer::new(move || {
        let app = actix_web::App::new().app_data(data.clone());
        app.default_service(web::to(wire::serve))
    });
    let server = server
        .workers(std::thread::available_parallelism().map_or(2, |n| n.get().min(8)))
        .client_request_timeout(patience)
        .tls_handshake_timeout(HANDSHAKE)
        .shutdown_timeout(1)
        .disable_signals()
        .listen(listener)?;
    let server = match tls {
        Some((listener, config)) => server.listen_rustls_0_23(listener, config)?,
        None => server,
    };
    let server = server.run();
    // The receiver waits until this arrives; when it is gone, nobody needs it.
    drop(handle.send(server.handle()));
    // Its own timeout is of whole seconds. Dropped, it ends what is still open.
    tokio::select! {
        ended = server => ended,
        () = async { closing.notified().await; tokio::time::sleep(GRACE).await } => Ok(()),
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if !self.threads.is_empty() {
            self.end();
        }
    }
}
