//! Columns of a wholesale customer's file that go with a package: Jabber, and the meeting site
//! (PKG-06 to PKG-08).

use uuid::Uuid;

use super::Said;
use crate::licensing::outcome::Outcome;
use crate::model::wholesale::{Package, Subscriber, SubscriberServices, subscriber_of};
use crate::refusal::Refusal;
use crate::tasks::csv::{Cells, Field, flag};
use crate::tasks::user_csv::attributes::Attribute;
use crate::tasks::user_csv::changes::checked;
use crate::tasks::user_csv::values::flag as shown;
use crate::world::Tx;

/// Said of a package with meetings whose row names no site (PKG-08).
const NO_SITE: &str = "\"Preferred Webex Site\" is empty: meetings of this user may have trouble \
                       with their site later.";
/// Said of somebody who has no package to which such columns could belong.
const NO_PACKAGE: &str = "\"Jabber Calling\", \"Jabber with Webex Teams\" and \"Preferred Webex \
                          Site\" go with a package and were not read: the user has none.";

/// Cells that go with a package.
#[derive(Debug, Default)]
pub(super) struct Services {
    jabber_calling: Option<bool>,
    jabber_with_teams: Option<bool>,
    preferred_site: Option<String>,
}

impl Services {
    pub fn read(cells: &Cells<'_>) -> Result<Self, Refusal> {
        let said = |attribute: Attribute| match cells.get(attribute) {
            Some(text) => flag(text, || attribute.header().to_owned()),
            None => Ok(None),
        };
        let site = cells.get(Attribute::PreferredSite);
        let site = site.map(|text| checked(Attribute::PreferredSite, text).map(|()| text));
        Ok(Self {
            jabber_calling: said(Attribute::JabberCalling)?,
            jabber_with_teams: said(Attribute::JabberWithTeams)?,
            preferred_site: site.transpose()?.map(|text| text.trim().to_owned()),
        })
    }

    fn is_empty(&self) -> bool {
        // FALSE is what nobody without a package has anyway.
        self.jabber_calling != Some(true)
            && self.jabber_with_teams != Some(true)
            && self.preferred_site.is_none()
    }
}

impl Said {
    /// Keeps what goes with the package, tells of what changed, and warns of a missing site.
    ///
    /// # Errors
    /// None: the subscriber stays who it is.
    pub fn keep(&self, tx: &mut Tx, person: Uuid, outcome: &mut Outcome) -> Result<(), Refusal> {
        let Some((id, own)) = subscriber_of(tx, person) else {
            if !self.services.is_empty() {
                outcome.warnings.push(NO_PACKAGE.to_owned());
            }
            return Ok(());
        };
        let before = own.services.clone();
        let said = &self.services;
        let after = SubscriberServices {
            jabber_calling: said.jabber_calling.unwrap_or(before.jabber_calling),
            jabber_with_teams: said.jabber_with_teams.unwrap_or(before.jabber_with_teams),
            preferred_site: said
                .preferred_site
                .clone()
                .or(before.preferred_site.clone()),
        };
        tell(&before, &after, outcome);
        if before != after {
            tx.update::<Subscriber>(id, |own| own.services = after)?;
        }
        let meets = self.stated.filter(|stated| *stated != Package::WebexVoice);
        if meets.is_some() && self.services.preferred_site.is_none() {
            outcome.warnings.push(NO_SITE.to_owned());
            for rule in ["PKG-07", "PKG-08"] {
                outcome.by_rule(rule);
            }
        }
        Ok(())
    }
}

fn tell(before: &SubscriberServices, after: &SubscriberServices, outcome: &mut Outcome) {
    let flags = [
        (
            Attribute::JabberCalling,
            before.jabber_calling,
            after.jabber_calling,
        ),
        (
            Attribute::JabberWithTeams,
            before.jabber_with_teams,
            after.jabber_with_teams,
        ),
    ];
    for (attribute, before, after) in flags {
        if before != after {
            outcome.wrote(attribute.header(), shown(before), shown(after));
        }
    }
    let site = |own: &SubscriberServices| own.preferred_site.clone().unwrap_or_default();
    if before.preferred_site != after.preferred_site {
        let header = Attribute::PreferredSite.header();
        outcome.wrote(header, &site(before), &site(after));
    }
}
