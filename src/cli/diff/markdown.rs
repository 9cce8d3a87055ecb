//! A difference as a comment on a merge request: a table of counts, then every list folded.

use super::sections::{Detail, Entry, Section};
use super::{Versions, words};
use crate::cli::print::markdown::escape;
use crate::diagnostic::catalogue::Language;

/// The comment.
pub(super) fn print(versions: &Versions, sections: &[Section], notes: &[String], language: Language) -> String {
    let head = escape(&words::compared(versions, language));
    let mut out = format!("### {head}\n\n");
    out.extend(notes.iter().map(|note| format!("> {}\n\n", escape(note))));
    if sections.is_empty() {
        return out + words::nothing(language) + "\n";
    }
    let [what, count] = words::count_columns(language);
    out.push_str(&format!("| {what} | {count} |\n|---|--:|\n"));
    out.extend(sections.iter().map(|section| format!("| {} | {} |\n", section.title, section.entries.len())));
    out.extend(sections.iter().map(|section| folded(section, language)));
    out
}

fn folded(section: &Section, language: Language) -> String {
    let title = words::counted(section.title, section.entries.len(), language);
    let [what, old, new, note, place] = words::columns(language);
    let mut out = format!("\n<details>\n<summary>{title}</summary>\n\n");
    out.push_str(&format!("| | {what} | {old} | {new} | {note} | {place} |\n|---|---|---|---|---|---|\n"));
    out.extend(section.entries.iter().map(row));
    let told = section.entries.iter().filter(|one| !one.details.is_empty());
    out.extend(told.map(|one| details(one, language)));
    out + "\n</details>\n"
}

fn row(one: &Entry) -> String {
    let cells = [one.sign, &one.what, &one.old, &one.new, &one.note, &one.place].map(escape);
    format!("| {} |\n", cells.join(" | "))
}

/// Fields as a list, sentences as a coloured block.
fn details(one: &Entry, language: Language) -> String {
    let mut out = format!("\n**{}**\n", escape(&one.what));
    let (mut fields, mut lines) = (String::new(), Vec::new());
    for detail in &one.details {
        match detail {
            Detail::Field(name, old, new) => {
                let change = words::from_to(old, new, language);
                fields.push_str(&format!("- {}\n", escape(&words::of(name, &change, language))));
            }
            Detail::Sentences(heading, old, new) => {
                let flat = |text: &String| text.replace(['\n', '\r'], " ");
                if !heading.is_empty() {
                    lines.push(format!("@@ {} @@", flat(heading)));
                }
                lines.extend(old.iter().map(|text| format!("- {}", flat(text))));
                lines.extend(new.iter().map(|text| format!("+ {}", flat(text))));
            }
        }
    }
    if !fields.is_empty() {
        out.push_str(&format!("\n{fields}"));
    }
    if !lines.is_empty() {
        let block = lines.join("\n");
        // A fence must be longer than any in what it holds.
        let longest = block.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        out.push_str(&format!("\n{fence}diff\n{block}\n{fence}\n"));
    }
    out
}
