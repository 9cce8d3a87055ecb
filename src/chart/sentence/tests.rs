//! Sentences as text.

use super::*;
use crate::chart::sample::{changed, ranked, shared, table};
use crate::chart::{Cell, Excluded, Judged, Polarity};

fn check(table: &ChartTable, expected: &str) {
    assert_eq!(sentence(table, Lang::Zh), expected);
}

fn trend(unit: &str, columns: &str, rows: &[&str]) -> ChartTable {
    table(Intent::Trend, unit, columns, rows)
}

#[test]
fn changes_have_the_right_kind() {
    check(
        &trend("‰", "2015 2016 2017", &["天门市: 5.1 4.4 3.2"]),
        "天门市婴儿死亡率由2015年的5.1‰降至2017年的3.2‰，下降1.9‰。",
    );
    check(
        &trend("%", "2015 2016", &["天门市: 98.50 99.7"]),
        "天门市婴儿死亡率由2015年的98.50%升至2016年的99.7%，上升1.2个百分点。",
    );
    check(&trend("张", "2015 2016", &["天门市: 3 4"]), "天门市婴儿死亡率由2015年的3张增加到2016年的4张，增长33.3%。");
    check(
        &trend("张", "2015 2016", &["天门市: 约100000 100001"]),
        "天门市婴儿死亡率由2015年的约100000张增加到2016年的100001张，增长约0.001%。",
    );
    check(
        &trend("岁", "2015 2016", &["天门市: 77.93 79.0"]),
        "天门市婴儿死亡率由2015年的77.93岁升至2016年的79.0岁，上升1.07岁。",
    );
    check(&trend("人", "2015 2016", &["天门市: 0 4"]), "天门市婴儿死亡率由2015年的0人增加到2016年的4人，上升4人。");
}

#[test]
fn one_figure_is_no_trend_and_none_is_said() {
    check(&trend("‰", "2015", &["天门市: 5.1"]), "2015年天门市婴儿死亡率为5.1‰，可比的只有这一期，不构成趋势。");
    check(&trend("‰", "2015 2016", &["天门市: - -"]), "婴儿死亡率：没有可以列出的数。");
    check(&trend("‰", "2015上半年", &["天门市: 5.1"]), "2015上半年天门市婴儿死亡率为5.1‰，没有可以前后比较的数。");
}

#[test]
fn extremes_gaps_breaks_and_others_are_told() {
    check(
        &trend("‰", "2015 2016 2017 2018", &["甲县: 2 9 - 2.0", "*乙县: 5 8 1 4"]),
        "乙县婴儿死亡率由2015年的5‰降至2018年的4‰，下降1‰；其间最高为2016年的8‰；其间最低为2017年的1‰；2018年所列2个系列中最高的是乙县（4‰），最低的是甲县（2.0‰）。",
    );
    check(
        &trend("‰", "2017 2018", &["*甲县@县级: 5 4", "乙县@县级: 6 3", "某省@省级: 4.5 4.2", "全国@全国: 5 4.0"]),
        "甲县婴儿死亡率由2017年的5‰降至2018年的4‰，下降1‰；2018年同级的2个系列中最高的是甲县（4‰），最低的是乙县（3‰）；同期某省为4.2‰、全国为4.0‰。",
    );
    check(
        &trend("‰", "2017 2018", &["*甲县@县级: 5 4", "全国@全国: 5 4.5"]),
        "甲县婴儿死亡率由2017年的5‰降至2018年的4‰，下降1‰；同期全国为4.5‰。",
    );
    check(
        &trend("‰", "2015 2016 2017 2018", &["甲县: 2 9 - |2"]),
        "2018年甲县婴儿死亡率为2‰，可比的只有这一期，不构成趋势；此前口径或范围不同，不作比较；2017年缺数。",
    );
    check(&trend("%", "2015 2016", &["甲县: 100 100"]), "2015年至2016年，甲县婴儿死亡率有数的2期均为100%。");
}

#[test]
fn rankings_tell_place_ties_and_ends() {
    let rows = ["甲县: 9", "*乙县: 7", "丙县: 7", "丁县: ≥5", "戊县: -"];
    check(
        &ranked(table(Intent::Ranking, "%", "2023", &rows)),
        "2023年婴儿死亡率：有数的3个由高到低排列，乙县为7%，并列第2位；最高为甲县（9%），最低为乙县、丙县（7%）；丁县只有界限值，不参与比较；戊县缺数。",
    );
    check(&table(Intent::Ranking, "%", "2023", &["甲县: -"]), "2023年婴儿死亡率：没有可以列出的数。");
}

