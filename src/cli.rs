//! The command line.

pub mod print;
pub mod words;
