//! The sentences of the command line itself in both languages: counts, summaries, refusals of the machine.
//! Words of diagnostics stand in the catalogue, words of `--help` in `help`.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use unicode_width::UnicodeWidthChar;

use crate::build::{Stage, Stats};
use crate::diagnostic::Level;
use crate::diagnostic::catalogue::Language::{self, Chinese, English};
use crate::error::{Action, Error, Reason};
use crate::fix::Change;

/// The name of a level.
pub fn level(level: Level, language: Language) -> &'static str {
    match (level, language) {
        (Level::Error, Chinese) => "错误",
        (Level::Error, English) => "error",
        (Level::Warning, Chinese) => "警告",
        (Level::Warning, English) => "warning",
        (Level::Note, Chinese) => "说明",
        (Level::Note, English) => "note",
    }
}

/// The name of a line that says what to write instead.
pub fn help(language: Language) -> &'static str {
    match language {
        Chinese => "建议",
        English => "help",
    }
}

/// How many errors and warnings there are.
pub fn counts(errors: usize, warnings: usize, language: Language) -> String {
    match language {
        Chinese => match (errors, warnings) {
            (0, 0) => "没有发现问题".to_owned(),
            (errors, 0) => format!("{errors} 个错误"),
            (0, warnings) => format!("{warnings} 个警告"),
            _ => format!("{errors} 个错误，{warnings} 个警告"),
        },
        English => match (errors, warnings) {
            (0, 0) => "no problems found".to_owned(),
            (errors, 0) => plural(errors, "error"),
            (0, warnings) => plural(warnings, "warning"),
            _ => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
        },
    }
}

/// The columns of a table of findings: level, place, code, message.
pub fn columns(language: Language) -> [&'static str; 4] {
    match language {
        Chinese => ["级别", "位置", "代号", "问题"],
        English => ["level", "place", "code", "message"],
    }
}

/// How many findings are not listed.
pub fn more(count: usize, language: Language) -> String {
    match language {
        Chinese => format!("另有 {count} 条"),
        English => format!("and {count} more"),
    }
}

/// How many known findings were passed over.
pub fn passed_over(known: usize, file: &Path, language: Language) -> String {
    match language {
        Chinese => format!("略过 `{}` 里已知的 {known} 条", file.display()),
        English => format!("passed over {} of `{}`", plural(known, "known finding"), file.display()),
    }
}

/// How many findings need no thought.
pub fn fixable(count: usize, language: Language) -> String {
    match language {
        Chinese => format!("其中 {count} 处可用 `nianbao check --fix` 直接改好"),
        English => format!("{count} of them can be mended with `nianbao check --fix`"),
    }
}

/// What was written as known.
pub fn baseline_written(count: usize, file: &Path, language: Language) -> String {
    match language {
        Chinese => format!(
            "已把 {count} 条检查结果写入 `{}`；以后用 `--baseline {}` 略过",
            file.display(),
            shell_word(&file.display().to_string())
        ),
        English => format!(
            "wrote {} to `{}`; pass them over with `--baseline {}`",
            plural(count, "finding"),
            file.display(),
            shell_word(&file.display().to_string())
        ),
    }
}

/// The file of known findings cannot be used.
pub fn bad_baseline(file: &Path, reason: &str, language: Language) -> String {
    match language {
        Chinese => format!("`{}` 不是已知结果的文件：{reason}；用 `--write-baseline` 重写", file.display()),
        English => format!(
            "`{}` is no file of known findings: {reason}; write it anew with `--write-baseline`",
            file.display()
        ),
    }
}

/// A change that was made: `path:line: old → new`.
pub fn changed(change: &Change, language: Language) -> String {
    let Change { path, line, old, new } = change;
    format!("{path}:{line}: {} → {}", visible(old, language), visible(new, language))
}

