//! Proofs for the built-in organisation `demo`: there is room for what it is shown for.

use serde_json::Value;

use super::*;

/// The licences of a person with the sets spelled out.
fn licenses(organization: &Organization, person: &Person) -> Vec<LicenseReference> {
    let spell = |license: &LicenseReference| match organization.license_sets.get(&license.name) {
        Some(set) if license.subscription.is_none() => set.clone(),
        _ => vec![license.clone()],
    };
    person.licenses.iter().flat_map(spell).collect()
}

fn holders(organization: &Organization, license: &str) -> usize {
    let held = |person: &&Person| {
        licenses(organization, person)
            .iter()
            .any(|held| held.to_string() == license)
    };
    organization.people.iter().filter(held).count()
}

fn units(organization: &Organization, subscription: &str, license: &str) -> usize {
    let sold = organization
        .subscriptions
        .iter()
        .find(|sold| sold.id == subscription)
        .unwrap();
    let license = sold
        .licenses
        .iter()
        .find(|sold| sold.name == license)
        .unwrap();
    usize::try_from(license.total_units).unwrap()
}

#[test]
fn the_demo_has_room_for_the_move_of_everybody() {
    let demo = organization("demo");
    let professional = "Webex Calling - Professional";
    let old = holders(&demo, "Webex Calling - Professional [Sub119911]");
    let new = holders(&demo, "Webex Calling - Professional [Sub121331]");
    let rooms = demo.workspaces.iter().flat_map(|room| &room.licenses);
    let rooms = rooms
        .filter(|held| held.to_string().ends_with("Professional [Sub119911]"))
        .count();
    assert_eq!(demo.people.len(), 400);
    assert!(old >= 240, "{old} holders of the old licence");
    assert!(units(&demo, "Sub119911", professional) >= old + rooms + 20);
    assert!(units(&demo, "Sub121331", professional) >= new + 260);
    assert!(units(&demo, "Sub121331", professional) - new >= old + rooms);
    let full = holders(&demo, "Webex Calling - Professional [Sub118204]");
    assert_eq!(units(&demo, "Sub118204", professional), full);
    assert!(demo.workspaces.len() >= 12);
}

#[test]
fn the_demo_has_free_numbers_and_extensions_that_repeat_between_locations() {
    let demo = organization("demo");
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (location, calling) in calling_locations(&demo) {
        let taken = numbers_taken(&demo, &location.name);
        let free: Vec<_> = calling
            .free_numbers()
            .filter(|number| !taken.contains(number))
            .collect();
        assert!(
            free.len() >= 12,
            "{}: {} free numbers",
            location.name,
            free.len()
        );
        let own: BTreeSet<String> = calling.free_numbers().collect();
        assert!(
            taken.is_subset(&own),
            "{}: a number of another location",
            location.name
        );
        let here = Some(location.name.as_str());
        let people = demo
            .people
            .iter()
            .filter(|person| person.location.as_deref() == here);
        for extension in people.filter_map(|person| person.extension.as_deref()) {
            *places.entry(extension).or_default() += 1;
        }
    }
    assert!(places.values().any(|count| *count >= 4));
    assert!(places.values().any(|count| *count == 1));
}

fn calling_locations(
    organization: &Organization,
) -> impl Iterator<Item = (&Location, &LocationCalling)> {
    organization
        .locations
        .iter()
        .filter_map(|place| Some((place, place.calling.as_ref()?)))
}

fn numbers_taken(organization: &Organization, location: &str) -> BTreeSet<String> {
    let people = organization
        .people
        .iter()
        .map(|one| (&one.location, &one.phone_number));
    let rooms = organization
        .workspaces
        .iter()
        .map(|one| (&one.location, &one.phone_number));
    let here = people
        .chain(rooms)
        .filter(|(place, _)| place.as_deref() == Some(location));
    here.filter_map(|(_, number)| number.clone()).collect()
}

