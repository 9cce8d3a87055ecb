//! Regions: the built-in divisions of China (GB/T 2260, see `region/divisions.tsv` for source and date), their levels and
//! parents, former codes with their successors, and what a site adds in regions.toml.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Index of a region in [`Regions`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RegionId(pub u32);

/// Level of government.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// 全国.
    Nation,
    /// 省级.
    Province,
    /// 地级.
    Prefecture,
    /// 县级.
    County,
    /// 乡级.
    Township,
    /// Anything else a site declares.
    Other,
}

impl Level {
    /// All levels with their names in files.
    pub const NAMES: [(&'static str, Level); 6] = [
        ("nation", Level::Nation),
        ("province", Level::Province),
        ("prefecture", Level::Prefecture),
        ("county", Level::County),
        ("township", Level::Township),
        ("other", Level::Other),
    ];

    /// The name for readers.
    pub fn label(self, chinese: bool) -> &'static str {
        match (self, chinese) {
            (Level::Nation, true) => "全国",
            (Level::Province, true) => "省级",
            (Level::Prefecture, true) => "地级",
            (Level::County, true) => "县级",
            (Level::Township, true) => "乡级",
            (Level::Other, true) => "其他",
            (Level::Nation, false) => "nation",
            (Level::Province, false) => "province",
            (Level::Prefecture, false) => "prefecture",
            (Level::County, false) => "county",
            (Level::Township, false) => "township",
            (Level::Other, false) => "other",
        }
    }
}

/// A region.
#[derive(Clone, Debug)]
pub struct Region {
    /// Division code, or the id a site gave.
    pub code: Arc<str>,
    /// Name.
    pub name: Arc<str>,
    /// Level of government.
    pub level: Level,
    /// The region above.
    pub parent: Option<RegionId>,
}

/// A division code no longer in force.
#[derive(Clone, Debug)]
pub struct Former {
    /// The old code.
    pub code: &'static str,
    /// The old name.
    pub name: &'static str,
    /// The year of the change.
    pub year: &'static str,
    /// The region that continues it.
    pub now: RegionId,
}

/// What regions.toml says of one region.
#[derive(Clone, Debug, Default)]
pub struct Declared {
    /// Code or id.
    pub code: String,
    /// Name; none keeps the built-in one.
    pub name: Option<String>,
    /// Level; none keeps or derives it.
    pub level: Option<Level>,
    /// Code of the parent; none keeps or derives it.
    pub parent: Option<String>,
}

/// All known regions.
#[derive(Clone, Debug)]
pub struct Regions {
    list: Vec<Region>,
    by_code: BTreeMap<Arc<str>, RegionId>,
    former: BTreeMap<&'static str, Former>,
    /// The former codes by the region that continues them.
    continued: BTreeMap<RegionId, BTreeSet<&'static str>>,
}

/// A mistake in the declared regions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RegionFault {
    /// The parent is not known.
    UnknownParent {
        /// The region.
        code: String,
        /// Its parent.
        parent: String,
    },
    /// The region is its own ancestor.
    Cycle {
        /// The region.
        code: String,
    },
}

