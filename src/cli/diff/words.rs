//! The words of `diff` in both languages.

use super::Versions;
use crate::cli::words::{plural, refusal};
use crate::diagnostic::catalogue::Language::{self, Chinese, English};
use crate::diff::{Amount, Change, Place};
use crate::period::Period;
use crate::version::{Fault, Note, Origin, Version};

/// Why there is no such version, and what to do.
pub(super) fn fault(fault: &Fault, language: Language) -> String {
    match (fault, language) {
        (Fault::NoGit, Chinese) => "没有找到 `git` 程序：装上 git，或改用文件夹名来比较".into(),
        (Fault::NoGit, English) => {
            "there is no `git` program on the path: install git, or name folders to compare".into()
        }
        (Fault::NoRepository(path), Chinese) => format!(
            "`{}` 不在 git 仓库里，所以没有版本可比；可以写另一份站点的文件夹名，站点不在当前文件夹时用 `--root` 指定",
            path.display()
        ),
        (Fault::NoRepository(path), English) => format!(
            "`{}` lies in no git repository, so it has no revisions; name a folder with another copy of the site, or \
             the folder of the site with `--root`",
            path.display()
        ),
        (Fault::Unknown(name, near), _) => unknown(name, near, language),
        (Fault::Shallow(name), Chinese) => format!(
            "没有版本 `{name}`：这是浅克隆，只有最近的历史；先运行 `git fetch --unshallow`（GitHub Actions 里给 checkout \
             写 `fetch-depth: 0`）"
        ),
        (Fault::Shallow(name), English) => format!(
            "no revision `{name}`: this clone is shallow and holds recent history only; first run \
             `git fetch --unshallow` (in GitHub Actions, give checkout `fetch-depth: 0`)"
        ),
        (Fault::NotInRevision { name, path }, Chinese) => {
            format!("版本 `{name}` 里没有文件夹 `{path}`：那时站点还不在，或在别处")
        }
        (Fault::NotInRevision { name, path }, English) => {
            format!("revision `{name}` has no folder `{path}`: the site was not there yet, or lay elsewhere")
        }
        (Fault::NoSite(path), Chinese) => format!(
            "`{}` 不是站点：里面没有 `content/`、`site.toml` 或 `data/observations.csv`，也没有这个名字的版本",
            path.display()
        ),
        (Fault::NoSite(path), English) => format!(
            "`{}` is no site: it holds no `content/`, `site.toml` or `data/observations.csv`, and no revision has that name",
            path.display()
        ),
        (Fault::BadData(path, reason), Chinese) => format!("读不懂数据文件 `{}`：{reason}", path.display()),
        (Fault::BadData(path, reason), English) => format!("cannot read the data in `{}`: {reason}", path.display()),
        (Fault::Git(said), Chinese) => format!("git 没有成功，它说：{said}"),
        (Fault::Git(said), English) => format!("git failed: {said}"),
        (Fault::Machine(error), _) => refusal(error, language),
    }
}

fn unknown(name: &str, near: &[String], language: Language) -> String {
    let near: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
    // `main..HEAD` is how git writes two of them.
    let two = name.split_once("..").map(|(old, new)| format!("{old} {}", new.trim_start_matches('.')));
    match language {
        Chinese if let Some(two) = &two => format!("`{name}` 是两个版本，分开写：`nianbao diff {}`", two.trim()),
        English if let Some(two) = &two => {
            format!("`{name}` names two versions; write them apart: `nianbao diff {}`", two.trim())
        }
        Chinese if near.is_empty() => {
            format!("没有叫 `{name}` 的文件夹，也没有这个版本；用 `git log --oneline`、`git branch -a`、`git tag` 查看")
        }
        Chinese => format!("没有叫 `{name}` 的文件夹，也没有这个版本；是不是要写 {}", near.join("、")),
        English if near.is_empty() => {
            format!("no folder and no revision `{name}`; see `git log --oneline`, `git branch -a` and `git tag`")
        }
        English => format!("no folder and no revision `{name}`; did you mean {}", near.join(", ")),
    }
}

/// A form of findings that no difference has.
pub(super) fn no_such_format(language: Language) -> &'static str {
    match language {
        Chinese => "`diff` 的格式是 human、short、markdown、json",
        English => "the formats of `diff` are human, short, markdown and json",
    }
}

