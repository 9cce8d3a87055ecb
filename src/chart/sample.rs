//! Chart tables for tests: ordinary ones and the worst cases, from compact text.

use super::{Cell, ChartTable, Column, Delta, Excluded, Figure, Intent, Polarity, Row, RowKind, TargetLine};
use rust_decimal::Decimal;

mod worst;

/// A figure from `12.8`, `≥85`, `|3.2` (after a break), `3.2?` (not joined).
pub fn figure(text: &str, unit: &str) -> Figure {
    let (break_before, text) = text.strip_prefix('|').map_or((false, text), |rest| (true, rest));
    let (joined, text) = text.strip_suffix('?').map_or((true, text), |rest| (false, rest));
    let signs = ["≥", "≤", ">", "<", "约"];
    let sign = signs.into_iter().find(|sign| text.starts_with(sign)).unwrap_or("");
    let digits = &text[sign.len()..];
    Figure {
        value: digits.parse().expect("a decimal"),
        half: Decimal::new(5, digits.split_once('.').map_or(1, |(_, part)| part.len() as u32 + 1)),
        written: format!("{sign}{digits}{unit}"),
        sign,
        joined,
        break_before,
        formula: String::new(),
        apart: String::new(),
        status: String::new(),
        note: String::new(),
    }
}

/// A table: columns as `2015 2016 2017上半年`, rows as `*天门市: 5.1 - 3.2`; a star emphasises, a dash is a gap,
/// with a reason as `-不适用`.
pub fn table(intent: Intent, unit: &str, columns: &str, rows: &[&str]) -> ChartTable {
    let column = |label: &str| {
        let year: String = label.chars().take(4).collect();
        let partial = label.chars().count() > 4;
        let position = format!("{year}{}", if partial { ".25" } else { "" });
        // What is no period has no place on the time axis.
        let (partial, position) = match position.parse() {
            Ok(position) => (partial, position),
            Err(_) => (false, Decimal::ZERO),
        };
        Column { label: label.to_owned(), partial, position }
    };
    let cell = |text: &str| match text {
        "-" => Cell::Gap(String::new()),
        _ if text.starts_with('-') && !text[1..].starts_with(|c: char| c.is_ascii_digit()) => {
            Cell::Gap(text[1..].to_owned())
        }
        _ => Cell::Figure(figure(text, unit)),
    };
    let row = |text: &&str| {
        let (name, cells) = text.split_once(':').expect("a name and cells");
        let (name, level) = name.split_once('@').unwrap_or((name, ""));
        Row {
            name: name.trim_start_matches('*').to_owned(),
            emphasis: name.starts_with('*'),
            link: None,
            cells: cells.split_whitespace().map(cell).collect(),
            level: ["全国", "省级", "县级"].into_iter().find(|one| level == *one).unwrap_or(""),
            rank: None,
            change: None,
            judged: None,
        }
    };
    ChartTable {
        intent,
        id: "sample".to_owned(),
        title: "婴儿死亡率".to_owned(),
        subtitle: String::new(),
        unit: unit.to_owned(),
        row_kind: RowKind::Region,
        columns: columns.split_whitespace().map(column).collect(),
        rows: rows.iter().map(row).collect(),
        target: Vec::new(),
        notes: Vec::new(),
        source: String::new(),
        polarity: Polarity::None,
        excluded: Vec::new(),
    }
}

/// Numbers the rows with ties, in the order they have.
pub fn ranked(mut table: ChartTable) -> ChartTable {
    let mut last = None;
    let mut rank = 0;
    for (place, row) in (1..).zip(&mut table.rows) {
        if let Some(Cell::Figure(figure)) = row.cells.first() {
            if last != Some(figure.value) {
                rank = place;
            }
            last = Some(figure.value);
            row.rank = Some(rank);
        }
    }
    table
}

/// Adds a target line.
pub fn aimed(mut table: ChartTable, label: &str, sign: &'static str, value: &str) -> ChartTable {
    table.target.push(TargetLine { label: label.to_owned(), value: value.parse().expect("a decimal"), sign });
    table
}

