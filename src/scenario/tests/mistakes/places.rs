//! Mistakes in the floors of locations.

use super::Mistake;

/// In the smallest scenario.
pub(super) const MISTAKES: &[Mistake] = &[
    Mistake {
        from: "        calling:\n",
        to: "        floors: [{number: 1, storey: Lobby}]\n        calling:\n",
        at: "storey",
        path: "organizations[0].locations[0].floors[0].storey",
        says: "unknown field `storey`",
    },
    Mistake {
        from: "        calling:\n",
        to: "        floors: [{name: Lobby}]\n        calling:\n",
        at: "{name: Lobby",
        path: "organizations[0].locations[0].floors[0]",
        says: "missing field `number`",
    },
    Mistake {
        from: "        calling:\n",
        to: "        floors: [{number: ground}]\n        calling:\n",
        at: "ground",
        path: "organizations[0].locations[0].floors[0].number",
        says: "must be a whole number",
    },
    Mistake {
        from: "        calling:\n",
        to: "        floors: [{number: 3000000000}]\n        calling:\n",
        at: "3000000000",
        path: "organizations[0].locations[0].floors[0].number",
        says: "must be a whole number",
    },
    Mistake {
        from: "        calling:\n",
        to: "        floors: [{number: 1}, {number: 2}, {number: 1}]\n        calling:\n",
        at: "1}]",
        path: "organizations[0].locations[0].floors[2].number",
        says: "the floor `1` stands twice",
    },
    Mistake {
        from: "        calling:\n",
        to: "        floors: [{number: 1, name: \"a\\tb\"}]\n        calling:\n",
        at: "\"a\\tb\"",
        path: "organizations[0].locations[0].floors[0].name",
        says: "name must not contain control characters",
    },
];
