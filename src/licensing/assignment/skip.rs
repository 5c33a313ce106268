//! Licences that are left out of a save instead of refusing it (DEC-11).

use uuid::Uuid;

use super::decide::Judge;
use crate::licensing::change::{Properties, Route};
use crate::licensing::held::name;
use crate::licensing::quirks::PeoplePutUnassignable;
use crate::model::Location;
use crate::refusal::Refusal;

impl Judge<'_> {
    /// Whether a licence that cannot be assigned is left out instead of refused (DEC-11).
    pub fn skips(&self) -> bool {
        self.decision.route == Route::PeopleWrite && self.chose(PeoplePutUnassignable::Skip)
    }

    /// Says what a Calling licence that was left out takes with it.
    pub fn skip_properties(&mut self, properties: Option<&Properties>) {
        let Some(properties) = properties else { return };
        let location = properties.location.map(|id| {
            let known = self.world.get::<Location>(id);
            known.map_or_else(|| id.to_string(), |known| known.name.clone())
        });
        let parts = [
            (
                "number",
                properties.phone_number.as_ref().map(ToString::to_string),
            ),
            (
                "extension",
                properties.extension.as_ref().map(ToString::to_string),
            ),
            ("location", location),
        ];
        let named: Vec<String> = parts
            .into_iter()
            .filter_map(|(what, value)| Some(format!("{what} {}", value?)))
            .collect();
        if !named.is_empty() {
            let warning = format!("Left out with it: {}.", named.join(", "));
            self.decision.warnings.push(warning);
        }
    }

    /// Leaves a licence out.
    pub fn skip(&mut self, license: Uuid, refusal: &Refusal) {
        self.by(&["DEC-11"]);
        self.by(&refusal.rules);
        let warning = format!("{} was left out: {refusal}", name(self.world, license));
        self.decision.warnings.push(warning);
        self.decision.is_so_already = true;
    }
}