/// A change that was not made because another would meet it.
pub fn overlaps(change: &Change, language: Language) -> String {
    let line = changed(change, language);
    match language {
        Chinese => format!("{line}（与另一处修改重叠，没有改）"),
        English => format!("{line} (overlaps another change, not made)"),
    }
}

/// A text as it can be shown, or a word that there is none.
fn visible(text: &str, language: Language) -> String {
    match (text.is_empty(), language) {
        (true, Chinese) => "（删去）".to_owned(),
        (true, English) => "(removed)".to_owned(),
        (false, _) if text.trim().is_empty() => text.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect(),
        (false, _) => shown(text),
    }
}

/// A text with names for the characters nobody sees.
pub fn shown(text: &str) -> String {
    let unseen = |c: char| c.is_control() || c.width().unwrap_or(0) == 0 || is_private(c);
    text.chars().map(|c| if unseen(c) { format!("U+{:04X}", u32::from(c)) } else { c.to_string() }).collect()
}

/// The title of a page of findings.
pub fn findings(language: Language) -> &'static str {
    match language {
        Chinese => "检查结果",
        English => "Findings",
    }
}

/// The link to the page made from a file.
pub fn page_link(language: Language) -> &'static str {
    match language {
        Chinese => "网页",
        English => "page",
    }
}

/// The heading of findings without a place.
pub fn whole_site(language: Language) -> &'static str {
    match language {
        Chinese => "整个站点",
        English => "The whole site",
    }
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}')
}

/// `1 page`, `2 pages`.
pub fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// What a build made.
pub fn built(stats: &Stats, language: Language) -> String {
    let Stats { reports, observations, pages, files_written, files_unchanged, files_removed, bytes, output, timings } =
        stats;
    let seconds: f64 = timings.iter().map(|(_, time)| time.as_secs_f64()).sum();
    let megabytes = *bytes as f64 / 1_000_000.0;
    let output = output.display();
    match language {
        Chinese => format!(
            "{reports} 份报告，{observations} 个数值，{pages} 个页面，{megabytes:.1} MB，用时 {seconds:.2} 秒\n\
             `{output}`：写入 {files_written} 个文件，未变 {files_unchanged} 个，删除 {files_removed} 个"
        ),
        English => format!(
            "{}, {}, {}, {megabytes:.1} MB in {seconds:.2} s\n\
             `{output}`: {} written, {files_unchanged} unchanged, {files_removed} removed",
            plural(*reports, "report"),
            plural(*observations, "figure"),
            plural(*pages, "page"),
            plural(*files_written, "file"),
        ),
    }
}

/// How long each stage took, a line each; their names are those of the program's parts.
pub fn timings(stats: &Stats) -> String {
    let line = |(stage, time): &(&str, Duration)| format!("{stage:<10}{:>9.3} s\n", time.as_secs_f64());
    stats.timings.iter().map(line).collect()
}

/// The same as an object of seconds.
pub fn timings_json(stats: &Stats) -> String {
    let seconds = stats.timings.iter().map(|(stage, time)| ((*stage).to_owned(), time.as_secs_f64().into()));
    format!("{}\n", serde_json::Value::Object(seconds.collect()))
}

/// What a stage does, for the progress line.
pub fn stage(stage: Stage, language: Language) -> &'static str {
    match (stage, language) {
        (Stage::Load, Chinese) => "读取",
        (Stage::Load, English) => "reading",
        (Stage::Plan, Chinese) => "核对",
        (Stage::Plan, English) => "checking",
        (Stage::Render, Chinese) => "生成页面",
        (Stage::Render, English) => "rendering",
        (Stage::Commit, Chinese) => "写入",
        (Stage::Commit, English) => "writing",
    }
}

