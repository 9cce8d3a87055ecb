//! Reports and pages: which is which in the other version, and what changed in their front matter and text. Figures are
//! not told here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use similar::TextDiff;

use super::tree::{fields, flat};
use super::{Change, DocumentChange, Field, Side, prose};
use crate::keys;
use crate::load::split;
use crate::report::{Body, Outline, Report};
use crate::source::Sources;

/// How much of two texts must be the same for one to be the other under another name.
const ALIKE: f32 = 0.6;

/// More pairs of lost and new reports than this are not looked through for likeness.
const MOST: usize = 400;

/// A report or page of a version.
struct Document<'a> {
    title: &'a str,
    kind: &'static str,
    /// Region, period and kind of a report.
    about: Option<String>,
    body: &'a Body,
}

/// The documents of two versions with who became whom.
pub(super) struct Pairs<'a> {
    old: BTreeMap<Arc<str>, Document<'a>>,
    new: BTreeMap<Arc<str>, Document<'a>>,
    /// The former path by the new one.
    former: BTreeMap<Arc<str>, Arc<str>>,
}

impl<'a> Pairs<'a> {
    /// Pairs the documents: by path, then by what a report is about, then by their bytes, then by likeness.
    pub(super) fn of(old: Side<'a>, new: Side<'a>) -> Pairs<'a> {
        let mut pairs = Pairs { old: documents(old), new: documents(new), former: BTreeMap::new() };
        let both: Vec<Arc<str>> = pairs.new.keys().filter(|path| pairs.old.contains_key(*path)).cloned().collect();
        pairs.former.extend(both.into_iter().map(|path| (path.clone(), path)));
        pairs.pair(|one| one.about.clone());
        pairs.pair(|one| Some(one.body.hash.to_string()));
        pairs.pair_alike(old.sources, new.sources);
        pairs
    }

    /// The path a document had.
    pub(super) fn former(&self, path: &str) -> Option<String> {
        self.former.get(path).map(|path| path.to_string())
    }

    /// Whether a document of the old version is in the new one.
    pub(super) fn is_left(&self, path: &str) -> bool {
        self.former.values().any(|former| **former == *path)
    }

    fn lost(&self) -> Vec<Arc<str>> {
        let kept: BTreeSet<&Arc<str>> = self.former.values().collect();
        self.old.keys().filter(|path| !kept.contains(path)).cloned().collect()
    }

    fn fresh(&self) -> Vec<Arc<str>> {
        self.new.keys().filter(|path| !self.former.contains_key(*path)).cloned().collect()
    }

    /// Pairs those that alone have a mark in their version.
    fn pair(&mut self, mark: impl Fn(&Document<'_>) -> Option<String>) {
        let only = |documents: &BTreeMap<Arc<str>, Document<'_>>, paths: Vec<Arc<str>>| {
            let mut marks: BTreeMap<String, Vec<Arc<str>>> = BTreeMap::new();
            for path in paths {
                if let Some(mark) = mark(&documents[&path]) {
                    marks.entry(mark).or_default().push(path);
                }
            }
            marks.retain(|_, paths| paths.len() == 1);
            marks
        };
        let (lost, mut fresh) = (only(&self.old, self.lost()), only(&self.new, self.fresh()));
        for (mark, old) in lost {
            if let Some(new) = fresh.remove(&mark) {
                self.former.insert(new[0].clone(), old[0].clone());
            }
        }
    }

    fn pair_alike(&mut self, old: &Sources, new: &Sources) {
        let (lost, fresh) = (self.lost(), self.fresh());
        if lost.is_empty() || lost.len() * fresh.len() > MOST {
            return;
        }
        let text = |sources: &Sources, body: &Body| sources.text(body.file).get(body.offset..).unwrap_or("").to_owned();
        let before: Vec<String> = lost.iter().map(|path| text(old, self.old[path].body)).collect();
        let mut likeness: Vec<(f32, usize, usize)> = Vec::new();
        for (at, path) in fresh.iter().enumerate() {
            let now = text(new, self.new[path].body);
            for (place, was) in before.iter().enumerate() {
                if self.old[&lost[place]].kind == self.new[path].kind && !now.trim().is_empty() {
                    likeness.push((TextDiff::from_lines(was.as_str(), &now).ratio(), place, at));
                }
            }
        }
        likeness.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        let mut taken = BTreeSet::new();
        for (ratio, place, at) in likeness {
            if ratio >= ALIKE && !taken.contains(&lost[place]) && !self.former.contains_key(&fresh[at]) {
                taken.insert(lost[place].clone());
                self.former.insert(fresh[at].clone(), lost[place].clone());
            }
        }
    }
}

