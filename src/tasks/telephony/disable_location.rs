//! A location loses Webex Calling, unless something stands in the way.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{About, Telephony, Work};
use crate::model::{Location, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::calling_locations::calling_of;
use crate::resources::calling_locations::disabling::disable;
use crate::tasks::engine;
use crate::tasks::job::Step;
use crate::tasks::kept;
use crate::tasks::task::TaskError;
use crate::world::{Key, Tx, World};

/// Which location.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DisableLocation {
    organization: Uuid,
    location: Uuid,
}

impl DisableLocation {
    /// The job for a location.
    ///
    /// # Errors
    /// 404 for a location that has no Calling, 409 while another job disables it.
    pub fn prepare(
        world: &World,
        organization: Uuid,
        location: Uuid,
    ) -> Result<Telephony, Refusal> {
        let (place, _) = calling_of(world, organization, location)?;
        let about = About {
            location: Some(location),
            location_name: Some(place.name.clone()),
            ..About::default()
        };
        let mut tasks = engine::list(world, organization).into_iter();
        let same = tasks.find(|(_, task)| {
            task.status.is_unfinished()
                && task.job.row().name == super::DISABLE_CALLING_LOCATION.name
                && task
                    .job
                    .about()
                    .is_some_and(|other| other.location == about.location)
        });
        if let Some((id, _)) = same {
            let id = WebexId::Task.encode(id);
            let detail = format!("Job {id}, which disables {}, has not ended.", place.name);
            return Err(Refusal::new(ErrorKind::BulkChangeRunning, detail));
        }
        let work = Work::DisableLocation(Self {
            organization,
            location,
        });
        Ok(Telephony { about, work })
    }

    /// Whose location.
    pub(in crate::tasks) fn named(&self) -> [Key; 2] {
        [
            kept::organization(self.organization),
            kept::location(self.location),
        ]
    }

    pub(super) fn run(&self, tx: &mut Tx, items: Range<usize>, step: &mut Step) {
        if items.is_empty() {
            return;
        }
        let found = tx.get::<Location>(self.location);
        let name = found.map_or_else(String::new, |found| found.name.clone());
        let Err(errors) = tx.attempt(|tx| disable(tx, self.organization, self.location)) else {
            step.succeeded += 1;
            return;
        };
        let mut sentences = errors.iter().map(|error| error.message.as_str());
        let first = sentences.next().unwrap_or_default();
        let rest: Vec<&str> = sentences.collect();
        step.broken = Some(TaskError {
            code: "safeDeleteCheck".to_owned(),
            message: format!("{first} {}", rest.join(" ")),
        });
        step.failed += 1;
        for error in errors {
            step.tell(&name, error);
        }
    }
}
