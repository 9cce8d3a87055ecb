//! The sentences of the command line itself in both languages: counts, summaries, refusals of the machine.
//! Words of diagnostics stand in the catalogue, words of `--help` in `help`.

use crate::build::{Stage, Stats};
use crate::diagnostic::Level;
use crate::diagnostic::catalogue::Language::{self, Chinese, English};
use crate::error::{Action, Error};

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
        Action::Start => "无法启动工作线程：",
    };
    match language {
        Chinese => failure(&format!("{verb} `{}`：{}", error.path.display(), error.cause), language),
        English => failure(&error.to_string(), language),
    }
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
        assert_eq!(refusal(&error, English), "error: cannot read `a/b`: no");
        assert_eq!(refusal(&error, Chinese), "错误：无法读取 `a/b`：no");
    }
}
