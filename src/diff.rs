//! What changed between two versions of a site, in the words of those who answer for it: figures, targets and whether they
//! are met, sentences that no longer hold, reports, their text by sentence, and settings. In go two loaded versions, out
//! comes a plain [`Difference`]; how it is shown is `cli`'s. What is only written otherwise stands apart as noise.

mod claims;
mod documents;
pub mod pages;
mod prose;
mod series;
mod settings;
mod targets;
mod tree;
mod values;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::chart::ChartTable;
use crate::diagnostic::catalogue::Language;
use crate::site::Site;
use crate::source::Sources;

use self::documents::Pairs;

/// A loaded version.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its files.
    pub sources: &'a Sources,
    /// What stands before the names of files of `content/`.
    pub content: &'a str,
    /// Whether the files can be looked up; those of data are made up.
    pub has_files: bool,
}

/// How two versions are compared.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// What is compared.
    pub scope: Scope,
    /// The language of generated words.
    pub language: Language,
}

/// What is compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// Everything.
    Whole,
    /// Figures and targets as written; all that the data of a built site holds.
    Values,
}

/// What changed. The keys of its JSON stay; new ones may be added.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Difference {
    /// Figures and targets, the largest relative change first, then what has no size.
    pub values: Vec<ValueChange>,
    /// Targets that changed their state.
    pub targets: Vec<Flip>,
    /// Statements of texts that no longer hold, and those that hold again.
    pub claims: Vec<ClaimChange>,
    /// Reports and pages.
    pub documents: Vec<DocumentChange>,
    /// Settings, indicators and regions.
    pub settings: Vec<SettingChange>,
    /// Attachments and files of themes, by their path in the site's folder.
    pub files: BTreeMap<String, Change>,
    /// The same figures written otherwise: noise.
    pub wordings: Vec<ValueChange>,
    /// Files of the built site; only where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<pages::Pages>,
    /// A chart for each series with a changed figure: a row before and a row after.
    #[serde(skip)]
    pub series: Vec<Series>,
}

/// A figure or a target that changed.
#[derive(Clone, Debug, Serialize)]
pub struct ValueChange {
    /// What became of it.
    pub change: Change,
    /// Where it belongs.
    #[serde(flatten)]
    pub place: Place,
    /// `actual`, `target`, `baseline` or `derived`.
    pub role: &'static str,
    /// Before.
    pub old: Option<Stated>,
    /// After.
    pub new: Option<Stated>,
    /// By how much, where the two compare.
    pub amount: Option<Amount>,
    /// Why there is no amount, where both are figures.
    pub apart: Option<&'static str>,
    /// What else changed: `status`, `missing`, `note`, `due`, `target_source`.
    pub fields: Vec<Field>,
}

/// What became of something.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// Another value.
    Changed,
    /// There was none.
    Added,
    /// There is none any more.
    Removed,
    /// The value stands, what is said of it changed.
    Status,
    /// The value stands, it is written otherwise.
    Wording,
    /// A file has another name.
    Renamed,
    /// A file lies in another folder.
    Moved,
}

/// An indicator in a region and period.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Place {
    /// Its id.
    pub indicator: String,
    /// Its name.
    pub indicator_name: String,
    /// The code of the region.
    pub region: String,
    /// Its name.
    pub region_name: String,
    /// The period, as in files.
    pub period: String,
}

/// A figure in one version.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Stated {
    /// As written; empty when missing.
    pub written: String,
    /// The exact decimal in the unit of the indicator.
    pub value: Option<String>,
    /// Why there is none.
    pub missing: Option<&'static str>,
    /// The file that states it; empty for data.
    pub path: String,
    /// The line there.
    pub line: usize,
}

/// By how much a figure changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Amount {
    /// New minus old, exact, in the unit of the indicator.
    pub difference: String,
    /// In words with its sign: `+0.3个百分点`, `−2.1%`.
    pub words: String,
    /// The working.
    pub formula: String,
    /// Better or worse, where that is known.
    pub better: Option<bool>,
    /// Whether rounding alone explains it.
    pub rounding: bool,
    /// The size relative to the old figure; none where that is zero.
    #[serde(skip)]
    pub relative: Option<Decimal>,
}

