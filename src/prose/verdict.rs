//! What a text says of one figure of the front matter.

use rust_decimal::Decimal;

use crate::period::Period;
use crate::quantity::find::{Found, Sort};
use crate::quantity::{Bound, Quantity};
use crate::report::{Metric, Report};

use super::binding::{Bond, CHANGES, TARGETS};
use super::line::Line;
use super::quote::{self, Quoted};
use super::{Finding, Reader};

/// A figure of the front matter.
pub struct Claim<'a> {
    /// Its report.
    pub report: &'a Report,
    /// Its metric.
    pub metric: &'a Metric,
    /// The figure.
    pub quantity: &'a Quantity,
    /// Whether it is the target.
    pub is_target: bool,
}

/// Words for other places.
const OTHERS: &[&str] = &["全省", "全国", "省平均", "全市平均", "国家平均", "平均水平", "周边", "兄弟"];

/// Words for parts of a year.
const PARTS: &[&str] = &["上半年", "下半年", "季度", "截至", "截止", "月份", "1-", "1—", "前三季"];

/// Words for another time.
const FORMER: &[&str] = &["上年", "去年", "同期", "以往", "此前", "原来", "往年", "前年"];

/// Finds what the text says of a figure.
pub fn find(reader: &Reader<'_>, lines: &[Line<'_>], claim: &Claim<'_>) -> Finding {
    if !claim.metric.quote.is_empty() && (!claim.is_target || claim.metric.value.is_none()) {
        return quoted(reader, lines, claim);
    }
    let own = |bond: &&Bond| bond.ids.contains(&claim.metric.indicator);
    let mut elsewhere = None;
    let mut against = None;
    for line in lines {
        for (figure, bonds) in line.figures.iter().zip(&line.bonds) {
            let equal = equals(reader, claim, figure);
            let bond = bonds.iter().find(own);
            match (equal, bond) {
                (true, Some(_)) if same_place(reader, line, claim, figure) => return agreed(line, claim, figure),
                (true, None) if elsewhere.is_none() && !bonds.is_empty() && names(line, claim, figure) => {
                    elsewhere = Some(line.place(figure.chars.clone()));
                }
                (false, Some(bond)) if against.is_none() && contradicts(reader, line, claim, (figure, bond)) => {
                    against = Some(line.place(figure.chars.clone()));
                }
                _ => {}
            }
        }
    }
    // The target may stand in the words that quote the value.
    if claim.is_target
        && let Quoted::Here(at, range) = quote::find(lines, &claim.metric.quote)
        && let Some(place) = equal_in(reader, &lines[at], claim, range)
    {
        return place;
    }
    match (against, elsewhere) {
        (Some(place), _) => Finding::Contradicts(place),
        (None, Some(place)) => Finding::Elsewhere(place),
        (None, None) => Finding::Missing,
    }
}

fn quoted(reader: &Reader<'_>, lines: &[Line<'_>], claim: &Claim<'_>) -> Finding {
    let (at, range, exact) = match quote::find(lines, &claim.metric.quote) {
        Quoted::Here(at, range) => (at, range, true),
        Quoted::Otherwise(at, range) => (at, range, false),
        Quoted::Nowhere => return Finding::QuoteLost,
    };
    let line = &lines[at];
    if !exact {
        return Finding::QuoteDiffers(line.place(range));
    }
    if let Some(found) = equal_in(reader, line, claim, range.clone()) {
        return found;
    }
    // The figure of the same sort that the quotation holds instead.
    let inside = |figure: &&Found| range.start <= figure.digits.start && figure.digits.end <= range.end;
    let kin = line.figures.iter().filter(inside).find(|figure| value(reader, claim, figure).is_some());
    let place = kin.map_or_else(|| line.place(range.clone()), |figure| line.place(figure.chars.clone()));
    Finding::Contradicts(place)
}

fn equal_in(reader: &Reader<'_>, line: &Line<'_>, claim: &Claim<'_>, range: std::ops::Range<usize>) -> Option<Finding> {
    let inside = |figure: &&Found| range.start <= figure.digits.start && figure.digits.end <= range.end;
    let figure = line.figures.iter().filter(inside).find(|figure| equals(reader, claim, figure))?;
    Some(agreed(line, claim, figure))
}

/// The figure is stated; whether as the same sort of bound.
fn agreed(line: &Line<'_>, claim: &Claim<'_>, figure: &Found) -> Finding {
    let sort = |quantity: &Quantity| match quantity.bound {
        Bound::Eq | Bound::Approx => 0,
        Bound::Ge | Bound::Gt => 1,
        Bound::Le | Bound::Lt => 2,
    };
    let place = line.place(figure.chars.clone());
    // A target may say in one word what the sentence says in many (控制线是14/10万).
    if !claim.is_target && sort(claim.quantity) != sort(&figure.quantity) {
        return Finding::Bound(place);
    }
    Finding::Agrees(place)
}

