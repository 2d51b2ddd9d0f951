//! **The page, in a real browser: what a reviewer does with it, by hand and by keys.**
//!
//! The suite needs Chromium and chromedriver. Where they are missing it says so and passes, unless
//! `MAILCOVER_REQUIRE_BROWSER` is set. `MAILCOVER_AXE` names axe-core's script; `MAILCOVER_SCREENSHOTS` a directory to keep
//! pictures in; `MAILCOVER_PAGE_FIGURES` a file for how long a long run takes to open and to scroll, which nothing tests.

#[path = "page/browser.rs"]
mod browser;
#[path = "page/figures.rs"]
mod figures;
#[path = "page/material.rs"]
mod material;
#[path = "page/narrow.rs"]
mod narrow;
#[path = "page/told.rs"]
mod told;

use browser::{Browser, Failed};
use material::{Live, Material, material};
use serde_json::{Value, json};

type Done = Result<(), Failed>;

/// Runs the test in a browser of its own, if there is one.
fn with_browser<F: Future<Output = Done>>(
    width: u32,
    height: u32,
    test: impl FnOnce(Browser, &'static Material) -> F,
) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads start");
    runtime.block_on(async {
        let Some(browser) = Browser::start(width, height).await else { return };
        let end = browser.clone();
        let done = test(browser, material()).await;
        end.stop().await;
        if let Err(error) = done {
            panic!("{error}");
        }
    });
}

#[test]
fn a_run_is_browsed_from_the_matrix_to_the_twin() {
    with_browser(1280, 900, |page, material| async move {
        let live = Live::start(&[material.results()]);
        page.goto(&live.address).await?;
        page.wait("table.matrix").await?;
        assert!(page.text("main").await?.contains("Who can come to know what"));

        // Search by the key for it, and open a claim.
        page.keys("body", "/").await?;
        page.keys("#search", "no-communication").await?;
        assert!(page.text("#found").await?.contains(" of "));
        assert_eq!(page.all("tr.claim").await?.len(), 1);
        page.click("tr.claim a").await?;
        page.wait("code.formula").await?;
        let claim = page.text("main").await?;
        assert!(
            claim.contains("What it does not claim")
                && claim.contains("Sources")
                && claim.contains("Assumptions")
        );

        // Open its twins, which are the same to the log and differ in the event.
        page.click("td a[href^='#/trace/']").await?;
        page.wait(".twins").await?;
        let twins = page.text(".twins").await?;
        assert!(
            twins.contains("the same in both")
                && twins.contains("Only here: nobody communicated with anybody."),
            "{twins}"
        );
        Ok(())
    });
}

#[test]
fn steps_are_taken_by_keys_and_the_views_are_those_of_trace_show() {
    with_browser(1280, 900, |page, material| async move {
        let live = Live::start(&[&material.trace("query-proves-no-communication", "investigator")]);
        page.goto(&live.address).await?;
        page.wait("#steps").await?;
        page.click("#tab-holds").await?;
        let last = material.steps("query-proves-no-communication", "investigator");
        page.keys("#steps", "Home").await?;
        for step in 1..=last {
            page.keys("#steps", "ArrowDown").await?;
            let selected = page.text("[aria-selected=true].step .number").await?;
            assert_eq!(selected, step.to_string());
            for observer in ["investigator", "query-log", "provider-live"] {
                let shown = page.table(observer).await?;
                let said = material.held("query-proves-no-communication", "investigator", step, observer);
                assert_eq!(shown, said, "step {step}, {observer}");
            }
        }
        // The same by the arrows that work anywhere, and by the link that reopens it.
        page.keys("body", "ArrowLeft").await?;
        assert_eq!(page.text("[aria-selected=true].step .number").await?, (last - 1).to_string());
        let link = page.address().await?;
        page.goto("about:blank").await?;
        page.goto(&link).await?;
        page.wait("#steps").await?;
        assert_eq!(page.text("[aria-selected=true].step .number").await?, (last - 1).to_string());
        assert_eq!(page.attribute("#tab-holds", "aria-selected").await?, "true");
        Ok(())
    });
}

