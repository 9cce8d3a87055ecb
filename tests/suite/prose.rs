//! The text of every example report is proved against its data, and one changed digit is found out.

use std::collections::BTreeMap;

use nianbao::load;
use nianbao::passage;
use nianbao::prose::{Finding, Place, Proof, Reader};
use nianbao::report::{Metric, Report};
use nianbao::site::{Site, Visibility};
use nianbao::source::Sources;
use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::example;

/// What a mutation must come to.
fn is_found_out(finding: &Finding) -> bool {
    matches!(finding, Finding::Contradicts(_) | Finding::QuoteDiffers(_) | Finding::QuoteLost)
}

/// A report with its text.
struct Subject<'a> {
    reader: &'a Reader<'a>,
    report: &'a Report,
    text: String,
}

impl Subject<'_> {
    fn prove(&self, report: &Report, text: &str) -> Proof {
        let body = &report.body;
        self.reader.read(report, &passage::read(text, body.file, body.offset))
    }

    /// The figure of the front matter one step larger.
    fn other_data(&self, metric: usize, is_target: bool) -> Report {
        let mut report = self.report.clone();
        let Metric { value, target, .. } = &mut report.metrics[metric];
        let quantity = if is_target { target } else { value }.as_mut().expect("a figure");
        let quantity = std::sync::Arc::make_mut(quantity);
        quantity.number += Decimal::new(1, u32::from(quantity.decimals));
        report
    }

    /// The text with another last digit at the place.
    fn other_text(&self, place: &Place) -> String {
        let (start, end) = (place.span.start as usize, place.span.end as usize);
        let offset = self.report.body.offset;
        let figure = &self.text[start - offset..end - offset];
        // The digits of the figure itself, not those of /10万.
        let number = figure.split('/').next().unwrap_or(figure);
        let at = number.rfind(|c: char| c.is_ascii_digit()).expect("a digit") + start - offset;
        let digit = (self.text.as_bytes()[at] - b'0' + 1) % 10;
        format!("{}{digit}{}", &self.text[..at], &self.text[at + 1..])
    }
}

/// Of every figure of every example report: how many there are, and those whose changed digit goes unnoticed, by what was
/// changed.
fn examine() -> (usize, BTreeMap<&'static str, Vec<String>>) {
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let content = load::load(example::root(), &mut sources, &mut found).expect("readable").expect("content");
    let show = Visibility { today: jiff::civil::date(2026, 1, 1), drafts: false };
    let site = Site::new(content, show, &mut found);
    let reader = Reader::new(&site);
    let each = site.all_reports().par_iter().map(|report| {
        let file = sources.text(report.body.file);
        let subject = Subject { reader: &reader, report, text: file[report.body.offset..].to_owned() };
        let proof = subject.prove(report, &subject.text);
        let mut missed: Vec<(&'static str, String)> = Vec::new();
        for (at, verdict) in proof.verdicts.iter().enumerate() {
            let metric = &report.metrics[verdict.metric];
            let id = &site.indicators.get(metric.indicator).id;
            let role = if verdict.is_target { " target" } else { "" };
            let name = format!("{} {id}{role}", report.path);
            let Finding::Agrees(place) = &verdict.finding else {
                missed.push(("not backed", format!("{name}: {:?}", verdict.finding)));
                continue;
            };
            let data = subject.prove(&subject.other_data(verdict.metric, verdict.is_target), &subject.text);
            if !is_found_out(&data.verdicts[at].finding) {
                missed.push(("data", format!("{name}: {:?}", data.verdicts[at].finding)));
            }
            let text = subject.prove(report, &subject.other_text(place));
            if !text.verdicts.iter().any(|verdict| is_found_out(&verdict.finding)) {
                missed.push(("text", name));
            }
        }
        (proof.verdicts.len(), missed)
    });
    let each: Vec<_> = each.collect();
    let mut all: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for (sort, name) in each.iter().flat_map(|(_, missed)| missed.clone()) {
        all.entry(sort).or_default().push(name);
    }
    (each.iter().map(|(count, _)| count).sum(), all)
}

#[test]
fn one_changed_digit_of_any_figure_is_found_out() {
    let (count, missed) = examine();
    let list = |sort: &str| missed.get(sort).cloned().unwrap_or_default();
    assert_eq!(list("not backed"), [""; 0], "every figure of the example stands in its text");
    for sort in ["data", "text"] {
        let unnoticed = list(sort);
        assert!(unnoticed.len() * 20 <= count, "{sort}: {} of {count} go unnoticed: {unnoticed:#?}", unnoticed.len());
    }
}
