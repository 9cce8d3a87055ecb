//! A chart away from its page: a page for frames of other sites with everything inside, the drawing, and the figures.

use crate::chart::{self, ChartTable, Lang, Width};
use crate::export;
use crate::plan::PageKind;
use crate::render::scene::Scene;
use crate::render::view::{Body, EmbedView, Link, Page};
use crate::render::{Sheet, charts};

pub(super) fn page(scene: &Scene<'_>, at: usize) -> Page {
    let planned = &scene.plan.charts[at];
    let home = format!("{}#{}", scene.plan.link(scene.path, &planned.home), planned.anchor);
    let table = table(scene, at);
    let chart = charts::view(scene, &table);
    let sheet = Sheet {
        template: "embed.html",
        title: chart.title.clone(),
        description: chart.sentence.clone(),
        column: ("图表", "Charts", "数据发布"),
        breadcrumb: Vec::new(),
    };
    let view = EmbedView {
        wide: chart::svg_at(&table, lang(scene), Width::Wide),
        chart,
        home: Link { name: scene.site.config.title.clone(), url: home, ..Link::default() },
        style: chart::STYLE.to_owned(),
    };
    let draft = match &planned.home {
        PageKind::Report(id) => scene.site.report(*id).draft,
        PageKind::Free(at) => scene.site.page(*at).draft,
        PageKind::Home => scene.site.home().is_some_and(|page| page.draft),
        _ => false,
    };
    Page { draft, breadcrumb: Vec::new(), ..sheet.page(scene, Body::Embed(Box::new(view))) }
}

pub(super) fn svg(scene: &Scene<'_>, at: usize) -> Vec<u8> {
    chart::svg_standalone(&table(scene, at), lang(scene)).into_bytes()
}

pub(super) fn csv(scene: &Scene<'_>, at: usize) -> Vec<u8> {
    export::chart_csv(&table(scene, at), lang(scene))
}

fn table(scene: &Scene<'_>, at: usize) -> ChartTable {
    let planned = &scene.plan.charts[at];
    charts::table(scene, planned.anchor.clone(), &planned.request).expect("a chart without figures gets no address")
}

fn lang(scene: &Scene<'_>) -> Lang {
    if scene.zh { Lang::Zh } else { Lang::En }
}
