//! The twenty indicators of the benchmark and the figures of a place in a year. A figure depends on nothing but its place, indicator
//! and year, so the report of the next year can say what changed.

use super::{Chance, Place, YEARS};

/// An indicator: its definition and how its figures run.
pub(crate) struct Metric {
    /// Id.
    pub(crate) id: &'static str,
    /// Name.
    pub(crate) name: &'static str,
    /// Unit of the definition.
    pub(crate) unit: &'static str,
    /// What is written behind the digits.
    pub(crate) behind: &'static str,
    /// Decimals.
    pub(crate) decimals: u32,
    /// higher, lower, none.
    pub(crate) polarity: &'static str,
    /// Topic.
    pub(crate) topic: &'static str,
    /// Lowest and highest figure of the first year, in units of the last digit; for each ten thousand people where it is a count.
    range: (u64, u64),
    /// Change a year, in units of the last digit.
    drift: i64,
    /// Whether it is a count that grows with the people of the place.
    is_count: bool,
    /// Target of every place.
    target: Option<&'static str>,
}

const fn metric(id: &'static str, name: &'static str, unit: &'static str, topic: &'static str) -> Metric {
    let (behind, decimals, polarity, range, drift) = (unit, 1, "higher", (0, 0), 0);
    Metric { id, name, unit, behind, decimals, polarity, topic, range, drift, is_count: false, target: None }
}

impl Metric {
    const fn runs(self, low: u64, high: u64, drift: i64) -> Metric {
        Metric { range: (low, high), drift, ..self }
    }

    const fn lower(self) -> Metric {
        Metric { polarity: "lower", ..self }
    }

    const fn neither(self) -> Metric {
        Metric { polarity: "none", ..self }
    }

    const fn aims(self, target: &'static str) -> Metric {
        Metric { target: Some(target), ..self }
    }

    /// A count: so many for each ten thousand people.
    const fn counts(self) -> Metric {
        Metric { is_count: true, decimals: 0, ..self }
    }

    /// Written in ten thousands with a decimal.
    const fn in_wan(self, behind: &'static str) -> Metric {
        Metric { behind, decimals: 1, ..self }
    }
}

/// The indicators; the text names them by their place in this list.
#[rustfmt::skip]
pub(crate) const METRICS: [Metric; 20] = [
    metric("maternal-mortality", "孕产妇死亡率", "/10万", "妇幼健康").runs(90, 180, -4).lower().aims("≤16/10万"),
    metric("infant-mortality", "婴儿死亡率", "‰", "妇幼健康").runs(40, 80, -2).lower().aims("≤7‰"),
    metric("under5-mortality", "5岁以下儿童死亡率", "‰", "妇幼健康").runs(60, 110, -3).lower().aims("≤9‰"),
    metric("maternal-management", "孕产妇系统管理率", "%", "妇幼健康").runs(860, 930, 5).aims("≥90%"),
    metric("child-management", "3岁以下儿童系统管理率", "%", "妇幼健康").runs(850, 920, 6).aims("≥88%"),
    metric("life-expectancy", "人均预期寿命", "岁", "健康水平").runs(752, 778, 2),
    metric("permanent-population", "常住人口", "人", "人口").runs(0, 0, 0).neither().in_wan("万人"),
    metric("visits", "总诊疗人次", "人次", "医疗服务").runs(42, 66, 1).neither().counts().in_wan("万人次"),
    metric("bed-occupancy", "病床使用率", "%", "医疗服务").runs(700, 860, 2).neither(),
    metric("beds-per-1000", "每千人口床位数", "张", "资源配置").runs(41, 62, 2).aims("≥5张"),
    metric("beds", "床位总数", "张", "资源配置").runs(41, 62, 1).counts(),
    metric("physicians", "执业（助理）医师数", "人", "机构与人员").runs(19, 27, 1).counts(),
    metric("nurses", "注册护士数", "人", "机构与人员").runs(21, 30, 1).counts(),
    metric("health-workers", "卫生技术人员数", "人", "机构与人员").runs(52, 68, 2).counts(),
    metric("village-clinics", "村卫生室数", "个", "机构与人员").runs(5, 9, 0).neither().counts(),
    metric("health-literacy", "居民健康素养水平", "%", "公共卫生").runs(98, 160, 18).aims("≥15%"),
    metric("family-doctor", "家庭医生签约率", "%", "公共卫生").runs(300, 420, 24).aims("≥40%"),
    metric("hypertension", "高血压患者规范管理率", "%", "公共卫生").runs(560, 680, 14).aims("≥65%"),
    metric("diabetes", "糖尿病患者规范管理率", "%", "公共卫生").runs(550, 670, 15).aims("≥65%"),
    metric("funds", "公共卫生专项经费", "元", "投入与保障").runs(552, 689, 31).counts().in_wan("万元"),
];

