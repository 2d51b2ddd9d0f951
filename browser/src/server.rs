//! **The server of the live page: for this machine alone, and for whoever has the address.**
//!
//! It listens on loopback, on a port that nobody could foresee, under an address that holds a token of 128 random bits.
//! It knows three things: the page, what else could happen after a step of one of the page's traces, and what the
//! adversary knows there. It reads no file.
//! Requests are held to their size, their time and their number.

mod answers;
mod guard;
mod searches;

use crate::book::Book;
use answers::Shelf;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use mailcover_traces::Replayed;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

/// What requests are held to.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The longest body, in bytes.
    pub body: usize,
    /// How long a request may take to come in, and how long to be answered.
    pub time: Duration,
    /// How many connections are open at once.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body: 16 << 10, time: Duration::from_secs(10), connections: 32 }
    }
}

/// Why the server does not serve.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The port cannot be listened on.
    #[error(
        "port {port} on this machine cannot be listened on: {source}; leave --port out to take any that is free"
    )]
    Port {
        /// Which port.
        port: u16,
        /// Why.
        source: std::io::Error,
    },
    /// The page cannot be written.
    #[error("internal: the page cannot be written as JSON: {0}; please report it")]
    Page(#[from] serde_json::Error),
    /// No random numbers are to be had.
    #[error("the system gives no random numbers for a token: {0}")]
    Random(getrandom::Error),
}

/// A server that listens and does not serve yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    router: Router,
    limits: Limits,
    address: String,
}

/// Listens for requests to the page of a book; of each of its traces the replayed one is needed as well.
///
/// # Errors
/// When the port is not free, or no token can be made.
pub async fn serve(
    book: &Book,
    traces: Vec<Replayed>,
    port: Option<u16>,
    limits: Limits,
) -> Result<Server, ServerError> {
    let wanted = SocketAddrV4::new(Ipv4Addr::LOCALHOST, port.unwrap_or(0));
    let failed = |source| ServerError::Port { port: wanted.port(), source };
    let listener = TcpListener::bind(wanted).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(ServerError::Random)?;
    let token = hex::encode(bytes);
    let page = crate::page::html(&Book { live: true, ..book.clone() })?;
    let shelf = Arc::new(Shelf::new(page, traces, guard::Guard::new(&token, bound)));
    Ok(Server {
        router: router(shelf, limits),
        listener,
        limits,
        address: format!("http://{bound}/{token}/"),
    })
}

fn router(shelf: Arc<Shelf>, limits: Limits) -> Router {
    Router::new()
        .route("/{token}/", get(answers::page))
        .route("/{token}/ways", post(answers::ways))
        .route("/{token}/knows", post(answers::knows))
        .fallback(answers::unknown)
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&shelf), guard::check))
        .layer(RequestBodyLimitLayer::new(limits.body))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, limits.time))
        .with_state(shelf)
}

impl Server {
    /// The address of the page, with its token.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn bound(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until the future is ready.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let slots = Arc::new(Semaphore::new(self.limits.connections));
        tokio::pin!(stop);
        loop {
            let Ok(slot) = Arc::clone(&slots).acquire_owned().await else { return };
            let stream = tokio::select! {
                accepted = self.listener.accept() => accepted,
                () = &mut stop => return,
            };
            // An accept that failed failed for that client.
            let Ok((stream, _)) = stream else { continue };
            let (router, time) = (self.router.clone(), self.limits.time);
            tokio::spawn(async move {
                let mut http = hyper::server::conn::http1::Builder::new();
                http.timer(TokioTimer::new()).header_read_timeout(time).max_buf_size(64 << 10);
                let service = TowerToHyperService::new(router);
                let connection = http.serve_connection(TokioIo::new(stream), service);
                // However it ends, and however slowly a client reads, the connection has its time.
                let _ = tokio::time::timeout(time * 30, connection).await;
                drop(slot);
            });
        }
    }
}
