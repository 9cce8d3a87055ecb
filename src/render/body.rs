//! Text of a document → HTML, cut at its chart fences. Links to content files become links to pages, files get their type
//! and size, figures stay with their units, raw HTML is shown as text or cleaned.

use std::collections::BTreeMap;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use crate::config::HtmlPolicy;
use crate::load::outline::{Address, is_chart, resolve, sort, unescape};
use crate::markdown::Markdown;
use crate::plan::{escape, relative};
use crate::render::proof::Mark;
use crate::render::scene::Scene;
use crate::render::view::{ChartView, FileView, Part, TocItem};
use crate::report::{Body, Outline};

/// A text cut at its charts; `charts` holds the drawn fences by their place in the text.
pub(super) fn parts(
    scene: &Scene<'_>,
    source_path: &str,
    (text, marks): (&str, &[Mark]),
    mut charts: BTreeMap<usize, ChartView>,
) -> Vec<Part> {
    let cleaned = text.replace(CUT, "");
    // Places hold in the text as it was.
    let marks = if cleaned.len() == text.len() { marks } else { &[] };
    let markdown = Markdown::new(&cleaned);
    let mut writer = Writer { scene, source_path, out: Vec::new(), charts: Vec::new(), marks };
    let mut fence = 0;
    let mut in_chart = false;
    let mut plain_links: Vec<bool> = Vec::new();
    let mut in_code = false;
    let mut in_image = false;
    for (event, place) in markdown.events() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if is_chart(&info) => in_chart = true,
            Event::End(TagEnd::CodeBlock) if in_chart => {
                in_chart = false;
                writer.cut(charts.remove(&fence));
                fence += 1;
            }
            _ if in_chart => {}
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code = true;
                writer.out.push(Event::Start(Tag::CodeBlock(kind)));
            }
            Event::End(TagEnd::CodeBlock) => {
                in_code = false;
                writer.out.push(Event::End(TagEnd::CodeBlock));
            }
            Event::Text(words) if !in_code && !in_image => {
                let linked = plain_links.contains(&false);
                writer.marked(&words, place.start, !linked && place.len() == words.len());
            }
            Event::Html(html) | Event::InlineHtml(html) => match scene.site.config.html {
                HtmlPolicy::Escape => writer.out.push(Event::Text(html)),
                HtmlPolicy::Sanitise => writer.out.push(Event::InlineHtml(html)),
            },
            Event::Start(Tag::HtmlBlock) if scene.site.config.html == HtmlPolicy::Escape => {
                writer.out.push(Event::Start(Tag::Paragraph));
            }
            Event::End(TagEnd::HtmlBlock) if scene.site.config.html == HtmlPolicy::Escape => {
                writer.out.push(Event::End(TagEnd::Paragraph));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                let target = writer.link(link_type, &dest_url);
                plain_links.push(target.is_none());
                if let Some(target) = target {
                    let id = "".into();
                    writer.out.push(Event::Start(Tag::Link {
                        link_type: LinkType::Inline,
                        dest_url: target.into(),
                        title,
                        id,
                    }));
                }
            }
            Event::End(TagEnd::Link) => {
                if plain_links.pop() == Some(false) {
                    writer.out.push(Event::End(TagEnd::Link));
                }
            }
            Event::End(TagEnd::Image) => {
                in_image = false;
                writer.out.push(Event::End(TagEnd::Image));
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                in_image = true;
                let dest_url = writer.inside(&dest_url).unwrap_or_default().into();
                writer.out.push(Event::Start(Tag::Image {
                    link_type: LinkType::Inline,
                    dest_url,
                    title,
                    id: "".into(),
                }));
            }
            Event::Start(Tag::Table(alignment)) => {
                let label = if scene.zh { "表格" } else { "table" };
                let open = format!("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">");
                writer.out.push(Event::Html(open.into()));
                writer.out.push(Event::Start(Tag::Table(alignment)));
            }
            Event::End(TagEnd::Table) => {
                writer.out.push(Event::End(TagEnd::Table));
                writer.out.push(Event::Html("</div>".into()));
            }
            other => writer.out.push(other),
        }
    }
    writer.finish()
}

/// Where a chart cuts the text: a character no text may hold.
const CUT: &str = "\u{fdd1}";

struct Writer<'a, 'e> {
    scene: &'a Scene<'a>,
    source_path: &'a str,
    out: Vec<Event<'e>>,
    charts: Vec<Option<ChartView>>,
    marks: &'a [Mark],
}

impl Writer<'_, '_> {
    /// Ends a stretch of text with a chart.
    fn cut(&mut self, chart: Option<ChartView>) {
        self.charts.push(chart);
        self.out.push(Event::Html(CUT.into()));
    }

