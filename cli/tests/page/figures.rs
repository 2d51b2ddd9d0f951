//! **How long a long run takes to open and to scroll: measured where somebody asks, and tested by nothing.**

use std::fmt::Write;

/// Of the frames in which a box was scrolled: how many, and in milliseconds their median, the longest of 99 in 100, and the
/// longest of all.
fn frames(took: &[f64]) -> String {
    let mut sorted = took.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |share: usize| sorted.get((sorted.len() * share / 100).min(sorted.len().saturating_sub(1)));
    let shown = |value: Option<&f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.0}"));
    format!("{} | {} | {} | {}", took.len(), shown(at(50)), shown(at(99)), shown(sorted.last()))
}

/// Prints the figures, and writes them to the file that `MAILCOVER_PAGE_FIGURES` names.
pub(crate) fn say(steps: usize, opened: &[f64], [list, chart]: &[Vec<f64>; 2]) {
    let mut sorted = opened.to_vec();
    sorted.sort_by(f64::total_cmp);
    let median = sorted[sorted.len() / 2];
    let all: Vec<String> = sorted.iter().map(|one| format!("{one:.0}")).collect();
    let mut said = String::new();
    let _ = write!(
        said,
        "# A run of {steps} steps, in the browser\n\n\
         Made by `MAILCOVER_PAGE_FIGURES=../benches/PAGE.md cargo test --workspace --test page a_thousand`, with Chromium and \
         without a screen. **These are times from one machine, which may have had other work to do at the same time; nothing \
         tests them.**\n\n\
         The file opens from disk. From the beginning of its navigation until all of it was there: {median:.0} ms, the median \
         of {} ({}).\n\n\
         Then its parts were scrolled, by half of their height with every frame. A screen shows 60 frames in a \
         second if none takes more than 17 ms.\n\n\
         | What is scrolled | Frames | Median, ms | 99 of 100 within, ms | Longest, ms |\n|---|--:|--:|--:|--:|\n\
         | the list of steps | {} |\n| the chart, whose bands are drawn as they come into sight | {} |\n",
        sorted.len(),
        all.join(", "),
        frames(list),
        frames(chart),
    );
    println!("{said}");
    if let Some(file) = std::env::var_os("MAILCOVER_PAGE_FIGURES") {
        std::fs::write(file, said).expect("the figures are written");
    }
}
