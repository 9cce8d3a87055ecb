//! From site and plan to pages: a view for each page, then bytes through the theme. A page is a pure function of its view.

mod body;
mod changes;
mod charts;
mod compare;
mod data;
mod embed;
mod figures;
mod home;
mod indicators;
mod json_ld;
mod lists;
mod progress;
mod proof;
mod regions;
mod reports;
pub mod reviewed;
mod revisions;
mod scene;
mod spark;
mod standing;
pub mod view;
pub(crate) mod words;
mod years;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::error::Result;
use crate::load::read_body;
use crate::passage;
use crate::plan::{FileKind, PageKind, Plan};
use crate::prose::{Proof, Reader};
use crate::render::scene::Scene;
use crate::render::view::{Body, GovView, Link, Page, Part, SiteView};
use crate::report::Report;
use crate::site::reads::{self, Cell};
use crate::site::{ReportId, Site};
use crate::source::Sources;
use crate::theme::Theme;

/// What every page view is made from.
pub struct Studio<'a> {
    /// The site.
    pub site: &'a Site,
    /// The plan.
    pub plan: &'a Plan,
    /// The files, to read texts again.
    pub sources: &'a Sources,
    unit_names: Arc<Vec<String>>,
    reader: Reader<'a>,
    proved: Mutex<BTreeMap<ReportId, Proved>>,
    /// Whether figures of texts get names, for a reviewer's panel to point at.
    named: bool,
}

/// A text with its proof, and the cells of the site that were read for it.
type Proved = (Arc<(String, Proof)>, Vec<Cell>);

/// Most proofs kept for a second page; a report and its proof sheet are made one after the other.
const PROVED: usize = 64;

impl<'a> Studio<'a> {
    /// Makes views of a planned site.
    pub fn new(site: &'a Site, plan: &'a Plan, sources: &'a Sources) -> Studio<'a> {
        let names = site.units.names().into_iter().map(str::to_owned).filter(|name| name != "年" && name != "天");
        let unit_names = Arc::new(names.collect());
        Studio { site, plan, sources, unit_names, reader: Reader::new(site), proved: Mutex::default(), named: false }
    }

    /// The same for pages with a reviewer's panel, which points at figures of texts.
    pub fn for_review(self) -> Studio<'a> {
        Studio { named: true, ..self }
    }

    /// The view of a page. A text that changed on disk since it was loaded is an error of kind `InvalidData`.
    pub fn page(&self, path: &str, kind: &PageKind) -> Result<Page> {
        let scene = self.scene(path);
        match kind {
            PageKind::Home => home::page(self, &scene),
            PageKind::Report(id) => reports::page(self, &scene, *id),
            PageKind::Regions => Ok(regions::tree_page(&scene)),
            PageKind::Region(id) => Ok(regions::page(&scene, *id)),
            PageKind::Indicators => Ok(indicators::list_page(&scene)),
            PageKind::Indicator(id) => Ok(indicators::page(&scene, *id)),
            PageKind::IndicatorChildren(id, parent) => Ok(indicators::children_page(&scene, *id, *parent)),
            PageKind::Years => Ok(years::list_page(&scene)),
            PageKind::Year(period) => Ok(years::page(&scene, *period)),
            PageKind::YearChildren(period, parent) => Ok(years::children_page(&scene, *period, *parent)),
            PageKind::Progress => Ok(progress::page(&scene)),
            PageKind::ProgressChildren(parent) => Ok(progress::children_page(&scene, *parent)),
            PageKind::Compare => Ok(compare::page(&scene)),
            PageKind::Data => Ok(data::page(&scene)),
            PageKind::Free(at) => lists::free_page(self, &scene, *at),
            PageKind::Revisions => Ok(revisions::page(&scene)),
            PageKind::Sitemap => Ok(lists::sitemap_page(&scene)),
            PageKind::NotFound => Ok(lists::not_found_page(&scene)),
            PageKind::Redirect(target) => Ok(lists::redirect_page(&scene, target)),
            PageKind::Embed(at) => Ok(embed::page(&scene, *at)),
            PageKind::Proof(id) => proof::page(self, &scene, *id),
        }
    }