    /// The stretches. The text becomes HTML as a whole, so that notes are numbered through.
    fn finish(self) -> Vec<Part> {
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, self.out.into_iter());
        let clean = self.scene.site.config.html == HtmlPolicy::Sanitise;
        let charts = self.charts.into_iter().chain([None]);
        let part =
            |(html, chart): (&str, _)| Part { html: if clean { sanitise(html) } else { html.to_owned() }, chart };
        let parts = html.split(CUT).zip(charts).map(part);
        parts.filter(|part| part.chart.is_some() || !part.html.trim().is_empty()).collect()
    }

    /// Words that begin at a byte of the text; where links may stand, proved figures lead to their indicators.
    fn marked(&mut self, words: &str, start: usize, linked: bool) {
        let mut at = 0;
        let first = self.marks.partition_point(|mark| mark.place.start < start);
        for mark in self.marks[first..].iter().take_while(|mark| linked && mark.place.start < start + words.len()) {
            let (from, to) = (mark.place.start - start, mark.place.end - start);
            // A figure with bold digits inside spans several stretches and stays plain.
            let (Some(before), Some(figure)) = (words.get(at..from), words.get(from..to)) else { continue };
            self.words(before);
            let (url, title) = (attribute(&mark.url), attribute(&mark.title));
            let id = if mark.id.is_empty() { String::new() } else { format!(" id=\"{}\"", mark.id) };
            let (open, close) = match url.is_empty() {
                true => (format!("<span class=\"nb loose\"{id} title=\"{title}\">"), "</span>"),
                false => (format!("<a class=\"nb proved\"{id} href=\"{url}\" title=\"{title}\">"), "</a>"),
            };
            self.out.push(Event::InlineHtml(open.into()));
            self.out.push(Event::Text(figure.to_owned().into()));
            self.out.push(Event::InlineHtml(close.into()));
            at = to;
        }
        self.words(&words[at..]);
    }

    /// Words, with figures kept together with their units.
    fn words(&mut self, words: &str) {
        let units = &self.scene.unit_names;
        let mut plain = 0;
        let mut at = 0;
        while at < words.len() {
            match figure_end(&words[at..], units).filter(|_| !follows_letter(words, at)) {
                Some(length) => {
                    if plain < at {
                        self.out.push(Event::Text(words[plain..at].to_owned().into()));
                    }
                    let figure = format!("<span class=\"nb\">{}</span>", &words[at..at + length]);
                    self.out.push(Event::InlineHtml(figure.into()));
                    at += length;
                    plain = at;
                }
                None => at += words[at..].chars().next().map_or(1, char::len_utf8),
            }
        }
        if plain < words.len() {
            self.out.push(Event::Text(words[plain..].to_owned().into()));
        }
    }

    fn link(&self, kind: LinkType, target: &str) -> Option<String> {
        if kind == LinkType::Email {
            return Some(format!("mailto:{target}"));
        }
        match sort(target) {
            Address::Unsafe => None,
            Address::Outside => Some(target.to_owned()),
            Address::Inside => self.inside(target),
        }
    }

    /// The address of a content file as seen from the page; `None` when it is dead, which `check` has reported.
    fn inside(&self, target: &str) -> Option<String> {
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        let anchor = unescape(anchor);
        let anchor = if anchor.is_empty() { String::new() } else { format!("#{}", escape(&anchor)) };
        if path.is_empty() {
            return Some(anchor);
        }
        let source = resolve(self.source_path, &unescape(path))?;
        let made = self.scene.plan.made_from(&source)?;
        Some(relative(self.scene.path, made) + &anchor)
    }
}

/// A text as the value of an attribute.
fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

fn follows_letter(words: &str, at: usize) -> bool {
    words[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric() || c == '.')
}

/// The length of a figure with its multiplier and unit at the start of a text; `None` when there is no such thing.
fn figure_end(text: &str, units: &[String]) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return None;
    }
    let mut end = digits;
    if let Some(rest) = text[end..].strip_prefix('.') {
        let decimals = rest.bytes().take_while(u8::is_ascii_digit).count();
        if decimals > 0 {
            end += 1 + decimals;
        }
    }
    let start = end;
    for multiplier in ["余", "多", "千", "百", "十", "万", "亿", "余", "多"] {
        if text[end..].starts_with(multiplier) {
            end += multiplier.len();
        }
    }
    let longest = units.iter().filter(|unit| text[end..].starts_with(unit.as_str())).map(String::len).max();
    end += longest.unwrap_or(0);
    (end > start).then_some(end)
}

