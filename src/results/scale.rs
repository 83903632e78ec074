//! A scale as diverging bars: points below the middle go left of a line, points above go right, and the middle point is
//! split in half (Robbins and Heiberger, *Plotting Likert and other rating scales*, 2011).

use serde::Serialize;

use crate::statistics::interval::Part;
use crate::tally::disclosure::Shown;

/// A segment of a bar: its start and length in percent of the drawing, with a decimal point, as SVG expects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Segment {
    x: String,
    width: String,
    /// From `l1`, far below the middle, to `l5`, far above.
    shade: &'static str,
    /// The share of those asked, in whole percent, and the x position of its label: the middle of the segment.
    percent: u64,
    center: String,
}

/// How the points of a scale are split around its middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sides {
    points: usize,
}

/// The space on each side of the line, as shares of those asked: enough for the longest bars on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Room {
    left: f64,
    right: f64,
}

impl Sides {
    /// The sides of a scale with this many points.
    pub(super) fn of(points: usize) -> Self {
        Self { points }
    }

    /// The indexes of the points below the middle.
    pub(super) fn low(self) -> std::ops::Range<usize> {
        0..self.points / 2
    }

    /// The index of the middle point; `None` for an even number of points.
    pub(super) fn middle(self) -> Option<usize> {
        (self.points % 2 == 1).then_some(self.points / 2)
    }

    /// The indexes of the points above the middle.
    pub(super) fn high(self) -> std::ops::Range<usize> {
        self.points - self.points / 2..self.points
    }

    /// The shade of a point: the outer half of each side is darker.
    fn shade(self, place: usize) -> &'static str {
        let half = self.points / 2;
        if self.middle() == Some(place) {
            "l3"
        } else if place < half {
            if place < half.div_ceil(2) { "l1" } else { "l2" }
        } else if self.points - 1 - place < half.div_ceil(2) {
            "l5"
        } else {
            "l4"
        }
    }

    /// How far a bar extends left and right of the line.
    fn reach(self, shares: &[f64]) -> Room {
        let sum =
            |range: std::ops::Range<usize>| shares.get(range).map_or(0.0, |it| it.iter().sum());
        let middle = self.middle().and_then(|middle| shares.get(middle));
        let half = middle.map_or(0.0, |share| share / 2.0);
        Room {
            left: sum(self.low()) + half,
            right: sum(self.high()) + half,
        }
    }

    /// The segments of a bar whose points have these shares.
    pub(super) fn segments(self, shares: &[f64], room: Room) -> Vec<Segment> {
        let whole = (room.left + room.right).max(f64::EPSILON);
        let percent = |share: f64| share / whole * 100.0;
        let mut x = room.left - self.reach(shares).left;
        let mut segments = Vec::with_capacity(shares.len());
        for (place, share) in shares.iter().enumerate() {
            if *share > 0.0 {
                segments.push(Segment {
                    x: format!("{:.2}", percent(x)),
                    width: format!("{:.2}", percent(*share)),
                    shade: self.shade(place),
                    percent: whole_percent(*share),
                    center: format!("{:.2}", percent(x + share / 2.0)),
                });
            }
            x += share;
        }
        segments
    }
}

impl Room {
    /// Makes room for another bar.
    #[must_use]
    pub(super) fn with(self, sides: Sides, shares: &[f64]) -> Self {
        let reach = sides.reach(shares);
        Self {
            left: self.left.max(reach.left),
            right: self.right.max(reach.right),
        }
    }

    /// The position of the middle line, in percent of the drawing.
    pub(super) fn line(self) -> String {
        format!(
            "{:.2}",
            self.left / (self.left + self.right).max(f64::EPSILON) * 100.0
        )
    }
}

/// A share in whole percent, halves rounded up.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share lies between 0 and 1"
)]
fn whole_percent(share: f64) -> u64 {
    (share * 100.0).round() as u64
}

/// Each count as a share of the base; `None` if any of them is hidden.
pub(super) fn shares(counts: &[Shown], base: Shown) -> Option<Vec<f64>> {
    let base = base.count().filter(|base| *base > 0)?;
    counts
        .iter()
        .map(|count| {
            Part {
                part: count.count()?,
                whole: base,
            }
            .share()
        })
        .collect()
}

/// The sum of several counts; hidden if any of them is.
pub(super) fn sum(counts: &[Shown]) -> Shown {
    counts.iter().fold(Shown::Count(0), |sum, count| {
        match (sum.count(), count.count()) {
            (Some(sum), Some(count)) => Shown::Count(sum + count),
            _ => Shown::TooFew,
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn five_points_have_two_on_each_side_of_the_middle() {
        let sides = Sides::of(5);
        assert_eq!(
            (sides.low(), sides.middle(), sides.high()),
            (0..2, Some(2), 3..5)
        );
        let shades: Vec<&str> = (0..5).map(|place| sides.shade(place)).collect();
        assert_eq!(shades, ["l1", "l2", "l3", "l4", "l5"]);
    }

    #[test]
    fn an_even_scale_has_no_middle_and_ten_points_use_two_shades_per_side() {
        let sides = Sides::of(4);
        assert_eq!(
            (sides.low(), sides.middle(), sides.high()),
            (0..2, None, 2..4)
        );
        let shades: Vec<&str> = (0..10).map(|place| Sides::of(10).shade(place)).collect();
        assert_eq!(
            shades,
            ["l1", "l1", "l1", "l2", "l2", "l4", "l4", "l5", "l5", "l5"]
        );
    }

    #[test]
    fn half_of_the_middle_is_on_each_side_of_the_line() {
        let (sides, shares) = (Sides::of(3), [0.2, 0.2, 0.6]);
        let room = Room::default().with(sides, &shares);
        assert_eq!(room.line(), "30.00");
        let segments = sides.segments(&shares, room);
        let middle = &segments[1];
        assert_eq!(
            (middle.x.as_str(), middle.width.as_str()),
            ("20.00", "20.00")
        );
        assert_eq!((middle.percent, middle.center.as_str()), (20, "30.00"));
    }

    proptest! {
        #[test]
        fn every_bar_fits_in_the_chart_without_gaps(
            bars in prop::collection::vec(prop::collection::vec(0_u32..100, 5), 1..5),
        ) {
            let sides = Sides::of(5);
            let bars: Vec<Vec<f64>> = bars.iter().map(|bar| {
                let base = f64::from(bar.iter().sum::<u32>().max(1)) + 10.0;
                bar.iter().map(|count| f64::from(*count) / base).collect()
            }).collect();
            let room = bars.iter().fold(Room::default(), |room, bar| room.with(sides, bar));
            for bar in &bars {
                let mut end: Option<f64> = None;
                for segment in sides.segments(bar, room) {
                    let (x, width): (f64, f64) = (segment.x.parse().unwrap(), segment.width.parse().unwrap());
                    prop_assert!(x >= -0.01 && x + width <= 100.02);
                    prop_assert!(end.is_none_or(|end| (end - x).abs() < 0.02));
                    end = Some(x + width);
                }
            }
        }
    }
}
