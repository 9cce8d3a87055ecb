//! The data page: every file with what it holds, the data dictionary, how to read and how to cite; and the lists of files
//! that indicators and regions show themselves.

use crate::export;
use crate::indicator::IndicatorId;
use crate::plan::{DataFormat, DataTable, FileKind};
use crate::region::{Level, RegionId};
use crate::render::figures::counts;
use crate::render::scene::Scene;
use crate::render::view::{Body, DataFile, DataTableView, DataView, FileView, Page};
use crate::render::{Sheet, body, json_ld};

/// Most regions whose files are all listed.
const REGIONS: usize = 200;

pub(super) fn page(scene: &Scene<'_>) -> Page {
    let site = scene.site;
    let language = site.config.language;
    let own = |text: &str| text.to_owned();
    let (regions, rest) = regions(scene);
    let view = DataView {
        files: whole(scene),
        tables: DataTable::ALL.map(|what| table(scene, what)).into(),
        indicators: site
            .indicators
            .iter()
            .filter(|(id, _)| site.of_indicator(*id).next().is_some())
            .map(|(id, _)| (scene.indicator(id), of_indicator(scene, id)))
            .collect(),
        regions: regions.into_iter().map(|id| (scene.region(id), of_region(scene, id))).collect(),
        more_regions: match (rest, scene.zh) {
            (0, _) => String::new(),
            (rest, true) => format!("其余{rest}个地区的文件在各地区的网页上，地址是 data/regions/行政区划代码.csv。"),
            (rest, false) => {
                format!("The files of {rest} more regions are on their own pages, at data/regions/CODE.csv.")
            }
        },
        roles: export::roles(language).iter().map(|(name, meaning)| (own(name), own(meaning))).collect(),
        citation: export::citation(site, ""),
        counts: counts(site),
        json_ld: json_ld::of_site(scene),
    };
    let sheet = Sheet {
        template: "data.html",
        title: if scene.zh { "数据下载" } else { "Data" }.to_owned(),
        description: String::new(),
        column: ("数据下载", "Data", "数据开放"),
        breadcrumb: Vec::new(),
    };
    sheet.page(scene, Body::Data(view))
}

/// The files of an indicator.
pub(super) fn of_indicator(scene: &Scene<'_>, id: IndicatorId) -> Vec<FileView> {
    let name = &scene.site.indicators.get(id).id;
    files(scene, name, |format| FileKind::IndicatorData(id, format))
}

/// The files of a region; none when it has no figures.
pub(super) fn of_region(scene: &Scene<'_>, id: RegionId) -> Vec<FileView> {
    let name = &scene.site.regions.get(id).name;
    let name = if scene.zh { format!("{name}全部数据") } else { format!("all figures of {name}") };
    files(scene, &name, |format| FileKind::RegionData(id, format))
}

fn files(scene: &Scene<'_>, name: &str, kind: impl Fn(DataFormat) -> FileKind) -> Vec<FileView> {
    let file = |format: DataFormat| {
        let url = scene.plan.file_link(scene.path, &kind(format));
        (!url.is_empty()).then(|| body::file_view(format!("{name}.{}", format.ending()), url, 0))
    };
    DataFormat::ALL.into_iter().filter_map(file).collect()
}

/// The files with everything.
fn whole(scene: &Scene<'_>) -> Vec<DataFile> {
    let about = |zh: &str, en: &str| if scene.zh { zh } else { en }.to_owned();
    let all = [
        (
            "observations.xlsx",
            FileKind::Observations(DataFormat::Xlsx),
            about(
                "Excel 工作簿：封面写明怎样读数，数据、指标、地区、目标、推算各一张表，数值是数字，可以筛选和计算",
                "a workbook of Excel: notes, then a sheet for each table below; values are numbers",
            ),
        ),
        (
            "observations.csv",
            FileKind::Observations(DataFormat::Csv),
            about("全部数据，UTF-8（带 BOM），可用 Excel、WPS 直接打开", "all figures, UTF-8 with a byte order mark"),
        ),
        (
            "observations.json",
            FileKind::Observations(DataFormat::Json),
            about(
                "全部数据，列与 CSV 相同，数值写成文本，以免丢失末位",
                "all figures with the same columns; values as texts, so that no digit is lost",
            ),
        ),
        (
            "datapackage.json",
            FileKind::DataPackage,
            about(
                "下面各 CSV 文件的说明，供程序读取（Frictionless Data Package）：列的类型、取值、主键和来源",
                "a description of the CSV files below for programs (Frictionless Data Package): types, codes, keys, sources",
            ),
        ),
    ];
    let file = |(name, kind, about): (&str, FileKind, String)| DataFile {
        file: body::file_view(name.to_owned(), scene.plan.file_link(scene.path, &kind), 0),
        about,
    };
    all.into_iter().filter(|(_, kind, _)| scene.plan.file_path(kind).is_some()).map(file).collect()
}

fn table(scene: &Scene<'_>, what: DataTable) -> DataTableView {
    let language = scene.site.config.language;
    let (name, about) = export::about(what, language);
    let file = format!("{}.csv", what.name());
    let columns = export::columns(what).iter();
    DataTableView {
        name: name.to_owned(),
        file: DataFile {
            file: body::file_view(file, scene.plan.file_link(scene.path, &what.file()), 0),
            about: about.to_owned(),
        },
        anchor: format!("d-{}", what.name()),
        columns: columns
            .map(|column| {
                let texts = [column.name, column.title(language), column.meaning(language)];
                let [name, title, meaning] = texts.map(str::to_owned);
                (name, title, meaning)
            })
            .collect(),
    }
}

/// The regions with figures to list, by code, and how many more there are.
fn regions(scene: &Scene<'_>) -> (Vec<RegionId>, usize) {
    let site = scene.site;
    let all = site.regions_with_data().into_iter();
    let mut all: Vec<RegionId> = all.filter(|id| site.of_region(*id).next().is_some()).collect();
    all.sort_by_key(|id| &site.regions.get(*id).code);
    let count = all.len();
    if count > REGIONS {
        all.retain(|id| site.regions.get(*id).level <= Level::Province);
    }
    let rest = count - all.len();
    (all, rest)
}
