//! Content hashes: 128-bit xxh3 of bytes, as hexadecimal text. Keys and file names only, never a proof against tampering.

use xxhash_rust::xxh3::xxh3_128;

/// A 128-bit content hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Hash(pub u128);

impl Hash {
    /// Hashes bytes.
    pub fn of(bytes: &[u8]) -> Hash {
        Hash(xxh3_128(bytes))
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
