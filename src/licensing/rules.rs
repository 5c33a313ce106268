//! The rule table: what Control Hub is known to do, one sentence each, with its source.
//!
//! Ledger entries, refusals and plans name rules by id. The table is data alone, so that any room
//! may read it; a rule stands here once hubsim implements it.

mod administration;
mod combinations;
mod contact_center;
mod decisions;
mod jobs;
mod left_out;
mod loss;
mod moves;
mod packages;
mod page;
mod people;
mod places;
mod proofs;
mod pstn;
mod settings;
mod subscriptions;
mod tasks;
mod templates;
mod user_csv;
mod workspaces;

pub use page::behaviour_page;
pub use proofs::proofs;

/// How firmly a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// A published text says it.
    Documented,
    /// hubsim's reading or decision.
    Inferred,
}

impl Confidence {
    /// The word used in replies and on the generated page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Inferred => "inferred",
        }
    }
}

/// One thing that Control Hub does.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Group and number, for example `MOVE-01`; never given to another rule.
    pub id: &'static str,
    /// What holds, in one sentence.
    pub sentence: &'static str,
    /// `short name: title` of each text behind it, separated by `; `.
    pub source: &'static str,
    /// Whether those texts say it or hubsim concludes it.
    pub confidence: Confidence,
}

/// Rules about one subject, whose ids begin alike.
#[derive(Debug)]
pub struct Group {
    /// What the rules of this group are about.
    pub title: &'static str,
    /// Its rules, in the order of their ids.
    pub rules: &'static [Rule],
}

/// Every group, in the order of the generated page.
pub static GROUPS: &[Group] = &[
    Group {
        title: "Moving between subscriptions",
        rules: moves::RULES,
    },
    Group {
        title: "Loss of Calling",
        rules: loss::RULES,
    },
    Group {
        title: "Subscriptions and units",
        rules: subscriptions::RULES,
    },
    Group {
        title: "Locations on Cisco Calling Plans",
        rules: pstn::RULES,
    },
    Group {
        title: "User CSV",
        rules: user_csv::RULES,
    },
    Group {
        title: "Tasks",
        rules: tasks::RULES,
    },
    Group {
        title: "Workspaces",
        rules: workspaces::RULES,
    },
    Group {
        title: "Automatic licence template",
        rules: templates::RULES,
    },
    Group {
        title: "Licence combinations",
        rules: combinations::RULES,
    },
    Group {
        title: "Wholesale packages",
        rules: packages::RULES,
    },
    Group {
        title: "Adding people, and their status",
        rules: people::RULES,
    },
    Group {
        title: "Contact Center",
        rules: contact_center::RULES,
    },
    Group {
        title: "Call settings",
        rules: settings::RULES,
    },
    Group {
        title: "Administrators and audit",
        rules: administration::RULES,
    },
    Group {
        title: "Places, devices and reports",
        rules: places::RULES,
    },
    Group {
        title: "Decisions of hubsim",
        rules: decisions::RULES,
    },
    Group {
        title: "Jobs of Calling",
        rules: jobs::RULES,
    },
];

/// Rules that are known and not implemented, and why.
pub fn left_out() -> impl Iterator<Item = (&'static str, &'static str)> {
    let parts = [
        left_out::LEFT_OUT,
        templates::LEFT_OUT,
        combinations::LEFT_OUT,
        packages::LEFT_OUT,
    ];
    parts.into_iter().flatten().copied()
}

/// The rule of this id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

/// Every rule, in the order of the groups.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    GROUPS.iter().flat_map(|group| group.rules)
}

const fn documented(id: &'static str, sentence: &'static str, source: &'static str) -> Rule {
    Rule {
        id,
        sentence,
        source,
        confidence: Confidence::Documented,
    }
}

const fn inferred(id: &'static str, sentence: &'static str, source: &'static str) -> Rule {
    Rule {
        id,
        sentence,
        source,
        confidence: Confidence::Inferred,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn ids_are_unique_and_rise_within_their_group() {
        let unique: BTreeSet<_> = all().map(|rule| rule.id).collect();
        assert_eq!(unique.len(), all().count());
        for group in GROUPS {
            let mut last_of_prefix = BTreeMap::new();
            for rule in group.rules {
                let (prefix, number) = rule.id.split_once('-').expect("a prefix and a number");
                assert!((2..=3).contains(&number.len()), "{}", rule.id);
                let number = number.parse::<u16>().expect("a number");
                let last = last_of_prefix.insert(prefix, number);
                assert!(last < Some(number), "{} is out of order", rule.id);
            }
        }
    }

    #[test]
    fn every_rule_is_one_sentence() {
        for rule in all() {
            let sentence = rule.sentence;
            assert!(
                sentence.ends_with('.') && !sentence.contains(". "),
                "{}",
                rule.id
            );
            assert!(sentence.starts_with(char::is_uppercase), "{}", rule.id);
            assert!(!sentence.contains("  "), "{}", rule.id);
        }
    }

    #[test]
    fn a_source_has_one_title_everywhere() {
        let mut titles = BTreeMap::new();
        for rule in all() {
            for source in rule.source.split("; ") {
                let (name, title) = source.split_once(": ").expect("a short name and a title");
                let article = name.split(" (").next().expect("a name");
                let known = titles.insert(article, title).unwrap_or(title);
                assert_eq!(known, title, "{}", rule.id);
            }
        }
    }

    #[test]
    fn a_rule_is_found_by_its_id_alone() {
        assert_eq!(rule("MOVE-12").map(|rule| rule.id), Some("MOVE-12"));
        assert_eq!(rule("MOVE"), None);
        assert_eq!(rule("move-12"), None);
    }
}
