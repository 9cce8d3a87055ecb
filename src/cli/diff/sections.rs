//! A difference as lists of entries in words, which all forms for people share.

use super::words;
use crate::diagnostic::catalogue::Language;
use crate::diff::{
    Change, ClaimChange, Difference, DocumentChange, Field, Flip, Hunk, SettingChange, State, Stated, ValueChange,
    pages,
};

/// A list of entries of one sort; never empty.
pub(super) struct Section {
    /// Its name.
    pub title: &'static str,
    /// Whether it is noise: nothing changed but how it is written.
    pub noise: bool,
    /// The entries.
    pub entries: Vec<Entry>,
}

/// Something that changed.
pub(super) struct Entry {
    /// `~`, `+`, `-`, `→`, `✓` or `✗`.
    pub sign: &'static str,
    /// What it is.
    pub what: String,
    /// Before; may be empty.
    pub old: String,
    /// After; may be empty.
    pub new: String,
    /// By how much, or what became of it; may be empty.
    pub note: String,
    /// Whether it got better or worse, where that is known.
    pub better: Option<bool>,
    /// File and line; may be empty.
    pub place: String,
    /// Further lines.
    pub details: Vec<Detail>,
}

/// A further line of an entry.
pub(super) enum Detail {
    /// A field with both texts.
    Field(String, String, String),
    /// Sentences below a heading.
    Sentences(String, Vec<String>, Vec<String>),
}

impl Default for Entry {
    fn default() -> Entry {
        Entry {
            sign: "~",
            what: String::new(),
            old: String::new(),
            new: String::new(),
            note: String::new(),
            better: None,
            place: String::new(),
            details: Vec::new(),
        }
    }
}

/// The lists that have entries, noise last.
pub(super) fn of(difference: &Difference, language: Language) -> Vec<Section> {
    let titles = words::titles(language);
    let value = |one: &&ValueChange| one.role != "target";
    let values = |list: &[&ValueChange]| list.iter().map(|one| value_entry(one, language)).collect::<Vec<_>>();
    let (figures, goals): (Vec<_>, Vec<_>) = difference.values.iter().partition(value);
    let documents: Vec<&DocumentChange> = difference.documents.iter().filter(|one| !is_noise(one)).collect();
    let formatted: Vec<&DocumentChange> =
        difference.documents.iter().filter(|one| !one.formatting.is_empty()).collect();
    let wordings: Vec<&ValueChange> = difference.wordings.iter().collect();
    let pages = difference.pages.as_ref().map(|pages| page_entries(pages, language)).unwrap_or_default();
    let files = difference.files.iter().map(|(path, change)| Entry {
        sign: sign(*change),
        what: path.clone(),
        note: words::change(*change, language).to_owned(),
        ..Entry::default()
    });
    let noise = formatted.iter().map(|one| formatting_entry(one, language));
    let all = [
        (titles[0], false, values(&figures)),
        (titles[1], false, values(&goals)),
        (titles[2], false, difference.targets.iter().map(|one| flip_entry(one, language)).collect()),
        (titles[3], false, difference.claims.iter().map(|one| claim_entry(one, language)).collect()),
        (titles[4], false, documents.iter().map(|one| document_entry(one, language)).collect()),
        (titles[5], false, difference.settings.iter().map(|one| setting_entry(one, language)).collect()),
        (titles[6], false, files.collect()),
        (titles[7], false, pages),
        (titles[8], true, values(&wordings).into_iter().chain(noise).collect()),
    ];
    let sections = all.into_iter().map(|(title, noise, entries)| Section { title, noise, entries });
    sections.filter(|section| !section.entries.is_empty()).collect()
}

/// Whether only marks and blanks of a document changed.
fn is_noise(one: &DocumentChange) -> bool {
    one.change == Change::Changed && one.fields.is_empty() && one.prose.is_empty()
}

fn sign(change: Change) -> &'static str {
    match change {
        Change::Added => "+",
        Change::Removed => "-",
        Change::Renamed | Change::Moved => "→",
        Change::Changed | Change::Status | Change::Wording => "~",
    }
}

fn value_entry(one: &ValueChange, language: Language) -> Entry {
    let shown = |side: &Option<Stated>| side.as_ref().map(|side| figure(side, language)).unwrap_or_default();
    let place = one.new.as_ref().or(one.old.as_ref());
    let (note, better) = match (&one.amount, one.apart) {
        (Some(amount), _) => (words::amount(amount, language), amount.better),
        (None, Some(apart)) => (words::no_amount(apart, language), None),
        (None, None) => (words::change(one.change, language).to_owned(), None),
    };
    Entry {
        sign: sign(one.change),
        what: format!("{}{}", words::place(&one.place, language), words::role(one.role, language)),
        old: shown(&one.old),
        new: shown(&one.new),
        note,
        better,
        place: place.filter(|side| !side.path.is_empty()).map(at).unwrap_or_default(),
        details: one.fields.iter().map(|field| field_detail(field, language)).collect(),
    }
}

