//! **The matrix as one page that fetches nothing and runs nothing.**

use super::{Matrix, Row, Square};
use base64::prelude::{BASE64_STANDARD, Engine};
use mailcover_browser::escaped;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// How the page looks: a table that can be read in the dark and printed.
const STYLE: &str = "\
:root{color-scheme:light dark}
body{font:16px/1.45 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}
.wide{overflow-x:auto}
table{border-collapse:collapse}
th,td{border:1px solid #8886;padding:.35rem .6rem;text-align:left;vertical-align:top}
thead th{white-space:nowrap}
tbody th{font-weight:600;min-width:22rem}
tbody th span{display:block;font-weight:400}
td.unexpected{outline:2px solid currentColor;outline-offset:-2px;font-weight:600}
td{min-width:7rem}
code{overflow-wrap:anywhere}";

/// The matrix as a page.
pub(crate) fn html(matrix: &Matrix) -> String {
    let title = escaped(&matrix.title());
    // The hash of the one style: nothing else is let in, not even an attribute.
    let hash = BASE64_STANDARD.encode(Sha256::digest(STYLE));
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hash}'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n<h1>{title}</h1>\n"
    );
    for remark in matrix.remarks() {
        let _ = writeln!(page, "<p><strong>{}</strong></p>", escaped(&remark));
    }
    page.push_str(&table(matrix));
    if !matrix.notes.is_empty() {
        list(&mut page, "ol", &matrix.notes);
    }
    for (heading, lines) in matrix.rests_on() {
        part(&mut page, &heading, &lines);
    }
    page.push_str("</body>\n</html>\n");
    page
}

fn table(matrix: &Matrix) -> String {
    let mut text = String::from(
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"The matrix\"><table>\n<thead><tr><th scope=\"col\">claim</th><th scope=\"col\">LINDDUN</th>",
    );
    for column in &matrix.columns {
        let _ = write!(text, "<th scope=\"col\">{}</th>", escaped(column));
    }
    text.push_str("</tr></thead>\n<tbody>\n");
    for row in &matrix.rows {
        line(&mut text, row);
    }
    text.push_str("</tbody>\n</table></div>\n");
    text
}

fn line(text: &mut String, row: &Row) {
    let (claim, sentence) = (escaped(&row.claim), escaped(&row.sentence));
    let _ = write!(
        text,
        "<tr><th scope=\"row\">{claim}<span>{sentence}</span></th><td>{}</td>",
        escaped(&row.linddun)
    );
    for cell in &row.cells {
        let class = match cell {
            Some(Square { as_expected: false, .. }) => " class=\"unexpected\"",
            _ => "",
        };
        let said = cell.as_ref().map(|cell| escaped(&cell.text())).unwrap_or_default();
        let _ = write!(text, "<td{class}>{said}</td>");
    }
    text.push_str("</tr>\n");
}

fn part(page: &mut String, heading: &str, lines: &[String]) {
    let _ = writeln!(page, "<h2>{}</h2>", escaped(heading));
    if lines.is_empty() {
        page.push_str("<p>None.</p>\n");
    } else {
        list(page, "ul", lines);
    }
}

fn list(page: &mut String, kind: &str, lines: &[String]) {
    let _ = writeln!(page, "<{kind}>");
    for line in lines {
        let _ = writeln!(page, "<li>{}</li>", escaped(line));
    }
    let _ = writeln!(page, "</{kind}>");
}