fn sanitise(html: &str) -> String {
    ammonia::Builder::default()
        .add_generic_attributes(["id", "class"])
        .add_tag_attributes("a", ["title"])
        .add_tag_attributes("div", ["role", "tabindex", "aria-label"])
        .add_tag_attributes("ol", ["start"])
        .add_tag_attributes("td", ["style"])
        .add_tag_attributes("th", ["style"])
        .filter_style_properties(std::collections::HashSet::from(["text-align"]))
        .add_tags(["section"])
        .link_rel(None)
        .url_relative(ammonia::UrlRelative::PassThrough)
        .clean(html)
        .to_string()
}

/// The contents of a text.
pub(super) fn toc(outline: &Outline) -> Vec<TocItem> {
    let item = |heading: &crate::report::Heading| TocItem {
        level: heading.level,
        text: heading.text.clone(),
        anchor: heading.anchor.clone(),
    };
    outline.headings.iter().map(item).collect()
}

/// The files a text links to, once each.
pub(super) fn attachments(scene: &Scene<'_>, source_path: &str, body: &Body) -> Vec<FileView> {
    let mut seen = std::collections::BTreeSet::new();
    let mut files = Vec::new();
    for reference in body.outline.references.iter().filter(|reference| !reference.image) {
        let Some(source) = resolve(source_path, &reference.target) else { continue };
        let Some(file) = scene.site.files().iter().find(|file| *file.path == *source) else { continue };
        let Some(made) = scene.plan.made_from(&source) else { continue };
        if seen.insert(source.clone()) {
            let name = source.rsplit('/').next().unwrap_or(&source).to_owned();
            files.push(file_view(name, relative(scene.path, made), file.size));
        }
    }
    files
}

/// A file with its type and size in words.
pub(super) fn file_view(name: String, url: String, size: u64) -> FileView {
    let kind = name.rsplit_once('.').map(|(_, ending)| ending.to_uppercase()).unwrap_or_default();
    FileView { name, url, kind, size: size_words(size) }
}

/// A size in words; empty for an unknown one.
pub(super) fn size_words(bytes: u64) -> String {
    match bytes {
        0 => String::new(),
        1..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ChartIntent, ChartRequest};

    #[test]
    fn figures_end_behind_their_unit() {
        let units: Vec<String> = ["%", "‰", "/10万", "人", "人次", "张"].map(str::to_owned).into();
        let check = |text, expected| assert_eq!(figure_end(text, &units).map(|end| &text[..end]), expected);
        check("12.8/10万以内", Some("12.8/10万"));
        check("36.7万余人次。", Some("36.7万余人次"));
        check("7.12张", Some("7.12张"));
        check("2021年", None);
        check("人", None);
        check("3.", None);
    }

    #[test]
    fn sizes_have_words() {
        assert_eq!(size_words(900), "900 B");
        assert_eq!(size_words(2049), "3 KB");
        assert_eq!(size_words(1_600_000), "1.5 MB");
    }

    #[test]
    fn texts_keep_their_notes_and_descriptions() {
        let check = |text: &str, expected: &[&str]| {
            let sample = crate::site::sample::site_of("429006 2021 | rate = \"1‰\"");
            let plan = crate::plan::Plan::new(&sample.site, &mut Vec::new());
            let unit_names = std::sync::Arc::new(vec!["张".to_owned()]);
            let scene = Scene { site: &sample.site, plan: &plan, path: "a/index.html", zh: true, unit_names };
            let id = sample.site.indicators.find("rate").expect("an indicator");
            let regions = sample.site.regions_of(id);
            let request = ChartRequest { regions: regions.to_vec(), ..ChartRequest::of(ChartIntent::Trend, id) };
            let chart = crate::render::charts::shown(&scene, "c".to_owned(), &request);
            let chart = [(0, chart.expect("a figure"))].into();
            let html = parts(&scene, "0.md", (text, &[]), chart).into_iter().map(|part| part.html).collect::<Vec<_>>();
            for (html, part) in html.iter().zip(expected) {
                assert!(html.contains(part), "{html}");
            }
            assert_eq!(html.len(), expected.len());
        };
        check("床位7.12张", &["床位<span class=\"nb\">7.12张</span>"]);
        check("![床位7.12张](/data/observations.csv)", &["alt=\"床位7.12张\""]);
        check("[数](/data/observations.csv)", &["href=\"../data/observations.csv\""]);
        check("甲[^a]\n\n```chart\n```\n\n乙[^b]\n\n[^a]: 一\n[^b]: 二\n", &[">1</a>", ">2</a>"]);
    }
}
