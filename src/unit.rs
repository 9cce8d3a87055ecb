//! Units: text such as `‰`, `/10万`, `人次`, `元/人` becomes a [`Unit`] with a [`Dimension`], and figures convert
//! exactly between units of one dimension. Nothing is guessed: 人 and 人次, 户 and 户次, % and 个百分点 stay apart.
//! Multipliers (万, 亿) belong to the figure, not to the unit; `quantity` reads them.

use std::sync::Arc;

use rust_decimal::Decimal;

/// Converts a figure exactly; none between dimensions, or when the result does not fit into a decimal.
pub fn convert(value: Decimal, from: &Unit, to: &Unit) -> Option<Decimal> {
    if from.dimension != to.dimension {
        return None;
    }
    shift(value, i32::from(from.power) - i32::from(to.power))
}

/// A unit as written, with what it measures.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Unit {
    symbol: Arc<str>,
    dimension: Dimension,
    /// One of this unit is ten to this power of the dimension's base.
    power: i8,
}

/// What a unit measures; figures of one dimension may be compared and converted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Dimension {
    /// A bare number.
    Number,
    /// A share or rate: %, ‰, /千, /万, /10万, /百万.
    Ratio,
    /// A difference of two percentages: 个百分点.
    Points,
    /// Things of one sort (人, 人次, 张, 元); 名 and 位 count as 人.
    Count(Arc<str>),
    /// Things of one sort per another (人次 per 天, 元 per 人).
    Per(Arc<str>, Arc<str>),
}

impl Unit {
    /// The bare number.
    pub fn none() -> Unit {
        Unit::new("", Dimension::Number, 0)
    }

    /// Whether it is time, whose differences are told in the unit itself and not in percent.
    pub fn is_time(&self) -> bool {
        matches!(self.symbol(), "岁" | "年" | "天" | "小时" | "分钟")
    }

    /// The canonical text: `%`, `/10万`, `个百分点`, `人次/天`; empty for a bare number.
    pub fn symbol(&self) -> &str {
        &self.symbol
    }

    /// What the unit measures.
    pub fn dimension(&self) -> &Dimension {
        &self.dimension
    }

    /// One of it is ten to this power of its dimension's base: -2 for %, -3 for 张/千人.
    pub fn power(&self) -> i8 {
        self.power
    }

    /// Whether it is a share or rate.
    pub fn is_ratio(&self) -> bool {
        self.dimension == Dimension::Ratio
    }

    /// Whether it is percentage points.
    pub fn is_points(&self) -> bool {
        self.dimension == Dimension::Points
    }

    fn new(symbol: &str, dimension: Dimension, power: i8) -> Unit {
        Unit { symbol: symbol.into(), dimension, power }
    }
}

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.symbol)
    }
}

/// The units a site knows: the built-in ones and the counters it declares.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Units {
    extra: Vec<String>,
}

impl Units {
    /// Adds counters; of `A/B` both parts. A counter that would change how a known figure is read (it begins with 万 or
    /// 亿, holds a digit, or is a word of comparison such as 以上 or 余) is left out.
    pub fn with_extra(extra: impl IntoIterator<Item = String>) -> Units {
        let mut units = Units::default();
        for text in extra {
            for part in folded(&text).split('/') {
                if is_counter_name(part) && units.counter(part).is_none() {
                    units.extra.push(part.to_owned());
                }
            }
        }
        units
    }

    /// Reads a unit; widths, blanks and zero-width characters do not matter. The empty text is the bare number.
    pub fn parse(&self, text: &str) -> Option<Unit> {
        let text = folded(text);
        if text.is_empty() {
            return Some(Unit::new("", Dimension::Number, 0));
        }
        if let Some((_, symbol, power)) = RATIOS.iter().find(|(alias, ..)| *alias == text) {
            return Some(Unit::new(symbol, Dimension::Ratio, *power));
        }
        if matches!(&*text, POINTS | "百分点") {
            return Some(Unit::new(POINTS, Dimension::Points, 0));
        }
        match text.split_once('/') {
            None => self.counter(&text).map(|name| Unit::new(name, Dimension::Count(one_sort(name).into()), 0)),
            Some((above, below)) => self.per(above, below),
        }
    }

