//! Findings with excerpts for people: where and what on the first line, then the lines of the source with a mark under
//! the place, the further places, and what to write instead.

use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use annotate_snippets::{AnnotationKind, Element, Group, Renderer, Snippet};

use super::{Colour, Finding, Findings, Look, Place, headline};
use crate::cli::words;
use crate::diagnostic::Level;

/// Columns an excerpt takes; longer lines are cut around the mark.
const WIDTH: usize = 100;

/// A block per finding and a line with the counts.
pub(super) fn print(findings: &Findings, look: Look) -> String {
    let renderer = match look.colour {
        Colour::Terminal => Renderer::styled(),
        Colour::Plain => Renderer::plain(),
    };
    let renderer = renderer.term_width(WIDTH);
    let mut out = String::new();
    for finding in &findings.list {
        let style = style(finding.level);
        out.push_str(&painted(&headline(finding, look.language), style, look.colour));
        out.push('\n');
        out.push_str(&body(finding, &renderer, look));
        out.push('\n');
    }
    if !findings.list.is_empty() {
        out.push_str(&words::counts(findings.errors, findings.warnings, look.language));
        out.push('\n');
    }
    out
}

/// The excerpts and help lines, ending in a line break when there are any.
fn body(finding: &Finding, renderer: &Renderer, look: Look) -> String {
    let snippets = finding.place.iter().map(|place| primary(place, finding.text.label.as_deref()));
    let related = finding.related.iter().zip(&finding.text.related).map(|(place, label)| further(place, label));
    let help = annotate_snippets::Level::HELP.with_name(words::help(look.language));
    let help = finding.text.help.iter().map(|line| help.clone().message(line.as_str()));
    let elements: Vec<Element<'_>> =
        snippets.chain(related).map(Element::from).chain(help.map(Element::from)).collect();
    if elements.is_empty() {
        return String::new();
    }
    let level = match finding.level {
        Level::Error => annotate_snippets::Level::ERROR,
        Level::Warning => annotate_snippets::Level::WARNING,
        Level::Note => annotate_snippets::Level::NOTE,
    };
    renderer.render(&[Group::with_level(level).elements(elements)]) + "\n"
}

fn primary<'a>(place: &'a Place, label: Option<&'a str>) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let mark = AnnotationKind::Primary.span(place.marked.clone()).label(label);
    Snippet::source(place.excerpt.as_str()).line_start(place.start.0).annotation(mark)
}

fn further<'a>(place: &'a Place, label: &'a str) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let mark = AnnotationKind::Context.span(place.marked.clone()).label(label);
    Snippet::source(place.excerpt.as_str()).line_start(place.start.0).path(place.path.as_ref()).annotation(mark)
}

fn style(level: Level) -> Style {
    let colour = match level {
        Level::Error => AnsiColor::BrightRed,
        Level::Warning => AnsiColor::Yellow,
        Level::Note => AnsiColor::BrightGreen,
    };
    colour.on_default().effects(Effects::BOLD)
}

fn painted(text: &str, style: Style, colour: Colour) -> String {
    match colour {
        Colour::Terminal => format!("{style}{text}{style:#}"),
        Colour::Plain => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Colour, Findings, Format, Look, print, tests::sample};
    use crate::diagnostic::catalogue::Language;
    use crate::diagnostic::{Diagnostic, Level};
    use crate::source::{Sources, Span};

    #[test]
    fn excerpts_places_and_help() {
        let expected = r#"
错误[site-missing]: 没有站点设置文件 `content/site.toml`
 = 建议: 新建这个文件，至少写 title = "站点名称"；或用 `nianbao init` 新建一个站点

content/429006/2021.md:2:1: 错误[unknown-key]: `+++` 里没有 `titel` 这个键
  |
2 | titel = "年报"
  | ^^^^^ 不认识
  |
  = 建议: 是不是要写 `title`
  = 建议: 可用的键：period、title

content/429006/2021.md:5:8: 警告[duplicate-metric]: `beds` 在 `429006`、2020 有两个数值：`7.13张` 和 `7.12张`
  |
5 | beds = "7.12张"
  |        ^^^^^^^^ 又写作 `7.12张`
  |
 ::: content/429006/2020.md:1:8
  |
1 | beds = "7.13张"
  |        -------- 先写作 `7.13张`
  |
  = 建议: 留下正确的一个；若后来修订过，给新的数值加 status = "revised"；若口径不同，分成两个指标

2 个错误，1 个警告
"#;
        assert_eq!(sample(Format::Human, Language::Chinese), expected.trim_start());
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let line = format!("{}死亡率为7.2/10万，{}", "一二三四五六七八九十".repeat(20), "甲乙丙丁".repeat(60));
        let at = line.find("7.2").expect("the figure is in the line");
        let mut sources = Sources::default();
        let file = sources.add_text("a.md", line);
        let found = Diagnostic::error("quantity-grouping", Span::new(file, at..at + 9)).arg("text", "7.2/10万");
        let look = Look { language: Language::English, colour: Colour::Plain };
        let findings = Findings::of(&[found], &sources, Level::Error, look.language);
        let printed = print(&findings, Format::Human, look);
        let shown: Vec<&str> = printed.lines().skip(2).take(2).collect();
        let expected = [
            "1 | ... 九十一二三四五六七八九十死亡率为7.2/10万，甲乙丙丁甲乙丙丁甲乙丙丁甲乙丙丁甲乙丙丁甲乙丙...",
            "  |                                     ^^^^^^^^ wrong grouping",
        ];
        assert_eq!(shown, expected);
    }
}
