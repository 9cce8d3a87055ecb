//! Verdicts as text: what a report's text says of each of its figures.

use super::*;
use crate::passage;
use crate::site::sample::site_with;

const INDICATORS: &str = r#"
[mothers]
name = "孕产妇死亡率"
unit = "/10万"
[infants]
name = "婴儿死亡率"
aliases = ["婴儿死亡比率"]
unit = "‰"
[hypertension]
name = "高血压患者健康管理率"
unit = "%"
[diabetes]
name = "糖尿病患者健康管理率"
unit = "%"
[beds]
name = "床位数"
aliases = ["床位"]
unit = "张"
[births]
name = "出生人口"
unit = "人"
"#;

fn check(metrics: &str, text: &str, expected: &str) {
    let metrics = metrics.replace(" & ", "\n");
    let head = format!("+++\ntitle = \"报告\"\nregion = \"429006\"\nperiod = \"2021\"\n[metrics]\n{metrics}\n+++\n");
    let files = [
        ("indicators.toml".to_owned(), INDICATORS.to_owned()),
        ("a.md".to_owned(), format!("{head}{text}\n")),
        ("b.md".to_owned(), "+++\ntitle = \"省\"\nregion = \"420000\"\nperiod = \"2021\"\n+++\n".to_owned()),
    ];
    let sample = site_with(&files);
    assert_eq!(sample.codes(), "", "{:?}", sample.found);
    let site = &sample.site;
    let report = site.all_reports().iter().find(|report| &*report.path == "a.md").expect("a report");
    let file = sample.sources.text(report.body.file);
    let passages = passage::read(&file[report.body.offset..], report.body.file, report.body.offset);
    let proof = Reader::new(site).read(report, &passages);
    let said = |span: Span| file[span.start as usize..span.end as usize].to_owned();
    let shown = |verdict: &Verdict| {
        let name = if verdict.is_target { "target " } else { "" };
        let finding = match &verdict.finding {
            Finding::Agrees(place) => format!("= {}", said(place.span)),
            Finding::Contradicts(place) => format!("! {}", said(place.span)),
            Finding::Bound(place) => format!("~ {}", said(place.span)),
            Finding::QuoteDiffers(place) => format!("quote! {}", said(place.span)),
            Finding::QuoteLost => "quote?".to_owned(),
            Finding::Elsewhere(place) => format!("@ {}", said(place.span)),
            Finding::Unnamed(place) => format!("- {}", said(place.span)),
            Finding::Missing => "?".to_owned(),
        };
        format!("{name}{finding}")
    };
    let all: Vec<String> = proof.verdicts.iter().map(shown).collect();
    assert_eq!(all.join(", "), expected, "{metrics} in {text}");
}

