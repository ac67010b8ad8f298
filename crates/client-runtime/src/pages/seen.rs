//! Tokens that lead in a circle.

/// Which tokens were there, as far as is needed to find a circle in bounded memory: the last landmark, which moves after
/// twice as many steps each time (R. P. Brent, "An improved Monte Carlo factorization algorithm", 1980, §2).
#[derive(Debug, Default)]
pub struct SeenTokens {
    landmark: Option<String>,
    steps: u64,
    until: u64,
}

impl SeenTokens {
    /// Whether `next`, which came with the page of the token `own`, was there before. A circle of any length is found, a short
    /// one soon.
    pub(super) fn repeats(&mut self, own: Option<&str>, next: &str) -> bool {
        if own == Some(next) || self.landmark.as_deref() == Some(next) {
            return true;
        }
        if self.steps >= self.until {
            self.landmark = own.map(str::to_owned);
            self.until = self.until.saturating_mul(2).max(1);
            self.steps = 0;
        }
        self.steps += 1;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::SeenTokens;

    /// After how many pages a walk over tokens is found to be a circle.
    fn found(tokens: impl Iterator<Item = u32>) -> Option<usize> {
        let mut seen = SeenTokens::default();
        let mut own: Option<String> = None;
        for (count, token) in tokens.enumerate() {
            let next = token.to_string();
            if seen.repeats(own.as_deref(), &next) {
                return Some(count);
            }
            own = Some(next);
        }
        None
    }

    #[test]
    fn a_circle_is_found_after_a_few_times_its_length() {
        assert_eq!(found([1, 2, 3, 3].into_iter()), Some(3));
        for (tail, length) in [(0, 1), (0, 2), (0, 7), (5, 3), (1000, 2), (3, 1000)] {
            let circle = (0..tail).chain((0..).map(|at| tail + at % length));
            let at = found(circle.take(100_000)).unwrap();
            let most = 4 * (tail + length) as usize + 2;
            assert!(at <= most, "{tail} {length}: {at}");
        }
        assert_eq!(found(0..100_000), None);
    }
}
