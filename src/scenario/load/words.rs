//! The words of a scenario. Rules refuse in the words of the API; whoever wrote a scenario is told
//! of the keys that stand in it.

/// A section, what the API calls something there, and the scenario's key for it. A word of plain
/// English is a key where a message begins with it, and a word elsewhere.
const KEYS: &[(&str, &str, &str)] = &[
    ("contactCenter", "userProfileId", "userProfile"),
    ("floors", "displayName", "name"),
    ("floors", "floorNumber", "number"),
    ("people", "locationId", "location"),
    ("people", "locations", "adminLocations"),
    ("people", "managerId", "manager"),
    ("reports", "templateId", "template"),
    ("skills", "enumSkillValues", "the list"),
    ("skills", "proficiencyValue", "the level"),
    ("skills", "textValue", "the text"),
    ("teams", "siteId", "site"),
    ("teams", "userIds", "members"),
    ("webhooks", "ownedBy \"org\"", "orgWide: true"),
    ("workspaces", "floorId", "floor"),
    ("workspaces", "locationId", "location"),
];

/// What a message about a path says to whoever wrote the scenario. Settings of holders are written
/// with the API's own keys.
pub(super) fn in_scenario(path: &str, message: String) -> String {
    let parts = path.split('.');
    let sections: Vec<&str> = parts.filter_map(|part| part.split('[').next()).collect();
    if sections.contains(&"settings") {
        return message;
    }
    let rows = KEYS
        .iter()
        .filter(|(section, ..)| sections.contains(section));
    rows.fold(message, |message, (_, word, key)| {
        renamed(&message, word, key)
    })
}

/// The message with another word for one. What stands in quotes was written by somebody else.
fn renamed(message: &str, word: &str, key: &str) -> String {
    if word.contains('"') {
        return message.replace(word, key);
    }
    let is_plain = word.chars().all(|sign| sign.is_ascii_lowercase());
    let mut quoted = false;
    let mut renamed = String::with_capacity(message.len());
    let tokens = message.split_inclusive(|sign: char| !sign.is_ascii_alphanumeric());
    for (position, token) in tokens.enumerate() {
        let found = token.trim_end_matches(|sign: char| !sign.is_ascii_alphanumeric());
        let counts = !quoted && (position == 0 || !is_plain);
        match token.strip_prefix(word) {
            Some(end) if counts && found == word => {
                renamed.push_str(key);
                renamed.push_str(end);
            }
            _ => renamed.push_str(token),
        }
        quoted ^= token.ends_with('"');
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::{KEYS, in_scenario};

    /// A path, what a rule says, and what is told.
    const TOLD: &[(&str, &str, &str)] = &[
        (
            "organizations[0].people[3].contactCenter.userProfile",
            "userProfileId: there is no user profile \"userProfileId\".",
            "userProfile: there is no user profile \"userProfileId\".",
        ),
        (
            "organizations[0].locations[0].floors[2]",
            "displayName must not be empty; floorNumber, too.",
            "name must not be empty; number, too.",
        ),
        (
            "organizations[0].people[3]",
            "The locationId of a person who has Calling cannot be changed.",
            "The location of a person who has Calling cannot be changed.",
        ),
        (
            "organizations[0].people[3]",
            "locations must hold at most 5 locations.",
            "adminLocations must hold at most 5 locations.",
        ),
        (
            "organizations[0].people[3].manager",
            "Nobody is their own manager: managerId must name somebody else.",
            "Nobody is their own manager: manager must name somebody else.",
        ),
        (
            "organizations[0].reports[0]",
            "templateId 1 is no template.",
            "template 1 is no template.",
        ),
        (
            "organizations[0].people[4].contactCenter.skills.Spanish",
            "proficiencyValue must be between 0 and 10; textValue, enumSkillValues.",
            "the level must be between 0 and 10; the text, the list.",
        ),
        (
            "organizations[0].contactCenter.teams[0].members",
            "userIds: a@b.example is in 20 teams already.",
            "members: a@b.example is in 20 teams already.",
        ),
        (
            "organizations[0].contactCenter.teams[0]",
            "siteId cannot be changed.",
            "site cannot be changed.",
        ),
        (
            "organizations[0].webhooks[0]",
            "A filter of ownerId needs ownedBy \"org\".",
            "A filter of ownerId needs orgWide: true.",
        ),
        (
            "organizations[0].workspaces[1]",
            "The locationId of a workspace cannot be changed once set.",
            "The location of a workspace cannot be changed once set.",
        ),
        (
            "organizations[0].workspaces[1]",
            "floorId \"7\" is no floor.",
            "floor \"7\" is no floor.",
        ),
        (
            "organizations[0].people[3].settings.monitoring",
            "locationId is required.",
            "locationId is required.",
        ),
        (
            "organizations[0].workspaces[1]",
            "displayName is required.",
            "displayName is required.",
        ),
    ];

    #[test]
    fn what_a_rule_names_in_the_words_of_the_api_is_told_by_the_key_of_the_scenario() {
        for (path, said, told) in TOLD {
            assert_eq!(in_scenario(path, (*said).to_owned()), *told, "{path}");
        }
        for (section, word, key) in KEYS {
            let is_told = |(path, said, told): &(&str, &str, &str)| {
                path.contains(section) && said.contains(word) && told.contains(key)
            };
            assert!(TOLD.iter().any(is_told), "{section}: {word}");
        }
    }
}