/// The value of a figure of the text in the indicator's unit.
fn value(reader: &Reader<'_>, claim: &Claim<'_>, figure: &Found) -> Option<Decimal> {
    let unit = &reader.site.indicators.get(claim.metric.indicator).unit;
    let bare = figure.quantity.unit.is_none();
    // A number without unit is one of anything only when it is nought or the front matter has no unit either.
    if bare && claim.quantity.unit.is_some() && !figure.quantity.number.is_zero() {
        return None;
    }
    figure.quantity.value_in(unit)
}

/// Whether a figure of the text has the value of the claim.
fn equals(reader: &Reader<'_>, claim: &Claim<'_>, figure: &Found) -> bool {
    let unit = &reader.site.indicators.get(claim.metric.indicator).unit;
    let own = claim.quantity.value_in(unit);
    figure.sort != Sort::Label && own.is_some() && own == value(reader, claim, figure)
}

/// Whether the sentence names the indicator.
fn names(line: &Line<'_>, claim: &Claim<'_>, figure: &Found) -> bool {
    let sentence = line.sentence(figure.chars.start);
    let inside = |name: &&super::line::Name| sentence.contains(&name.chars.start);
    line.names.iter().filter(inside).any(|name| name.ids.contains(&claim.metric.indicator))
}

/// Whether a figure is of the claim's region: another region may not stand between the sentence's start and the figure, and
/// the claim's own region must when it is not the report's.
fn same_place(reader: &Reader<'_>, line: &Line<'_>, claim: &Claim<'_>, figure: &Found) -> bool {
    let sentence = line.sentence(figure.chars.start);
    let before = |chars: &std::ops::Range<usize>| sentence.contains(&chars.start) && chars.end <= figure.chars.start;
    let named = line.regions.iter().rev().find(|(chars, _)| before(chars)).map(|(_, id)| *id);
    let own = claim.metric.region;
    let within = |id: crate::region::RegionId| id == own || reader.site.regions.ancestors(id).any(|above| above == own);
    match named {
        Some(id) => within(id),
        None => true,
    }
}

/// Whether a figure that belongs to the indicator's name says something else of the same thing.
fn contradicts(reader: &Reader<'_>, line: &Line<'_>, claim: &Claim<'_>, (figure, bond): (&Found, &Bond)) -> bool {
    let Some(value) = value(reader, claim, figure) else { return false };
    if !bond.close || figure.sort != Sort::Figure || !same_place(reader, line, claim, figure) {
        return false;
    }
    // A name of several indicators accuses none.
    if bond.ids.len() > 1 {
        return false;
    }
    let sentence = line.sentence(figure.chars.start);
    let lead = sentence.start..figure.chars.start;
    let target = line.holds(bond.between.clone(), TARGETS) || line.holds(clause(line, figure), TARGETS);
    if target != claim.is_target || line.holds(bond.between.clone(), CHANGES) || line.holds(lead.clone(), OTHERS) {
        return false;
    }
    let known = |other: &Metric| {
        let unit = &reader.site.indicators.get(other.indicator).unit;
        let all = [&other.value, &other.target, &other.previous];
        all.into_iter()
            .flatten()
            .chain(other.baseline.iter().map(|(_, one)| one))
            .any(|one| one.value_in(unit) == Some(value))
    };
    if claim.report.metrics.iter().filter(|other| other.indicator == claim.metric.indicator).any(known) {
        return false;
    }
    let year = claim.metric.period.year();
    let full = matches!(claim.metric.period, Period::Year(_));
    let other_time = other_year(line, figure, lead.clone(), year) || line.holds(lead.clone(), FORMER);
    !other_time && !(full && line.holds(lead, PARTS))
}

/// The clause a figure stands in, up to it.
fn clause(line: &Line<'_>, figure: &Found) -> std::ops::Range<usize> {
    let sentence = line.sentence(figure.chars.start);
    let chars = &line.chars()[sentence.start..figure.chars.start];
    let start = chars.iter().rposition(|c| *c == ',').map_or(sentence.start, |at| sentence.start + at + 1);
    start..figure.chars.start
}

/// Whether the last year named before a figure in its sentence is another one.
fn other_year(line: &Line<'_>, figure: &Found, lead: std::ops::Range<usize>, year: i16) -> bool {
    let dated =
        |one: &&Found| one.sort == Sort::Date && lead.contains(&one.chars.start) && one.chars.end <= figure.chars.start;
    let last = line.figures.iter().rev().filter(dated).find(|one| one.quantity.number >= Decimal::from(1900));
    last.is_some_and(|one| one.quantity.number != Decimal::from(year))
}
