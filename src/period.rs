//! Periods: `2021`, `2021-H1`, `2021-Q3`, `2021-07`, `2021-01/2021-07`, or the day `2021-11-30` a stock was counted.
//! Text becomes a [`Period`] in one canonical form (GB/T 7408.1 order of parts), which knows its days and its neighbours.
//! No clock is read here: what "this year" means is for the caller.

use std::cmp::Ordering;

use jiff::civil::Date;

mod hint;

/// A stretch of time, or the day up to which something was counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Period {
    /// A calendar year.
    Year(i16),
    /// A half year, 1 or 2.
    Half(i16, u8),
    /// A quarter, 1 to 4.
    Quarter(i16, u8),
    /// A month, 1 to 12.
    Month(i16, u8),
    /// Whole months from one to another, both included; never a stretch that one of the above names.
    Months {
        /// Year and month of the first.
        from: (i16, u8),
        /// Year and month of the last.
        to: (i16, u8),
    },
    /// A day, for stocks: 截至11月30日.
    AsOf(Date),
}

/// A period without its year: what must be equal for two figures to be comparable over years.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PeriodKind {
    /// A calendar year.
    Year,
    /// The half, 1 or 2.
    Half(u8),
    /// The quarter, 1 to 4.
    Quarter(u8),
    /// The month.
    Month(u8),
    /// First and last month.
    Months(u8, u8),
    /// Month and day.
    AsOf(u8, u8),
}

/// A text that is no period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PeriodError {
    /// The canonical form of what was probably meant.
    pub suggestion: Option<String>,
}

impl Period {
    /// Reads the canonical form; full-width digits and signs and blanks around are folded. Years run from 1900 to 2200.
    /// Months that make up a quarter, half or year become it.
    ///
    /// # Errors
    /// When the text has another form, which is not read but may be suggested in canonical form (`2021年上半年`).
    pub fn parse(text: &str) -> Result<Period, PeriodError> {
        let folded: String = text.trim().chars().map(fold).collect();
        canonical(&folded)
            .ok_or_else(|| PeriodError { suggestion: hint::meant(&folded).map(|period| period.to_string()) })
    }

    /// Whole months from one to another, in the shortest name; none when they run backwards or do not exist.
    pub fn months(from: (i16, u8), to: (i16, u8)) -> Option<Period> {
        let exists = |(year, month): (i16, u8)| is_year(year) && (1..=12).contains(&month);
        if from > to || !exists(from) || !exists(to) {
            return None;
        }
        let year = from.0;
        if to.0 != year {
            return Some(Period::Months { from, to });
        }
        Some(match (from.1, to.1) {
            (1, 12) => Period::Year(year),
            (1, 6) => Period::Half(year, 1),
            (7, 12) => Period::Half(year, 2),
            (first, last) if first == last => Period::Month(year, first),
            (first, last) if last - first == 2 && last % 3 == 0 => Period::Quarter(year, last / 3),
            _ => Period::Months { from, to },
        })
    }

    /// The year in which it ends.
    pub fn year(&self) -> i16 {
        self.last_month().0
    }

    /// The first day; of an as-of day itself.
    pub fn start(&self) -> Date {
        match *self {
            Period::AsOf(day) => day,
            _ => first_of(self.first_month()),
        }
    }

    /// The last day; of an as-of day itself.
    pub fn end(&self) -> Date {
        match *self {
            Period::AsOf(day) => day,
            _ => first_of(self.last_month()).last_of_month(),
        }
    }

    /// The period without its year.
    pub fn kind(&self) -> PeriodKind {
        match *self {
            Period::Year(_) => PeriodKind::Year,
            Period::Half(_, half) => PeriodKind::Half(half),
            Period::Quarter(_, quarter) => PeriodKind::Quarter(quarter),
            Period::Month(_, month) => PeriodKind::Month(month),
            Period::Months { from, to } => PeriodKind::Months(from.1, to.1),
            Period::AsOf(day) => PeriodKind::AsOf(day.month().unsigned_abs(), day.day().unsigned_abs()),
        }
    }

    /// Whether it is a whole calendar year.
    pub fn is_full_year(&self) -> bool {
        matches!(self, Period::Year(_))
    }

    /// Whether growth between the two may be computed: the same months, or the same day, of any years.
    pub fn same_kind(&self, other: &Period) -> bool {
        let years = |period: &Period| period.last_month().0 - period.first_month().0;
        self.kind() == other.kind() && years(self) == years(other)
    }

    /// Whether every day of the other lies in this one.
    pub fn covers(&self, other: &Period) -> bool {
        self.start() <= other.start() && other.end() <= self.end()
    }