    /// The bytes of a chart's file; `None` for other files.
    pub fn chart_file(&self, path: &str, kind: &FileKind) -> Option<Vec<u8>> {
        let scene = self.scene(path);
        match kind {
            FileKind::ChartSvg(at) => Some(embed::svg(&scene, *at)),
            FileKind::ChartCsv(at) => Some(embed::csv(&scene, *at)),
            _ => None,
        }
    }

    fn scene<'b>(&'b self, path: &'b str) -> Scene<'b> {
        let zh = self.site.config.language.is_chinese();
        Scene { site: self.site, plan: self.plan, path, zh, unit_names: self.unit_names.clone() }
    }

    /// The text of a report with its charts, its figures leading to their indicators.
    fn report_text(&self, scene: &Scene<'_>, id: ReportId, report: &Report) -> Result<Vec<Part>> {
        let proved = self.proof(id, report)?;
        let (text, proof) = &*proved;
        let mut marks = proof::marks(scene, report, proof);
        if self.named {
            reviewed::name(&mut marks, report, proof, scene.zh);
        }
        Ok(self.parts(scene, (&report.path, text), &report.body, Some(report.region), &marks))
    }

    /// The text of a report, proved against its figures; kept for the other of the two pages that ask.
    fn proof(&self, id: ReportId, report: &Report) -> Result<Arc<(String, Proof)>> {
        let kept = || self.proved.lock().expect("no thread panics while it holds the proofs");
        let former = kept().remove(&id);
        let (proved, cells) = match former {
            Some(former) => former,
            None => {
                let prove = || {
                    let text = self.read(&report.body)?;
                    let passages = passage::read(&text, report.body.file, report.body.offset);
                    let proof = self.reader.read(report, &passages);
                    Ok(Arc::new((text, proof)))
                };
                let (proved, cells) = reads::record(prove);
                let made = (proved?, cells);
                let mut kept = kept();
                if kept.len() < PROVED {
                    kept.insert(id, made.clone());
                }
                made
            }
        };
        cells.into_iter().for_each(reads::note);
        Ok(proved)
    }

    /// The text of a page with its charts.
    fn text(&self, scene: &Scene<'_>, source_path: &str, document: &crate::report::Body) -> Result<Vec<Part>> {
        let text = self.read(document)?;
        Ok(self.parts(scene, (source_path, &text), document, None, &[]))
    }

    fn read(&self, document: &crate::report::Body) -> Result<String> {
        let text = read_body(self.sources, document)?;
        text.ok_or_else(|| {
            let path = self.sources.path(document.file).cloned().unwrap_or_default();
            let cause =
                std::io::Error::new(std::io::ErrorKind::InvalidData, "the file changed while the site was built");
            crate::error::Error::new(crate::error::Action::Read, &path, cause)
        })
    }

    fn parts(
        &self,
        scene: &Scene<'_>,
        (source_path, text): (&str, &str),
        document: &crate::report::Body,
        own: Option<crate::region::RegionId>,
        marks: &[proof::Mark],
    ) -> Vec<Part> {
        let drawn = document.outline.charts.iter().filter_map(|fence| {
            let id = crate::plan::fence_anchor(fence.index);
            Some((fence.index, charts::shown(scene, id, &fence.request.owned_by(own))?))
        });
        body::parts(scene, source_path, (text, marks), drawn.collect())
    }
}

