//! A `chart` fence: TOML that says by intent what to look at. In goes its text, out come a request and its id; what no chart can show is
//! an error here, what this site has no figures for is one of `check`.

use crate::diagnostic::Diagnostic;
use crate::indicator::{Formula, IndicatorId};
use crate::keys::{self, Keys, Kind, Text, Value};
use crate::load::Nouns;
use crate::load::front_matter::{find_region, one_of, parse_period};
use crate::period::Period;
use crate::region::RegionId;
use crate::report::{ChartIntent, ChartRequest, PeriodChoice};
use crate::source::Span;

/// Most series of grouped bars, and most parts of a share; more cannot be told apart.
const SERIES: usize = 6;

/// Reads a fence whose text starts at byte `at` of the file; what is wrong with it as a whole is shown at `fence`.
pub(super) fn chart(
    body: &str,
    fence: Span,
    at: usize,
    nouns: Nouns<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<(Option<String>, ChartRequest)> {
    let value = keys::parse(body, fence.file, at, found)?;
    let value = Value { span: fence, ..value };
    let keys = Keys::of(&value, "chart", found);
    let intent =
        keys.required("kind").and_then(|text| one_of(&text, &ChartIntent::NAMES, "unknown-kind", "kind", &keys));
    let named = keys.texts("indicators");
    let mut indicators: Vec<IndicatorId> = Vec::new();
    for text in &named {
        indicators.extend(indicator(text, nouns, &keys).filter(|id| !indicators.contains(id)));
    }
    let whole = keys.text("whole").and_then(|text| indicator(&text, nouns, &keys));
    let mut regions: Vec<RegionId> = Vec::new();
    for text in keys.texts("regions") {
        regions.extend(find_region(&text, nouns, &keys).filter(|id| !regions.contains(id)));
    }
    let children = keys.text("children").and_then(|text| find_region(&text, nouns, &keys));
    let periods = periods(&keys);
    let title = keys.string("title");
    let id = keys.text("id");
    if let Some(id) = id.as_ref().filter(|id| !plain(&id.value)) {
        keys.report(Diagnostic::error("chart-invalid", id.span).arg("reason", "chart-id"));
    }
    if named.is_empty() {
        keys.report(Diagnostic::error("missing-key", fence).arg("key", "indicators").arg("place", "chart"));
    }
    let mut request = ChartRequest {
        intent: intent.unwrap_or(ChartIntent::Trend),
        indicators,
        whole,
        regions,
        children,
        own: None,
        periods,
        picked: None,
        title,
    };
    if let ([only], ChartIntent::Share, None) = (request.indicators.as_slice(), request.intent, request.whole)
        && let Formula::Sum(parts) = &nouns.indicators.get(*only).formula
    {
        request.whole = Some(*only);
        request.indicators = parts.clone();
    }
    // What follows from another mistake is not told beside it.
    if let Some(reason) = unanswerable(&request, nouns).filter(|_| !keys.has_mistakes()) {
        keys.report(Diagnostic::error("chart-invalid", fence).arg("reason", reason));
    }
    let sound = !keys.has_mistakes();
    keys.finish(found);
    sound.then_some((id.map(|text| text.value), request))
}

/// Whether a name can stand in an address as it is.
fn plain(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn indicator(text: &Text, nouns: Nouns<'_>, keys: &Keys<'_>) -> Option<IndicatorId> {
    let id = nouns.indicators.find(&text.value);
    if id.is_none() {
        let unknown = Diagnostic::error("unknown-indicator", text.span).arg("id", &text.value);
        keys.report(unknown.suggest(&text.value, nouns.indicators.ids()));
    }
    id
}

/// `period = "2021"`, `periods = "2015..2023"` (first year first), or `periods = ["2019", "2023"]`.
fn periods(keys: &Keys<'_>) -> PeriodChoice {
    let one = keys.text("period").and_then(|text| parse_period(&text, keys));
    let range = match keys.get("periods") {
        Some(Value { kind: Kind::Text(text), span }) if text.contains("..") => {
            let years = years(text);
            if years.is_none() {
                let wrong = Diagnostic::error("period-invalid", *span).arg("text", text);
                keys.report(wrong.arg("suggestion", "2015..2024"));
            }
            years
        }
        _ => None,
    };
    if let Some((low, high)) = range {
        return PeriodChoice::Years(low, high);
    }
    let listed = keys.texts("periods").into_iter().filter(|text| !text.value.contains(".."));
    let mut list: Vec<Period> = one.into_iter().chain(listed.filter_map(|text| parse_period(&text, keys))).collect();
    list.sort();
    list.dedup();
    if list.is_empty() { PeriodChoice::Open } else { PeriodChoice::List(list) }
}

fn years(text: &str) -> Option<(i16, i16)> {
    let (low, high) = text.split_once("..")?;
    let year = |part: &str| part.trim().parse::<i16>().ok();
    Some((year(low)?, year(high)?)).filter(|(low, high)| low <= high)
}

/// What a chart of the kind asked for cannot show, as a key of `diagnostic/reasons.toml`; dropping it silently would answer
/// another question.
fn unanswerable(request: &ChartRequest, nouns: Nouns<'_>) -> Option<&'static str> {
    use ChartIntent::{Change, Compare, Grid, Progress, Ranking, Share, Trend};
    let count = request.indicators.len();
    let many_regions = request.regions.len() > 1 || request.children.is_some();
    let listed = match &request.periods {
        PeriodChoice::Open => None,
        PeriodChoice::Years(low, high) => Some((i32::from(*high) - i32::from(*low) + 1) as usize),
        PeriodChoice::List(list) => Some(list.len()),
    };
    let units = |ids: &[IndicatorId]| {
        let mut units = ids.iter().map(|id| &nouns.indicators.get(*id).unit);
        let first = units.next();
        units.all(|unit| first.is_some_and(|first| unit.symbol() == first.symbol()))
    };
    match request.intent {
        _ if request.whole.is_some() && request.intent != Share => Some("chart-whole"),
        Ranking | Grid if count > 1 => Some("chart-one-indicator"),
        Trend | Change | Progress if count > 1 && many_regions => Some("chart-one-way"),
        Compare if count > 1 && listed.is_some_and(|periods| periods > 1) => Some("chart-one-way"),
        Trend | Compare | Change | Progress if !units(&request.indicators) => Some("chart-units"),
        Ranking if listed.is_some_and(|periods| periods > 1) => Some("chart-one-period"),
        Progress if matches!(&request.periods, PeriodChoice::List(list) if list.len() > 1) => Some("chart-one-period"),
        Compare if count > SERIES || (count == 1 && listed.is_some_and(|periods| periods > SERIES)) => {
            Some("chart-six-series")
        }
        Change if listed.is_none_or(|periods| periods < 2) => Some("chart-two-periods"),
        Change if matches!(&request.periods, PeriodChoice::List(list) if list.len() > 2) => Some("chart-two-periods"),
        Change if matches!(request.periods.ends(), Some((first, last)) if !first.same_kind(&last)) => {
            Some("chart-two-periods")
        }
        Trend | Grid if listed == Some(1) => Some("chart-more-periods"),
        Share if request.whole.is_some_and(|whole| request.indicators.contains(&whole)) => Some("chart-whole-part"),
        Share if overlap(&request.indicators, nouns) => Some("chart-overlap"),
        Share if request.whole.is_none() && request.indicators.iter().any(|id| ratio(nouns, *id)) => {
            Some("chart-rates")
        }
        Share if count == 1 && request.whole.is_none() => Some("chart-parts"),
        Share if count > SERIES => Some("chart-six-series"),
        Share if many_regions && listed.is_some_and(|periods| periods > 1) => Some("chart-one-way"),
        Trend | Ranking | Compare | Change | Grid | Progress | Share => None,
    }
}

fn ratio(nouns: Nouns<'_>, id: IndicatorId) -> bool {
    nouns.indicators.get(id).unit.is_ratio()
}

/// Whether one of some parts is made of another.
fn overlap(parts: &[IndicatorId], nouns: Nouns<'_>) -> bool {
    let made_of = |id: &IndicatorId| match &nouns.indicators.get(*id).formula {
        Formula::Sum(within) => within.clone(),
        Formula::Given | Formula::Ratio(..) => Vec::new(),
    };
    parts.iter().flat_map(made_of).any(|part| parts.contains(&part))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::catalogue::{Language, describe};
    use crate::site::sample::site_with;

    /// The codes a fence gives, with its reason.
    fn check(lines: &str, expected: &str) {
        let text = format!(
            "+++\ntitle = \"报告\"\nregion = \"429006\"\nperiod = \"2021\"\n+++\n```chart\n{}\n```\n",
            lines.replace(" | ", "\n")
        );
        let sample = site_with(&[("a.md".to_owned(), text)]);
        let reason = |one: &crate::diagnostic::Diagnostic| -> String {
            let reason = one.args.iter().find(|(name, _)| *name == "reason");
            // Every reason has words of its own.
            let message = describe(one, Language::English).message;
            assert!(reason.is_none_or(|(_, key)| !message.contains(key.as_str())), "{message}");
            reason.map_or(one.code.to_owned(), |(_, key)| key.clone())
        };
        let found: Vec<String> = sample.found.iter().map(reason).collect();
        assert_eq!(found.join(" "), expected, "{lines}");
    }

    #[test]
    fn fences_name_an_intent_and_what_it_takes() {
        check(r#"kind = "trend" | indicators = ["rate"] | periods = "2015..2023""#, "");
        check(r#"kind = "trend" | indicators = ["people", "task"] | periods = "2015..2023""#, "");
        check(r#"kind = "compare" | indicators = ["rate"] | regions = ["429006"] | periods = ["2019", "2021"]"#, "");
        check(r#"kind = "change" | indicators = ["rate"] | children = "420000" | periods = ["2019", "2021"]"#, "");
        check(r#"kind = "grid" | indicators = ["rate"] | children = "420000""#, "");
        check(r#"kind = "progress" | indicators = ["rate"]"#, "");
        check(r#"kind = "share" | indicators = ["hospitals"]"#, "");
        check(r#"kind = "share" | indicators = ["public", "private"] | whole = "hospitals""#, "");
        check(r#"kind = "lines" | indicators = ["rate"]"#, "unknown-kind");
        check(r#"kind = "trend""#, "missing-key");
        check(r#"kind = "trend" | indicators = ["ratte"]"#, "unknown-indicator");
        check(r#"kind = "trend" | indicators = ["rate"] | regions = ["492006"]"#, "unknown-region");
        check(r#"kind = "trend" | indicators = ["rate"] | colour = "red""#, "unknown-key");
        check(r#"kind = "trend" | indicators = ["rate"] | periods = "2023..2015""#, "period-invalid");
        check(r#"kind = "trend" | indicators = ["rate"] | periods = ["去年"]"#, "period-invalid");
    }

    #[test]
    fn what_no_chart_can_show_is_refused() {
        check(r#"kind = "trend" | indicators = ["rate", "share"]"#, "chart-units");
        check(r#"kind = "trend" | indicators = ["people", "task"] | children = "420000""#, "chart-one-way");
        check(r#"kind = "trend" | indicators = ["rate"] | period = "2021""#, "chart-more-periods");
        check(r#"kind = "trend" | indicators = ["people"] | whole = "task""#, "chart-whole");
        check(r#"kind = "ranking" | indicators = ["people", "task"]"#, "chart-one-indicator");
        check(r#"kind = "ranking" | indicators = ["rate"] | periods = "2020..2021""#, "chart-one-period");
        check(r#"kind = "compare" | indicators = ["rate"] | periods = "2010..2020""#, "chart-six-series");
        check(r#"kind = "change" | indicators = ["rate"]"#, "chart-two-periods");
        check(r#"kind = "change" | indicators = ["rate"] | periods = ["2020", "2021-H1"]"#, "chart-two-periods");
        check(r#"kind = "share" | indicators = ["people"]"#, "chart-parts");
        check(r#"kind = "share" | indicators = ["people", "task"] | whole = "people""#, "chart-whole-part");
        check(r#"kind = "share" | indicators = ["hospitals", "public"]"#, "chart-overlap");
        check(r#"kind = "share" | indicators = ["share", "done"]"#, "chart-rates");
        check(r#"kind = "trend" | indicators = ["rate"] | id = "../甲 乙""#, "chart-id");
    }

    #[test]
    fn what_follows_from_a_mistake_is_not_told_beside_it() {
        check(r#"kind = "change" | indicators = ["rate"] | periods = ["去年", "2021"]"#, "period-invalid");
        check(r#"kind = "compare" | indicators = ["rate", "people"] | regions = ["492006"]"#, "unknown-region");
        check(r#"kind = "ranking" | indicators = ["rate", "ratte"]"#, "unknown-indicator");
    }
}