    /// The same period a year earlier; none before 1900, and none for a 29 February.
    pub fn year_before(&self) -> Option<Period> {
        let before = |year: i16| Some(year - 1).filter(|year| is_year(*year));
        Some(match *self {
            Period::Year(year) => Period::Year(before(year)?),
            Period::Half(year, half) => Period::Half(before(year)?, half),
            Period::Quarter(year, quarter) => Period::Quarter(before(year)?, quarter),
            Period::Month(year, month) => Period::Month(before(year)?, month),
            Period::Months { from, to } => {
                Period::Months { from: (before(from.0)?, from.1), to: (before(to.0)?, to.1) }
            }
            Period::AsOf(day) => Period::AsOf(Date::new(before(day.year())?, day.month(), day.day()).ok()?),
        })
    }

    /// The canonical text as a file name: `2021-01_2021-07`.
    pub fn slug(&self) -> String {
        self.to_string().replace('/', "_")
    }

    /// The words for readers, in Chinese (`2021年1—7月`) or English (`Jan–Jul 2021`).
    pub fn label(&self, zh: bool) -> String {
        if zh { self.label_zh() } else { self.label_en() }
    }

    fn label_zh(&self) -> String {
        match *self {
            Period::Year(year) => format!("{year}年"),
            Period::Half(year, half) => format!("{year}年{}半年", if half == 1 { "上" } else { "下" }),
            Period::Quarter(year, quarter) => {
                let name = ["一", "二", "三", "四"][usize::from(quarter.clamp(1, 4) - 1)];
                format!("{year}年第{name}季度")
            }
            Period::Month(year, month) => format!("{year}年{month}月"),
            Period::Months { from, to } if from.0 == to.0 => format!("{}年{}—{}月", from.0, from.1, to.1),
            Period::Months { from, to } => format!("{}年{}月—{}年{}月", from.0, from.1, to.0, to.1),
            Period::AsOf(day) => format!("截至{}年{}月{}日", day.year(), day.month(), day.day()),
        }
    }

    fn label_en(&self) -> String {
        const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let name = |month: u8| NAMES[usize::from(month.clamp(1, 12) - 1)];
        match *self {
            Period::Year(year) => year.to_string(),
            Period::Half(year, half) => format!("H{half} {year}"),
            Period::Quarter(year, quarter) => format!("Q{quarter} {year}"),
            Period::Month(year, month) => format!("{} {year}", name(month)),
            Period::Months { from, to } if from.0 == to.0 => format!("{}–{} {}", name(from.1), name(to.1), to.0),
            Period::Months { from, to } => format!("{} {}–{} {}", name(from.1), from.0, name(to.1), to.0),
            Period::AsOf(day) => {
                format!("as of {} {} {}", day.day(), name(day.month().unsigned_abs()), day.year())
            }
        }
    }

    fn first_month(&self) -> (i16, u8) {
        match *self {
            Period::Year(year) => (year, 1),
            Period::Half(year, half) => (year, half * 6 - 5),
            Period::Quarter(year, quarter) => (year, quarter * 3 - 2),
            Period::Month(year, month) => (year, month),
            Period::Months { from, .. } => from,
            Period::AsOf(day) => (day.year(), day.month().unsigned_abs()),
        }
    }

    fn last_month(&self) -> (i16, u8) {
        match *self {
            Period::Year(year) => (year, 12),
            Period::Half(year, half) => (year, half * 6),
            Period::Quarter(year, quarter) => (year, quarter * 3),
            Period::Months { to, .. } => to,
            Period::Month(..) | Period::AsOf(_) => self.first_month(),
        }
    }
}

/// The earlier end comes first; of two with the same end the longer comes later.
impl Ord for Period {
    fn cmp(&self, other: &Period) -> Ordering {
        let ends = self.end().cmp(&other.end());
        ends.then_with(|| other.start().cmp(&self.start())).then_with(|| self.kind().cmp(&other.kind()))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Period) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The canonical text, which [`Period::parse`] reads back.
impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Period::Year(year) => write!(f, "{year:04}"),
            Period::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Period::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Period::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Period::Months { from, to } => write!(f, "{:04}-{:02}/{:04}-{:02}", from.0, from.1, to.0, to.1),
            Period::AsOf(day) => write!(f, "{:04}-{:02}-{:02}", day.year(), day.month(), day.day()),
        }
    }
}

