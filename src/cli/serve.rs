//! `serve`: tells what the server does and finds, on standard error, and opens a browser on request.

use std::net::IpAddr;
use std::sync::Arc;

use super::arguments::Serve;
use super::check::verdict;
use super::options::Options;
use super::print::{self, Findings, Format};
use super::{Status, console, machine};
use crate::build;
use crate::diagnostic::catalogue::Language::{self, Chinese, English};
use crate::diagnostic::{Diagnostic, Level};
use crate::serve::{News, Settings, serve};
use crate::source::Sources;

/// Serves until the program is stopped.
pub fn run(settings: &build::Options, asked: &Serve, options: &Options) -> Status {
    let language = options.language;
    let places = Settings { address: asked.address, port: asked.port };
    if !asked.address.is_loopback() {
        console::err(&open_to_all(asked.address, language));
    }
    let overlay =
        Arc::new(move |sources: &Sources, found: &[Diagnostic], stale: bool| overlay(sources, found, stale, language));
    let (open, shown) = (asked.open, options.clone());
    let tell = Arc::new(move |news: News| {
        if let News::Listening { address, .. } = &news
            && open
            && let Err(cause) = open::that_detached(format!("http://{address}/"))
        {
            console::err(&not_opened(&cause, language));
        }
        console::err(&words(&news, &shown));
    });
    match serve(settings, &places, overlay, tell) {
        Ok(()) => Status::Clean,
        Err(error) => machine(&error, language),
    }
}

/// What the overlay shows, on one line as events want it.
fn overlay(sources: &Sources, found: &[Diagnostic], stale: bool, language: Language) -> String {
    let findings = Findings::of(found, sources, Level::Error, language);
    let text = print::print(&findings, Format::Json, print::Look { language, colour: print::Colour::Plain });
    let mut object: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    object["stale"] = stale.into();
    object.to_string()
}

/// What happened, as lines.
fn words(news: &News, options: &Options) -> String {
    let language = options.language;
    match (news, language) {
        (News::Listening { address, moved, after }, Chinese) => {
            let moved = if *moved { "（原定端口已被占用，换了一个）" } else { "" };
            format!("http://{address}/ {moved}用时 {:.2} 秒；按 Ctrl-C 停止\n", after.as_secs_f64())
        }
        (News::Listening { address, moved, after }, English) => {
            let moved = if *moved { " (the port asked for is taken)" } else { "" };
            format!("http://{address}/{moved} after {:.2} s; Ctrl-C stops\n", after.as_secs_f64())
        }
        (News::Changed { files, after, shown: true }, Chinese) => {
            format!("{}：改动 {} 毫秒后已显示\n", list(files, "、", language), after.as_millis())
        }
        (News::Changed { files, after, shown: true }, English) => {
            format!("{}: shown after {} ms\n", list(files, ", ", language), after.as_millis())
        }
        (News::Changed { .. }, _) => String::new(),
        (News::Checked { sources, diagnostics, stale }, _) => {
            let findings = Findings::of(diagnostics, sources, Level::Error, language);
            let text = print::print(&findings, options.format, options.err());
            let clean = verdict(diagnostics, Level::Note) == Status::Clean;
            match (stale, clean, language) {
                (true, _, Chinese) => format!("{text}仍显示上一次正常的网站\n"),
                (true, _, English) => format!("{text}the last good site is still shown\n"),
                (false, true, Chinese) => "没有问题\n".to_owned(),
                (false, true, English) => "nothing to mend\n".to_owned(),
                (false, false, _) => text,
            }
        }
        (News::Polling(reason), Chinese) => format!("系统不能通知文件改动（{reason}），改为每秒查看一次\n"),
        (News::Polling(reason), English) => {
            format!("the system does not tell of changes ({reason}); looking every second instead\n")
        }
        (News::Gone(folder), Chinese) => format!("文件夹 `{}` 不见了，等它回来\n", folder.display()),
        (News::Gone(folder), English) => format!("the folder `{}` is gone; waiting for it\n", folder.display()),
    }
}

/// A few names.
fn list(files: &[String], dot: &str, language: Language) -> String {
    const FEW: usize = 3;
    let named = files.iter().take(FEW).cloned().collect::<Vec<_>>().join(dot);
    match (files.len().saturating_sub(FEW), language) {
        (0, Chinese) if named.is_empty() => "文件夹".to_owned(),
        (0, English) if named.is_empty() => "the folder".to_owned(),
        (0, _) => named,
        (more, Chinese) => format!("{named}等，另 {more} 个"),
        (more, English) => format!("{named} and {more} more"),
    }
}

fn open_to_all(address: IpAddr, language: Language) -> String {
    match language {
        Chinese => format!("注意：地址 {address} 不限于本机，同一网络上的人都能看到未发布的内容\n"),
        English => {
            format!("note: {address} is not this machine alone; others on the network can see what is not published\n")
        }
    }
}

fn not_opened(cause: &std::io::Error, language: Language) -> String {
    match language {
        Chinese => format!("打不开浏览器：{cause}；请自己打开下面的地址\n"),
        English => format!("cannot open a browser: {cause}; please open the address below\n"),
    }
}
