//! Words that views carry ready-made, in the language of the site. All other words are the theme's.

use crate::indicator::Polarity;
use crate::report::{Missing, ReportKind, Status};
use crate::site::target::TargetState;

/// A kind of report.
pub(super) fn kind(kind: ReportKind, zh: bool) -> &'static str {
    match (kind, zh) {
        (ReportKind::Summary, true) => "工作总结",
        (ReportKind::Plan, true) => "工作要点",
        (ReportKind::Briefing, true) => "新闻发布",
        (ReportKind::Bulletin, true) => "统计公报",
        (ReportKind::Summary, false) => "summary",
        (ReportKind::Plan, false) => "plan",
        (ReportKind::Briefing, false) => "briefing",
        (ReportKind::Bulletin, false) => "bulletin",
    }
}

/// A status; empty for normal.
pub(crate) fn status(status: Status, zh: bool) -> &'static str {
    match (status, zh) {
        (Status::Normal, _) => "",
        (Status::Provisional, true) => "初步数",
        (Status::Estimated, true) => "估计数",
        (Status::Revised, true) => "修订数",
        (Status::Break, true) => "口径变化",
        (Status::Provisional, false) => "provisional",
        (Status::Estimated, false) => "estimated",
        (Status::Revised, false) => "revised",
        (Status::Break, false) => "break in series",
    }
}

/// Why a value is missing.
pub(crate) fn missing(missing: Missing, zh: bool) -> &'static str {
    match (missing, zh) {
        (Missing::NotReported, true) => "未报",
        (Missing::NotApplicable, true) => "不适用",
        (Missing::Suppressed, true) => "不公布",
        (Missing::Pending, true) => "待报",
        (Missing::NotReported, false) => "not reported",
        (Missing::NotApplicable, false) => "not applicable",
        (Missing::Suppressed, false) => "suppressed",
        (Missing::Pending, false) => "pending",
    }
}

/// Code, sign and word of a target's state.
pub(super) fn target_state(state: TargetState, zh: bool) -> (&'static str, &'static str, &'static str) {
    match (state, zh) {
        (TargetState::Met, true) => ("met", "✓", "达标"),
        (TargetState::Missed, true) => ("missed", "✗", "未达标"),
        (TargetState::Due, true) => ("due", "○", "未到期"),
        (TargetState::Unreported, true) => ("unreported", "…", "未见结果"),
        (TargetState::Incomparable, true) => ("incomparable", "–", "不可比"),
        (TargetState::Met, false) => ("met", "✓", "met"),
        (TargetState::Missed, false) => ("missed", "✗", "missed"),
        (TargetState::Due, false) => ("due", "○", "not yet due"),
        (TargetState::Unreported, false) => ("unreported", "…", "no result reported"),
        (TargetState::Incomparable, false) => ("incomparable", "–", "not comparable"),
    }
}

/// Which direction is better.
pub(super) fn polarity(polarity: Polarity, zh: bool) -> &'static str {
    match (polarity, zh) {
        (Polarity::Higher, true) => "越高越好",
        (Polarity::Lower, true) => "越低越好",
        (Polarity::None, true) => "无优劣之分",
        (Polarity::Higher, false) => "higher is better",
        (Polarity::Lower, false) => "lower is better",
        (Polarity::None, false) => "neither direction is better",
    }
}

/// The period compared with.
pub(super) fn against(period: &str, zh: bool) -> String {
    if zh { format!("比{period}") } else { format!("on {period}") }
}