/// The view of the whole site, the same for all pages.
pub fn site_view(site: &Site, plan: &Plan, theme: &Theme) -> SiteView {
    let config = &site.config;
    let zh = config.language.is_chinese();
    let usual = [
        ("index.html", "首页", "Home"),
        ("regions/index.html", "地区", "Regions"),
        ("indicators/index.html", "指标", "Indicators"),
        ("years/index.html", "时期", "Periods"),
        ("progress/index.html", "目标进展", "Progress"),
        ("compare/index.html", "比较", "Compare"),
        ("data/index.html", "数据", "Data"),
    ];
    let link = |name: &str, url: String| Link { name: name.to_owned(), url, ..Link::default() };
    let menu = if config.menu.is_empty() {
        usual
            .iter()
            .map(|(url, chinese, english)| link(if zh { chinese } else { english }, (*url).to_owned()))
            .collect()
    } else {
        let target = |written: &str| {
            plan.made_from(written).map_or(written.to_owned(), |path| crate::plan::relative("index.html", path))
        };
        config.menu.iter().map(|(name, url)| link(name, target(&url.value))).collect()
    };
    SiteView {
        title: config.title.clone(),
        subtitle: config.subtitle.clone(),
        language: config.language.tag().to_owned(),
        publisher: config.publisher.clone(),
        description: config.description.clone(),
        footer: config.footer.clone(),
        base_url: config.base_url.clone(),
        menu,
        gov: config.gov.as_ref().map(gov_view),
        revisions: plan.page_path(&PageKind::Revisions).map(|path| path.to_string()).unwrap_or_default(),
        assets: theme.asset_paths.clone(),
        text: theme.text.clone(),
        generator: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

fn gov_view(gov: &crate::config::Gov) -> GovView {
    let gov = gov.clone();
    GovView {
        site_name: gov.site_name,
        site_domain: gov.site_domain,
        site_id_code: gov.site_id_code,
        column_name: gov.column_name,
        column_description: gov.column_description,
        column_keywords: gov.column_keywords,
        column_type: gov.column_type,
        sponsor: gov.sponsor,
        contact: gov.contact,
        icp: gov.icp,
        police: gov.police,
        conac_html: gov.conac_html,
        error_report_html: gov.error_report_html,
    }
}

/// What the pages of a kind share.
struct Sheet {
    template: &'static str,
    title: String,
    description: String,
    /// Chinese and English name of the column, and its ColumnType.
    column: (&'static str, &'static str, &'static str),
    breadcrumb: Vec<Link>,
}

impl Sheet {
    /// The page with its content.
    fn page(self, scene: &Scene<'_>, body: Body) -> Page {
        let base = &scene.site.config.base_url;
        let address = scene.path.split('/').map(crate::plan::escape).collect::<Vec<_>>().join("/");
        let home = scene.plan.link(scene.path, &PageKind::Home);
        let mut breadcrumb = Vec::new();
        if scene.path != "index.html" {
            let name = if scene.zh { "首页" } else { "Home" };
            breadcrumb.push(Link { name: name.to_owned(), url: home, ..Link::default() });
            breadcrumb.extend(self.breadcrumb);
        }
        let (zh, en, kind) = self.column;
        Page {
            template: self.template,
            title: self.title,
            path: scene.path.to_owned(),
            root: crate::plan::root(scene.path),
            canonical: if base.is_empty() { String::new() } else { format!("{base}{address}") },
            description: self.description,
            breadcrumb,
            column: if scene.zh { zh } else { en }.to_owned(),
            column_type: kind.to_owned(),
            has_charts: has_charts(&body),
            draft: false,
            body,
        }
    }
}

fn has_charts(body: &Body) -> bool {
    let in_parts = |parts: &[Part]| parts.iter().any(|part| part.chart.is_some());
    match body {
        Body::Home(view) => !view.charts.is_empty() || in_parts(&view.parts),
        Body::Report(view) => !view.charts.is_empty() || in_parts(&view.parts),
        Body::Region(view) => !view.charts.is_empty(),
        Body::Indicator(view) => !view.charts.is_empty(),
        Body::IndicatorChildren(view) => !view.charts.is_empty(),
        Body::Year(view) => !view.charts.is_empty(),
        Body::Free(view) => in_parts(&view.parts),
        Body::YearChildren(_) => false,
        Body::Regions(_) | Body::Indicators(_) | Body::Years(_) | Body::Progress(_) | Body::Data(_) => false,
        Body::Compare(_) => true,
        Body::Sitemap(_) | Body::NotFound(_) | Body::Redirect(_) | Body::Embed(_) | Body::Proof(_) => false,
        Body::Revisions(_) => false,
    }
}

/// A link to a fixed page.
fn section(scene: &Scene<'_>, kind: &PageKind, zh: &str, en: &str) -> Link {
    Link { name: if scene.zh { zh } else { en }.to_owned(), url: scene.plan.link(scene.path, kind), ..Link::default() }
}
