//! **Whatever is sent to the server, it answers with the right status or closes, and goes on.**

use mailcover_browser::{Book, Limits, serve};
use mailcover_model::design::library::load;
use mailcover_traces::{Replayed, Trace, replay};
use proptest::prelude::*;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// A server for all tests, with limits that are soon reached.
struct Served {
    bound: SocketAddr,
    token: String,
}

const LIMITS: Limits = Limits { body: 2_000, time: Duration::from_millis(1_500), connections: 24 };

/// A trace about a text, and two about what somebody knows; the last of the book is one of these again, and no search for
/// it is ever wanted.
const TEXT: &str = "the-carrier-reads-the-sms";
const PLACE: &str = "a-row-places-the-device";
const CAUSE: &str = "a-row-and-its-innocent-cause";

fn stored(name: &str) -> Replayed {
    let file = format!("{}/../traces/gallery/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&file).expect("the gallery has it");
    let trace = Trace::read(&bytes, &file).expect("it is a trace");
    replay(&trace, false).expect("it replays")
}

fn served() -> &'static Served {
    static SERVED: OnceLock<Served> = OnceLock::new();
    SERVED.get_or_init(begun)
}

/// A server of its own.
fn begun() -> Served {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        runtime.expect("threads start").block_on(async {
            let design = Arc::new(load("imessage-2016").expect("it ships"));
            let traces = [TEXT, PLACE, CAUSE, PLACE].map(stored);
            let book = Book::of_trace(&design, mailcover_traces::account(&traces[0]));
            let server = serve(&book, traces.to_vec(), None, LIMITS).await.expect("it listens");
            let token = server.address().rsplit('/').nth(1).expect("it has a token").to_owned();
            tell.send(Served { bound: server.bound().expect("it is bound"), token }).expect("somebody waits");
            server.run(std::future::pending()).await;
        });
    });
    told.recv().expect("the server starts")
}

