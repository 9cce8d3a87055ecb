//! What is published against what a site says now. In go a site and the version `[check] published` names, out come the
//! figures that changed or vanished since without an entry in the ledger, each with the entry to write.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::indicator::{Indicator, IndicatorId};
use crate::quantity::Quantity;
use crate::region::RegionId;
use crate::revision::{Aspect, Place, Revision, RevisionKind, same_value, wording};
use crate::site::{Observation, Site, Visibility};
use crate::source::Span;
use crate::version::{Fault, Version};

/// A published figure that is another now, or gone, without an entry.
#[derive(Clone, Debug)]
pub struct Unrecorded {
    /// What it is about.
    pub place: Place,
    /// What it was.
    pub old: Arc<Quantity>,
    /// What it is; none when no report states it any more.
    pub new: Option<Arc<Quantity>>,
    /// Where it stands now; for one that is gone its report, if that is still there.
    pub span: Option<Span>,
}

/// An indicator or region that had published figures and that the site no longer knows.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Gone {
    /// An indicator by its id.
    Indicator(String),
    /// A region by its code.
    Region(String),
}

/// What changed since a version was published.
#[derive(Clone, Default, Debug)]
pub struct Changes {
    /// The figures without an entry, in order of indicator, region and period.
    pub unrecorded: Vec<Unrecorded>,
    /// What figures went with, and how many.
    pub gone: BTreeMap<Gone, usize>,
}

/// Reports what changed since `base` was published without an entry, or that `base` cannot be read. `named_at` is where
/// the author names it.
pub fn gate(
    root: &Path,
    site: &Site,
    (base, named_at): (&str, Option<Span>),
    today: Date,
    found: &mut Vec<Diagnostic>,
) {
    let place = |code, span: Option<Span>| match span.or(named_at) {
        Some(span) => Diagnostic::error(code, span),
        None => Diagnostic::global(code),
    };
    let changes = match read(root, base, today) {
        Ok(former) => compare(site, &former),
        Err(fault) => return found.push(unreadable(place("revision-base", None), base, &fault)),
    };
    for one in &changes.unrecorded {
        let lost = place("revision-unrecorded", one.span)
            .arg("indicator", &site.indicators.get(one.place.indicator).name)
            .arg("region", &site.regions.get(one.place.region).name)
            .arg("period", one.place.period)
            .arg("old", one.old.as_written())
            .arg("new", wording(one.new.as_deref()))
            .arg("entry", entry(site, one, RevisionKind::Correction, "", today));
        found.push(lost);
    }
    for (gone, count) in &changes.gone {
        let (id, file) = match gone {
            Gone::Indicator(id) => (id, "indicators.toml"),
            Gone::Region(id) => (id, "regions.toml"),
        };
        found.push(place("revision-gone", None).arg("id", id).arg("file", file).arg("count", count));
    }
}

/// Why a base cannot be read.
#[derive(Debug)]
pub enum Unreadable {
    /// There is no such version.
    Fault(Fault),
    /// The disk said no.
    Machine(crate::error::Error),
    /// Its settings or indicators cannot be read.
    Broken,
    /// It is the site itself, or where the site is built to: nothing could ever differ.
    Own,
}

/// The site that was published, as readers see it today. A folder is looked for below the site's folder, else from the
/// current one; a git revision comes last.
pub fn read(root: &Path, base: &str, today: Date) -> Result<Site, Unreadable> {
    let below = root.join(base);
    let is =
        |folder: &str| below.canonicalize().is_ok_and(|it| root.join(folder).canonicalize().is_ok_and(|own| own == it));
    if ["", "content", "public"].into_iter().any(is) {
        return Err(Unreadable::Own);
    }
    let own = (!base.is_empty() && below.is_dir()).then(|| Version::open(root, &below.to_string_lossy()));
    let version = match own {
        Some(Ok(version)) => version,
        _ => Version::open(root, base).map_err(Unreadable::Fault)?,
    };
    let loaded = version.load(Visibility { today, drafts: false }).map_err(Unreadable::Machine)?;
    loaded.site.ok_or(Unreadable::Broken)
}

