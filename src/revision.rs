//! Revisions: entries of `content/revisions.toml`, each a published figure that was changed, with what it was, what it is,
//! why and when. Whether an entry agrees with what the reports say is judged where the site is put together.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::indicator::{IndicatorId, Indicators};
use crate::period::Period;
use crate::quantity::Quantity;
use crate::region::{RegionId, Regions};
use crate::source::Span;
use crate::unit::{Unit, convert};

/// The word for a figure that is no longer stated.
pub const WITHDRAWN: &str = "withdrawn";

/// An entry of the ledger.
#[derive(Clone, Debug)]
pub struct Revision {
    /// The figure it is about.
    pub place: Place,
    /// What it was; none for one that had been withdrawn.
    pub old: Option<Arc<Quantity>>,
    /// What it is; none when it was withdrawn.
    pub new: Option<Arc<Quantity>>,
    /// How it came about.
    pub kind: RevisionKind,
    /// Why; empty while nobody has said so.
    pub reason: String,
    /// The day of the change.
    pub date: Date,
    /// Words for readers beside it; may be empty.
    pub notice: String,
    /// Where the entry stands.
    pub span: Span,
    /// Where its parts stand.
    pub spans: RevisionSpans,
}

/// Where the parts of an entry stand.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the names are those of the parts")]
pub struct RevisionSpans {
    pub old: Span,
    pub new: Span,
    pub date: Span,
}

/// A figure by what it is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Place {
    /// Indicator.
    pub indicator: IndicatorId,
    /// Region.
    pub region: RegionId,
    /// Period.
    pub period: Period,
    /// Value or target.
    pub aspect: Aspect,
}

/// Which of the figures of an indicator, region and period.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Aspect {
    /// The measured value.
    Value,
    /// The target.
    Target,
}

impl Aspect {
    /// All with their names in files.
    pub const NAMES: [(&'static str, Aspect); 2] = [("value", Aspect::Value), ("target", Aspect::Target)];
}

/// How a revision came about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RevisionKind {
    /// 例行修订: announced beforehand, as when a preliminary figure becomes final.
    Planned,
    /// 更正: the published figure was wrong.
    Correction,
}

impl RevisionKind {
    /// All with their names in files.
    pub const NAMES: [(&'static str, RevisionKind); 2] =
        [("planned", RevisionKind::Planned), ("correction", RevisionKind::Correction)];

    /// The name in files.
    pub fn id(self) -> &'static str {
        RevisionKind::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// The name for readers.
    pub fn label(self, zh: bool) -> &'static str {
        match (self, zh) {
            (RevisionKind::Planned, true) => "例行修订",
            (RevisionKind::Correction, true) => "更正",
            (RevisionKind::Planned, false) => "planned revision",
            (RevisionKind::Correction, false) => "correction",
        }
    }
}

impl Revision {
    /// What names it in a page: `beds-429006-2021-2026-01-05`, with `-target` behind it for a target.
    pub fn anchor(&self, indicators: &Indicators, regions: &Regions) -> String {
        let Place { indicator, region, period, aspect } = self.place;
        let (indicator, region) = (&indicators.get(indicator).id, &regions.get(region).code);
        let target = if aspect == Aspect::Target { "-target" } else { "" };
        format!("{indicator}-{region}-{}-{}{target}", period.slug(), self.date)
    }
}

/// Whether two figures of an indicator have one value, however they are worded: 5.4‰ and 0.540%.
pub fn same_value(a: Option<&Quantity>, b: Option<&Quantity>, unit: &Unit) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return a.is_none() && b.is_none() };
    let below = |one: &Quantity| -> Option<Option<Decimal>> {
        one.below.map(|end| one.unit.as_ref().map_or(Some(end), |from| convert(end, from, unit)))
    };
    a.bound == b.bound && a.value_in(unit) == b.value_in(unit) && below(a) == below(b)
}

/// A figure as readers see it, or that it is withdrawn.
pub fn shown(figure: Option<&Quantity>, zh: bool) -> &str {
    figure.map_or(if zh { "撤回" } else { WITHDRAWN }, Quantity::as_written)
}

/// A figure as a file has it, or that it is withdrawn.
pub fn wording(figure: Option<&Quantity>) -> &str {
    figure.map_or(WITHDRAWN, Quantity::as_written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::Units;

    #[test]
    fn a_value_is_more_than_its_wording() {
        let units = Units::default();
        let unit = units.parse("‰").expect("a unit");
        let check = |a: &str, b: &str, expected: bool| {
            let figure =
                |text: &str| (text != WITHDRAWN).then(|| crate::quantity::parse(text, &units).expect("a figure"));
            assert_eq!(same_value(figure(a).as_ref(), figure(b).as_ref(), &unit), expected, "{a} {b}");
        };
        check("5.4‰", "0.540%", true);
        check("5.4‰", "5.40‰", true);
        check("5.4‰", "5.41‰", false);
        check("≥85%", "85%以上", true);
        check("85%", "85%以上", false);
        check("85%余", "85%以上", false);
        check("withdrawn", "withdrawn", true);
        check("withdrawn", "0‰", false);
    }
}
