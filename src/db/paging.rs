//! Paging for long lists.

use serde::Serialize;

/// The number of rows on a page.
pub const PAGE_SIZE: i64 = 50;

/// The current page of a list and its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Paging {
    /// The current page, counted from 1.
    pub page: i64,
    /// The number of pages, at least 1.
    pub pages: i64,
    /// The number of rows on all pages.
    pub total: i64,
    /// The number of the first row shown, counted from 1; 0 if there are no rows.
    pub first: i64,
    /// The number of the last row shown.
    pub last: i64,
}

impl Paging {
    /// The existing page closest to the requested one.
    pub fn new(asked: Option<i64>, total: i64) -> Self {
        let pages = (total + PAGE_SIZE - 1).div_euclid(PAGE_SIZE).max(1);
        let page = asked.unwrap_or(1).clamp(1, pages);
        let first = if total == 0 {
            0
        } else {
            (page - 1) * PAGE_SIZE + 1
        };
        Self {
            page,
            pages,
            total,
            first,
            last: total.min(page * PAGE_SIZE),
        }
    }

    /// The existing page closest to the requested one, with its rows. For lists short enough to load completely.
    pub fn slice<T>(asked: Option<i64>, rows: Vec<T>) -> (Self, Vec<T>) {
        let paging = Self::new(asked, i64::try_from(rows.len()).unwrap_or(i64::MAX));
        let skipped = usize::try_from(paging.offset()).unwrap_or(usize::MAX);
        let size = usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
        (paging, rows.into_iter().skip(skipped).take(size).collect())
    }

    /// The number of rows before this page.
    pub fn offset(&self) -> i64 {
        (self.page - 1) * PAGE_SIZE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_page_ends_at_the_last_row() {
        let paging = Paging::new(Some(9), 101);
        assert_eq!(
            (paging.page, paging.pages, paging.first, paging.last),
            (3, 3, 101, 101)
        );
    }

    #[test]
    fn slicing_a_list_returns_the_rows_of_the_page() {
        let (paging, rows) = Paging::slice(Some(2), (1..=60).collect());
        assert_eq!((paging.first, paging.last), (51, 60));
        assert_eq!(rows, (51..=60).collect::<Vec<i64>>());
    }

    #[test]
    fn an_empty_list_has_one_empty_page() {
        let paging = Paging::new(None, 0);
        assert_eq!((paging.pages, paging.first, paging.last), (1, 0, 0));
    }
}
