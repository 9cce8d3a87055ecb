//! A content folder of any size for the benchmark: so many reports, one a year for each place, with texts that quote their own figures.
//! The same number gives the same files. Places are the built-in counties in the order of their codes, ten years each; when they do
//! not suffice, made-up townships below them. What a report says is a [`Report`]; who writes it down decides the shape.

mod figures;
mod text;
mod words;

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use nianbao::region::{Level, RegionId, Regions};

pub(crate) use self::figures::{METRICS, Measure};
pub(crate) use self::text::{Chart, Piece};

/// The years of every place.
pub(crate) const YEARS: std::ops::Range<u32> = 2014..2024;

/// Numbers that look random and are the same everywhere (SplitMix64).
#[derive(Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    /// Numbers for a place and a purpose.
    pub(crate) fn of(words: &str, purpose: u64) -> Chance {
        let hash = words
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Chance(hash ^ purpose.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// A number below another.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    /// One of several.
    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }

    /// The numbers below a number in any order.
    pub(crate) fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for at in (1..count).rev() {
            order.swap(at, self.below(at as u64 + 1) as usize);
        }
        order
    }
}

/// A place that reports.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Its code.
    pub(crate) code: String,
    /// Its name.
    pub(crate) name: String,
    /// The code of the region above.
    pub(crate) above: String,
    /// How many places of the corpus share that region.
    pub(crate) siblings: usize,
    /// Whether the program does not know it by itself.
    pub(crate) is_made_up: bool,
}

/// One report, in no format yet.
pub(crate) struct Report<'a> {
    /// The place.
    pub(crate) place: &'a Place,
    /// The year.
    pub(crate) year: u32,
    /// The figures in the order of [`METRICS`].
    pub(crate) figures: Vec<Measure>,
    /// The text.
    pub(crate) pieces: Vec<Piece>,
}

impl Report<'_> {
    /// The title.
    pub(crate) fn title(&self) -> String {
        format!("{}{}年卫生健康工作总结", self.place.name, self.year)
    }

    /// One sentence for lists.
    pub(crate) fn summary(&self) -> String {
        format!("{}{}年卫生健康工作的主要数字、做法和打算。", self.place.name, self.year)
    }

    /// The day of publication.
    pub(crate) fn date(&self) -> String {
        let mut chance = Chance::of(&self.place.code, u64::from(self.year));
        format!("{}-{:02}-{:02}", self.year + 1, 1 + chance.below(3), 1 + chance.below(28))
    }
}

/// The places of so many reports.
pub(crate) fn places(reports: usize) -> Vec<Place> {
    let wanted = reports.div_ceil(YEARS.len());
    let (regions, _) = Regions::new(&[]);
    let above = |id: RegionId| regions.get(id).parent.map(|id| regions.get(id).code.to_string()).unwrap_or_default();
    let ids =
        regions.codes().filter_map(|code| regions.find(code)).filter(|id| regions.get(*id).level == Level::County);
    let county = |id: RegionId| {
        let region = regions.get(id);
        let (code, name) = (region.code.to_string(), region.name.to_string());
        Place { code, name, above: above(id), siblings: 0, is_made_up: false }
    };
    let mut places: Vec<Place> = ids.map(county).take(wanted).collect();
    let counties = places.len();
    for nth in 0..wanted - counties {
        let (county, round) = (&places[nth % counties], nth / counties);
        let township = Place {
            code: format!("{}{}", county.code, 100 + round),
            name: township(round),
            above: county.code.clone(),
            siblings: 0,
            is_made_up: true,
        };
        places.push(township);
    }
    let mut count = std::collections::BTreeMap::new();
    for place in &places {
        *count.entry(place.above.clone()).or_insert(0) += 1;
    }
    for place in &mut places {
        place.siblings = count[&place.above];
    }
    places
}

/// A name that no other township of the county has.
fn township(round: usize) -> String {
    let (first, second) = (words::FIRST, words::SECOND);
    let ending = if round.is_multiple_of(3) { "乡" } else { "镇" };
    format!("{}{}{ending}", first[round % first.len()], second[round / first.len() % second.len()])
}

