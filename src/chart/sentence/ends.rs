//! The highest and the lowest among comparable figures, with ties, and how far they are apart.

use rust_decimal::Decimal;

use crate::chart::number::{number, written};
use crate::chart::{Figure, Lang};

use super::list;

/// Both ends of at least two comparable figures.
pub struct Ends {
    /// How many figures are compared.
    pub count: usize,
    /// Highest minus lowest.
    pub difference: Decimal,
    top: (String, String),
    bottom: (String, String),
}

/// Finds the ends; `None` when nothing is compared with nothing.
pub fn ends(named: &[(String, &Figure)], lang: Lang) -> Option<Ends> {
    let values = || named.iter().map(|(_, figure)| figure.value);
    let (high, low) = (values().max()?, values().min()?);
    let end = |value: Decimal| {
        let there: Vec<&(String, &Figure)> = named.iter().filter(|(_, figure)| figure.value == value).collect();
        let names: Vec<String> = there.iter().map(|(name, _)| name.clone()).collect();
        (list(&names, lang), there.first().map(|(_, figure)| written(figure)).unwrap_or_default())
    };
    let difference = high.checked_sub(low)?;
    (named.len() > 1).then(|| Ends { count: named.len(), difference, top: end(high), bottom: end(low) })
}

impl Ends {
    /// Says both ends and the distance: `最高为甲县（12.8‰），最低为乙县（9.1‰），相差3.7‰`.
    pub fn words(&self, unit: &str, lang: Lang) -> String {
        let ((top, most), (bottom, least)) = (&self.top, &self.bottom);
        let apart = amount(self.difference, unit, lang);
        match (lang, self.difference.is_zero()) {
            (Lang::Zh, true) => format!("均为{most}"),
            (Lang::En, true) => format!("all are {most}"),
            (Lang::Zh, false) => format!("最高为{top}（{most}），最低为{bottom}（{least}），相差{apart}"),
            (Lang::En, false) => format!("highest {top} ({most}), lowest {bottom} ({least}), {apart} apart"),
        }
    }
}

/// A difference in the right unit: percentage points for %.
pub fn amount(difference: Decimal, unit: &str, lang: Lang) -> String {
    match (unit, lang) {
        ("%", Lang::Zh) => format!("{}个百分点", number(difference)),
        ("%", Lang::En) => format!("{} percentage points", number(difference)),
        _ => format!("{}{unit}", number(difference)),
    }
}
