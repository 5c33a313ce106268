//! The stock from which people are made up: names, departments and titles.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use super::draw::Draw;

/// Departments and the titles in them.
pub const JOBS: &[(&str, &[&str])] = &[
    (
        "Sales",
        &[
            "Account Manager",
            "Sales Engineer",
            "Sales Associate",
            "Territory Lead",
        ],
    ),
    (
        "Customer Care",
        &["Care Specialist", "Support Engineer", "Care Team Lead"],
    ),
    (
        "Engineering",
        &[
            "Engineer",
            "Senior Engineer",
            "Test Engineer",
            "Technical Writer",
        ],
    ),
    (
        "Operations",
        &[
            "Planner",
            "Warehouse Coordinator",
            "Quality Inspector",
            "Dispatcher",
        ],
    ),
    (
        "Finance",
        &["Accountant", "Analyst", "Payroll Specialist", "Controller"],
    ),
    (
        "Marketing",
        &["Content Editor", "Campaign Manager", "Designer"],
    ),
    (
        "People",
        &["Recruiter", "People Partner", "Learning Coordinator"],
    ),
    ("Legal", &["Counsel", "Contract Manager"]),
];

/// Given names and family names that are often heard together. The file has them on lines in
/// turn; ASCII only, because a Calling user's name may have no other signs (CSV-22).
static STOCK: LazyLock<Vec<[Vec<&str>; 2]>> = LazyLock::new(|| {
    let lines: Vec<Vec<&str>> = include_str!("names.txt")
        .lines()
        .map(|line| line.split(' ').collect())
        .collect();
    lines
        .chunks_exact(2)
        .map(|pair| [pair[0].clone(), pair[1].clone()])
        .collect()
});

/// Percent of the people whose names come from two parts of the world.
const MIXED_PERCENT: u8 = 30;

/// A given and a family name.
pub fn full_name(draw: &mut Draw) -> (String, String) {
    let [given, family] = draw.one_of(&STOCK);
    let family = if draw.percent() < MIXED_PERCENT {
        &draw.one_of(&STOCK)[1]
    } else {
        family
    };
    (
        (*draw.one_of(given)).to_owned(),
        (*draw.one_of(family)).to_owned(),
    )
}

/// The addresses that are taken, so that namesakes get a number.
#[derive(Debug, Default)]
pub struct Mailboxes {
    taken: BTreeSet<String>,
    namesakes: BTreeMap<String, u32>,
}

impl Mailboxes {
    /// Marks an address as taken.
    pub fn take(&mut self, email: &str) {
        self.taken.insert(email.to_ascii_lowercase());
    }

    /// The address of `mailbox`, with the lowest number that makes it unused.
    pub fn unused(&mut self, mailbox: &str, domain: &str) -> String {
        loop {
            let count = self.namesakes.entry(mailbox.to_owned()).or_default();
            *count += 1;
            let email = match *count {
                1 => format!("{mailbox}@{domain}"),
                count => format!("{mailbox}{count}@{domain}"),
            };
            if self.taken.insert(email.to_ascii_lowercase()) {
                return email;
            }
        }
    }
}
