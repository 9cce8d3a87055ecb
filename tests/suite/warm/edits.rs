//! What authors do to a site. An edit changes the files or the flags and says in a few words what it did; `None` when there
//! is nothing to do it to. Many of them are mistakes, or become one with a former edit: then both builds have to say the same.

use super::site::{self, Files, REGIONS, YEARS};
use super::{Random, State};

/// One edit.
type Edit = fn(&mut State, &mut Random) -> Option<String>;

/// All edits; those that people make often stand more than once.
const EDITS: [Edit; 37] = [
    figure,
    figure,
    figure,
    figure_alone,
    words,
    words,
    heading,
    target,
    target,
    front_matter,
    front_matter,
    front_matter,
    add_report,
    delete_report,
    rename_report,
    move_report,
    swap_reports,
    add_indicator,
    delete_indicator,
    rename_indicator,
    rename_indicator_everywhere,
    indicator_key,
    indicator_key,
    last_indicator_first,
    region_key,
    region_key,
    setting,
    setting,
    theme,
    drop_theme,
    attachment,
    drop_attachment,
    page,
    drop_page,
    ledger,
    drop_ledger,
    flag,
];

/// Mistakes that stop every build.
const MISTAKES: [Edit; 5] = [broken_head, broken_settings, broken_indicators, broken_encoding, broken_template];

/// Makes an edit, or a few at once.
pub(super) fn edit(state: &mut State, random: &mut Random) -> String {
    let count = if random.one_in(4) { 2 + random.below(3) } else { 1 };
    let mut done = Vec::new();
    while done.len() < count {
        let before = state.clone();
        let act = if random.one_in(15) { random.pick(&MISTAKES) } else { random.pick(&EDITS) };
        done.extend(act(state, random).filter(|_| *state != before));
    }
    done.join("; ")
}

/// A change of one figure, in data and text, that leaves the length of the file as it was.
pub(super) fn figure(state: &mut State, random: &mut Random) -> Option<String> {
    let path = report(state, random)?;
    let text = state.text(&path);
    let (id, old) = random.pick_from(figures(&text))?;
    let new = other_figure(&old, random);
    state.write(&path, summed(text.replace(&old, &new)));
    Some(format!("{path}: {id} {old} → {new}"))
}

fn figure_alone(state: &mut State, random: &mut Random) -> Option<String> {
    let path = report(state, random)?;
    let text = state.text(&path);
    let (id, old) = random.pick_from(figures(&text))?;
    let new = other_figure(&old, random);
    state.write(&path, text.replacen(&old, &new, 1));
    Some(format!("{path}: {id} {old} → {new} in the data alone"))
}

fn words(state: &mut State, random: &mut Random) -> Option<String> {
    let path = document(state, random)?;
    let sentence = random.pick(&[
        "服务更加便捷。",
        "群众更加满意。",
        "电话13800138000。",
        "**完**。",
        "见[上年](2021.md)。",
        "增长 5 ％.",
    ]);
    state.write(&path, state.text(&path) + "\n" + sentence + "\n");
    Some(format!("{path}: {sentence}"))
}

fn heading(state: &mut State, random: &mut Random) -> Option<String> {
    let path = document(state, random)?;
    let heading = random.pick(&["## 四、下一步", "### （一）打算", "## 九、其他"]);
    state.write(&path, format!("{}\n{heading}\n\n继续努力。\n", state.text(&path)));
    Some(format!("{path}: {heading}"))
}

fn target(state: &mut State, random: &mut Random) -> Option<String> {
    let path = report(state, random)?;
    let text = state.text(&path);
    let (old, new) =
        random.pick(&[("≥85%", "≥80%"), ("≥80%", "≥85%"), ("≤12/10万", "≤9/10万"), ("≤9/10万", "≤12/10万")]);
    let said = |bound: &str| match bound.strip_prefix('≥') {
        Some(number) => format!("{number}以上"),
        None => format!("{}以下", bound.trim_start_matches('≤')),
    };
    state.write(&path, text.replace(old, new).replace(&said(old), &said(new)));
    Some(format!("{path}: target {old} → {new}"))
}

