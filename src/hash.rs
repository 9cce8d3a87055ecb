//! Content hashes: 128-bit xxh3 of bytes, as hexadecimal text. Keys and file names only, never a proof against tampering;
//! what people sign or hand over is told by a [`Digest`], the SHA-256 of bytes. The door to both libraries.

use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest as _, Sha256};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::error::{Action, Error, Result};

/// A 128-bit content hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Hash(pub u128);

impl Hash {
    /// Hashes bytes.
    pub fn of(bytes: &[u8]) -> Hash {
        Hash(xxh3_128(bytes))
    }

    /// Hashes all that a reader gives.
    pub fn of_reader(mut reader: impl Read) -> io::Result<Hash> {
        let mut hasher = Xxh3::new();
        each_block(&mut reader, |block| hasher.update(block))?;
        Ok(Hash(hasher.digest128()))
    }

    /// The first ten hexadecimal digits, for file names.
    pub fn short(self) -> String {
        self.to_string()[..10].to_owned()
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// Hands over all that a reader gives, block by block.
fn each_block(reader: &mut impl Read, mut take: impl FnMut(&[u8])) -> io::Result<()> {
    let mut buffer = [0; 64 * 1024];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(count) => take(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// The SHA-256 of bytes, as `sha256sum` shows it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Of bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(Sha256::digest(bytes).into())
    }

    /// Of all that a reader gives, which is not held.
    pub fn of_reader(mut reader: impl Read) -> io::Result<Digest> {
        let mut hasher = Sha256::new();
        each_block(&mut reader, |block| hasher.update(block))?;
        Ok(Digest(hasher.finalize().into()))
    }

    /// Of a file.
    pub fn of_file(path: &Path) -> Result<Digest> {
        let open = || std::fs::File::open(path);
        open().and_then(Digest::of_reader).map_err(|cause| Error::new(Action::Read, path, cause))
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Digest> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
        }
        Some(Digest(bytes))
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_sha256sum() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::of(b"abc").to_string(), abc);
        assert_eq!(Digest::parse(abc), Some(Digest::of(b"abc")));
        assert_eq!(Digest::parse(&abc.to_uppercase()), Some(Digest::of(b"abc")));
        assert_eq!(Digest::of_reader(&b"abc"[..]).ok(), Some(Digest::of(b"abc")));
        assert_eq!(Digest::parse(&abc[1..]), None);
        assert_eq!(Digest::parse(&abc.replace('b', "g")), None);
        assert_eq!(Digest::parse(&format!("+{}", &abc[1..])), None);
    }
}
