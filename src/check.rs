//! The rules a site must keep before anything is written: a list of functions, each from site and plan to findings.

mod links;
pub use links::resolve;
mod metrics;

use crate::diagnostic::Diagnostic;
use crate::plan::Plan;
use crate::site::Site;

/// A rule.
type Rule = fn(&Site, &Plan, &mut Vec<Diagnostic>);

/// All rules.
const RULES: &[Rule] =
    &[metrics::formulas_hold, metrics::headlines_exist, metrics::charts_show_something, links::targets_exist];

/// Runs all rules.
pub fn check(site: &Site, plan: &Plan, found: &mut Vec<Diagnostic>) {
    for rule in RULES {
        rule(site, plan, found);
    }
}

/// Applies the levels a site sets for codes; findings switched off are dropped. Errors of reading cannot be switched off.
pub fn apply_levels(site_levels: &[(String, Option<crate::diagnostic::Level>)], found: &mut Vec<Diagnostic>) {
    for (code, level) in site_levels {
        match level {
            Some(level) => found.iter_mut().filter(|one| one.code == code).for_each(|one| one.level = *level),
            None => found.retain(|one| one.code != code),
        }
    }
}
