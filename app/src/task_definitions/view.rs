//! [ssr] What the task definition pages show of a picture: pure functions.

use super::model::Family;
use crate::listing::{Column, ListQuery, Listing, listing};
use crate::names::FamilyName;
use crate::reading::Reading;

/// One page of families.
pub fn list(reading: &Reading, query: &ListQuery) -> Listing<Family> {
    let columns: [Column<Family>; 0] = [];
    let items = reading.families.iter().map(AsRef::as_ref);
    listing(
        items,
        query,
        |family, query| query.finds(&[family.name.as_str()]),
        &columns,
        Clone::clone,
    )
}

/// One family.
pub fn detail(reading: &Reading, name: &FamilyName) -> Option<Family> {
    reading.family(name).map(|family| Family::clone(family))
}