/// Place of 常住人口 in [`METRICS`].
const PEOPLE: usize = 6;

/// A figure of a report.
#[derive(Clone, Debug)]
pub(crate) struct Measure {
    /// As it is written: 93.2%.
    pub(crate) written: String,
    /// The figure of the year before, as it is written; none in the first year.
    pub(crate) before: Option<String>,
    /// What became of it since the year before, as a clause; empty where nothing is said.
    pub(crate) change: String,
    /// Target, as it is written.
    pub(crate) target: Option<&'static str>,
}

/// The figures of a place in a year.
pub(super) fn of(place: &Place, year: u32) -> Vec<Measure> {
    (0..METRICS.len()).map(|at| measure(place, at, year)).collect()
}

fn measure(place: &Place, at: usize, year: u32) -> Measure {
    let metric = &METRICS[at];
    let now = value(place, at, year);
    let before = (year > YEARS.start).then(|| value(place, at, year - 1));
    Measure {
        written: written(metric, now),
        before: before.map(|before| written(metric, before)),
        change: before.map(|before| change(metric, before, now)).unwrap_or_default(),
        target: metric.target,
    }
}

/// A figure in units of its last digit.
fn value(place: &Place, at: usize, year: u32) -> u64 {
    let metric = &METRICS[at];
    let since = i64::from(year - YEARS.start);
    let mut own = Chance::of(&place.code, at as u64 + 1);
    let mut noise = Chance::of(&place.code, 1000 * u64::from(year) + at as u64);
    if at == PEOPLE {
        // Tenths of ten thousand people.
        let first = if place.is_made_up { 12 + own.below(60) } else { 90 + own.below(900) };
        return first + first * noise.below(4) / 100;
    }
    let (low, high) = metric.range;
    let first = (low + own.below(high - low)) as i64;
    let level = first + metric.drift * since;
    if metric.is_count {
        // Tenths of what ten thousand people have: the noise is a part of it.
        let people = value(place, PEOPLE, year) as i64;
        return (people * level * (100 + noise.below(3) as i64) / 1000).max(1) as u64;
    }
    let step = metric.drift.unsigned_abs().max(1);
    let figure = level + noise.below(2 * step + 1) as i64 - step as i64;
    figure.clamp(1, if metric.unit == "%" { 998 } else { i64::MAX }) as u64
}

fn written(metric: &Metric, value: u64) -> String {
    format!("{}{}", digits(value, metric.decimals), metric.behind)
}

fn digits(value: u64, decimals: u32) -> String {
    if decimals == 0 {
        return value.to_string();
    }
    let power = 10_u64.pow(decimals);
    format!("{}.{:0width$}", value / power, value % power, width = decimals as usize)
}

/// 比上年提高0.3个百分点: differences of percentages and of whole counts can be told exactly.
fn change(metric: &Metric, before: u64, now: u64) -> String {
    let (more, less, unit) = match (metric.unit, metric.decimals) {
        ("%", _) => ("提高", "下降", "个百分点"),
        (unit, 0) => ("增加", "减少", unit),
        _ => return String::new(),
    };
    let amount = digits(now.abs_diff(before), metric.decimals);
    match now.cmp(&before) {
        std::cmp::Ordering::Greater => format!("比上年{more}{amount}{unit}"),
        std::cmp::Ordering::Less => format!("比上年{less}{amount}{unit}"),
        std::cmp::Ordering::Equal => "与上年持平".to_owned(),
    }
}

/// indicators.toml.
pub(super) fn definitions() -> String {
    let one = |metric: &Metric| {
        format!(
            "[{}]\nname = \"{name}\"\nunit = \"{}\"\npolarity = \"{}\"\ntopic = \"{}\"\n\
             definition = \"一年内或年末的{name}，按统计制度的范围和方法取得。\"\n\n",
            metric.id,
            metric.unit,
            metric.polarity,
            metric.topic,
            name = metric.name,
        )
    };
    METRICS.iter().map(one).collect()
}
