//! A page of differences for reviewers: readable without network, script or program, and on paper. Changed words are marked
//! inside their sentences; each changed series has a drawing with both lines.

use jiff::civil::Date;

use super::sections::{Detail, Entry, Section};
use super::{Versions, words};
use crate::chart::{self, Lang};
use crate::cli::print::page::escape;
use crate::diagnostic::catalogue::Language;
use crate::diff::{self, Difference, Series, Stretch};

const STYLE: &str = include_str!("page.css");

/// The page.
pub(super) fn print(
    versions: &Versions,
    difference: &Difference,
    (sections, notes): (&[Section], &[String]),
    today: Date,
    language: Language,
) -> String {
    let (tag, lang) = match language {
        Language::Chinese => ("zh-CN", Lang::Zh),
        Language::English => ("en", Lang::En),
    };
    let title = escape(words::page_title(language));
    let head = escape(&words::compared(versions, language));
    let style = format!("{STYLE}{}", if difference.series.is_empty() { "" } else { chart::STYLE });
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>\n{style}</style>\n\
         </head>\n<body>\n<header>\n<h1>{title}</h1>\n<p>{head} · <time>{today}</time></p>\n"
    );
    out.extend(notes.iter().map(|note| format!("<p>{}</p>\n", escape(note))));
    out.push_str("</header>\n");
    if sections.is_empty() {
        return out + &format!("<main>\n<p>{}</p>\n</main>\n</body>\n</html>\n", words::nothing(language));
    }
    out.push_str(&contents(sections, language));
    out.push_str("<main>\n");
    for (number, section) in sections.iter().enumerate() {
        out.push_str(&list(number, section, language));
        if number == 0 {
            out.extend(difference.series.iter().map(|one| drawing(one, lang)));
        }
    }
    out + "</main>\n</body>\n</html>\n"
}

fn contents(sections: &[Section], language: Language) -> String {
    let item = |(number, section): (usize, &Section)| {
        let title = words::counted(section.title, section.entries.len(), language);
        format!("<li><a href=\"#s{number}\">{title}</a></li>\n")
    };
    format!("<nav>\n<ol>\n{}</ol>\n</nav>\n", sections.iter().enumerate().map(item).collect::<String>())
}

fn list(number: usize, section: &Section, language: Language) -> String {
    let title = words::counted(section.title, section.entries.len(), language);
    let entries: String = section.entries.iter().map(|one| entry(one, language)).collect();
    let open = format!("<section id=\"s{number}\">\n<h2>{title}</h2>\n");
    match section.noise {
        true => format!("{open}<details>\n<summary>{title}</summary>\n{entries}</details>\n</section>\n"),
        false => format!("{open}{entries}</section>\n"),
    }
}

fn entry(one: &Entry, language: Language) -> String {
    let class = match one.better {
        Some(true) => " class=\"better\"",
        Some(false) => " class=\"worse\"",
        None => "",
    };
    let mut out = format!("<article{class}>\n<p><strong>{}</strong> {}", one.sign, escape(&one.what));
    if !one.old.is_empty() || !one.new.is_empty() {
        out.push_str(&format!(" <span class=\"change\">{}</span>", change(&one.old, &one.new)));
    }
    if !one.note.is_empty() {
        out.push_str(&format!(" <em>{}</em>", escape(&one.note)));
    }
    out.push_str("</p>\n");
    if !one.place.is_empty() {
        out.push_str(&format!("<p class=\"place\">{}</p>\n", escape(&one.place)));
    }
    out.extend(one.details.iter().map(|one| detail(one, language)));
    out + "</article>\n"
}

/// Both texts as wholes.
fn change(old: &str, new: &str) -> String {
    let mark = |tag: &str, text: &str| match text.is_empty() {
        true => String::new(),
        false => format!("<{tag}>{}</{tag}>", escape(text)),
    };
    [mark("del", old), mark("ins", new)].concat()
}

fn detail(detail: &Detail, language: Language) -> String {
    match detail {
        Detail::Field(name, old, new) => {
            let change = format!("<span class=\"change\">{}</span>", change(old, new));
            format!("<p>{}</p>\n", words::of(&escape(name), &change, language))
        }
        Detail::Sentences(heading, old, new) => {
            let heading = match heading.is_empty() {
                true => String::new(),
                false => format!("<p class=\"place\">{}</p>\n", escape(heading)),
            };
            let all = |tag: &str, texts: &[String]| {
                texts.iter().map(|text| format!("<{tag}>{}</{tag}>", escape(text))).collect::<String>()
            };
            match (old.as_slice(), new.as_slice()) {
                ([old], [new]) => format!("{heading}<blockquote>{}</blockquote>\n", marked(old, new)),
                (old, new) => format!("{heading}<blockquote>{}{}</blockquote>\n", all("del", old), all("ins", new)),
            }
        }
    }
}

/// Two sentences as one with what went and what came.
fn marked(old: &str, new: &str) -> String {
    let part = |(stretch, text): (Stretch, String)| match stretch {
        Stretch::Same => escape(&text),
        Stretch::Old => format!("<del>{}</del>", escape(&text)),
        Stretch::New => format!("<ins>{}</ins>", escape(&text)),
    };
    diff::stretches(old, new).into_iter().map(part).collect()
}

fn drawing(one: &Series, lang: Lang) -> String {
    let (title, drawn) = (escape(&one.table.title), chart::svg(&one.table, lang));
    format!("<figure>\n<figcaption>{title}</figcaption>\n{drawn}\n</figure>\n")
}