fn at(side: &Stated) -> String {
    format!("{}:{}", side.path, side.line)
}

fn figure(side: &Stated, language: Language) -> String {
    match side.missing {
        Some(missing) => words::missing(missing, language).to_owned(),
        None => side.written.clone(),
    }
}

fn flip_entry(one: &Flip, language: Language) -> Entry {
    let state = |state: &State| {
        let name = words::state(state.state, language);
        if state.working.is_empty() { name.to_owned() } else { words::in_brackets(name, &state.working, language) }
    };
    let better = match (one.old.state, one.new.state) {
        (_, "met") => Some(true),
        (_, "missed") => Some(false),
        _ => None,
    };
    Entry {
        what: words::goal(&words::place(&one.place, language), &one.target, language),
        old: state(&one.old),
        new: state(&one.new),
        better,
        ..Entry::default()
    }
}

fn claim_entry(one: &ClaimChange, language: Language) -> Entry {
    Entry {
        sign: if one.holds { "✓" } else { "✗" },
        what: one.message.clone(),
        note: words::holds(one.holds, language).to_owned(),
        better: Some(one.holds),
        place: format!("{}:{}", one.path, one.line),
        ..Entry::default()
    }
}

fn document_entry(one: &DocumentChange, language: Language) -> Entry {
    let fields = one.fields.iter().map(|field| field_detail(field, language));
    let prose = one.prose.iter().map(sentences);
    let path = |path: &str| format!("content/{path}");
    Entry {
        sign: sign(one.change),
        what: words::titled(&one.title, &path(&one.path), language),
        old: one.old_path.as_deref().map(path).unwrap_or_default(),
        new: one.old_path.as_ref().map(|_| path(&one.path)).unwrap_or_default(),
        note: words::change(one.change, language).to_owned(),
        details: fields.chain(prose).collect(),
        ..Entry::default()
    }
}

fn formatting_entry(one: &DocumentChange, language: Language) -> Entry {
    let told = one.formatting.iter().filter(|hunk| hunk.old != hunk.new);
    Entry {
        what: words::titled(&one.title, &format!("content/{}", one.path), language),
        note: words::formatting(one.formatting.len(), language),
        details: told.map(sentences).collect(),
        ..Entry::default()
    }
}

fn sentences(hunk: &Hunk) -> Detail {
    Detail::Sentences(hunk.heading.clone(), hunk.old.clone(), hunk.new.clone())
}

fn field_detail(field: &Field, language: Language) -> Detail {
    let name = words::field(&field.field, language);
    if !(field.old.contains('\n') || field.new.contains('\n')) {
        return Detail::Field(name, field.old.clone(), field.new.clone());
    }
    let all = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (old, new) = (all(&field.old), all(&field.new));
    let only = |own: &[String], other: &[String]| own.iter().filter(|line| !other.contains(line)).cloned().collect();
    let (gone, come): (Vec<String>, Vec<String>) = (only(&old, &new), only(&new, &old));
    // The same lines in another order are shown whole.
    if gone.is_empty() && come.is_empty() {
        return Detail::Sentences(name, old, new);
    }
    Detail::Sentences(name, gone, come)
}

fn setting_entry(one: &SettingChange, language: Language) -> Entry {
    let entry = Entry { sign: sign(one.change), place: format!("content/{}", one.file), ..Entry::default() };
    match one.fields.as_slice() {
        [field] if one.file == "site.toml" => {
            Entry { what: one.key.clone(), old: field.old.clone(), new: field.new.clone(), ..entry }
        }
        fields => Entry {
            what: words::titled(&one.name, &one.key, language),
            note: words::change(one.change, language).to_owned(),
            details: fields.iter().map(|field| field_detail(field, language)).collect(),
            ..entry
        },
    }
}

fn page_entries(pages: &pages::Pages, language: Language) -> Vec<Entry> {
    let counts = pages.counts.iter().map(|(folder, count)| {
        let files = pages.files.iter().filter(|(path, _)| path.split('/').next() == Some(folder));
        let detail = |(path, change): (&String, &Change)| {
            Detail::Field(words::change(*change, language).to_owned(), String::new(), path.clone())
        };
        Entry {
            what: folder.clone(),
            note: words::files(*count, language),
            details: files.map(detail).collect(),
            ..Entry::default()
        }
    });
    counts.collect()
}
