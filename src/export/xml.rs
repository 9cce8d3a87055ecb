//! The Atom feed, sitemap.xml and robots.txt. The feed and the sitemap need the site's address; without `base_url` their
//! links are relative, which readers of a folder can still follow.

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::plan::{PageKind, Plan, escape};
use crate::revision::{Aspect, Revision, shown};
use crate::site::Site;

/// Entries in the feed.
const ENTRIES: usize = 50;

fn address(site: &Site, path: &str) -> String {
    let path = path.split('/').map(escape).collect::<Vec<_>>().join("/");
    format!("{}{path}", site.config.base_url)
}

fn document(
    root: &str,
    attributes: &[(&str, &str)],
    write: impl FnOnce(&mut Writer<Vec<u8>>) -> std::io::Result<()>,
) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    let written = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None))).and_then(|()| {
        let element = writer.create_element(root).with_attributes(attributes.iter().copied());
        element.write_inner_content(write).map(|_| ())
    });
    written.expect("writing to memory does not fail");
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    bytes
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, words: &str) -> std::io::Result<()> {
    let words: String = words.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    writer.create_element(name).write_text_content(BytesText::new(&words)).map(|_| ())
}

pub(super) fn feed(site: &Site, plan: &Plan) -> Vec<u8> {
    let mut reports: Vec<_> = site.reports().filter(|(_, report)| report.date.is_some()).collect();
    reports.sort_by(|(a_id, a), (b_id, b)| b.date.cmp(&a.date).then(a_id.cmp(b_id)));
    reports.truncate(ENTRIES);
    let newest = reports.first().and_then(|(_, report)| report.date);
    let home = if site.config.base_url.is_empty() { "urn:nianbao:site" } else { &site.config.base_url };
    let channel = Channel { title: &site.config.title, id: home, file: "feed.xml", page: "index.html", newest };
    channel.document(site, |writer| {
        for (id, report) in &reports {
            let path = plan.page_path(&PageKind::Report(*id)).map(|path| path.to_string()).unwrap_or_default();
            let link = address(site, &path);
            let urn = format!("urn:nianbao:{path}");
            writer.create_element("entry").write_inner_content(|writer| {
                text(writer, "title", &report.title)?;
                text(writer, "id", if site.config.base_url.is_empty() { &urn } else { &link })?;
                text(writer, "updated", &day(report.date))?;
                writer.create_element("link").with_attributes([("href", link.as_str())]).write_empty()?;
                if !report.summary.is_empty() {
                    text(writer, "summary", &report.summary)?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })
}

/// A feed without its entries.
struct Channel<'a> {
    title: &'a str,
    id: &'a str,
    /// The path of the feed.
    file: &'a str,
    /// The path of the page it goes with.
    page: &'a str,
    newest: Option<Date>,
}

impl Channel<'_> {
    fn document(&self, site: &Site, entries: impl FnOnce(&mut Writer<Vec<u8>>) -> std::io::Result<()>) -> Vec<u8> {
        let author = if site.config.publisher.is_empty() { &site.config.title } else { &site.config.publisher };
        let language = site.config.language.tag();
        document("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", language)], |writer| {
            text(writer, "title", self.title)?;
            text(writer, "id", self.id)?;
            text(writer, "updated", &day(Some(self.newest.unwrap_or(jiff::civil::date(2000, 1, 1)))))?;
            writer.create_element("author").write_inner_content(|writer| text(writer, "name", author))?;
            let own = address(site, self.file);
            writer.create_element("link").with_attributes([("rel", "self"), ("href", own.as_str())]).write_empty()?;
            let page = address(site, self.page);
            writer.create_element("link").with_attributes([("href", page.as_str())]).write_empty()?;
            entries(writer)
        })
    }
}

/// Midnight in China.
fn day(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| format!("{date}T00:00:00+08:00"))
}

