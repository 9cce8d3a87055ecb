//! The panel of a page: closed it is a line at the foot of the window, open it lists what a reviewer has to look at.

use super::html::part;
use super::{BOARD, Desk, Subject, without};
use crate::diagnostic::Level;
use crate::error::Result;
use crate::html::{escape, prose};
use crate::render::Studio;
use crate::render::reviewed::{Figure, Loose, Reviewed};
use crate::sign::{Standing, State};

/// The panel; `html` is the page it will stand on, to know what can be pointed at there.
pub(super) fn panel(desk: &Desk, studio: &Studio<'_>, subject: &Subject<'_>, html: &str) -> Result<String> {
    let reviewed = subject.report.map(|(id, _)| studio.reviewed(subject.path, id)).transpose()?;
    let view = View { desk, studio, subject, html };
    let standing = subject.report.and_then(|(_, report)| desk.standings.get(&*report.path));
    let parts = [
        view.findings(),
        reviewed.as_ref().map(|reviewed| view.figures(reviewed)).unwrap_or_default(),
        view.changes(),
        standing.map(|standing| view.signatures(standing)).unwrap_or_default(),
    ];
    let note = desk.say("评审版，不对外", "For review, not for the public");
    Ok(format!(
        "<aside id=\"nianbao-review\" aria-label=\"{}\">\n<p class=\"paper\">{note}</p>\n\
         <details class=\"panel\">\n<summary><b>{note}</b> {}</summary>\n<div class=\"body\">\n{}{}</div>\n</details>\n</aside>\n",
        desk.say("评审", "Review"),
        view.summary(reviewed.as_ref()),
        view.ways(),
        parts.concat()
    ))
}

struct View<'a> {
    desk: &'a Desk,
    studio: &'a Studio<'a>,
    subject: &'a Subject<'a>,
    html: &'a str,
}

