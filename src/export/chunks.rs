//! What the compare page loads: `data/compare.js` names indicators, regions and periods, `data/compare/<indicator>.js`
//! holds the figures of one indicator. Both are scripts that call one function, because a page opened from disk may not
//! fetch. Every figure carries the verdict of `site::compare`; the script never decides what compares.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::hash::Hash;
use crate::indicator::{Indicator, IndicatorId, Polarity};
use crate::period::Period;
use crate::plan::{FileKind, PageKind, Plan};
use crate::region::{Level, RegionId};
use crate::render::words;
use crate::site::compare::{self, Apart};
use crate::site::derive::half_step;
use crate::site::{Observation, Site};
use crate::unit::{Dimension, Unit, shift};

/// The index: names, order, and the version of every indicator's file.
pub(super) fn index(site: &Site, plan: &Plan) -> Vec<u8> {
    let zh = site.config.language.is_chinese();
    let periods = periods(site);
    let regions = regions(site);
    let place: BTreeMap<RegionId, usize> = regions.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut former = Map::new();
    for one in regions.iter().flat_map(|id| site.regions.former_of(*id)) {
        former.insert(one.code.to_owned(), json!([one.name, site.regions.get(one.now).code, one.year]));
    }
    let apart = [
        Apart::Missing,
        Apart::Bound,
        Apart::Period,
        Apart::Break,
        Apart::Level,
        Apart::Zero,
        Apart::Negative,
        Apart::Former,
    ];
    let reasons: Map<String, Value> =
        apart.into_iter().map(|one| (format!("{one:?}").to_lowercase(), json!(one.reason(zh)))).collect();
    let index = json!({
        "lang": if zh { "zh" } else { "en" },
        "indicators": indicators(site).map(|(id, one)| entry(site, plan, id, one)).collect::<Vec<_>>(),
        "levels": Level::NAMES.map(|(name, level)| json!([name, level.label(zh)])),
        "regions": regions.iter().map(|id| region(site, plan, *id, &place)).collect::<Vec<_>>(),
        "periods": periods.iter().map(|period| named(*period, &periods, zh)).collect::<Vec<_>>(),
        "former": former,
        "reasons": reasons,
        "start": start(site).unwrap_or_default(),
    });
    format!("nianbao.index({index});\n").into_bytes()
}

/// Changes whenever the index or any indicator's file does.
pub fn index_version(site: &Site, plan: &Plan) -> String {
    Hash::of(&index(site, plan)).short()
}

/// The figures of one indicator: for each region a cell a period. A cell is `0` without an observation, the value alone
/// where the figure is written as value and unit and compares, else [as written, value, verdict, status, note, formula,
/// half the step of the last digit where the value does not show it].
pub(super) fn indicator(site: &Site, id: IndicatorId) -> Vec<u8> {
    let unit = &site.indicators.get(id).unit;
    let periods: BTreeSet<Period> =
        site.of_indicator(id).filter(|one| one.role.is_value()).map(|one| one.period).collect();
    let mut reasons = Reasons { list: Vec::new(), zh: site.config.language.is_chinese() };
    let mut rows = Map::new();
    for region in site.regions_of(id) {
        let (stretches, breaks) = stretches(site, id, region);
        let values: BTreeMap<Period, &Observation> =
            site.values(id, region).map(|one| (one.period, one)).rev().collect();
        let cells =
            periods.iter().map(|period| values.get(period).map_or(json!(0), |one| reasons.cell(site, one, unit)));
        let cells: Vec<Value> = cells.collect();
        let row = if breaks.is_empty() {
            json!(cells)
        } else {
            let stretch = |period: &Period| stretches.get(period).copied().unwrap_or_default();
            let why: Vec<usize> = breaks.iter().map(|apart| reasons.of(apart.reason(reasons.zh).to_owned())).collect();
            json!({ "c": cells, "s": periods.iter().map(stretch).collect::<Vec<_>>(), "b": why })
        };
        rows.insert(site.regions.get(region).code.to_string(), row);
    }
    let chunk = json!({
        "unit": unit.symbol(),
        "counted": counted(unit),
        "periods": periods.iter().map(Period::to_string).collect::<Vec<_>>(),
        "why": reasons.list,
        "rows": rows,
    });
    format!("nianbao.add({},{chunk});\n", json!(&*site.indicators.get(id).id)).into_bytes()
}

