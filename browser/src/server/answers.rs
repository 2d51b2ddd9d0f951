//! **What the server answers: the page, where a run could go instead, and what is known there.**

use super::guard::Guard;
use super::searches::Searches;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mailcover_traces::{Left, Replayed, TraceError, can_be_gone, knows as known, ways as taken};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// All that the server has.
#[derive(Debug)]
pub(super) struct Shelf {
    page: String,
    traces: Vec<Replayed>,
    guard: Guard,
    searches: Searches,
}

impl Shelf {
    pub(super) fn new(page: String, traces: Vec<Replayed>, guard: Guard) -> Self {
        Self { page, traces, guard, searches: Searches::default() }
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

impl Taken {
    fn left(&self) -> Left<'_> {
        Left { run: self.run, step: self.step, actions: &self.actions }
    }
}

/// What a client is told, or the sentence that says why not.
type Said<T> = Result<T, String>;

/// Answers what was asked, where blocking does no harm.
async fn answer<T, F>(shelf: Arc<Shelf>, body: Result<Json<Taken>, JsonRejection>, of: F) -> Response
where
    T: IntoResponse + Send + 'static,
    F: FnOnce(&Shelf, &Replayed, &Taken) -> Said<T> + Send + 'static,
{
    let Json(asked) = match body {
        Ok(asked) => asked,
        Err(rejection) => return (rejection.status(), rejection.body_text()).into_response(),
    };
    let answer = tokio::task::spawn_blocking(move || {
        let trace = shelf.traces.get(asked.trace).ok_or_else(|| "there is no such trace".to_owned())?;
        of(&shelf, trace, &asked)
    });
    match answer.await {
        Ok(Ok(answer)) => answer.into_response(),
        Ok(Err(sentence)) => (StatusCode::UNPROCESSABLE_ENTITY, sentence).into_response(),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "the program has a mistake").into_response(),
    }
}

/// Where the run goes instead, and what could come next.
pub(super) async fn ways(
    State(shelf): State<Arc<Shelf>>,
    body: Result<Json<Taken>, JsonRejection>,
) -> Response {
    let told =
        |_: &Shelf, trace: &Replayed, asked: &Taken| taken(trace, asked.left()).map(Json).map_err(said);
    answer(shelf, body, told).await
}

/// How far a search is.
#[derive(Debug, Serialize)]
struct Searching {
    states: usize,
}

/// What the adversary knows there; 202 and how many states were searched so far, while that goes on or has yet to begin. A
/// way that cannot be gone is refused before anything is searched.
pub(super) async fn knows(
    State(shelf): State<Arc<Shelf>>,
    body: Result<Json<Taken>, JsonRejection>,
) -> Response {
    let told = |shelf: &Shelf, trace: &Replayed, asked: &Taken| {
        can_be_gone(trace, asked.left()).map_err(said)?;
        let wait = |states| Ok((StatusCode::ACCEPTED, Json(Searching { states })).into_response());
        let Some(search) = shelf.searches.of(asked.trace, trace) else { return wait(0) };
        match search.done() {
            None => wait(search.states()),
            Some(Err(sentence)) => Err(sentence.clone()),
            Some(Ok(insight)) => {
                known(trace, insight, asked.left()).map(|known| Json(known).into_response()).map_err(said)
            }
        }
    };
    answer(shelf, body, told).await
}

#[expect(clippy::needless_pass_by_value, reason = "it is what map_err gives")]
fn said(error: TraceError) -> String {
    error.to_string()
}

/// Anything else.
pub(super) async fn unknown() -> impl IntoResponse {
    (StatusCode::NOT_FOUND, "there is nothing else here")
}
