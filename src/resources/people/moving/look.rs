//! A move looked at before it is made: the reasons against it, and its impacts.

use uuid::Uuid;

use super::{Foreseen, LEFT_BEHIND, Move, Wish, error};
use crate::belongings::{self, callbacks, devices, numbers};
use crate::licensing::outcome::OutcomeError;
use crate::model::device::Model;
use crate::model::{
    Calling, E164, Extension, Holder, Location, PhoneNumber, Subscription, SubscriptionStatus,
    spaces,
};
use crate::resources::numbers::moving::share_provider;
use crate::settings::Step;
use crate::world::World;

/// Analogue adapters, which stay where their lines are.
const ADAPTERS: [&str; 2] = ["DMS Cisco 191", "DMS Cisco 192"];

/// A move looked at: from where to where, and what the holder has then.
pub(super) struct Look<'w> {
    world: &'w World,
    holder: Holder,
    from: &'w Location,
    to: &'w Location,
    own: &'w Calling,
    pub(super) after: Calling,
    /// The numbers that come along into the inventory of the new location.
    pub(super) carried: Vec<E164>,
    pub(super) told: Foreseen,
}

impl<'w> Look<'w> {
    pub(super) fn at(world: &'w World, wanted: &Move) -> Result<Self, OutcomeError> {
        let holder = Holder::Person(wanted.person);
        let own = numbers::calling(world, holder).ok_or_else(|| error(4003, "User Not Found"))?;
        let to = wanted.location.and_then(|id| world.get::<Location>(id));
        let to = to.filter(|to| to.calling.is_some());
        let (Some(to), Some(from)) = (to, world.get::<Location>(own.location)) else {
            return Err(error(4152, "Location Not Found"));
        };
        let mut after = own.clone();
        after.location = wanted.location.unwrap_or(own.location);
        after.number = wanted.number.of(own.number.as_ref());
        after.extension = wanted.extension.of(own.extension.as_ref());
        let alternates = own.alternates.iter().map(|alternate| &alternate.number);
        let own_numbers = own.number.iter().chain(alternates);
        let stays = |number: &&E164| {
            after.number.as_ref() == Some(*number) || own.number.as_ref() != Some(*number)
        };
        let carried = own_numbers.filter(stays).cloned().collect();
        Ok(Self {
            world,
            holder,
            from,
            to,
            own,
            after,
            carried,
            told: Foreseen::default(),
        })
    }

    pub(super) fn examine(&mut self, wanted: &Move) {
        if self.after.location == self.own.location {
            self.fail(25378, "Target location is same as user's current location.");
            return;
        }
        let step = Step::lenient(self.world, self.holder);
        if let Err(refusal) = step.and_then(|step| step.check_in_service("numbers")) {
            self.told.errors.push(OutcomeError::from(&refusal));
        }
        self.extensions(wanted);
        if self.after.number.is_none() && self.after.extension.is_none() {
            self.fail(
                1_026_016,
                "User should have either phone number or extension.",
            );
        }
        self.new_number(wanted);
        self.carried_numbers();
        // DEC-141.
        if callbacks::is_chosen(self.world, self.holder) {
            let message =
                "User is configured as the ECBN user for another user in the current group.";
            self.fail(27967, message);
        }
        self.phones();
        self.settings();
    }

    fn fail(&mut self, code: u32, message: impl Into<String>) {
        self.told.errors.push(error(code, message));
    }

    fn tell(&mut self, code: u32, message: impl Into<String>) {
        self.told.impacts.push(error(code, message));
    }

    /// Who else has an extension in the new location.
    fn taken(&self, extension: &Extension) -> Option<Uuid> {
        let location = self.after.location;
        let owner = self
            .world
            .find(spaces::EXTENSION, location, extension.as_str());
        owner.filter(|owner| *owner != self.holder.id())
    }

    fn extensions(&mut self, wanted: &Move) {
        let primary = self.after.extension.clone();
        if let Some(extension) = primary.filter(|extension| self.taken(extension).is_some()) {
            match wanted.extension {
                Wish::Take(_) => self.fail(
                    4202,
                    format!(
                        "The extension is not available. It is already assigned to a user : \
                         {extension}"
                    ),
                ),
                _ => {
                    self.after.extension = None;
                    self.tell(
                        19713,
                        "The extension of the user is reset to empty due to either the length is \
                         out of bounds of the new group, or the extension is already taken in new \
                         group.",
                    );
                }
            }
        }
        for position in 0..self.after.alternates.len() {
            let alternate = &self.after.alternates[position];
            let taken = alternate
                .extension
                .as_ref()
                .filter(|it| self.taken(it).is_some());
            if taken.is_some() {
                let message = format!(
                    "The extension of the following alternate number is reset to empty due to \
                     either the length out of bounds of the new group or the extension is already \
                     taken in new group: {}.",
                    alternate.number
                );
                self.after.alternates[position].extension = None;
                self.tell(19714, message);
            }
        }
    }

