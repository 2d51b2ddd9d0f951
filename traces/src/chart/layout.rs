//! **Where everything stands in a chart.**
//!
//! Lifelines have the same distance from each other. A label is wrapped to the length of its arrow, with the widths of
//! letters taken generously, so that it fits whatever the font is.

use super::marks::{Lane, Mark, Sequence, Sort};
use super::{Band, Chart, Lifeline, Look, Shape};

/// The room to the left of the first lifeline's column, for the numbers of steps.
const GUTTER: i32 = 40;
/// The distance of lifelines.
const COLUMN: i32 = 152;
/// The height of a line of text.
pub(super) const LINE: i32 = 15;
/// A generous width of a letter.
const LETTER: i32 = 7;
/// The room between two marks.
const GAP: i32 = 9;
/// The width of a box on a lifeline.
const BOX: i32 = 140;
/// The least room for a label.
const LABEL: i32 = 132;

pub(super) fn layout(sequence: &Sequence) -> Chart {
    let x = |at: usize| GUTTER + COLUMN / 2 + COLUMN * at as i32;
    let width = GUTTER + COLUMN * sequence.lanes.len().max(1) as i32;
    let lanes: Vec<Lifeline> = sequence
        .lanes
        .iter()
        .enumerate()
        .map(|(at, (lane, name))| Lifeline {
            name: wrapped(name, BOX - 12),
            x: x(at),
            adversary: *lane == Lane::Adversary,
        })
        .collect();
    let most = lanes.iter().map(|lane| lane.name.len()).max().unwrap_or(1) as i32;
    let head = most * LINE + 20;
    let mut paper = Paper { sequence, width, top: 0, bands: Vec::new() };
    for (step, marks) in &sequence.steps {
        paper.step(*step, marks);
    }
    Chart { width, height: head + paper.top + GAP, head, lanes, bands: paper.bands }
}

/// What has been laid out so far.
struct Paper<'a> {
    sequence: &'a Sequence,
    width: i32,
    top: i32,
    bands: Vec<Band>,
}

impl Paper<'_> {
    /// The bands of a step: its marks, and each line across as a band of its own. What stands before the first step
    /// has no number.
    fn step(&mut self, step: usize, marks: &[Mark]) {
        let rules = |mark: &&Mark| matches!(mark, Mark::Rule(_));
        let mut shapes = Vec::new();
        let mut y = GAP;
        for mark in marks.iter().filter(|mark| !rules(mark)) {
            y = self.mark(&mut shapes, y, mark) + GAP;
        }
        let mut across = marks.iter().filter_map(|mark| match mark {
            Mark::Rule(says) => Some(says),
            _ => None,
        });
        if step > 0
            && shapes.is_empty()
            && let Some(says) = across.next()
        {
            self.rule(step, says);
        } else if step > 0 {
            shapes.insert(0, number(step, GAP + 12));
            self.push(step, y.max(2 * GAP + LINE), shapes);
        } else if !shapes.is_empty() {
            self.push(step, y, shapes);
        }
        for says in across {
            self.rule(0, says);
        }
    }

    fn push(&mut self, step: usize, height: i32, shapes: Vec<Shape>) {
        self.bands.push(Band { step, top: self.top, height, shapes });
        self.top += height;
    }

    /// A line across all lifelines, which may be all that a step draws.
    fn rule(&mut self, step: usize, says: &str) {
        let height = LINE + 2 * GAP;
        let middle = height / 2;
        let text = says.to_owned();
        let mut shapes = vec![
            Shape::Line { x: GUTTER - 8, to: self.width, y: middle, look: Look::Day },
            Shape::Text { x: GUTTER, y: middle + 4, middle: false, look: Look::Day, text },
        ];
        if step > 0 {
            shapes.push(number(step, middle + 4));
        }
        self.push(step, height, shapes);
    }

    fn x(&self, lane: Lane) -> i32 {
        let at = self.sequence.lanes.iter().position(|(known, _)| *known == lane).unwrap_or(0);
        GUTTER + COLUMN / 2 + COLUMN * at as i32
    }

    /// Lays a mark out below this height, and returns where it ends.
    fn mark(&self, shapes: &mut Vec<Shape>, y: i32, mark: &Mark) -> i32 {
        match mark {
            Mark::Arrow { from, to, says, sort } => {
                self.arrow(shapes, y, (self.x(*from), self.x(*to)), says, *sort)
            }
            Mark::Alone { at, says, sort } => self.alone(shapes, y, self.x(*at), says, *sort),
            Mark::Rule(_) => y,
        }
    }

    fn arrow(&self, shapes: &mut Vec<Shape>, y: i32, (from, to): (i32, i32), says: &str, sort: Sort) -> i32 {
        let look = look(sort);
        let lines = wrapped(&signed(says, sort), ((to - from).abs() - 20).max(LABEL));
        let middle = (from + to) / 2;
        let foot = y + LINE * lines.len() as i32;
        for (at, text) in lines.into_iter().enumerate() {
            let y = y + LINE * (at as i32 + 1) - 3;
            shapes.push(Shape::Text { x: middle, y, middle: true, look, text });
        }
        let line = foot + 5;
        shapes.push(Shape::Line { x: from, to, y: line, look });
        shapes.push(Shape::Point { x: to, y: line, right: to > from, look });
        line + 4
    }

    fn alone(&self, shapes: &mut Vec<Shape>, y: i32, x: i32, says: &str, sort: Sort) -> i32 {
        let look = look(sort);
        let lines = wrapped(&signed(says, sort), BOX - 10);
        let height = LINE * lines.len() as i32 + 8;
        shapes.push(Shape::Box { x: x - BOX / 2, y, width: BOX, height, look });
        for (at, text) in lines.into_iter().enumerate() {
            let y = y + LINE * (at as i32 + 1);
            shapes.push(Shape::Text { x, y, middle: true, look, text });
        }
        y + height
    }
}

/// The number of a step.
fn number(step: usize, y: i32) -> Shape {
    Shape::Text { x: 8, y, middle: false, look: Look::Number, text: step.to_string() }
}

const fn look(sort: Sort) -> Look {
    match sort {
        Sort::Plain => Look::Plain,
        Sort::Answer => Look::Answer,
        Sort::Power => Look::Power,
    }
}

/// The text with the sign of a capability before it, where one is at work.
fn signed(says: &str, sort: Sort) -> String {
    if sort == Sort::Power { format!("▲ {says}") } else { says.to_owned() }
}

/// The text in lines of at most this many pixels; a word that is longer is broken.
pub(super) fn wrapped(text: &str, width: i32) -> Vec<String> {
    let most = usize::try_from(width / LETTER).unwrap_or(1).max(4);
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let letters: Vec<char> = word.chars().collect();
        for piece in letters.chunks(most) {
            let line = lines.last().map_or(0, |line| line.chars().count());
            if line > 0 && line + 1 + piece.len() > most {
                lines.push(String::new());
            }
            let Some(line) = lines.last_mut() else { continue };
            if !line.is_empty() {
                line.push(' ');
            }
            line.extend(piece);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn labels_are_wrapped_and_long_words_broken() {
        assert_eq!(wrapped("asks about Bob's number", 91), ["asks about", "Bob's number"]);
        assert_eq!(wrapped("abcdefghij", 28), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("", 28), [""]);
    }
}
