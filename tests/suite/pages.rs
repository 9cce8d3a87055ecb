//! What every page of the built example site must keep: links lead somewhere, ids and titles are unique, nothing inline runs;
//! and what programs read (feed, sitemap, observations) is well-formed and agrees.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use scraper::{Html, Node, Selector};

use crate::{example, tree};

/// What the checks need of a page.
struct Page {
    title: String,
    headings: usize,
    redirect: bool,
    ids: Vec<String>,
    /// Attribute and address of everything that points somewhere.
    addresses: Vec<(String, String)>,
    /// Scripts, styles and handlers inside the page.
    inline: Vec<String>,
}

/// All pages by path below the output folder.
fn pages() -> &'static BTreeMap<String, Page> {
    static PAGES: OnceLock<BTreeMap<String, Page>> = OnceLock::new();
    PAGES.get_or_init(|| {
        let paths = tree::files(example::built()).into_iter().filter(|path| path.ends_with(".html"));
        paths.map(|path| (path.clone(), read(&example::text(&path)))).collect()
    })
}

fn read(text: &str) -> Page {
    let html = Html::parse_document(text);
    let select = |what: &str| Selector::parse(what).expect("a selector");
    let mut page = Page {
        title: html.select(&select("head > title")).flat_map(|title| title.text()).collect(),
        headings: html.select(&select("h1")).count(),
        redirect: html.select(&select("meta[http-equiv=refresh i]")).next().is_some(),
        ids: Vec::new(),
        addresses: Vec::new(),
        inline: Vec::new(),
    };
    for node in html.tree.nodes() {
        let Node::Element(element) = node.value() else { continue };
        let name = element.name();
        let data = matches!(element.attr("type"), Some("application/json" | "application/ld+json"));
        if name == "style" || name == "script" && element.attr("src").is_none() && !data {
            page.inline.push(format!("<{name}>"));
        }
        for (attribute, value) in element.attrs() {
            match attribute {
                "id" => page.ids.push(value.to_owned()),
                "href" | "src" | "poster" | "action" | "data" => {
                    page.addresses.push((attribute.to_owned(), value.to_owned()))
                }
                "srcset" => page.inline.push("srcset (not read by this test)".to_owned()),
                "content" if element.attr("http-equiv").is_some_and(|what| what.eq_ignore_ascii_case("refresh")) => {
                    let (_, url) = value.split_once("url=").unwrap_or_default();
                    page.addresses.push(("refresh".to_owned(), url.to_owned()));
                }
                "style" => page.inline.push(format!("<{name} style={value:?}>")),
                handler if handler.starts_with("on") => page.inline.push(format!("<{name} {handler}>")),
                _ => {}
            }
        }
    }
    page
}

/// No page has a fault; all faults are shown.
#[track_caller]
fn check(faults: impl Fn(&str, &Page) -> Vec<String>) {
    let found = pages()
        .iter()
        .flat_map(|(path, page)| faults(path, page).into_iter().map(move |fault| format!("{path}: {fault}")));
    let found: Vec<String> = found.collect();
    assert!(pages().len() > 100, "the example site has many pages");
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found[..found.len().min(40)].join("\n"));
}

/// Where an address leads below the output folder, with its anchor; `None` outside.
fn resolve(from: &str, address: &str) -> Option<(String, String)> {
    let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    if ["http:", "https:", "mailto:", "tel:", "data:"].iter().any(|scheme| path.starts_with(scheme)) {
        return None;
    }
    if path.is_empty() {
        return Some((from.to_owned(), percent(anchor)));
    }
    let mut parts: Vec<String> = from.split('/').map(str::to_owned).collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Some((format!("(above the site) {address}"), String::new()));
                }
            }
            name => parts.push(percent(name)),
        }
    }
    Some((parts.join("/"), percent(anchor)))
}

fn percent(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).expect("addresses are UTF-8")
}

#[test]
fn every_link_leads_to_a_file_and_every_anchor_to_an_id() {
    let files: BTreeSet<String> = tree::files(example::built()).into_iter().collect();
    let base = base_url();
    let ids: BTreeMap<&String, BTreeSet<&String>> =
        pages().iter().map(|(path, page)| (path, page.ids.iter().collect())).collect();
    check(|path, page| {
        let fault = |(attribute, address): &(String, String)| {
            // An address from the server root breaks below a sub-path and on `file://`.
            // A server shows 404.html under any address: it names the site's own.
            let own = address.strip_prefix(&base).filter(|_| path == "404.html");
            let (file, anchor) = resolve(path, own.unwrap_or(address))?;
            if address.starts_with('/') || !files.contains(&file) {
                return Some(format!("{attribute} {address:?} leads to no file"));
            }
            let known = anchor.is_empty() || ids.get(&file).is_none_or(|ids| ids.contains(&anchor));
            (!known).then(|| format!("{attribute} {address:?} leads to no id"))
        };
        page.addresses.iter().filter_map(fault).collect()
    });
}