/// Reasons in words; a verdict is a place in the list from 1.
struct Reasons {
    list: Vec<String>,
    zh: bool,
}

impl Reasons {
    fn of(&mut self, reason: String) -> usize {
        let known = self.list.iter().position(|one| *one == reason);
        1 + known.unwrap_or_else(|| {
            self.list.push(reason);
            self.list.len() - 1
        })
    }

    fn cell(&mut self, site: &Site, one: &Observation, unit: &Unit) -> Value {
        let verdict = match (compare::unfit(site, one), one.missing) {
            (None, _) => 0,
            (Some(Apart::Missing), Some(missing)) => self.of(words::missing(missing, self.zh).to_owned()),
            (Some(apart), _) => self.of(apart.reason(self.zh).to_owned()),
        };
        let written = one.quantity.as_ref().map(|quantity| quantity.as_written()).unwrap_or_default();
        let value = one.value.map(|value| value.to_string()).unwrap_or_default();
        let status = words::status(one.status, self.zh);
        let half = half(one, unit).map(|half| half.normalize().to_string()).unwrap_or_default();
        let words = [status, &one.note, &one.formula, &half];
        let plain = verdict == 0 && words.iter().all(|text| text.is_empty());
        if plain && written.strip_suffix(unit.symbol()) == Some(&value) {
            return json!(value);
        }
        let mut cell = vec![json!(written), json!(value), json!(verdict)];
        cell.extend(words.map(|text| json!(text)));
        while cell.len() > 2 && cell.last().is_some_and(|last| *last == json!("") || *last == json!(0)) {
            cell.pop();
        }
        Value::Array(cell)
    }
}

/// Whether whole numbers of the unit are counted and not rounded.
fn counted(unit: &Unit) -> bool {
    matches!(unit.dimension(), Dimension::Count(_) | Dimension::Number)
}

/// Half the step of the last digit as printed, where it is not that of the value's own last digit.
fn half(one: &Observation, unit: &Unit) -> Option<Decimal> {
    let (value, quantity) = (one.value?, one.quantity.as_ref()?);
    let shown = match value.scale() {
        0 if counted(unit) => Decimal::ZERO,
        places => shift(Decimal::new(5, 1), -(places as i32))?,
    };
    half_step(quantity, unit).filter(|half| *half != shown)
}

/// The stretches of a series within which figures of the same part of the year compare, and why each but the first
/// began: a new one begins wherever the change on the comparable figure before is refused.
fn stretches(site: &Site, id: IndicatorId, region: RegionId) -> (BTreeMap<Period, usize>, Vec<Apart>) {
    let mut breaks = Vec::new();
    let mut stretches = BTreeMap::new();
    let mut last: Vec<&Observation> = Vec::new();
    for one in site.values(id, region).filter(|one| compare::unfit(site, one).is_none()) {
        let before = last.iter().position(|other| other.period.same_kind(&one.period));
        let refused = before.and_then(|at| compare::change_between(site, last[at], one).err());
        // A former value of zero or below only has no growth rate.
        let refused = refused.filter(|apart| !matches!(apart, Apart::Zero | Apart::Negative));
        let stretch = match (before, refused) {
            (_, Some(apart)) => {
                breaks.push(apart);
                breaks.len()
            }
            (Some(at), None) => stretches.get(&last[at].period).copied().unwrap_or_default(),
            (None, None) => 0,
        };
        stretches.insert(one.period, stretch);
        match before {
            Some(at) => last[at] = one,
            None => last.push(one),
        }
    }
    (stretches, breaks)
}