/// Adds which base it is and why it cannot be read.
pub fn unreadable(diagnostic: Diagnostic, base: &str, why: &Unreadable) -> Diagnostic {
    let named = diagnostic.arg("base", base);
    let fault = match why {
        Unreadable::Fault(fault) => fault,
        Unreadable::Machine(error) => return named.arg("reason", error),
        Unreadable::Broken => return named.arg("reason", "base-broken"),
        Unreadable::Own => return named.arg("reason", "base-own"),
    };
    match fault {
        Fault::NoGit => named.arg("reason", "base-no-git"),
        Fault::NoRepository(_) => named.arg("reason", "base-no-repository"),
        // `v1..main` is how git writes two of them.
        Fault::Unknown(name, _) if name.contains("..") => {
            let one = name.split("..").map(|one| one.trim_start_matches('.')).find(|one| !one.is_empty());
            let two = named.arg("reason", "base-two");
            one.into_iter().fold(two, |two, one| two.arg("suggestion", one))
        }
        Fault::Unknown(_, near) => {
            let unknown = named.arg("reason", "base-unknown");
            if near.is_empty() { unknown } else { unknown.arg("suggestion", near.join(", ")) }
        }
        Fault::Shallow(_) => named.arg("reason", "base-shallow"),
        Fault::NotInRevision { .. } => named.arg("reason", "base-not-in-revision"),
        Fault::NoSite(_) => named.arg("reason", "base-no-site"),
        Fault::BadData(_, words) => named.arg("reason", words),
        Fault::Git(words) => named.arg("reason", words.lines().next().unwrap_or_default()),
        Fault::Machine(error) => named.arg("reason", error),
    }
}

/// What changed since a former version of a site without an entry.
pub fn compare(site: &Site, former: &Site) -> Changes {
    let now: BTreeMap<Place, &Observation> =
        site.observations().iter().filter_map(|one| Some((one.place()?, one))).collect();
    let mut changes = Changes::default();
    for one in former.observations() {
        let (Some(was), Some(old)) = (one.place(), &one.quantity) else { continue };
        let place = match moved(site, former, was) {
            Ok(place) => place,
            Err(gone) => {
                *changes.gone.entry(gone).or_default() += 1;
                continue;
            }
        };
        let current = now.get(&place);
        let new = current.and_then(|one| one.quantity.clone());
        let unit = &site.indicators.get(place.indicator).unit;
        if same_value(Some(old), new.as_deref(), unit) || is_recorded(site, place, old, new.as_deref()) {
            continue;
        }
        let span = current.map(|one| one.span).or_else(|| report_of(site, place));
        changes.unrecorded.push(Unrecorded { place, old: old.clone(), new, span });
    }
    changes.unrecorded.sort_by_key(|one| one.place);
    changes
}

/// Whether entries lead from one figure to the other. That entries follow on each other is seen to where the site is put
/// together.
fn is_recorded(site: &Site, place: Place, old: &Quantity, new: Option<&Quantity>) -> bool {
    let unit = &site.indicators.get(place.indicator).unit;
    let mut entries = site.revisions_at(place).peekable();
    let ends = entries.peek().is_some_and(|newest| same_value(newest.new.as_deref(), new, unit));
    ends && entries.any(|entry| same_value(entry.old.as_deref(), Some(old), unit))
}

/// The place of a former version in the site as it is: indicators go by id, name or alias, regions by present and former
/// code.
fn moved(site: &Site, former: &Site, was: Place) -> Result<Place, Gone> {
    let indicator = former.indicators.get(was.indicator);
    let region = &former.regions.get(was.region).code;
    let indicator = find_indicator(site, indicator).ok_or_else(|| Gone::Indicator(indicator.id.to_string()))?;
    let region = find_region(site, region).ok_or_else(|| Gone::Region(region.to_string()))?;
    Ok(Place { indicator, region, ..was })
}

fn find_indicator(site: &Site, former: &Indicator) -> Option<IndicatorId> {
    let is_named = |one: &Indicator, name: &str| *one.name == *name || one.aliases.iter().any(|alias| alias == name);
    let by_name = || {
        let renamed = |one: &&(IndicatorId, &Indicator)| is_named(one.1, &former.name) || is_named(one.1, &former.id);
        site.indicators.iter().collect::<Vec<_>>().iter().find(renamed).map(|(id, _)| *id)
    };
    site.indicators.find(&former.id).or_else(by_name)
}

fn find_region(site: &Site, code: &str) -> Option<RegionId> {
    site.regions.find(code).or_else(|| site.regions.former(code).map(|former| former.now))
}