fn canonical(text: &str) -> Option<Period> {
    if let Some((from, to)) = text.split_once('/') {
        return Period::months(year_month(from)?, year_month(to)?);
    }
    let Some((year, rest)) = text.split_once('-') else {
        return read_year(text).map(Period::Year);
    };
    let year = read_year(year)?;
    match rest {
        "H1" => Some(Period::Half(year, 1)),
        "H2" => Some(Period::Half(year, 2)),
        "Q1" => Some(Period::Quarter(year, 1)),
        "Q2" => Some(Period::Quarter(year, 2)),
        "Q3" => Some(Period::Quarter(year, 3)),
        "Q4" => Some(Period::Quarter(year, 4)),
        _ => match rest.split_once('-') {
            None => year_month(text).map(|(year, month)| Period::Month(year, month)),
            Some((month, day)) => day_of(year, digits(month, 2)?, digits(day, 2)?),
        },
    }
}

fn year_month(text: &str) -> Option<(i16, u8)> {
    let (year, month) = text.split_once('-')?;
    let month = u8::try_from(digits(month, 2)?).ok()?;
    Some((read_year(year)?, month)).filter(|_| (1..=12).contains(&month))
}

fn day_of(year: i16, month: u16, day: u16) -> Option<Period> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Period::AsOf)
}

fn read_year(text: &str) -> Option<i16> {
    i16::try_from(digits(text, 4)?).ok().filter(|year| is_year(*year))
}

fn is_year(year: i16) -> bool {
    (1900..=2200).contains(&year)
}

fn digits(text: &str, count: usize) -> Option<u16> {
    let whole = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    whole.then(|| text.parse().ok()).flatten()
}

fn first_of((year, month): (i16, u8)) -> Date {
    let month = i8::try_from(month).expect("months are at most 12");
    Date::new(year, month, 1).expect("years and months of a period exist")
}

