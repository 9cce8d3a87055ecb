//! Free pages, the sitemap page, 404 and redirects.

use crate::error::Result;
use crate::plan::PageKind;
use crate::region::RegionId;
use crate::render::scene::Scene;
use crate::render::view::{Body, FreeView, Link, LinkGroup, NotFoundView, Page, RedirectView, SitemapView};
use crate::render::{Sheet, Studio, body, section};

pub(super) fn free_page(studio: &Studio<'_>, scene: &Scene<'_>, at: usize) -> Result<Page> {
    let page = scene.site.page(at);
    let view = FreeView {
        parts: studio.text(scene, &page.path, &page.body)?,
        toc: body::toc(&page.body.outline),
        attachments: body::attachments(scene, &page.path, &page.body),
    };
    let sheet = Sheet {
        template: "free.html",
        title: page.title.clone(),
        description: page.summary.clone(),
        column: ("说明", "About", "概况信息"),
        breadcrumb: Vec::new(),
    };
    Ok(Page { draft: page.draft, ..sheet.page(scene, Body::Free(view)) })
}

pub(super) fn sitemap_page(scene: &Scene<'_>) -> Page {
    let site = scene.site;
    let name = |zh: &str, en: &str| if scene.zh { zh } else { en }.to_owned();
    let link = |kind: &PageKind| scene.plan.link(scene.path, kind);
    let revisions = section(scene, &PageKind::Revisions, "修订与更正", "Revisions and corrections");
    let sections = [
        section(scene, &PageKind::Home, "首页", "Home"),
        section(scene, &PageKind::Progress, "目标进展", "Progress"),
        section(scene, &PageKind::Compare, "比较", "Compare"),
        section(scene, &PageKind::Data, "数据下载", "Data"),
    ];
    let free = site.pages().iter().enumerate().map(|(at, page)| Link {
        name: page.title.clone(),
        url: link(&PageKind::Free(at)),
        ..Link::default()
    });
    let mut regions: Vec<RegionId> = site.regions_with_data().into_iter().collect();
    regions.sort_by_key(|id| site.regions.get(*id).code.clone());
    let with_region = |id| {
        let report = site.report(id);
        let note = format!("{} {}", site.regions.get(report.region).name, report.period.label(scene.zh));
        Link { note, ..scene.report_link(id) }
    };
    let groups = vec![
        LinkGroup {
            name: name("栏目", "Sections"),
            url: String::new(),
            links: sections
                .into_iter()
                .chain(Some(revisions).filter(|link| !link.url.is_empty()))
                .chain(free)
                .collect(),
        },
        LinkGroup {
            name: name("地区", "Regions"),
            url: link(&PageKind::Regions),
            links: regions.into_iter().map(|id| scene.region(id)).collect(),
        },
        LinkGroup {
            name: name("指标", "Indicators"),
            url: link(&PageKind::Indicators),
            links: site.indicators.iter().map(|(id, _)| scene.indicator(id)).collect(),
        },
        LinkGroup {
            name: name("时期", "Periods"),
            url: link(&PageKind::Years),
            links: site.periods().rev().map(|period| scene.period(period)).collect(),
        },
        LinkGroup {
            name: name("报告", "Reports"),
            url: String::new(),
            links: site.reports().map(|(id, _)| with_region(id)).collect(),
        },
    ];
    let sheet = Sheet {
        template: "sitemap.html",
        title: name("站点地图", "Sitemap"),
        description: String::new(),
        column: ("站点地图", "Sitemap", "概况信息"),
        breadcrumb: Vec::new(),
    };
    let groups = groups.into_iter().filter(|group| !group.links.is_empty()).collect();
    sheet.page(scene, Body::Sitemap(SitemapView { groups }))
}

pub(super) fn not_found_page(scene: &Scene<'_>) -> Page {
    let links = vec![
        section(scene, &PageKind::Home, "首页", "Home"),
        section(scene, &PageKind::Regions, "地区", "Regions"),
        section(scene, &PageKind::Indicators, "指标", "Indicators"),
        section(scene, &PageKind::Sitemap, "站点地图", "Sitemap"),
    ];
    let sheet = Sheet {
        template: "not-found.html",
        title: if scene.zh { "找不到这个网页" } else { "Page not found" }.to_owned(),
        description: String::new(),
        column: ("", "", "概况信息"),
        breadcrumb: Vec::new(),
    };
    let mut page = sheet.page(scene, Body::NotFound(NotFoundView { links }));
    // A server shows this page under any address, so relative links would lead astray where the site's address is known.
    let base = &scene.site.config.base_url;
    if !base.is_empty() {
        page.root = base.clone();
        let absolute = |link: &mut Link| link.url = format!("{base}{}", link.url);
        page.breadcrumb.iter_mut().for_each(absolute);
        if let Body::NotFound(view) = &mut page.body {
            view.links.iter_mut().for_each(absolute);
        }
    }
    page
}

pub(super) fn redirect_page(scene: &Scene<'_>, target: &str) -> Page {
    let sheet = Sheet {
        template: "redirect.html",
        title: if scene.zh { "网页已经移动" } else { "This page has moved" }.to_owned(),
        description: String::new(),
        column: ("", "", "概况信息"),
        breadcrumb: Vec::new(),
    };
    let target = crate::plan::relative(scene.path, target);
    sheet.page(scene, Body::Redirect(RedirectView { target }))
}