/// The newest entry of a figure, if entries led there from what was published; a further one goes on from it.
fn recorded<'a>(site: &'a Site, place: Place, old: &Quantity) -> Option<&'a Revision> {
    let unit = &site.indicators.get(place.indicator).unit;
    let starts = site.revisions_at(place).any(|entry| same_value(entry.old.as_deref(), Some(old), unit));
    site.revisions_at(place).next().filter(|_| starts)
}

/// Where the report of a figure's region and period starts.
fn report_of(site: &Site, place: Place) -> Option<Span> {
    let mut reports = site.reports_of(place.region);
    reports.find(|(_, report)| report.period == place.period).map(|(_, report)| report.span)
}

/// The entry to write for a figure, without a line end behind it.
pub fn entry(site: &Site, one: &Unrecorded, kind: RevisionKind, reason: &str, date: Date) -> String {
    let Unrecorded { place, old, new, .. } = one;
    let last = recorded(site, *place, old);
    let old = last.map_or(Some(&**old), |last| last.new.as_deref());
    let role = if place.aspect == Aspect::Target { "role = \"target\"\n" } else { "" };
    format!(
        "[[revision]]\nindicator = {}\nregion = {}\nperiod = {}\n{role}old = {}\nnew = {}\nkind = {}\nreason = {}\ndate = {date}",
        quoted(&site.indicators.get(place.indicator).id),
        quoted(&site.regions.get(place.region).code),
        quoted(&place.period.to_string()),
        quoted(wording(old)),
        quoted(wording(new.as_deref())),
        quoted(kind.id()),
        quoted(reason),
    )
}

/// A TOML string of one line.
fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::sample::{site_of, site_with};

    /// What changed between two reports of 2021, as `indicator old new`.
    fn check(before: &str, now: &str, expected: &str) {
        let before = site_of(&format!("429006 2021 | {before}"));
        let now = site_of(&format!("429006 2021 | {now}"));
        let changes = compare(&now.site, &before.site);
        let told = changes.unrecorded.iter().map(|one| {
            let id = &now.site.indicators.get(one.place.indicator).id;
            format!("{id} {} {}", one.old.as_written(), wording(one.new.as_deref()))
        });
        assert_eq!(told.collect::<Vec<_>>().join(", "), expected);
    }

    #[test]
    fn values_count_and_wordings_do_not() {
        check("rate = \"5.4‰\"", "rate = \"0.540%\"", "");
        check("rate = \"5.4‰\"", "rate = \"5.5‰\"", "rate 5.4‰ 5.5‰");
        check("rate = \"5.4‰\"", "share = \"5%\"", "rate 5.4‰ withdrawn");
        check("rate = \"5.4‰\"", "rate = { missing = \"pending\" }", "rate 5.4‰ withdrawn");
        check("rate = { missing = \"pending\" }", "rate = \"5.4‰\"", "");
        check("share = { target = \"≥85%\" }", "share = { target = \"85%以上\" }", "");
        check("share = { target = \"≥85%\" }", "share = { target = \"≥80%\" }", "share ≥85% ≥80%");
        check(
            "people = \"20万人\" | task = \"10万人\"",
            "people = \"20万人\" | task = \"20万人\"",
            "task 10万人 20万人",
        );
    }

    #[test]
    fn indicators_may_be_renamed_and_may_go() {
        let site = |id: &str, aliases: &str| {
            let report = format!(
                "+++\ntitle = \"报告\"\nregion = \"429006\"\nperiod = \"2021\"\n[metrics]\n{id} = \"1个\"\n+++\n"
            );
            let indicators = format!("[{id}]\nname = \"{id}\"\nunit = \"个\"\naliases = [{aliases}]\n");
            site_with(&[("a.md".to_owned(), report), ("indicators.toml".to_owned(), indicators)])
        };
        let former = site("old", "");
        let changes = compare(&site("new", "").site, &former.site);
        assert_eq!(changes.gone, BTreeMap::from([(Gone::Indicator("old".to_owned()), 1)]));
        let changes = compare(&site("new", "\"old\"").site, &former.site);
        assert!(changes.gone.is_empty() && changes.unrecorded.is_empty(), "{changes:?}");
    }

    #[test]
    fn strings_are_quoted() {
        assert_eq!(quoted("\"a\\\n"), "\"\\\"a\\\\ \"");
    }
}