#[test]
fn at_least_sixty_calling_people_of_the_demo_have_settings_in_many_families() {
    let demo = organization("demo");
    let mut families = BTreeSet::new();
    let mut configured = 0;
    for person in &demo.people {
        let sets = person
            .setting_sets
            .iter()
            .filter_map(|name| demo.setting_sets.get(name));
        let before = families.len();
        families.extend(
            sets.chain([&person.settings])
                .flat_map(|settings| settings.keys()),
        );
        let has = !person.settings.is_empty() || !person.setting_sets.is_empty();
        assert!(
            !has || person.extension.is_some(),
            "{} has no Calling",
            demo.email_of(person)
        );
        configured += usize::from(has);
        assert!(families.len() >= before);
    }
    assert!(configured >= 60, "{configured}");
    assert!(families.len() >= 18, "{families:?}");
}

#[test]
fn every_name_in_the_demo_leads_somewhere() {
    let demo = organization("demo");
    let emails: BTreeSet<_> = demo
        .people
        .iter()
        .map(|person| demo.email_of(person))
        .collect();
    let places: BTreeSet<_> = demo
        .locations
        .iter()
        .map(|place| place.name.as_str())
        .collect();
    let own_roles: Vec<&str> = demo
        .custom_roles
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(emails.len(), demo.people.len());
    for person in &demo.people {
        let who = demo.email_of(person);
        assert!(
            person
                .location
                .as_deref()
                .is_some_and(|name| places.contains(name)),
            "{who}"
        );
        assert!(
            person
                .roles
                .iter()
                .all(|role| Role::find(role).is_some() || own_roles.contains(&role.as_str())),
            "{who}"
        );
        assert!(
            person
                .setting_sets
                .iter()
                .all(|set| demo.setting_sets.contains_key(set)),
            "{who}"
        );
        let manager = person
            .manager
            .iter()
            .map(|name| format!("{name}@{}", demo.domain));
        assert!(
            manager.into_iter().all(|manager| emails.contains(&manager)),
            "{who}"
        );
        for held in licenses(&demo, person) {
            let offer = Offer::named(&held.name).unwrap_or_else(|| panic!("{who}: {held}"));
            assert_ne!(offer.service, Service::Other, "{held}");
        }
    }
}

#[test]
fn the_demo_has_an_administrator_of_every_role() {
    let demo = organization("demo");
    let held: BTreeSet<_> = demo
        .people
        .iter()
        .flat_map(|person| &person.roles)
        .collect();
    for role in ROLES {
        let is_held = held.iter().any(|held| held.as_str() == role.key);
        assert!(is_held, "nobody is {}", role.name);
    }
}

#[test]
fn the_demo_has_something_of_all_that_a_scenario_can_declare() {
    let demo = organization("demo");
    let people = |has: fn(&Person) -> bool| demo.people.iter().filter(|one| has(one)).count();
    let declared = [
        ("announcements", demo.announcements.len()),
        ("contactCenter.teams", demo.contact_center.teams.len()),
        (
            "contactCenter.userProfiles",
            demo.contact_center.user_profiles.len(),
        ),
        ("customRoles", demo.custom_roles.len()),
        (
            "featureAccess",
            usize::from(!demo.feature_access.is_empty()),
        ),
        (
            "floors",
            demo.locations.iter().map(|place| place.floors.len()).sum(),
        ),
        ("groups", demo.groups.len()),
        (
            "licenseTemplate",
            usize::from(demo.license_template.is_some()),
        ),
        ("reports", demo.reports.len()),
        ("webhooks", demo.webhooks.len()),
        (
            "adminLocations",
            people(|one| !one.admin_locations.is_empty()),
        ),
        ("contactCenter", people(|one| one.contact_center.is_some())),
        (
            "contactCenterRole",
            people(|one| one.contact_center_role.is_some()),
        ),
        ("devices", people(|one| !one.devices.is_empty())),
    ];
    for (key, count) in declared {
        assert!(count > 0, "{key}");
    }
    let all = demo
        .people
        .iter()
        .filter_map(|one| one.contact_center.as_ref());
    let skills: Vec<_> = all.flat_map(|user| user.skills.values()).collect();
    let types = [
        Value::is_u64,
        Value::is_boolean,
        Value::is_string,
        Value::is_array,
    ];
    for (index, is) in types.into_iter().enumerate() {
        assert!(
            skills.iter().any(|value| is(value)),
            "no skill of type {index}"
        );
    }
}
