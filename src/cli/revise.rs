//! `revise`: prints the entries that were written and says what is left to do, in both languages.

use std::path::Path;

use super::options::{Chatter, Options};
use super::print::{self, Findings};
use super::{Status, console, machine, refuse, show};
use crate::diagnostic::Level;
use crate::diagnostic::catalogue::Language::{self, Chinese, English};
use crate::revise::{Entries, Made, Wanted, revise};

/// Writes the missing entries and tells them.
pub fn run(wanted: &Wanted, options: &Options) -> Status {
    let language = options.language;
    match revise(&options.root, wanted) {
        Ok(Made::Entries(entries)) => tell(&entries, wanted, options),
        Ok(Made::NoBase) => refuse(no_base(language), language),
        Ok(Made::Unfit(path)) => refuse(&unfit(&path, language), language),
        Ok(Made::Mistakes(sources, diagnostics)) => {
            let findings = Findings::of(&diagnostics, &sources, Level::Error, language);
            match show(&print::print(&findings, options.format, options.out()), language) {
                Status::Clean => Status::Mistakes,
                refused => refused,
            }
        }
        Err(error) => machine(&error, language),
    }
}

fn tell(entries: &Entries, wanted: &Wanted, options: &Options) -> Status {
    let language = options.language;
    let Entries { path, written, left, gone } = entries;
    let text: String = written.iter().map(|entry| format!("{entry}\n\n")).collect();
    let shown = show(text.strip_suffix('\n').unwrap_or_default(), language);
    if shown != Status::Clean {
        return shown;
    }
    if options.chatter != Chatter::Quiet {
        console::err(&(summary(written.len(), path, wanted.reason.is_empty(), language) + "\n"));
    }
    for entry in left {
        console::err(&(taken(entry, path, language) + "\n"));
    }
    for id in gone {
        console::err(&(lost(id, language) + "\n"));
    }
    if left.is_empty() && gone.is_empty() { Status::Clean } else { Status::Mistakes }
}

fn summary(written: usize, path: &Path, no_reason: bool, language: Language) -> String {
    match (language, written) {
        (Chinese, 0) => "没有未登记的改动".to_owned(),
        (English, 0) => "no changes without an entry".to_owned(),
        (Chinese, _) if no_reason => format!("已写入 `{}` {written} 条；请填写 reason", path.display()),
        (Chinese, _) => format!("已写入 `{}` {written} 条", path.display()),
        (English, _) => {
            let entries = super::words::plural(written, "revision");
            let fill = if no_reason { "; fill in the reasons" } else { "" };
            format!("wrote {entries} to `{}`{fill}", path.display())
        }
    }
}

/// The ledger has an entry of the same day.
fn taken(entry: &str, path: &Path, language: Language) -> String {
    match language {
        Chinese => format!("没有写：`{}` 里已有当天或更晚的一条，请改那一条的 new\n{entry}", path.display()),
        English => {
            format!("not written: `{}` has an entry of that day or later; change its `new`\n{entry}", path.display())
        }
    }
}

fn lost(id: &str, language: Language) -> String {
    match language {
        Chinese => format!("`{id}` 有已公布的数，站点里却没有它了；见 `nianbao explain revision-gone`"),
        English => {
            format!("`{id}` has published figures but is gone from the site; see `nianbao explain revision-gone`")
        }
    }
}

fn no_base(language: Language) -> &'static str {
    match language {
        Chinese => "不知道已公布的是哪一版；写 `--base`，或在 site.toml 的 [check] 里写 published = \"…\"",
        English => {
            "nothing says what is published; give `--base`, or write published = \"…\" under [check] in site.toml"
        }
    }
}

fn unfit(path: &Path, language: Language) -> String {
    match language {
        Chinese => format!("`{}` 后面接不上 [[revision]]；请改成一条一个 [[revision]] 的写法", path.display()),
        English => format!(
            "[[revision]] cannot follow what stands in `{}`; write each entry as a [[revision]]",
            path.display()
        ),
    }
}
