//! The ordinary and the worst cases of comparisons, changes, grids and shares.

use super::{aimed, changed, shared, table};
use crate::chart::{ChartTable, Intent, Polarity};

const TEN: &str = "2014 2015 2016 2017 2018 2019 2020 2021 2022 2023";

/// Rows of the 31 provinces with `cells` each, Hubei drawn strong.
pub fn provinces(cells: impl Fn(u32) -> String) -> Vec<String> {
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆"
        .split(' ')
        .zip(0..)
        .map(|(name, place)| format!("{}{name}: {}", if name == "湖北" { "*" } else { "" }, cells(place)))
        .collect()
}

/// 31 rows with names as long as they get.
fn long_names(cells: impl Fn(u32) -> String) -> Vec<String> {
    let name = |place: u32| match place % 3 {
        0 => format!("积石山保安族东乡族撒拉族自治县{place}"),
        1 => format!("双江拉祜族佤族布朗族傣族自治县第{place}地区卫生健康委员会"),
        _ => format!("天门市{place}"),
    };
    (0..31).map(|place| format!("{}{}: {}", if place == 7 { "*" } else { "" }, name(place), cells(place))).collect()
}

fn of(intent: Intent, unit: &str, columns: &str, rows: &[String]) -> ChartTable {
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    table(intent, unit, columns, &rows)
}

