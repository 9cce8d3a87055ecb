//! The site that is edited: a few regions of two provinces over three years, with a bit of everything a page can depend
//! on. Its files are a value; an edit changes the value, and only files that differ are written.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::{example, tree};

/// Files by path below the folder of the site.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// Regions with reports; the last two are of the site's own.
pub(super) const REGIONS: [&str; 8] =
    ["420000", "420100", "420106", "420111", "429006", "370100", "429006100", "gaoxin"];

/// Years with reports.
pub(super) const YEARS: [u32; 3] = [2021, 2022, 2023];

/// The site before the first edit.
pub(super) fn site() -> Files {
    let mut files: Files = [
        ("content/site.toml", SETTINGS),
        ("content/indicators.toml", INDICATORS),
        ("content/regions.toml", DIVISIONS),
        ("content/index.md", HOME),
        ("content/pages/about.md", ABOUT),
        ("content/pages/charts.md", CHARTS),
        ("content/429006/附件.csv", "项目,数\n床位,500\n"),
        ("content/420000/plan.pdf", "%PDF-1.7\n"),
        ("content/429006/2024-plan.md", PLAN),
        ("content/420100/2023-h1.md", HALF_YEAR),
    ]
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_owned()))
    .into();
    for (at, region) in REGIONS.iter().enumerate() {
        for year in YEARS {
            // A site where everything is given would not show what a gap does.
            if (at + year as usize) % 3 != 1 {
                files.insert(path(region, year), report(region, year, at as u32).into_bytes());
            }
        }
    }
    files
}

/// A site with as many regions as one page can still show, and nearly as many figures.
pub(super) fn crowd() -> Files {
    let names = (0..63).map(|at| format!("[{}]\nname = \"第{at}乡\"\n", township(at)));
    let indicators =
        (1..=8).map(|at| format!("[share-{at}]\nname = \"第{at}项\"\nunit = \"%\"\npolarity = \"higher\"\n"));
    let mut files: Files = [
        ("content/site.toml", "title = \"许多乡镇\"\n".to_owned()),
        ("content/indicators.toml", indicators.collect()),
        ("content/regions.toml", names.collect()),
    ]
    .map(|(path, text)| (path.to_owned(), text.into_bytes()))
    .into();
    files.extend((0..60).map(|at| (path(&township(at), 2023), crowd_report(at).into_bytes())));
    files
}

/// The code of a township.
pub(super) fn township(at: usize) -> String {
    format!("429006{}", 100 + at)
}

/// The report of a township, with eight figures.
pub(super) fn crowd_report(township_at: usize) -> String {
    let code = township(township_at);
    let metric = |at| format!("share-{at} = {{ value = \"{at}0.{township_at:02}%\", target = \"≥50%\" }}\n");
    let metrics: String = (1..=8).map(metric).collect();
    format!("+++\ntitle = \"2023年总结\"\nregion = \"{code}\"\nperiod = \"2023\"\n[metrics]\n{metrics}+++\n")
}

/// Where the report of a region on a year lies.
pub(super) fn path(region: &str, year: u32) -> String {
    format!("content/{region}/{year}.md")
}

/// The report of a region on a year; `salt` makes its figures its own.
pub(super) fn report(region: &str, year: u32, salt: u32) -> String {
    let step = year - 2020;
    let (hospitals, townships) = (300 + 17 * salt + 9 * step, 120 + 5 * salt + step);
    let (births, coverage) = (2400 + 311 * salt - 40 * step, 78 + (salt * 3 + step * 2) % 20);
    let infant = format!("{}.{:02}‰", 2 + salt % 3, (salt * 37 + step * 11) % 100);
    let maternal = format!("{}.{}/10万", 7 + (salt + step) % 9, salt % 10);
    let beds = hospitals + townships;
    let mut head = format!("title = \"{year}年工作总结\"\nregion = \"{region}\"\nperiod = \"{year}\"\n");
    writeln!(head, "date = {}-02-{:02}\npublisher = \"示例统计室\"", year + 1, 10 + salt).expect("a string");
    if salt.is_multiple_of(3) {
        head += "topics = [\"妇幼健康\"]\nsource = { name = \"年度公报\", url = \"https://example.gov.cn/gb.html\" }\n";
    }
    if salt == 4 {
        writeln!(head, "aliases = [\"old/{year}.html\"]\nsummary = \"床位增加，签约率提高。\"").expect("a string");
    }
    if (salt, step) == (2, 3) {
        head += "draft = true\n";
    }
    head += match (salt, step) {
        (6, 2) => "publish = 2025-06-01\n",
        (7, 1) => "expires = 2026-03-01\n",
        _ => "",
    };
    head += "\n[metrics]\n";
    let status = if (salt, step) == (0, 2) { ", status = \"break\", note = \"统计范围扩大\"" } else { "" };
    let baseline = if salt == 4 { ", baseline = { region = \"420000\", value = \"2.11‰\" }" } else { "" };
    writeln!(
        head,
        "hospital-beds = \"{hospitals}张\"\n\
         township-beds = \"{townships}张\"\n\
         beds = \"{beds}张\"\n\
         live-births = \"{births}人\"\n\
         infant-mortality = {{ value = \"{infant}\"{baseline} }}\n\
         maternal-mortality = {{ value = \"{maternal}\", target = \"≤12/10万\", target_source = \"省定\" }}\n\
         coverage = {{ value = \"{coverage}.5%\", target = \"≥85%\"{status} }}"
    )
    .expect("a string");
    head += match salt {
        1 => "visits = { missing = \"not-reported\" }\n",
        _ => "visits = \"35.2万人次\"\n",
    };
    let (most, least) = if salt % 5 == 1 { ("", "") } else { ("，目标为12/10万以下", "，目标为85%以上") };
    let mut text = format!(
        "## 一、床位\n\n床位总数{beds}张，其中医院病床{hospitals}张、乡镇病床{townships}张。诊疗人次35.2万人次。\n\n\
         ## 二、妇幼健康\n\n婴儿死亡率{infant}，孕产妇死亡率{maternal}{most}。活产数{births}人。\n\n\
         ## 三、签约服务\n\n签约率{coverage}.5%{least}。服务更加方便。\n"
    );
    if salt == 4 {
        text += "\n另见[附件](附件.csv)、[关于](../pages/about.md)。\n";
        if step == 3 {
            text += "\n```chart\nkind = \"trend\"\nindicators = [\"coverage\"]\nregions = [\"429006\", \"420100\", \"420000\"]\nperiods = \"2021..2023\"\n```\n";
        }
    }
    if salt == 0 {
        text += "\n见[计划](plan.pdf)。\n";
    }
    format!("+++\n{head}+++\n{text}")
}