/// A change table: the amounts follow from the figures.
pub fn changed(unit: &str, columns: &str, rows: &[&str], polarity: Polarity) -> ChartTable {
    let mut table = ChartTable { polarity, ..table(Intent::Change, unit, columns, rows) };
    for row in &mut table.rows {
        let (Some(earlier), Some(later)) = (row.figure(0), row.figure(1)) else { continue };
        let difference = later.value - earlier.value;
        let amount = difference.abs().normalize();
        row.change = Some(Delta {
            amount: if unit == "%" { format!("{amount}个百分点") } else { format!("{amount}{unit}") },
            difference,
            better: match polarity {
                _ if difference.is_zero() => None,
                Polarity::None => None,
                Polarity::Higher => Some(difference > Decimal::ZERO),
                Polarity::Lower => Some(difference < Decimal::ZERO),
            },
            rounding: false,
            formula: format!("{} − {}", later.written, earlier.written),
        });
    }
    table
}

/// A share table: the parts as written come from the shares of a thousand.
pub fn shared(columns: &str, rows: &[&str]) -> ChartTable {
    let mut table = table(Intent::Share, "%", columns, rows);
    table.title = "医疗卫生机构的构成".to_owned();
    for figure in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        if let Cell::Figure(figure) = figure {
            figure.written = format!("{}家", (figure.value * Decimal::TEN).normalize());
            figure.formula = format!("{} ÷ 1000家", figure.written);
        }
    }
    table
}