/// A refusal of the machine.
pub fn refusal(error: &Error, language: Language) -> String {
    let verb = match error.action {
        Action::Read => "无法读取",
        Action::Write => "无法写入",
        Action::CreateFolder => "无法创建文件夹",
        Action::Commit => "无法把生成的站点移到",
        Action::Remove => "无法删除",
        Action::Lock => "另一次构建正在写入",
        Action::Start => "无法启动工作线程，站点为",
        Action::Listen => "无法监听",
    };
    match language {
        Chinese => format!("{verb} `{}`：{}", error.path.display(), cause(&error.cause)),
        English => error.to_string(),
    }
}

/// What the system answered, in Chinese where it is a usual answer.
fn cause(cause: &std::io::Error) -> String {
    let reason = cause.get_ref().and_then(|inner| inner.downcast_ref::<Reason>());
    let words = match (reason, cause.kind()) {
        (Some(Reason::DamagedZip), _) => "压缩包损坏、不完整，或者加了密；请重新取一份",
        (Some(Reason::TwinNames), _) => "里面有两个文件同名；请重新打包",
        (Some(Reason::NoFolder), _) => "它所在的文件夹不存在；请先建好",
        _ if cause.get_ref().is_some() => return cause.to_string(),
        (None, ErrorKind::NotFound) => "没有这个文件或文件夹",
        (None, ErrorKind::PermissionDenied) => "没有权限",
        (None, ErrorKind::StorageFull) => "磁盘满了",
        (None, ErrorKind::ReadOnlyFilesystem) => "磁盘是只读的",
        (None, ErrorKind::IsADirectory) => "这是一个文件夹",
        (None, ErrorKind::NotADirectory) => "路径中间有一段不是文件夹",
        _ => return cause.to_string(),
    };
    words.to_owned()
}

/// A page for reviewers in what the site is made from.
pub fn report_kept(file: &Path, language: Language) -> String {
    let file = file.display();
    match language {
        Chinese => format!("`{file}` 在站点的内容、主题或 git 的文件夹里，会被一起发布；请放到别处"),
        English => format!(
            "`{file}` lies in the content, the themes or the git folder of the site and would be published; choose \
             another place"
        ),
    }
}

/// Standard output cannot be written.
pub fn no_output(cause: &std::io::Error, language: Language) -> String {
    match language {
        Chinese => format!("无法写到标准输出：{cause}"),
        English => format!("cannot write to standard output: {cause}"),
    }
}

/// SOURCE_DATE_EPOCH is no time.
pub fn bad_epoch(epoch: &str, language: Language) -> String {
    match language {
        Chinese => format!("环境变量 SOURCE_DATE_EPOCH 应为秒数，不能是 `{epoch}`"),
        English => format!("SOURCE_DATE_EPOCH should be a number of seconds, found `{epoch}`"),
    }
}

/// No command has this name.
pub fn no_command(name: &str, language: Language) -> String {
    match language {
        Chinese => format!("没有 `{name}` 这个命令"),
        English => format!("no command named `{name}`"),
    }
}

/// No page has this path.
pub fn no_page(page: &str, near: &[String], language: Language) -> String {
    let near: Vec<String> = near.iter().map(|path| format!("`{path}`")).collect();
    match language {
        Chinese if near.is_empty() => format!("没有页面 `{page}`"),
        Chinese => format!("没有页面 `{page}`，相近的有 {}", near.join("、")),
        English if near.is_empty() => format!("no page `{page}`"),
        English => format!("no page `{page}`; similar: {}", near.join(", ")),
    }
}

/// No finding has this code.
pub fn no_code(code: &str, near: Option<&str>, language: Language) -> String {
    match (language, near) {
        (Chinese, Some(near)) => format!("没有代码 `{code}`，是不是要写 `{near}`"),
        (Chinese, None) => format!("没有代码 `{code}`；用 `nianbao explain` 列出全部"),
        (English, Some(near)) => format!("no code `{code}`, did you mean `{near}`"),
        (English, None) => format!("no code `{code}`; `nianbao explain` lists all"),
    }
}

