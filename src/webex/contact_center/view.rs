//! What the caller's own user profile opens, and which users a list is asked for by that.

use uuid::Uuid;

use super::profiles::{granular_of_user, opened};
use super::{BUDDIES, IN_QUEUE, MANAGED, QUEUE, User};
use crate::http::Call;
use crate::model::number::shorten;
use crate::model::user_profile::AccessLevel;
use crate::refusal::Refusal;
use crate::world::World;

/// Which things of a kind the caller's profile opens. Who is no user of Contact Center has none,
/// and sees what their administrator's role shows (DEC-116).
#[derive(Debug)]
pub(super) enum View {
    /// All of them.
    All,
    /// Those with these ids.
    Only(Vec<String>),
}

impl View {
    /// The caller's view of a kind of resources, such as `team`.
    pub(super) fn of(call: &Call<'_>, world: &World, organization: Uuid, kind: &str) -> Self {
        let person = call.session.as_ref().and_then(|it| it.actor.person);
        let user = person.and_then(|id| User::of(world, id));
        let user = user.filter(|user| user.person.organization == organization);
        let Some(profile) = user.and_then(|user| granular_of_user(world, &user)) else {
            return Self::All;
        };
        let mut resources = opened(&profile).into_iter();
        let found = resources.find(|one| one.name == kind);
        match found {
            Some(one) if one.access_level == AccessLevel::Specific => Self::Only(one.ids),
            Some(one) if one.access_level == AccessLevel::None => Self::Only(Vec::new()),
            _ => Self::All,
        }
    }

    /// Whether a thing is in it.
    pub(super) fn holds(&self, id: Uuid) -> bool {
        match self {
            Self::All => true,
            Self::Only(ids) => {
                let text = id.to_string();
                ids.iter().any(|own| own.eq_ignore_ascii_case(&text))
            }
        }
    }
}

/// Which users a list shows.
#[derive(Debug)]
pub(super) struct Wanted {
    /// Sites and teams of which one must open a user, who must be enabled (DEC-116).
    managed: Option<[View; 2]>,
    /// Nobody is in a buddy team or a queue: neither is simulated (DEC-115).
    nobody: bool,
}

impl Wanted {
    /// Whom a call asks for.
    ///
    /// # Errors
    /// 400 for a queue that is no id.
    pub(super) fn of(call: &Call<'_>, world: &World, organization: Uuid) -> Result<Self, Refusal> {
        if !call.knows(MANAGED.0) {
            return Ok(Self {
                managed: None,
                nobody: false,
            });
        }
        let queue = call.query(QUEUE.0);
        if let Some(text) = queue.filter(|text| Uuid::try_parse(text).is_err()) {
            let detail = format!("queueId: \"{}\" is not a uuid.", shorten(&text));
            return Err(Refusal::bad_request(detail));
        }
        let view = |kind| View::of(call, world, organization, kind);
        let is_managed = call.query_bool(MANAGED.0)? == Some(true);
        let in_queue = call.query_word(IN_QUEUE.0)? == Some("assigned");
        Ok(Self {
            managed: is_managed.then(|| [view("site"), view("team")]),
            nobody: in_queue || call.query_bool(BUDDIES.0)? == Some(true),
        })
    }

    /// Whether a user is shown.
    pub(super) fn fits(&self, user: &User<'_>) -> bool {
        let settings = &user.agent.settings;
        let is_managed = |[sites, teams]: &[View; 2]| {
            let site = settings.site_id.is_some_and(|id| sites.holds(id));
            let team = settings.team_ids.iter().any(|id| teams.holds(*id));
            let is_all = matches!((sites, teams), (View::All, View::All));
            !settings.is_disabled && (site || team || is_all)
        };
        !self.nobody && self.managed.as_ref().is_none_or(is_managed)
    }
}
