//! 文数一致: the text of a report says the figures of its front matter.

use crate::diagnostic::Diagnostic;
use crate::prose::Finding;

use super::Document;

/// Every value and target stands in the text, and nothing in the text says otherwise. A text without a single figure is no
/// summary in words and is left alone.
pub(super) fn agrees(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    let (Some(report), Some(proof)) = (document.report, &document.proof) else { return };
    for verdict in &proof.verdicts {
        let metric = &report.metrics[verdict.metric];
        let (quantity, span) = match verdict.is_target {
            false => (&metric.value, metric.value_span),
            true => (&metric.target, metric.target_span),
        };
        let Some(quantity) = quantity else { continue };
        let indicator = &document.site.indicators.get(metric.indicator).name;
        let told = |one: Diagnostic| one.arg("indicator", indicator).arg("text", quantity.as_written());
        let both = |one: Diagnostic, place: &crate::prose::Place| {
            told(one).arg("said", &place.written).related(place.span, "here")
        };
        found.extend(match &verdict.finding {
            Finding::Agrees(_) => None,
            Finding::Contradicts(place) => Some(both(Diagnostic::error("prose-contradicts", span), place)),
            Finding::QuoteDiffers(place) => Some(both(Diagnostic::error("prose-quote-differs", span), place)),
            Finding::QuoteLost => Some(told(Diagnostic::error("prose-quote-lost", span)).arg("quote", &metric.quote)),
            Finding::Bound(place) => Some(both(Diagnostic::warning("prose-bound", span), place)),
            _ if proof.figures == 0 => None,
            Finding::Elsewhere(place) => Some(both(Diagnostic::warning("prose-elsewhere", span), place)),
            Finding::Unnamed(place) => Some(both(Diagnostic::note("prose-unnamed", span), place)),
            Finding::Missing => Some(told(Diagnostic::warning("prose-missing", span))),
        });
    }
}