/// Keys of a report, each with values; an empty one takes the key away.
const FRONT_MATTER: &[(&str, &[&str])] = &[
    ("title", &["\"工作总结\"", "\"年度工作总结<新>\"", "\"2021年工作总结\""]),
    ("draft", &["true", "false", ""]),
    ("publish", &["2025-06-01", "2026-06-01", ""]),
    ("expires", &["2025-12-01", "2026-06-01", ""]),
    ("aliases", &["[\"old/a.html\"]", "[\"old/b.html\", \"old/c.html\"]", ""]),
    ("topics", &["[\"妇幼健康\"]", "[\"资源配置\", \"公共卫生\"]", ""]),
    ("summary", &["\"一年的工作。\"", "\"又一年的工作。\"", ""]),
    ("kind", &["\"bulletin\"", "\"summary\"", "\"briefing\""]),
    ("date", &["2024-02-01", "2023-05-05", ""]),
    ("publisher", &["\"第一统计室\"", "\"第二统计室\"", ""]),
    ("period", &["\"2021\"", "\"2022-H1\"", "\"2023\"", "\"2020\""]),
    ("source", &["{ name = \"公报\" }", "{ name = \"公报\", url = \"https://example.gov.cn/\" }"]),
    ("disclosure", &["{ index = \"MB1A08302/2022-05179\", category = \"卫生\" }", ""]),
];

/// Keys below `[metrics]`.
const METRICS: &[(&str, &[&str])] = &[
    (
        "visits",
        &["\"35.2万人次\"", "{ missing = \"pending\" }", "{ value = \"35.2万人次\", status = \"provisional\" }", ""],
    ),
    ("coverage", &["{ value = \"81.5%\", status = \"break\", note = \"口径变了\" }", "\"81.5%\"", "\"90%以上\"", ""]),
    (
        "live-births",
        &["\"12人\"", "{ value = \"3000人\", as_of = 2022-11-30 }", "{ value = \"3000人\", previous = \"2900人\" }"],
    ),
    (
        "infant-mortality",
        &[
            "[ { value = \"3.1‰\" }, { value = \"3.3‰\", period = \"2020\" } ]",
            "{ value = \"3.1‰\", region = \"420000\" }",
        ],
    ),
];

fn front_matter(state: &mut State, random: &mut Random) -> Option<String> {
    let path = report(state, random)?;
    let (section, keys) = if random.one_in(3) { ("[metrics]", METRICS) } else { ("+++", FRONT_MATTER) };
    set_key(state, random, &path, section, keys)
}

fn add_report(state: &mut State, random: &mut Random) -> Option<String> {
    let path = site::path(random.pick(&REGIONS), random.pick(&YEARS));
    let (region, year) = (random.pick(&REGIONS), random.pick(&YEARS));
    let salt = random.below(20) as u32;
    // Mostly where it belongs; else beside the reports of another region.
    let path = if random.one_in(4) { path.replace(".md", "-2.md") } else { site::path(region, year) };
    state.write(&path, site::report(region, year, salt));
    Some(format!("{path}: a report of {region} on {year}"))
}

fn delete_report(state: &mut State, random: &mut Random) -> Option<String> {
    let path = report(state, random)?;
    state.files.remove(&path);
    Some(format!("{path}: deleted"))
}

fn rename_report(state: &mut State, random: &mut Random) -> Option<String> {
    let path = report(state, random)?;
    let new = path.replace(".md", random.pick(&["-总结.md", "-b.md", "/index.md"]));
    let bytes = state.files.remove(&path)?;
    state.files.insert(new.clone(), bytes);
    Some(format!("{path}: renamed to {new}"))
}

fn move_report(state: &mut State, random: &mut Random) -> Option<String> {
    let path = report(state, random)?;
    let region = random.pick(&REGIONS);
    state.write(&path, with_key(&state.text(&path), "+++", "region", &format!("\"{region}\"")));
    Some(format!("{path}: now of {region}"))
}

fn swap_reports(state: &mut State, random: &mut Random) -> Option<String> {
    let (one, other) = (report(state, random)?, report(state, random)?);
    let (first, second) = (state.files[&one].clone(), state.files[&other].clone());
    state.files.insert(one.clone(), second);
    state.files.insert(other.clone(), first);
    Some(format!("{one} and {other}: swapped"))
}

const INDICATORS: &str = "content/indicators.toml";