#[test]
fn a_derivation_is_opened_and_its_leaf_leads_to_the_step() {
    with_browser(1280, 900, |page, material| async move {
        let live = Live::start(&[&material.trace("content-secret", "malicious-provider")]);
        page.goto(&live.address).await?;
        page.wait("#tab-why").await?;
        page.click("#tab-why").await?;
        let tree = page.text("ul.tree").await?;
        assert!(tree.starts_with("The text of message 1"), "{tree}");
        let step = page.text("ul.tree button").await?.replace("step ", "");
        page.click("ul.tree button").await?;
        page.wait(".chart").await?;
        assert_eq!(page.text("[aria-selected=true].step .number").await?, step);
        assert!(!page.all("text.power").await?.is_empty(), "the adversary's acts have a shade and a sign");
        Ok(())
    });
}

#[test]
fn another_way_is_gone_and_reopened_by_its_link() {
    with_browser(1280, 900, |page, material| async move {
        let live = Live::start(&[&material.trace("content-secret", "malicious-provider")]);
        page.goto(&live.address).await?;
        page.wait("#tab-ways").await?;
        page.keys("#steps", "Home").await?;
        page.click("#tab-ways").await?;
        page.wait(".ways button").await?;
        let act = page.text(".ways button").await?;
        page.click(".ways button").await?;
        page.wait("#way").await?;
        assert_eq!(page.all(".step").await?.len(), 2, "the beginning and the step that was taken");
        page.wait(".ways button").await?;
        page.click(".ways button").await?;
        page.until("document.querySelectorAll('.step').length === 3").await?;
        let link = page.address().await?;
        page.goto("about:blank").await?;
        page.goto(&link).await?;
        page.wait("#way").await?;
        assert_eq!(page.all(".step").await?.len(), 3, "{act}");
        page.click("#way a").await?;
        page.until("!document.getElementById('way')").await?;
        Ok(())
    });
}

#[test]
fn what_the_adversary_knows_is_said_of_each_state_on_the_way() {
    with_browser(1280, 900, |page, material| async move {
        let live = Live::start(&[&material.trace("device-place-unknown", "query-log")]);
        page.goto(&live.address).await?;
        page.wait("#tab-ways").await?;
        page.keys("#steps", "End").await?;
        page.click("#tab-ways").await?;
        page.wait("#knows .so").await?;
        let known = page.text("#knows .facts").await?;
        assert!(known.contains("The adversary knows that a device of"), "{known}");
        assert!(known.contains("This breaks the claim."), "{known}");
        page.keys("#steps", "Home").await?;
        page.wait("#knows details").await?;
        let open = page.text("#knows .facts").await?;
        assert!(open.contains("The adversary cannot tell whether a device of"), "{open}");
        assert!(!open.contains("breaks the claim"), "{open}");
        page.click("#knows summary").await?;
        assert!(!page.text("#knows ol").await?.is_empty(), "a run that looks the same is told");
        Ok(())
    });
}

#[test]
fn an_exported_file_needs_no_network() {
    with_browser(1280, 900, |page, material| async move {
        for (claim, adversary) in material::CELLS {
            let file = material.html(claim, adversary);
            page.goto(&format!("file://{}", file.display())).await?;
            page.wait("#steps").await?;
            let fetched = page.run("return performance.getEntriesByType('resource').length").await?;
            assert_eq!(fetched, json!(0));
            let refused = page
                .run("try { await fetch('https://example.com/'); return 'fetched' } catch { return 'refused' }")
                .await?;
            assert_eq!(refused, json!("refused"));
            let log = page.errors().await?;
            assert!(
                log.iter().all(|line| line.contains("example.com") || line.contains("connect-src")),
                "{log:?}"
            );
        }
        Ok(())
    });
}

#[test]
fn hostile_names_are_shown_in_the_page_and_run_nothing() {
    with_browser(1280, 900, |page, material| async move {
        let file = material.hostile();
        page.goto(&format!("file://{}", file.display())).await?;
        page.wait("h1").await?;
        assert_eq!(page.run("return typeof window.pwned").await?, json!("undefined"));
        let shown = page.run("return document.querySelector('main').textContent").await?;
        let shown = shown.as_str().unwrap_or_default();
        assert!(shown.contains("<img src=x onerror=window.pwned=1>"), "{shown}");
        assert!(page.all("main img").await?.is_empty());
        Ok(())
    });
}

