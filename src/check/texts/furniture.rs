//! What comes along when a page is pasted: buttons, counters, places in a menu; and lines that promise an attachment.

use crate::diagnostic::Diagnostic;
use crate::passage::{Block, Passage};

use super::Document;
use super::scan::Chars;

/// Words that only the frame of a page holds, wherever they stand in a short line.
const ANYWHERE: &[&str] = &[
    "扫一扫在手机",
    "扫一扫打开",
    "扫一扫查看",
    "微信扫一扫",
    "打印本页",
    "打印此页",
    "我要打印",
    "【打印】",
    "关闭窗口",
    "关闭本页",
    "【关闭】",
    "返回顶部",
    "我要纠错",
    "您访问的链接即将离开",
    "长按可复制",
    "长按二维码",
    "点击关注",
];

/// Names of fields and buttons; a colon follows.
const FIELDS: &[&str] = &[
    "字体",
    "字号",
    "浏览次数",
    "浏览量",
    "点击量",
    "点击数",
    "阅读次数",
    "阅读量",
    "访问量",
    "责任编辑",
    "网站编辑",
    "分享到",
    "分享",
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "当前位置",
    "您的位置",
    "您当前的位置",
    "发布时间",
    "发布日期",
    "信息来源",
    "文章来源",
    "保护视力色",
];

/// Lines that are nothing but this.
const WHOLE: &[&str] = &[
    "首页",
    "返回首页",
    "相关链接",
    "相关阅读",
    "相关话题",
    "相关文档",
    "相关新闻",
    "上一篇",
    "下一篇",
    "打印",
    "关闭",
    "收藏",
    "分享",
    "分享到",
    "返回",
    "}",
    "{",
];

/// What belongs to the foot of a site, not to a report.
const FOOT: &[&str] = &["版权所有", "网站标识码", "公网安备", "ICP备"];

/// Longest line of furniture; a sentence is longer or ends with a stop.
const SHORT: usize = 40;

/// How many blocks at the start may be the head of a page, with its source.
const HEAD: usize = 4;

/// Lines of a web page that were pasted along.
pub(super) fn lines(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    for (nth, passage) in document.passages.iter().enumerate() {
        if !matches!(passage.block, Block::Paragraph | Block::Item) {
            continue;
        }
        let chars = Chars::new(passage);
        let mut at = 0;
        while at < chars.len() {
            let end = chars.run(at, |c| c != '\n');
            let line = chars.text(at..end);
            if is_furniture(line, nth < HEAD, document.report.is_some()) {
                let start = chars.run(at, char::is_whitespace).min(end);
                let length = line.trim().chars().count();
                let wrong = Diagnostic::warning("page-furniture", chars.span(start..start + length));
                found.push(wrong.arg("text", line.trim()));
            }
            at = end + 1;
        }
    }
}

/// Whether a line belongs to the page: at its `head`, or in the text of a `report`.
pub(super) fn is_furniture(line: &str, head: bool, report: bool) -> bool {
    let line = line.trim();
    if line.is_empty() || line.chars().count() > SHORT || line.ends_with(['。', '！', '？', '；']) {
        return false;
    }
    let bare = line.trim_matches(['【', '】', '[', ']', '|', '>', '<', ' ']);
    let field = |name: &str| bare.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with([':', '：']));
    ANYWHERE.iter().any(|words| line.contains(words))
        || FIELDS.iter().any(|name| field(name))
        || WHOLE.contains(&bare)
        || (head && (field("来源") || field("作者")))
        || (report && FOOT.iter().any(|words| line.contains(words)))
}

/// A line that announces an attachment and names none.
pub(super) fn attachments(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    for (at, passage) in document.passages.iter().enumerate() {
        let text = passage.text.trim();
        let words: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_ascii_digit()).collect();
        let bare = matches!(
            words.as_str(),
            "附件：" | "附件:" | "附：" | "附:" | "附表：" | "附表:" | "附件下载：" | "附件下载:"
        );
        if bare && passage.block == Block::Paragraph && !names_one(document, passage, document.passages.get(at + 1)) {
            found.push(Diagnostic::warning("attachment-bare", passage.span(0..passage.text.trim_end().len())));
        }
    }
}

/// Whether something that may be the attachment follows: a link, a picture, a list, a table, a title.
fn names_one(document: &Document<'_>, passage: &Passage, next: Option<&Passage>) -> bool {
    let inside = |byte: u32| (byte as usize).saturating_sub(document.body.offset);
    let start = inside(passage.span(0..passage.text.len()).end);
    let until = next.map_or(document.text.len(), |next| inside(next.span(0..next.text.len()).end));
    let between = document.text.get(start..until).unwrap_or_default();
    // What follows to the end of the next line: the mark behind the words of a link is not part of the passage.
    let rest = document.text.get(until..).unwrap_or_default().split('\n').next().unwrap_or_default();
    let linked = [between, rest].iter().any(|text| text.contains("](") || text.contains("://") || text.contains("```"));
    let Some(next) = next else { return linked || !between.trim_matches(['*', '_', ' ', '\n', '\r']).is_empty() };
    let text = next.text.trim();
    let listed = !matches!(next.block, Block::Paragraph | Block::Heading(_));
    let sentence = text.ends_with(['。', '！', '？']) || is_furniture(text, false, true);
    linked
        || listed
        || !(sentence
            || matches!(next.block, Block::Heading(_))
            || text.lines().any(|line| is_furniture(line, false, true)))
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;
    use super::{attachments, lines};

    #[test]
    fn furniture_is_told_from_text() {
        check(lines, "我要打印 关闭窗口", "page-furniture 我要打印 关闭窗口");
        check(
            lines,
            "【字体：大 中 小】\n\n  浏览次数：12\n责任编辑: 张三",
            "page-furniture 【字体：大 中 小】|page-furniture 浏览次数：12|page-furniture 责任编辑: 张三",
        );
        check(lines, "来源：某报", "page-furniture 来源：某报");
        check(lines, "甲\n\n乙\n\n丙\n\n丁\n\n来源：统计年鉴", "");
        check(lines, "群众用微信扫一扫就能挂号。\n\n数据来源：年鉴\n\n打印机12台\n\n字体统一\n\n- 返回原籍", "");
        check(
            lines,
            "在大厅增设“我要打印”“关闭窗口”等自助服务，全年有12万人次的群众使用，比上年增长一倍，好评率高",
            "",
        );
    }

    #[test]
    fn attachments_are_named() {
        check(attachments, "附件：", "attachment-bare 附件：");
        check(attachments, "附件:\n\n扫一扫在手机上查看当前页面", "attachment-bare 附件:");
        check(attachments, "附件：\n\n## 下一节", "attachment-bare 附件：");
        check(attachments, "附件：[表](a.xlsx)\n\n附件：\n\n[表](a.xlsx)\n\n附件：\n\n1. 表", "");
        check(attachments, "附件：\n\n天门市统计表\n\n附件：\n\n![图](a.png)\n\n附件：\n\n|甲|\n|---|\n|乙|", "");
        check(attachments, "附件见下。附件", "");
    }
}
