//! Indicators: what is measured, in which unit, which direction is better, and how it follows from others.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::source::Span;
use crate::unit::{Dimension, Unit};

/// Index of an indicator in [`Indicators`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct IndicatorId(pub u32);

/// Which direction is better.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Polarity {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither.
    None,
}

/// How an indicator follows from others of the same region and period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Formula {
    /// Entered only.
    Given,
    /// First over second, in the indicator's unit.
    Ratio(IndicatorId, IndicatorId),
    /// The sum of exhaustive parts.
    Sum(Vec<IndicatorId>),
}

impl Formula {
    /// The indicators it is made of, the numerator first; none when entered only.
    pub fn parts(&self) -> Vec<IndicatorId> {
        match self {
            Formula::Given => Vec::new(),
            Formula::Ratio(above, below) => vec![*above, *below],
            Formula::Sum(parts) => parts.clone(),
        }
    }
}

/// An indicator.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Id, ASCII in kebab case.
    pub id: Arc<str>,
    /// Chinese name.
    pub name: Arc<str>,
    /// English name, may be empty.
    pub name_en: String,
    /// The unit in which it is compared.
    pub unit: Unit,
    /// Which direction is better.
    pub polarity: Polarity,
    /// Topic, may be empty.
    pub topic: Arc<str>,
    /// What it means.
    pub definition: String,
    /// Who publishes it.
    pub source: String,
    /// How it is measured.
    pub method: String,
    /// How often.
    pub frequency: String,
    /// Other wordings in prose.
    pub aliases: Vec<String>,
    /// The range beyond which a value is doubtful, in `unit`.
    pub plausible: Option<(Decimal, Decimal)>,
    /// How it follows from others.
    pub formula: Formula,
    /// The indicator that counts what a rate is per, such as live births; tells small samples.
    pub denominator: Option<IndicatorId>,
    /// Where it is declared.
    pub span: Span,
}

impl Indicator {
    /// Whether regions of any size compare by it: rates, times, and averages per head; never counts such as 人口.
    pub fn compares_across_levels(&self) -> bool {
        let per_head = matches!(self.unit.dimension(), Dimension::Per(_, below) if matches!(&**below, "人" | "户"));
        self.unit.is_ratio()
            || self.unit.is_time()
            || per_head
            || self.name.starts_with('每')
            || self.name.starts_with("人均")
    }
}

/// All indicators, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Indicators {
    list: Vec<Indicator>,
    by_id: BTreeMap<Arc<str>, IndicatorId>,
}

impl Indicators {
    /// Collects indicators; ids are unique because they are TOML keys.
    pub fn new(list: Vec<Indicator>) -> Indicators {
        let by_id = list.iter().enumerate().map(|(at, one)| (one.id.clone(), IndicatorId(at as u32))).collect();
        Indicators { list, by_id }
    }

    /// An indicator by its index.
    pub fn get(&self, id: IndicatorId) -> &Indicator {
        &self.list[id.0 as usize]
    }

    /// The index of an id.
    pub fn find(&self, id: &str) -> Option<IndicatorId> {
        self.by_id.get(id).copied()
    }

    /// All ids, for suggestions.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.by_id.keys().map(AsRef::as_ref)
    }

    /// All indicators with their index, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (IndicatorId, &Indicator)> {
        self.list.iter().enumerate().map(|(at, one)| (IndicatorId(at as u32), one))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
