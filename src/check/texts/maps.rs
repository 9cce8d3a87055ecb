//! Maps carry the number under which they were approved (地图管理条例).

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diagnostic::Diagnostic;
use crate::markdown::Markdown;
use crate::source::Span;

use super::Document;

/// Words that call a picture a map.
const MAPS: &[&str] = &["地图", "区划图"];

/// Words that make a picture a plain map of streets or rooms, or no map of land at all.
const PLAIN: &[&str] = &[
    "位置",
    "交通",
    "导航",
    "路线",
    "院区",
    "楼层",
    "街区",
    "景区",
    "思维",
    "知识",
    "学习",
    "作战",
    "能力",
    "服务地图",
];

/// Words for pictures that may show boundaries.
const DOUBTFUL: &[&str] =
    &["区位图", "区位示意图", "分布图", "分布示意图", "区域示意图", "行政示意图", "位置示意图", "布局示意图", "版图"];

/// A picture.
struct Picture {
    span: Range<usize>,
    /// Its words and address.
    words: String,
}

/// Pictures of maps without a number of approval.
pub(super) fn numbers(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    if !document.text.contains("](") && !document.text.contains("][") {
        return;
    }
    let pictures = pictures(document.text);
    for (at, picture) in pictures.iter().enumerate() {
        let is = |words: &[&str]| words.iter().any(|word| picture.words.contains(word));
        let map = is(MAPS) && !is(PLAIN);
        if !(map || is(MAPS) || is(DOUBTFUL)) || is_approved(document.text, &pictures, at) {
            continue;
        }
        let place = document.body.offset + picture.span.start..document.body.offset + picture.span.end;
        let span = Span::new(document.body.file, place);
        found.push(if map { Diagnostic::error("map-number", span) } else { Diagnostic::warning("map-doubt", span) });
    }
}

fn pictures(text: &str) -> Vec<Picture> {
    let markdown = Markdown::new(text);
    let mut pictures: Vec<Picture> = Vec::new();
    let mut inside = false;
    for (event, range) in markdown.events() {
        match event {
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                inside = true;
                pictures.push(Picture { span: range, words: format!("{} {title} ", decoded(&dest_url)) });
            }
            Event::End(TagEnd::Image) => inside = false,
            Event::Text(words) if inside => {
                if let Some(picture) = pictures.last_mut() {
                    picture.words.push_str(&words);
                }
            }
            _ => {}
        }
    }
    pictures
}

/// An address with its percent signs read.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((16 * high + low) as u8);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether the picture or the text beside it, up to the next picture, gives the number: 审图号：GS（2019）3333号.
fn is_approved(text: &str, pictures: &[Picture], at: usize) -> bool {
    let picture = &pictures[at];
    let before = at.checked_sub(1).map_or(0, |last| pictures[last].span.end);
    let after = pictures.get(at + 1).map_or(text.len(), |next| next.span.start);
    let block = |words: &str| words.split("\n\n").map(str::to_owned).collect::<Vec<_>>();
    let above = block(text.get(before..picture.span.start).unwrap_or_default()).pop().unwrap_or_default();
    let below = text.get(picture.span.end..after).unwrap_or_default();
    let below: String = below.splitn(3, "\n\n").take(2).collect();
    [&picture.words, &above, &below].iter().any(|words| has_number(words))
}

fn has_number(words: &str) -> bool {
    let numbered = |(at, _): (usize, &str)| {
        let rest = words[at + 1..].trim_start_matches(['(', '（', '〔', '[', ' ']);
        rest.len() < words.len() - at - 1 && rest.starts_with("20")
    };
    words.contains("审图号") || words.match_indices('S').any(numbered)
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;
    use super::numbers;

    #[test]
    fn maps_carry_their_number() {
        check(numbers, "见下图。\n\n![天门市地图](a.png)\n\n文", "map-number ![天门市地图](a.png)");
        check(
            numbers,
            "![图](%E8%A1%8C%E6%94%BF%E5%8C%BA%E5%88%92%E5%9B%BE.png)",
            "map-number ![图](%E8%A1%8C%E6%94%BF%E5%8C%BA%E5%88%92%E5%9B%BE.png)",
        );
        check(numbers, "![医疗机构分布图](a.png)", "map-doubt ![医疗机构分布图](a.png)");
        check(numbers, "![医院位置地图](a.png)", "map-doubt ![医院位置地图](a.png)");
        check(numbers, "![天门市地图](a.png)\n审图号：鄂S（2021）005号", "");
        check(numbers, "![天门市地图](a.png)\n\nGS（2019）3333号", "");
        check(numbers, "![天门市地图 GS(2019)3333号](a.png)", "");
        check(numbers, "![流程示意图](a.png)，[地图](b.md)，地图，![门诊](c%.png)", "");
    }
}
