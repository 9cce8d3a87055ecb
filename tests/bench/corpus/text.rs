//! The text of a report: eight parts with their figures, paragraphs, lists, a table and two charts, about 5,300 characters. Figures
//! stand beside the names of their indicators; all else is made of phrases without figures.

use super::figures::{METRICS, Measure};
use super::words::{BELOW, LEADS, PARTS, Part};
use super::{Chance, Place, YEARS};

/// A block of a text.
pub(crate) enum Piece {
    /// Markdown.
    Text(String),
    /// A chart.
    Chart(Chart),
}

/// A chart by what it tells.
pub(crate) enum Chart {
    /// Indicators of one unit over the years.
    Trend(&'static [&'static str]),
    /// The places below the region above, in the year of the report.
    Ranking(&'static str),
    /// Results against targets.
    Progress(&'static [&'static str]),
}

/// Figures told in sentences, for each part: places in [`METRICS`].
const TOLD: [&[usize]; 8] = [&[0, 1, 2, 3, 4, 5], &[7, 8, 9], &[], &[15], &[16, 17, 18], &[], &[19], &[]];

/// Figures of the table.
const TABLE: [usize; 5] = [10, 11, 12, 13, 14];

/// The part with the table.
const TABLE_PART: usize = 5;

/// The parts with lists.
const LISTS: [usize; 3] = [2, 5, 7];

/// Fewest places that a ranking shows.
const RANKED: usize = 3;

const NUMERALS: [&str; 8] = ["一", "二", "三", "四", "五", "六", "七", "八"];

/// Characters that a part has beside its figures.
const PART_LENGTH: usize = 535;

/// The text of a report.
pub(super) fn of(place: &Place, year: u32, figures: &[Measure]) -> Vec<Piece> {
    let mut chance = Chance::of(&place.code, 77 + u64::from(year));
    let mut pieces = vec![Piece::Text(opening(place, year, figures))];
    for (at, part) in PARTS.iter().enumerate() {
        pieces.push(Piece::Text(format!("## {}、{}", NUMERALS[at], part.title)));
        let told = sentences(&mut chance, TOLD[at], figures);
        if !told.is_empty() {
            pieces.push(Piece::Text(told));
        }
        if at == TABLE_PART {
            pieces.push(Piece::Text(table(year, figures)));
        }
        let prose = prose(&mut chance, part, LISTS.contains(&at));
        pieces.extend(prose.into_iter().map(Piece::Text));
        pieces.extend(chart(at, place).map(Piece::Chart));
    }
    pieces
}

fn chart(part: usize, place: &Place) -> Option<Chart> {
    match part {
        0 => Some(Chart::Trend(&["infant-mortality", "under5-mortality"])),
        1 if place.siblings >= RANKED => Some(Chart::Ranking("bed-occupancy")),
        4 if place.siblings < RANKED => Some(Chart::Progress(&["family-doctor", "hypertension", "diabetes"])),
        _ => None,
    }
}

fn opening(place: &Place, year: u32, figures: &[Measure]) -> String {
    let former = if year > YEARS.start {
        format!("此前的情况见[上年总结]({}.md)，", year - 1)
    } else {
        "本栏目从本年度起连续公布，".to_owned()
    };
    let people = &figures[6].written;
    format!("年末常住人口{people}。{former}下面分八个方面说明{}的主要做法、成效和不足。", place.name)
}

/// Sentences with the figures of a part.
fn sentences(chance: &mut Chance, told: &[usize], figures: &[Measure]) -> String {
    let mut text = String::new();
    for at in told {
        let (name, figure) = (METRICS[*at].name, &figures[*at]);
        let verb = chance.one(&["为", "达到", "是", "已达"]);
        text.push_str(&format!("{name}{verb}{}", figure.written));
        if !figure.change.is_empty() {
            text.push_str(&format!("，{}", figure.change));
        }
        if let Some(target) = figure.target {
            let aim = chance.one(&["年度目标是", "年度计划的目标为", "计划目标是"]);
            text.push_str(&format!("，{aim}{target}"));
        }
        text.push('。');
    }
    text
}

fn table(year: u32, figures: &[Measure]) -> String {
    let first = year == YEARS.start;
    let mut text = if first {
        "| 指标 | 本年 |\n|---|---|".to_owned()
    } else {
        "| 指标 | 本年 | 上年 |\n|---|---|---|".to_owned()
    };
    for at in TABLE {
        text.push_str(&format!("\n| {} | {} |", METRICS[at].name, figures[at].written));
        if let Some(before) = &figures[at].before {
            text.push_str(&format!(" {before} |"));
        }
    }
    text
}

/// Paragraphs of a part, the second half below a title of its own or as a list.
fn prose(chance: &mut Chance, part: &Part, listed: bool) -> Vec<String> {
    let (done, so) = (chance.order(part.done.len()), chance.order(part.so.len()));
    let mut nth = 0;
    let mut sentence = |chance: &mut Chance| {
        let (done, so) = (part.done[done[nth % done.len()]], part.so[so[nth % so.len()]]);
        nth += 1;
        let (lead, who) = (chance.one(LEADS), chance.one(part.who));
        match chance.below(3) {
            0 => format!("{lead}，{who}{done}，{so}。"),
            1 => format!("{who}{lead}，{done}，使{so}。"),
            _ => format!("{lead}，{done}的工作由{who}牵头，目前{so}。"),
        }
    };
    let mut blocks = vec![String::new(), String::new()];
    let mut length = 0;
    while length < PART_LENGTH {
        let next = sentence(chance);
        length += next.chars().count();
        let last = blocks.len() - 1;
        if blocks.len() < 5 && blocks[last].chars().count() > 130 {
            blocks.push(String::new());
        }
        let last = blocks.len() - 1;
        let target = if blocks[0].chars().count() < 120 { 0 } else { last };
        blocks[target].push_str(&next);
    }
    blocks.retain(|block| !block.is_empty());
    if listed {
        let items: Vec<String> = (0..4).map(|_| format!("- {}", sentence(chance))).collect();
        let last = blocks.len() - 1;
        blocks[last] = items.join("\n");
    } else {
        let first = chance.below(BELOW.len() as u64) as usize;
        let second = (first + 1 + chance.below(BELOW.len() as u64 - 1) as usize) % BELOW.len();
        blocks.insert(0, format!("### （一）{}", BELOW[first]));
        blocks.insert(2, format!("### （二）{}", BELOW[second]));
    }
    blocks
}