/// Indicators with a measured value.
fn indicators(site: &Site) -> impl Iterator<Item = (IndicatorId, &Indicator)> {
    site.indicators.iter().filter(|(id, _)| site.of_indicator(*id).any(|one| one.role.is_value()))
}

/// Regions with a measured value and those above them, by code.
fn regions(site: &Site) -> Vec<RegionId> {
    let own: BTreeSet<RegionId> =
        site.observations().iter().filter(|one| one.role.is_value()).map(|one| one.region).collect();
    let above = own.iter().flat_map(|id| site.regions.ancestors(*id)).collect::<Vec<_>>();
    let all: BTreeSet<RegionId> = own.into_iter().chain(above).collect();
    let mut all: Vec<RegionId> = all.into_iter().collect();
    all.sort_by_key(|id| site.regions.get(*id).code.clone());
    all
}

/// Periods with a measured value, oldest first.
fn periods(site: &Site) -> Vec<Period> {
    let own: BTreeSet<Period> =
        site.observations().iter().filter(|one| one.role.is_value()).map(|one| one.period).collect();
    own.into_iter().collect()
}

/// Id, name, unit, topic, better direction, whether it compares across levels, how change is told, page, file's version.
fn entry(site: &Site, plan: &Plan, id: IndicatorId, one: &Indicator) -> Value {
    let zh = site.config.language.is_chinese();
    let name = if zh || one.name_en.is_empty() { &*one.name } else { &one.name_en };
    let better = match one.polarity {
        Polarity::Higher => 1,
        Polarity::Lower => -1,
        Polarity::None => 0,
    };
    let change = match one.unit.symbol() {
        "%" => "points",
        _ if one.unit.is_ratio() || one.unit.is_points() || one.unit.is_time() => "unit",
        _ => "growth",
    };
    let file = plan.file_path(&FileKind::CompareData(id)).map(|path| crate::plan::relative("index.html", path));
    json!({
        "id": one.id,
        "name": name,
        "unit": one.unit.symbol(),
        "topic": one.topic,
        "better": better,
        "across": one.compares_across_levels(),
        "change": change,
        "regions": site.regions_of(id).len(),
        "page": plan.link("index.html", &PageKind::Indicator(id)),
        "file": file,
        "version": Hash::of(&indicator(site, id)).short(),
    })
}

/// Code, name, place of the level, place of the parent or -1, initials, and the page where it is not the usual one.
fn region(site: &Site, plan: &Plan, id: RegionId, place: &BTreeMap<RegionId, usize>) -> Value {
    let one = site.regions.get(id);
    let level = Level::NAMES.iter().position(|(_, level)| *level == one.level).expect("every level has a name");
    let parent = one.parent.and_then(|id| place.get(&id)).map_or(-1, |at| *at as i64);
    let page = plan.link("index.html", &PageKind::Region(id));
    let mut row = vec![json!(one.code), json!(one.name), json!(level), json!(parent)];
    row.push(json!(crate::pinyin::initials(&one.name)));
    if page != format!("regions/{}/index.html", one.code) {
        row.push(json!(page));
    }
    Value::Array(row)
}

/// Id, words, short words, which periods it compares with, whether it is a whole year, and its year.
fn named(period: Period, all: &[Period], zh: bool) -> Value {
    let kind = all.iter().position(|other| other.same_kind(&period)).unwrap_or_default();
    let label = period.label(zh);
    let short = if period.is_full_year() { period.year().to_string() } else { label.clone() };
    json!([period.to_string(), label, short, kind, u8::from(period.is_full_year()), period.year()])
}