pub(super) fn sitemap(site: &Site, plan: &Plan) -> Vec<u8> {
    let pages = plan.pages().iter().filter(|(_, kind)| {
        !matches!(kind, PageKind::NotFound | PageKind::Redirect(_) | PageKind::Embed(_) | PageKind::Proof(_))
    });
    document("urlset", &[("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")], |writer| {
        for (path, kind) in pages {
            let changed = match kind {
                PageKind::Report(id) => site.report(*id).date,
                _ => None,
            };
            writer.create_element("url").write_inner_content(|writer| {
                text(writer, "loc", &address(site, path))?;
                match changed {
                    Some(date) => text(writer, "lastmod", &date.to_string()),
                    None => Ok(()),
                }
            })?;
        }
        Ok(())
    })
}

pub(super) fn robots(site: &Site, _plan: &Plan) -> Vec<u8> {
    let sitemap = match site.config.base_url.as_str() {
        "" => String::new(),
        base => format!("Sitemap: {base}sitemap.xml\n"),
    };
    format!("User-agent: *\nAllow: /\n{sitemap}").into_bytes()
}

/// The feed of revisions, newest first.
pub(super) fn revisions(site: &Site, plan: &Plan) -> Vec<u8> {
    let entries = &site.revisions()[..site.revisions().len().min(ENTRIES)];
    let zh = site.config.language.is_chinese();
    let path = plan.page_path(&PageKind::Revisions).map(|path| path.to_string()).unwrap_or_default();
    let page = address(site, &path);
    let title = format!("{} - {}", if zh { "修订与更正" } else { "Revisions and corrections" }, site.config.title);
    let newest = entries.first().map(|one| one.date);
    let id = if site.config.base_url.is_empty() { "urn:nianbao:revisions" } else { page.as_str() };
    let channel = Channel { title: &title, id, file: "revisions.xml", page: &path, newest };
    channel.document(site, |writer| {
        for one in entries {
            entry(writer, &Revised { site, page: &page, zh }, one)?;
        }
        Ok(())
    })
}

/// What an entry of the feed of revisions is written with.
struct Revised<'a> {
    site: &'a Site,
    page: &'a str,
    zh: bool,
}

fn entry(writer: &mut Writer<Vec<u8>>, with: &Revised<'_>, one: &Revision) -> std::io::Result<()> {
    let Revised { site, page, zh } = with;
    let anchor = one.anchor(&site.indicators, &site.regions);
    let link = format!("{page}#{anchor}");
    let urn = format!("urn:nianbao:revisions#{anchor}");
    let written = writer.create_element("entry").write_inner_content(|writer| {
        text(writer, "title", &headline(site, one, *zh))?;
        text(writer, "id", if site.config.base_url.is_empty() { &urn } else { &link })?;
        text(writer, "updated", &day(Some(one.date)))?;
        writer.create_element("link").with_attributes([("href", link.as_str())]).write_empty()?;
        let mut words = vec![one.reason.as_str(), one.notice.as_str()];
        words.retain(|words| !words.is_empty());
        text(writer, "summary", &words.join(if *zh { " " } else { "; " }))
    });
    written.map(|_| ())
}

/// `更正：天门市2021年床位数：731张 → 713张`.
fn headline(site: &Site, one: &Revision, zh: bool) -> String {
    let (indicator, region) = (site.indicators.get(one.place.indicator), &site.regions.get(one.place.region).name);
    let period = one.place.period.label(zh);
    let (old, new) = (shown(one.old.as_deref(), zh), shown(one.new.as_deref(), zh));
    let kind = one.kind.label(zh);
    match (zh, one.place.aspect) {
        (true, Aspect::Value) => format!("{kind}：{region}{period}{}：{old} → {new}", indicator.name),
        (true, Aspect::Target) => format!("{kind}：{region}{period}{}目标：{old} → {new}", indicator.name),
        (false, aspect) => {
            let name = if indicator.name_en.is_empty() { &*indicator.name } else { &indicator.name_en };
            let target = if aspect == Aspect::Target { " (target)" } else { "" };
            format!("{kind}: {region}, {period}, {name}{target}: {old} → {new}")
        }
    }
}
