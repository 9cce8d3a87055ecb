//! What changed since another version, by the page that shows it, in words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::html::{change, marked};
use crate::diff::{Change, Difference, DocumentChange, Flip, Hunk, Place, Stated, ValueChange};
use crate::html::escape;
use crate::period::Period;
use crate::plan::{PageKind, Plan};
use crate::render::words;
use crate::report::Missing;
use crate::site::Site;

/// Changes as items of lists.
#[derive(Default)]
pub(super) struct Changes {
    by_page: BTreeMap<Arc<str>, Vec<String>>,
    /// What no page shows: settings, attachments, reports that are gone.
    pub elsewhere: Vec<String>,
}

impl Changes {
    /// Sorts a difference by pages. `content` stands before the names of the former files.
    pub(super) fn of(difference: Difference, (site, plan): (&Site, &Plan), content: &str, zh: bool) -> Changes {
        let pages = Pages::of(site, plan);
        let mut changes = Changes::default();
        for one in difference.values.iter().chain(&difference.wordings) {
            let files = [one.old.as_ref(), one.new.as_ref()].into_iter().flatten().filter_map(|side| {
                plan.made_from(side.path.strip_prefix("content/").or_else(|| side.path.strip_prefix(content))?)
            });
            changes.add(pages.showing(&one.place).chain(files), value(one, site, zh));
        }
        for one in &difference.targets {
            let report = site.reports().filter(|(_, report)| {
                *site.regions.get(report.region).code == *one.place.region
                    && report.period.to_string() == one.place.period
            });
            let report = report.filter_map(|(id, _)| plan.page_path(&PageKind::Report(id)));
            changes.add(pages.showing(&one.place).chain(report), flip(one, zh));
        }
        for one in &difference.documents {
            let page = plan.made_from(&one.path).filter(|_| one.change != Change::Removed);
            let told = document(one, zh);
            changes.add(page.into_iter(), told);
        }
        for one in &difference.settings {
            let fields = one.fields.iter().map(|field| said(&field.field, &change(&field.old, &field.new)));
            let name = if one.name == one.key { String::new() } else { format!(" {}", escape(&one.name)) };
            let head = format!("<code>{}</code> {}{name} {}", one.file, escape(&one.key), became(one.change, zh));
            changes.elsewhere.push(format!("{head}{}", fields.collect::<String>()));
        }
        changes
    }

    fn add<'a>(&mut self, pages: impl Iterator<Item = &'a Arc<str>>, told: String) {
        let pages: BTreeSet<&Arc<str>> = pages.collect();
        if pages.is_empty() {
            self.elsewhere.push(told);
            return;
        }
        for page in pages {
            self.by_page.entry(page.clone()).or_default().push(told.clone());
        }
    }

    /// What changed on a page.
    pub(super) fn on(&self, page: &str) -> &[String] {
        self.by_page.get(page).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many pages show a change.
    pub(super) fn pages(&self) -> usize {
        self.by_page.len()
    }
}

/// The pages that show figures.
struct Pages<'a> {
    regions: BTreeMap<&'a str, &'a Arc<str>>,
    indicators: BTreeMap<&'a str, &'a Arc<str>>,
    periods: BTreeMap<String, &'a Arc<str>>,
}

impl<'a> Pages<'a> {
    fn of(site: &'a Site, plan: &'a Plan) -> Pages<'a> {
        let mut pages = Pages { regions: BTreeMap::new(), indicators: BTreeMap::new(), periods: BTreeMap::new() };
        for (path, kind) in plan.pages() {
            match kind {
                PageKind::Region(id) => drop(pages.regions.insert(&site.regions.get(*id).code, path)),
                PageKind::Indicator(id) => drop(pages.indicators.insert(&site.indicators.get(*id).id, path)),
                PageKind::Year(period) => drop(pages.periods.insert(period.to_string(), path)),
                _ => {}
            }
        }
        pages
    }

    fn showing(&self, place: &Place) -> impl Iterator<Item = &'a Arc<str>> {
        let all = [
            self.regions.get(place.region.as_str()),
            self.indicators.get(place.indicator.as_str()),
            self.periods.get(&place.period),
        ];
        all.into_iter().flatten().copied()
    }
}

fn value(one: &ValueChange, site: &Site, zh: bool) -> String {
    let figure = |side: &Option<Stated>| match side {
        None => String::new(),
        Some(Stated { missing: Some(id), .. }) => missing(id, zh),
        Some(side) => side.written.clone(),
    };
    let better = one.amount.as_ref().and_then(|amount| amount.better);
    let amount = match (&one.amount, one.change) {
        (Some(amount), _) => {
            let class = match better {
                Some(true) => "better",
                Some(false) => "worse",
                None => "amount",
            };
            format!(" <b class=\"{class}\">{}</b>", escape(&amount.words))
        }
        (None, Change::Changed) => String::new(),
        (None, other) => format!(" <b class=\"amount\">{}</b>", became(other, zh)),
    };
    let fields = one.fields.iter().map(|field| said(&field.field, &change(&field.old, &field.new)));
    let at = one.new.as_ref().filter(|side| !side.path.is_empty());
    let at = at.map(|side| format!("<p class=\"place\">{}:{}</p>", escape(&side.path), side.line));
    format!(
        "{}{} {}{amount}{}{}",
        what(&one.place, site, zh),
        role(one.role, zh),
        change(&figure(&one.old), &figure(&one.new)),
        fields.collect::<String>(),
        at.unwrap_or_default()
    )
}