impl View<'_> {
    /// What the closed panel tells.
    fn summary(&self, reviewed: Option<&Reviewed>) -> String {
        let desk = self.desk;
        let [errors, warnings, notes] = desk.counts(desk.on(self.subject.about));
        let [unbacked, loose] = reviewed.map(without).unwrap_or_default();
        let changed = desk.changes.on(self.subject.about).len();
        let all = [
            ("error", errors, desk.say("错误", "errors")),
            ("warning", warnings, desk.say("警告", "warnings")),
            ("note", notes, desk.say("说明", "notes")),
            ("unbacked", unbacked, desk.say("数无出处", "unbacked")),
            ("loose", loose, desk.say("数未登记", "unclaimed")),
            ("changed", changed, desk.say("改动", "changes")),
        ];
        let told: String = all
            .iter()
            .filter(|(_, count, _)| *count > 0)
            .map(|(class, count, word)| format!("<span class=\"{class}\">{count} {word}</span> "))
            .collect();
        match told.is_empty() {
            true => format!("<span>{}</span>", desk.say("本页没有问题", "nothing on this page")),
            false => told,
        }
    }

    /// The links to the overview and to the pages with findings before and after this one, around from end to start.
    fn ways(&self) -> String {
        let Subject { about, .. } = *self.subject;
        let pages: Vec<(&str, usize)> = self.desk.on_page.iter().map(|(page, list)| (&**page, list.len())).collect();
        let here = |(page, _): &&(&str, usize)| *page != about;
        let before = pages.iter().rev().filter(|(page, _)| *page < about).chain(pages.iter().rev()).find(here);
        let after = pages.iter().filter(|(page, _)| *page > about).chain(&pages).find(here);
        let link = |rel: &str, words: &str, key: &str, (page, number): (&str, usize)| {
            let to = self.subject.to(page);
            format!("<a rel=\"{rel}\" href=\"{}#nianbao-review-{number}\">{words} <kbd>{key}</kbd></a> ", escape(&to))
        };
        let board = escape(&self.subject.to(BOARD));
        format!(
            "<p class=\"ways\"><a href=\"{board}\">{}</a> {}{}<span>{} <kbd>Esc</kbd></span></p>\n",
            self.desk.say("评审总览", "Overview"),
            before
                .map(|(page, count)| link("prev", self.desk.say("上一处", "previous"), "p", (page, *count)))
                .unwrap_or_default(),
            after.map(|(page, _)| link("next", self.desk.say("下一处", "next"), "n", (page, 1))).unwrap_or_default(),
            self.desk.say("收起", "close")
        )
    }

    /// Whether the page has something of a name.
    fn has(&self, name: &str) -> bool {
        self.html.contains(&format!("id=\"{name}\""))
    }

    /// The address of the first of some names: on this page, else in the report the page belongs to.
    fn point(&self, names: &[String]) -> Option<String> {
        match self.subject.path == self.subject.about {
            true => names.iter().find(|name| self.has(name)).map(|name| format!("#{}", crate::plan::escape(name))),
            false => {
                let to = self.subject.to(self.subject.about);
                names.first().map(|name| format!("{to}#{}", crate::plan::escape(name)))
            }
        }
    }

    fn findings(&self) -> String {
        let list = self.desk.on(self.subject.about);
        if list.is_empty() {
            return String::new();
        }
        let item = |(number, at): (usize, &usize)| self.finding(number + 1, *at);
        let items: String = list.iter().enumerate().map(item).collect();
        let title = self.desk.say("检查结果", "Findings");
        part(title, list.len(), true, &format!("<ol class=\"findings\">\n{items}</ol>\n"))
    }

    fn finding(&self, number: usize, at: usize) -> String {
        let finding = &self.desk.findings[at];
        let (class, level) = level(self.desk, finding.level);
        let place = finding.place.as_ref().map(|(file, line, column)| format!("{}:{line}:{column}", escape(file)));
        let point = self.subject.anchor(finding).and_then(|name| self.point(&[name]));
        let place = place.map(|place| match point {
            Some(point) => format!("<p class=\"place\"><a href=\"{point}\">{place}</a></p>"),
            None => format!("<p class=\"place\">{place}</p>"),
        });
        let help: String = finding.help.iter().map(|line| format!("<p class=\"help\">{}</p>", prose(line))).collect();
        format!(
            "<li id=\"nianbao-review-{number}\" class=\"{class}\" tabindex=\"-1\"><p><b>{level}</b> {} <code>{}</code></p>\
             {}{help}</li>\n",
            prose(&finding.message),
            finding.code,
            place.unwrap_or_default()
        )
    }

    fn figures(&self, reviewed: &Reviewed) -> String {
        let mut rows: Vec<(usize, &Figure)> = reviewed.figures.iter().enumerate().collect();
        // What lacks a sentence comes first.
        rows.sort_by_key(|(_, one)| one.backed);
        let figures: String = rows.into_iter().map(|(at, one)| self.figure(at + 1, one)).collect();
        let loose: String = reviewed.loose.iter().map(|one| self.loose(one)).collect();
        let list = |items: &str| format!("<ol class=\"figures\">\n{items}</ol>\n");
        let mut out = String::new();
        if !figures.is_empty() {
            let title = self.desk.say("数与出处", "Figures and their sentences");
            out += &part(title, reviewed.figures.len(), true, &list(&figures));
        }
        if !loose.is_empty() {
            let title = self.desk.say("正文里未登记的数", "Figures of the text that no metric claims");
            out += &part(title, reviewed.loose.len(), false, &list(&loose));
        }
        out
    }

    /// A figure of the front matter; `number` is its line in the proof sheet.
    fn figure(&self, number: usize, one: &Figure) -> String {
        let row = &one.row;
        let name = escape(&row.indicator.name);
        let name = match self.point(&one.anchors) {
            Some(point) => format!("<a href=\"{point}\">{name}</a>"),
            None => name,
        };
        let region = row.region.as_ref().map(|region| region.name.as_str()).unwrap_or_default();
        let about: String = [region, &row.period, &row.role]
            .iter()
            .filter(|text| !text.is_empty())
            .map(|text| escape(text) + " ")
            .collect();
        let figure = if row.figure.written.is_empty() { &row.figure.missing } else { &row.figure.written };
        let bare = row.figure.written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let unit = if bare { escape(&row.figure.unit) } else { String::new() };
        let status = match one.status.code {
            "" => String::new(),
            code => format!(
                " <span class=\"{code}\">{} {} {}</span>",
                one.status.sign,
                escape(&one.status.word),
                escape(&one.status.working)
            ),
        };
        let sentence = match row.said.is_empty() {
            true => String::new(),
            false => format!(
                "<blockquote>{}<mark>{}</mark>{}</blockquote>",
                escape(&row.before),
                escape(&row.said),
                escape(&row.after)
            ),
        };
        let class = if one.backed { "backed" } else { "unbacked" };
        format!(
            "<li value=\"{number}\" class=\"{class}\"><p>{name} {about}<b>{}{unit}</b>{status} <i>{}</i></p>{sentence}</li>\n",
            escape(figure),
            escape(&row.word)
        )
    }

    fn loose(&self, one: &Loose) -> String {
        let [before, figure, after] = one.words.each_ref().map(|words| escape(words));
        let figure = match self.point(std::slice::from_ref(&one.anchor)) {
            Some(point) => format!("<a href=\"{point}\">{figure}</a>"),
            None => figure,
        };
        let place = self.studio.sources.locate(one.span);
        format!(
            "<li class=\"loose\"><p>{before}<mark>{figure}</mark>{after}</p><p class=\"place\">{}:{}:{}</p></li>\n",
            escape(&place.path),
            place.line,
            place.column
        )
    }

    fn changes(&self) -> String {
        let Some(base) = &self.desk.base else { return String::new() };
        let list = self.desk.changes.on(self.subject.about);
        let title = match self.desk.say("zh", "en") {
            "zh" => format!("自 <code>{}</code> 以来的改动", escape(base)),
            _ => format!("Changed since <code>{}</code>", escape(base)),
        };
        let items: String = list.iter().map(|one| format!("<li>{one}</li>\n")).collect();
        let inside = match items.is_empty() {
            true => format!("<p>{}</p>\n", self.desk.say("这一页没有改动", "nothing changed on this page")),
            false => format!("<ul class=\"changes\">\n{items}</ul>\n"),
        };
        part(&title, list.len(), true, &inside)
    }

    fn signatures(&self, standing: &Standing) -> String {
        let item = |one: &crate::sign::StageStanding| {
            let name = one.stage.name(self.desk.say("zh", "en") == "zh");
            format!("<li><b>{name}</b> {}</li>\n", signature(self.desk, one))
        };
        let items: String = standing.stages.iter().map(item).collect();
        let valid = standing.stages.iter().filter(|one| one.state == State::Valid).count();
        part(self.desk.say("审签", "Signatures"), valid, true, &format!("<ul class=\"signs\">\n{items}</ul>\n"))
    }
}

/// The class and the name of a level.
pub(super) fn level(desk: &Desk, level: Level) -> (&'static str, &str) {
    match level {
        Level::Error => ("error", desk.say("错误", "error")),
        Level::Warning => ("warning", desk.say("警告", "warning")),
        Level::Note => ("note", desk.say("说明", "note")),
    }
}

/// How a stage stands, with who signed when.
pub(super) fn signature(desk: &Desk, one: &crate::sign::StageStanding) -> String {
    let (class, state) = match one.state {
        State::Missing => ("missing", desk.say("– 未签", "– not signed")),
        State::Valid => ("valid", "✓"),
        State::Changed => ("void", desk.say("✗ 签后有改动", "✗ changed since")),
        State::SameSigner => ("void", desk.say("✗ 与前一审同一人", "✗ same person as before")),
    };
    let by = one.signature.as_ref().map(|one| {
        let note = if one.note.is_empty() { String::new() } else { format!(" {}", escape(&one.note)) };
        format!(" {} <time>{}</time>{note}", escape(&one.by), one.date)
    });
    format!("<span class=\"{class}\">{state}{}</span>", by.unwrap_or_default())
}
