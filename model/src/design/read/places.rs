//! **In which lines a design file says what, for reports that point into it.**

use super::error::position;
use super::layer::{Knob, Layer};

/// Lines of a design file's own text, from 1. What it inherits stands in none of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    name: usize,
    claims: Vec<(String, usize)>,
    expects: Vec<([String; 2], usize)>,
}

impl Places {
    /// The places of a file that was read already; of a text that is no design file, its first line for everything.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let layer = super::parse_text(text, "").unwrap_or_default();
        let line = |at: usize| position(text, at).0;
        let name = layer.name.as_ref().map_or(1, |name| line(name.start()));
        Self { name, claims: claims(&layer, &line), expects: expects(&layer, &line) }
    }

    /// The line of the `[[expect]]` for the claim and the adversary, if the file has one.
    #[must_use]
    pub fn expectation(&self, claim: &str, adversary: &str) -> Option<usize> {
        let found = self.expects.iter().find(|([named, to], _)| named == claim && to == adversary);
        found.map(|(_, line)| *line)
    }

    /// The line that says most about the cell: of its `[[expect]]`, of its `[[claim]]`, of the design's name.
    #[must_use]
    pub fn line(&self, claim: &str, adversary: &str) -> usize {
        let stated = || self.claims.iter().find(|(id, _)| id == claim).map(|(_, line)| *line);
        self.expectation(claim, adversary).or_else(stated).unwrap_or(self.name)
    }
}

fn text_of(knob: &Knob<String>) -> String {
    knob.as_ref().map(|name| name.get().clone()).unwrap_or_default()
}

fn claims(layer: &Layer, line: &dyn Fn(usize) -> usize) -> Vec<(String, usize)> {
    layer.claim.iter().map(|claim| (text_of(&claim.get().id), line(claim.start()))).collect()
}

fn expects(layer: &Layer, line: &dyn Fn(usize) -> usize) -> Vec<([String; 2], usize)> {
    let pair = |expect: &super::layer::ExpectLayer| [text_of(&expect.claim), text_of(&expect.adversary)];
    layer.expect.iter().map(|expect| (pair(expect.get()), line(expect.start()))).collect()
}

#[cfg(test)]
mod tests {
    use super::Places;
    use crate::design::library;

    #[test]
    fn a_cell_is_found_where_the_file_speaks_of_it() {
        let text = library::text("delivery-log").unwrap_or_default();
        let places = Places::of(text);
        let line = |claim, adversary| text.lines().nth(places.line(claim, adversary) - 1).unwrap_or_default();
        assert_eq!(line("logs-together", "both-orders"), "[[expect]]");
        assert_eq!(line("delivery-log-shows-no-communication", "query-log"), "[[claim]]");
        assert_eq!(line("content-secret", "network"), "name = \"delivery-log\"");
        assert_eq!(Places::of("= nothing").line("any", "any"), 1);
    }
}
