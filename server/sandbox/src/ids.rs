//! Names and chance. Both come from one seeded generator that is saved with
//! the world, so the same calls at the same times give the same world.

use serde::{Deserialize, Serialize};

/// A SplitMix64 generator (Steele, Lea and Flood 2014): one word of state,
/// which is all a simulation of this size needs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Ids {
    state: u64,
}

impl Ids {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn word(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low + 1).unwrap_or(1).max(1);
        low + i64::try_from(self.word() % span).unwrap_or(0)
    }

    /// True in `percent` of a hundred cases.
    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// 32 hexadecimal digits: tasks and container instances.
    pub(crate) fn hex32(&mut self) -> String {
        format!("{:016x}{:016x}", self.word(), self.word())
    }

    /// 17 hexadecimal digits: EC2's resources.
    pub(crate) fn hex17(&mut self) -> String {
        let mut hex = self.hex32();
        hex.truncate(17);
        hex
    }

    /// A version 4 UUID: containers, attachments, events.
    pub(crate) fn uuid(&mut self) -> String {
        let hex = self.hex32();
        let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
        format!(
            "{}-{}-4{}-a{}-{}",
            part(0, 8),
            part(8, 12),
            part(13, 16),
            part(17, 20),
            part(20, 32)
        )
    }

    /// 19 decimal digits: deployments and service revisions.
    pub(crate) fn digits19(&mut self) -> String {
        (1_000_000_000_000_000_000 + self.word() % 8_000_000_000_000_000_000).to_string()
    }

    /// 21 letters and digits: service deployments.
    pub(crate) fn mixed21(&mut self) -> String {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        (0..21)
            .map(|_| {
                let at = usize::try_from(self.word() % LETTERS.len() as u64).unwrap_or(0);
                char::from(LETTERS.get(at).copied().unwrap_or(b'A'))
            })
            .collect()
    }
}

/// A stable digest of a text (FNV-1a, 64 bits): image digests and page tokens
/// must not change between two runs, which `DefaultHasher` does not promise.
pub(crate) fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// `sha256:` and 64 hexadecimal digits that belong to an image's name.
pub(crate) fn image_digest(image: &str) -> String {
    let mut ids = Ids::new(digest(image));
    format!("sha256:{}{}", ids.hex32(), ids.hex32())
}
