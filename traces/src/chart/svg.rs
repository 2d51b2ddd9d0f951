//! **A chart as SVG: a file that stands alone, without scripts and without anything fetched.**

use super::layout::{LINE, wrapped};
use super::{Band, Chart, Lifeline, Look, Shape};
use crate::tell::words::harmless;
use std::fmt::Write;

/// The looks of a chart. The page that shows charts has the same, from its own colours.
const STYLE: &str = "\
text{font:12px system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:#1c2430;\
paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}\
.head{font-weight:600}.headbox{fill:#f3f5f8;stroke:#8b97a8}.life{stroke:#c3cad4;stroke-width:1}\
line{stroke:#33415c;stroke-width:1.3}polygon{fill:#33415c}rect{fill:#eef1f6;stroke:#8b97a8}\
.inbox{stroke:none}\
line.answer{stroke-dasharray:5 4;stroke:#5b6b84}polygon.answer{fill:#5b6b84}text.answer{fill:#46546b}\
line.power{stroke:#a34700;stroke-width:2}polygon.power{fill:#a34700}rect.power{fill:#fdeee0;stroke:#a34700}\
text.power{fill:#8a3b00;font-weight:600}text.number{fill:#5b6b84;font-weight:600}\
line.day{stroke:#8b97a8;stroke-dasharray:1 4;stroke-width:2}text.day{fill:#33415c;font-weight:600}\
text.title{font-size:15px;font-weight:600}text.note{fill:#46546b}";

/// The room around and between charts.
const MARGIN: i32 = 16;
/// After how many steps the heads are repeated.
const REPEAT: usize = 15;
/// The room for a title.
const TITLE: i32 = 30;
/// The least width of the text under the charts.
const READABLE: i32 = 480;

/// Charts below each other as one picture, each under its title, and at the end what follows from them; `describes` is its
/// text for who cannot see it.
pub(crate) fn svg(charts: &[(&str, &Chart)], follows: &str, describes: &str) -> String {
    let widest = charts.iter().map(|(_, chart)| chart.width).max().unwrap_or(0).max(READABLE);
    let width = widest + 2 * MARGIN;
    let room = |chart: &Chart| chart.height + chart.head * repeats(chart).len() as i32 + TITLE + MARGIN;
    let conclusion = wrapped(follows, widest);
    let foot = TITLE + LINE * conclusion.len() as i32 + MARGIN;
    let height: i32 = charts.iter().map(|(_, chart)| room(chart)).sum::<i32>() + MARGIN + foot;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\" aria-labelledby=\"describes\">\n<title id=\"describes\">{}</title>\n\
         <style>{STYLE}</style>\n<rect width=\"{width}\" height=\"{height}\" style=\"fill:#fff;stroke:none\"/>\n",
        escaped(describes)
    );
    let mut top = MARGIN;
    for (title, chart) in charts {
        let _ = writeln!(
            out,
            "<g transform=\"translate({MARGIN} {top})\">\n<text class=\"title\" x=\"0\" y=\"16\">{}</text>",
            escaped(title)
        );
        let _ = writeln!(out, "<g transform=\"translate(0 {TITLE})\">");
        whole(&mut out, chart);
        out.push_str("</g>\n</g>\n");
        top += room(chart);
    }
    concluded(&mut out, top, &conclusion);
    out.push_str("</svg>\n");
    out
}

/// What follows from the charts, below them.
fn concluded(out: &mut String, top: i32, conclusion: &[String]) {
    let _ = writeln!(
        out,
        "<g transform=\"translate({MARGIN} {top})\">\n<text class=\"title\" x=\"0\" y=\"16\">What follows</text>"
    );
    for (at, line) in conclusion.iter().enumerate() {
        let y = TITLE + LINE * at as i32 + 8;
        let _ = writeln!(out, "<text class=\"note\" x=\"0\" y=\"{y}\">{}</text>", escaped(line));
    }
    out.push_str("</g>\n");
}

/// The bands before which the heads stand once more, so that they are in sight in a long chart.
fn repeats(chart: &Chart) -> Vec<usize> {
    let last = chart.bands.iter().map(|band| band.step).max().unwrap_or(0);
    let again = |band: &Band| band.step > 1 && band.step % REPEAT == 1 && band.step + 3 < last;
    chart.bands.iter().enumerate().filter(|(_, band)| again(band)).map(|(at, _)| at).collect()
}