/// Keys of an indicator.
const INDICATOR: &[(&str, &[&str])] = &[
    ("polarity", &["\"higher\"", "\"lower\"", "\"none\""]),
    ("definition", &["\"第一种口径。\"", "\"第二种口径<乙>。\"", ""]),
    ("topic", &["\"妇幼健康\"", "\"公共卫生\"", "\"其他\""]),
    ("plausible", &["[0, 50]", "[0, 100000]", ""]),
    ("unit", &["\"张\"", "\"个\"", "\"人\"", "\"%\""]),
    ("name", &["\"新指标\"", "\"床位总数\"", "\"签约率\""]),
    ("name_en", &["\"Rate\"", "\"Number\"", ""]),
    ("method", &["\"全面调查\"", ""]),
    ("source", &["\"年报\"", ""]),
    ("aliases", &["[\"床位\"]", "[\"家庭医生签约率\"]", ""]),
    ("sum", &["[\"hospital-beds\", \"township-beds\"]", ""]),
    ("denominator", &["\"live-births\"", ""]),
];

fn indicator_key(state: &mut State, random: &mut Random) -> Option<String> {
    let section = random.pick_from(sections(&state.text(INDICATORS)))?;
    set_key(state, random, INDICATORS, &section, INDICATOR)
}

fn add_indicator(state: &mut State, random: &mut Random) -> Option<String> {
    let id = random.pick(&["births-rate", "a-first", "nurses"]);
    let text = state.text(INDICATORS);
    let new = format!("[{id}]\nname = \"指标{id}\"\nunit = \"人\"\ntopic = \"资源配置\"\n");
    // In front it moves the numbers of all others.
    state.write(INDICATORS, if random.one_in(2) { format!("{new}\n{text}") } else { format!("{text}\n{new}") });
    if let Some(path) = report(state, random).filter(|_| random.one_in(2)) {
        let text = with_key(&state.text(&path), "[metrics]", id, "\"321人\"");
        state.write(&path, text);
    }
    Some(format!("indicator {id} added"))
}

fn delete_indicator(state: &mut State, random: &mut Random) -> Option<String> {
    let section = random.pick_from(sections(&state.text(INDICATORS)))?;
    state.write(INDICATORS, parted(&state.text(INDICATORS), &section).1);
    if random.one_in(2) {
        let id = section.trim_matches(['[', ']']);
        for path in reports(state) {
            state.write(&path, with_key(&state.text(&path), "[metrics]", id, ""));
        }
    }
    Some(format!("indicator {section} deleted"))
}

fn rename_indicator(state: &mut State, random: &mut Random) -> Option<String> {
    let section = random.pick_from(sections(&state.text(INDICATORS)))?;
    state.write(INDICATORS, state.text(INDICATORS).replace(&section, "[renamed]"));
    Some(format!("indicator {section} renamed in indicators.toml alone"))
}

fn rename_indicator_everywhere(state: &mut State, random: &mut Random) -> Option<String> {
    let section = random.pick_from(sections(&state.text(INDICATORS)))?;
    let id = section.trim_matches(['[', ']']).to_owned();
    let new = random.pick(&["zz-last", "aa-first", "renamed"]);
    let paths: Vec<String> =
        state.files.keys().filter(|path| path.ends_with(".md") || path.ends_with(".toml")).cloned().collect();
    for path in paths.iter().filter(|path| path.starts_with("content/")) {
        let text = state.text(path);
        let quoted = text.replace(&format!("\"{id}\""), &format!("\"{new}\"")).replace(&section, &format!("[{new}]"));
        state.write(path, quoted.replace(&format!("\n{id} ="), &format!("\n{new} =")));
    }
    Some(format!("indicator {id} renamed to {new} everywhere"))
}

fn last_indicator_first(state: &mut State, _: &mut Random) -> Option<String> {
    let text = state.text(INDICATORS);
    let (last, others) = parted(&text, &sections(&text).pop()?);
    state.write(INDICATORS, format!("{last}\n{others}"));
    Some("the last indicator moved to the front".to_owned())
}

/// Keys of a region.
const REGION: &[(&str, &[&str])] = &[
    ("name", &["\"新名镇\"", "\"高新技术开发区\"", "\"武昌\"", ""]),
    ("level", &["\"county\"", "\"township\"", "\"other\"", ""]),
    ("parent", &["\"370100\"", "\"420100\"", "\"420000\"", "\"gaoxin\"", ""]),
];

fn region_key(state: &mut State, random: &mut Random) -> Option<String> {
    let path = "content/regions.toml";
    let section = format!("[{}]", random.pick(&["gaoxin", "429006100", "420106", "370100", "429006"]));
    if random.one_in(6) {
        state.write(path, parted(&state.text(path), &section).1);
        return Some(format!("region {section} removed"));
    }
    set_key(state, random, path, &section, REGION)
}

const SETTINGS: &str = "content/site.toml";