/// A field with both its texts; empty means it is not there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Field {
    /// Its name.
    pub field: String,
    /// Before.
    pub old: String,
    /// After.
    pub new: String,
}

/// A target whose state changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Flip {
    /// Where it belongs.
    #[serde(flatten)]
    pub place: Place,
    /// The target as written now.
    pub target: String,
    /// Before.
    pub old: State,
    /// After.
    pub new: State,
}

/// The state of a target.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct State {
    /// `met`, `missed`, `due`, `unreported` or `incomparable`.
    pub state: &'static str,
    /// The working; the reason where nothing was compared.
    pub working: String,
}

/// A statement of a text that began or ceased to be false.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ClaimChange {
    /// Whether it holds now.
    pub holds: bool,
    /// The code of the finding that says what is wrong.
    pub code: &'static str,
    /// What is, or was, wrong.
    pub message: String,
    /// The file.
    pub path: String,
    /// The line there, in the version in which it is wrong.
    pub line: usize,
}

/// A report or page that changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct DocumentChange {
    /// What became of the file.
    pub change: Change,
    /// `report` or `page`.
    pub kind: &'static str,
    /// Its path now, or before when it is gone.
    pub path: String,
    /// Its path before, where that was another.
    pub old_path: Option<String>,
    /// Its title.
    pub title: String,
    /// Front matter without figures, charts and links.
    pub fields: Vec<Field>,
    /// The text by sentence.
    pub prose: Vec<Hunk>,
    /// Sentences that read the same with other marks, blanks or headings: noise.
    pub formatting: Vec<Hunk>,
}

/// Sentences that changed together.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Hunk {
    /// The heading they stand below; may be empty.
    pub heading: String,
    /// The line of the first, now, or before when nothing is left.
    pub line: usize,
    /// Before.
    pub old: Vec<String>,
    /// After.
    pub new: Vec<String>,
}

/// A stretch of two sentences seen as one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stretch {
    /// In both.
    Same,
    /// In the first.
    Old,
    /// In the second.
    New,
}

/// A setting that changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SettingChange {
    /// `site.toml`, `indicators.toml` or `regions.toml`.
    pub file: &'static str,
    /// What became of it.
    pub change: Change,
    /// The indicator or region, or the key of the site.
    pub key: String,
    /// Its name; the key when it has none.
    pub name: String,
    /// What changed; nothing where an indicator or region is new or gone.
    pub fields: Vec<Field>,
}

/// A series with a changed figure.
#[derive(Clone, Debug)]
pub struct Series {
    /// The id of the indicator.
    pub indicator: String,
    /// The code of the region.
    pub region: String,
    /// Before and after.
    pub table: ChartTable,
}

/// Compares two versions.
pub fn compare(old: Side<'_>, new: Side<'_>, manner: Manner) -> Difference {
    let (values, wordings) = values::compare(old, new, manner);
    let series = series::series(old, new, &values, manner.language);
    // Data do not say when a target is due, so nobody can tell its state from them.
    if manner.scope == Scope::Values {
        return Difference { values, wordings, series, ..Difference::default() };
    }
    let pairs = Pairs::of(old, new);
    Difference {
        values,
        targets: targets::flips(old, new, manner.language),
        claims: claims::compare(old, new, &pairs, manner.language),
        documents: documents::compare(old, new, &pairs),
        settings: settings::compare(old, new),
        files: BTreeMap::new(),
        wordings,
        pages: None,
        series,
    }
}

/// The stretches of two texts, figures and words as wholes.
pub fn stretches(old: &str, new: &str) -> Vec<(Stretch, String)> {
    prose::stretches(old, new)
}

impl Difference {
    /// Whether nothing changed at all.
    pub fn is_empty(&self) -> bool {
        let pages = self.pages.as_ref().is_none_or(|pages| pages.files.is_empty());
        self.values.is_empty() && self.wordings.is_empty() && self.files.is_empty() && self.is_same_text() && pages
    }

    fn is_same_text(&self) -> bool {
        self.targets.is_empty() && self.claims.is_empty() && self.documents.is_empty() && self.settings.is_empty()
    }
}
