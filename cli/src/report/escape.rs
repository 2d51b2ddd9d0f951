//! **Text that means itself, in formats in which some characters mean something else.**
//!
//! What designs say is anybody's text. In each format it is first made harmless, as for a terminal.

use mailcover_traces::{escaped, harmless};

/// For Markdown, in a cell of a table too. A name after `@` calls nobody, and a number after `#` links to nothing.
pub(crate) fn markdown(text: &str) -> String {
    escaped(&harmless(text)).replace('@', "@<!-- -->").replace("\\#", "\\#<!-- -->")
}

/// For the message of an annotation.
pub(crate) fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// For a property of an annotation, such as its title.
pub(crate) fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{markdown, message, property};

    #[test]
    fn markdown_means_itself_and_calls_nobody() {
        assert_eq!(markdown("a|b\n<i> @all #1"), "a\\|b\\[U+000A\\]&lt;i&gt; @<!-- -->all \\#<!-- -->1");
    }

    #[test]
    fn an_annotation_ends_where_it_should() {
        assert_eq!(message("100%\r\n::error::no"), "100%25%0D%0A::error::no");
        assert_eq!(property("a,file=b: 1%\n"), "a%2Cfile=b%3A 1%25%0A");
    }
}