fn documents(side: Side<'_>) -> BTreeMap<Arc<str>, Document<'_>> {
    let about = |report: &Report| {
        let region = &side.site.regions.get(report.region).code;
        format!("{region} {} {}", report.period, report.kind.id())
    };
    let reports = side.site.all_reports().iter().map(|report| {
        let document =
            Document { title: &report.title, kind: "report", about: Some(about(report)), body: &report.body };
        (report.path.clone(), document)
    });
    let pages =
        side.site.pages().iter().chain(side.site.home()).map(|page| {
            (page.path.clone(), Document { title: &page.title, kind: "page", about: None, body: &page.body })
        });
    reports.chain(pages).collect()
}

/// What became of every document: those that changed, then the new ones, then those that are gone.
pub(super) fn compare(old: Side<'_>, new: Side<'_>, pairs: &Pairs<'_>) -> Vec<DocumentChange> {
    let mut all: Vec<DocumentChange> = Vec::new();
    for (path, former) in &pairs.former {
        all.extend(both(old, new, (&pairs.old[former], former), (&pairs.new[path], path)));
    }
    let alone = |change, path: &Arc<str>, one: &Document<'_>| DocumentChange {
        change,
        kind: one.kind,
        path: path.to_string(),
        old_path: None,
        title: one.title.to_owned(),
        fields: Vec::new(),
        prose: Vec::new(),
        formatting: Vec::new(),
    };
    all.extend(pairs.fresh().iter().map(|path| alone(Change::Added, path, &pairs.new[path])));
    all.extend(pairs.lost().iter().map(|path| alone(Change::Removed, path, &pairs.old[path])));
    all
}

