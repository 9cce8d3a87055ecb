//! The list of the files of a bundle with their digests, as `sha256sum` writes and reads it: `<hex>  <path>` a line, sorted
//! by path.

use std::collections::BTreeMap;

use crate::hash::Digest;
use crate::output::is_safe;

/// Name of the list in a bundle.
pub const NAME: &str = "manifest.sha256";
/// The folder of a bundle that holds the site.
pub const SITE: &str = "site/";

/// The files of a bundle by path.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Manifest(pub BTreeMap<String, Digest>);

/// Why a text is no list of files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Damage {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub kind: DamageKind,
}

/// What can be wrong with a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DamageKind {
    /// It is no UTF-8.
    Encoding,
    /// It is not 64 hexadecimal digits, two blanks, and a path.
    Form,
    /// Its path leads out of the folder.
    Path,
    /// Its path stands in an earlier line.
    Twice,
    /// There is no line at all.
    Empty,
}

impl Manifest {
    /// The list as text.
    pub fn print(&self) -> String {
        self.0.iter().map(|(path, digest)| format!("{digest}  {path}\n")).collect()
    }

    /// Reads the text of a list; line ends of Windows and the star of binary files are understood.
    pub fn parse(bytes: &[u8]) -> Result<Manifest, Damage> {
        let mut files = BTreeMap::new();
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let lines = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        if lines.is_empty() {
            return Err(Damage { line: 1, kind: DamageKind::Empty });
        }
        for (at, line) in lines.split(|byte| *byte == b'\n').enumerate() {
            let damage = |kind| Damage { line: at + 1, kind };
            let line = std::str::from_utf8(line).map_err(|_| damage(DamageKind::Encoding))?;
            let line = line.strip_suffix('\r').unwrap_or(line);
            let (digest, path) = entry(line).ok_or(damage(DamageKind::Form))?;
            if !is_safe(path) {
                return Err(damage(DamageKind::Path));
            }
            if files.insert(path.to_owned(), digest).is_some() {
                return Err(damage(DamageKind::Twice));
            }
        }
        Ok(Manifest(files))
    }

    /// The files of the site alone, by their path in it.
    pub fn site(&self) -> Manifest {
        let inside = |(path, digest): (&String, &Digest)| Some((path.strip_prefix(SITE)?.to_owned(), *digest));
        Manifest(self.0.iter().filter_map(inside).collect())
    }
}

fn entry(line: &str) -> Option<(Digest, &str)> {
    let (digest, path) = line.split_at_checked(64)?;
    let path = path.strip_prefix("  ").or_else(|| path.strip_prefix(" *"))?;
    Some((Digest::parse(digest)?, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_back() {
        let files = [("site/a b.html", "甲"), ("findings.html", "乙"), ("site/附件.pdf", "丙")];
        let files = files.map(|(path, text)| (path.to_owned(), Digest::of(text.as_bytes())));
        let manifest = Manifest(files.into_iter().collect());
        let text = manifest.print();
        assert_eq!(Manifest::parse(text.as_bytes()), Ok(manifest.clone()));
        assert_eq!(Manifest::parse(text.replace('\n', "\r\n").replace("  ", " *").as_bytes()), Ok(manifest.clone()));
        assert_eq!(manifest.site().0.into_keys().collect::<Vec<_>>(), ["a b.html", "附件.pdf"]);
    }

    #[test]
    fn damage_is_told_by_its_line() {
        let hex = Digest::of(b"").to_string();
        let check = |text: &str, line: usize, kind: DamageKind| {
            assert_eq!(Manifest::parse(text.as_bytes()), Err(Damage { line, kind }), "{text}");
        };
        check("", 1, DamageKind::Empty);
        check("nonsense\n", 1, DamageKind::Form);
        check(&format!("{hex}  a\n\n"), 2, DamageKind::Form);
        check(&format!("{hex}  a\n{}  b\n", &hex[1..]), 2, DamageKind::Form);
        check(&format!("{hex}  a\n{hex}  ../b\n"), 2, DamageKind::Path);
        check(&format!("{hex}  a\n{hex}  a\n"), 2, DamageKind::Twice);
        let broken = [format!("{hex}  a\n{hex}  ").as_bytes(), b"\xff\n"].concat();
        assert_eq!(Manifest::parse(&broken), Err(Damage { line: 2, kind: DamageKind::Encoding }));
    }
}