/// The reports of a place, at most so many.
pub(crate) fn reports(place: &Place, at_most: usize) -> impl Iterator<Item = Report<'_>> {
    YEARS.take(at_most).map(move |year| {
        let figures = figures::of(place, year);
        let pieces = text::of(place, year, &figures);
        Report { place, year, figures, pieces }
    })
}

/// Writes so many reports below `content/` of a folder, and what a site needs beside them.
pub(crate) fn write(root: &Path, count: usize, settings: &str) -> io::Result<()> {
    let content = root.join("content");
    std::fs::create_dir_all(&content)?;
    let places = places(count);
    for (place, at) in places.iter().zip((0..).step_by(YEARS.len())) {
        let folder = content.join(&place.code);
        std::fs::create_dir_all(&folder)?;
        for report in reports(place, count - at) {
            std::fs::write(folder.join(format!("{}.md", report.year)), source(&report))?;
        }
    }
    let made_up = places.iter().filter(|place| place.is_made_up);
    let names: String = made_up.map(|place| format!("[{}]\nname = \"{}\"\n", place.code, place.name)).collect();
    std::fs::write(content.join("regions.toml"), names)?;
    std::fs::write(content.join("indicators.toml"), figures::definitions())?;
    std::fs::write(content.join("index.md"), "+++\ntitle = \"首页\"\n+++\n\n各地的年度工作总结，逐年、逐地可比。\n")?;
    std::fs::write(content.join("site.toml"), settings)
}

/// site.toml of the benchmark.
pub(crate) const SETTINGS: &str = r#"title = "卫生健康工作年报"
subtitle = "各地总结与指标的逐年比较"
base_url = "https://nianbao.example.gov.cn/"
theme = "gov"
publisher = "示例站点"
description = "各地年度工作总结和指标，逐年、逐地可比。"

[headline]
indicators = ["maternal-mortality", "infant-mortality", "life-expectancy", "beds-per-1000"]
"#;

/// A report as nianbao reads it.
fn source(report: &Report<'_>) -> String {
    let mut text = format!(
        "+++\ntitle = \"{}\"\nregion = \"{}\"\nperiod = \"{}\"\nkind = \"summary\"\ndate = {}\npublisher = \"{name}卫生健康局\"\n\
         source = {{ name = \"{name}卫生健康局《{}》\" }}\ntopics = [\"妇幼健康\", \"医疗服务\", \"机构与人员\"]\nsummary = \"{}\"\n\n[metrics]\n",
        report.title(),
        report.place.code,
        report.year,
        report.date(),
        report.title(),
        report.summary(),
        name = report.place.name,
    );
    for (metric, figure) in METRICS.iter().zip(&report.figures) {
        let value = &figure.written;
        let line = match &figure.target {
            None => format!("{} = \"{value}\"\n", metric.id),
            Some(target) => {
                format!(
                    "{} = {{ value = \"{value}\", target = \"{target}\", target_source = \"年度计划\" }}\n",
                    metric.id
                )
            }
        };
        text.push_str(&line);
    }
    text.push_str("+++\n");
    for piece in &report.pieces {
        match piece {
            Piece::Text(words) => write!(text, "\n{words}\n"),
            Piece::Chart(chart) => write!(text, "\n```chart\n{}```\n", fence(chart, report)),
        }
        .expect("a text takes more text");
    }
    text
}

fn fence(chart: &Chart, report: &Report<'_>) -> String {
    match chart {
        Chart::Trend(indicators) => {
            let named: Vec<String> = indicators.iter().map(|id| format!("\"{id}\"")).collect();
            format!(
                "kind = \"trend\"\nindicators = [{}]\nperiods = \"{}..{}\"\n",
                named.join(", "),
                YEARS.start,
                YEARS.end - 1
            )
        }
        Chart::Ranking(indicator) => {
            let (above, year) = (&report.place.above, report.year);
            format!("kind = \"ranking\"\nindicators = [\"{indicator}\"]\nchildren = \"{above}\"\nperiod = \"{year}\"\n")
        }
        Chart::Progress(indicators) => {
            let named: Vec<String> = indicators.iter().map(|id| format!("\"{id}\"")).collect();
            format!("kind = \"progress\"\nindicators = [{}]\nperiod = \"{}\"\n", named.join(", "), report.year)
        }
    }
}
