//! The words of `--help` and of usage mistakes in both languages. clap knows names and types; what they mean is written
//! here, so that the two languages stand side by side and a test sees that none is missing.

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::arguments::Arguments;
use crate::diagnostic::catalogue::Language;

/// Words by the place they belong to: a command, or `command --option`, or `--option` of every command.
const WORDS: &[(&str, &str, &str)] = &[
    (
        "",
        "年报：把 Markdown 工作总结和指标数值做成可核对、可比较的静态网站",
        "Turns Markdown work summaries and their figures into a static site that can be checked and compared",
    ),
    ("--root", "站点所在的文件夹（默认为当前文件夹）", "Folder of the site (default: the current folder)"),
    (
        "--format",
        "检查结果的格式：human 带摘录（默认），short 每条一行，json，sarif，junit，github，markdown",
        "Format of findings: human with excerpts (default), short with a line each, json, sarif, junit, github, markdown",
    ),
    (
        "--lang",
        "提示的语言：zh 或 en（默认看 LC_ALL、LC_MESSAGES、LANG）",
        "Language of messages: zh or en (default: from LC_ALL, LC_MESSAGES, LANG)",
    ),
    (
        "--today",
        "当作今天的日期（默认看 SOURCE_DATE_EPOCH，再看系统）",
        "The day that counts as today (default: SOURCE_DATE_EPOCH, else the system's)",
    ),
    ("--jobs", "同时工作的线程数（默认每核一个）", "Number of worker threads (default: one per core)"),
    ("--quiet", "只显示检查结果和错误", "Show findings and errors only"),
    ("--help", "显示帮助", "Print help"),
    ("--version", "显示版本", "Print the version"),
    ("init", "新建一个站点，带示例内容", "Make a new site with example content"),
    ("init DIR", "站点的文件夹（默认为当前文件夹）", "Folder of the new site (default: the current folder)"),
    ("new", "新建文件", "Make a new file"),
    (
        "new report",
        "新建一份报告，照同一地区最近一份填好",
        "Make a new report, prefilled from the newest one of the region",
    ),
    (
        "new report --region",
        "地区：行政区划代码或 regions.toml 里的编号",
        "Region: a division code or an id of regions.toml",
    ),
    (
        "new report --period",
        "时期：2024、2024-H1、2024-Q3、2024-07、2024-01/2024-07",
        "Period: 2024, 2024-H1, 2024-Q3, 2024-07 or 2024-01/2024-07",
    ),
    (
        "new report --kind",
        "种类：summary 总结（默认）、plan 要点、briefing 发布会、bulletin 公报",
        "Kind: summary (default), plan, briefing or bulletin",
    ),
    ("build", "检查并生成网站", "Check and build the site"),
    ("build --output", "输出文件夹（默认为站点下的 public）", "Output folder (default: public in the site)"),
    (
        "build --base-url",
        "网站发布后的地址，代替 site.toml 里的 base_url",
        "Where the site will stand, instead of base_url in site.toml",
    ),
    (
        "build --timings",
        "显示各步所用的时间；--timings=json 以 JSON 写到标准输出",
        "Tell how long each stage took; --timings=json writes JSON to standard output",
    ),
    (
        "build --review",
        "生成供审核的网站：每页带评审栏，另有评审总览；默认写到站点下的 review，不对外",
        "Build pages with panels for reviewers and an overview, by default to review in the site; not for the public",
    ),
    (
        "build --base",
        "评审栏里列出自哪个版本以来的改动：git 版本、另一份站点或生成的网站的文件夹",
        "The version whose changes since the panels list: a git revision, or the folder of another or built site",
    ),
    ("build --deny", "warnings：有警告也算失败", "warnings: fail on warnings as well"),
    ("build --drafts", "包括草稿", "Include drafts"),
    (
        "build --release",
        "每份报告都须三审签齐，签后没有改动",
        "Refuse reports that are not signed at all stages, or changed since",
    ),
    (
        "build --baseline",
        "已知的检查结果：不显示，也不算数；由 check --write-baseline 写成",
        "Known findings that neither show nor count, as check --write-baseline wrote them",
    ),
    ("build --report", "另写一个检查结果的网页，供审核人员看", "Also write a page of findings for reviewers"),
    (
        "serve",
        "在浏览器里预览：改动保存后页面自己更新",
        "Show the site in a browser; saved changes appear by themselves",
    ),
    (
        "serve --address",
        "监听的地址（默认 127.0.0.1，只有本机能看；其他地址别人也能看）",
        "Address to listen on (default: 127.0.0.1, this machine only; any other lets others in)",
    ),
    (
        "serve --port",
        "端口（默认 8080；被占用时换一个空闲的）",
        "Port (default: 8080; a free one is taken when it is not free)",
    ),
    ("serve --open", "打开浏览器", "Open a browser"),
    ("serve --drafts", "包括草稿", "Include drafts"),
    ("serve --review", "每页带评审栏，另有评审总览", "Show pages with panels for reviewers, and an overview"),
    (
        "serve --base",
        "评审栏里列出自哪个版本以来的改动：git 版本、另一份站点或生成的网站的文件夹",
        "The version whose changes since the panels list: a git revision, or the folder of another or built site",
    ),
    ("check", "只检查，不写文件", "Check without writing anything"),
    ("check --deny", "warnings：有警告也算失败", "warnings: fail on warnings as well"),
    ("check --drafts", "包括草稿", "Include drafts"),
    (
        "check --release",
        "每份报告都须三审签齐，签后没有改动",
        "Refuse reports that are not signed at all stages, or changed since",
    ),
    (
        "check --baseline",
        "已知的检查结果：不显示，也不算数；由 check --write-baseline 写成",
        "Known findings that neither show nor count, as check --write-baseline wrote them",
    ),
    ("check --report", "另写一个检查结果的网页，供审核人员看", "Also write a page of findings for reviewers"),
    (
        "check --fix",
        "先把不用人判断的毛病直接改好，逐处显示",
        "First mend what needs no judgement, showing each change",
    ),
    (
        "check --write-baseline",
        "把现有的警告和提示写成已知，以后用 --baseline 略过",
        "Write the present warnings and notes as known, to be passed over with --baseline",
    ),
    ("inspect", "以 JSON 显示一个页面的模板所收到的数据", "Print what the template of a page receives, as JSON"),
    ("inspect PAGE", "页面，如 regions/429006/index.html", "The page, such as regions/429006/index.html"),
    ("inspect --drafts", "包括草稿", "Include drafts"),
    (
        "revise",
        "把改过的已公布数登记到 content/revisions.toml",
        "Record published figures that changed in content/revisions.toml",
    ),
    (
        "revise --base",
        "已公布的版本：git 版本、旧版站点或已生成网站的文件夹（默认看 site.toml 的 [check] published）",
        "The published version: a git revision, or the folder of a former or built site (default: [check] published)",
    ),
    ("revise --kind", "种类：correction 更正（默认）、planned 例行修订", "Kind: correction (default) or planned"),
    ("revise --reason", "原因，写给读者看（不写则留空待填）", "The reason, for readers (default: left to fill in)"),
    (
        "pack",
        "把网站打成送审包：解压就能看，附检查结果、校对单和文件清单",
        "Pack the site for review: opens from any folder, with findings, proof sheets and a list of files",
    ),
    (
        "pack --output",
        "压缩包（默认在站点下，以标题和日期命名）",
        "The zip (default: in the site, named by its title and the day)",
    ),
    (
        "pack --since",
        "上次的送审包或其中的 manifest.sha256：只放改动的文件，并列出要删的",
        "A former bundle or its manifest.sha256: pack only what changed, and list what to delete",
    ),
    (
        "pack --base-url",
        "网站发布后的地址，代替 site.toml 里的 base_url",
        "Where the site will stand, instead of base_url in site.toml",
    ),
    ("pack --drafts", "包括草稿", "Include drafts"),
    (
        "pack --release",
        "每份报告都须三审签齐，签后没有改动",
        "Refuse reports that are not signed at all stages, or changed since",
    ),
    (
        "verify",
        "对照文件清单，查一个文件夹或压缩包：改动的、缺少的、多出的",
        "Compare a folder or zip with its list of files: changed, missing, foreign",
    ),
    ("verify DIR", "解压后的送审包、上传后的网站文件夹，或压缩包", "An unpacked bundle, an uploaded site, or a zip"),
    (
        "verify --manifest",
        "文件清单（默认为其中的 manifest.sha256）",
        "The list of files (default: the manifest.sha256 inside)",
    ),
    (
        "sign",
        "审签：把一份或几份报告签为初审、复审或终审，或看签到哪里",
        "Sign reports off at a stage of review, or show who signed",
    ),
    ("sign REPORT", "报告，如 content/429006/2021.md", "The reports, such as content/429006/2021.md"),
    (
        "sign --as",
        "审次：初审、复审、终审（或 first、second、final），依次签",
        "The stage: first, second or final, one after the other",
    ),
    ("sign --by", "签署人", "Who signs"),
    ("sign --note", "备注", "A remark"),
    (
        "sign --status",
        "列出每份报告签到哪里，签后改没改",
        "Show for every report who signed and whether it changed since",
    ),
    ("explain", "解释检查结果里的一个代码", "Explain a code of a finding"),
    (
        "explain CODE",
        "代码，如 unknown-key；不写则列出全部",
        "The code, such as unknown-key; without it all are listed",
    ),
    (
        "diff",
        "比较两个版本：哪些数、目标、说法、报告和设置变了",
        "Compare two versions: which figures, targets, statements, reports and settings changed",
    ),
    (
        "diff OLD",
        "原来的版本：提交、分支、标签（如 HEAD~1），另一份站点的文件夹，或生成的网站（只比数）",
        "The former version: a commit, branch or tag (such as HEAD~1), a folder with another copy of the site, or a built site (figures only)",
    ),
    ("diff NEW", "后来的版本（默认为现在的文件）", "The later version (default: the files as they are)"),
    ("diff --drafts", "包括草稿", "Include drafts"),
    (
        "diff --pages",
        "两个版本都生成一遍，列出内容不同的网页文件",
        "Build both versions and list the files of the site that differ",
    ),
    (
        "diff --report",
        "另写一个改动的网页，带前后对照的图，供审核人员看",
        "Also write a page of the changes with charts for reviewers",
    ),
    ("help", "显示一个命令的帮助", "Print the help of a command"),
    ("help COMMAND", "命令", "The command"),
];

