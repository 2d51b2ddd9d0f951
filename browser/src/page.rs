//! **The page as one file: style, data and renderer in one, and a policy that lets nothing else in.**
//!
//! The policy names the hashes of the one script and the one style, so that nothing that found its way into the data
//! could run or fetch anything, even if it were taken for markup, which it is not: the data is JSON, with `<` written as
//! an escape, and the renderer only ever makes text of it.

use crate::book::Book;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The renderer. The parts share one scope and are in the order in which they build on each other.
const SCRIPT: &str = concat!(
    "'use strict';\n(() => {\n",
    include_str!("../assets/dom.js"),
    include_str!("../assets/book.js"),
    include_str!("../assets/overview.js"),
    include_str!("../assets/matrix.js"),
    include_str!("../assets/claim.js"),
    include_str!("../assets/chart.js"),
    include_str!("../assets/holdings.js"),
    include_str!("../assets/state.js"),
    include_str!("../assets/why.js"),
    include_str!("../assets/ways.js"),
    include_str!("../assets/trace.js"),
    include_str!("../assets/main.js"),
    "})();\n",
);

const STYLE: &str = include_str!("../assets/page.css");

/// The content security policy of a page; a live one may ask the server that it came from.
#[must_use]
pub fn policy(live: bool) -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let connect = if live { "'self'" } else { "'none'" };
    format!(
        "default-src 'none'; script-src {}; style-src {}; connect-src {connect}; img-src 'none'; base-uri 'none'; \
         form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    )
}

/// The book as a page that needs nothing besides itself.
///
/// # Errors
/// When the book cannot be written as JSON.
pub fn html(book: &Book) -> Result<String, serde_json::Error> {
    let data = embedded(&serde_json::to_string(book)?);
    let title = escaped(&book.title);
    let policy = policy(book.live);
    Ok(format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <noscript><p>This page draws itself with a script that it contains. Please allow it.</p></noscript>\n\
         <script type=\"application/json\" id=\"book\">{data}</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    ))
}

/// JSON so that it cannot end the element that it stands in.
fn embedded(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// The text as HTML that shows it, also within quotation marks.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{SCRIPT, embedded};

    #[test]
    fn data_cannot_end_its_element() {
        assert_eq!(embedded("\"</script><!--\""), "\"\\u003c/script>\\u003c!--\"");
    }

    #[test]
    fn the_renderer_makes_no_markup_and_fetches_nothing() {
        for forbidden in
            ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "</script", "http:"]
        {
            let allowed = SCRIPT.replace("http://www.w3.org/2000/svg", "");
            assert!(!allowed.contains(forbidden), "{forbidden}");
        }
    }
}
