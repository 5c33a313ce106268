//! A small firm to try things on: one location, subscriptions, licences, people, workspaces.

use std::sync::Arc;

use serde_json::json;
use uuid::Uuid;

use crate::licensing::check::CHECK;
use crate::licensing::{Add, Change, Outcome, Properties, Route, save};
use crate::model::{
    Address, Calling, CallingLocation, Holder, License, Location, Organization, Person,
    PhoneNumber, Subscription, SubscriptionStatus, Workspace,
};
use crate::refusal::Refusal;
use crate::settings::families::call_forwarding;
use crate::world::check::check;
use crate::world::{Clock, Moment, Tx, World};
use crate::{belongings, settings};

/// When the tests happen.
pub const NOW: Moment = Moment(1_780_000_000_000);

/// A firm in the making.
pub struct Firm {
    pub tx: Tx,
    pub org: Uuid,
    pub hq: Uuid,
}

impl Firm {
    /// A firm with one Calling location and nothing else.
    pub fn new() -> Self {
        let world = World::new(7, Clock::frozen(NOW));
        let mut firm = Self {
            tx: Tx::new(Arc::new(world), NOW),
            org: Uuid::nil(),
            hq: Uuid::nil(),
        };
        firm.org = firm.tx.new_id::<Organization>();
        let organization = Organization::new("Firm".to_owned(), "US".to_owned(), NOW);
        firm.tx.put(firm.org, organization).unwrap();
        firm.hq = firm.location("Headquarters", true);
        firm
    }

    pub fn location(&mut self, name: &str, calling: bool) -> Uuid {
        let id = self.tx.new_id::<Location>();
        let location = Location {
            organization: self.org,
            name: name.to_owned(),
            time_zone: "America/Chicago".to_owned(),
            preferred_language: "en_us".to_owned(),
            announcement_language: "en_us".to_owned(),
            latitude: None,
            longitude: None,
            notes: None,
            address: Address::default(),
            calling: calling.then_some(CallingLocation {
                routing_prefix: None,
                outside_dial_digit: None,
                enforce_outside_dial_digit: false,
                main_number: None,
                external_caller_id_name: None,
                subscription_id: None,
                ..CallingLocation::default()
            }),
        };
        self.tx.put(id, location).unwrap();
        id
    }

    /// A licence of a subscription, which is made when it is named for the first time; later
    /// ones are younger.
    pub fn license(&mut self, code: &str, offer: &str, units: i64) -> Uuid {
        let subscription = self.subscription(code);
        let id = self.tx.new_id::<License>();
        let license = License {
            organization: self.org,
            subscription,
            offer: offer.to_owned(),
            site_url: (offer == "EE").then(|| "firm.webex.com".to_owned()),
            total_units: units,
            consumed_by_users: 0,
            consumed_by_workspaces: 0,
        };
        self.tx.put(id, license).unwrap();
        id
    }

    pub fn subscription(&mut self, code: &str) -> Uuid {
        let space = crate::model::spaces::SUBSCRIPTION;
        if let Some(id) = self.tx.find(space, Uuid::nil(), code) {
            return id;
        }
        let age = self.tx.list::<Subscription>().count();
        let id = self.tx.new_id::<Subscription>();
        let subscription = Subscription {
            code: code.to_owned(),
            organization: self.org,
            name: code.to_owned(),
            status: SubscriptionStatus::Active,
            reason: None,
            trial: false,
            partner: None,
            created_at: NOW.plus_days(i64::try_from(age).unwrap() - 400),
            end_date: NOW.plus_days(200),
            suspended_at: None,
            cancelled_at: None,
            purge_at: None,
            numbers_released_at: None,
            restores_to: None,
            suspended_from: None,
        };
        self.tx.put(id, subscription).unwrap();
        id
    }

    /// Puts a subscription into a status without ceremony.
    pub fn status(&mut self, code: &str, status: SubscriptionStatus) {
        let id = self.subscription(code);
        self.tx
            .update::<Subscription>(id, |subscription| subscription.status = status)
            .unwrap();
    }

    pub fn number(&mut self, number: &str, location: Uuid) -> Uuid {
        let id = self.tx.new_id::<PhoneNumber>();
        let number = PhoneNumber {
            organization: self.org,
            location,
            number: number.parse().unwrap(),
            active: true,
            main: false,
            toll_free: false,
            owner: None,
            alternate: false,
        };
        self.tx.put(id, number).unwrap();
        id
    }

    pub fn person(&mut self, name: &str) -> Holder {
        let id = self.tx.new_id::<Person>();
        let person = serde_json::from_value::<Person>(json!({
            "organization": self.org,
            "email": format!("{name}@firm.example"),
            "displayName": format!("{name} Doe"),
            "created": NOW,
            "lastModified": NOW,
        }));
        self.tx.put(id, person.unwrap()).unwrap();
        Holder::Person(id)
    }