#[test]
fn nothing_overflows_and_axe_finds_nothing() {
    for (width, height) in [(1280, 900), (360, 740)] {
        with_browser(width, height, |page, material| async move {
            let live = Live::start(&[material.results()]);
            let traces = material::CELLS.len();
            let mut places = vec!["#/".to_owned(), "#/claim/content-secret".to_owned()];
            places.extend((0..traces).flat_map(|trace| {
                ["chart", "holds", "so", "why", "ways", "state"]
                    .map(|tab| format!("#/trace/{trace}/run/0/step/1/{tab}"))
            }));
            let mut wrong = Vec::new();
            for dark in [false, true] {
                page.scheme(dark).await?;
                for place in &places {
                    page.goto("about:blank").await?;
                    page.goto(&format!("{}{place}", live.address)).await?;
                    page.wait("h1").await?;
                    page.until("!document.querySelector('[aria-busy=true]')").await?;
                    let wide = page.run("return document.documentElement.scrollWidth - innerWidth").await?;
                    if wide.as_i64().is_none_or(|by| by > 0) {
                        wrong.push(format!("{place} is {wide} pixels too wide at {width}"));
                    }
                    page.picture(&format!("{width}-{}-{place}", if dark { "dark" } else { "light" })).await?;
                    let found = page.axe().await?;
                    wrong.extend(found.iter().map(|one| format!("{place} at {width}, dark {dark}: {one}")));
                }
            }
            assert!(wrong.is_empty(), "{wrong:#?}");
            Ok(())
        });
    }
}

#[test]
fn a_thousand_steps_open_and_scroll() {
    with_browser(1280, 900, |page, material| async move {
        let (file, steps) = material.long(1_000);
        let address = format!("file://{}", file.display());
        let mut opened = Vec::new();
        for _ in 0..5 {
            page.goto("about:blank").await?;
            page.goto(&address).await?;
            page.wait("#steps").await?;
            let navigation =
                page.run("return performance.getEntriesByType('navigation')[0].domComplete").await?;
            opened.push(navigation.as_f64().unwrap_or(f64::NAN));
        }
        assert_eq!(page.all(".step").await?.len(), steps + 1);
        page.click("#tab-chart").await?;
        page.keys("#steps", "End").await?;
        page.until("[...document.querySelectorAll('.band.chosen svg')].length === 1").await?;
        let drawn = page.run("return document.querySelectorAll('.band svg').length").await?;
        assert!(
            drawn.as_u64().is_some_and(|drawn| drawn < 200),
            "{drawn} bands are drawn, most of them out of sight"
        );
        let frames = [page.scrolled(".steps").await?, page.scrolled(".chartbox").await?];
        figures::say(steps, &opened, &frames);
        Ok(())
    });
}

#[test]
fn a_file_of_sixty_steps_is_small() {
    let (file, _) = material().long(60);
    let length = std::fs::metadata(&file).expect("it was written").len();
    assert!(length < 1_000_000, "{length} bytes");
    with_browser(1280, 900, |page, _| async move {
        page.goto(&format!("file://{}", file.display())).await?;
        page.click("#tab-chart").await?;
        let bands =
            page.run("return [...document.querySelectorAll('.band')].map(b => b.clientHeight)").await?;
        let shortest =
            bands.as_array().into_iter().flatten().filter_map(Value::as_f64).fold(f64::MAX, f64::min);
        assert!(shortest >= 12.0, "a band is {shortest} pixels high: too low for a line of text");
        page.run("document.querySelector('.chartbox').style.maxHeight = 'none'").await?;
        page.picture("60 steps").await
    });
}

#[test]
fn the_page_prints() {
    with_browser(1280, 900, |page, material| async move {
        let file = material.html("query-proves-no-communication", "query-log");
        page.goto(&format!("file://{}", file.display())).await?;
        page.wait("#steps").await?;
        let pdf = page.pdf().await?;
        assert!(pdf.starts_with(b"%PDF"), "it is a PDF");
        let shown: Value = page.run("return [...document.querySelectorAll('[role=tabpanel]')].filter(p => p.childElementCount > 0).length").await?;
        assert!(
            shown.as_u64().is_some_and(|panels| panels >= 4),
            "all panels are printed, not only the one in sight: {shown}"
        );
        Ok(())
    });
}
