//! What the data files say of themselves, in the language of the site: names of tables, how to read the figures, how to cite.

use crate::config::Language;
use crate::plan::DataTable;
use crate::site::Site;

/// The name of a table and what it holds.
pub fn about(what: DataTable, language: Language) -> (&'static str, &'static str) {
    match (what, language.is_chinese()) {
        (DataTable::Observations, true) => ("数据", "全部数据，一行一个数：实际、目标、参照和推算的指标"),
        (DataTable::Indicators, true) => ("指标", "指标的名称、单位、定义和算法"),
        (DataTable::Regions, true) => ("地区", "有数据的地区及其上级，行政区划代码、级别和沿革"),
        (DataTable::Targets, true) => ("目标", "每个目标、回答它的结果、是否达标和判定的式子"),
        (DataTable::Derived, true) => ("推算", "比上年的增减和目标完成百分比，都写明算式"),
        (DataTable::Observations, false) => (
            "Data",
            "all figures, one a row: measured, aimed at, stated for comparison, and indicators computed from others",
        ),
        (DataTable::Indicators, false) => ("Indicators", "names, units, definitions and formulas of the indicators"),
        (DataTable::Regions, false) => {
            ("Regions", "regions with figures and those above them: division code, level, former codes")
        }
        (DataTable::Targets, false) => {
            ("Targets", "every target, the result that answers it, its state and the working")
        }
        (DataTable::Derived, false) => {
            ("Derived", "changes on the year before and completion of targets, each with its working")
        }
    }
}

/// How to read the figures, a sentence each.
pub(super) fn reading(language: Language) -> &'static [&'static str] {
    if language.is_chinese() {
        &[
            "数值照原文的位数列出，原文写法在同一行的 AS_WRITTEN。OBS_VALUE 乘以 10 的 UNIT_MULT 次方，才是以 UNIT_MEASURE 计的数。",
            "空着是没有数，不是零；为什么没有，见 NOTE。",
            "性质（ROLE）不同的数不能相加、不能相比：实际、目标、参照、推算各是各的。",
            "界限（BOUND）不是 eq 的，是界限或约数，不是确数，不排名次，不算增减。",
            "数据状态（OBS_STATUS）是 B 的，口径从这一期起变了，前后不能相比；P、E 是初步数、估计数，可能再改。",
            "时期（TIME_PERIOD）不同类的数，如半年数和全年数、截止某日的数，不能相比。",
        ]
    } else {
        &[
            "Values keep the digits of the source, whose wording stands in AS_WRITTEN on the same row. OBS_VALUE times ten to the power UNIT_MULT is the value in UNIT_MEASURE.",
            "An empty value means that there is no figure; it is not zero. NOTE says why.",
            "Figures of different ROLE are neither added nor compared: measured, aimed at, stated for comparison, derived.",
            "A BOUND other than eq is a bound or an approximate figure: it is not ranked and no change is worked out from it.",
            "OBS_STATUS B means that the definition changed with this period, so that figures before do not compare; P and E are provisional and estimated and may change.",
            "Figures of different parts of the year, such as a half year and a whole one, or as of a day, do not compare.",
        ]
    }
}

/// The kinds of figures with what they are, the derived ones among them.
pub fn roles(language: Language) -> &'static [(&'static str, &'static str)] {
    if language.is_chinese() {
        &[
            ("实际 actual", "报告写明的本地区的数。"),
            ("目标 target", "报告写明要达到的数，不是结果。"),
            ("参照 baseline", "报告为了对比写到的其他地区的数，不如该地区自己的报告可靠。"),
            (
                "推算 derived",
                "报告没有写，由本站按写明的数精确算出：分项齐全时的比率与合计，比上年的增减，目标完成百分比。每个推算数都附算式，位数以分项的精确程度为限；界限、约数、缺数、口径不同的数不参加推算。引用时请注明“推算”。",
            ),
        ]
    } else {
        &[
            ("actual", "stated by a report of its own region."),
            ("target", "what a report says is to be reached; no result."),
            (
                "baseline",
                "stated by a report of another region for comparison; less reliable than that region's own report.",
            ),
            (
                "derived",
                "stated nowhere, but worked out exactly by this site from stated figures: ratios and sums whose parts are all given, changes on the year before, completion of targets. Each comes with its working and has no more digits than its parts support; bounds, approximate and missing figures and changed definitions take no part. Say “derived” when you quote one.",
            ),
        ]
    }
}

/// The title of the data of the site or of a part of it.
pub(super) fn title(site: &Site, part: &str) -> String {
    let title = &site.config.title;
    match (part, site.config.language) {
        ("", _) => title.clone(),
        (part, Language::Chinese) => format!("{title}：{part}"),
        (part, Language::English) => format!("{title}: {part}"),
    }
}

/// How to cite the data of the site or of a part of it; electronic sources after GB/T 7714.
pub fn citation(site: &Site, part: &str) -> String {
    let config = &site.config;
    let (title, day) = (title(site, part), site.today);
    let by = if config.publisher.is_empty() { String::new() } else { format!("{}. ", config.publisher) };
    let at = if config.base_url.is_empty() { String::new() } else { format!(" {}", config.base_url) };
    match config.language {
        Language::Chinese => format!("{by}{title}[DS/OL]. 数据截至{day}.{at}"),
        Language::English => format!("{by}{title} [data set]. As of {day}.{at}"),
    }
}