/// Every case that once could go wrong, with a name for its file.
pub fn cases() -> Vec<(&'static str, ChartTable)> {
    use Intent::{Progress, Ranking, Trend};
    let ten = "2014 2015 2016 2017 2018 2019 2020 2021 2022 2023";
    let mut five = table(
        Trend,
        "‰",
        ten,
        &[
            "*天门市: 6.2 5.1 4.9 4.4 4.6 3.9 3.2 3.3 2.9 2.8",
            "湖北省: 7.1 6.6 6.1 5.5 5.2 4.8 4.1 3.8 3.6 3.4",
            "全国: 8.9 8.1 7.5 6.8 6.1 5.6 5.4 5.0 4.9 4.5",
            "仙桃市: 6.0 5.6 5.2 - 4.2 3.8 3.5 3.1 3.0 2.7",
            "潜江市: 5.8 5.5 5.0 4.7 4.4 4.2 3.6 3.3 3.1 2.9",
        ],
    );
    five.polarity = Polarity::Lower;
    five = aimed(five, "国家目标", "≤", "5");
    let mut plain = five.clone();
    plain.rows.iter_mut().for_each(|row| row.emphasis = false);
    let fifteen: Vec<String> = (0..15)
        .map(|place| {
            let cells: Vec<String> =
                (0..10).map(|year| format!("{}", 20 + place * 3 + (place * year) % 5 + year)).collect();
            format!("新疆生产建设兵团第{}师北屯市: {}", place + 1, cells.join(" "))
        })
        .collect();
    let fifteen: Vec<&str> = fifteen.iter().map(String::as_str).collect();
    let long = "积石山保安族东乡族撒拉族自治县";
    let names: Vec<String> = (0..31)
        .map(|place| {
            let name = if place % 3 == 0 {
                format!("{long}{place}")
            } else {
                format!("双江拉祜族佤族布朗族傣族{place}")
            };
            format!("{}{name}: {}", if place == 7 { "*" } else { "" }, 99 - place)
        })
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let provinces: Vec<String> = "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆"
        .split(' ')
        .zip(0..)
        .map(|(name, place)| format!("{}{name}: {}.{}", if name == "湖北" { "*" } else { "" }, 3 + place / 4, place % 4 * 2))
        .collect();
    let provinces: Vec<&str> = provinces.iter().map(String::as_str).collect();
    let very_long = format!("*{}: 96.46", long.repeat(3));
    let mut ranking = ranked(aimed(table(Ranking, "‰", "2023", &provinces), "国家目标", "≤", "5.2"));
    ranking.rows.push(Row {
        name: "香港".to_owned(),
        emphasis: false,
        link: Some("/hk/?a=1&b=2".to_owned()),
        cells: vec![Cell::Gap("口径不同，不可比".to_owned())],
        level: "",
        rank: None,
        change: None,
        judged: None,
    });
    let mut standalone = five.clone();
    standalone.subtitle = "天门市与上级、相邻地区，2014—2023年".to_owned();
    standalone.notes = vec!["仙桃市2017年未公布。".to_owned()];
    standalone.source = "各地卫生健康委员会年度工作总结".to_owned();
    standalone.excluded = vec![Excluded {
        name: "闻喜县".to_owned(),
        period: "2024".to_owned(),
        written: "≤5.40‰".to_owned(),
        reason: "婴幼儿死亡率，定义不同".to_owned(),
    }];
    vec![
        ("five", five),
        ("plain", plain),
        ("full", standalone),
        ("fifteen", table(Trend, "%", ten, &fifteen)),
        (
            "partial",
            table(
                Trend,
                "/10万",
                "2015 2016 2017上半年 2017 2018 2019 2020 2021上半年 2022",
                &[
                    "*新建区: 12.8 11.2 4.9 10.4 - |14.2 13.1 6.0 约12.8",
                    "南昌市: 10.8 10.2 5.9 9.4 9.1 8.2 ≤9.1 4.0 7.8",
                ],
            ),
        ),
        (
            "bounds",
            aimed(
                table(Trend, "%", "2019 2020 2021 2022 2023", &["六盘水市: ≥85 86.2 ≥90 >95 96.46"]),
                "省定目标",
                "≥",
                "90",
            ),
        ),
        (
            "cut",
            aimed(
                aimed(
                    table(
                        Trend,
                        "%",
                        "2019 2020 2021 2022 2023",
                        &["*济宁市: 98.2 98.6 98.9 99.1 99.7", "山东省: 98.2 98.6 98.9 99.1 99.7"],
                    ),
                    "市定目标",
                    "≥",
                    "99",
                ),
                "省定目标",
                "≥",
                "98.9",
            ),
        ),
        (
            "equal",
            table(
                Trend,
                "%",
                "2019 2020 2021 2022",
                &["甲县: 100 100 100 100", "乙县: 100 100 100 100", "丙县: 100 100 100 100"],
            ),
        ),
        ("single", table(Trend, "张", "2023", &["*天门市: 7.12"])),
        ("column", table(Trend, "张", "2023", &["*天门市: 7.12", "湖北省: 7.56", "全国: 7.23"])),
        (
            "huge",
            table(
                Trend,
                "元",
                "2019 2020 2021 2022 2023",
                &["*某地: 0 100000000 123456789012 99999999999 5", "另一地: 0 0 0 0 0"],
            ),
        ),
        ("counts", table(Trend, "人", "2019 2020 2021 2022 2023", &["*天门市: 0 100000000 3 2 98000000"])),
        (
            "negative",
            table(
                Trend,
                "%",
                "2019 2020 2021 2022 2023",
                &["甲县: -3.2 -1.1 0 2.4 4.1", "乙县: -8.2 -6.1 -4.4 -5.2 -3"],
            ),
        ),
        ("sparse", table(Trend, "岁", "2000 2010 2015 2020 2021 2022", &["全国: 71.4 74.83 76.34 77.93 78.2 78.3"])),
        ("empty", table(Trend, "%", "2019 2020", &["甲县: - -"])),
        ("ranking", ranking),
        ("long-names", ranked(table(Ranking, "%", "2023", &names))),
        ("longest-name", ranked(table(Ranking, "%", "2023", &[very_long.as_str(), "乙县: ≥95", "丙县: 12?"]))),
        (
            "bars-negative",
            ranked(table(Ranking, "%", "2023", &["甲县: 12.5", "乙县: 3", "丙县: 0", "丁县: -4.25", "戊县: -11"])),
        ),
        ("bars-huge", ranked(table(Ranking, "元", "2023", &["甲县: 123456789012", "乙县: 100000000", "丙县: 0"]))),
        ("bars-equal", ranked(table(Ranking, "%", "2023", &["甲县: 95", "*乙县: 95", "丙县: ≥95"]))),
        ("bars-empty", table(Ranking, "%", "2023", &["甲县: -", "乙县: -"])),
        (
            "progress",
            table(
                Progress,
                "%",
                "2023 2023",
                &[
                    "孕产妇系统管理率: 96.46 ≥95",
                    "3岁以下儿童系统管理率: 93.1 ≥95",
                    "居民健康素养水平: ≥25 30",
                    "基层医疗卫生机构中医药服务量占比与老年人健康管理服务覆盖情况: 48 -",
                    "缺数的指标: - 40",
                ],
            ),
        ),
    ]
    .into_iter()
    .chain(worst::cases())
    .collect()
}