#[test]
fn progress_tells_each_state() {
    let mut progress =
        table(Intent::Progress, "%", "结果 目标", &["甲: 96 ≥95", "乙: 94 ≥95", "丙: ≥90 ≥95", "丁: - ≥95"]);
    let states = [(Some(true), "达标"), (Some(false), "未达标"), (None, "不可比"), (None, "未见结果")];
    for (row, (met, word)) in progress.rows.iter_mut().zip(states) {
        row.judged = Some(Judged { met, word: word.to_owned() });
    }
    check(&progress, "婴儿死亡率：4项目标中1项达标，1项未达标（乙），1项不可比（丙），1项未见结果（丁）。");
    progress.rows.truncate(1);
    check(&progress, "甲婴儿死亡率为96%，目标≥95%，达标。");
    progress.rows[0].cells[0] = Cell::Gap(String::new());
    check(&progress, "甲婴儿死亡率目标≥95%，达标。");
}

#[test]
fn comparisons_tell_ends_and_distance_of_each_column() {
    check(
        &table(Intent::Compare, "%", "2022 2023", &["甲县: 91 95.50", "*乙县: 93 93", "丙县: 91 ≥97", "丁县: - 90?"]),
        "婴儿死亡率：2022年可比的3个数中最高为乙县（93%），最低为甲县、丙县（91%），相差2个百分点；2023年可比的2个数中最高为甲县（95.50%），最低为乙县（93%），相差2.5个百分点；乙县2022年为93%、2023年为93%；丙县2023年只有界限值，不参与比较；丁县2023年不可比，不参与比较；丁县2022年缺数。",
    );
    check(
        &table(Intent::Compare, "%", "2023", &["甲县@县级: 91", "乙县@县级: 92", "全国@全国: 95"]),
        "婴儿死亡率：2023年同级可比的2个数中最高为乙县（92%），最低为甲县（91%），相差1个百分点。",
    );
    check(
        &table(Intent::Compare, "%", "2023", &["甲县@县级: 91", "全国@全国: 95"]),
        "婴儿死亡率：同一组中没有两个同级可比的数，不比高低。",
    );
    check(
        &table(Intent::Compare, "%", "2022 2023", &["甲县: 91 -", "乙县: - 93"]),
        "婴儿死亡率：同一组中没有两个可比的数，不作比较；甲县2023年、乙县2022年缺数。",
    );
    check(
        &table(Intent::Compare, "‰", "2020 2021 2022 2023", &["甲县: 1 2 3 4", "乙县: 2 2.5 9 5"]),
        "婴儿死亡率：4组可比的数中，差距最大的是2022年可比的2个数中最高为乙县（9‰），最低为甲县（3‰），相差6‰；差距最小的是2021年可比的2个数中最高为乙县（2.5‰），最低为甲县（2‰），相差0.5‰。",
    );
}

#[test]
fn changes_count_and_judge_only_what_is_known() {
    let rows = ["甲县: 88.1 91.3", "乙县: 90.2 89.75", "丙县: 86 86.0"];
    check(
        &changed("%", "2020 2023", &rows, Polarity::Higher),
        "婴儿死亡率：2023年与2020年相比，可比的3个地区中1个上升、1个下降、1个持平；上升的是甲县（由88.1%到91.3%，3.2个百分点）；下降的是乙县（由90.2%到89.75%，0.45个百分点）；按指标优劣方向，1个好转、1个变差。",
    );
    let mut rounded = changed("%", "2020 2023", &["甲县: 88.1 91.3", "乙县: 90 90.4"], Polarity::Higher);
    rounded.rows[1].change.as_mut().expect("a change").rounding = true;
    rounded.rows[1].change.as_mut().expect("a change").better = None;
    check(
        &rounded,
        "婴儿死亡率：2023年与2020年相比，可比的2个地区中1个上升、1个相差在舍入之内；上升的是甲县（由88.1%到91.3%，3.2个百分点）；按指标优劣方向，1个好转。",
    );
    check(
        &changed("‰", "2020 2023", &["甲县: 3 2", "乙县: 4 3", "丙县: 2 1.5"], Polarity::None),
        "婴儿死亡率：2023年与2020年相比，可比的3个地区均下降；降幅最大的是甲县、乙县（均为1‰）。",
    );
    check(
        &changed("%", "2020 2023", &["甲县: 3 2"], Polarity::Lower),
        "甲县婴儿死亡率由2020年的3%降至2023年的2%，下降1个百分点（好转）。",
    );
    check(
        &changed("%", "2020 2023", &["甲县: 3 -", "乙县: - 4"], Polarity::Lower),
        "婴儿死亡率：没有两期都可比的数，不作比较；甲县、乙县缺数。",
    );
}

