//! The job that a new routing prefix of a location starts. The prefix itself stands at once; the
//! job goes through everybody who is called by it (DEC-104).

use std::ops::Range;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{About, Telephony, Work};
use crate::belongings::numbers;
use crate::licensing::outcome::OutcomeError;
use crate::model::{Holder, Location, Person, Workspace};
use crate::tasks::job::Step;
use crate::tasks::kept;
use crate::world::{Key, Tx, World};

/// Whose extensions have another prefix before them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RoutingPrefix {
    location: Uuid,
    /// Everybody with an extension in the location, in the order of their ids.
    pub holders: Vec<Holder>,
}

impl RoutingPrefix {
    /// The job for a location whose prefix is another one now.
    #[must_use]
    pub fn prepare(world: &World, location: Uuid) -> Telephony {
        let people = world.list::<Person>().map(|(id, _)| Holder::Person(id));
        let rooms = world
            .list::<Workspace>()
            .map(|(id, _)| Holder::Workspace(id));
        let has_extension = |holder: &Holder| {
            let calling = numbers::calling(world, *holder);
            calling.is_some_and(|own| own.location == location && own.extension.is_some())
        };
        let holders = people.chain(rooms).filter(has_extension).collect();
        let place = world.get::<Location>(location);
        Telephony {
            about: About {
                location: Some(location),
                location_name: place.map(|place| place.name.clone()),
                ..About::default()
            },
            work: Work::RoutingPrefix(Self { location, holders }),
        }
    }

    /// Where, and who has an extension there.
    pub(in crate::tasks) fn named(&self) -> impl Iterator<Item = Key> {
        let holders = self.holders.iter().map(|holder| kept::holder(*holder));
        holders.chain([kept::location(self.location)])
    }

    pub(super) fn run(&self, tx: &mut Tx, items: Range<usize>, step: &mut Step) {
        for holder in self.holders.get(items).unwrap_or_default() {
            let calling = numbers::calling(tx, *holder);
            let is_there = calling.is_some_and(|own| own.location == self.location);
            match is_there {
                true => step.succeeded += 1,
                false => {
                    let message = "The extension left the location meanwhile.".to_owned();
                    step.fail(
                        &holder.id().to_string(),
                        OutcomeError { code: 500, message },
                    );
                }
            }
        }
    }
}
