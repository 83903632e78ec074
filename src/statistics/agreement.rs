//! How much two coders agree beyond chance.

use super::{Interval, number};

/// How two coders coded the same comments for one theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Both put it in the theme.
    pub both: u64,
    /// Only the first coder did.
    pub first: u64,
    /// Only the second coder did.
    pub second: u64,
    /// Neither did.
    pub neither: u64,
}

/// Cohen's kappa with its 95% confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kappa {
    /// 1 if they always agree, 0 if they agree as often as by chance.
    pub kappa: f64,
    /// The interval, from the large-sample standard error.
    pub interval: Interval,
}

impl Judged {
    /// Adds one comment's coding.
    pub fn note(&mut self, first: bool, second: bool) {
        match (first, second) {
            (true, true) => self.both += 1,
            (true, false) => self.first += 1,
            (false, true) => self.second += 1,
            (false, false) => self.neither += 1,
        }
    }

    /// How many comments both coded.
    pub fn comments(self) -> u64 {
        self.both + self.first + self.second + self.neither
    }

    /// κ = (pₒ − pₑ) / (1 − pₑ); none if chance alone explains everything, such as when both put every comment in the theme.
    ///
    /// Cohen, J. (1960), *A coefficient of agreement for nominal scales*, Educational and Psychological Measurement 20,
    /// 37–46. The standard error is from Fleiss, J. L., Cohen, J., Everitt, B. S. (1969), *Large sample standard errors
    /// of kappa and weighted kappa*, Psychological Bulletin 72, 323–327.
    pub fn kappa(self) -> Option<Kappa> {
        let n = number(self.comments());
        let share = |count: u64| number(count) / n;
        let cells = [
            [share(self.both), share(self.first)],
            [share(self.second), share(self.neither)],
        ];
        let [[both, first], [second, neither]] = cells;
        let rows = [both + first, second + neither];
        let columns = [both + second, first + neither];
        let chance = rows[0] * columns[0] + rows[1] * columns[1];
        let agreed = both + neither;
        if self.comments() == 0 || chance >= 1.0 {
            return None;
        }
        let kappa = (agreed - chance) / (1.0 - chance);
        let square = |x: f64| x * x;
        let on_the_diagonal = both * square(1.0 - (rows[0] + columns[0]) * (1.0 - kappa))
            + neither * square(1.0 - (rows[1] + columns[1]) * (1.0 - kappa));
        let off = square(1.0 - kappa)
            * (first * square(columns[0] + rows[1]) + second * square(columns[1] + rows[0]));
        let rest = square(kappa - chance * (1.0 - kappa));
        let variance = (on_the_diagonal + off - rest) / (square(1.0 - chance) * n);
        Some(Kappa {
            kappa,
            interval: Interval::around(kappa, variance.max(0.0).sqrt()),
        })
    }
}