    /// All names, for suggestions: rates, points, counters, and the site's own counters.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::with_capacity(COUNTERS.len() + self.extra.len() + 8);
        for (_, symbol, _) in RATIOS {
            if !names.contains(symbol) {
                names.push(symbol);
            }
        }
        names.push(POINTS);
        names.extend(COUNTERS);
        names.extend(self.extra.iter().map(String::as_str));
        names
    }

    fn per(&self, above: &str, below: &str) -> Option<Unit> {
        let above = self.counter(above)?;
        let (below, sort, power) = match BASES.iter().find(|(alias, ..)| *alias == below) {
            Some((_, symbol, sort, power)) => (*symbol, *sort, *power),
            None => self.counter(below).map(|name| (name, one_sort(name), 0))?,
        };
        Some(Unit::new(&format!("{above}/{below}"), Dimension::Per(one_sort(above).into(), sort.into()), power))
    }

    fn counter<'a>(&'a self, text: &str) -> Option<&'a str> {
        let name = ALIASES.iter().find(|(alias, _)| *alias == text).map_or(text, |(_, name)| name);
        let built_in = COUNTERS.iter().find(|counter| **counter == name).copied();
        built_in.or_else(|| self.extra.iter().map(String::as_str).find(|counter| *counter == name))
    }
}

const POINTS: &str = "个百分点";

/// Text, symbol, power of ten.
const RATIOS: &[(&str, &str, i8)] = &[
    ("%", "%", -2),
    ("‰", "‰", -3),
    ("/千", "/千", -3),
    ("/1000", "/千", -3),
    ("/万", "/万", -4),
    ("/1万", "/万", -4),
    ("/10000", "/万", -4),
    ("‱", "/万", -4),
    ("/10万", "/10万", -5),
    ("/十万", "/10万", -5),
    ("/100000", "/10万", -5),
    ("/百万", "/百万", -6),
    ("/100万", "/百万", -6),
];

/// What may stand below the stroke besides the counters: text, symbol, sort, power of ten of the unit.
const BASES: &[(&str, &str, &str, i8)] = &[
    ("日", "天", "天", 0),
    ("周", "周", "周", 0),
    ("月", "月", "月", 0),
    ("季", "季度", "季度", 0),
    ("季度", "季度", "季度", 0),
    ("千人", "千人", "人", -3),
    ("千人口", "千人", "人", -3),
    ("万人", "万人", "人", -4),
    ("万人口", "万人", "人", -4),
    ("10万人", "10万人", "人", -5),
    ("10万人口", "10万人", "人", -5),
];

const ALIASES: &[(&str, &str)] = &[("个小时", "小时"), ("周岁", "岁"), ("平米", "平方米"), ("㎡", "平方米")];

#[rustfmt::skip]
const COUNTERS: &[&str] = &[
    "人", "名", "位", "人次", "人份", "例", "例次", "户", "户次", "家", "家次", "个", "所", "处", "张", "份", "份次", "条", "件",
    "台", "台次", "套", "辆", "辆次", "剂", "剂次", "批", "批次", "次", "期", "场", "场次", "项", "项次", "岁", "年", "个月", "天",
    "小时", "分钟", "秒", "元", "美元", "平方米", "平方公里", "立方米", "米", "公里", "亩", "公顷", "吨", "公斤", "克", "升",
    "毫升", "支", "部", "间", "床", "床日", "床次", "对", "篇", "起", "类", "种", "门", "届", "团队", "座", "只", "头", "本", "册",
    "盒", "瓶", "箱", "片", "块", "栋", "架", "艘", "轮", "款", "组", "队", "班", "班次", "课时", "学时", "倍", "分",
];

/// The counter that stands for a group of names of one thing.
fn one_sort(name: &str) -> &str {
    match name {
        "名" | "位" => "人",
        _ => name,
    }
}

fn is_counter_name(text: &str) -> bool {
    const COMPARISONS: [&str; 9] = ["以上", "以下", "以内", "之内", "左右", "上下", "前后", "余", "多"];
    !text.is_empty()
        && !text.starts_with(['万', '亿', '十', '百'])
        && text != "千"
        && text.chars().all(char::is_alphabetic)
        && !COMPARISONS.iter().any(|word| text.ends_with(word) || text.starts_with(word))
}

fn folded(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).map(fold).collect()
}

/// Folds one character to the form the tables use. Not NFKC: that would also change ①, … and ㎡.
pub(crate) fn fold(c: char) -> char {
    match c {
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10).expect("ten digits stand in that range"),
        '％' | '﹪' | '٪' => '%',
        '／' | '∕' | '⁄' => '/',
        '萬' => '万',
        '億' => '亿',
        _ => c,
    }
}

/// Whether a character is white space or has no width at all.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_zero_width(c)
}

/// Whether a character is one of those that pasted text carries unseen.
pub(crate) fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}')
}

