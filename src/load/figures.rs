//! `[metrics]`: texts become quantities in units that fit their indicators.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::indicator::{Indicator, IndicatorId};
use crate::keys::{Key, Keys, Kind, Text, Value};
use crate::load::Nouns;
use crate::load::front_matter::{find_region, inner, is_empty_text, one_of, parse_period};
use crate::period::Period;
use crate::quantity::{self, Bound, Quantity, QuantityError};
use crate::region::RegionId;
use crate::report::{Metric, Missing, Status};
use crate::revision::Place;
use crate::source::Span;

/// Reads all metrics of a report, in the author's order.
pub(super) fn metrics(
    value: &Value,
    region: RegionId,
    period: Period,
    nouns: Nouns<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Metric> {
    let table = Keys::of(value, "[metrics]", found);
    let mut metrics = Vec::new();
    for (key, value) in table.entries() {
        let Some(indicator) = nouns.indicators.find(&key.name) else {
            table.report(unknown_indicator(&key.name, key.span, nouns));
            continue;
        };
        let context = Context { indicator, region, period, nouns, key };
        match &value.kind {
            Kind::Array(items) => metrics.extend(items.iter().filter_map(|item| context.metric(item, found))),
            _ => metrics.extend(context.metric(value, found)),
        }
    }
    table.close(found);
    metrics.shrink_to_fit();
    metrics
}

/// An id no indicator has; the name of one leads to its id.
pub(super) fn unknown_indicator(id: &str, span: Span, nouns: Nouns<'_>) -> Diagnostic {
    let unknown = Diagnostic::error("unknown-indicator", span).arg("id", id);
    let named = |one: &Indicator| *one.name == *id || one.aliases.iter().any(|alias| alias == id);
    match nouns.indicators.iter().find(|(_, one)| named(one)) {
        Some((_, one)) => unknown.arg("suggestion", &one.id),
        None => unknown.suggest(id, nouns.indicators.ids()),
    }
}

/// A figure in a unit that fits its indicator; whether it is plausible is not asked.
pub(super) fn figure(
    value: &Value,
    key: &Key,
    place: Place,
    nouns: Nouns<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<Arc<Quantity>> {
    let Place { indicator, region, period, .. } = place;
    let context = Context { indicator, region, period, nouns, key };
    context.written(value, found).map(|(_, quantity)| Arc::new(quantity))
}

/// `100%以上` of a share that cannot pass 100 %.
fn passes_hundred(quantity: &Quantity, value: rust_decimal::Decimal, indicator: &Indicator) -> bool {
    let hundred = rust_decimal::Decimal::ONE_HUNDRED;
    let capped = indicator.plausible.is_some_and(|(_, high)| high == hundred);
    let upwards = matches!(quantity.bound, Bound::Ge | Bound::Gt);
    capped && indicator.unit.symbol() == "%" && upwards && value >= hundred
}

struct Context<'a> {
    indicator: IndicatorId,
    region: RegionId,
    period: Period,
    nouns: Nouns<'a>,
    key: &'a Key,
}

impl Context<'_> {
    fn metric(&self, value: &Value, found: &mut Vec<Diagnostic>) -> Option<Metric> {
        let mut metric = Metric {
            indicator: self.indicator,
            region: self.region,
            period: self.period,
            value: None,
            target: None,
            target_source: String::new(),
            due: None,
            baseline: None,
            previous: None,
            previous_span: value.span,
            status: Status::Normal,
            missing: None,
            note: String::new(),
            quote: String::new(),
            span: self.key.span,
            value_span: value.span,
            target_span: value.span,
        };
        if !matches!(value.kind, Kind::Table(_)) {
            metric.value = Some(self.quantity(value, found)?);
            return Some(metric);
        }
        let before = found.len();
        let keys = Keys::of(value, format!("[metrics] {}", self.key.name), found);
        let mut quantity = |key, keys: &Keys<'_>| {
            let value = keys.get(key)?;
            Some((self.quantity(value, found)?, value.span))
        };
        if let Some((value, span)) = quantity("value", &keys) {
            (metric.value, metric.value_span) = (Some(value), span);
        }
        if let Some((target, span)) = quantity("target", &keys) {
            (metric.target, metric.target_span) = (Some(target), span);
        }
        if let Some((previous, span)) = quantity("previous", &keys) {
            (metric.previous, metric.previous_span) = (Some(previous), span);
        }
        metric.target_source = keys.string("target_source");
        metric.due = keys.date("due").map(|(date, _)| date);
        metric.note = keys.string("note");
        metric.quote = keys.string("quote");
        if let Some(text) = keys.text("status") {
            metric.status = one_of(&text, &Status::NAMES, "unknown-status", "status", &keys).unwrap_or_default();
        }
        if let Some(text) = keys.text("missing") {
            metric.missing = one_of(&text, &Missing::NAMES, "unknown-missing", "missing", &keys);
        }
        if let Some(region) = keys.text("region").and_then(|text| find_region(&text, self.nouns, &keys)) {
            metric.region = region;
        }
        if let Some(period) = keys.text("period").and_then(|text| parse_period(&text, &keys)) {
            metric.period = period;
        }
        if let Some((date, _)) = keys.date("as_of") {
            metric.period = Period::AsOf(date);
        }
        metric.baseline = keys.get("baseline").and_then(|value| self.baseline(value, found));
        keys.finish(found);
        let empty = metric.value.is_none() && metric.target.is_none() && metric.missing.is_none();
        if empty && found.len() == before {
            found.push(Diagnostic::error("metric-empty", self.key.span).arg("indicator", &self.key.name));
        }
        (!empty).then_some(metric)
    }

    fn baseline(&self, value: &Value, found: &mut Vec<Diagnostic>) -> Option<(RegionId, Arc<Quantity>)> {
        let keys = Keys::of(value, "baseline", found);
        let region = keys.required("region").and_then(|text| find_region(&text, self.nouns, &keys));
        let quantity = keys.get("value").and_then(|value| self.quantity(value, found));
        keys.finish(found);
        Some((region?, quantity?))
    }

    /// A quantity whose unit fits the indicator, and which is looked at for plausibility.
    fn quantity(&self, value: &Value, found: &mut Vec<Diagnostic>) -> Option<Arc<Quantity>> {
        let (text, quantity) = self.written(value, found)?;
        found.extend(self.doubt(&quantity, &text));
        Some(Arc::new(quantity))
    }

    /// A quantity whose unit fits the indicator, and its text.
    fn written(&self, value: &Value, found: &mut Vec<Diagnostic>) -> Option<(Text, Quantity)> {
        let text = match &value.kind {
            Kind::Text(text) | Kind::Number(text) => Text { value: text.trim().to_owned(), span: value.span },
            other => {
                let what = match other {
                    Kind::Bool(_) => "true/false",
                    Kind::Date(_) => "a date",
                    Kind::Array(_) => "an array",
                    _ => "a table",
                };
                found.push(
                    Diagnostic::error("wrong-type", value.span)
                        .arg("key", &self.key.name)
                        .arg("expected", "\"7.12张\"")
                        .arg("found", what),
                );
                return None;
            }
        };
        if is_empty_text(value) {
            found.push(Diagnostic::error("metric-empty", value.span).arg("indicator", &self.key.name));
            return None;
        }
        let quantity = match quantity::parse(&text.value, self.nouns.units) {
            Ok(quantity) => quantity,
            Err(error) => {
                found.push(self.fault(&text, error));
                return None;
            }
        };
        let fits = self.fits(quantity, &text, found)?;
        Some((text, fits))
    }

    fn fits(&self, quantity: Quantity, text: &Text, found: &mut Vec<Diagnostic>) -> Option<Quantity> {
        let indicator = self.nouns.indicators.get(self.indicator);
        if quantity.value_in(&indicator.unit).is_some() {
            return Some(quantity);
        }
        let unit = quantity.unit.as_ref().map(|unit| unit.symbol().to_owned()).unwrap_or_default();
        found.push(
            Diagnostic::error("unit-mismatch", text.span)
                .arg("text", &text.value)
                .arg("unit", unit)
                .arg("expected", indicator.unit.symbol())
                .arg("indicator", &indicator.name),
        );
        None
    }

    /// A value outside what the indicator says is plausible.
    fn doubt(&self, quantity: &Quantity, text: &Text) -> Option<Diagnostic> {
        let indicator = self.nouns.indicators.get(self.indicator);
        let value = quantity.value_in(&indicator.unit)?;
        if let Some((low, high)) = indicator.plausible
            && (value < low || value > high)
        {
            let hundred = rust_decimal::Decimal::ONE_HUNDRED;
            let over = indicator.unit.symbol() == "%" && high == hundred && value > hundred;
            let code = if over { "over-hundred" } else { "implausible" };
            let doubt = Diagnostic::warning(code, text.span).arg("text", &text.value);
            Some(doubt.arg("indicator", &indicator.name).arg("low", low).arg("high", high))
        } else if passes_hundred(quantity, value, indicator) {
            let doubt = Diagnostic::warning("over-hundred", text.span).arg("text", &text.value);
            Some(doubt.arg("indicator", &indicator.name))
        } else {
            None
        }
    }

    fn fault(&self, text: &Text, error: QuantityError) -> Diagnostic {
        let span: Span = inner(text.span, error.range(), text.value.len());
        let fault = |code| Diagnostic::error(code, span).arg("text", &text.value);
        match error {
            QuantityError::UnknownUnit { unit, suggestion, .. } => {
                let names = self.nouns.units.names().join(" ");
                let unknown = Diagnostic::error("unknown-unit", span).arg("unit", unit).arg("known", names);
                match suggestion {
                    Some(name) => unknown.arg("suggestion", name),
                    None => unknown,
                }
            }
            QuantityError::Range { .. } => fault("quantity-range"),
            QuantityError::DoubleBound { .. } => fault("quantity-double-bound"),
            QuantityError::BadGrouping { .. } => fault("quantity-grouping"),
            QuantityError::TooLong { .. } => fault("quantity-too-long"),
            QuantityError::Empty | QuantityError::NotANumber { .. } | QuantityError::Trailing { .. } => {
                fault("quantity-invalid")
            }
        }
    }
}
