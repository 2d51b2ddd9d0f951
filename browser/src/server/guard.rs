//! **Who is let in: requests to this host, from this page or from none, with the token.**
//!
//! The host is checked so that no name that an attacker lets point at this machine leads here; the origin, so that no page
//! from elsewhere can have a browser ask here; the token, so that nobody else on the machine can.

use super::answers::Shelf;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use std::sync::Arc;

/// What requests must have.
#[derive(Debug)]
pub(super) struct Guard {
    token: String,
    hosts: [String; 2],
}

impl Guard {
    pub(super) fn new(token: &str, bound: SocketAddr) -> Self {
        let port = bound.port();
        Self { token: token.to_owned(), hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")] }
    }

    /// Why the request is refused; `None` when it is not.
    fn refuses(&self, path: &str, headers: &HeaderMap) -> Option<(StatusCode, &'static str)> {
        let one = |name| {
            let mut values = headers.get_all(name).iter();
            let first: Option<&HeaderValue> = values.next();
            if values.next().is_some() { None } else { Some(first.map(HeaderValue::as_bytes)) }
        };
        let host = one(header::HOST).flatten();
        if !host.is_some_and(|host| self.hosts.iter().any(|known| known.as_bytes() == host)) {
            return Some((
                StatusCode::MISDIRECTED_REQUEST,
                "this server answers only for the host of its address",
            ));
        }
        let ours = |origin: &[u8]| {
            self.hosts.iter().any(|known| origin.strip_prefix(b"http://") == Some(known.as_bytes()))
        };
        match one(header::ORIGIN) {
            Some(origin) if origin.is_none_or(ours) => {}
            _ => return Some((StatusCode::FORBIDDEN, "this server answers only its own page")),
        }
        let given = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        if !same(given.as_bytes(), self.token.as_bytes()) {
            return Some((StatusCode::FORBIDDEN, "the address lacks its token"));
        }
        None
    }
}

/// Whether both are the same, in a time that does not say where they differ.
fn same(given: &[u8], wanted: &[u8]) -> bool {
    given.len() == wanted.len()
        && given.iter().zip(wanted).fold(0, |sum, (left, right)| sum | (left ^ right)) == 0
}

/// Lets a request through, or refuses it; either way the answer says how a browser is to treat it.
pub(super) async fn check(State(shelf): State<Arc<Shelf>>, request: Request, next: Next) -> Response {
    let refused = shelf.guard().refuses(request.uri().path(), request.headers());
    let mut response = match refused {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
