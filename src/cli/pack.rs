//! `pack`: builds the site beside the zip and packs it. Its words stand here too.

use std::path::Path;

use super::arguments::{Gate, Pack};
use super::check::{self, Result};
use super::options::Options;
use super::print::{self, Findings};
use super::words::plural;
use super::{Status, machine, refuse, settings, tell};
use crate::build;
use crate::diagnostic::Level;
use crate::diagnostic::catalogue::Language::{self, Chinese, English};
use crate::pack::manifest::{Damage, DamageKind, Manifest};
use crate::pack::names::{Unfit, Why};
use crate::pack::{self, Changes, Listed, Made, Outline, Unusable, Wanted};
use crate::site::Visibility;

/// Packs a site and says what came of it.
pub fn run(wishes: &Pack, options: &Options) -> Status {
    match attempt(wishes, options) {
        Ok(status) | Err(status) => status,
    }
}

fn attempt(wishes: &Pack, options: &Options) -> Result<Status> {
    let language = options.language;
    let told = |error| machine(&error, language);
    let build = settings(options, &Gate { drafts: wishes.drafts, release: wishes.release, ..Gate::default() });
    let former = wishes.since.as_deref().map(|file| former(file, options)).transpose()?;
    let show = Visibility { today: options.today, drafts: wishes.drafts };
    let Some(outline) = pack::outline(&options.root, show).map_err(told)? else {
        return mistakes(&build, options);
    };
    let target = match &wishes.output {
        Some(target) => target.clone(),
        None => pack::usual_target(&options.root, &outline, options.today, former.is_some()),
    };
    pack::check_target(&target, &options.root).map_err(|why| refuse(&unusable(&target, why, language), language))?;
    let workshop = pack::workshop(&target).map_err(told)?;
    let site = workshop.path().join("site");
    let build = build::Options { write: true, output: Some(site.clone()), base_url: wishes.base_url.clone(), ..build };
    let outcome = check::pipeline(&build, options)?;
    let findings = Findings::of(&outcome.diagnostics, &outcome.sources, Level::Error, language);
    check::print_findings(&findings, options, false)?;
    if outcome.stats.is_none() {
        return Ok(Status::Mistakes);
    }
    let reader = if outline.language.is_chinese() { Chinese } else { English };
    let findings = Findings::of(&outcome.diagnostics, &outcome.sources, Level::Error, reader);
    let below = |page: &String| format!("{}{}", pack::manifest::SITE, check::address(Path::new(page)));
    let links = outcome.pages.iter().map(|(name, page)| (name.clone(), below(page))).collect();
    let findings = print::page::print(&findings, &links, options.today, reader);
    let wanted = Wanted { site: &site, target: &target, outline: &outline, findings, today: options.today, former };
    Ok(match pack::pack(wanted).map_err(told)? {
        Made::Bundle { files, bytes, changes } => tell(&packed(&target, files, bytes, changes, language), options),
        Made::Nothing => tell(&nothing(language), options),
        Made::Unfit(all) => {
            refuse(&unfit(&all, &outline, language), language);
            Status::Mistakes
        }
    })
}

/// What stands against a build, where the content cannot be read.
fn mistakes(build: &build::Options, options: &Options) -> Result<Status> {
    let outcome = check::pipeline(build, options)?;
    let findings = Findings::of(&outcome.diagnostics, &outcome.sources, Level::Error, options.language);
    check::print_findings(&findings, options, false)?;
    Ok(Status::Mistakes)
}

/// The files of the site as they were handed over before.
fn former(file: &Path, options: &Options) -> Result<Manifest> {
    let language = options.language;
    let refused = |reason: String| Err(refuse(&reason, language));
    match pack::listed(file).map_err(|error| machine(&error, language))? {
        Listed::Missing => refused(no_manifest(file, language)),
        Listed::Damaged(damage) => refused(damaged(file, &damage, language)),
        Listed::Manifest(manifest) => match manifest.site() {
            site if site.0.is_empty() => refused(no_site(file, language)),
            site => Ok(site),
        },
    }
}

/// There is no list of files where one was looked for.
pub fn no_manifest(place: &Path, language: Language) -> String {
    let place = place.display();
    match language {
        Chinese => format!("`{place}` 里没有 manifest.sha256；它不是送审包，或者用 `--manifest` 指定清单"),
        English => format!("`{place}` holds no manifest.sha256; it is no bundle, or name the list with `--manifest`"),
    }
}

/// A list of files is damaged.
pub fn damaged(file: &Path, damage: &Damage, language: Language) -> String {
    let Damage { line, kind } = damage;
    let (chinese, english) = match kind {
        DamageKind::Encoding => ("不是 UTF-8", "it is not UTF-8"),
        DamageKind::Form => {
            ("应为 64 位十六进制数、两个空格、路径", "expected 64 hexadecimal digits, two blanks, and a path")
        }
        DamageKind::Path => ("路径指到文件夹外面", "the path leads out of the folder"),
        DamageKind::Twice => ("这个路径前面已经有了", "the path stands in an earlier line"),
        DamageKind::Empty => ("清单是空的", "the list is empty"),
    };
    let file = file.display();
    match language {
        Chinese => format!("文件清单 `{file}` 第 {line} 行损坏：{chinese}；请用原来的清单或送审包"),
        English => format!("line {line} of the list `{file}` is damaged: {english}; take the original list or bundle"),
    }
}