/// Indicator, region and period.
fn what(place: &Place, site: &Site, zh: bool) -> String {
    let name = site.indicators.find(&place.indicator).map(|id| site.indicators.get(id));
    let name = name.filter(|one| !zh && !one.name_en.is_empty()).map_or(&*place.indicator_name, |one| &one.name_en);
    let period = Period::parse(&place.period).map_or(place.period.clone(), |period| period.label(zh));
    let (region, name) = (escape(&place.region_name), escape(name));
    match zh {
        true => format!("<b>{name}</b> {region}{period}"),
        false => format!("<b>{name}</b> {region}, {period}"),
    }
}

fn role(role: &str, zh: bool) -> &'static str {
    match (role, zh) {
        ("target", true) => "目标",
        ("target", false) => " target",
        ("baseline", true) => "对照数",
        ("baseline", false) => " for comparison",
        ("derived", true) => "推算",
        ("derived", false) => " derived",
        _ => "",
    }
}

fn missing(id: &str, zh: bool) -> String {
    let all = [Missing::NotReported, Missing::NotApplicable, Missing::Suppressed, Missing::Pending];
    let known = all.into_iter().find(|one| one.id() == id);
    known.map_or(id, |one| words::missing(one, zh)).to_owned()
}

fn became(change: Change, zh: bool) -> &'static str {
    match (change, zh) {
        (Change::Changed, true) => "有改动",
        (Change::Changed, false) => "changed",
        (Change::Added, true) => "新增",
        (Change::Added, false) => "new",
        (Change::Removed, true) => "删去",
        (Change::Removed, false) => "gone",
        (Change::Status, true) => "说明变了",
        (Change::Status, false) => "told otherwise",
        (Change::Wording, true) => "只是写法不同",
        (Change::Wording, false) => "written otherwise",
        (Change::Renamed, true) => "改名",
        (Change::Renamed, false) => "renamed",
        (Change::Moved, true) => "移动",
        (Change::Moved, false) => "moved",
    }
}

/// A field with what became of it.
fn said(field: &str, change: &str) -> String {
    format!("<p><code>{}</code> {change}</p>", escape(field))
}

fn flip(one: &Flip, zh: bool) -> String {
    let state = |id: &str| match (id, zh) {
        ("met", true) => "✓ 达标",
        ("met", false) => "✓ met",
        ("missed", true) => "✗ 未达标",
        ("missed", false) => "✗ missed",
        ("due", true) => "○ 未到期",
        ("due", false) => "○ not yet due",
        ("unreported", true) => "… 未见结果",
        ("unreported", false) => "… no result reported",
        (_, true) => "– 不可比",
        (_, false) => "– not comparable",
    };
    let period = Period::parse(&one.place.period).map_or(one.place.period.clone(), |period| period.label(zh));
    let target = if zh { "目标" } else { "target" };
    format!(
        "<b>{}</b> {}{}{period} {target} {} {}<p>{}</p>",
        escape(&one.place.indicator_name),
        escape(&one.place.region_name),
        if zh { "" } else { ", " },
        escape(&one.target),
        change(state(one.old.state), state(one.new.state)),
        escape(&one.new.working)
    )
}

fn document(one: &DocumentChange, zh: bool) -> String {
    let fields = one.fields.iter().map(|field| said(&field.field, &change(&field.old, &field.new)));
    let from = one.old_path.as_ref().map(|old| format!("<p>{}</p>", change(old, &one.path))).unwrap_or_default();
    let noise = match (one.prose.is_empty() && one.fields.is_empty() && !one.formatting.is_empty(), zh) {
        (true, true) => "<p>只改了标点、空格或标题的写法</p>",
        (true, false) => "<p>only marks, blanks or headings are written otherwise</p>",
        (false, _) => "",
    };
    format!(
        "<b>{}</b> <code>content/{}</code> {}{from}{}{}{noise}",
        escape(&one.title),
        escape(&one.path),
        became(one.change, zh),
        fields.collect::<String>(),
        one.prose.iter().map(sentences).collect::<String>()
    )
}

fn sentences(hunk: &Hunk) -> String {
    let heading = match hunk.heading.is_empty() {
        true => String::new(),
        false => format!("<p class=\"place\">{}</p>", escape(&hunk.heading)),
    };
    let all = |tag: &str, texts: &[String]| {
        texts.iter().map(|text| format!("<{tag}>{}</{tag}> ", escape(text))).collect::<String>()
    };
    match (hunk.old.as_slice(), hunk.new.as_slice()) {
        ([old], [new]) => format!("{heading}<blockquote>{}</blockquote>", marked(old, new)),
        (old, new) => format!("{heading}<blockquote>{}{}</blockquote>", all("del", old), all("ins", new)),
    }
}
