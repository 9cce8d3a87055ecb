//! A difference for a terminal: a heading a list, then its entries; sentences stand with `-` and `+` before them.

use annotate_snippets::renderer::{AnsiColor, Effects, Style};

use super::sections::{Detail, Entry, Section};
use super::{Versions, words};
use crate::cli::print::{Colour, Look};
use crate::cli::words::shown;
use crate::diagnostic::catalogue::Language;

/// Everything.
pub(super) fn print(versions: &Versions, sections: &[Section], look: Look) -> String {
    let head = words::compared(versions, look.language);
    if sections.is_empty() {
        return format!("{}\n", words::no_differences(&head, look.language));
    }
    let mut out = format!("{}\n", paint(&head, AnsiColor::BrightWhite.on_default().effects(Effects::BOLD), look));
    for section in sections {
        let title = words::counted(section.title, section.entries.len(), look.language);
        out.push_str(&format!("\n{}\n", paint(&title, Style::new().effects(Effects::BOLD), look)));
        out.extend(section.entries.iter().map(|one| entry(one, look)));
    }
    out
}

/// A line an entry.
pub(super) fn short(sections: &[Section], language: Language) -> String {
    let line = |section: &Section, one: &Entry| format!("{}: {}\n", section.title, line(one, language));
    sections.iter().flat_map(|section| section.entries.iter().map(move |one| line(section, one))).collect()
}

fn entry(one: &Entry, look: Look) -> String {
    let style = match (one.better, one.sign) {
        (Some(true), _) | (None, "+") => AnsiColor::Green.on_default(),
        (Some(false), _) | (None, "-") => AnsiColor::Red.on_default(),
        _ => Style::new(),
    };
    let mut out = format!("  {} {}\n", paint(one.sign, style, look), line_after_sign(one, look.language));
    let details: String = one.details.iter().map(|detail| self::detail(detail, look)).collect();
    out.push_str(&details);
    out
}

fn line(one: &Entry, language: Language) -> String {
    format!("{} {}", one.sign, line_after_sign(one, language))
}

/// Before and after with what they are: `天门市 2021 床位数：7张 → 8张，+14.3%  content/429006/2021.md:9`.
fn line_after_sign(one: &Entry, language: Language) -> String {
    let change = words::from_to(&one.old, &one.new, language);
    let parts = [change, one.note.clone()];
    let told: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let told = told.join(words::comma(language));
    let told = if told.is_empty() { one.what.clone() } else { words::of(&one.what, &told, language) };
    let place = if one.place.is_empty() { String::new() } else { format!("  {}", one.place) };
    shown(&(told + &place))
}

fn detail(detail: &Detail, look: Look) -> String {
    let (red, green) = (AnsiColor::Red.on_default(), AnsiColor::Green.on_default());
    match detail {
        Detail::Field(name, old, new) => {
            let change = words::from_to(old, new, look.language);
            format!("      {}\n", shown(&words::of(name, &change, look.language)))
        }
        Detail::Sentences(heading, old, new) => {
            let heading = if heading.is_empty() { String::new() } else { format!("      {}\n", shown(heading)) };
            let lines = |sign: &str, style: Style, all: &[String]| {
                let line =
                    |text: &String| format!("      {}\n", paint(&format!("{sign} {}", shown(text)), style, look));
                all.iter().map(line).collect::<String>()
            };
            heading + &lines("-", red, old) + &lines("+", green, new)
        }
    }
}

fn paint(text: &str, style: Style, look: Look) -> String {
    match look.colour {
        Colour::Terminal => format!("{style}{text}{style:#}"),
        Colour::Plain => text.to_owned(),
    }
}
