//! `--review` and `--base` of `build` and `serve`: reads the version to compare with, once.

use std::sync::Arc;

use super::check::Result;
use super::diff;
use super::options::Options;
use crate::review::{Base, Wish};

/// What panels show; none where no panels are wanted. Why a version cannot be read is told.
pub fn wish(wanted: bool, base: Option<&str>, drafts: bool, options: &Options) -> Result<Option<Wish>> {
    if !wanted {
        return Ok(None);
    }
    let base = match base {
        Some(name) => {
            let (version, loaded) = diff::former(name, drafts, options)?;
            Some(Arc::new(Base::new(version, loaded)))
        }
        None => None,
    };
    Ok(Some(Wish { base }))
}