#[test]
fn growth_is_measured_against_growth() {
    let mut table = changed("张", "2020 2023", &["甲县: 1000 1100", "乙县: 10 15"], Polarity::Higher);
    for (row, amount) in table.rows.iter_mut().zip(["10%", "50%"]) {
        row.change.as_mut().expect("a change").amount = amount.to_owned();
    }
    let said = sentence(&table, Lang::Zh);
    assert!(said.contains("升幅最大的是乙县（由10张到15张，50%）"), "{said}");
    // Beside an amount the difference decides, and is told.
    table.rows[1].change.as_mut().expect("a change").amount = "5张".to_owned();
    let said = sentence(&table, Lang::Zh);
    assert!(said.contains("升幅最大的是甲县（由1000张到1100张，100张）"), "{said}");
}

#[test]
fn grids_tell_the_newest_whole_period_and_what_is_missing() {
    check(
        &table(Intent::Grid, "‰", "2021 2022 2023上半年", &["甲县: 3.1 2.9 1.2", "乙县: - 2.9 1.4", "丙县: 4 3.5? -"]),
        "婴儿死亡率：2021年至2023上半年，3个地区、3期；2022年可比的2个数均为2.9‰；缺数1个；另有3个数不可比，不参与比较。",
    );
    check(
        &table(Intent::Grid, "‰", "2022", &["甲县@县级: 2.9", "乙县@县级: 2.8", "全国@全国: 4"]),
        "婴儿死亡率：2022年，3个地区；2022年同级可比的2个数中最高为甲县（2.9‰），最低为乙县（2.8‰），相差0.1‰。",
    );
    check(
        &table(Intent::Grid, "‰", "2022", &["甲县@县级: 2.9", "全国@全国: 4"]),
        "婴儿死亡率：2022年，2个地区；2022年没有两个同级可比的数，不比高低。",
    );
    check(
        &table(Intent::Grid, "‰", "2021 2022", &["甲县: 3.1 2.9", "乙县: 3 ≥3"]),
        "婴儿死亡率：2021年至2022年，2个地区、2期；2022年可比的只有甲县（2.9‰），不作比较；另有1个数不可比，不参与比较。",
    );
    check(
        &table(Intent::Grid, "‰", "2021", &["甲县: ≥3.1", "乙县: 约3?"]),
        "婴儿死亡率：2021年，2个地区；没有可比的数，不作比较；另有2个数不可比，不参与比较。",
    );
}

#[test]
fn shares_name_the_largest_part_and_the_remainder() {
    check(
        &shared("医院 卫生院 其余", &["天门市: 42.1 20.2 37.7"]),
        "天门市医疗卫生机构的构成：所列部分中占比最大的是医院，为42.1%（421家）；其余占37.7%。",
    );
    check(
        &shared("医院 卫生院 其余", &["甲县: 42.1 20.2 37.7", "乙县: 50 20 30", "丙县: 40 - -"]),
        "医疗卫生机构的构成：2个地区所列部分中占比最大的都是医院，其占比最高为乙县（50%），最低为甲县（42.1%），相差7.9个百分点；其余占30%至37.7%；丙县各部分不全或不可比，不参与比较。",
    );
    check(
        &shared("男 女", &["甲县: 50 50", "乙县: 51 49"]),
        "医疗卫生机构的构成：占比最大的，2个地区是男，1个地区是女（含并列）。",
    );
    check(&shared("男 女", &["甲县: ≥50 -"]), "医疗卫生机构的构成：各部分不全或不可比，不作比较。");
}

#[test]
fn what_was_left_out_is_said_for_every_intent() {
    for intent in [Intent::Trend, Intent::Ranking, Intent::Compare, Intent::Change, Intent::Grid, Intent::Share] {
        let mut table = table(intent, "%", "2022 2023", &["甲县: 1 2", "乙县: 3 4"]);
        table.excluded.push(Excluded { name: "丙县".to_owned(), ..Excluded::default() });
        assert!(sentence(&table, Lang::Zh).ends_with("；另有1项因不可比未列入。"), "{intent:?}");
        assert!(sentence(&table, Lang::En).ends_with("; 1 not comparable and left out."), "{intent:?}");
    }
}
