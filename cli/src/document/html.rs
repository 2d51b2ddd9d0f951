//! **A document as one page that fetches nothing and runs nothing.**

use super::{Block, Document};
use base64::prelude::{BASE64_STANDARD, Engine};
use mailcover_traces::harmless;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// How the page looks: it can be read in the dark and printed.
const STYLE: &str = "\
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h2{margin-top:2.5rem;border-bottom:1px solid #8886}
.wide{overflow-x:auto}
table{border-collapse:collapse}
th,td{border:1px solid #8886;padding:.3rem .5rem;text-align:left;vertical-align:top}
td{min-width:6rem}
img{max-width:100%;background:#fff}
li{margin:.2rem 0;overflow-wrap:anywhere}
@media print{body{max-width:none;margin:0}h2{break-before:page}img{break-inside:avoid}}";

/// The document as a page. Pictures are in it, as images: what they hold can neither run nor fetch anything.
pub(crate) fn html(document: &Document) -> String {
    let title = escaped(&document.title);
    let hash = BASE64_STANDARD.encode(Sha256::digest(STYLE));
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hash}'; img-src data:\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    document.blocks.iter().for_each(|block| written(&mut page, block));
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// The text as it is, whatever it holds.
fn escaped(text: &str) -> String {
    mailcover_browser::escaped(&harmless(text))
}

fn written(page: &mut String, block: &Block) {
    match block {
        Block::Heading(level, heading) => {
            let _ = writeln!(page, "<h{level}>{}</h{level}>", escaped(heading));
        }
        Block::Paragraph(paragraph) => {
            let _ = writeln!(page, "<p>{}</p>", escaped(paragraph));
        }
        Block::List { numbered, items } => {
            let kind = if *numbered { "ol" } else { "ul" };
            let _ = writeln!(page, "<{kind}>");
            for item in items {
                let _ = writeln!(page, "<li>{}</li>", escaped(item));
            }
            let _ = writeln!(page, "</{kind}>");
        }
        Block::Table { columns, rows } => table(page, columns, rows),
        Block::Picture { svg, describes, .. } => {
            let data = BASE64_STANDARD.encode(svg);
            let _ = writeln!(
                page,
                "<p><img src=\"data:image/svg+xml;base64,{data}\" alt=\"{}\"></p>",
                escaped(describes)
            );
        }
    }
}

fn table(page: &mut String, columns: &[String], rows: &[Vec<String>]) {
    page.push_str(
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"A table\"><table>\n<thead><tr>",
    );
    for column in columns {
        let _ = write!(page, "<th scope=\"col\">{}</th>", escaped(column));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        page.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let (open, close) = if at == 0 { ("<th scope=\"row\">", "</th>") } else { ("<td>", "</td>") };
            let _ = write!(page, "{open}{}{close}", escaped(cell));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table></div>\n");
}
