//! The change between two figures in the right kind: percentage points for %, the unit itself for other rates, growth in
//! per cent for amounts. Computed on decimals; rounded once, at the end.

use rust_decimal::Decimal;

use crate::chart::number::number;
use crate::chart::{Figure, Lang};
use crate::quantity::round;

/// Says how a figure changed: `由5.1‰降至3.2‰，下降1.9‰` from the words for both ends.
pub fn change(first: &Figure, last: &Figure, unit: &str, lang: Lang) -> String {
    let rise = last.value > first.value;
    if rounding(first, last) {
        return match lang {
            Lang::Zh => "相差在舍入之内".to_owned(),
            Lang::En => "a difference that rounding may explain".to_owned(),
        };
    }
    let size = size(first.value, last.value, unit, lang);
    let about = if first.sign == "约" || last.sign == "约" { about(lang) } else { "" };
    match size {
        Size::Points(size) => match (lang, rise) {
            (Lang::Zh, true) => format!("上升{about}{size}"),
            (Lang::Zh, false) => format!("下降{about}{size}"),
            (Lang::En, true) => format!("up {about}{size}"),
            (Lang::En, false) => format!("down {about}{size}"),
        },
        Size::Growth(size) => match (lang, rise) {
            (Lang::Zh, true) => format!("增长{about}{size}"),
            (Lang::Zh, false) => format!("下降{about}{size}"),
            (Lang::En, true) => format!("up {about}{size}"),
            (Lang::En, false) => format!("down {about}{size}"),
        },
    }
}

/// Whether two figures of which one is printed more coarsely differ by no more than that rounding can make.
pub fn rounding(a: &Figure, b: &Figure) -> bool {
    a.value != b.value && a.half != b.half && (a.value - b.value).abs() <= a.half.max(b.half)
}

/// The verb between two figures: 升至 for rates, 增加到 for amounts.
pub fn verb(first: &Figure, last: &Figure, unit: &str) -> &'static str {
    match (last.value > first.value, is_rate(unit)) {
        (true, true) => "升至",
        (false, true) => "降至",
        (true, false) => "增加到",
        (false, false) => "减少到",
    }
}

enum Size {
    Points(String),
    Growth(String),
}

fn size(first: Decimal, last: Decimal, unit: &str, lang: Lang) -> Size {
    let difference = last.checked_sub(first).unwrap_or_default().abs();
    if unit == "%" {
        return Size::Points(match lang {
            Lang::Zh => format!("{}个百分点", number(difference)),
            Lang::En if difference == Decimal::ONE => "1 percentage point".to_owned(),
            Lang::En => format!("{} percentage points", number(difference)),
        });
    }
    let growth = (first > Decimal::ZERO && !is_rate(unit))
        .then(|| difference.checked_mul(Decimal::ONE_HUNDRED).and_then(|part| part.checked_div(first)))
        .flatten();
    let Some(growth) = growth else {
        return Size::Points(format!("{}{unit}", number(difference)));
    };
    // A rise of 0.04 % is no rise of 0.0 %.
    let places = (1..=6).find(|places| !round(growth, *places).is_zero()).unwrap_or(6);
    Size::Growth(format!("{}%", number(round(growth, places))))
}

/// Whether the unit makes the figure a rate or a time: a change of it is a difference and not growth.
fn is_rate(unit: &str) -> bool {
    let time = matches!(unit, "岁" | "年" | "天" | "小时" | "分钟");
    time || unit == "%" || unit == "‰" || unit == "个百分点" || unit.starts_with('/')
}

fn about(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "约",
        Lang::En => "about ",
    }
}
