//! Who is in a group while a PATCH changes it. What comes and goes is noted by uuid, in order,
//! because a group may have more members than could be written out for every operation.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::document::USER_TYPE;
use super::request::MemberRequest;
use crate::json;
use crate::model::{Group, Person};
use crate::refusal::Refusal;
use crate::resources::groups::{Membership, moved};
use crate::webex::filter::Filter;
use crate::webex::scim::location;
use crate::webex::scim::patch::{Aside, Deed, as_object, element_of, elements, unchosen};
use crate::webex::scim::path::Target;
use crate::webex::scim::work::Work;
use crate::world::World;

/// Who is in a group while a PATCH changes it.
pub(super) struct Roster<'a> {
    world: &'a World,
    group: &'a Group,
    origin: &'a str,
    work: &'a Work,
    /// Whether everybody leaves before others come.
    pub purges: bool,
    /// Who comes and who leaves, in order.
    pub changes: Vec<Membership>,
}

/// Members as a request names them.
#[derive(Deserialize)]
struct Named {
    members: Vec<MemberRequest>,
}

impl<'a> Roster<'a> {
    /// The members of a group, of whom none has come or left.
    ///
    /// # Errors
    /// 400 when the request has cost too much already.
    pub(super) fn of(
        world: &'a World,
        group: &'a Group,
        origin: &'a str,
        work: &'a Work,
    ) -> Result<Self, Refusal> {
        // What comes of it is compared with what was there.
        work.spend(group.members.len())?;
        Ok(Self {
            world,
            group,
            origin,
            work,
            purges: false,
            changes: Vec::new(),
        })
    }

    /// Who is in it by now.
    fn now(&self) -> Result<Vec<Uuid>, Refusal> {
        self.work
            .spend(self.group.members.len() + self.changes.len())?;
        let before = match self.purges {
            true => Vec::new(),
            false => self.group.members.clone(),
        };
        Ok(moved(before, &self.changes))
    }

    /// Those of a filter.
    fn chosen(&self, filter: &Filter, deed: Deed) -> Result<Vec<Uuid>, Refusal> {
        if let Some(named) = filter.named("value") {
            let named: Vec<Uuid> = named.into_iter().filter_map(id_of_text).collect();
            if deed == Deed::Remove || named.is_empty() {
                return Ok(named);
            }
            let now = self.now()?;
            return Ok(now.into_iter().filter(|id| named.contains(id)).collect());
        }
        let now = self.now()?;
        self.work.spend(now.len() * filter.comparisons())?;
        let fits = |id: &Uuid| filter.fits(&|name: &str| self.texts(*id, name));
        Ok(now.into_iter().filter(fits).collect())
    }

    /// What a member has of an attribute, as a text.
    fn texts(&self, id: Uuid, name: &str) -> Vec<std::borrow::Cow<'a, str>> {
        let person = self.world.get::<Person>(id);
        match name.to_ascii_lowercase().as_str() {
            "value" => vec![id.to_string().into()],
            "type" => vec![USER_TYPE.into()],
            "display" => person.map_or_else(Vec::new, |it| vec![it.display_name.as_str().into()]),
            "$ref" => vec![location(self.origin, self.group.organization, "Users", id).into()],
            _ => Vec::new(),
        }
    }

    /// Members come, take the place of all, or go.
    fn change_all(
        &mut self,
        target: &Target,
        deed: Deed,
        value: Option<&Value>,
    ) -> Result<(), Refusal> {
        let sent = elements(target.attribute, value)?;
        match deed {
            Deed::Remove if value.is_none_or(Value::is_null) => self.purge(),
            Deed::Remove => {
                let gone = sent.iter().filter_map(id_of);
                self.changes.extend(gone.map(Membership::Remove));
            }
            Deed::Replace => {
                let come = read(sent)?;
                self.purge();
                self.changes.extend(come);
            }
            Deed::Add => self.changes.extend(read(sent)?),
        }
        Ok(())
    }

    fn purge(&mut self) {
        self.purges = true;
        self.changes.clear();
    }

    /// The members that a filter chooses are changed as a whole, or a part of each.
    fn change_chosen(
        &mut self,
        target: &Target,
        filter: &Filter,
        deed: Deed,
        value: Option<&Value>,
    ) -> Result<(), Refusal> {
        let chosen = self.chosen(filter, deed)?;
        let Some(value) = value.filter(|_| deed != Deed::Remove) else {
            return match target.part {
                None => {
                    let gone = chosen.into_iter().map(Membership::Remove);
                    self.changes.extend(gone);
                    Ok(())
                }
                Some("value") => {
                    let detail = "value of members cannot be removed: take the member out.";
                    Err(Refusal::bad_request(detail))
                }
                // The rest says what is so anyway.
                Some(_) => Ok(()),
            };
        };
        let new = match target.part {
            Some(part) => Map::from_iter([(part.to_owned(), value.clone())]),
            None => as_object(target.attribute, value)?,
        };
        let Some(first) = chosen.first() else {
            let made = element_of(target.attribute, filter, deed, new)?;
            self.changes.extend(read(vec![made])?);
            return Ok(());
        };
        let moves = new.contains_key("value");
        let mut whole = Map::new();
        if target.part.is_some() || deed == Deed::Add {
            whole.insert("value".to_owned(), json!(first.to_string()));
        }
        whole.extend(new);
        let come = read(vec![whole])?;
        if moves {
            self.changes
                .extend(chosen.into_iter().map(Membership::Remove));
            self.changes.extend(come);
        }
        Ok(())
    }
}

impl Aside for Roster<'_> {
    fn change(
        &mut self,
        target: &Target,
        deed: Deed,
        value: Option<&Value>,
    ) -> Result<(), Refusal> {
        match (&target.filter, target.part) {
            (Some(filter), _) => self.change_chosen(target, filter, deed, value),
            (None, Some(part)) => Err(unchosen(target.attribute, part)),
            (None, None) => self.change_all(target, deed, value),
        }
    }
}

/// The uuid that a member shows as this text.
fn id_of_text(text: &str) -> Option<Uuid> {
    let id = Uuid::try_parse(text).ok()?;
    id.to_string().eq_ignore_ascii_case(text).then_some(id)
}

/// Who is meant by an element that goes: one of another type is nobody here.
fn id_of(element: &Map<String, Value>) -> Option<Uuid> {
    let kind = element.get("type");
    let value = element.get("value").and_then(Value::as_str);
    let is_user = kind.is_none_or(|kind| kind == USER_TYPE);
    value.filter(|_| is_user).and_then(id_of_text)
}

/// Who comes.
fn read(elements: Vec<Map<String, Value>>) -> Result<Vec<Membership>, Refusal> {
    let text = json!({"members": elements}).to_string();
    let named: Named = json::object(text.as_bytes(), json::Required::NOTHING)?;
    MemberRequest::memberships(&named.members)
}
