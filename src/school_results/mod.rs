//! Results for schools: what principals and viewers read of closed surveys. A planner releases it as an edition, counted
//! once, with one disclosure plan for each survey; each school is shown next to the district.
//!
//! Live counts are for planners, who may open the rows behind them. A reader of live counts could subtract two of them.

mod asked;
mod build;
mod content;
mod earlier;
mod material;
mod pages;
mod protection;
mod release;
mod shelf;

pub use build::Report;
pub use content::SchoolEdition;
pub use pages::{routes, samples};
pub use release::{Draft, draft};
pub use shelf::SchoolShelf;
