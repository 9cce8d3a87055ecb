//! A chart for each series with a changed figure: one line before, one after.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Series, Side, ValueChange};
use crate::chart::{Cell, ChartTable, Column, Figure, Intent, Polarity, Row, RowKind};
use crate::diagnostic::catalogue::Language;
use crate::indicator;
use crate::period::Period;
use crate::quantity::Bound;
use crate::site::{Observation, compare, half_step};
use crate::unit::Unit;

/// More charts than this nobody looks at; the largest changes come first.
const MOST: usize = 60;

/// The charts of measured figures that changed.
pub(super) fn series(old: Side<'_>, new: Side<'_>, values: &[ValueChange], language: Language) -> Vec<Series> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for one in values.iter().filter(|one| matches!(one.role, "actual" | "derived")) {
        let key = (one.place.indicator.as_str(), one.place.region.as_str());
        if all.len() < MOST && seen.insert(key) {
            let id = format!("series-{}", all.len());
            all.extend(table(old, new, (one, id), language));
        }
    }
    all
}

fn table(old: Side<'_>, new: Side<'_>, (one, id): (&ValueChange, String), language: Language) -> Option<Series> {
    let (indicator, region) =
        (new.site.indicators.find(&one.place.indicator)?, new.site.regions.find(&one.place.region)?);
    let indicator = new.site.indicators.get(indicator);
    let after = figures(new, (&one.place.indicator, &one.place.region), &indicator.unit);
    let before = figures(old, (&one.place.indicator, &one.place.region), &indicator.unit);
    let periods: BTreeSet<Period> = before.keys().chain(after.keys()).copied().collect();
    // One part of the year shares a line.
    let main = compare::main_kind(periods.iter().copied())?;
    let periods: Vec<Period> = periods.into_iter().filter(|period| period.same_kind(&main)).collect();
    let zh = language == Language::Chinese;
    let row = |name: &str, figures: &BTreeMap<Period, Figure>, emphasis| Row {
        name: name.to_owned(),
        emphasis,
        link: None,
        cells: periods
            .iter()
            .map(|period| figures.get(period).cloned().map_or(Cell::Gap(String::new()), Cell::Figure))
            .collect(),
        level: "",
        rank: None,
        change: None,
        judged: None,
    };
    let columns = periods.iter().map(|period| Column {
        label: period.label(zh),
        partial: !period.is_full_year(),
        position: Decimal::from(period.year()),
    });
    let table = ChartTable {
        intent: Intent::Trend,
        id,
        title: format!("{} {}", new.site.regions.get(region).name, indicator.name),
        subtitle: String::new(),
        unit: indicator.unit.symbol().to_owned(),
        row_kind: RowKind::Region,
        columns: columns.collect(),
        rows: vec![
            row(if zh { "原" } else { "before" }, &before, false),
            row(if zh { "新" } else { "after" }, &after, true),
        ],
        target: Vec::new(),
        notes: Vec::new(),
        source: String::new(),
        polarity: match indicator.polarity {
            indicator::Polarity::Higher => Polarity::Higher,
            indicator::Polarity::Lower => Polarity::Lower,
            indicator::Polarity::None => Polarity::None,
        },
        excluded: Vec::new(),
    };
    Some(Series { indicator: one.place.indicator.clone(), region: one.place.region.clone(), table })
}

fn figures(side: Side<'_>, (indicator, region): (&str, &str), unit: &Unit) -> BTreeMap<Period, Figure> {
    let found = side.site.indicators.find(indicator).zip(side.site.regions.find(region));
    let values = found.into_iter().flat_map(|(indicator, region)| side.site.values(indicator, region));
    values.filter_map(|one| Some((one.period, figure(one, unit)?))).collect()
}

fn figure(one: &Observation, unit: &Unit) -> Option<Figure> {
    let quantity = one.quantity.as_ref()?;
    Some(Figure {
        value: quantity.value_in(unit)?,
        half: half_step(quantity, unit).unwrap_or_default(),
        written: quantity.as_written().to_owned(),
        sign: match quantity.bound {
            Bound::Eq => "",
            Bound::Ge => "≥",
            Bound::Le => "≤",
            Bound::Gt => ">",
            Bound::Lt => "<",
            Bound::Approx => "约",
        },
        joined: one.is_exact(),
        apart: String::new(),
        break_before: one.status == crate::report::Status::Break,
        formula: one.formula.clone(),
        status: String::new(),
        note: String::new(),
    })
}