#[test]
fn ids_are_unique_in_a_page() {
    check(|_, page| {
        let mut seen = BTreeSet::new();
        page.ids.iter().filter(|id| !seen.insert(*id)).map(|id| format!("id {id:?} twice")).collect()
    });
}

#[test]
fn every_page_has_one_first_heading() {
    check(|_, page| (page.headings != 1).then(|| format!("{} h1", page.headings)).into_iter().collect());
}

#[test]
fn nothing_inline_runs_or_paints() {
    // A server shows 404.html under any address and a reviewer opens it from disk: no file can stand beside it. Charts for
    // frames carry everything with them.
    let allowed = |path: &str, what: &str| (path == "404.html" || for_frames(path)) && what == "<style>";
    check(|path, page| page.inline.iter().filter(|what| !allowed(path, what)).cloned().collect());
}

/// Whether a page is a chart for frames of other sites: not for search engines, and as often titled alike as drawn.
fn for_frames(path: &str) -> bool {
    path.starts_with("embed/")
}

#[test]
fn titles_are_unique_but_for_redirects_and_frames() {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for (path, page) in pages().iter().filter(|(path, page)| !page.redirect && !for_frames(path)) {
        first.entry(&page.title).or_insert(path);
    }
    check(|path, page| {
        let counted = !page.redirect && !for_frames(path);
        let other = first.get(page.title.as_str()).filter(|other| counted && **other != path);
        let empty = page.title.trim().is_empty().then(|| "no title".to_owned());
        other.map(|other| format!("title {:?} as {other}", page.title)).into_iter().chain(empty).collect()
    });
}

/// The texts of all elements of a name in an XML file, which must be well-formed.
fn xml(path: &str, name: &str) -> Vec<String> {
    let text = example::text(path);
    let mut reader = quick_xml::Reader::from_str(&text);
    let (mut texts, mut inside) = (Vec::new(), None);
    loop {
        use quick_xml::events::Event;
        match reader.read_event().unwrap_or_else(|error| panic!("{path} is not well-formed: {error}")) {
            Event::Eof => return texts,
            Event::Start(tag) if tag.name().as_ref() == name => inside = Some(String::new()),
            Event::End(tag) if tag.name().as_ref() == name => texts.extend(inside.take()),
            Event::Text(words) => {
                if let Some(text) = &mut inside {
                    text.push_str(&words);
                }
            }
            _ => {}
        }
    }
}

/// The address of the example site.
fn base_url() -> String {
    let settings = std::fs::read_to_string(example::root().join("content/site.toml")).expect("settings");
    let base = settings.lines().find_map(|line| line.strip_prefix("base_url = \"")?.strip_suffix('"'));
    base.expect("the example has an address").to_owned()
}

#[test]
fn the_sitemap_lists_every_page_once_and_nothing_else() {
    let base = base_url();
    let locations = xml("sitemap.xml", "loc");
    let listed: Vec<String> = locations
        .iter()
        .map(|loc| percent(loc.strip_prefix(&base).unwrap_or_else(|| panic!("{loc} is not below {base}"))))
        .collect();
    let listed_at_all = |path: &str| path != "404.html" && !for_frames(path) && !path.ends_with("/proof.html");
    let expected: Vec<&String> =
        pages().iter().filter(|(path, page)| !page.redirect && listed_at_all(path)).map(|(path, _)| path).collect();
    let mut sorted: Vec<&String> = listed.iter().collect();
    sorted.sort();
    assert_eq!(sorted, expected);
}

#[test]
fn the_feed_is_well_formed_and_has_entries() {
    let ids = xml("feed.xml", "id");
    assert!(ids.len() > 1, "the feed itself and its entries");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "ids of entries are unique");
}

#[test]
fn observations_agree_in_csv_and_json() {
    let text = example::text("data/observations.csv");
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark, for spreadsheets");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let expected = "INDICATOR,INDICATOR_NAME,REF_AREA,REF_AREA_NAME,TIME_PERIOD,ROLE,BOUND,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,\
                    AS_WRITTEN,OBS_STATUS,REPORT,NOTE";
    assert_eq!(header.join(","), expected);
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    let json: serde_json::Value = serde_json::from_str(&example::text("data/observations.json")).expect("JSON");
    let list = json.as_array().or_else(|| json["observations"].as_array()).expect("a list of observations");
    assert_eq!(rows.len(), list.len());
    assert!(rows.len() > 500, "the example has many figures");
    for (row, object) in rows.iter().zip(list) {
        for (name, cell) in header.iter().zip(row) {
            let value = &object[name];
            let value = value
                .as_str()
                .map_or_else(|| if value.is_null() { String::new() } else { value.to_string() }, str::to_owned);
            assert_eq!(&value, cell, "{name} in {row:?}");
        }
    }
    let report = header.iter().position(|name| name == "REPORT").expect("a column");
    for row in &rows {
        let path = row[report].strip_prefix(&base_url()).map(percent);
        assert!(path.is_some_and(|path| pages().contains_key(&path)), "{} is no page", row[report]);
    }
}