/// Files of a theme `gov` of the site's own, copied from the built-in one.
pub(super) fn theme_file(name: &str) -> (String, String) {
    let path = format!("themes/gov/{name}");
    let text = std::fs::read_to_string(example::root().join(&path)).expect("a file of the built-in theme");
    (path, text)
}

/// Names of the templates of the built-in theme.
pub(super) fn templates() -> Vec<String> {
    tree::files(&example::root().join("themes/gov/templates"))
}

const SETTINGS: &str = r#"title = "两省年报"
subtitle = "用来比较两次生成"
base_url = "https://example.gov.cn/nianbao/"
language = "zh-CN"
publisher = "示例统计室"
description = "两个省三年的数字。"
footer = "数字是虚构的。"

[[menu]]
name = "首页"
link = "index.md"

[[menu]]
name = "指标"
link = "indicators/index.html"

[headline]
indicators = ["infant-mortality", "coverage", "beds"]

[compare]
small = 5
"#;

const INDICATORS: &str = r#"[infant-mortality]
name = "婴儿死亡率"
name_en = "Infant mortality"
unit = "‰"
polarity = "lower"
topic = "妇幼健康"
definition = "一年内未满1周岁的婴儿死亡数与活产数之比。"
plausible = [0, 100]
denominator = "live-births"

[maternal-mortality]
name = "孕产妇死亡率"
unit = "/10万"
polarity = "lower"
topic = "妇幼健康"
definition = "每10万例活产中孕产妇的死亡数。"

[live-births]
name = "活产数"
unit = "人"
polarity = "none"
topic = "妇幼健康"
definition = "一年内出生时有生命的人数。"

[beds]
name = "床位总数"
unit = "张"
polarity = "higher"
topic = "资源配置"
definition = "年底的床位数。"
sum = ["hospital-beds", "township-beds"]

[hospital-beds]
name = "医院病床"
unit = "张"
polarity = "higher"
topic = "资源配置"
definition = "医院的床位数。"

[township-beds]
name = "乡镇病床"
unit = "张"
polarity = "higher"
topic = "资源配置"
definition = "乡镇卫生院的床位数。"

[coverage]
name = "签约率"
unit = "%"
polarity = "higher"
topic = "公共卫生"
definition = "签约的家庭占全部家庭之比。"
plausible = [0, 100]

[visits]
name = "诊疗人次"
unit = "人次"
polarity = "none"
topic = "公共卫生"
definition = "一年内的诊疗人次。"
"#;

const DIVISIONS: &str = r#"[429006100]
name = "城关镇"

[gaoxin]
name = "高新区"
level = "county"
parent = "370100"
"#;

const HOME: &str = r#"+++
title = "两省年报"
+++
这里是两个省的数字。
"#;

const ABOUT: &str = r#"+++
title = "关于"
summary = "本页说明数字从哪里来。"
aliases = ["about.html"]
+++
## 一、来源

数字是虚构的。另见[图表](charts.md)。
"#;

const CHARTS: &str = r#"+++
title = "图表"
+++
## 一、走势

```chart
id = "beds"
kind = "trend"
indicators = ["hospital-beds", "township-beds"]
regions = ["420000"]
periods = "2021..2023"
```

## 二、位次

```chart
kind = "ranking"
indicators = ["coverage"]
children = "420100"
period = "2022"
```

## 三、构成

```chart
kind = "share"
indicators = ["beds"]
regions = ["420100", "370100"]
period = "2022"
```
"#;

const PLAN: &str = r#"+++
title = "2024年工作要点"
region = "429006"
period = "2024"
kind = "plan"
date = 2024-03-01

[metrics]
coverage = { target = "≥90%", due = 2026-06-30 }
maternal-mortality = { target = "≤10/10万" }
+++
签约率达到90%以上，孕产妇死亡率控制在10/10万以内。
"#;

const HALF_YEAR: &str = r#"+++
title = "2023年上半年工作情况"
region = "420100"
period = "2023-H1"
kind = "briefing"
date = 2023-07-20

[metrics]
live-births = "1200人"
coverage = "80.1%"
+++
上半年活产数1200人，签约率80.1%。
"#;