fn both(
    old: Side<'_>,
    new: Side<'_>,
    (was, old_path): (&Document<'_>, &str),
    (is, path): (&Document<'_>, &str),
) -> Option<DocumentChange> {
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let change = match (old_path == path, folder(old_path) == folder(path)) {
        (true, _) if was.body.hash == is.body.hash => return None,
        (true, _) => Change::Changed,
        (false, true) => Change::Renamed,
        (false, false) => Change::Moved,
    };
    let (before, after) = (Text::read(old.sources, was.body), Text::read(new.sources, is.body));
    let mut fields = fields(&before.front, &after.front);
    fields.extend(listed("chart", &before.charts, &after.charts));
    fields.extend(listed("link", &before.links, &after.links));
    let (prose, formatting) = prose::compare(&before.prose(was.body), &after.prose(is.body));
    let told = DocumentChange {
        change,
        kind: is.kind,
        path: path.to_owned(),
        old_path: (old_path != path).then(|| old_path.to_owned()),
        title: is.title.to_owned(),
        fields,
        prose,
        formatting,
    };
    let same = told.fields.is_empty() && told.prose.is_empty() && told.formatting.is_empty();
    (told.change != Change::Changed || !same).then_some(told)
}

/// A document read again.
struct Text {
    front: Vec<(String, String)>,
    charts: Vec<String>,
    links: Vec<String>,
    whole: String,
}

impl Text {
    fn read(sources: &Sources, body: &Body) -> Text {
        let whole = sources.text(body.file);
        let Outline { charts, references, .. } = &body.outline;
        let part = |start: u32, end: u32| whole.get(start as usize..end as usize).unwrap_or_default();
        // Who saves a file on another system ends its lines otherwise.
        let part = |start: u32, end: u32| part(start, end).replace("\r\n", "\n").replace('\r', "\n");
        let charts = charts.iter().map(|chart| part(chart.span.start, chart.span.end)).collect();
        let links = references.iter().map(|one| match one.anchor.as_str() {
            "" => one.target.clone(),
            anchor => format!("{}#{anchor}", one.target),
        });
        let links = links.collect();
        // What is wrong with the front matter was told when it was loaded.
        let mut told = Vec::new();
        let (text, start) = match whole.strip_prefix('\u{feff}') {
            Some(text) => (text, 3),
            None => (whole.as_str(), 0),
        };
        let front = split::split(text, start, body.file, &mut told)
            .and_then(|parts| keys::parse(parts.front_matter, body.file, parts.front_matter_at, &mut told))
            .map(|head| flat(&head))
            .unwrap_or_default();
        // Figures are told as figures; only what no figure shows is left.
        let kept = |key: &str| !key.starts_with("metrics.") || key.ends_with(".quote") || key.contains(".previous");
        let folded = |(key, text): (String, String)| (key, text.replace("\r\n", "\n"));
        let front = front.into_iter().filter(|(key, _)| kept(key)).map(folded).collect();
        Text { front, charts, links, whole }
    }

    fn prose(&self, body: &Body) -> prose::Text<'_> {
        prose::Text {
            text: self.whole.get(body.offset..).unwrap_or_default(),
            file: body.file,
            whole: &self.whole,
            offset: body.offset,
        }
    }
}

/// What only one of two lists holds, as fields.
fn listed(field: &str, old: &[String], new: &[String]) -> Vec<Field> {
    let gone: Vec<&String> = old.iter().filter(|one| !new.contains(one)).collect();
    let come: Vec<&String> = new.iter().filter(|one| !old.contains(one)).collect();
    let count = gone.len().max(come.len());
    let text = |list: &[&String], at: usize| list.get(at).map(|text| text.trim().to_owned()).unwrap_or_default();
    (0..count).map(|at| Field { field: field.to_owned(), old: text(&gone, at), new: text(&come, at) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::sample::{Sample, site_with};

    const LONG: &str = "一句。\n\n二句。\n\n三句。\n\n四句。\n";

    fn report(period: &str, kind: &str, body: &str) -> String {
        format!("+++\ntitle = \"报告\"\nregion = \"429006\"\nperiod = \"{period}\"\nkind = \"{kind}\"\n+++\n{body}")
    }

    fn site(files: &[(&str, String)]) -> Sample {
        let files: Vec<_> = files.iter().map(|(path, text)| ((*path).to_owned(), text.clone())).collect();
        site_with(&files)
    }

    /// What became of documents, a word each.
    #[track_caller]
    fn check(old: &[(&str, String)], new: &[(&str, String)], expected: &str) {
        let (old, new) = (site(old), site(new));
        fn side(sample: &Sample) -> Side<'_> {
            Side { site: &sample.site, sources: &sample.sources, content: "content/", has_files: true }
        }
        let (old, new) = (side(&old), side(&new));
        let told = |one: DocumentChange| {
            let from = one.old_path.map(|path| format!("{path}>")).unwrap_or_default();
            let fields: Vec<_> =
                one.fields.iter().map(|one| format!(" {}:{}>{}", one.field, one.old, one.new)).collect();
            format!("{:?} {from}{}{} {}", one.change, one.path, fields.concat(), one.prose.len())
        };
        let told: Vec<String> = compare(old, new, &Pairs::of(old, new)).into_iter().map(told).collect();
        assert_eq!(told.join(", "), expected);
    }

    #[test]
    fn renamed_reports_are_found_again() {
        let plan = || report("2021", "plan", LONG);
        check(&[("a.md", plan())], &[("a.md", plan())], "");
        // By what it is about, whatever it says.
        check(&[("a.md", plan())], &[("b.md", report("2021", "plan", "别的。"))], "Renamed a.md>b.md 1");
        check(&[("a.md", plan())], &[("x/a.md", plan())], "Moved a.md>x/a.md 0");
        // By likeness, though it is about another year.
        let like = report("2022", "plan", &LONG.replace("四", "五"));
        check(&[("a.md", plan())], &[("b.md", like)], "Renamed a.md>b.md period:2021>2022 1");
        let other = report("2022", "summary", "全不一样。");
        check(&[("a.md", plan())], &[("b.md", other)], "Added b.md 0, Removed a.md 0");
    }

    #[test]
    fn front_matter_is_told_key_by_key() {
        let head = |more: &str| report("2021", "plan", LONG).replace("+++\n一", &format!("{more}+++\n一"));
        let (old, new) = (head("topics = [\"甲\", \"乙\"]\n"), head("topics = [\"甲\"]\ndraft = false\n"));
        check(&[("a.md", old)], &[("a.md", new)], "Changed a.md topics:甲, 乙>甲 draft:>false 0");
        let chart = |kind: &str| format!("{LONG}```chart\nkind = \"{kind}\"\nindicators = [\"rate\"]\n```\n");
        let (old, new) = (report("2021", "plan", &chart("trend")), report("2021", "plan", &chart("grid")));
        let fence = |kind: &str| format!("```chart\nkind = \"{kind}\"\nindicators = [\"rate\"]\n```");
        let expected = format!("Changed a.md chart:{}>{} 0", fence("trend"), fence("grid"));
        check(&[("a.md", old.clone())], &[("a.md", new)], &expected);
        // Line ends are no change.
        check(&[("a.md", old.clone())], &[("a.md", old.replace('\n', "\r\n"))], "");
    }
}
