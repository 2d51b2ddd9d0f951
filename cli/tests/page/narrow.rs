//! **On a small screen: the chosen step stays in sight, in the list and in the chart.**

use super::browser::{Browser, Failed};
use super::material::{CELLS, Live, exemplar};
use super::with_browser;
use serde_json::json;

/// Runs of several steps, and of more lifelines than the screen is wide for.
const EXEMPLARS: [&str; 2] = ["a-message-is-lost-in-silence", "one-order-outreaches-the-retention"];

/// Whether the chosen step lies within what is seen of the list.
async fn in_list(page: &Browser, place: &str) -> Result<(), Failed> {
    page.run("for (let frame = 0; frame < 6; frame += 1) await new Promise(requestAnimationFrame)").await?;
    let sight = "const box = document.querySelector('.steps'), all = box.getBoundingClientRect(), \
                 own = box.querySelector('[aria-selected=true]').getBoundingClientRect(); \
                 const top = all.top + box.clientTop, bottom = top + box.clientHeight; \
                 const seen = own.height > box.clientHeight ? own.top <= top + 2 && own.bottom >= bottom - 2 \
                 : own.top >= top - 1 && own.bottom <= bottom + 1; \
                 return seen || `${own.top} to ${own.bottom} of ${top} to ${bottom}`";
    let seen = page.run(sight).await?;
    assert_eq!(seen, json!(true), "{place}");
    Ok(())
}

/// Whether what is drawn of the chosen step lies within what is seen of the chart, or the left end of it.
async fn in_chart(page: &Browser, place: &str) -> Result<(), Failed> {
    page.run("for (let frame = 0; frame < 6; frame += 1) await new Promise(requestAnimationFrame)").await?;
    let sight = "const box = document.querySelector('.chartbox'), all = box.getBoundingClientRect(); \
                 const marks = [...box.querySelectorAll('.band.chosen svg > :is(rect, polygon, line, text):not(.life, .number, .day)')]\
                 .map(mark => mark.getBoundingClientRect()); if (marks.length === 0) return true; \
                 const left = Math.min(...marks.map(mark => mark.left)), right = Math.max(...marks.map(mark => mark.right)); \
                 const from = all.left + box.clientLeft, to = from + box.clientWidth; \
                 return left >= from - 1 && left < to && (right <= to + 1 || right - left > box.clientWidth - 20) \
                 || `${left} to ${right} of ${from} to ${to}`";
    let seen = page.run(sight).await?;
    assert_eq!(seen, json!(true), "{place}");
    Ok(())
}

#[test]
fn the_chosen_step_is_in_sight_of_a_small_screen() {
    with_browser(360, 740, |page, material| async move {
        let cells = CELLS.map(|(claim, adversary)| material.trace(claim, adversary));
        for file in cells.into_iter().chain(EXEMPLARS.map(exemplar)) {
            let live = Live::start(&[&file]);
            page.goto(&live.address).await?;
            page.wait("#steps").await?;
            in_list(&page, &format!("{file}, as it opens")).await?;
            for key in ["Home", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "End", "ArrowUp"] {
                page.keys("#steps", key).await?;
                in_list(&page, &format!("{file}, after {key}")).await?;
            }
        }
        Ok(())
    });
}

#[test]
fn what_the_chosen_step_draws_is_in_sight_of_a_small_screen() {
    with_browser(360, 740, |page, material| async move {
        let cells = CELLS.map(|(claim, adversary)| material.trace(claim, adversary));
        for file in cells.into_iter().chain(EXEMPLARS.map(exemplar)) {
            let live = Live::start(&[&file]);
            page.goto(&live.address).await?;
            page.click("#tab-chart").await?;
            in_chart(&page, &format!("{file}, as it opens")).await?;
            for key in ["Home", "ArrowDown", "ArrowDown", "ArrowDown", "End"] {
                page.keys("#steps", key).await?;
                in_chart(&page, &format!("{file}, after {key}")).await?;
            }
        }
        Ok(())
    });
}
