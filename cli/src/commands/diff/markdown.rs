//! **What differs, as a comment on a pull request.**

use super::{Change, Differences, Reshaped, remarks, said, totals};
use crate::report::escape::markdown as escaped;
use crate::report::summary::cut;

/// The longest comment that GitHub takes has so many characters, of which none is shorter than a byte.
const MOST: usize = 65_536;

/// By this a job finds the comment that it wrote before, to write it anew: that of the same design.
fn mark(new: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '/' | '_' | '-');
    let named: String = new.chars().map(|letter| if plain(letter) { letter } else { '_' }).collect();
    format!("<!-- mailcover diff {named} -->\n")
}

/// Where the rest is.
const POINTER: &str =
    "\n\n**Cut here, since a comment can be no longer.** `mailcover diff` tells the rest.\n";

/// The comment.
pub(super) fn comment(differences: &Differences<'_>) -> String {
    let args = differences.args;
    let title = format!("### Mailcover: from {} to {}\n\n", escaped(&args.old), escaped(&args.new));
    let totals = totals(differences).join(" ");
    let mut blocks = vec![format!("{}{title}{}\n", mark(&args.new), escaped(&totals))];
    blocks.extend(remarks(differences).iter().map(|remark| format!("\n**{}**\n", escaped(remark))));
    if !differences.changes.is_empty() {
        blocks.push("\n| claim | put to | before | after |\n|---|---|---|---|\n".to_owned());
        blocks.extend(differences.changes.iter().map(row));
    }
    if !differences.shapes.is_empty() {
        let heading = "\nViolated before and after, by attacks of different shapes:\n\n";
        blocks.push(format!(
            "{heading}| claim | put to | actions before | actions after |\n|---|---|---|---|\n"
        ));
        blocks.extend(differences.shapes.iter().map(reshaped));
    }
    blocks.extend(differences.changes.iter().filter_map(why));
    cut(&blocks, MOST, POINTER)
}

fn claim(design: Option<&String>, claim: &str) -> String {
    let design = design.map(|design| format!("{}: ", escaped(design))).unwrap_or_default();
    format!("{design}**{}**", escaped(claim))
}

fn row(change: &Change) -> String {
    let (claim, adversary) = (claim(change.design.as_ref(), &change.claim), escaped(&change.adversary));
    format!("| {claim} | {adversary} | {} | {} |\n", said(change.old), said(change.new))
}

fn reshaped(change: &Reshaped) -> String {
    let (claim, adversary) = (claim(change.design.as_ref(), &change.claim), escaped(&change.adversary));
    format!("| {claim} | {adversary} | {} | {} |\n", escaped(&change.old), escaped(&change.new))
}

/// What the new verdict rests on.
fn why(change: &Change) -> Option<String> {
    change.new.filter(|_| !change.reason.is_empty())?;
    let claim = claim(change.design.as_ref(), &change.claim);
    Some(format!("\n- {claim}, put to {}: {}\n", escaped(&change.adversary), escaped(&change.reason)))
}
