//! **What the page says of results and of steps: nothing twice, and nothing left out that was unusual.**

use super::material::{Live, exemplar, material};
use super::with_browser;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

#[test]
fn results_without_their_runs_say_so_once() {
    with_browser(1280, 900, |page, material| async move {
        let live = Live::start(&[&material.changed("bare.json", |row| row["trace"] = Value::Null)]);
        page.goto(&live.address).await?;
        page.wait("table.matrix").await?;
        let notes = page.all("p.note").await?;
        assert_eq!(notes.len(), 1);
        let note = notes[0].text().await?;
        assert!(note.contains("are not here") && note.contains("--traces DIRECTORY"), "{note}");
        assert!(page.all("a[href^='#/trace/']").await?.is_empty());
        Ok(())
    });
}

#[test]
fn a_run_is_marked_as_its_result_is() {
    with_browser(1280, 900, |page, material| async move {
        let surprise = material.changed("surprise.json", |row| row["as_expected"] = json!(false));
        let live = Live::start(&[&surprise]);
        page.goto(&format!("{}#/trace/0", live.address)).await?;
        page.wait("#steps").await?;
        assert!(page.text("main .verdict.surprise").await?.contains("not as expected"));
        let excused = material.changed("excused.json", |row| row["baseline"] = json!("same"));
        let live = Live::start(&[&excused]);
        page.goto(&format!("{}#/trace/0", live.address)).await?;
        page.wait("#steps").await?;
        assert!(page.text("main .verdict").await?.contains("in the baseline"));
        Ok(())
    });
}

#[test]
fn results_that_name_a_run_of_another_verdict_are_refused() {
    let contrary = material().changed("contrary.json", |row| {
        let other = if row["verdict"] == "holds" { "violated" } else { "holds" };
        row["verdict"] = json!(other);
    });
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailcover"));
    let command = command.args(["browse", &contrary]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("mailcover starts");
    // Were it not refused, it would say its address and serve until somebody ends it.
    let mut address = String::new();
    BufReader::new(child.stdout.take().expect("it has a stdout"))
        .read_line(&mut address)
        .expect("it is text");
    if !address.is_empty() {
        let _ = child.kill();
    }
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("it says the verdict") && said.contains("that it names says"), "{said}");
}

#[test]
fn the_case_of_a_claim_is_told_apart_from_what_it_speaks_of_and_nothing_twice() {
    with_browser(1280, 900, |page, material| async move {
        let place = material.trace("device-place-unknown", "query-log");
        for (file, apart) in [(place, 1), (exemplar("a-message-is-lost-in-silence"), 0)] {
            let live = Live::start(&[&file]);
            page.goto(&live.address).await?;
            page.click("#tab-so").await?;
            page.wait("#panel-so .facts").await?;
            assert_eq!(page.all("#panel-so .exercise").await?.len(), apart, "{file}");
            let script =
                "return [...document.querySelectorAll('#panel-so .facts .mono')].map(one => one.textContent)";
            let mut facts: Vec<String> = serde_json::from_value(page.run(script).await?)?;
            let all = facts.len();
            facts.sort_unstable();
            facts.dedup();
            assert!(all > 0 && facts.len() == all, "{file}: {facts:?}");
        }
        Ok(())
    });
}

#[test]
fn what_the_adversary_sees_is_said_of_each_step() {
    with_browser(1280, 900, |page, material| async move {
        let live = Live::start(&[&material.trace("content-secret", "malicious-provider")]);
        page.goto(&live.address).await?;
        page.wait("#steps").await?;
        let seen = page.text(".step .noticed").await?;
        assert!(seen.starts_with("◉ seen by the adversary: "), "{seen}");
        assert!(page.text(".legend").await?.contains("◉ the adversary sees something of the step"));
        let marks = "return [...document.querySelectorAll('.band text')].filter(text => text.textContent === '◉').length";
        assert!(page.run(marks).await?.as_u64().is_some_and(|marks| marks > 0));
        // The reader of a log sees rows, which stand there as recorded.
        let live = Live::start(&[&material.trace("device-place-unknown", "query-log")]);
        page.goto(&live.address).await?;
        page.wait("#steps .wrote").await?;
        assert!(page.all(".step .noticed").await?.is_empty());
        Ok(())
    });
}

#[test]
fn what_is_open_has_a_run_that_looks_the_same_even_one_of_no_steps() {
    with_browser(1280, 900, |page, material| async move {
        let file = material.trace("query-proves-no-communication", "investigator");
        let last = material.steps("query-proves-no-communication", "investigator");
        let live = Live::start(&[&file]);
        for step in 0..=last {
            page.goto("about:blank").await?;
            page.goto(&format!("{}#/trace/0/run/0/step/{step}/ways", live.address)).await?;
            page.wait("#knows .facts li").await?;
            let open = page.all("#knows .facts li:has(.notso)").await?.len();
            assert_eq!(page.all("#knows .facts li details").await?.len(), open, "after step {step}");
        }
        Ok(())
    });
}