/// The command with its words in a language.
pub fn command(language: Language) -> clap::Command {
    worded(Arguments::command(), "", language)
}

fn worded(command: clap::Command, path: &str, language: Language) -> clap::Command {
    let chinese = language == Language::Chinese;
    let mut command = command.about(lookup(path, language)).long_about(None);
    if chinese {
        command = command
            .help_template("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}")
            .subcommand_help_heading("命令")
            .subcommand_value_name("命令");
    }
    let arguments: Vec<String> = command.get_arguments().map(|argument| argument.get_id().to_string()).collect();
    for id in arguments {
        command = command.mut_arg(id, |argument| {
            let argument = match heading(path, &argument, language) {
                Some(heading) => argument.help_heading(heading),
                None => argument,
            };
            let words = lookup(&place(path, &argument), language);
            argument.help(words).long_help(None)
        });
    }
    let children: Vec<String> = command.get_subcommands().map(|child| child.get_name().to_owned()).collect();
    for name in children {
        let path = if path.is_empty() { name.clone() } else { format!("{path} {name}") };
        command = command.mut_subcommand(name, |child| worded(child, &path, language));
    }
    command
}

/// The heading an argument is listed under, where clap's own will not do. Those at the top go with every command.
fn heading(path: &str, argument: &clap::Arg, language: Language) -> Option<&'static str> {
    match (language, path.is_empty()) {
        (Language::Chinese, true) => Some("通用选项"),
        (Language::English, true) => Some("Options of every command"),
        (Language::Chinese, false) if argument.is_positional() => Some("参数"),
        (Language::Chinese, false) => Some("选项"),
        (Language::English, false) => None,
    }
}

