//! The rules a site must keep before anything is written: a list of functions, each from site and plan to findings.

mod links;
mod metrics;

use crate::diagnostic::{Diagnostic, Level};
use crate::plan::Plan;
use crate::site::Site;

/// A rule.
type Rule = fn(&Site, &Plan, &mut Vec<Diagnostic>);

/// All rules.
const RULES: &[Rule] =
    &[metrics::formulas_fit, metrics::formulas_hold, metrics::headlines_exist, metrics::charts_show_something, links::targets_exist, links::html_stays];

/// Runs all rules.
pub fn check(site: &Site, plan: &Plan, found: &mut Vec<Diagnostic>) {
    for rule in RULES {
        rule(site, plan, found);
    }
}

/// Applies the levels a site sets for codes; findings switched off are dropped. Only findings that are warnings or notes by
/// themselves move: an error says that something cannot be read or shown truly, which no setting makes true.
pub fn apply_levels(site_levels: &[(String, Option<Level>)], found: &mut Vec<Diagnostic>) {
    for (code, level) in site_levels {
        let moves = |one: &Diagnostic| one.code == code && one.level != Level::Error;
        match level {
            Some(level) => found.iter_mut().filter(|one| moves(one)).for_each(|one| one.level = *level),
            None => found.retain(|one| !moves(one)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_keep_their_level() {
        let levels = ["link-dead", "implausible", "image-alt"].map(str::to_owned);
        let levels = levels.into_iter().zip([None, None, Some(Level::Error)]).collect::<Vec<_>>();
        let span = crate::source::Span::start_of(crate::source::Sources::default().add_text("a.md", ""));
        let mut found = vec![
            Diagnostic::error("link-dead", span),
            Diagnostic::warning("implausible", span),
            Diagnostic::warning("image-alt", span),
        ];
        apply_levels(&levels, &mut found);
        let left: Vec<_> = found.iter().map(|one| (one.code, one.level)).collect();
        assert_eq!(left, [("link-dead", Level::Error), ("image-alt", Level::Error)]);
    }
}