fn whole(out: &mut String, chart: &Chart) {
    let again = repeats(chart);
    let foot = chart.height + chart.head * again.len() as i32;
    for Lifeline { x, .. } in &chart.lanes {
        let _ = writeln!(
            out,
            "<line class=\"life\" x1=\"{x}\" y1=\"{}\" x2=\"{x}\" y2=\"{foot}\"/>",
            chart.head - 6
        );
    }
    heads(out, chart, 0);
    let mut down = chart.head;
    for (at, band) in chart.bands.iter().enumerate() {
        if again.contains(&at) {
            heads(out, chart, down + band.top);
            down += chart.head;
        }
        drawn(out, band, down);
    }
}

/// The names of the lifelines, at this height.
fn heads(out: &mut String, chart: &Chart, top: i32) {
    for lane in &chart.lanes {
        let (x, left, high) = (lane.x, lane.x - 70, chart.head - 8);
        let _ = writeln!(
            out,
            "<rect class=\"headbox\" x=\"{left}\" y=\"{top}\" width=\"140\" height=\"{high}\" rx=\"4\"/>"
        );
        for (at, line) in lane.name.iter().enumerate() {
            let y = top + 18 + 15 * at as i32;
            let _ = writeln!(
                out,
                "<text class=\"head inbox\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{}</text>",
                escaped(line)
            );
        }
    }
}

fn drawn(out: &mut String, band: &Band, head: i32) {
    let _ = writeln!(out, "<g transform=\"translate(0 {})\">", head + band.top);
    let mut inside = Inside::default();
    for shape in &band.shapes {
        let boxed = if inside.is(shape) { " inbox" } else { "" };
        let _ = match shape {
            Shape::Line { x, to, y, look } => {
                writeln!(
                    out,
                    "<line class=\"{}\" x1=\"{x}\" y1=\"{y}\" x2=\"{to}\" y2=\"{y}\"/>",
                    class(*look)
                )
            }
            Shape::Point { x, y, right, look } => {
                let back = if *right { x - 9 } else { x + 9 };
                let (up, down) = (y - 4, y + 4);
                writeln!(
                    out,
                    "<polygon class=\"{}\" points=\"{x},{y} {back},{up} {back},{down}\"/>",
                    class(*look)
                )
            }
            Shape::Box { x, y, width, height, look } => writeln!(
                out,
                "<rect class=\"{}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"4\"/>",
                class(*look)
            ),
            Shape::Text { x, y, middle, look, text } => {
                let anchor = if *middle { " text-anchor=\"middle\"" } else { "" };
                writeln!(
                    out,
                    "<text class=\"{}{boxed}\" x=\"{x}\" y=\"{y}\"{anchor}>{}</text>",
                    class(*look),
                    escaped(text)
                )
            }
        };
    }
    out.push_str("</g>\n");
}

const fn class(look: Look) -> &'static str {
    match look {
        Look::Plain => "plain",
        Look::Answer => "answer",
        Look::Power => "power",
        Look::Number => "number",
        Look::Day => "day",
    }
}

/// The last box that was drawn, whose texts need no halo.
#[derive(Default)]
struct Inside(Option<(i32, i32)>);

impl Inside {
    fn is(&mut self, shape: &Shape) -> bool {
        match shape {
            Shape::Box { y, height, .. } => {
                self.0 = Some((*y, y + height));
                false
            }
            Shape::Text { y, .. } => self.0.is_some_and(|(top, foot)| (top..foot).contains(y)),
            _ => false,
        }
    }
}

/// The text as XML has it, with all that could turn the direction of reading shown instead of obeyed.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in harmless(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // Neither is allowed in XML, escaped or not.
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn markup_and_turns_of_direction_are_shown() {
        assert_eq!(
            escaped("<a href='x'>&\"\u{202e}\u{7}"),
            "&lt;a href=&#39;x&#39;&gt;&amp;&quot;[U+202E][U+0007]"
        );
        assert_eq!(escaped("\u{ffff}"), "\u{fffd}");
    }
}