/// Sends the bytes, and returns what comes back before the connection ends.
fn sent(to: &Served, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(to.bound).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time can be set");
    // A server that has seen enough may close before all is sent.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(read @ 1..) = stream.read(&mut piece) {
        answer.extend_from_slice(&piece[..read]);
        if answer.len() > 1_000_000 {
            break;
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}

fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> String {
    request_of(served(), method, path, headers, body)
}

fn request_of(to: &Served, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> String {
    let mut text =
        format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    text.push_str(body);
    sent(to, text.as_bytes())
}

fn status(answer: &str) -> u16 {
    answer
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .unwrap_or_else(|| panic!("no status: {answer:?}"))
}

fn host() -> String {
    format!("127.0.0.1:{}", served().bound.port())
}

fn unharmed() {
    let page = request("GET", &format!("/{}/", served().token), &[("Host", &host())], "");
    assert_eq!(status(&page), 200);
}

const JSON: (&str, &str) = ("Content-Type", "application/json");

#[test]
fn the_page_is_given_with_its_policy() {
    let answer = request("GET", &format!("/{}/", served().token), &[("Host", &host())], "");
    assert_eq!(status(&answer), 200);
    let head = answer.split("\r\n\r\n").next().unwrap_or_default().to_lowercase();
    for wanted in [
        "content-security-policy: default-src 'none'; script-src 'sha256-",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "no-store",
        "nosniff",
        "x-frame-options: deny",
    ] {
        assert!(head.contains(wanted), "{wanted}: {head}");
    }
    assert!(served().token.len() == 32 && served().bound.ip().is_loopback());
}

#[test]
fn steps_are_taken_with_the_token_alone() {
    let ways = format!("/{}/ways", served().token);
    let asked = r#"{"trace":0,"run":0,"step":0,"actions":[]}"#;
    let host = host();
    let origin = format!("http://{host}");
    let ours = [("Host", host.as_str()), JSON, ("Origin", origin.as_str())];
    assert_eq!(status(&request("POST", &ways, &ours, asked)), 200);
    assert_eq!(status(&request("POST", "/0123456789abcdef0123456789abcdef/ways", &ours, asked)), 403);
    assert_eq!(status(&request("GET", &ways, &ours, "")), 405);
    assert_eq!(status(&request("POST", &ways, &[("Host", &host)], asked)), 415);
    for (body, wanted) in [
        ("{", 400),
        (r#"{"trace":0}"#, 422),
        (r#"{"trace":-1,"run":0,"step":0,"actions":[]}"#, 422),
        (r#"{"trace":9,"run":0,"step":0,"actions":[]}"#, 422),
        (r#"{"trace":0,"run":0,"step":0,"actions":[99999]}"#, 422),
        (r#"{"trace":0,"run":0,"step":0,"actions":[],"file":"/etc/passwd"}"#, 422),
    ] {
        assert_eq!(status(&request("POST", &ways, &ours, body)), wanted, "{body}");
    }
    unharmed();
}

#[test]
fn what_is_known_is_said_once_the_search_has_ended() {
    let knows = format!("/{}/knows", served().token);
    let host = host();
    let ours = [("Host", host.as_str()), JSON];
    let ask = |body: &str| request("POST", &knows, &ours, body);
    let place = r#"{"trace":1,"run":0,"step":0,"actions":[]}"#;
    let mut answer = ask(place);
    while status(&answer) == 202 {
        assert!(answer.contains(r#""states":"#), "{answer}");
        std::thread::sleep(Duration::from_millis(50));
        answer = ask(place);
    }
    assert_eq!(status(&answer), 200, "{answer}");
    assert!(answer.contains("The adversary cannot tell whether"), "{answer}");
    assert_eq!(status(&ask(r#"{"trace":1,"run":5,"step":0,"actions":[]}"#)), 422);
    let text = r#"{"trace":0,"run":0,"step":0,"actions":[]}"#;
    let mut answer = ask(text);
    while status(&answer) == 202 {
        answer = ask(text);
    }
    assert_eq!(status(&answer), 422, "{answer}");
    assert!(answer.contains("not about what somebody knows"), "{answer}");
    assert_eq!(status(&request("POST", "/0123456789abcdef0123456789abcdef/knows", &ours, place)), 403);
    assert_eq!(status(&request("GET", &knows, &ours, "")), 405);
    unharmed();
}

#[test]
fn two_who_wait_for_different_searches_are_both_answered() {
    // Of the server that all tests share, somebody else's searches may take all the room for a while.
    let server = begun();
    let (knows, host) = (format!("/{}/knows", server.token), format!("127.0.0.1:{}", server.bound.port()));
    let ask = |trace: usize| {
        let body = format!(r#"{{"trace":{trace},"run":0,"step":0,"actions":[]}}"#);
        request_of(&server, "POST", &knows, &[("Host", &host), JSON], &body)
    };
    // Each asks before the other has its answer, as two tabs do.
    let mut answers = [ask(1), ask(2)];
    // Far more often than it takes on a slow machine: with searches that stop each other it would go on for ever.
    for _ in 0..12_000 {
        if answers.iter().all(|answer| status(answer) != 202) {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
        answers = [ask(1), ask(2)];
    }
    for answer in answers {
        assert_eq!(status(&answer), 200, "{answer}");
        assert!(answer.contains(r#""lines":[{"#), "{answer}");
    }
}

#[test]
fn what_cannot_be_gone_is_refused_before_anything_is_searched() {
    let knows = format!("/{}/knows", served().token);
    let host = host();
    for left in [
        r#""run":99,"step":0,"actions":[]"#,
        r#""run":0,"step":99,"actions":[]"#,
        r#""run":0,"step":0,"actions":[99999]"#,
    ] {
        let body = format!(r#"{{"trace":3,{left}}}"#);
        let answer = request("POST", &knows, &[("Host", &host), JSON], &body);
        assert_eq!(status(&answer), 422, "{answer}");
    }
    unharmed();
}

#[test]
fn other_hosts_origins_tokens_methods_and_paths_are_refused() {
    let page = format!("/{}/", served().token);
    let host = host();
    type Headers<'a> = Vec<(&'a str, &'a str)>;
    let cases: [(&str, &str, Headers<'_>, u16); 11] = [
        ("GET", &page, vec![], 421),
        ("GET", &page, vec![("Host", "example.com")], 421),
        ("GET", &page, vec![("Host", "127.0.0.1")], 421),
        ("GET", &page, vec![("Host", &host), ("Host", &host)], 421),
        ("GET", &page, vec![("Host", &host), ("Origin", "https://example.com")], 403),
        ("GET", &page, vec![("Host", &host), ("Origin", "null")], 403),
        ("GET", "/", vec![("Host", &host)], 403),
        ("GET", "/0123456789abcdef0123456789abcdef/", vec![("Host", &host)], 403),
        ("DELETE", &page, vec![("Host", &host)], 405),
        ("GET", "/../../etc/passwd", vec![("Host", &host)], 403),
        ("GET", &format!("{page}etc/passwd"), vec![("Host", &host)], 404),
    ];
    for (method, path, headers, wanted) in cases {
        let answer = request(method, path, &headers, "");
        let got = status(&answer);
        // A request with no host, or two, is already none for the library.
        assert!(got == wanted || (wanted == 421 && got == 400), "{method} {path} {headers:?}: {got}");
        assert!(!answer.contains("<script"), "{answer}");
    }
    unharmed();
}

#[test]
fn what_is_too_long_or_never_ends_is_refused() {
    let ways = format!("/{}/ways", served().token);
    let host = host();
    let long = format!(r#"{{"trace":0,"run":0,"step":0,"actions":[{}0]}}"#, "0,".repeat(2_000));
    assert_eq!(status(&request("POST", &ways, &[("Host", &host), JSON], &long)), 413);
    // A body that is announced and does not come, and a head that never ends.
    let waits = format!(
        "POST {ways} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 100\r\n\r\n{{"
    );
    assert_eq!(status(&sent(served(), waits.as_bytes())), 408);
    let slow = sent(served(), format!("GET {ways} HTTP/1.1\r\nHost: {host}\r\nX: ").as_bytes());
    assert!(slow.is_empty() || status(&slow) == 408, "{slow}");
    let endless = sent(served(), format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(200_000)).as_bytes());
    assert!(endless.is_empty() || [400, 414, 431].contains(&status(&endless)), "{endless}");
    let many = sent(served(), format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(5_000)).as_bytes());
    assert!(many.is_empty() || [400, 431].contains(&status(&many)), "{many}");
    unharmed();
}

#[test]
fn idle_connections_do_not_keep_others_out_for_long() {
    let idle: Vec<TcpStream> =
        (0..LIMITS.connections).map(|_| TcpStream::connect(served().bound).expect("it listens")).collect();
    unharmed();
    drop(idle);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_harm_it(bytes in prop::collection::vec(any::<u8>(), 0..600), whole in any::<bool>()) {
        let mut bytes = bytes;
        bytes.extend_from_slice(if whole { b"\r\n\r\n" } else { b"\n\n\n\n" });
        let mut stream = TcpStream::connect(served().bound).expect("it listens");
        let _ = stream.write_all(&bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        prop_assert!(answer.is_empty() || status(&answer) >= 400, "{}", answer);
        unharmed();
    }

    #[test]
    fn no_request_that_is_well_formed_harms_it(
        method in "[A-Z]{1,8}",
        path in "/[ -~&&[^ #]]{0,60}",
        name in "[A-Za-z-]{1,12}",
        value in "[ -~]{0,40}",
        body in "[ -~]{0,80}",
    ) {
        let answer = request(&method, &path, &[("Host", &host()), (&name, &value)], &body);
        prop_assert!(answer.is_empty() || status(&answer) >= 400, "{}", answer);
        unharmed();
    }

    #[test]
    fn no_steps_harm_it(trace in any::<u64>(), run in 0_u64..4, step in 0_u64..9, actions in prop::collection::vec(0_u64..300, 0..6)) {
        let body = format!(r#"{{"trace":{},"run":{run},"step":{step},"actions":{actions:?}}}"#, trace % 2);
        let ways = format!("/{}/ways", served().token);
        let got = status(&request("POST", &ways, &[("Host", &host()), JSON], &body));
        prop_assert!([200, 422].contains(&got), "{}", got);
    }
}
