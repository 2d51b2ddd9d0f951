//! **What the server answers: the page, and where a run could go instead.**

use super::guard::Guard;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mailcover_traces::{Replayed, ways as taken};
use serde::Deserialize;
use std::sync::Arc;

/// All that the server has.
#[derive(Debug)]
pub(super) struct Shelf {
    page: String,
    traces: Vec<Replayed>,
    guard: Guard,
}

impl Shelf {
    pub(super) const fn new(page: String, traces: Vec<Replayed>, guard: Guard) -> Self {
        Self { page, traces, guard }
    }

    pub(super) const fn guard(&self) -> &Guard {
        &self.guard
    }
}

/// The page.
pub(super) async fn page(State(shelf): State<Arc<Shelf>>) -> Response {
    let policy = HeaderValue::from_str(&format!("{}; frame-ancestors 'none'", crate::page::policy(true)));
    let mut response = axum::response::Html(shelf.page.clone()).into_response();
    if let Ok(policy) = policy {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Steps that are taken instead of a run's own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Taken {
    /// Which trace of the book.
    trace: usize,
    /// Which of its runs.
    run: usize,
    /// After which step the run is left.
    step: usize,
    /// The actions that are taken, by their numbers.
    actions: Vec<usize>,
}

/// Where the run goes instead, and what could come next.
pub(super) async fn ways(
    State(shelf): State<Arc<Shelf>>,
    body: Result<Json<Taken>, JsonRejection>,
) -> Response {
    let Json(asked) = match body {
        Ok(asked) => asked,
        Err(rejection) => return (rejection.status(), rejection.body_text()).into_response(),
    };
    let answer = tokio::task::spawn_blocking(move || {
        let trace = shelf.traces.get(asked.trace).ok_or_else(|| "there is no such trace".to_owned())?;
        taken(trace, asked.run, asked.step, &asked.actions).map_err(|error| error.to_string())
    });
    match answer.await {
        Ok(Ok(way)) => Json(way).into_response(),
        Ok(Err(sentence)) => (StatusCode::UNPROCESSABLE_ENTITY, sentence).into_response(),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "the program has a mistake").into_response(),
    }
}

/// Anything else.
pub(super) async fn unknown() -> impl IntoResponse {
    (StatusCode::NOT_FOUND, "there is nothing else here")
}