fn fold(c: char) -> char {
    match c {
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10).expect("ten digits stand in that range"),
        '－' | '−' | '‐' | '‑' => '-',
        '／' => '/',
        'Ｈ' => 'H',
        'Ｑ' => 'Q',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The canonical text, both labels and the days; or `? suggestion`.
    fn check(input: &str, expected: &str) {
        let got = match Period::parse(input) {
            Ok(p) => {
                assert_eq!(Period::parse(&p.to_string()), Ok(p), "{input}");
                format!("{p} | {} | {} | {}..{}", p.label(true), p.label(false), p.start(), p.end())
            }
            Err(error) => format!("? {}", error.suggestion.as_deref().unwrap_or("nothing")),
        };
        assert_eq!(got, expected, "{input}");
    }

    fn period(text: &str) -> Period {
        Period::parse(text).expect("a period")
    }

    #[test]
    fn canonical_forms() {
        check("2021", "2021 | 2021年 | 2021 | 2021-01-01..2021-12-31");
        check(" ２０２１ ", "2021 | 2021年 | 2021 | 2021-01-01..2021-12-31");
        check("2021-H1", "2021-H1 | 2021年上半年 | H1 2021 | 2021-01-01..2021-06-30");
        check("2021-H2", "2021-H2 | 2021年下半年 | H2 2021 | 2021-07-01..2021-12-31");
        check("2021-Q3", "2021-Q3 | 2021年第三季度 | Q3 2021 | 2021-07-01..2021-09-30");
        check("2021-07", "2021-07 | 2021年7月 | Jul 2021 | 2021-07-01..2021-07-31");
        check("2024-02", "2024-02 | 2024年2月 | Feb 2024 | 2024-02-01..2024-02-29");
        check(
            "２０２１－０１／２０２１－０７",
            "2021-01/2021-07 | 2021年1—7月 | Jan–Jul 2021 | 2021-01-01..2021-07-31",
        );
        check("2020-11/2021-02", "2020-11/2021-02 | 2020年11月—2021年2月 | Nov 2020–Feb 2021 | 2020-11-01..2021-02-28");
        check("2021-11-30", "2021-11-30 | 截至2021年11月30日 | as of 30 Nov 2021 | 2021-11-30..2021-11-30");
    }

    #[test]
    fn months_become_what_they_make_up() {
        for (text, name) in [
            ("2021-01/2021-12", "2021"),
            ("2021-01/2021-06", "2021-H1"),
            ("2021-07/2021-12", "2021-H2"),
            ("2021-04/2021-06", "2021-Q2"),
            ("2021-10/2021-12", "2021-Q4"),
            ("2021-05/2021-05", "2021-05"),
            ("2021-02/2021-04", "2021-02/2021-04"),
            ("2020-01/2021-12", "2020-01/2021-12"),
        ] {
            assert_eq!(period(text).to_string(), name);
        }
        assert_eq!(period("2021-01/2021-07").slug(), "2021-01_2021-07");
    }

    #[test]
    fn other_forms_are_suggested_not_read() {
        check("2021年", "? 2021");
        check("2021年度", "? 2021");
        check("2021年上半年", "? 2021-H1");
        check("2021上半年", "? 2021-H1");
        check("2021-h1", "? 2021-H1");
        check("2021年下半年", "? 2021-H2");
        check("2021Q3", "? 2021-Q3");
        check("2021年第三季度", "? 2021-Q3");
        check("2021年3季度", "? 2021-Q3");
        check("2021年前三季度", "? 2021-01/2021-09");
        check("2021-1", "? 2021-01");
        check("2021/07", "? 2021-07");
        check("2021.7", "? 2021-07");
        check("2021年7月份", "? 2021-07");
        check("2021年1—7月", "? 2021-01/2021-07");
        check("2021年1月至7月", "? 2021-01/2021-07");
        check("2021年1-6月", "? 2021-H1");
        check("2021-07/09", "? 2021-Q3");
        check("2020年11月—2021年2月", "? 2020-11/2021-02");
        check("2021-1/2021-7", "? 2021-01/2021-07");
        check("截至2021年11月30日", "? 2021-11-30");
        check("2021-11-3", "? 2021-11-03");
        check("2021.11.30", "? 2021-11-30");
        check("2021/1/7", "? 2021-01-07");
        check("2021年2月30日", "? nothing");
        check("2021-02-29", "? nothing");
        check("2021-13", "? nothing");
        check("2021-00", "? nothing");
        check("1899", "? nothing");
        check("2201", "? nothing");
        check("2021-07/2021-01", "? nothing");
        check("2021-Q5", "? nothing");
        check("21年", "? nothing");
        check("去年", "? nothing");
        check("", "? nothing");
        check("２０２１年", "? 2021");
    }

    #[test]
    fn order_is_by_end_then_length() {
        let mut all: Vec<Period> =
            ["2021", "2021-H2", "2021-01", "2021-12-31", "2020", "2021-Q4", "2021-12", "2021-02/2021-12", "2021-Q1"]
                .map(period)
                .to_vec();
        all.sort();
        let names: Vec<String> = all.iter().map(Period::to_string).collect();
        assert_eq!(names.join(" "), "2020 2021-01 2021-Q1 2021-12-31 2021-12 2021-Q4 2021-H2 2021-02/2021-12 2021");
    }

    #[test]
    fn growth_needs_the_same_months() {
        let same = |a, b| period(a).same_kind(&period(b));
        assert!(same("2021", "2019"));
        assert!(same("2021-01/2021-07", "2020-01/2020-07"));
        assert!(same("2021-11-30", "2020-11-30"));
        assert!(!same("2021", "2020-H1"));
        assert!(!same("2021-01/2021-07", "2020-01/2020-08"));
        assert!(!same("2021-11-30", "2020-11-29"));
        assert!(!same("2021-12-31", "2021"));
        assert!(!same("2019-01/2021-07", "2020-01/2020-07"));
    }

    #[test]
    fn covering_and_the_year_before() {
        assert!(period("2021").covers(&period("2021-11-30")));
        assert!(period("2021-H1").covers(&period("2021-Q2")));
        assert!(!period("2021-H1").covers(&period("2021-01/2021-07")));
        for (text, before) in [
            ("2021", "2020"),
            ("2021-H1", "2020-H1"),
            ("2021-01/2021-07", "2020-01/2020-07"),
            ("2020-11/2021-02", "2019-11/2020-02"),
            ("2021-11-30", "2020-11-30"),
            ("2024-02-29", "none"),
            ("1900", "none"),
        ] {
            let got = period(text).year_before().map_or("none".to_owned(), |p| p.to_string());
            assert_eq!(got, before, "{text}");
        }
        assert_eq!(period("2020-11/2021-02").year(), 2021);
        assert_eq!(period("2021-11-30").kind(), PeriodKind::AsOf(11, 30));
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "\\PC*") {
            if let Err(PeriodError { suggestion: Some(text) }) = Period::parse(&text) {
                prop_assert!(Period::parse(&text).is_ok());
            }
        }

        #[test]
        fn anything_like_a_period_is_survived(text in "[0-9]{0,5}[-/.年HQ上下半月日季度—至三 ]{0,3}[0-9]{0,4}[-/月季—]{0,2}[0-9]{0,4}[-月日]{0,1}[0-9]{0,3}") {
            match Period::parse(&text) {
                Ok(p) => {
                    prop_assert_eq!(Period::parse(&p.to_string()), Ok(p));
                    prop_assert!(p.start() <= p.end());
                }
                Err(error) => if let Some(text) = error.suggestion {
                    prop_assert!(Period::parse(&text).is_ok());
                }
            }
        }
    }
}