/// Keys of site.toml with the table they stand in.
const SETTING: &[(&str, &str, &[&str])] = &[
    ("", "title", &["\"两省年报\"", "\"两省工作年报\""]),
    ("", "subtitle", &["\"甲\"", "\"乙\"", ""]),
    ("", "footer", &["\"甲\"", "\"乙<丙>\"", ""]),
    ("", "base_url", &["\"https://example.gov.cn/nianbao/\"", "\"https://example.org/\"", ""]),
    ("", "language", &["\"zh-CN\"", "\"en\""]),
    ("", "publisher", &["\"示例统计室\"", "\"示例办公室\""]),
    ("", "description", &["\"三年的数字。\"", ""]),
    (
        "",
        "menu",
        &[
            "[{ name = \"首页\", link = \"index.md\" }]",
            "[{ name = \"数据\", link = \"data/index.html\" }, { name = \"关于\", link = \"pages/about.md\" }]",
        ],
    ),
    ("[headline]", "indicators", &["[\"coverage\"]", "[\"beds\", \"infant-mortality\"]", "[]"]),
    ("[compare]", "small", &["0", "5", "12"]),
    ("[check]", "prose-missing", &["\"off\"", "\"warning\"", "\"note\"", ""]),
    ("[check]", "value-differs", &["\"error\"", "\"off\"", ""]),
    ("[check.words]", "forbid", &["{ \"更加\" = \"更为\" }", ""]),
    ("[check.words]", "require", &["[\"床位\"]", ""]),
    ("[content]", "html", &["\"escape\"", "\"sanitise\""]),
    ("[gov]", "site_name", &["\"示例政府网\"", "\"示例门户\""]),
    ("[gov]", "contact", &["\"0000-0000000\"", ""]),
];

fn setting(state: &mut State, random: &mut Random) -> Option<String> {
    let (section, key, values) = random.pick(SETTING);
    let text = state.text(SETTINGS);
    // `menu` is a list of tables at first.
    let text = if key == "menu" { parted(&parted(&text, "[[menu]]").1, "[[menu]]").1 } else { text };
    let value = random.pick(values);
    state.write(SETTINGS, with_key(&text, section, key, value));
    Some(format!("site.toml: {section} {key} = {value}"))
}

fn theme(state: &mut State, random: &mut Random) -> Option<String> {
    let (name, addition) = match random.below(5) {
        0 => ("static/css/site.css".to_owned(), "\nbody { color: black }\n".to_owned()),
        1 => ("i18n/zh-CN.toml".to_owned(), String::new()),
        2 => ("templates/base.html".to_owned(), "<!-- 版式 -->".to_owned()),
        _ => (format!("templates/{}", random.pick_from(site::templates())?), format!("<!-- {} -->", random.below(9))),
    };
    let (path, text) = site::theme_file(&name);
    let text = if state.files.contains_key(&path) { state.text(&path) } else { text };
    let text =
        if name.starts_with("i18n") { text.replace("指标", random.pick(&["指标项", "数目"])) } else { text };
    state.write(&path, text + &addition);
    Some(format!("{path}: {addition}"))
}

fn drop_theme(state: &mut State, random: &mut Random) -> Option<String> {
    let path = random.pick_from(paths(state, |path| path.starts_with("themes/")))?;
    state.files.remove(&path);
    Some(format!("{path}: deleted"))
}

fn attachment(state: &mut State, random: &mut Random) -> Option<String> {
    let there = paths(state, |path| path.ends_with(".csv") || path.ends_with(".pdf"));
    let path = match random.pick_from(there) {
        Some(path) if random.one_in(2) => path,
        _ => format!("content/{}/附件{}.csv", random.pick(&REGIONS), random.below(3)),
    };
    let lines = 1 + random.below(20);
    let bytes = if path.ends_with(".pdf") { "%PDF-1.7\n".repeat(lines) } else { "项目,数\n".repeat(lines) };
    state.write(&path, bytes);
    Some(format!("{path}: {lines} lines"))
}

fn drop_attachment(state: &mut State, random: &mut Random) -> Option<String> {
    let path = random.pick_from(paths(state, |path| path.ends_with(".csv") || path.ends_with(".pdf")))?;
    let bytes = state.files.remove(&path)?;
    if random.one_in(2) {
        let new = path.replace("附件", "表");
        state.files.insert(new.clone(), bytes);
        return Some(format!("{path}: renamed to {new}"));
    }
    Some(format!("{path}: deleted"))
}

