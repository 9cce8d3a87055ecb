//! The names a text may use: of indicators with their other wordings, and of regions.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::indicator::IndicatorId;
use crate::quantity::find::Text;
use crate::region::RegionId;
use crate::site::Site;

/// What a name names; several indicators may share a wording.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Named {
    /// Indicators.
    Indicators(Vec<IndicatorId>),
    /// A region.
    Region(RegionId),
}

/// All names, found in one pass; of overlapping ones the leftmost longest.
pub struct Lexicon {
    automaton: AhoCorasick,
    named: Vec<Named>,
    by_name: HashMap<String, Vec<IndicatorId>>,
}

impl Lexicon {
    /// The names of a site.
    pub fn new(site: &Site) -> Lexicon {
        let mut by_name: HashMap<String, Vec<IndicatorId>> = HashMap::new();
        for (id, indicator) in site.indicators.iter() {
            let aliases = indicator.aliases.iter().map(String::as_str);
            for name in [&*indicator.name].into_iter().chain(aliases) {
                let ids = by_name.entry(folded(name)).or_default();
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
        }
        by_name.remove("");
        let mut names: Vec<(String, Named)> =
            by_name.iter().map(|(name, ids)| (name.clone(), Named::Indicators(ids.clone()))).collect();
        for region in site.regions_with_data() {
            let name = folded(&site.regions.get(region).name);
            if !name.is_empty() && !by_name.contains_key(&name) {
                names.push((name, Named::Region(region)));
            }
        }
        names.sort_by(|a, b| a.0.cmp(&b.0));
        let builder =
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names.iter().map(|(name, _)| name));
        let automaton = builder.unwrap_or_else(|_| AhoCorasick::new([""; 0]).expect("no pattern is never too many"));
        Lexicon { automaton, named: names.into_iter().map(|(_, named)| named).collect(), by_name }
    }

    /// The names in a folded text, by bytes.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (std::ops::Range<usize>, &'a Named)> {
        self.automaton.find_iter(text).map(|found| (found.range(), &self.named[found.pattern().as_usize()]))
    }

    /// The indicators of a name.
    pub fn get(&self, name: &str) -> &[IndicatorId] {
        self.by_name.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}

/// A name as a folded text would hold it.
pub fn folded(name: &str) -> String {
    Text::new(name).chars().iter().collect()
}
