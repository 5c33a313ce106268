//! Tags that a partner gives to the subscriptions of its customers.

use uuid::Uuid;

use crate::model::billing::{SubscriptionTags, Tag};
use crate::model::organization::manages;
use crate::model::owned;
use crate::model::{Organization, Subscription, WebexId, kinds, spaces};
use crate::refusal::Refusal;
use crate::world::{Tx, World};

/// The most tags of a subscription (contract).
pub const TAGS_MAX: usize = 5;
/// The longest name of a tag; inferred.
const NAME_MAX: usize = 64;
/// The longest description of a tag; inferred.
const DESCRIPTION_MAX: usize = 256;

/// A customer's subscription by its plain id.
///
/// # Errors
/// 404 for an organisation that the partner does not manage, and for one that has no such
/// subscription.
pub fn subscription<'w>(
    world: &'w World,
    partner: Uuid,
    customer: &str,
    code: &str,
) -> Result<(Uuid, &'w Subscription), Refusal> {
    let organization = WebexId::Organization.decode(customer);
    let organization = organization.filter(|id| manages(world, partner, *id));
    let organization = organization.ok_or_else(|| Refusal::not_found("Customer", customer))?;
    let id = world.find(spaces::SUBSCRIPTION, Uuid::nil(), code);
    let found = id.and_then(|id| Some((id, owned::get::<Subscription>(world, organization, id)?)));
    found.ok_or_else(|| Refusal::not_found("Subscription", code))
}

/// The tags that a partner gave to a subscription.
#[must_use]
pub fn of(world: &World, partner: Uuid, subscription: Uuid) -> &[Tag] {
    let found = owned::get::<SubscriptionTags>(world, partner, subscription);
    found.map_or(&[], |found| &found.tags)
}

/// Gives a subscription exactly these tags; none takes them all away.
///
/// # Errors
/// 400 for more than five, for a name that is empty, too long or twice there.
pub fn assign(tx: &mut Tx, partner: Uuid, id: Uuid, tags: Vec<Tag>) -> Result<(), Refusal> {
    if tags.len() > TAGS_MAX {
        let detail = format!(
            "tags must hold at most {TAGS_MAX} tags, not {}.",
            tags.len()
        );
        return Err(Refusal::bad_request(detail));
    }
    for (index, tag) in tags.iter().enumerate() {
        check(index, tag)?;
        let earlier = tags[..index].iter();
        if earlier.clone().any(|other| other.name == tag.name) {
            return Err(Refusal::bad_request(format!(
                "tags[{index}].name stands twice."
            )));
        }
    }
    if tags.is_empty() {
        tx.delete(kinds::SUBSCRIPTION_TAGS, id);
        return Ok(());
    }
    Ok(tx.put(id, SubscriptionTags { partner, tags })?)
}

fn check(index: usize, tag: &Tag) -> Result<(), Refusal> {
    let texts = [
        ("name", tag.name.as_str(), 1, NAME_MAX),
        (
            "description",
            tag.description.as_deref().unwrap_or_default(),
            0,
            DESCRIPTION_MAX,
        ),
    ];
    for (field, text, least, most) in texts {
        let count = text.trim().chars().count();
        // A comma separates the names in a filter.
        let is_wrong = text.chars().any(char::is_control) || field == "name" && text.contains(',');
        if is_wrong || !(least..=most).contains(&count) {
            let detail = format!(
                "tags[{index}].{field} must have {least} to {most} characters on one line{}.",
                if field == "name" {
                    ", without a comma"
                } else {
                    ""
                }
            );
            return Err(Refusal::bad_request(detail));
        }
    }
    Ok(())
}

/// The subscriptions of a partner's customers that have one of these tags.
pub fn tagged<'w>(
    world: &'w World,
    partner: Uuid,
    names: &'w [String],
) -> impl Iterator<Item = (Uuid, &'w Subscription, &'w Organization)> {
    let own = owned::list::<SubscriptionTags>(world, partner);
    let tagged = own.filter(|(_, found)| found.tags.iter().any(|tag| names.contains(&tag.name)));
    tagged.filter_map(move |(id, _)| {
        let subscription = world.get::<Subscription>(id)?;
        let organization = world.get::<Organization>(subscription.organization)?;
        manages(world, partner, subscription.organization).then_some((
            id,
            subscription,
            organization,
        ))
    })
}