/// A version as people name it.
fn name(version: &Version, language: Language) -> String {
    match (&version.origin, language) {
        (Origin::WorkingTree, Chinese) => "现在的文件".into(),
        (Origin::WorkingTree, English) => "working tree".into(),
        (Origin::Revision(commit), _) => {
            let short = commit.get(..10).unwrap_or(commit);
            if commit.starts_with(&version.name) { short.to_owned() } else { format!("{} ({short})", version.name) }
        }
        (Origin::Folder, _) => version.name.clone(),
        (Origin::Data, Chinese) => format!("{}（数据）", version.name),
        (Origin::Data, English) => format!("{} (data)", version.name),
    }
}

/// What is compared with what.
pub(super) fn compared(versions: &Versions, language: Language) -> String {
    format!("{} → {}", name(&versions.old, language), name(&versions.new, language))
}

/// A line of a note.
pub(super) fn note(text: &str, language: Language) -> String {
    match language {
        Chinese => format!("说明：{text}"),
        English => format!("note: {text}"),
    }
}

/// A note on a version.
pub(super) fn version_note(version: &Version, note: &Note, language: Language) -> String {
    let name = &version.name;
    match (note, language) {
        (Note::AlsoRevision, Chinese) => {
            format!("`{name}` 既是文件夹也是版本，取的是文件夹；要版本就写 `refs/heads/{name}` 或它的提交号")
        }
        (Note::AlsoRevision, English) => {
            format!(
                "`{name}` is a folder and a revision; the folder was taken. For the revision write `refs/heads/{name}` or its hash"
            )
        }
        (Note::LinkLeadsOut(path), Chinese) => format!("`{name}` 的 `{path}` 是指到站点外面的链接，没有读"),
        (Note::LinkLeadsOut(path), English) => {
            format!("`{path}` of `{name}` is a link that leads out of the site; it was left out")
        }
        (Note::TooLarge(path), Chinese) => format!("`{name}` 的 `{path}` 太大，不像文本，没有读"),
        (Note::TooLarge(path), English) => format!("`{path}` of `{name}` is too large for a text; it was left out"),
    }
}

/// The first version is the later one.
pub(super) fn swapped(versions: &Versions, language: Language) -> String {
    let (old, new) = (&versions.old.name, &versions.new.name);
    match language {
        Chinese => format!("`{old}` 在 `{new}` 之后，前后写反了；要看后来改了什么，写 `nianbao diff {new} {old}`"),
        English => format!("`{old}` comes after `{new}`; to see what changed since, write `nianbao diff {new} {old}`"),
    }
}

/// Data hold figures only.
pub(super) fn values_only(language: Language) -> &'static str {
    match language {
        Chinese => "生成的数据里只有数，所以只比数和目标",
        English => "the data of a built site hold figures only, so only figures and targets are compared",
    }
}

/// Mistakes were shown.
pub(super) fn has_mistakes(version: &Version, language: Language) -> String {
    let name = name(version, language);
    match language {
        Chinese => note(&format!("以上是 {name} 里的错误；读得出的部分照样比较"), language),
        English => note(&format!("these are mistakes in {name}; what could be read is compared"), language),
    }
}

/// Nothing of a version could be read.
pub(super) fn unreadable(version: &Version, language: Language) -> String {
    let name = name(version, language);
    match language {
        Chinese => format!("{name} 的 site.toml 或 indicators.toml 读不出来，没法比较"),
        English => format!("site.toml or indicators.toml of {name} cannot be read, so there is nothing to compare"),
    }
}

/// A version cannot be built.
pub(super) fn not_built(version: &Version, language: Language) -> String {
    let name = name(version, language);
    match language {
        Chinese => format!("{name} 有错误，生成不了网页，所以没有比较网页；先运行 `nianbao check`"),
        English => format!("{name} has errors and cannot be built, so pages are not compared; see `nianbao check`"),
    }
}

/// Two versions are equal.
pub(super) fn no_differences(compared: &str, language: Language) -> String {
    match language {
        Chinese => format!("{compared}：没有不同"),
        English => format!("{compared}: no differences"),
    }
}

/// Two versions are equal, as a sentence.
pub(super) fn nothing(language: Language) -> &'static str {
    match language {
        Chinese => "没有不同。",
        English => "No differences.",
    }
}

/// The title of the page.
pub(super) fn page_title(language: Language) -> &'static str {
    match language {
        Chinese => "改动",
        English => "Changes",
    }
}

