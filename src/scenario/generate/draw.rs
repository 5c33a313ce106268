//! A tiny generator of numbers (`SplitMix64`), so that generated people never depend on a crate's
//! version, on the machine or on time.

/// The dice.
#[derive(Debug)]
pub struct Draw {
    state: u64,
}

impl Draw {
    /// Dice that always fall alike for the same seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of the choices, which must not be empty.
    pub fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        #[expect(clippy::cast_possible_truncation, reason = "only the last bits count")]
        let index = self.next() as usize % choices.len();
        &choices[index]
    }

    /// 0 to 99.
    pub fn percent(&mut self) -> u8 {
        (self.next() % 100) as u8
    }
}
