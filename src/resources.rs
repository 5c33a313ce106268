//! Create, get, list, update, delete: what may be done with each kind of thing, without HTTP.

pub mod organizations;
pub mod people;
