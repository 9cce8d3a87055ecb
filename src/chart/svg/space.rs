//! Room for labels: boxes that are taken, lines that are better not crossed, and the first free place among several.

use crate::chart::text::em;

use super::draw::Anchor;

/// The page of a drawing: its width and type.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Frame {
    /// The width in units.
    pub width: f64,
    /// The size of text in units.
    pub font: f64,
    /// The height of the plot of a trend.
    pub plot: f64,
    /// What sets the ids of this drawing apart from those of the same chart at another width.
    pub suffix: &'static str,
}

impl Frame {
    /// The distance of two baselines.
    pub fn line(&self) -> f64 {
        (self.font * 1.3).round()
    }

    /// The width of a text.
    pub fn measure(&self, text: &str) -> f64 {
        em(text) * self.font
    }

    /// The box of a line of text.
    pub fn text_box(&self, x: f64, y: f64, anchor: Anchor, text: &str) -> Rect {
        let width = self.measure(text);
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        Rect { left, right: left + width, top: y - self.font * 0.88, bottom: y + self.font * 0.22 }
    }
}

/// A box.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Right edge.
    pub right: f64,
    /// Upper edge.
    pub top: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Rect {
    /// The box around a point.
    pub fn around(x: f64, y: f64, reach: f64) -> Rect {
        Rect { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach }
    }

    /// Whether two boxes share more than an edge.
    pub fn meets(&self, other: &Rect) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn holds(&self, other: &Rect) -> bool {
        self.left <= other.left && self.right >= other.right && self.top <= other.top && self.bottom >= other.bottom
    }
}

/// What is taken so far.
#[derive(Clone, Debug)]
pub struct Space {
    /// Labels stay inside.
    pub bounds: Rect,
    taken: Vec<Rect>,
    lines: Vec<(f64, f64)>,
}

impl Space {
    /// Empty room.
    pub fn new(bounds: Rect) -> Space {
        Space { bounds, taken: Vec::new(), lines: Vec::new() }
    }

    /// Takes a box.
    pub fn take(&mut self, taken: Rect) {
        self.taken.push(taken);
    }

    /// Remembers a line that labels avoid while they can.
    pub fn avoid(&mut self, from: (f64, f64), to: (f64, f64)) {
        let steps = (((to.0 - from.0).abs() + (to.1 - from.1).abs()) / 4.0).ceil().max(1.0);
        for step in 0..=steps as u32 {
            let part = f64::from(step) / steps;
            self.lines.push((from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part));
        }
    }

    /// Whether a box is inside and meets nothing that is taken.
    pub fn free(&self, place: &Rect) -> bool {
        self.bounds.holds(place) && !self.taken.iter().any(|taken| taken.meets(place))
    }

    /// Takes the first free place of a text: one that crosses no line, else any.
    pub fn put(&mut self, frame: Frame, label: &str, places: &[(f64, f64, Anchor)]) -> Option<(f64, f64, Anchor)> {
        let clear = self.put_clear(frame, label, places);
        if clear.is_some() {
            return clear;
        }
        let boxed = |place: &(f64, f64, Anchor)| frame.text_box(place.0, place.1, place.2, label);
        let found = *places.iter().find(|place| self.free(&boxed(place)))?;
        self.take(boxed(&found));
        Some(found)
    }

    /// Takes the first free place of a text that crosses no line.
    pub fn put_clear(
        &mut self,
        frame: Frame,
        label: &str,
        places: &[(f64, f64, Anchor)],
    ) -> Option<(f64, f64, Anchor)> {
        let boxed = |place: &(f64, f64, Anchor)| frame.text_box(place.0, place.1, place.2, label);
        let clear = |place: &Rect| {
            let inside =
                |(x, y): &(f64, f64)| *x > place.left && *x < place.right && *y > place.top && *y < place.bottom;
            !self.lines.iter().any(inside)
        };
        let found = *places.iter().find(|place| self.free(&boxed(place)) && clear(&boxed(place)))?;
        self.take(boxed(&found));
        Some(found)
    }
}