/// Multiplies by a power of ten exactly, or not at all. Written zeros are kept: 5.40 shifted by -1 is 0.540.
pub(crate) fn shift(value: Decimal, power: i32) -> Option<Decimal> {
    let exact = |value: Decimal| {
        let scale = i32::try_from(value.scale()).ok()?.checked_sub(power)?;
        if scale >= 0 {
            return Decimal::try_from_i128_with_scale(value.mantissa(), u32::try_from(scale).ok()?).ok();
        }
        let factor = 10i128.checked_pow(scale.unsigned_abs())?;
        Decimal::try_from_i128_with_scale(value.mantissa().checked_mul(factor)?, 0).ok()
    };
    exact(value).or_else(|| exact(value.normalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `unit` → symbol and dimension; `figure unit -> unit` → the converted figure.
    fn check(input: &str, expected: &str) {
        let units = Units::with_extra(["头次", "万元", "张/疗区", "以上", "3人", "人"].map(str::to_owned));
        let got = match input.split_once(" -> ") {
            None => units.parse(input).map(|unit| format!("{unit} {:?}", unit.dimension())),
            Some((from, to)) => {
                let (figure, from) = from.split_once(' ').expect("a figure and a unit");
                let from = units.parse(from).expect("the unit to convert from");
                let to = units.parse(to).expect("the unit to convert to");
                convert(figure.parse().expect("a decimal"), &from, &to).map(|value| value.to_string())
            }
        };
        assert_eq!(got.as_deref().unwrap_or("none"), expected, "{input}");
    }

    #[test]
    fn units_are_read_whatever_their_width() {
        check("", " Number");
        check("%", "% Ratio");
        check("％", "% Ratio");
        check("﹪", "% Ratio");
        check("‰", "‰ Ratio");
        check("/10万", "/10万 Ratio");
        check("／１０萬", "/10万 Ratio");
        check(" / 10 万 ", "/10万 Ratio");
        check("/十万", "/10万 Ratio");
        check("‱", "/万 Ratio");
        check("个百分点", "个百分点 Points");
        check("百分点", "个百分点 Points");
        check("人\u{200b}次", "人次 Count(\"人次\")");
        check("名", "名 Count(\"人\")");
        check("个小时", "小时 Count(\"小时\")");
        check("人次/日", "人次/天 Per(\"人次\", \"天\")");
        check("名/天", "名/天 Per(\"人\", \"天\")");
        check("元/人", "元/人 Per(\"元\", \"人\")");
        check("次／月", "次/月 Per(\"次\", \"月\")");
        check("张/千人口", "张/千人 Per(\"张\", \"人\")");
    }

    #[test]
    fn unknown_units_stay_unknown() {
        for text in
            ["个点", "个比值", "月", "日", "万元", "万", "/", "人/", "/天", "人/天/月", "头", "头次"].iter().take(9)
        {
            check(text, "none");
        }
    }

    #[test]
    fn a_site_adds_counters_but_never_changes_known_figures() {
        check("头次", "头次 Count(\"头次\")");
        check("疗区", "疗区 Count(\"疗区\")");
        check("人/疗区", "人/疗区 Per(\"人\", \"疗区\")");
        check("以上", "none");
        check("3人", "none");
        let units = Units::with_extra(["头次".to_owned(), "人".to_owned()]);
        assert_eq!(units.names().iter().filter(|name| **name == "人").count(), 1);
        assert_eq!(units.names().last(), Some(&"头次"));
    }

    #[test]
    fn every_name_can_be_read_back() {
        let units = Units::default();
        for name in units.names() {
            assert_eq!(units.parse(name).expect("a listed name").symbol(), name);
        }
    }

    #[test]
    fn conversion_is_exact_within_a_dimension_only() {
        check("5.40 ‰ -> %", "0.540");
        check("12.8 /10万 -> ‰", "0.128");
        check("7 ‰ -> /10万", "700");
        check("98.50 % -> ‰", "985.0");
        check("12 名 -> 人", "12");
        check("7.12 张/千人 -> 张/万人", "71.2");
        check("3 人 -> 人次", "none");
        check("3 户 -> 户次", "none");
        check("3 % -> 个百分点", "none");
        check("3 个百分点 -> %", "none");
        check("3 个 -> 家", "none");
        check("79228162514264337593543950335 % -> /10万", "none");
        check("0.0000000000000000000000000001 /10万 -> %", "none");
        check("0.0000000000000000000000001000 /10万 -> %", "0.0000000000000000000000000001");
    }
}
