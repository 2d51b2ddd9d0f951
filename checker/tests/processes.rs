//! Several processes find what one thread finds; and one that is late, lost, silent or wrong ends the search of all.
//!
//! This program starts itself: as a child it is one of the examples, as a parent it compares what the children print.

#![expect(clippy::duplicate_mod, reason = "each example brings the command line that all share")]

#[path = "../examples/dining_cryptographers.rs"]
mod dining_cryptographers;
#[path = "../examples/two_phase_commit.rs"]
mod two_phase_commit;

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Output, Stdio};
use std::time::Duration;

/// Names the example that a child is to be.
const EXAMPLE: &str = "MAILCOVER_EXAMPLE";

fn main() -> ExitCode {
    match std::env::var(EXAMPLE).as_deref() {
        Ok("two_phase_commit") => return two_phase_commit::main(),
        Ok(_) => return dining_cryptographers::main(),
        Err(_) => {}
    }
    let tests: [(&str, fn()); 12] = [
        ("two_processes_count_like_one_thread", two_processes_count_like_one_thread),
        ("three_processes_know_like_one_thread", three_processes_know_like_one_thread),
        ("a_process_that_does_not_come_is_not_waited_for", a_process_that_does_not_come_is_not_waited_for),
        ("a_process_that_ends_ends_the_others", a_process_that_ends_ends_the_others),
        ("a_process_that_falls_silent_ends_the_others", a_process_that_falls_silent_ends_the_others),
        ("processes_that_differ_do_not_search", processes_that_differ_do_not_search),
        ("processes_of_different_sizes_do_not_search", processes_of_different_sizes_do_not_search),
        ("a_limit_of_one_process_ends_the_search_of_all", a_limit_of_one_process_ends_the_search_of_all),
        ("an_absurd_option_is_bad_input", an_absurd_option_is_bad_input),
        ("a_reader_that_has_read_enough_is_no_failure", a_reader_that_has_read_enough_is_no_failure),
        ("an_address_in_use_is_bad_input", an_address_in_use_is_bad_input),
        ("a_wrong_hosts_file_is_bad_input", a_wrong_hosts_file_is_bad_input),
    ];
    // A failed assertion ends the program, with what it says and an exit code.
    for (name, test) in tests {
        test();
        println!("test {name} ... ok");
    }
    println!("\ntest result: ok. {} passed; 0 failed", tests.len());
    ExitCode::SUCCESS
}

/// A hosts file with so many addresses that were free just now.
struct Cluster {
    file: tempfile::NamedTempFile,
    addresses: Vec<String>,
}

impl Cluster {
    fn of(processes: usize) -> Self {
        let sockets: Vec<_> = (0..processes).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
        let addresses: Vec<String> =
            sockets.iter().map(|socket| socket.local_addr().unwrap().to_string()).collect();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), addresses.join("\n")).unwrap();
        Cluster { file, addresses }
    }

    fn start(&self, process: usize, example: &str, size: u32) -> Child {
        let process = process.to_string();
        let file = PathBuf::from(self.file.path()).display().to_string();
        start(example, size, &["--process", &process, "--hosts", &file, "--patience", "3"])
    }
}

fn start(example: &str, size: u32, more: &[&str]) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .env(EXAMPLE, example)
        .args([&size.to_string(), "--format", "json"])
        .args(more)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What a child printed, but for what depends on the machine.
fn found(child: Child) -> serde_json::Value {
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for key in ["seconds", "bytes"] {
        found.as_object_mut().unwrap().remove(key);
    }
    found
}

/// Panics unless the child ended with this code, gave no answer, and said this.
fn assert_refuses(child: Child, code: i32, said: &str) {
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let stderr = String::from_utf8_lossy(&stderr);
    assert_eq!(status.code(), Some(code), "{stderr}");
    assert!(stdout.is_empty(), "{}", String::from_utf8_lossy(&stdout));
    assert!(stderr.lines().any(|line| line.starts_with("error: ") && line.contains(said)), "{stderr}");
}

fn assert_alike(example: &str, size: u32, processes: usize) -> serde_json::Value {
    let alone = found(start(example, size, &[]));
    let cluster = Cluster::of(processes);
    let children: Vec<_> = (0..processes).map(|process| cluster.start(process, example, size)).collect();
    for child in children {
        assert_eq!(found(child), alone);
    }
    alone
}

fn two_processes_count_like_one_thread() {
    let found = assert_alike("two_phase_commit", 7, 2);
    assert_eq!(found["unique_states"], 296_448);
    assert_eq!(found["layers"], 23);
}

fn three_processes_know_like_one_thread() {
    let found = assert_alike("dining_cryptographers", 5, 3);
    assert_eq!(found["unique_states"], 6 * 32 * 6);
    assert!(found["verdicts"].as_object().unwrap().values().all(|verdict| verdict == "holds"));
}

