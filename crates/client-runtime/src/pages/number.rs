//! The types of numbers that documents have for pages, places and counts.

/// A number of a page or of items, of a type that documents have for them. Generated code calls it for values of parameters
/// and of answers.
pub trait PageNumber: Sized {
    /// The number; `None` if it is none that things are counted with, such as 1.5.
    fn to_integer(&self) -> Option<i128>;

    /// A value of this type; `None` if it has none for that number.
    fn from_integer(number: i128) -> Option<Self>;
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl PageNumber for $integer {
            fn to_integer(&self) -> Option<i128> {
                Some(i128::from(*self))
            }

            fn from_integer(number: i128) -> Option<Self> {
                Self::try_from(number).ok()
            }
        }
    )*};
}

integers!(i8, i16, i32, i64, u8, u16, u32, u64);

/// Up to which `f64` has all integers: 2^53.
const EXACT: i128 = 1 << 53;

/// For documents that say `number` where they mean `integer`.
impl PageNumber for f64 {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "only of integers in the range"
    )]
    fn to_integer(&self) -> Option<i128> {
        let is_integer = self.fract() == 0.0 && self.abs() <= EXACT as Self;
        is_integer.then_some(*self as i128)
    }

    #[allow(clippy::cast_precision_loss, reason = "only of what it has exactly")]
    fn from_integer(number: i128) -> Option<Self> {
        (number.abs() <= EXACT).then_some(number as Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_the_type_has_not_is_none() {
        assert_eq!(i8::from_integer(127), Some(127));
        assert_eq!(i8::from_integer(128), None);
        assert_eq!(u64::from_integer(-1), None);
        assert_eq!(f64::from_integer(EXACT), Some(9_007_199_254_740_992.0));
        assert_eq!(f64::from_integer(EXACT + 1), None);
        assert_eq!((2.0).to_integer(), Some(2));
        for odd in [1.5, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(odd.to_integer(), None, "{odd}");
        }
    }
}