/// The titles of the lists.
pub(super) fn titles(language: Language) -> [&'static str; 9] {
    match language {
        Chinese => [
            "数",
            "目标",
            "达标情况",
            "文数一致",
            "报告和页面",
            "指标、地区和设置",
            "附件和主题文件",
            "网页文件",
            "只是写法不同",
        ],
        English => [
            "Figures",
            "Targets",
            "States of targets",
            "Statements",
            "Reports and pages",
            "Indicators, regions and settings",
            "Attachments and files of themes",
            "Built files",
            "Only written otherwise",
        ],
    }
}

/// A title with a count.
pub(super) fn counted(title: &str, count: usize, language: Language) -> String {
    match language {
        Chinese => format!("{title}（{count}）"),
        English => format!("{title} ({count})"),
    }
}

/// The columns of the table of counts.
pub(super) fn count_columns(language: Language) -> [&'static str; 2] {
    match language {
        Chinese => ["改动", "处"],
        English => ["Change", "Count"],
    }
}

/// The columns of a list.
pub(super) fn columns(language: Language) -> [&'static str; 5] {
    match language {
        Chinese => ["什么", "原", "新", "变化", "位置"],
        English => ["What", "Before", "After", "Change", "Place"],
    }
}

/// A place in words: `天门市 2021年 床位数`.
pub(super) fn place(place: &Place, language: Language) -> String {
    let period = Period::parse(&place.period).map(|period| period.label(language == Chinese));
    let period = period.unwrap_or_else(|_| place.period.clone());
    format!("{} {period} {}", place.region_name, place.indicator_name)
}

/// What a figure is, behind its name; nothing for a measured one.
pub(super) fn role(role: &str, language: Language) -> &'static str {
    match (role, language) {
        ("target", Chinese) => " 目标",
        ("target", English) => " target",
        ("baseline", Chinese) => "（别的报告引用）",
        ("baseline", English) => " (as stated elsewhere)",
        ("derived", Chinese) => "（推算）",
        ("derived", English) => " (computed)",
        _ => "",
    }
}

/// A target in words.
pub(super) fn goal(place: &str, target: &str, language: Language) -> String {
    match language {
        Chinese => format!("{place}（目标 {target}）"),
        English => format!("{place} (target {target})"),
    }
}

/// The state of a target.
pub(super) fn state(state: &str, language: Language) -> &'static str {
    match (state, language) {
        ("met", Chinese) => "达标",
        ("missed", Chinese) => "未达标",
        ("due", Chinese) => "未到期",
        ("unreported", Chinese) => "未见结果",
        (_, Chinese) => "不可比",
        ("met", English) => "met",
        ("missed", English) => "missed",
        ("due", English) => "not yet due",
        ("unreported", English) => "no result",
        (_, English) => "not comparable",
    }
}

/// Why a figure is missing.
pub(super) fn missing(missing: &str, language: Language) -> &'static str {
    match (missing, language) {
        ("not-reported", Chinese) => "未报",
        ("not-applicable", Chinese) => "不适用",
        ("suppressed", Chinese) => "不公布",
        (_, Chinese) => "待报",
        ("not-reported", English) => "not reported",
        ("not-applicable", English) => "not applicable",
        ("suppressed", English) => "suppressed",
        (_, English) => "pending",
    }
}

/// Words with more in brackets.
pub(super) fn in_brackets(name: &str, more: &str, language: Language) -> String {
    match language {
        Chinese => format!("{name}（{more}）"),
        English => format!("{name} ({more})"),
    }
}

/// A name with its id or path.
pub(super) fn titled(name: &str, id: &str, language: Language) -> String {
    if name == id { name.to_owned() } else { in_brackets(name, id, language) }
}

/// By how much, and whether that is good.
pub(super) fn amount(amount: &Amount, language: Language) -> String {
    let judged = match (amount.better, amount.rounding, language) {
        (_, true, Chinese) => "，在舍入之内",
        (_, true, English) => ", within rounding",
        (Some(true), _, Chinese) => "，变好",
        (Some(true), _, English) => ", better",
        (Some(false), _, Chinese) => "，变差",
        (Some(false), _, English) => ", worse",
        (None, ..) => "",
    };
    format!("{}{judged}", amount.words)
}

/// Why there is no amount.
pub(super) fn no_amount(reason: &str, language: Language) -> String {
    match language {
        Chinese => format!("不算增减：{reason}"),
        English => format!("no change worked out: {reason}"),
    }
}

