//! What a text says of a figure beside stating it: how it changed on the year before, how far it is above a target. Each claim
//! hangs on a figure the text states of a metric; whether it is true is worked out elsewhere.

use crate::indicator::IndicatorId;
use crate::quantity::Quantity;
use crate::quantity::find::{Found, Sort};

use crate::report::{Metric, Report};

use super::binding::TARGETS;
use super::line::Line;
use super::{Place, Reader};

/// A claim of a text about a figure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// Which metric of the report it is about.
    pub metric: usize,
    /// Against what.
    pub against: Against,
    /// Whether it says more (`true`) or less.
    pub rise: bool,
    /// By how much.
    pub amount: Quantity,
    /// Where it stands.
    pub place: Place,
    /// Where the figure stands that it is about.
    pub figure: Place,
}

/// What a claim compares a figure with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Against {
    /// The same part of the year before.
    YearBefore,
    /// The metric's target.
    Target,
}

/// Words for the year before.
const BEFORE: &[&str] = &["比上年", "较上年", "比去年", "较去年", "同比", "比上一年", "较上一年"];

/// Words that say more, and words that say less.
const MORE: &[&str] = &["增长", "增加", "提高", "上升", "提升", "增多", "多", "高出", "高", "超过", "超"];
const LESS: &[&str] = &["下降", "减少", "降低", "缩短", "少", "低"];

/// Most characters between the words of comparison and the amount.
const REACH: usize = 14;

/// The claims of a text about figures it states.
pub fn find(reader: &Reader<'_>, report: &Report, lines: &[Line<'_>]) -> Vec<Claim> {
    let mut claims = Vec::new();
    for line in lines {
        for (at, figure) in line.figures.iter().enumerate() {
            claims.extend(claim(reader, report, line, (at, figure)));
        }
    }
    claims
}

fn claim(reader: &Reader<'_>, report: &Report, line: &Line<'_>, (at, figure): (usize, &Found)) -> Option<Claim> {
    let (place, before) = line.figures[..at].iter().enumerate().rev().find(|(_, one)| one.sort == Sort::Figure)?;
    let sentence = line.sentence(figure.chars.start);
    if figure.sort != Sort::Figure || !sentence.contains(&before.chars.start) || !figure.quantity.is_exact() {
        return None;
    }
    let between = line.string(before.chars.end..figure.chars.start);
    // Another thing named in between has the claim.
    let names_another =
        line.names.iter().any(|name| (before.chars.end..figure.chars.start).contains(&name.chars.start));
    let words = between.strip_prefix(',').or_else(|| between.strip_prefix(['(', '（'])).unwrap_or(&between);
    if names_another || words.chars().count() > REACH || words.contains([',', ';', '；', '、']) {
        return None;
    }
    // The target of another place or year is not the metric's.
    let others =
        ["全省", "全国", "国家", "规划", "省级"].iter().any(|word| words.contains(word)) || words.contains("20");
    let aimed = TARGETS.iter().any(|word| words.contains(word));
    let against = match BEFORE.iter().any(|word| words.starts_with(word)) {
        true => Against::YearBefore,
        false if aimed && words.starts_with(['比', '超', '高', '低']) && !others => Against::Target,
        false => return None,
    };
    let words = words.trim_end_matches(['了', '约']);
    let rise = match (MORE.iter().any(|word| says(words, word)), LESS.iter().any(|word| says(words, word))) {
        (true, false) => true,
        (false, true) => false,
        _ => return None,
    };
    let named = |id: IndicatorId| line.bonds[place].iter().any(|bond| bond.ids.contains(&id));
    let stated = |metric: &Metric| {
        let unit = &reader.site.indicators.get(metric.indicator).unit;
        let value = metric.value.as_ref().and_then(|value| value.value_in(unit));
        named(metric.indicator) && value.is_some() && value == before.quantity.value_in(unit)
    };
    Some(Claim {
        metric: report.metrics.iter().position(stated)?,
        against,
        rise,
        amount: figure.quantity.clone(),
        place: line.place(figure.chars.clone()),
        figure: line.place(before.chars.clone()),
    })
}

/// Whether words of comparison end, or for a target begin, with a word of direction.
fn says(words: &str, word: &str) -> bool {
    words.ends_with(word) || words.starts_with(word)
}
