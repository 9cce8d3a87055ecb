//! Characters that nobody sees and nobody meant: they break searching, copying and the figures beside them.

use crate::diagnostic::Diagnostic;

use super::Document;

/// Zero-width characters, byte order marks inside a text, control and private-use characters.
pub(super) fn characters(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    for passage in &document.passages {
        for (at, c) in passage.text.char_indices().filter(|(_, c)| is_stray(*c)) {
            let code = format!("U+{:04X}", u32::from(c));
            found.push(Diagnostic::warning("text-stray", passage.span(at..at + c.len_utf8())).arg("code", code));
        }
    }
}

fn is_stray(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}')
        || (c.is_control() && !matches!(c, '\n' | '\t'))
}