fn page(state: &mut State, random: &mut Random) -> Option<String> {
    let path = random.pick(&[
        "content/pages/more.md",
        "content/pages/a/index.md",
        "content/pages/about.md",
        "content/pages/charts.md",
        "content/index.md",
    ]);
    let kind = random.pick(&[
        "kind = \"grid\"",
        "kind = \"progress\"",
        "kind = \"ranking\"\nperiod = \"2022\"",
        "kind = \"change\"\nperiods = [\"2021\", \"2022\"]",
    ]);
    let children = random.pick(&["420000", "420100", "370100"]);
    let text = match state.files.get(path) {
        Some(_) if random.one_in(2) => state.text(path).replace("数字", random.pick(&["数据", "数字，", "**数字**"])),
        Some(_) => format!(
            "{}\n```chart\n{kind}\nindicators = [\"coverage\"]\nchildren = \"{children}\"\n```\n",
            state.text(path)
        ),
        None => "+++\ntitle = \"又一页\"\n+++\n又一页的数字，见[甲](about.md)。\n".to_owned(),
    };
    state.write(path, text);
    Some(format!("{path}: edited ({kind} of {children})"))
}

fn drop_page(state: &mut State, random: &mut Random) -> Option<String> {
    let path =
        random.pick_from(paths(state, |path| path.starts_with("content/pages/") || path == "content/index.md"))?;
    state.files.remove(&path);
    Some(format!("{path}: deleted"))
}

/// A revision of a figure as it stands; later edits of that figure make it a mistake.
fn ledger(state: &mut State, random: &mut Random) -> Option<String> {
    let path = report(state, random)?;
    let text = state.text(&path);
    let (id, new) = random.pick_from(figures(&text))?;
    let head = |key: &str| {
        let line = text.lines().find(|line| line.split(" = ").next() == Some(key))?;
        Some(line.to_owned())
    };
    let (region, period, old) = (head("region")?, head("period")?, other_figure(&new, random));
    let kind = random.pick(&["planned", "correction"]);
    let entry = format!(
        "[[revision]]\nindicator = \"{id}\"\n{region}\n{period}\nold = \"{old}\"\nnew = \"{new}\"\n\
         kind = \"{kind}\"\nreason = \"核对\"\ndate = 2025-03-01\n"
    );
    state.write("content/revisions.toml", entry);
    Some(format!("{path}: {id} was {old}"))
}

fn drop_ledger(state: &mut State, _: &mut Random) -> Option<String> {
    state.files.remove("content/revisions.toml").map(|_| "no ledger".to_owned())
}

fn flag(state: &mut State, random: &mut Random) -> Option<String> {
    let flags = &mut state.flags;
    match random.below(7) {
        0 | 1 => flags.today = random.pick(&["2026-01-01", "2026-04-01", "2025-05-01", "2026-07-01"]),
        2 => flags.drafts = !flags.drafts,
        3 => flags.base_url = random.pick(&[None, Some("https://example.com/x"), Some("")]),
        4 => flags.deny = !flags.deny,
        5 => flags.language = random.pick(&["zh", "en"]),
        _ => flags.format = random.pick(&["short", "json", "human"]),
    }
    Some(format!("{flags:?}"))
}

fn broken_head(state: &mut State, random: &mut Random) -> Option<String> {
    let path = document(state, random)?;
    let fault = random.pick(&["title = \"", "titel = \"甲\"", "date = 2023-13-01"]);
    state.write(&path, state.text(&path).replacen("+++\n", &format!("+++\n{fault}\n"), 1));
    Some(format!("{path}: {fault}"))
}

fn broken_settings(state: &mut State, _: &mut Random) -> Option<String> {
    state.write(SETTINGS, format!("titel = [\n{}", state.text(SETTINGS)));
    Some("site.toml broken".to_owned())
}

fn broken_indicators(state: &mut State, _: &mut Random) -> Option<String> {
    state.write(INDICATORS, state.text(INDICATORS) + "\n[beds");
    Some("indicators.toml broken".to_owned())
}

fn broken_encoding(state: &mut State, random: &mut Random) -> Option<String> {
    let path = document(state, random)?;
    let mut bytes = state.files.remove(&path)?;
    bytes.extend(b"\xff\xfe\xb0");
    state.files.insert(path.clone(), bytes);
    Some(format!("{path}: bytes that are no text"))
}