fn no_site(file: &Path, language: Language) -> String {
    let file = file.display();
    match language {
        Chinese => format!("文件清单 `{file}` 没有 site/ 里的文件，不是 `nianbao pack` 写的"),
        English => format!("the list `{file}` names no file below site/; `nianbao pack` did not write it"),
    }
}

fn unusable(target: &Path, why: Unusable, language: Language) -> String {
    let target = target.display();
    match (why, language) {
        (Unusable::Ending, Chinese) => format!("`{target}` 不以 .zip 结尾，别人的电脑打不开"),
        (Unusable::Ending, English) => format!("`{target}` does not end in .zip; other machines could not open it"),
        (Unusable::Folder, Chinese) => format!("`{target}` 是一个文件夹；请写出压缩包的名称，如 `{target}/年报.zip`"),
        (Unusable::Folder, English) => format!("`{target}` is a folder; name the zip, such as `{target}/site.zip`"),
        (Unusable::Inside, Chinese) => format!("`{target}` 在站点的内容或输出里，会被一起发布；请放到别处"),
        (Unusable::Inside, English) => {
            format!(
                "`{target}` lies in the content or the output of the site and would be published; choose another place"
            )
        }
    }
}

/// What stands in the way of a bundle: a line each, with what to rename.
fn unfit(all: &[Unfit], outline: &Outline, language: Language) -> String {
    let lines = all.iter().map(|Unfit { path, why }| {
        let inside = path.strip_prefix(pack::manifest::SITE).unwrap_or(path);
        let reason = reason(why, language);
        let from = outline.sources.get(inside);
        let remedy = match (from, language) {
            (Some(from), Chinese) => format!("请给 `content/{from}` 改名"),
            (Some(from), English) => format!("rename `content/{from}`"),
            (None, Chinese) => "请改它所依据的编号或文件名".to_owned(),
            (None, English) => "change the id or file name it is made from".to_owned(),
        };
        match language {
            Chinese => format!("\n  `{path}`：{reason}；{remedy}"),
            English => format!("\n  `{path}`: {reason}; {remedy}"),
        }
    });
    let lines: String = lines.collect();
    match language {
        Chinese => format!("有的路径在 Windows 上放不下，没有写送审包：{lines}"),
        English => format!("some paths do not fit on Windows, nothing was packed:{lines}"),
    }
}

fn reason(why: &Why, language: Language) -> String {
    match (why, language) {
        (Why::Device(part), Chinese) => format!("`{part}` 是 Windows 保留的名称"),
        (Why::Device(part), English) => format!("Windows keeps the name `{part}` for itself"),
        (Why::Character(c), Chinese) => format!("名称里不能有 `{c}`"),
        (Why::Character(c), English) => format!("no name may hold `{c}`"),
        (Why::Ending(part), Chinese) => format!("`{part}` 不能以点或空格结尾"),
        (Why::Ending(part), English) => format!("`{part}` must not end with a dot or a blank"),
        (Why::Long(length), Chinese) => format!("路径有 {length} 个字符，最多 180 个"),
        (Why::Long(length), English) => format!("the path has {length} characters, 180 at most"),
        (Why::Twin(other), Chinese) => format!("与 `{other}` 只差大小写"),
        (Why::Twin(other), English) => format!("it differs from `{other}` by capitals only"),
    }
}

fn packed(target: &Path, files: usize, bytes: u64, changes: Option<Changes>, language: Language) -> String {
    let megabytes = bytes as f64 / 1_000_000.0;
    let target = target.display();
    let counts = changes.map(|all| (all.new.len(), all.changed.len(), all.deleted.len()));
    match (language, counts) {
        (Chinese, None) => format!("已写入 `{target}`：{files} 个文件，{megabytes:.1} MB\n"),
        (English, None) => format!("wrote `{target}`: {}, {megabytes:.1} MB\n", plural(files, "file")),
        (Chinese, Some((new, changed, deleted))) => {
            format!("已写入 `{target}`：新增 {new} 个文件，改动 {changed} 个，要删除 {deleted} 个，{megabytes:.1} MB\n")
        }
        (English, Some((new, changed, deleted))) => {
            format!("wrote `{target}`: {new} new, {changed} changed, {deleted} to delete, {megabytes:.1} MB\n")
        }
    }
}

fn nothing(language: Language) -> String {
    match language {
        Chinese => "网站与上次相同，没有写任何文件\n".to_owned(),
        English => "the site is as it was, nothing was written\n".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_rename_is_told() {
        let sources = [("aux/a.pdf".to_owned(), "aux/a.pdf".to_owned())].into();
        let outline =
            Outline { title: String::new(), language: crate::config::Language::Chinese, reports: Vec::new(), sources };
        let all = [
            Unfit { path: "site/aux/a.pdf".into(), why: Why::Device("aux".into()) },
            Unfit { path: "site/indicators/nul/index.html".into(), why: Why::Device("nul".into()) },
        ];
        let english = unfit(&all, &outline, English);
        assert!(english.contains("keeps the name `aux` for itself; rename `content/aux/a.pdf`"), "{english}");
        assert!(english.contains("`nul` for itself; change the id"), "{english}");
    }
}
