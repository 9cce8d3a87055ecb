//! Phrases that drawings and sentences share: a gap with its reason, a change with its direction and its judgement.

use rust_decimal::Decimal;

use crate::chart::{Cell, Lang, Row};

/// The words for a cell without a figure.
pub fn gap_words(row: &Row, place: usize, lang: Lang) -> String {
    match (row.cells.get(place), lang) {
        (Some(Cell::Figure(_)), _) => String::new(),
        (Some(Cell::Gap(reason)), _) if !reason.is_empty() => format!("— {reason}"),
        (_, Lang::Zh) => "— 缺数".to_owned(),
        (_, Lang::En) => "— no figure".to_owned(),
    }
}

/// The change in words with its direction and, where it is known, whether it is for the better.
pub fn change_words(row: &Row, lang: Lang) -> String {
    // A stated reason says more than a gap without one.
    let gaps = || (0..2).filter(|place| row.figure(*place).is_none());
    let stated = gaps().find(|place| matches!(row.cells.get(*place), Some(Cell::Gap(reason)) if !reason.is_empty()));
    let gap = stated.or(gaps().next()).map(|place| gap_words(row, place, lang));
    let (Some(change), None) = (&row.change, &gap) else {
        return gap.unwrap_or_else(|| "—".to_owned());
    };
    let arrow = match (change.difference.is_zero(), change.difference > Decimal::ZERO, lang) {
        (true, _, Lang::Zh) => return "持平".to_owned(),
        (true, _, Lang::En) => return "no change".to_owned(),
        (false, true, _) => "▲",
        (false, false, _) => "▼",
    };
    let judged = match (change.better, lang) {
        (Some(true), Lang::Zh) => " 好转",
        (Some(false), Lang::Zh) => " 变差",
        (Some(true), Lang::En) => " better",
        (Some(false), Lang::En) => " worse",
        (None, Lang::Zh) if change.rounding => " 舍入之内",
        (None, Lang::En) if change.rounding => " within rounding",
        (None, _) => "",
    };
    format!("{arrow} {}{judged}", change.amount)
}
