//! Comments that speak to the program and to no reader: `<!-- nianbao: … -->`. Each stands for the block that follows
//! it, or for the block it stands in; no page shows one.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Located;

/// A comment to the program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    /// What it says behind `nianbao:`.
    pub words: String,
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// What it is about.
    pub about: Range<usize>,
}

/// The words of a comment to the program at the start of raw HTML, and how much of the HTML it is.
fn remark(html: &str) -> Option<(&str, usize)> {
    let inside = html.trim_start().strip_prefix("<!--")?;
    let (comment, after) = inside.split_once("-->")?;
    let words = comment.trim_start().strip_prefix("nianbao:")?;
    Some((words.trim(), html.len() - after.len()))
}

/// All remarks of a text, in order.
pub(super) fn found(events: &[Located<'_>]) -> Vec<Remark> {
    let mut found: Vec<Remark> = Vec::new();
    // Open blocks: where each is, and the remarks that wait for the next block in it.
    let mut open: Vec<(Range<usize>, Vec<usize>)> = vec![(0..usize::MAX, Vec::new())];
    let mut block: Option<(String, Range<usize>)> = None;
    for (event, range) in events {
        match event {
            Event::Start(Tag::HtmlBlock) => block = Some((String::new(), range.clone())),
            Event::Html(html) => block.iter_mut().for_each(|(text, _)| text.push_str(html)),
            Event::End(TagEnd::HtmlBlock) => {
                let Some((text, place)) = block.take() else { continue };
                let waiting = open.last_mut().map(|(_, waiting)| waiting);
                match (remark(&text), waiting) {
                    (Some((words, _)), Some(waiting)) => {
                        waiting.push(found.len());
                        found.push(Remark { words: words.to_owned(), range: place.clone(), about: place });
                    }
                    (None, Some(waiting)) => settle(waiting, &place, &mut found),
                    _ => {}
                }
            }
            Event::InlineHtml(html) => {
                if let (Some((words, _)), Some((about, _))) = (remark(html), open.last()) {
                    found.push(Remark { words: words.to_owned(), range: range.clone(), about: about.clone() });
                }
            }
            Event::Start(tag) if is_block(tag) => {
                open.iter_mut().next_back().into_iter().for_each(|(_, waiting)| settle(waiting, range, &mut found));
                open.push((range.clone(), Vec::new()));
            }
            Event::Rule => open.iter_mut().next_back().into_iter().for_each(|(_, waiting)| waiting.clear()),
            Event::End(tag) if ends_block(*tag) && open.len() > 1 => drop(open.pop()),
            _ => {}
        }
    }
    found
}

/// Lets the remarks that wait be about a block.
fn settle(waiting: &mut Vec<usize>, block: &Range<usize>, found: &mut [Remark]) {
    for at in waiting.drain(..) {
        found[at].about.end = block.end;
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    ends_block(tag.to_end())
}

fn ends_block(tag: TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::HtmlBlock
            // A cell speaks with its row.
            | TagEnd::TableCell
    )
}

/// The events without remarks; what stands beside one on its line stays.
pub(super) fn hidden(events: Vec<Located<'_>>) -> Vec<Located<'_>> {
    let mut kept: Vec<Located<'_>> = Vec::with_capacity(events.len());
    let mut opened = None;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::HtmlBlock) => opened = Some(kept.len()),
            Event::InlineHtml(html) if remark(html).is_some() => continue,
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(start) = opened.take()
                    && !shorten(&mut kept, start)
                {
                    continue;
                }
            }
            _ => {}
        }
        kept.push((event, range));
    }
    kept
}

/// Takes a remark out of the block of raw HTML that begins at an event; false when nothing is left and the block is
/// gone.
fn shorten(kept: &mut Vec<Located<'_>>, start: usize) -> bool {
    let html = |(event, _): &Located<'_>| if let Event::Html(html) = event { html.to_string() } else { String::new() };
    let text: String = kept[start..].iter().map(html).collect();
    let Some((_, length)) = remark(&text) else { return true };
    let rest = text[length..].to_owned();
    let begin = kept.get(start + 1).map_or(0, |(_, range)| range.start) + length;
    let end = kept.last().map_or(begin, |(_, range)| range.end).max(begin);
    kept.truncate(start + usize::from(!rest.trim().is_empty()));
    if rest.trim().is_empty() {
        return false;
    }
    kept.push((Event::Html(rest.into()), begin..end));
    true
}

#[cfg(test)]
mod tests {
    use super::super::Markdown;
    use super::*;

    /// What each remark says and what it is about, and the raw HTML that is left.
    fn check(text: &str, expected: &[(&str, &str)], left: &str) {
        let markdown = Markdown::new(text);
        let remarks = markdown.remarks();
        let about: Vec<_> =
            remarks.iter().map(|one| (one.words.as_str(), text[one.about.clone()].trim_end())).collect();
        assert_eq!(about, expected);
        let html = |(event, _)| match event {
            Event::Html(html) | Event::InlineHtml(html) => Some(html.to_string()),
            _ => None,
        };
        assert_eq!(markdown.events().into_iter().filter_map(html).collect::<String>(), left);
    }

    #[test]
    fn remarks_are_about_the_next_block_or_their_own() {
        check("<!-- nianbao: a -->\n甲乙。\n\n丙。\n", &[("a", "<!-- nianbao: a -->\n甲乙。")], "");
        check("甲<!-- nianbao: a b -->乙。\n\n丙。\n", &[("a b", "甲<!-- nianbao: a b -->乙。")], "");
        check(
            "<!-- nianbao: a -->\n<!-- nianbao: b -->\n\n- 一\n- 二\n\n三\n",
            &[
                ("a", "<!-- nianbao: a -->\n<!-- nianbao: b -->\n\n- 一\n- 二"),
                ("b", "<!-- nianbao: b -->\n\n- 一\n- 二"),
            ],
            "",
        );
        check("- 一 <!-- nianbao: a -->\n- 二\n", &[("a", "- 一 <!-- nianbao: a -->")], "");
        check("<!-- nianbao: a --> 甲\n\n乙\n", &[("a", "<!-- nianbao: a --> 甲\n\n乙")], " 甲\n");
        check("甲\n\n<!-- nianbao: a -->\n", &[("a", "<!-- nianbao: a -->")], "");
        check("<!-- 别的 -->\n\n<p>乙</p>\n", &[], "<!-- 别的 -->\n<p>乙</p>\n");
        check("```\n<!-- nianbao: a -->\n```\n\n<!-- nianbao: a\n", &[], "<!-- nianbao: a\n");
    }
}
