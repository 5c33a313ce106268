//! What is asked of the heart: one save of licences for one holder, and the route it comes by.

use uuid::Uuid;

use super::held::Held;
use crate::belongings::numbers::parse_extension;
use crate::model::{E164, Extension, Holder};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::World;

/// The calling properties of a licence that is added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Properties {
    /// The Calling location.
    pub location: Option<Uuid>,
    /// A number of the location's inventory.
    pub phone_number: Option<E164>,
    /// An extension, unique in the location.
    pub extension: Option<Extension>,
}

impl Properties {
    /// Reads number and extension as a caller wrote them; empty texts say nothing.
    ///
    /// # Errors
    /// 900012 for a number without its `+`, 25102 for any other text that is no number, 25058
    /// for an extension that is not 2 to 6 digits.
    pub fn parse(
        location: Option<Uuid>,
        phone_number: Option<&str>,
        extension: Option<&str>,
    ) -> Result<Self, Refusal> {
        let filled = |text: Option<&str>| {
            text.map(str::trim)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        let phone_number = match filled(phone_number) {
            Some(text) => Some(number(&text)?),
            None => None,
        };
        let extension = match filled(extension) {
            Some(text) => Some(parse_extension(&text)?),
            None => None,
        };
        Ok(Self {
            location,
            phone_number,
            extension,
        })
    }

    /// Whether they name neither a number nor an extension.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.phone_number.is_none() && self.extension.is_none()
    }
}

fn number(text: &str) -> Result<E164, Refusal> {
    text.parse().map_err(|reason: String| {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        if digits {
            Refusal::new(ErrorKind::NumberWithoutPlus, format!("{reason}.")).by("CSV-21")
        } else {
            Refusal::new(ErrorKind::NumberNotAvailable, format!("{reason}."))
        }
    })
}

/// A licence to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Add {
    /// Which.
    pub license: Uuid,
    /// The calling properties, for a Calling licence.
    pub properties: Option<Properties>,
}

impl Add {
    /// A licence without properties.
    #[must_use]
    pub fn plain(license: Uuid) -> Self {
        Self {
            license,
            properties: None,
        }
    }
}

/// One save of licences for one holder. What it adds and removes happens together or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whose licences.
    pub holder: Holder,
    /// What to add.
    pub add: Vec<Add>,
    /// What to take away.
    pub remove: Vec<Uuid>,
    /// Where the save comes from.
    pub route: Route,
}

impl Change {
    /// The change that leads to exactly the `wanted` licences, as a full replace asks for.
    ///
    /// # Errors
    /// 404 when there is no such holder.
    pub fn replace(
        world: &World,
        holder: Holder,
        wanted: &[Uuid],
        properties: Option<&Properties>,
        route: Route,
    ) -> Result<Self, Refusal> {
        let held = Held::of(world, holder)?;
        let remove = held
            .licenses
            .iter()
            .filter(|id| !wanted.contains(id))
            .copied()
            .collect();
        let add = wanted.iter().filter(|id| !held.licenses.contains(id));
        let add = add
            .map(|id| Add {
                license: *id,
                properties: properties.cloned(),
            })
            .collect();
        Ok(Self {
            holder,
            add,
            remove,
            route,
        })
    }
}

/// Where a save comes from. The routes differ in what they refuse, skip and lose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Route {
    /// The dialog Edit licences, for people and workspaces.
    EditLicenses,
    /// `PATCH /v1/licenses/users`.
    PublicPatch,
    /// `POST` and `PUT /v1/people`.
    PeopleWrite,
    /// `POST` and `PUT /v1/workspaces`.
    WorkspaceWrite,
    /// Manual add, and the claim of an account.
    ManualAdd,
    /// A row of a CSV import that only adds services.
    CsvAddOnly,
    /// A row of a CSV import that adds and removes services.
    CsvAddAndRemove,
    /// A licence template that preserves licences.
    TemplatePreserve,
    /// A licence template that does not preserve licences.
    TemplateReplace,
    /// A wholesale package: by the wholesale API, Change package, or a row of a CSV import.
    Package,
    /// A scenario file: what it says is how things stand, whatever the subscription's status.
    Scenario,
}

impl Route {
    /// Whether it is the public API, over which quirks may forbid suspended licences.
    #[must_use]
    pub fn is_public(self) -> bool {
        matches!(
            self,
            Self::PublicPatch | Self::PeopleWrite | Self::WorkspaceWrite
        )
    }

    /// Whether it is a CSV import.
    #[must_use]
    pub fn is_csv(self) -> bool {
        matches!(self, Self::CsvAddOnly | Self::CsvAddAndRemove)
    }

    /// Whether it is a licence template.
    #[must_use]
    pub fn is_template(self) -> bool {
        matches!(self, Self::TemplatePreserve | Self::TemplateReplace)
    }

    /// Whether one licence that cannot be applied leaves the others standing (COMBO-08).
    #[must_use]
    pub fn is_partial(self) -> bool {
        self == Self::PublicPatch || self.is_template()
    }

    /// Whether nothing is ever taken away (CSV-09, TMPL-05).
    #[must_use]
    pub fn only_adds(self) -> bool {
        matches!(self, Self::CsvAddOnly | Self::TemplatePreserve)
    }

    /// Whether the caller must name the free licences that paid ones need. On the other routes
    /// they come along by themselves.
    #[must_use]
    pub fn demands_prerequisites(self) -> bool {
        matches!(self, Self::PublicPatch | Self::EditLicenses)
    }

    /// The code for two Calling licences is hubsim's own where Webex documents none.
    #[must_use]
    pub fn has_own_conflict_code(self) -> bool {
        self.is_csv() || self.is_template()
    }
}