fn broken_template(state: &mut State, random: &mut Random) -> Option<String> {
    let (path, text) =
        site::theme_file(random.pick(&["templates/home.html", "templates/year.html", "templates/base.html"]));
    state.write(&path, text + random.pick(&["{% if %}", "{{ page.nowhere }}", "{{ page.title | nothing }}"]));
    Some(format!("{path}: broken"))
}

fn paths(state: &State, fits: impl Fn(&str) -> bool) -> Vec<String> {
    state.files.keys().filter(|path| fits(path)).cloned().collect()
}

fn reports(state: &State) -> Vec<String> {
    paths(state, |path| path.ends_with(".md") && !path.starts_with("content/pages/") && path != "content/index.md")
}

fn report(state: &State, random: &mut Random) -> Option<String> {
    random.pick_from(reports(state))
}

fn document(state: &State, random: &mut Random) -> Option<String> {
    random.pick_from(paths(state, |path| path.ends_with(".md")))
}

/// The figures below `[metrics]`, with their indicators.
fn figures(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().skip_while(|line| *line != "[metrics]").take_while(|line| *line != "+++");
    let figure = |line: &str| {
        let (id, value) = line.split_once(" = ")?;
        let value = value.split_once("value = ").map_or(value, |(_, value)| value);
        let value = value.strip_prefix('"')?.split('"').next()?;
        value.starts_with(|c: char| c.is_ascii_digit()).then(|| (id.to_owned(), value.to_owned()))
    };
    lines.filter_map(figure).collect()
}

/// The figure with another digit in it.
fn other_figure(figure: &str, random: &mut Random) -> String {
    let number = figure.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(figure.len());
    let digits: Vec<usize> =
        figure[..number].char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = random.pick(&digits);
    let digit = 1 + random.below(9);
    format!("{}{digit}{}", &figure[..at], &figure[at + 1..])
}

/// The report with the sum of its beds worked out again.
fn summed(text: String) -> String {
    let figures = figures(&text);
    let count = |id: &str| {
        let (_, figure) = figures.iter().find(|(name, _)| name == id)?;
        figure.strip_suffix('张')?.parse::<u32>().ok()
    };
    let (Some(sum), Some(one), Some(other)) = (count("beds"), count("hospital-beds"), count("township-beds")) else {
        return text;
    };
    text.replace(&format!("{sum}张"), &format!("{}张", one + other))
}

/// The heads of the tables of a file.
fn sections(text: &str) -> Vec<String> {
    text.lines().filter(|line| line.starts_with('[') && line.ends_with(']')).map(str::to_owned).collect()
}

/// A table and the rest of its file.
fn parted(text: &str, section: &str) -> (String, String) {
    let (mut table, mut rest, mut inside, mut seen) = (String::new(), String::new(), false, false);
    for line in text.lines() {
        if line.starts_with('[') {
            inside = !seen && line == section;
            seen |= inside;
        }
        let part = if inside { &mut table } else { &mut rest };
        part.push_str(line);
        part.push('\n');
    }
    (table, rest)
}

fn set_key(
    state: &mut State,
    random: &mut Random,
    path: &str,
    section: &str,
    keys: &[(&str, &[&str])],
) -> Option<String> {
    let (key, values) = random.pick(keys);
    let value = random.pick(values);
    state.write(path, with_key(&state.text(path), section, key, value));
    Some(format!("{path}: {section} {key} = {value}"))
}

/// A text with a key set below a head line; without the key when the value is empty.
fn with_key(text: &str, section: &str, key: &str, value: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let start = match section {
        "" => 0,
        _ => match lines.iter().position(|line| line == section) {
            Some(at) => at + 1,
            None => {
                lines.extend([String::new(), section.to_owned()]);
                lines.len()
            }
        },
    };
    let ends = |line: &String| line.starts_with('[') || line == "+++";
    let end = lines[start..].iter().position(ends).map_or(lines.len(), |length| start + length);
    let at = lines[start..end].iter().position(|line| line.split(" = ").next() == Some(key)).map(|at| start + at);
    match at {
        Some(at) if value.is_empty() => drop(lines.remove(at)),
        Some(at) => lines[at] = format!("{key} = {value}"),
        None if value.is_empty() => {}
        None => lines.insert(start, format!("{key} = {value}")),
    }
    lines.join("\n") + "\n"
}

impl State {
    fn text(&self, path: &str) -> String {
        self.files.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
    }

    fn write(&mut self, path: &str, text: impl Into<Vec<u8>>) {
        let files: &mut Files = &mut self.files;
        files.insert(path.to_owned(), text.into());
    }
}
