//! The names at the line ends: chosen by room, wrapped, moved apart, tied to their line by a leader where they moved.

use crate::chart::series::{Series, figures, reaches_end};
use crate::chart::text::wrap;
use crate::chart::{ChartTable, Figure};

use super::axes::HALO;
use super::draw::{Anchor, At, group, look, mark, path, text};
use super::space::Frame;
use super::trend::Plot;

/// Which series are named at their ends, and which in the legend below.
pub struct Ends<'a> {
    /// Named directly, with the lines of the name.
    pub named: Vec<(Series<'a>, Vec<String>)>,
    /// For the legend.
    pub rest: Vec<Series<'a>>,
    /// The room needed right of the plot.
    pub width: f64,
}

/// The room before a name, for its mark and the gap to the plot.
const LEAD: f64 = 22.0;

/// Chooses the series to name directly: in order, while the names fit two lines of three tenths of the width and all of them
/// together the height of the plot.
pub fn choose<'a>(table: &ChartTable, all: &[Series<'a>], frame: Frame) -> Ends<'a> {
    const MOST: usize = 8;
    let widest = frame.width * 0.3 / frame.font;
    let (mut named, mut rest) = (Vec::new(), Vec::new());
    let mut height = 0.0;
    for one in all {
        let lines = wrap(&one.row.name, widest);
        let fits = lines.len() <= 2 && lines.iter().all(|line| frame.measure(line) <= frame.width * 0.3);
        let used = lines.len() as f64 * frame.line();
        if !reaches_end(table, one.row) || !fits || named.len() == MOST || height + used > frame.plot {
            rest.push(*one);
        } else {
            height += used;
            named.push((*one, lines));
        }
    }
    let widest = named.iter().flat_map(|(_, lines)| lines).map(|line| frame.measure(line)).fold(0.0, f64::max);
    let width = if named.is_empty() { 8.0 } else { widest + LEAD + 2.0 };
    Ends { named, rest, width }
}

/// Draws the names.
pub fn draw(table: &ChartTable, ends: &Ends<'_>, plot: &Plot, frame: Frame) -> String {
    let mut placed: Vec<(f64, f64, usize, f64)> = Vec::new();
    for (place, (one, lines)) in ends.named.iter().enumerate() {
        let last = figures(table, one.row).last();
        let Some((x, y)) = last.map(|(_, column, figure): (_, _, &Figure)| (plot.x(column), plot.y(figure.value)))
        else {
            continue;
        };
        placed.push((y, x, place, lines.len() as f64 * frame.line()));
    }
    placed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
    let wanted: Vec<(f64, f64)> = placed.iter().map(|(y, _, _, height)| (*y, *height)).collect();
    let middles = apart(&wanted, plot.top - 8.0, plot.bottom + 6.0);
    let (mut leaders, mut marks, mut plain, mut strong) = (String::new(), String::new(), String::new(), String::new());
    for ((y, x, place, height), middle) in placed.into_iter().zip(middles) {
        let (one, lines) = &ends.named[place];
        let left = plot.right + LEAD;
        if (middle - y).abs() > 2.0 || left - x > 40.0 {
            leaders += &format!("M{} {}L{} {}", At(x + 7.0), At(y), At(left - 16.0), At(middle));
        }
        marks += &group(&look(one), &path(&mark(one.shape, left - 9.0, middle), "stroke=\"none\""));
        let mut baseline = middle - height / 2.0 + frame.line() / 2.0 + frame.font * 0.36;
        for line in lines {
            let words = text(left, baseline, Anchor::Start, line);
            if one.row.emphasis {
                strong += &words
            } else {
                plain += &words
            }
            baseline += frame.line();
        }
    }
    group("class=\"leader\" fill=\"none\" stroke=\"#5B6570\" stroke-width=\"0.8\"", &path(&leaders, ""))
        + &marks
        + &group("class=\"label\" fill=\"#1B1F24\"", &plain)
        + &group(&format!("font-weight=\"bold\" {}", HALO.replace("label halo", "label halo emph")), &strong)
}

/// Moves boxes of given heights apart, each as near to its wanted middle as the order allows; they fit between the ends when
/// their heights do.
fn apart(wanted: &[(f64, f64)], top: f64, bottom: f64) -> Vec<f64> {
    // Clusters of touching boxes: wanted upper edge, height, members.
    let mut clusters: Vec<(f64, f64, usize)> = Vec::new();
    for (middle, height) in wanted {
        let mut cluster = (middle - height / 2.0, *height, 1);
        while let Some(before) = clusters.last().copied() {
            let edge = before.0.clamp(top, f64::max(top, bottom - before.1));
            if edge + before.1 <= cluster.0.clamp(top, f64::max(top, bottom - cluster.1)) {
                break;
            }
            clusters.pop();
            // The mean of the members' wishes, each seen from the cluster's upper edge.
            let (before_members, members) = (before.2 as f64, cluster.2 as f64);
            let edge = (before.0 * before_members + (cluster.0 - before.1) * members) / (before_members + members);
            cluster = (edge, before.1 + cluster.1, before.2 + cluster.2);
        }
        clusters.push(cluster);
    }
    let mut heights = wanted.iter().map(|(_, height)| *height);
    let mut middles = Vec::new();
    for (edge, total, members) in clusters {
        let mut at = edge.clamp(top, f64::max(top, bottom - total));
        for height in heights.by_ref().take(members) {
            middles.push(at + height / 2.0);
            at += height;
        }
    }
    middles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wanted: &[f64], expected: &[f64]) {
        let boxes: Vec<(f64, f64)> = wanted.iter().map(|middle| (*middle, 10.0)).collect();
        assert_eq!(apart(&boxes, 0.0, 100.0), expected);
    }

    #[test]
    fn names_move_apart_and_stay_inside() {
        check(&[20.0, 50.0], &[20.0, 50.0]);
        check(&[50.0, 50.0], &[45.0, 55.0]);
        check(&[0.0, 1.0, 2.0], &[5.0, 15.0, 25.0]);
        check(&[98.0, 99.0, 100.0], &[75.0, 85.0, 95.0]);
        check(&[40.0, 44.0, 60.0], &[37.0, 47.0, 60.0]);
    }
}