fn a_process_that_does_not_come_is_not_waited_for() {
    let cluster = Cluster::of(2);
    let child = cluster.start(1, "two_phase_commit", 3);
    assert_refuses(child, 1, &format!("process 0 at {} did not come within 3 s", cluster.addresses[0]));
    let child = cluster.start(0, "two_phase_commit", 3);
    assert_refuses(child, 1, &format!("process 1 at {} did not come within 3 s", cluster.addresses[1]));
}

/// Starts a search that takes longer than this test, and waits until it is under way.
fn under_way(cluster: &Cluster) -> [Child; 2] {
    let children = [cluster.start(0, "two_phase_commit", 11), cluster.start(1, "two_phase_commit", 11)];
    std::thread::sleep(Duration::from_secs(1));
    children
}

fn a_process_that_ends_ends_the_others() {
    let cluster = Cluster::of(2);
    let [child, mut other] = under_way(&cluster);
    other.kill().unwrap();
    assert_refuses(child, 1, &format!("process 1 at {}", cluster.addresses[1]));
    other.wait().unwrap();
}

fn a_process_that_falls_silent_ends_the_others() {
    let cluster = Cluster::of(2);
    let [mut other, child] = under_way(&cluster);
    let stop = Command::new("kill").args(["-STOP", &other.id().to_string()]).status();
    if stop.is_ok_and(|stopped| stopped.success()) {
        assert_refuses(child, 1, &format!("process 0 at {} fell silent", cluster.addresses[0]));
    } else {
        panic!("`kill -STOP` is needed to halt a process");
    }
    other.kill().unwrap();
    other.wait().unwrap();
}

fn processes_that_differ_do_not_search() {
    let cluster = Cluster::of(2);
    let children = [cluster.start(0, "two_phase_commit", 3), cluster.start(1, "dining_cryptographers", 3)];
    for child in children {
        assert_refuses(child, 1, "is about to search something else");
    }
}

/// Both start in the same state, and have the same questions.
fn processes_of_different_sizes_do_not_search() {
    let cluster = Cluster::of(2);
    let children = [cluster.start(0, "two_phase_commit", 3), cluster.start(1, "two_phase_commit", 4)];
    for child in children {
        assert_refuses(child, 1, "is about to search something else");
    }
}

/// The one that may keep nothing has no layer to expand, and says so all the same; the other would search for minutes.
fn a_limit_of_one_process_ends_the_search_of_all() {
    let cluster = Cluster::of(2);
    let file = cluster.file.path().display().to_string();
    let with = |process, more: &[&str]| {
        let options = [&["--process", process, "--hosts", &file, "--max-seconds", "100"], more].concat();
        start("two_phase_commit", 11, &options)
    };
    for (process, other) in [("0", "1"), ("1", "0")] {
        let children = [with(process, &["--max-states", "0"]), with(other, &[])];
        for found in children.map(found) {
            assert_eq!(found["complete"], false);
            assert_eq!(found["verdicts"]["consistent"], "inconclusive");
            assert!(found["unique_states"].as_u64().unwrap() < 1_000_000, "{}", found["unique_states"]);
        }
    }
}

fn an_absurd_option_is_bad_input() {
    for (option, value, said) in [
        ("--max-seconds", "-1", "write how many seconds"),
        ("--max-seconds", "1e300", "write how many seconds"),
        ("--threads", "60000", "is not in 0..=256"),
    ] {
        let option = format!("{option}={value}");
        assert_refuses(start("two_phase_commit", 3, &[&option]), 2, said);
    }
    assert_refuses(
        start("two_phase_commit", 100, &[]),
        2,
        "100 resource managers cannot be: write from 1 to 11",
    );
    let cluster = Cluster::of(2);
    let file = cluster.file.path().display().to_string();
    let ever = u64::MAX.to_string();
    let start = |process| {
        start("two_phase_commit", 3, &["--process", process, "--hosts", &file, "--patience", &ever])
    };
    let children = [start("0"), start("1")];
    for child in children {
        assert_eq!(found(child)["complete"], true);
    }
}

fn a_reader_that_has_read_enough_is_no_failure() {
    let mut child = start("two_phase_commit", 3, &[]);
    drop(child.stdout.take());
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    assert!(status.success() && stderr.is_empty(), "{}", String::from_utf8_lossy(&stderr));
}

fn an_address_in_use_is_bad_input() {
    let cluster = Cluster::of(2);
    let _taken = TcpListener::bind(&cluster.addresses[0]).unwrap();
    assert_refuses(
        cluster.start(0, "two_phase_commit", 3),
        2,
        &format!("Process 0 cannot listen at {}", cluster.addresses[0]),
    );
}

fn a_wrong_hosts_file_is_bad_input() {
    let cluster = Cluster::of(2);
    std::fs::write(cluster.file.path(), "here\n").unwrap();
    assert_refuses(cluster.start(0, "two_phase_commit", 3), 2, ":1: `here` is no address");
    std::fs::write(cluster.file.path(), "127.0.0.1:1\n").unwrap();
    assert_refuses(cluster.start(1, "two_phase_commit", 3), 2, "There is no process 1");
}
