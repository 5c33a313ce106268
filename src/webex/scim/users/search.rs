//! Searching users: filters, order, groups, attributes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use uuid::Uuid;

use super::document::{InGroupBody, UserBody};
use super::request::USER;
use crate::http::page;
use crate::http::{Call, Reply};
use crate::model::owned;
use crate::model::person::ContactNumber;
use crate::model::{Group, Person};
use crate::refusal::Refusal;
use crate::resources::groups;
use crate::webex::filter::{ANY, Attributes, Element, Filter, SAME, START, Subject};
use crate::webex::scim::groups::usage_of;
use crate::webex::scim::selection::Selection;
use crate::webex::scim::{list, location};
use crate::world::World;

/// By what users are filtered (contract: Search users). What people of the simulator do not have
/// nobody has. The contract does not list `externalId`, by which directories look for who is there
/// already (RFC 7643, 3.1; inferred), nor `email.value`, which other documents name: the address.
const FILTERS: Attributes = &[
    ("userName", ANY),
    ("id", SAME),
    ("externalId", SAME),
    ("name.familyName", ANY),
    ("name.givenName", START),
    ("name.middleName", START),
    ("name.formatted", START),
    ("displayName", ANY),
    ("nickName", ANY),
    ("emails.value", ANY),
    ("email.value", ANY),
    ("emails.display", ANY),
    ("emails.type", SAME),
    ("phoneNumbers.value", ANY),
    ("phoneNumbers.display", ANY),
    ("phoneNumbers.type", SAME),
    ("employeeNumber", ANY),
    ("costCenter", ANY),
    ("organization", ANY),
    ("division", ANY),
    ("department", ANY),
    ("manager.value", SAME),
    ("manager.displayName", ANY),
    ("meta.organizationId", SAME),
];

/// A person, to be filtered.
struct Known<'a>(&'a World, Uuid, &'a Person);

impl<'a> Subject<'a> for Known<'a> {
    fn values(&self, attribute: &str) -> Vec<Cow<'a, str>> {
        let Self(world, id, person) = *self;
        let text = |text: Option<&'a str>| text.into_iter().map(Cow::Borrowed).collect();
        match attribute {
            "userName" | "emails.value" | "email.value" => text(Some(person.email.as_str())),
            "id" => vec![id.to_string().into()],
            "externalId" => text(person.external_id.as_deref()),
            "name.familyName" => text(person.last_name.as_deref()),
            "name.givenName" => text(person.first_name.as_deref()),
            "displayName" => text(Some(&person.display_name)),
            "nickName" => text(person.nick_name.as_deref()),
            "emails.type" => text(Some("work")),
            "phoneNumbers.value" | "phoneNumbers.type" | "phoneNumbers.display" => {
                let elements = self.elements("phoneNumbers");
                let elements = elements.into_iter().flatten().flatten();
                let part = attribute.trim_start_matches("phoneNumbers.");
                let found = elements.filter(|(name, _)| *name == part);
                found.map(|(_, value)| value).collect()
            }
            "department" => text(person.department.as_deref()),
            "manager.value" => {
                let manager = person.manager_id.iter();
                manager.map(|id| id.to_string().into()).collect()
            }
            "manager.displayName" => {
                let manager = person.manager_id.and_then(|id| world.get::<Person>(id));
                let name = manager.map(|manager| manager.display_name.as_str());
                text(name.or(person.manager.as_deref()))
            }
            "meta.organizationId" => vec![person.organization.to_string().into()],
            _ => Vec::new(),
        }
    }

    fn elements(&self, list: &str) -> Option<Vec<Element<'a>>> {
        let Self(_, _, person) = *self;
        match list {
            "emails" | "email" => {
                let email = person.email.as_str();
                let only = vec![("type", "work".into()), ("value", email.into())];
                Some(vec![only])
            }
            "phoneNumbers" => {
                let numbers = person.contact_numbers.iter();
                let element = |number: &'a ContactNumber| {
                    let (kind, value) = (number.kind.name(), number.value.as_str());
                    let display = number.display.iter();
                    let display = display.map(|text| ("display", text.as_str().into()));
                    let known = [("type", kind.into()), ("value", value.into())];
                    known.into_iter().chain(display).collect()
                };
                Some(numbers.map(element).collect())
            }
            _ => None,
        }
    }
}

/// GET `/identity/scim/{orgId}/v2/Users`.
pub(super) fn search(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.organization_named(call.value("orgId"))?;
    let filter = call
        .query("filter")
        .map(|text| Filter::parse(&text, FILTERS).map_err(Refusal::bad_request))
        .transpose()?;
    let world = call.tenant.sandbox.peek();
    let fits = |id: Uuid, person: &Person| {
        let filter = filter.as_ref();
        filter.is_none_or(|filter| filter.fits(&Known(&world, id, person)))
    };
    let mut found: Vec<(Uuid, &Person)> = owned::list::<Person>(&world, organization)
        .filter(|(id, person)| fits(*id, person))
        .collect();
    match call.query_word("sortBy")? {
        Some("userName") => found.sort_by(|a, b| a.1.email.cmp(&b.1.email)),
        Some("meta.lastModified") => found.sort_by_key(|(_, person)| person.last_modified),
        _ => {}
    }
    page::order(call, &mut found)?;
    let selection = Selection::of(call, USER);
    let groups = groups_of(call, &world, organization)?;
    list(call, &selection, &found, |(id, person): (Uuid, &Person)| {
        let mut body = UserBody::of(&call.origin, &world, id, person);
        body.groups = groups.as_ref().map(|groups| {
            let groups = groups.get(&id).into_iter().flatten();
            groups.cloned().collect()
        });
        body
    })
}

type GroupsOfPeople<'a> = BTreeMap<Uuid, Vec<InGroupBody<'a>>>;

/// Who is in which groups, where the caller asks for that. The documents do not tell what the
/// details add, so both parameters show the same (inferred).
fn groups_of<'a>(
    call: &Call<'_>,
    world: &'a World,
    organization: Uuid,
) -> Result<Option<GroupsOfPeople<'a>>, Refusal> {
    let asked = [
        call.query_bool("returnGroups")?,
        call.query_bool("includeGroupDetails")?,
    ];
    if !asked.contains(&Some(true)) {
        return Ok(None);
    }
    let usages = call.query_list("groupUsageTypes");
    let is_meant = |group: &Group| {
        usages.is_empty()
            || usages
                .iter()
                .any(|it| it.eq_ignore_ascii_case(usage_of(group)))
    };
    let mut found = GroupsOfPeople::new();
    for (id, group) in groups::list(world, organization).filter(|(_, group)| is_meant(group)) {
        let body = InGroupBody {
            value: id.to_string(),
            display: &group.display_name,
            reference: location(&call.origin, organization, "Groups", id),
        };
        for person in &group.members {
            found.entry(*person).or_default().push(body.clone());
        }
    }
    Ok(Some(found))
}
