//! nianbao (年报): Markdown work summaries with TOML front-matter metrics become a static site in which every number
//! can be traced, compared across years and regions, and trusted.
//!
//! ```text
//! content/*.md, *.toml ─ load ─▶ Content ─ site ─▶ Site ─ plan ─▶ Plan ─ check ─▶ gate ┐
//! themes/<name>        ─ theme ─▶ Theme ──────────────────────────────────────────────┴─ render ─▶ artifacts ─ output ─▶ public/
//! ```
//!
//! A module names only its own floor or a lower one; `tests` reads the sources and says so when that breaks.
//! Author mistakes are [`diagnostic::Diagnostic`]s and come out all at once; machine refusals are [`error::Error`]s.
//! Nothing below `cli` prints, and no stage reads a clock, a locale or the environment.

// 0 ground: files and spans, what an author can repair, what the machine refused
pub mod diagnostic;
pub mod error;
pub mod fs;
pub mod hash;
pub mod html;
pub mod keys;
pub mod source;
// 1 nouns
pub mod config;
pub mod indicator;
pub mod markdown;
pub mod passage;
pub mod period;
pub mod pinyin;
pub mod quantity;
pub mod region;
pub mod report;
pub mod revision;
pub mod signature;
pub mod unit;
// 2 load
pub mod load;
// 3 site
pub mod prose;
pub mod site;
// 4 plan
pub mod plan;
// 5 check
pub mod check;
pub mod sign;
// 6 render: from views to bytes
pub mod chart;
pub mod export;
pub mod render;
pub mod theme;
// 7 build
pub mod build;
pub mod diff;
pub mod output;
pub mod published;
pub mod review;
pub mod version;
// 8 commands
pub mod explain;
pub mod fix;
pub mod init;
pub mod new_report;
pub mod pack;
pub mod revise;
pub mod serve;
pub mod verify;
// 9 the command line
pub mod cli;