    /// A number that the request names stands in the new location, free and active.
    fn new_number(&mut self, wanted: &Move) {
        let Wish::Take(number) = &wanted.number else {
            return;
        };
        if self.carried.contains(number) {
            return;
        }
        let known = PhoneNumber::find(self.world, number.as_str()).map(|(_, known)| known);
        let known = known.filter(|it| it.location == self.after.location && it.is_available());
        match known {
            None => {
                let detail = "is not available in the new group.";
                self.fail(27966, format!("The phone number, {number}, {detail}"));
            }
            Some(known) if !known.active => self.fail(10_030_004, "Number not in Active status"),
            Some(_) => {}
        }
    }

    fn carried_numbers(&mut self) {
        if self.carried.is_empty() {
            return;
        }
        let charge = self
            .from
            .calling
            .as_ref()
            .and_then(|it| it.charge_number.as_ref());
        for number in self.carried.clone() {
            if charge == Some(&number) {
                let detail = "is same as the current group charge number.";
                self.fail(
                    27965,
                    format!("The user's phone number: {number}, {detail}"),
                );
            }
            let known = PhoneNumber::find(self.world, number.as_str());
            if known.is_some_and(|(_, known)| !known.active) {
                self.fail(10_030_004, "Number not in Active status");
            }
        }
        if self.from.address.country != self.to.address.country {
            self.fail(
                10_010_014,
                "Different Carrier move is not supported for numbers with different country or \
                 region.",
            );
        } else if !share_provider(self.from, self.to) {
            self.fail(
                10_010_005,
                "Different Carrier move is not supported for non-Cisco PSTN carriers.",
            );
        }
        if [self.from, self.to]
            .iter()
            .any(|it| is_out_of_service(self.world, it))
        {
            self.fail(
                10_050_009,
                "Source location or Target location subscription found cancelled or suspended",
            );
        }
        let all: Vec<&str> = self.carried.iter().map(E164::as_str).collect();
        let message = format!(
            "The primary number, alternate numbers or fax messaging number of the user are \
             assigned to the new group: {}.",
            all.join(", ")
        );
        self.tell(19717, message);
    }

    fn phones(&mut self) {
        let phones = devices::phones(self.world, self.holder);
        let phones: Vec<_> = phones.map(|(_, phone)| phone).collect();
        for phone in &phones {
            let model = Model::find(&phone.model);
            if ADAPTERS.contains(&phone.model.as_str()) {
                self.fail(27971, format!("User is using an ATA device: {}", phone.mac));
            } else if model.is_ok_and(|model| model.is_third_party) {
                let message = format!("User is using a customer managed device: {}", phone.mac);
                self.fail(27970, message);
            }
        }
        let all: Vec<String> = phones.iter().map(|phone| phone.mac.to_string()).collect();
        if !all.is_empty() {
            let message = format!(
                "The identity/device profile the user is using is moved to the new group: {}.",
                all.join(", ")
            );
            self.tell(19701, message);
        }
    }

    fn settings(&mut self) {
        let stored = belongings::kept(self.world, self.holder);
        for (code, families, message) in LEFT_BEHIND {
            if families.iter().any(|family| stored.contains(family)) {
                self.tell(code, message);
            }
        }
        // Whoever has no number shows the main number of the location.
        if self.after.number.is_none() {
            let main = self
                .to
                .calling
                .as_ref()
                .and_then(|it| it.main_number.as_ref());
            let shown = main.map_or("null", E164::as_str);
            let message =
                format!("User CLID number is set to use the new group CLID number: {shown}.");
            self.tell(19722, message);
            if main.is_none() {
                self.tell(19723, "New group CLID number is not configured.");
            }
        }
    }
}

/// Whether the subscription that carries the Cisco Calling Plan of a location is cancelled or
/// suspended.
fn is_out_of_service(world: &World, location: &Location) -> bool {
    let code = location
        .calling
        .as_ref()
        .and_then(|it| it.subscription_id.as_ref());
    let id = code.and_then(|code| world.find(spaces::SUBSCRIPTION, Uuid::nil(), code));
    let subscription = id.and_then(|id| world.get::<Subscription>(id));
    subscription.is_some_and(|subscription| {
        let status = subscription.status;
        matches!(
            status,
            SubscriptionStatus::Cancelled | SubscriptionStatus::Suspended
        )
    })
}