/// The key of an argument in the table of words.
fn place(path: &str, argument: &clap::Arg) -> String {
    let name = match argument.get_long() {
        Some(long) => format!("--{long}"),
        None => argument.get_id().as_str().to_uppercase(),
    };
    if path.is_empty() { name } else { format!("{path} {name}") }
}

fn lookup(place: &str, language: Language) -> &'static str {
    let found = WORDS.iter().find(|(key, ..)| *key == place);
    match (found, language) {
        (None, _) => "",
        (Some((_, chinese, _)), Language::Chinese) => chinese,
        (Some((_, _, english)), Language::English) => english,
    }
}

/// What a usage mistake is, with a pointer to the help.
pub fn mistake(error: &clap::Error, language: Language) -> String {
    match language {
        Language::English => error.render().to_string(),
        Language::Chinese => match chinese_mistake(error) {
            Some(reason) => format!("错误：{reason}\n\n详见 `nianbao --help`\n"),
            None => error.render().to_string(),
        },
    }
}

fn chinese_mistake(error: &clap::Error) -> Option<String> {
    let context = |kind| {
        error.get(kind).map(|value| match value {
            ContextValue::Strings(names) => names.join("、"),
            other => other.to_string(),
        })
    };
    let argument = || context(ContextKind::InvalidArg);
    let value = || context(ContextKind::InvalidValue);
    let hint = |kind| context(kind).map(|name| format!("，是不是要写 `{name}`")).unwrap_or_default();
    Some(match error.kind() {
        ErrorKind::UnknownArgument => format!("没有 `{}` 这个参数{}", argument()?, hint(ContextKind::SuggestedArg)),
        ErrorKind::InvalidSubcommand => {
            let name = context(ContextKind::InvalidSubcommand)?;
            format!("没有 `{name}` 这个命令{}", hint(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {}", argument()?),
        ErrorKind::InvalidValue if value()?.is_empty() => format!("`{}` 后面缺少值", argument()?),
        ErrorKind::InvalidValue => {
            let known =
                context(ContextKind::ValidValue).map(|known| format!("，可用的值：{known}")).unwrap_or_default();
            format!("`{}` 不能是 `{}`{known}", argument()?, value()?)
        }
        ErrorKind::ValueValidation => format!("`{}` 不能是 `{}`", argument()?, value()?),
        ErrorKind::ArgumentConflict => format!("`{}` 不能写两次，也不能与别的参数冲突", argument()?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(command: &clap::Command, path: &str, all: &mut Vec<String>) {
        all.push(path.to_owned());
        all.extend(command.get_arguments().map(|argument| place(path, argument)));
        for child in command.get_subcommands() {
            let path =
                if path.is_empty() { child.get_name().to_owned() } else { format!("{path} {}", child.get_name()) };
            places(child, &path, all);
        }
    }

    #[test]
    fn every_command_and_option_has_words_in_both_languages() {
        let mut wanted = Vec::new();
        places(&Arguments::command(), "", &mut wanted);
        let mut written: Vec<String> = WORDS.iter().map(|(place, ..)| (*place).to_owned()).collect();
        wanted.sort();
        written.sort();
        assert_eq!(written, wanted);
        assert!(WORDS.iter().all(|(_, chinese, english)| !chinese.is_empty() && english.is_ascii()));
    }

    fn check(typed: &str, language: Language, expected: &str) {
        let error = command(language).try_get_matches_from(typed.split(' ')).expect_err("a mistake");
        assert_eq!(mistake(&error, language).lines().next(), Some(expected));
    }

    #[test]
    fn mistakes_are_named() {
        check("nianbao biuld", Language::Chinese, "错误：没有 `biuld` 这个命令，是不是要写 `build`");
        check("nianbao build --ouput x", Language::Chinese, "错误：没有 `--ouput` 这个参数，是不是要写 `--output`");
        check("nianbao inspect", Language::Chinese, "错误：缺少参数 <PAGE>");
        check("nianbao check --today x", Language::Chinese, "错误：`--today <YYYY-MM-DD>` 不能是 `x`");
        check(
            "nianbao check --format x",
            Language::Chinese,
            "错误：`--format <FORMAT>` 不能是 `x`，可用的值：human、short、json、sarif、junit、github、markdown",
        );
        check("nianbao check --deny", Language::Chinese, "错误：`--deny <DENY>` 后面缺少值");
        check("nianbao biuld", Language::English, "error: unrecognized subcommand 'biuld'");
    }

    #[test]
    fn help_speaks_one_language() {
        let help = command(Language::Chinese).render_long_help().to_string();
        assert!(help.contains("用法：nianbao [OPTIONS] <命令>") && help.contains("检查并生成网站"), "{help}");
        assert!(!help.contains("Usage") && !help.contains("Print"), "{help}");
        let help = command(Language::English).render_long_help().to_string();
        assert!(help.is_ascii() && help.contains("Check and build the site"), "{help}");
    }
}