#[test]
fn a_figure_beside_its_name_backs_or_contradicts() {
    check(r#"infants = "2.69‰""#, "全年婴儿死亡率为2.69‰。", "= 2.69‰");
    check(r#"infants = "2.69‰""#, "全年婴儿死亡率为**2.96‰**。", "! 2.96‰");
    check(r#"infants = "2.69‰""#, "婴儿死亡比率：2.9‰。", "! 2.9‰");
    check(r#"infants = "2.69‰""#, "孕产妇死亡率18.3/10万，低于上年；婴儿死亡率2.9‰，低于上年。", "! 2.9‰");
    check(r#"infants = "2.69‰""#, "孕产妇死亡率18.3/10万；婴儿死亡率2.9‰。", "! 2.9‰");
    check(r#"infants = "2.69‰""#, "门诊率2.69‰，婴儿死亡率低。", "- 2.69‰");
    check(r#"infants = "2.69‰""#, "全年无数。", "?");
    check(r#"beds = "3400张""#, "新增床位120张，床位数达3400张。", "= 3400张");
    check(r#"beds = "3400张""#, "医院有床位3,400张。", "= 3,400张");
    check(r#"beds = "3.4万张""#, "床位34000张", "= 34000张");
    check(r#"beds = "3400张""#, "| 项目 | 数量 |\n|---|---|\n| 床位数 | 3460张 |", "! 3460张");
    check(r#"infants = "85%以上""#, "婴儿死亡率达85%。", "~ 85%");
}

#[test]
fn lists_pair_heads_with_figures() {
    let two = r#"mothers = "12.8/10万" & infants = "5.40‰""#;
    check(two, "孕产妇死亡率、婴儿死亡率分别为12.8/10万、5.40‰。", "= 12.8/10万, = 5.40‰");
    check(two, "孕产妇死亡率、婴儿死亡率分别为12.6/10万、5.40‰。", "! 12.6/10万, = 5.40‰");
    let rates = r#"hypertension = "81.7%" & diabetes = "73.4%""#;
    check(rates, "高血压、糖尿病患者健康管理率分别达到81.7%、73.4%。", "= 81.7%, = 73.4%");
    check(rates, "高血压、糖尿病患者健康管理率分别达到73.4%、81.7%。", "! 73.4%, ! 81.7%");
}

#[test]
fn other_times_places_and_roles_do_not_contradict() {
    let one = r#"infants = "2.69‰""#;
    check(one, "婴儿死亡率由3.1‰降至2.69‰。", "= 2.69‰");
    check(one, "婴儿死亡率由3.1‰降至2.96‰。", "! 2.96‰");
    check(one, "2020年婴儿死亡率为3.1‰。", "?");
    check(one, "上半年婴儿死亡率为3.1‰。", "?");
    check(one, "湖北省婴儿死亡率为3.1‰。", "?");
    check(one, "全省婴儿死亡率为3.1‰。", "?");
    check(one, "婴儿死亡率控制目标是7‰。", "?");
    check(one, "婴儿死亡率同比下降0.4‰。", "?");
    check(one, "婴儿死亡率为2.7‰。", "= 2.7‰");
    check(one, "婴儿死亡率控制在7‰以内，实际为2.69‰。", "= 2.69‰");
    check(one, "“十三五”末婴儿死亡率为4.1‰，目前已降至2.69‰。", "= 2.69‰");
    check(one, "婴儿死亡率始终保持在3‰以下。", "?");
    check(one, "武汉市婴儿死亡率为3.2‰，我市为2.69‰。", "- 2.69‰");
    check(one, "流动人口婴儿死亡率为3.1‰，全市合计2.69‰。", "- 2.69‰");
    check(one, "婴儿死亡率提高到3.1‰。", "! 3.1‰");
    let rates = r#"hypertension = "73.4%" & diabetes = "73.4%""#;
    check(one, "婴儿死亡率由2.69‰上升到3.1‰。", "! 3.1‰");
    check(one, "2021年婴儿死亡率为3.1‰，2020年婴儿死亡率为2.69‰。", "! 3.1‰");
    check(one, "全省婴儿死亡率为2.69‰，全市婴儿死亡率为3.1‰。", "! 3.1‰");
    check(one, "高于全省平均水平，婴儿死亡率为2.69‰。", "= 2.69‰");
    check(rates, "高血压患者健康管理率和糖尿病患者健康管理率均达73.4%。", "= 73.4%, = 73.4%");
    check(one, "上半年婴儿死亡率为2.69‰，全年婴儿死亡率为3.1‰。", "! 3.1‰");
    check(r#"beds = "200张""#, "床位数比上年增加200张，床位数达到3400张。", "! 3400张");
    check(one, "婴儿死亡率约2.7‰。", "?");
    check(one, "婴儿死亡率约3.7‰。", "! 约3.7‰");
    let lists = r#"mothers = "12.8/10万" & infants = "5.40‰""#;
    let text = "孕产妇死亡率、婴儿死亡率分别为12.8/10万（上年13.5/10万）、5.40‰（上年5.8‰）。";
    check(lists, text, "= 12.8/10万, = 5.40‰");
    let two = r#"mothers = { value = "9/10万", target = "≤12/10万" } & infants = { value = "2.69‰", target = "≤7‰" }"#;
    let text = "孕产妇死亡率为9/10万，婴儿死亡率为2.69‰，均低于控制指标（≤12/10万、≤7‰）。";
    check(two, text, "= 9/10万, target = ≤12/10万, = 2.69‰, target = ≤7‰");
    let aims = r#"infants = { target = "6‰以下" }"#;
    check(aims, "目标是：高血压患者健康管理率90%，床位数900张，婴儿死亡率在5‰以下。", "target ! 5‰以下");
    check(
        r#"infants = { value = "2.69‰", target = "≤7‰" }"#,
        "婴儿死亡率为2.69‰，省定目标是7‰以内。",
        "= 2.69‰, target = 7‰以内",
    );
    check(
        r#"infants = { value = "2.69‰", target = "≤7‰" }"#,
        "婴儿死亡率为2.69‰，婴儿死亡率目标是6‰以内。",
        "= 2.69‰, target ! 6‰以内",
    );
}

#[test]
fn columns_of_a_table_say_what_their_figures_are() {
    let one = r#"beds = "3400张""#;
    let table = |head: &str, row: &str| format!("| {head} |\n|---|---|---|\n| {row} |");
    check(one, &table("指标 | 2020年 | 2021年", "床位数 | 3200张 | 3400张"), "= 3400张");
    check(one, &table("指标 | 2020年 | 2021年", "床位数 | 3400张 | 3200张"), "! 3200张");
    check(one, &table("指标 | 目标 | 完成", "床位数 | 3000张 | 3400张"), "= 3400张");
    check(one, &table("指标 | 全省 | 全市", "床位数 | 30000张 | 3400张"), "= 3400张");
    check(one, &table("指标（张） | 2020年 | 2021年", "床位数 | 3200 | 3460"), "?");
    check(one, &table("指标 | 2020年（张） | 2021年（张）", "床位数 | 3200 | 3400"), "= 3400");
    check(one, &table("指标 | 2020年 | 2021年", "床位数（张） | 3200 | 3460"), "! 3460");
}

#[test]
fn quotations_are_found_word_for_word() {
    let one = |quote: &str| format!("beds = {{ value = \"215张\", quote = \"{quote}\" }}");
    check(&one("重症床位215张"), "其中重症床位 215 张。", "= 215 张");
    check(&one("重症床位215张"), "其中重症床位251张。", "quote! 重症床位251张");
    check(&one("重症床位251张"), "其中重症床位251张。", "! 251张");
    check(&one("重症床位有215间"), "其中重症床位有215间。", "= 215间");
    check(&one("重症床215张"), "其中重症床位215张。", "quote?");
    check(&one("| 床 | 215张 |"), "| 名 | 数 |\n|---|---|\n| 床 | 215张 |", "= 215张");
}