/// What the page shows at first: of the headline indicators, else of all, the one that most regions have for several
/// years, over time in four of them.
fn start(site: &Site) -> Option<String> {
    let years =
        |id: IndicatorId, region: RegionId| site.values(id, region).filter(|one| one.period.is_full_year()).count();
    let lines = |id: &IndicatorId| site.regions_of(*id).into_iter().filter(|region| years(*id, *region) > 1).count();
    let headline: Vec<IndicatorId> =
        site.config.headline.iter().filter_map(|name| site.indicators.find(&name.value)).collect();
    let all: Vec<IndicatorId> = indicators(site).map(|(id, _)| id).collect();
    let best = |ids: &[IndicatorId]| ids.iter().copied().rev().filter(|id| lines(id) > 0).max_by_key(lines);
    let id = best(&headline).or_else(|| best(&all)).or_else(|| all.first().copied())?;
    let mut regions = site.regions_of(id);
    let level = |region: RegionId| site.regions.get(region).level;
    if !site.indicators.get(id).compares_across_levels() {
        let main = regions.iter().copied().max_by_key(|region| years(id, *region)).map(level);
        regions.retain(|region| Some(level(*region)) == main);
    }
    regions.sort_by_key(|region| (std::cmp::Reverse(years(id, *region)), level(*region)));
    let codes: Vec<&str> = regions.iter().take(4).map(|region| &*site.regions.get(*region).code).collect();
    Some(format!("i={}&r={}&v=trend", site.indicators.get(id).id, codes.join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::sample::site_of;

    /// The chunk of an indicator from a small site.
    fn chunk(lines: &str, id: &str) -> Value {
        let sample = site_of(lines);
        assert_eq!(sample.codes(), "");
        let id = sample.site.indicators.find(id).expect("an indicator");
        let text = String::from_utf8(indicator(&sample.site, id)).expect("UTF-8");
        let start = text.find(',').expect("a name and a value") + 1;
        serde_json::from_str(text[start..].trim_end().trim_end_matches(");")).expect("JSON")
    }

    /// The cells of 天门市.
    fn check(metrics: &[&str], id: &str, expected: Value) {
        let lines: Vec<String> = (2020..).zip(metrics).map(|(year, one)| format!("429006 {year} | {one}")).collect();
        assert_eq!(chunk(&lines.join("\n"), id)["rows"]["429006"], expected, "{metrics:?}");
    }

    #[test]
    fn figures_keep_their_words_and_digits() {
        check(&[r#"rate = "5.40‰""#, r#"rate = "540/10万""#], "rate", json!(["5.40", ["540/10万", "5.40"]]));
        check(&[r#"people = "36.70万名""#], "people", json!([["36.70万名", "367000", 0, "", "", "", "50"]]));
        check(&[r#"people = "12345678901234567890123人""#], "people", json!(["12345678901234567890123"]));
        check(
            &[r#"share = "85%以上""#, r#"share = { missing = "suppressed" }"#],
            "share",
            json!([["85%以上", "85", 1], ["", "", 2]]),
        );
        let note = r#"rate = { value = "5‰", status = "provisional", note = "快报" }"#;
        check(&[note], "rate", json!([["5‰", "5", 0, "初步数", "快报"]]));
    }

    #[test]
    fn a_break_begins_a_stretch() {
        let metrics = [r#"rate = "5‰""#, r#"rate = { value = "4‰", status = "break" }"#, r#"rate = "3‰""#];
        let row = json!({ "c": ["5", ["4‰", "4", 0, "口径变化"], "3"], "s": [0, 1, 1], "b": [1] });
        check(&metrics, "rate", row);
        let metrics = [r#"people = "0人""#, r#"people = "4人""#, r#"people = "-4人""#];
        check(&metrics, "people", json!(["0", "4", "-4"]));
    }

    #[test]
    fn halves_of_years_are_stretches_of_their_own() {
        let lines = "429006 2020 | rate = \"5‰\"\n429006 2020-H1 | rate = \"2‰\"\n\
                     429006 2021-H1 | rate = { value = \"3‰\", status = \"break\" }\n429006 2021 | rate = \"6‰\"";
        let found = chunk(lines, "rate");
        assert_eq!(found["periods"], json!(["2020-H1", "2020", "2021-H1", "2021"]));
        assert_eq!(found["rows"]["429006"]["s"], json!([0, 0, 1, 2]));
    }
}