/// The text is no period.
pub fn no_period(text: &str, near: Option<&str>, language: Language) -> String {
    match (language, near) {
        (Chinese, Some(near)) => format!("读不懂时期 `{text}`，是不是要写 `{near}`"),
        (Chinese, None) => format!("读不懂时期 `{text}`，可以写 2024、2024-H1、2024-Q3、2024-07、2024-01/2024-07"),
        (English, Some(near)) => format!("cannot read the period `{text}`, did you mean `{near}`"),
        (English, None) => {
            format!("cannot read the period `{text}`; write 2024, 2024-H1, 2024-Q3, 2024-07 or 2024-01/2024-07")
        }
    }
}

/// The text names no region.
pub fn no_region(region: &str, language: Language) -> String {
    match language {
        Chinese => format!("`{region}` 不是地区编号，请写六位行政区划代码，或 regions.toml 里的编号"),
        English => format!("`{region}` is no region id; write a six-digit division code or an id of regions.toml"),
    }
}

/// The folder holds no site.
pub fn no_site(content: &Path, language: Language) -> String {
    match language {
        Chinese => format!("没有文件夹 `{}`，请用 `--root` 指定站点所在的文件夹", content.display()),
        English => format!("there is no folder `{}`; name the folder of the site with `--root`", content.display()),
    }
}

/// A file that would have to be overwritten.
pub fn already_there(path: &Path, language: Language) -> String {
    match language {
        Chinese => format!("`{}` 已经存在，没有写任何文件", path.display()),
        English => format!("`{}` already exists, nothing was written", path.display()),
    }
}

/// What `init` wrote, and the next command.
pub fn site_made(folder: &Path, files: &[PathBuf], language: Language) -> String {
    let mut lines = match language {
        Chinese => "已写入：\n".to_owned(),
        English => "wrote:\n".to_owned(),
    };
    for file in files {
        lines.push_str(&format!("  {}\n", file.display()));
    }
    let root = match folder == Path::new(".") {
        true => String::new(),
        false => format!(" --root {}", shell_word(&folder.display().to_string())),
    };
    lines
        + &match language {
            Chinese => format!("下一步：\n  nianbao build{root}\n"),
            English => format!("next:\n  nianbao build{root}\n"),
        }
}

/// What `new report` wrote.
pub fn report_made(path: &Path, from: Option<&str>, language: Language) -> String {
    let path = path.display();
    match (language, from) {
        (Chinese, Some(from)) => format!("已写入 `{path}`，照 `content/{from}` 填好\n"),
        (Chinese, None) => format!("已写入 `{path}`；这个地区还没有别的报告\n"),
        (English, Some(from)) => format!("wrote `{path}`, prefilled from `content/{from}`\n"),
        (English, None) => format!("wrote `{path}`; the region has no other report yet\n"),
    }
}

/// A path as it can be typed.
fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-~:\\".contains(c);
    if text.chars().all(plain) { text.to_owned() } else { format!("\"{text}\"") }
}

/// A sentence that says why a command did not do its work.
pub fn failure(reason: &str, language: Language) -> String {
    match language {
        Chinese => format!("错误：{reason}"),
        English => format!("error: {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_in_number() {
        let check = |errors, warnings, english: &str, chinese: &str| {
            assert_eq!(counts(errors, warnings, English), english);
            assert_eq!(counts(errors, warnings, Chinese), chinese);
        };
        check(0, 0, "no problems found", "没有发现问题");
        check(1, 0, "1 error", "1 个错误");
        check(2, 1, "2 errors, 1 warning", "2 个错误，1 个警告");
        check(0, 2, "2 warnings", "2 个警告");
    }

    #[test]
    fn refusals_name_the_path() {
        let error = Error::new(Action::Read, "a/b".as_ref(), std::io::Error::other("no"));
        assert_eq!(refusal(&error, English), "cannot read `a/b`: no");
        assert_eq!(refusal(&error, Chinese), "无法读取 `a/b`：no");
    }
}
