//! The tests of the program as a whole: each writes or takes a site, runs the compiled binary, and looks at what came of it.
//!
//! `tests/diagnostics/<code>/` and `tests/sites/<name>/` hold fixtures: adding a test there is adding a folder. Expected
//! files are compared both ways and written anew by `NIANBAO_BLESS=1 cargo test`. Tests that need a browser or Java are
//! ignored by `cargo test` and run by `tests/run`.

mod bless;
mod bundle;
mod checking;
mod data;
mod determinism;
mod diagnostics;
mod differences;
mod example;
mod facts;
mod floors;
mod killed;
mod large;
mod machine;
mod mistakes;
mod names;
mod pages;
mod project;
mod prose;
mod reviewing;
mod revisions;
mod serving;
mod signing;
mod sites;
mod tools;
mod traps;
mod tree;
mod warm;