    pub fn workspace(&mut self, name: &str) -> Holder {
        let id = self.tx.new_id::<Workspace>();
        let workspace = serde_json::from_value::<Workspace>(json!({
            "organization": self.org,
            "displayName": name,
            "type": "meetingRoom",
            "callingType": "freeCalling",
            "calendarType": "none",
            "hotdeskingStatus": "off",
            "created": NOW,
        }));
        self.tx.put(id, workspace.unwrap()).unwrap();
        Holder::Workspace(id)
    }

    /// Properties with a new number of the headquarters and an extension.
    pub fn properties(&mut self, number: &str, extension: &str) -> Properties {
        self.number(number, self.hq);
        Properties::parse(Some(self.hq), Some(number), Some(extension)).unwrap()
    }

    /// Somebody with Calling, a number, an extension and forwarding that is not the default.
    pub fn caller(&mut self, holder: Holder, license: Uuid, last_digits: &str) -> Properties {
        let number = format!("+1312555{last_digits}");
        let properties = self.properties(&number, last_digits);
        let add = vec![Add {
            license,
            properties: Some(properties.clone()),
        }];
        save(
            &mut self.tx,
            Change {
                holder,
                add,
                remove: vec![],
                route: Route::Scenario,
            },
        )
        .unwrap();
        let body =
            br#"{"callForwarding":{"always":{"enabled":true,"destination":"+13125550000"}}}"#;
        let configure = call_forwarding::DEF.configure.unwrap();
        configure(&mut self.tx, holder, body).unwrap();
        properties
    }

    pub fn quirk(&mut self, name: &str, choice: &str) {
        self.tx.choose(name, Some(choice));
    }

    pub fn save(
        &mut self,
        route: Route,
        holder: Holder,
        remove: &[Uuid],
        add: &[Uuid],
    ) -> Result<Outcome, Refusal> {
        let add = add.iter().copied().map(Add::plain).collect();
        self.save_with(route, holder, remove, add)
    }

    /// Saves, and proves that a refused save changed nothing and a good one broke nothing.
    pub fn save_with(
        &mut self,
        route: Route,
        holder: Holder,
        remove: &[Uuid],
        add: Vec<Add>,
    ) -> Result<Outcome, Refusal> {
        let before = World::clone(&self.tx);
        let change = Change {
            holder,
            add,
            remove: remove.to_vec(),
            route,
        };
        let result = save(&mut self.tx, change);
        if result.is_err() {
            assert!(crate::world::diff::changes(&before, &self.tx).is_empty());
        }
        self.sound();
        result
    }

    pub fn sound(&self) {
        assert_eq!(
            check(&self.tx, &[CHECK, settings::CHECK, belongings::CHECK]),
            Vec::<String>::new()
        );
    }

    pub fn licenses(&self, holder: Holder) -> Vec<Uuid> {
        match holder {
            Holder::Person(id) => self.tx.get::<Person>(id).unwrap().licenses.clone(),
            Holder::Workspace(id) => self.tx.get::<Workspace>(id).unwrap().licenses.clone(),
        }
    }

    pub fn calling(&self, holder: Holder) -> Option<&Calling> {
        match holder {
            Holder::Person(id) => self.tx.get::<Person>(id).unwrap().calling.as_ref(),
            Holder::Workspace(id) => self.tx.get::<Workspace>(id).unwrap().calling.as_ref(),
        }
    }

    /// Units of a licence that people and workspaces hold.
    pub fn units(&self, license: Uuid) -> (i64, i64) {
        let license = self.tx.get::<License>(license).unwrap();
        (license.consumed_by_users, license.consumed_by_workspaces)
    }

    /// Everything a holder has through Calling, as bytes, but for who sells it.
    pub fn configuration(&self, holder: Holder) -> String {
        let settings = self
            .tx
            .object((call_forwarding::DEF.kind.kind, holder.id()));
        let numbers: Vec<_> = self
            .tx
            .list::<PhoneNumber>()
            .filter(|(_, number)| number.owner == Some(holder))
            .collect();
        let settings = settings.map(crate::world::Object::to_json);
        format!("{:?} {settings:?} {numbers:?}", self.calling(holder))
    }

    /// Whether nothing of Calling's configuration is left.
    pub fn is_bare(&self, holder: Holder) -> bool {
        let has_number = self
            .tx
            .list::<PhoneNumber>()
            .any(|(_, number)| number.owner == Some(holder));
        let settings = self
            .tx
            .object((call_forwarding::DEF.kind.kind, holder.id()));
        let empty = self.calling(holder).is_none_or(|calling| {
            calling.number.is_none() && calling.extension.is_none() && calling.alternates.is_empty()
        });
        empty && !has_number && settings.is_none()
    }
}
