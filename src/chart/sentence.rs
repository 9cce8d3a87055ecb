//! The sentence face of a chart table: what the chart shows, in one generated sentence that never says more than the figures.
//!
//! Only solid figures are compared: whole periods, exact, joined. A trend compares the first and the last figure that may be compared: whole periods, exact, after the last break. One such
//! figure is a value and not a trend; none is said to be none. Gaps and what was left out are always mentioned.

mod bars;
mod change;
mod compare;
mod delta;
mod ends;
mod grid;
mod phrase;
mod share;
mod trend;

pub use phrase::{change_words, gap_words};

use super::{ChartTable, Intent, Lang};

/// Says in one sentence what the chart shows.
pub fn sentence(table: &ChartTable, lang: Lang) -> String {
    let mut clauses = match table.intent {
        Intent::Trend => trend::clauses(table, lang),
        Intent::Progress => bars::progress(table, lang),
        Intent::Ranking => bars::ranking(table, lang),
        Intent::Compare => compare::clauses(table, lang),
        Intent::Change => delta::clauses(table, lang),
        Intent::Grid => grid::clauses(table, lang),
        Intent::Share => share::clauses(table, lang),
    };
    let left_out = table.excluded.len();
    match lang {
        Lang::Zh if left_out > 0 && table.intent == Intent::Progress => {
            clauses.push(format!("另有{left_out}项没有定目标"))
        }
        Lang::En if left_out > 0 && table.intent == Intent::Progress => {
            clauses.push(format!("{left_out} without a target"));
        }
        Lang::Zh if left_out > 0 => clauses.push(format!("另有{left_out}项因不可比未列入")),
        Lang::En if left_out > 0 => clauses.push(format!("{left_out} not comparable and left out")),
        Lang::Zh | Lang::En => {}
    }
    match lang {
        Lang::Zh => format!("{}。", clauses.join("；")),
        Lang::En => format!("{}.", clauses.join("; ")),
    }
}

/// Names a period inside a sentence: a bare year gets its 年.
pub(super) fn period(label: &str, lang: Lang) -> String {
    let year = label.len() == 4 && label.bytes().all(|byte| byte.is_ascii_digit());
    match lang {
        Lang::Zh if year => format!("{label}年"),
        Lang::Zh | Lang::En => label.to_owned(),
    }
}

/// Says that a chart has no figure.
fn nothing(about: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{about}：没有可以列出的数"),
        Lang::En => format!("{about}: no figures to show"),
    }
}

/// Lists names, at most four; the rest as a count.
fn list(names: &[String], lang: Lang) -> String {
    const MOST: usize = 4;
    match lang {
        Lang::Zh if names.len() > MOST => format!("{}等{}个", names[..MOST].join("、"), names.len()),
        Lang::Zh => names.join("、"),
        Lang::En if names.len() > MOST => format!("{} and {} more", names[..MOST].join(", "), names.len() - MOST),
        Lang::En => names.join(", "),
    }
}

#[cfg(test)]
mod tests;