/// A rate of the `place`-th row in a year.
fn rate(place: u32, year: u32) -> String {
    let tenths = 95 + place * 2 - year * 6 - (place * 7 + year * 3) % 9;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn years(place: u32, count: u32) -> String {
    (0..count).map(|year| rate(place, year)).collect::<Vec<_>>().join(" ")
}

/// All cases with their names.
pub fn cases() -> Vec<(&'static str, ChartTable)> {
    compare().into_iter().chain(change()).chain(grid()).chain(share()).chain(progress()).collect()
}

fn compare() -> Vec<(&'static str, ChartTable)> {
    use Intent::Compare;
    let mut usual = table(
        Compare,
        "‰",
        "2021 2022 2023",
        &[
            "*天门市: 3.3 2.9 2.8",
            "仙桃市: 3.1 3.0 2.7",
            "潜江市: 3.3 3.1 2.9",
            "湖北省: 3.8 3.6 3.4",
            "全国: 5.0 4.9 4.5",
        ],
    );
    usual.polarity = Polarity::Lower;
    let kinds = table(
        Compare,
        "%",
        "孕产妇系统管理率 3岁以下儿童系统管理率 7岁以下儿童健康管理率 老年人健康管理率 高血压患者规范管理率 糖尿病患者规范管理率",
        &[
            "*天门市: 96.46 95.1 94.2 71.3 ≥80 78.5",
            "仙桃市: 95.2 94 -不适用 70 75.25 -",
            "湖北省: 96 95.5 94.8 72.1 76 75.9?",
        ],
    );
    let traps = aimed(
        table(
            Compare,
            "/10万",
            "2021 2022 2023上半年",
            &["甲县: 12.8 - 4.9", "乙县: ≤9.1 11.2? -本县口径与其他地区不同，按规定不与其他地区比较", "丙县: 0 约8 6"],
        ),
        "省定目标",
        "≤",
        "14",
    );
    let few = |place: u32| years(place, 2);
    vec![
        ("compare", usual),
        ("compare-kinds", kinds),
        ("compare-traps", traps),
        ("compare-provinces", of(Compare, "‰", "2022 2023", &provinces(few))),
        ("compare-long", of(Compare, "‰", "2022 2023", &long_names(few))),
        ("compare-six", of(Compare, "‰", "2018 2019 2020 2021 2022 2023", &long_names(|place| years(place, 6)))),
        ("compare-one", table(Compare, "‰", "2023", &["*天门市: 2.8"])),
        ("compare-equal", table(Compare, "%", "2022 2023", &["甲县: 100 100", "乙县: 100 100"])),
        ("compare-negative", table(Compare, "%", "2022 2023", &["甲县: -3.2 4.1", "乙县: -8.25 -3", "丙县: 0 12.5"])),
        ("compare-huge", table(Compare, "元", "2022 2023", &["甲县: 0 123456789012", "乙县: 100000000 5"])),
        ("compare-empty", table(Compare, "%", "2022 2023", &["甲县: - -", "乙县: - -"])),
        ("compare-alone", table(Compare, "%", "2022 2023", &["甲县: 95 -", "乙县: - 96"])),
    ]
}

fn change() -> Vec<(&'static str, ChartTable)> {
    let ends = |place: u32| format!("{} {}", rate(place, 0), rate(place, place % 4));
    let of = |unit: &str, rows: &[String], polarity| {
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        changed(unit, "2020 2023", &rows, polarity)
    };
    vec![
        (
            "change",
            changed(
                "%",
                "2020 2023",
                &[
                    "*天门市: 88.1 91.3",
                    "仙桃市: 90.2 89.75",
                    "潜江市: 86 86.0",
                    "荆门市: 89.4 89.4",
                    "湖北省: 87.5 92.1",
                    "全国: 86.3 90.05",
                ],
                Polarity::Higher,
            ),
        ),
        ("change-provinces", of("‰", &provinces(ends), Polarity::Lower)),
        ("change-long", of("/10万", &long_names(ends), Polarity::Lower)),
        ("change-one", changed("%", "2020 2023", &["天门市: 88.1 91.3"], Polarity::None)),
        ("change-equal", changed("%", "2020 2023", &["甲县: 100 100", "乙县: 100 100"], Polarity::Higher)),
        (
            "change-negative",
            changed("%", "2020 2023", &["甲县: -3.2 4.1", "乙县: 8 -11.25", "丙县: -8 -3"], Polarity::None),
        ),
        ("change-huge", changed("元", "2020 2023", &["甲县: 0 123456789012", "乙县: 100000000 5"], Polarity::None)),
        (
            "change-near",
            changed("%", "2020 2023", &["甲县: 50 90", "乙县: 70 70.1", "丙县: 70.4 70"], Polarity::Higher),
        ),
        (
            "change-gap",
            changed("%", "2020 2023", &["甲县: 50 -", "乙县: - -暂未发布", "丙县: 60 70"], Polarity::Higher),
        ),
        ("change-empty", changed("%", "2020 2023", &["甲县: - -"], Polarity::Higher)),
    ]
}

fn grid() -> Vec<(&'static str, ChartTable)> {
    use Intent::Grid;
    let mut usual = table(
        Grid,
        "‰",
        "2017 2018 2019 2020 2021 2022 2023",
        &[
            "*天门市: 4.4 4.6 3.9 3.2 3.3 2.9 2.8",
            "仙桃市: - 4.2 3.8 3.5 3.1 3.0 2.7",
            "潜江市: 4.7 4.4 4.2 ≤3.6 3.3 3.1 2.9",
            "新建区: 5.1 4.8 |6.2 6.0 5.7 5.2? 5.05",
            "湖北省: 5.5 5.2 4.8 4.1 3.8 3.6 3.4",
            "全国: 6.8 6.1 5.6 5.4 5.0 4.9 4.5",
        ],
    );
    usual.polarity = Polarity::Lower;
    let gaps = |place: u32| {
        let cell =
            |year: u32| if (place * 5 + year * 3).is_multiple_of(17) { "-".to_owned() } else { rate(place, year) };
        (0..10).map(cell).collect::<Vec<_>>().join(" ")
    };
    let partial = table(
        Grid,
        "/10万",
        "2019 2020 2021上半年 2021 2022 2023年1至11月",
        &["新建区: 12.8 11.2 4.9 10.4 - 9", "南昌市: 10.8 ≥10.25 5.9 9.4 9.1 约8.2"],
    );
    vec![
        ("grid", usual),
        ("grid-partial", partial),
        ("grid-provinces", of(Grid, "‰", TEN, &provinces(gaps))),
        ("grid-long", of(Grid, "‰", TEN, &long_names(gaps))),
        ("grid-one", table(Grid, "张", "2023", &["天门市: 7.12"])),
        ("grid-row", table(Grid, "张", TEN, &["天门市: 5.12 5.33 5.61 5.9 6.04 6.3 6.52 6.8 6.97 7.12"])),
        ("grid-equal", table(Grid, "%", "2021 2022 2023", &["甲县: 100 100 100", "乙县: 100 100 100"])),
        ("grid-negative", table(Grid, "%", "2021 2022 2023", &["甲县: -3.2 -1.1 0", "乙县: 4.1 12.5 -8.25"])),
        (
            "grid-huge",
            table(
                Grid,
                "人",
                "2019 2020 2021 2022 2023",
                &["甲县: 0 3 12 5 8", "乙县: 0 100000000 99999999 2 1", "丙县: 7 9 123456789012 4 6"],
            ),
        ),
        ("grid-empty", table(Grid, "%", "2021 2022", &["甲县: - -"])),
    ]
}

fn share() -> Vec<(&'static str, ChartTable)> {
    let six = "医院 乡镇卫生院 村卫生室 社区卫生服务中心（站） 妇幼保健和专科疾病防治机构 其余";
    let part = |place: u32| {
        let first = 250 + place * 6;
        let rest = 1000 - first - 250 - 180 - 90 - 30;
        [first, 250, 180, 90, 30, rest].map(|share| format!("{}.{}", share / 10, share % 10)).join(" ")
    };
    let many = |rows: Vec<String>| {
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        shared(six, &rows)
    };
    vec![
        (
            "share",
            shared("公立医院 民营医院 其余", &["2021: 42.1 30.2 27.7", "2022: 43.5 31 25.5", "2023: 45.2 31.1 23.7"]),
        ),
        (
            "share-six",
            shared(
                six,
                &[
                    "*天门市: 42.1 20.2 18.6 9.1 1.2 8.8",
                    "仙桃市: 38 24.4 20 0 - 17.6",
                    "湖北省: 40.05 22 18 12 4 3.95",
                ],
            ),
        ),
        ("share-provinces", many(provinces(part))),
        ("share-long", many(long_names(part))),
        ("share-one", shared("男 女", &["天门市: 51.2 48.8"])),
        ("share-whole", shared("男 女", &["甲县: 100 0", "乙县: 0 100"])),
        ("share-round", shared("甲 乙 丙", &["甲县: 33.4 33.4 33.3", "乙县: 33.3 33.3 33.3"])),
        ("share-loose", shared("基本医保 其余", &["甲县: 95 5", "乙县: ≥90 -无法推算", "丙县: 88? 12?"])),
        ("share-empty", shared("男 女", &["甲县: - -"])),
    ]
}

fn progress() -> Vec<(&'static str, ChartTable)> {
    use Intent::Progress;
    let both = |place: u32| format!("{} ≤6.5", rate(place, 3));
    vec![
        ("progress-long", of(Progress, "‰", "结果 目标", &long_names(both))),
        ("progress-one", table(Progress, "%", "结果 目标", &["天门市: 96.46 ≥95"])),
        ("progress-equal", table(Progress, "%", "结果 目标", &["甲县: 95 95", "乙县: 95 95"])),
        ("progress-negative", table(Progress, "%", "结果 目标", &["甲县: -3.2 ≤5", "乙县: 4 ≤-2.5"])),
        ("progress-huge", table(Progress, "元", "结果 目标", &["甲县: 0 ≥123456789012", "乙县: 100000000 5"])),
        ("progress-empty", table(Progress, "%", "结果 目标", &["甲县: - ≥95"])),
    ]
}