/// What became of something; nothing where before and after say it.
pub(super) fn change(change: Change, language: Language) -> &'static str {
    match (change, language) {
        (Change::Changed, Chinese) => "改动",
        (Change::Changed, English) => "changed",
        (Change::Added, Chinese) => "新增",
        (Change::Added, English) => "added",
        (Change::Removed, Chinese) => "删除",
        (Change::Removed, English) => "removed",
        (Change::Status, Chinese) => "数没有变，说明变了",
        (Change::Status, English) => "the figure stands, what is said of it changed",
        (Change::Wording, Chinese) => "同一个数",
        (Change::Wording, English) => "the same figure",
        (Change::Renamed, Chinese) => "改名",
        (Change::Renamed, English) => "renamed",
        (Change::Moved, Chinese) => "移动",
        (Change::Moved, English) => "moved",
    }
}

/// Whether a statement holds now.
pub(super) fn holds(holds: bool, language: Language) -> &'static str {
    match (holds, language) {
        (true, Chinese) => "原来有错，现在没有了",
        (true, English) => "was wrong, is right now",
        (false, Chinese) => "原来没有错，现在有",
        (false, English) => "was right, is wrong now",
    }
}

/// How many sentences only look otherwise.
pub(super) fn formatting(count: usize, language: Language) -> String {
    match language {
        Chinese => format!("{count} 处标点、空格或格式"),
        English => format!("{} of punctuation, blanks or format", plural(count, "change")),
    }
}

/// How many files.
pub(super) fn files(count: usize, language: Language) -> String {
    match language {
        Chinese => format!("{count} 个文件"),
        English => plural(count, "file"),
    }
}

/// The name of a field.
pub(super) fn field(field: &str, language: Language) -> String {
    const NAMES: &[(&str, &str, &str)] = &[
        ("title", "标题", "title"),
        ("region", "地区", "region"),
        ("period", "时期", "period"),
        ("as_of", "截止日", "as of"),
        ("kind", "种类", "kind"),
        ("date", "日期", "date"),
        ("publisher", "发布单位", "publisher"),
        ("publish", "公开日", "publish"),
        ("expires", "撤下日", "expires"),
        ("draft", "草稿", "draft"),
        ("topics", "主题", "topics"),
        ("aliases", "别名", "aliases"),
        ("summary", "摘要", "summary"),
        ("source.name", "来源", "source"),
        ("source.url", "来源地址", "address of the source"),
        ("disclosure.index", "索引号", "index number"),
        ("disclosure.category", "分类", "category"),
        ("disclosure.issued", "发文日期", "issued"),
        ("disclosure.document_number", "文号", "document number"),
        ("disclosure.validity", "效力状态", "validity"),
        ("chart", "图表", "chart"),
        ("link", "链接", "link"),
        ("status", "数据状态", "status"),
        ("missing", "缺数原因", "why missing"),
        ("note", "备注", "note"),
        ("due", "到期日", "due"),
        ("target_source", "目标由谁定", "set by"),
        ("name", "名称", "name"),
        ("name_en", "英文名称", "English name"),
        ("unit", "计量单位", "unit"),
        ("polarity", "评价方向", "polarity"),
        ("topic", "主题", "topic"),
        ("definition", "定义", "definition"),
        ("plausible", "合理范围", "plausible range"),
        ("denominator", "分母", "denominator"),
        ("level", "级别", "level"),
        ("parent", "上级", "parent"),
    ];
    let found = NAMES.iter().find(|(name, ..)| *name == field);
    match (found, language) {
        (Some((_, chinese, _)), Chinese) => (*chinese).to_owned(),
        (Some((.., english)), English) => (*english).to_owned(),
        (None, _) => field.to_owned(),
    }
}

/// Before and after.
pub(super) fn from_to(old: &str, new: &str, language: Language) -> String {
    let none = match language {
        Chinese => "（无）",
        English => "(none)",
    };
    match (old.is_empty(), new.is_empty()) {
        (true, true) => String::new(),
        (true, false) => new.to_owned(),
        (false, true) => format!("{old} → {none}"),
        (false, false) => format!("{old} → {new}"),
    }
}

/// Something with what is said of it.
pub(super) fn of(what: &str, said: &str, language: Language) -> String {
    match language {
        Chinese => format!("{what}：{said}"),
        English => format!("{what}: {said}"),
    }
}

/// What parts what is said.
pub(super) fn comma(language: Language) -> &'static str {
    match language {
        Chinese => "，",
        English => ", ",
    }
}
