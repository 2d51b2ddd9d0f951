//! **The results as a page of Markdown: what is not as expected with its run, then every cell in a table.**
//!
//! GitHub shows at most a mebibyte of `$GITHUB_STEP_SUMMARY`, and nothing at all of more. A longer page is cut between two of
//! its paragraphs or rows, and says where the rest is.

use super::escape::markdown;
use super::human;
use super::result::CellResult;
use super::shown::{Report, Shown, steps};
use super::word::Word;
use std::fmt::Write;

/// The most bytes of a summary that GitHub shows.
const MOST: usize = 1 << 20;

/// The summary.
pub(crate) fn summary(report: &Report<'_>) -> String {
    cut(&blocks(report), MOST, POINTER)
}

/// Where the rest of a summary is.
const POINTER: &str = "\n\n**Cut here, since no more would be shown.** `mailcover check --json FILE` writes all results, \
                           and `--html FILE` all runs.\n";

/// As many of the blocks as fit, and a pointer to the others.
pub(crate) fn cut(blocks: &[String], most: usize, pointer: &str) -> String {
    let mut lengths = blocks.iter().scan(0, |sum, block| {
        *sum += block.len();
        Some(*sum)
    });
    if lengths.clone().last().is_none_or(|all| all <= most) {
        return blocks.concat();
    }
    let kept = lengths.position(|length| length + pointer.len() > most).unwrap_or(blocks.len());
    blocks[..kept].concat() + pointer
}

/// The page in parts that can be left out from the end.
fn blocks(report: &Report<'_>) -> Vec<String> {
    let mut blocks = vec![head(report)];
    let wrong = |shown: &&Shown<'_>| !shown.result.as_expected;
    blocks.extend(report.cells.iter().filter(wrong).map(finding));
    blocks.push("\n| | design | claim | put to | states |\n|---|---|---|---|---:|\n".to_owned());
    blocks.extend(report.results.results.iter().map(row));
    blocks.push(not_applicable(&report.results.results));
    blocks
}

fn head(report: &Report<'_>) -> String {
    let results = report.results;
    let mut text = String::from("## Mailcover\n\n");
    if results.partial {
        text.push_str("**Partial: the check was interrupted.**\n\n");
    }
    if let Some(shard) = &results.shard {
        let _ = writeln!(text, "Part {shard} of the selected cells.\n");
    }
    if let Some(flaw) = &results.flaw {
        let _ = writeln!(text, "With the flaw **{}** planted.\n", markdown(flaw));
    }
    if !results.settings.is_empty() {
        let _ = writeln!(text, "With {}.\n", markdown(&results.settings.join(", ")));
    }
    let totals = anstream::adapter::strip_str(&human::totals(results)).to_string();
    let _ = writeln!(text, "{}", totals.trim_end().lines().map(markdown).collect::<Vec<_>>().join("\n"));
    text
}

/// What is not as expected, with its run.
fn finding(shown: &Shown<'_>) -> String {
    let Shown { result, place, .. } = shown;
    let mut text = format!("\n### {}: {}\n\n", markdown(&result.said()), markdown(&result.claim));
    let _ = writeln!(text, "> {}\n", markdown(&result.sentence));
    let _ = writeln!(
        text,
        "Put to {} in {} ({}:{}).\n",
        markdown(&result.adversary),
        markdown(&result.design),
        markdown(&place.path),
        place.line
    );
    for remark in result.remarks() {
        let _ = writeln!(text, "{}\n", markdown(&remark));
    }
    for run in shown.told.iter().flat_map(|told| &told.account.runs) {
        let _ = writeln!(text, "<details><summary>{}</summary>\n", markdown(&run.title));
        for before in &run.before {
            let _ = writeln!(text, "{}\n", markdown(before));
        }
        for (at, says) in steps(run).iter().enumerate() {
            let _ = writeln!(text, "{}. {}", at + 1, markdown(says));
        }
        text.push_str("\n</details>\n\n");
    }
    text
}

fn row(result: &CellResult) -> String {
    format!(
        "| {} | {} | {} | {} | {} |\n",
        markdown(&result.said()),
        markdown(&result.design),
        markdown(&result.claim),
        markdown(&result.adversary),
        result.searched()
    )
}

/// Why some questions do not apply, each reason once.
fn not_applicable(rows: &[CellResult]) -> String {
    let mut reasons: Vec<&str> = Vec::new();
    for row in rows.iter().filter(|row| row.verdict == Word::NotApplicable) {
        if !reasons.contains(&row.reason.as_str()) {
            reasons.push(&row.reason);
        }
    }
    let lines: Vec<String> = reasons.into_iter().map(|reason| format!("- {}\n", markdown(reason))).collect();
    if lines.is_empty() { String::new() } else { format!("\nNot applicable:\n\n{}", lines.concat()) }
}

#[cfg(test)]
mod tests {
    use super::{POINTER, cut};

    #[test]
    fn a_long_summary_is_cut_between_blocks_and_says_so() {
        let blocks = vec!["0123456789\n".to_owned(); 100];
        assert_eq!(cut(&blocks, 1100, POINTER), blocks.concat());
        let short = cut(&blocks, 1099, POINTER);
        assert!(short.len() <= 1099 && short.starts_with("0123456789\n"), "{short}");
        assert!(short.contains("89\n\n\n**Cut here") && short.ends_with("all runs.\n"), "{short}");
    }
}
