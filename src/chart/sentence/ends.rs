//! The highest and the lowest among comparable figures of one level of government, with ties, and how far they are apart.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::chart::number::{number, written};
use crate::chart::{Figure, Lang, Row};
use crate::quantity;

use super::list;

/// Both ends of at least two comparable figures.
pub struct Ends {
    /// How many figures are compared.
    pub count: usize,
    /// Whether figures of other levels of government stand beside them.
    pub mixed: bool,
    /// Highest minus lowest.
    pub difference: Decimal,
    /// Half the step of the coarser of the two, where they differ.
    coarse: Option<Decimal>,
    top: (String, String),
    bottom: (String, String),
}

/// A figure with the name and the level of its row.
#[derive(Clone)]
pub struct Named<'a> {
    /// The row's name in a sentence.
    pub name: String,
    /// [`Row::level`].
    pub level: &'static str,
    /// The figure.
    pub figure: &'a Figure,
}

impl<'a> Named<'a> {
    /// A figure of a row.
    pub fn of(row: &Row, figure: &'a Figure) -> Named<'a> {
        Named { name: row.name.clone(), level: row.level, figure }
    }
}

/// The figures of the level most of them have, of equals the first, and the others.
pub fn one_level<'a>(named: &[Named<'a>]) -> (Vec<Named<'a>>, Vec<Named<'a>>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    named.iter().for_each(|one| *counts.entry(one.level).or_default() += 1);
    let main = named.iter().rev().map(|one| one.level).max_by_key(|level| counts[level]);
    named.iter().cloned().partition(|one| Some(one.level) == main)
}

/// Finds the ends; `None` when nothing is compared with nothing.
pub fn ends(named: &[Named<'_>], lang: Lang) -> Option<Ends> {
    let (named, other) = one_level(named);
    let values = || named.iter().map(|one| one.figure.value);
    let (high, low) = (values().max()?, values().min()?);
    let end = |value: Decimal| {
        let there: Vec<&Named<'_>> = named.iter().filter(|one| one.figure.value == value).collect();
        let names: Vec<String> = there.iter().map(|one| one.name.clone()).collect();
        (list(&names, lang), there.first().map(|one| written(one.figure)).unwrap_or_default())
    };
    let (count, mixed, difference) = (named.len(), !other.is_empty(), high.checked_sub(low)?);
    let half = |value: Decimal| named.iter().find(|one| one.figure.value == value).map(|one| one.figure.half);
    let coarse = half(high).zip(half(low)).filter(|(a, b)| a != b).map(|(a, b)| a.max(b));
    (count > 1).then(|| Ends { count, mixed, difference, coarse, top: end(high), bottom: end(low) })
}

impl Ends {
    /// How many are compared: `同级可比的31个数中`.
    pub fn among(&self, lang: Lang) -> String {
        match (lang, self.mixed, self.difference.is_zero()) {
            (Lang::Zh, false, true) => format!("可比的{}个数", self.count),
            (Lang::Zh, false, false) => format!("可比的{}个数中", self.count),
            (Lang::Zh, true, true) => format!("同级可比的{}个数", self.count),
            (Lang::Zh, true, false) => format!("同级可比的{}个数中", self.count),
            (Lang::En, false, _) => format!("{} comparable", self.count),
            (Lang::En, true, _) => format!("{} comparable of one level", self.count),
        }
    }

    /// Says both ends and the distance: `最高为甲县（12.8‰），最低为乙县（9.1‰），相差3.7‰`.
    pub fn words(&self, unit: &str, lang: Lang) -> String {
        let ((top, most), (bottom, least)) = (&self.top, &self.bottom);
        let apart = match self.coarse.and_then(|half| coarsened(self.difference, half)) {
            Some(rough) if lang == Lang::Zh => format!("约{}", amount(rough, unit, lang)),
            Some(rough) => format!("about {}", amount(rough, unit, lang)),
            None => amount(self.difference, unit, lang),
        };
        match (lang, self.difference.is_zero()) {
            (Lang::Zh, true) => format!("均为{most}"),
            (Lang::En, true) => format!("all are {most}"),
            (Lang::Zh, false) => format!("最高为{top}（{most}），最低为{bottom}（{least}），相差{apart}"),
            (Lang::En, false) => format!("highest {top} ({most}), lowest {bottom} ({least}), {apart} apart"),
        }
    }
}

/// A difference of many steps rounded to a step of twice `half`: 400万 and 24 are not 3,999,976 apart. None where the digits
/// told are few.
fn coarsened(difference: Decimal, half: Decimal) -> Option<Decimal> {
    let step = half.checked_mul(Decimal::TWO)?;
    let steps = difference.checked_div(step)?;
    let rounded = quantity::round(steps, 0);
    (rounded != steps && steps > Decimal::ONE_HUNDRED).then(|| (rounded * step).normalize())
}

/// A difference in the right unit: percentage points for %.
pub fn amount(difference: Decimal, unit: &str, lang: Lang) -> String {
    match (unit, lang) {
        ("%", Lang::Zh) => format!("{}个百分点", number(difference)),
        ("%", Lang::En) if difference == Decimal::ONE => "1 percentage point".to_owned(),
        ("%", Lang::En) => format!("{} percentage points", number(difference)),
        _ => format!("{}{unit}", number(difference)),
    }
}
