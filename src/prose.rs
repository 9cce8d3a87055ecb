//! 文数一致: whether the text of a report says the figures of its front matter. In goes a report with its passages, out comes a
//! [`Proof`]: for every value and target the place in the text that states it, the place that contradicts it, or that there
//! is none. Nothing is reported here; `check` turns proofs into findings, `render` into links and the proof sheet.
//!
//! A figure backs a metric only when the text names the indicator with it (by name, alias or `quote`); an equal figure in
//! another sentence is chance.

mod binding;
pub mod claims;
mod lexicon;
mod line;
mod quote;
mod verdict;

use crate::passage::{Block, Passage};
use crate::quantity::find::{Finder, Sort};
use crate::report::Report;
use crate::site::Site;
use crate::site::reads::{Cell, note};
use crate::source::Span;

use self::lexicon::Lexicon;
use self::line::Line;

/// Reads the texts of a site; made once.
pub struct Reader<'a> {
    site: &'a Site,
    finder: Finder,
    lexicon: Lexicon,
}

/// What a text says of the figures of its front matter.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Proof {
    /// For each value and target, in the order of the metrics, the value first.
    pub verdicts: Vec<Verdict>,
    /// How many figures the text states; dates, labels and ranges are none.
    pub figures: usize,
    /// Where the figures stand that no metric claims.
    pub unclaimed: Vec<Span>,
    /// What the text says of figures it states, beside stating them.
    pub claims: Vec<claims::Claim>,
}

/// A figure of the front matter with what the text says of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// Which metric of the report.
    pub metric: usize,
    /// Whether it is the target.
    pub is_target: bool,
    /// What the text says.
    pub finding: Finding,
}

/// What the text says of a figure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Finding {
    /// It states it here.
    Agrees(Place),
    /// It names the indicator, here with another figure.
    Contradicts(Place),
    /// It states it here, but as a bound of another sort: `85%` for `85%以上`.
    Bound(Place),
    /// The words of `quote` stand in the text, but with other digits, here.
    QuoteDiffers(Place),
    /// The words of `quote` stand nowhere.
    QuoteLost,
    /// The figure stands here, but beside the name of another indicator.
    Elsewhere(Place),
    /// The figure stands here, but the text does not name the indicator with it.
    Unnamed(Place),
    /// The text does not state it.
    Missing,
}

/// A place in the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The figure, or the words.
    pub span: Span,
    /// The figure as the text writes it, folded.
    pub written: String,
    /// The sentence around it: up to the figure, the figure, and the rest.
    pub sentence: [String; 3],
    /// Where that sentence stands.
    pub sentence_span: Span,
}

impl<'a> Reader<'a> {
    /// A reader for the indicators, units and regions of a site.
    pub fn new(site: &'a Site) -> Reader<'a> {
        Reader { site, finder: Finder::new(&site.units), lexicon: Lexicon::new(site) }
    }

    /// Proves the figures of a report against its text.
    pub fn read(&self, report: &Report, passages: &[Passage]) -> Proof {
        // The lexicon holds their names.
        note(Cell::Regions);
        let lines = self.lines(passages);
        Proof { claims: claims::find(self, report, &lines), ..self.prove(report, &lines) }
    }

    fn lines<'p>(&self, passages: &'p [Passage]) -> Vec<Line<'p>> {
        let mut heads: Vec<String> = Vec::new();
        let line = |passage: &'p Passage| {
            if passage.block == Block::Head {
                heads = lexicon::folded(&passage.text).split('|').map(str::to_owned).collect();
            }
            Line::read(self, passage, &heads)
        };
        passages.iter().map(line).collect()
    }

    fn prove(&self, report: &Report, lines: &[Line<'_>]) -> Proof {
        let mut proof = Proof::default();
        for (metric, one) in report.metrics.iter().enumerate() {
            for (quantity, is_target) in [(&one.value, false), (&one.target, true)] {
                let Some(quantity) = quantity else { continue };
                let claim = verdict::Claim { report, metric: one, quantity, is_target };
                let finding = verdict::find(self, lines, &claim);
                proof.verdicts.push(Verdict { metric, is_target, finding });
            }
        }
        let claimed: Vec<Span> =
            proof.verdicts.iter().filter_map(|one| one.finding.place()).map(|at| at.span).collect();
        for line in lines {
            for figure in line.figures.iter().filter(|figure| figure.sort == Sort::Figure) {
                let span = line.span(figure.chars.clone());
                proof.figures += 1;
                if !claimed.iter().any(|other| other.start < span.end && span.start < other.end) {
                    proof.unclaimed.push(span);
                }
            }
        }
        proof
    }
}

impl Finding {
    /// The place to show: where the text states the figure, or what it says instead.
    pub fn shown(&self) -> Option<&Place> {
        match self {
            Finding::Agrees(place)
            | Finding::Bound(place)
            | Finding::Contradicts(place)
            | Finding::QuoteDiffers(place)
            | Finding::Elsewhere(place)
            | Finding::Unnamed(place) => Some(place),
            Finding::QuoteLost | Finding::Missing => None,
        }
    }

    /// Where the text states the figure.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Finding::Agrees(place) | Finding::Bound(place) => Some(place),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
