//! What a text says of one figure of the front matter.

use rust_decimal::Decimal;

use crate::indicator::IndicatorId;
use crate::period::Period;
use crate::quantity::find::{Found, Sort};
use crate::quantity::{Bound, Quantity};
use crate::region::Level;
use crate::report::{Metric, Report};
use crate::site::derive::half_step;

use super::binding::{Bond, CHANGES, TARGETS, without_saying};
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

/// Words for other places, with the level whose own they are.
const OTHERS: &[(&str, Level)] = &[
    ("全国", Level::Nation),
    ("国家平均", Level::Nation),
    ("全省", Level::Province),
    ("省平均", Level::Province),
    ("平均水平", Level::Other),
    ("周边", Level::Other),
    ("兄弟", Level::Other),
];

/// Words for the place of the report.
const OWN: &[&str] = &["我市", "我县", "我区", "我省", "本市", "本县", "本区", "本省", "全市", "全县"];

/// Words for parts of a year.
const PARTS: &[&str] = &["上半年", "下半年", "季度", "截至", "截止", "月份", "1-", "1—", "前三季"];

/// Words for another time.
const FORMER: &[&str] = &["上年", "去年", "以往", "此前", "原来", "往年", "前年"];

/// Finds what the text says of a figure.
pub fn find(reader: &Reader<'_>, lines: &[Line<'_>], claim: &Claim<'_>) -> Finding {
    if !claim.metric.quote.is_empty() && (!claim.is_target || claim.metric.value.is_none()) {
        return quoted(reader, lines, claim);
    }
    let own = |bond: &&Bond| bond.ids.contains(&claim.metric.indicator);
    let mut elsewhere = None;
    let mut unnamed = None;
    let mut against = None;
    for line in lines {
        for (figure, bonds) in line.figures.iter().zip(&line.bonds) {
            let equal = equals(reader, claim, figure);
            let bond = bonds.iter().find(own);
            match (equal, bond) {
                (true, Some(bond))
                    if same_place(reader, line, claim, figure) && fits(reader, line, claim, (figure, bond)) =>
                {
                    return agreed(line, claim, figure);
                }
                // 甲率为1%，乙率为2%，均低于控制指标（3%、4%）: the sentence names the indicator and speaks of targets.
                (true, None)
                    if claim.is_target
                        && names(line, claim, figure)
                        && aimed_before(line, figure)
                        && !bonds.iter().any(|bond| bond.close) =>
                {
                    return agreed(line, claim, figure);
                }
                // The name of another indicator has it.
                (true, None)
                    if !bonds.is_empty() && (names(line, claim, figure) || bonds.iter().any(|bond| bond.close)) =>
                {
                    let close = bonds.iter().any(|bond| bond.close);
                    let place = names(line, claim, figure).then(|| line.place(figure.chars.clone()));
                    elsewhere = elsewhere.or(place.map(|place| (close, place)));
                }
                // That of another column, year or place is no statement.
                (true, Some(bond)) if bond.head.is_some() || !fits(reader, line, claim, (figure, bond)) => {}
                (true, _) if unnamed.is_none() && is_telling(figure) => {
                    unnamed = Some(line.place(figure.chars.clone()));
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
    // Where the text states the figure somewhere, another one beside the name may be of a part, a place or a time.
    let (taken, loose) = match elsewhere {
        Some((true, place)) => (Some(place), None),
        Some((false, place)) => (None, Some(place)),
        None => (None, None),
    };
    let stated = loose.map(Finding::Elsewhere).or(unnamed.map(Finding::Unnamed));
    let found = stated.or(against.map(Finding::Contradicts)).or(taken.map(Finding::Elsewhere));
    found.unwrap_or(Finding::Missing)
}

/// Whether a figure has more than bare digits: a unit, a multiplier or decimals.
fn is_telling(figure: &Found) -> bool {
    figure.quantity.unit.is_some() || figure.quantity.scale > 0 || figure.quantity.decimals > 0
}

/// Whether the sentence speaks of targets before a figure.
fn aimed_before(line: &Line<'_>, figure: &Found) -> bool {
    line.holds(line.sentence(figure.chars.start).start..figure.chars.start, TARGETS)
}

/// Whether an equal figure is not that of another year or place, nor the metric's target standing in the text.
fn fits(reader: &Reader<'_>, line: &Line<'_>, claim: &Claim<'_>, (figure, bond): (&Found, &Bond)) -> bool {
    let year = claim.metric.period.year();
    let own_period =
        claim.metric.period == claim.report.period && claim.metric.region == claim.report.region && !claim.is_target;
    if other_year_in(bond.head.as_deref().unwrap_or_default(), year) || (bond.former && own_period) {
        return false;
    }
    let before = line.string(line.sentence(bond.start).start..bond.start);
    let between = without_saying(&line.string(bond.between.clone()));
    let changes = CHANGES.iter().any(|word| between.contains(word));
    let near: String = before.chars().skip(before.chars().count().saturating_sub(8)).collect();
    let part = matches!(claim.metric.period, Period::Year(_)) && part_of_year(&near);
    if own_period && bond.head.is_none() && (changes || part) {
        return false;
    }
    let own = reader.site.regions.get(claim.metric.region).level;
    let named = before.strip_suffix('的').unwrap_or(&before);
    let elsewhere = OTHERS.iter().any(|(word, level)| *level != own && named.ends_with(word));
    if own_period && (elsewhere || dated_otherwise(line, figure, bond, year)) {
        return false;
    }
    claim.is_target || claim.metric.target.is_none() || !line.holds(bond.between.clone(), TARGETS)
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
    // The quotation is the author's word for what counts as the figure: the digits may stand in other words (每千名2.69名).
    let inside = |figure: &&Found| range.start <= figure.digits.start && figure.digits.end <= range.end;
    if let Some(figure) = line.figures.iter().filter(inside).find(|one| one.quantity.number == claim.quantity.number) {
        return Finding::Agrees(line.place(figure.chars.clone()));
    }
    // The figure of the same sort that the quotation holds instead.
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
    if bare && claim.quantity.unit.is_some() && !figure.quantity.number.is_zero() && figure.quantity.scale == 0 {
        return None;
    }
    let each = figure.each.as_ref().and_then(|own| crate::unit::convert(figure.quantity.value(), own, unit));
    figure.quantity.value_in(unit).or(each)
}

/// Whether a figure of the text has the value of the claim, or that value more coarsely rounded.
fn equals(reader: &Reader<'_>, claim: &Claim<'_>, figure: &Found) -> bool {
    let unit = &reader.site.indicators.get(claim.metric.indicator).unit;
    let (Some(own), Some(said)) = (claim.quantity.value_in(unit), value(reader, claim, figure)) else { return false };
    let halves = half_step(claim.quantity, unit).zip(half_step(&figure.quantity, unit));
    let rounded = halves.is_some_and(|(own_half, half)| half > own_half && (own - said).abs() <= half);
    figure.sort != Sort::Label && (own == said || (rounded && figure.quantity.is_exact() && claim.quantity.is_exact()))
}

/// Whether a bound in the text holds of the value: 95%以上 says nothing against 96.4%.
fn holds(claim: &Claim<'_>, own: Option<Decimal>, said: Decimal, figure: &Found) -> bool {
    let Some(own) = own.filter(|_| claim.quantity.is_exact()) else { return false };
    match figure.quantity.bound {
        Bound::Ge | Bound::Gt => own >= said,
        Bound::Le | Bound::Lt => own <= said,
        // 约442万 says nothing against 442.1万.
        Bound::Approx => (own - said).abs() <= own.abs() * Decimal::new(5, 2),
        Bound::Eq => false,
    }
}

/// Whether the sentence names the indicator.
fn names(line: &Line<'_>, claim: &Claim<'_>, figure: &Found) -> bool {
    let sentence = line.sentence(figure.chars.start);
    let inside = |name: &&super::line::Name| sentence.contains(&name.chars.start);
    line.names.iter().filter(inside).any(|name| name.ids.contains(&claim.metric.indicator))
}

/// Whether a figure is of the claim's region: the last region named before it in its sentence, if any, is that one or inside it.
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
    let unit = &reader.site.indicators.get(claim.metric.indicator).unit;
    if holds(claim, claim.quantity.value_in(unit), value, figure) {
        return false;
    }
    if !bond.close || figure.sort != Sort::Figure || !same_place(reader, line, claim, figure) {
        return false;
    }
    // A name of several indicators of the report accuses none.
    let claimed = |id: &&IndicatorId| claim.report.metrics.iter().any(|other| other.indicator == **id);
    if bond.ids.iter().filter(claimed).count() > 1 {
        return false;
    }
    let sentence = line.sentence(figure.chars.start);
    let lead = sentence.start..figure.chars.start;
    let head = bond.head.as_deref().unwrap_or_default();
    let says = |words: &[&str]| words.iter().any(|word| head.contains(word));
    if says(CHANGES)
        || says(FORMER)
        || other_place(reader, claim, head)
        || other_year_in(head, claim.metric.period.year())
    {
        return false;
    }
    let aimed =
        line.holds(bond.between.clone(), TARGETS) || line.holds(clause(line, bond.start), TARGETS) || says(TARGETS);
    // What has no value yet is aimed at, whatever the words.
    let fits = aimed == claim.is_target || (claim.is_target && claim.metric.value.is_none());
    // Above or below a target is no target.
    if claim.is_target && line.holds(bond.between.clone(), &["比", "超", "高于", "低于"]) {
        return false;
    }
    let between = without_saying(&line.string(bond.between.clone()));
    if !fits || CHANGES.iter().any(|word| between.contains(word)) || elsewhere(reader, line, claim, lead.clone()) {
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
    let before = line.figures.iter().rev().find(|one| one.sort == Sort::Figure && one.chars.end <= figure.chars.start);
    let near = before.map_or(lead.start, |one| one.chars.end.max(lead.start))..lead.end;
    let other_time = other_year(line, figure, lead.clone(), year) || line.holds(near, FORMER);
    !(other_time || full && part_of_year(&line.string(lead)))
}

/// Whether a stretch speaks of another place, and not of the claim's own again after it.
fn elsewhere(reader: &Reader<'_>, line: &Line<'_>, claim: &Claim<'_>, lead: std::ops::Range<usize>) -> bool {
    let own = reader.site.regions.get(claim.metric.region);
    let text = line.string(lead);
    let last = |word: &str| text.rfind(word);
    let other = OTHERS.iter().filter(|(_, level)| *level != own.level).filter_map(|(word, _)| last(word)).max();
    let own = OWN.iter().copied().chain([&*own.name]).filter_map(last).max();
    other.is_some_and(|other| own.is_none_or(|own| own < other))
}

/// Whether the year right before a name, or between it and its figure, is another one.
fn dated_otherwise(line: &Line<'_>, figure: &Found, bond: &Bond, year: i16) -> bool {
    let chars = line.chars();
    let years = line.figures.iter().filter(|one| one.sort == Sort::Date && one.quantity.number >= Decimal::from(1900));
    let sentence = line.sentence(bond.start);
    let near = years.rev().find(|one| {
        sentence.contains(&one.chars.start) && one.chars.end <= figure.chars.start && one.chars.end + 6 >= bond.start
    });
    // 比2020年, 较2020年, 自2020年起 compare or begin.
    let compared = |one: &Found| one.chars.start > 0 && "比较与于从由自至到".contains(chars[one.chars.start - 1]);
    near.is_some_and(|one| !compared(one) && one.quantity.number != Decimal::from(year))
}

/// Whether the head of a column names another year.
fn other_year_in(head: &str, year: i16) -> bool {
    let years: Vec<i16> = head
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| part.len() == 4)
        .filter_map(|part| part.parse().ok())
        .collect();
    !years.is_empty() && !years.contains(&year)
}

/// Whether the head of a column names another place.
fn other_place(reader: &Reader<'_>, claim: &Claim<'_>, head: &str) -> bool {
    let own = reader.site.regions.get(claim.metric.region);
    let other = |(word, level): &(&str, Level)| *level != own.level && head.contains(word);
    let named = head.ends_with(['省', '市', '县', '区']) && !OWN.contains(&head) && !own.name.contains(head);
    OTHERS.iter().any(other) || named
}

/// The clause a name stands in, up to it.
fn clause(line: &Line<'_>, name: usize) -> std::ops::Range<usize> {
    let sentence = line.sentence(name);
    let chars = &line.chars()[sentence.start..name];
    let start = chars.iter().rposition(|c| *c == ',').map_or(sentence.start, |at| sentence.start + at + 1);
    start..name
}

/// Whether words speak of a part of the year; the state at its end is of the whole year.
fn part_of_year(text: &str) -> bool {
    let is_end = |rest: &str| {
        let near: String = rest.chars().take(10).collect();
        ["年末", "年底", "12月", "目前"].iter().any(|word| near.contains(word))
    };
    // 上半年…，全年…: the whole year speaks last.
    let text = text.rsplit_once("全年").map_or(text, |(_, rest)| rest);
    PARTS.iter().any(|word| text.match_indices(word).any(|(at, _)| !is_end(&text[at..])))
}

/// Whether the last year named before a figure in its sentence is another one.
fn other_year(line: &Line<'_>, figure: &Found, lead: std::ops::Range<usize>, year: i16) -> bool {
    let dated =
        |one: &&Found| one.sort == Sort::Date && lead.contains(&one.chars.start) && one.chars.end <= figure.chars.start;
    let last = line.figures.iter().rev().filter(dated).find(|one| one.quantity.number >= Decimal::from(1900));
    last.is_some_and(|one| one.quantity.number != Decimal::from(year))
}