fn rows(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn builtin_level(code: &str) -> Level {
    match code {
        "100000" => Level::Nation,
        _ if code.ends_with("0000") => Level::Province,
        _ if code.ends_with("00") => Level::Prefecture,
        _ => Level::County,
    }
}

impl Regions {
    /// The built-in list with a site's additions and changes.
    pub fn new(declared: &[Declared]) -> (Regions, Vec<RegionFault>) {
        let mut regions =
            Regions { list: Vec::new(), by_code: BTreeMap::new(), former: BTreeMap::new(), continued: BTreeMap::new() };
        for row in rows(include_str!("region/divisions.tsv")) {
            let (code, name) = row.split_once('\t').expect("divisions.tsv has two fields a row");
            let level = builtin_level(code);
            let parent = regions.parent_by_zeros(code, level);
            regions.add(Region { code: code.into(), name: name.into(), level, parent });
        }
        for entry in declared {
            regions.declare(entry);
        }
        let faults = regions.link(declared);
        for row in rows(include_str!("region/renamed.tsv")) {
            let mut fields = row.split('\t');
            let mut field = || fields.next().expect("renamed.tsv has four fields a row");
            let (code, name, year, now) = (field(), field(), field(), field());
            if let Some(now) = regions.by_code.get(now).copied() {
                regions.former.insert(code, Former { code, name, year, now });
                regions.continued.entry(now).or_default().insert(code);
            }
        }
        (regions, faults)
    }

    fn add(&mut self, region: Region) -> RegionId {
        let id = RegionId(self.list.len() as u32);
        self.by_code.insert(region.code.clone(), id);
        self.list.push(region);
        id
    }

    /// A county's prefecture where that exists, else its province (429006 → 420000); a prefecture's province; 100000.
    fn parent_by_zeros(&self, code: &str, level: Level) -> Option<RegionId> {
        let find = |code: String| self.by_code.get(code.as_str()).copied();
        match level {
            Level::Nation => None,
            Level::Province => find("100000".into()),
            Level::Prefecture => find(format!("{}0000", &code[..2])),
            _ => find(format!("{}00", &code[..4])).or_else(|| find(format!("{}0000", &code[..2]))),
        }
    }

    fn declare(&mut self, entry: &Declared) {
        match self.by_code.get(entry.code.as_str()).copied() {
            Some(id) => {
                let region = &mut self.list[id.0 as usize];
                if let Some(name) = &entry.name {
                    region.name = name.as_str().into();
                }
                region.level = entry.level.unwrap_or(region.level);
            }
            None => {
                let digits = entry.code.len() >= 6 && entry.code.bytes().all(|byte| byte.is_ascii_digit());
                let derived = match entry.code.len() {
                    6 if digits => builtin_level(&entry.code),
                    9 | 12 if digits => Level::Township,
                    _ => Level::Other,
                };
                let parent = match (digits, entry.code.len()) {
                    (true, 6) => self.parent_by_zeros(&entry.code, derived),
                    (true, _) => self.by_code.get(&entry.code[..6]).copied(),
                    (false, _) => None,
                };
                self.add(Region {
                    code: entry.code.as_str().into(),
                    name: entry.name.as_deref().unwrap_or(&entry.code).into(),
                    level: entry.level.unwrap_or(derived),
                    parent,
                });
            }
        }
    }

    fn link(&mut self, declared: &[Declared]) -> Vec<RegionFault> {
        let mut faults = Vec::new();
        for entry in declared {
            let id = self.by_code[entry.code.as_str()];
            if let Some(parent) = &entry.parent {
                match self.by_code.get(parent.as_str()).copied() {
                    Some(parent) => self.list[id.0 as usize].parent = Some(parent),
                    None => {
                        faults.push(RegionFault::UnknownParent { code: entry.code.clone(), parent: parent.clone() })
                    }
                }
            }
        }
        for entry in declared {
            let id = self.by_code[entry.code.as_str()];
            let steps = std::iter::successors(Some(id), |id| self.list[id.0 as usize].parent);
            if steps.skip(1).take(64).any(|ancestor| ancestor == id) {
                self.list[id.0 as usize].parent = None;
                faults.push(RegionFault::Cycle { code: entry.code.clone() });
            }
        }
        faults
    }

    /// The region of a code in force or an id.
    pub fn find(&self, code: &str) -> Option<RegionId> {
        self.by_code.get(code).copied()
    }

    /// A code that is no longer in force.
    pub fn former(&self, code: &str) -> Option<&Former> {
        self.former.get(code)
    }

    /// The former codes a region continues.
    pub fn former_of(&self, id: RegionId) -> impl Iterator<Item = &Former> {
        self.continued.get(&id).into_iter().flatten().filter_map(|code| self.former.get(code))
    }

    /// A region by its id.
    pub fn get(&self, id: RegionId) -> &Region {
        &self.list[id.0 as usize]
    }

    /// All codes, for suggestions.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.by_code.keys().map(AsRef::as_ref)
    }

    /// The regions of a name; bare names repeat (鼓楼区 four times).
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = RegionId> + 'a {
        let matches = move |(_, region): &(usize, &Region)| &*region.name == name;
        self.list.iter().enumerate().filter(matches).map(|(at, _)| RegionId(at as u32))
    }

    /// The regions above, nearest first.
    pub fn ancestors(&self, id: RegionId) -> impl Iterator<Item = RegionId> + '_ {
        std::iter::successors(self.get(id).parent, |id| self.get(*id).parent)
    }

    /// The name with the names above it, without the nation: 湖北省天门市.
    pub fn full_name(&self, id: RegionId) -> String {
        let mut names: Vec<&str> = vec![&self.get(id).name];
        let above = self.ancestors(id).filter(|id| self.get(*id).level != Level::Nation);
        names.extend(above.map(|id| &*self.get(id).name));
        names.reverse();
        names.concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions() -> Regions {
        Regions::new(&[]).0
    }

    #[test]
    fn parents_follow_the_zeros_and_fall_back_to_the_province() {
        let regions = regions();
        let parent = |code| {
            let id = regions.find(code).expect("code is in the list");
            regions.get(id).parent.map(|id| regions.get(id).code.to_string()).unwrap_or_default()
        };
        assert_eq!(parent("429006"), "420000");
        assert_eq!(parent("140823"), "140800");
        assert_eq!(parent("370800"), "370000");
        assert_eq!(parent("420000"), "100000");
        assert_eq!(parent("100000"), "");
        assert_eq!(parent("110101"), "110000");
    }

    #[test]
    fn every_region_but_the_nation_has_a_parent() {
        let regions = regions();
        let orphans: Vec<_> = regions.list.iter().filter(|region| region.parent.is_none()).collect();
        assert_eq!(orphans.len(), 1);
    }

    #[test]
    fn former_codes_lead_to_their_successors() {
        let regions = regions();
        let now = |code| regions.former(code).map(|former| regions.get(former.now).code.to_string());
        assert_eq!(now("360122").as_deref(), Some("360112"));
        assert_eq!(now("520222").as_deref(), Some("520281"));
        assert_eq!(now("520221").as_deref(), Some("520204"));
        assert_eq!(now("429006"), None);
    }

    #[test]
    fn a_site_adds_and_changes_regions() {
        let declared = [
            Declared { code: "429006101".into(), name: Some("候口街道".into()), ..Declared::default() },
            Declared {
                code: "zone".into(), name: Some("高新区".into()), parent: Some("429006".into()), level: None
            },
            Declared { code: "lost".into(), parent: Some("nowhere".into()), ..Declared::default() },
            Declared { code: "self".into(), parent: Some("self".into()), ..Declared::default() },
        ];
        let (regions, faults) = Regions::new(&declared);
        let full = |code| regions.full_name(regions.find(code).expect("declared"));
        assert_eq!(full("429006101"), "湖北省天门市候口街道");
        assert_eq!(full("zone"), "湖北省天门市高新区");
        assert_eq!(
            faults,
            [
                RegionFault::UnknownParent { code: "lost".into(), parent: "nowhere".into() },
                RegionFault::Cycle { code: "self".into() }
            ]
        );
    }
}
