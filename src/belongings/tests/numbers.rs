//! Numbers and extensions: from which inventory they come, and how they are written.

use super::*;

#[test]
fn numbers_are_assigned_only_from_the_inventory_of_the_location() {
    let mut small = small();
    let (ben, chicago, austin) = (small.ben, small.chicago, small.austin);
    let mut refused = |calling: Calling| {
        let world = crate::world::World::clone(&small.tx);
        let error = assign_primary(&mut small.tx, ben, calling).unwrap_err();
        assert!(diff::changes(&world, &small.tx).is_empty(), "{error}");
        error.kind
    };
    let free = ErrorKind::NumberNotAvailable;
    assert_eq!(refused(wanted(chicago, Some("+13125550999"), "1002")), free);
    assert_eq!(refused(wanted(chicago, Some("+13125550101"), "1002")), free);
    assert_eq!(refused(wanted(chicago, Some("+13125550100"), "1002")), free);
    assert_eq!(refused(wanted(chicago, Some("+13125550201"), "1002")), free);
    assert_eq!(
        refused(wanted(chicago, None, "1001")),
        ErrorKind::ExtensionTaken
    );
    let nowhere = uuid::Uuid::nil();
    assert_eq!(
        refused(wanted(nowhere, None, "1002")),
        ErrorKind::UnableToFindLocation
    );

    assign_primary(
        &mut small.tx,
        ben,
        wanted(chicago, Some("+13125550110"), "1002"),
    )
    .unwrap();
    assert_eq!(checks(&small), Vec::<String>::new());
    assign_primary(
        &mut small.tx,
        ben,
        wanted(austin, Some("+13125550201"), "1001"),
    )
    .unwrap();
    assert_eq!(checks(&small), Vec::<String>::new());
    let (_, left) = PhoneNumber::find(&small.tx, "+13125550110").unwrap();
    assert!(left.is_available());
}

#[test]
fn assigning_what_a_holder_has_changes_nothing() {
    let mut small = full();
    let world = crate::world::World::clone(&small.tx);
    let own = calling(&small.tx, small.anna).cloned().unwrap();
    assign_primary(&mut small.tx, small.anna, own).unwrap();
    assert!(diff::changes(&world, &small.tx).is_empty());
}

#[test]
fn alternate_numbers_come_and_go() {
    let mut small = full();
    let (anna, ben) = (small.anna, small.ben);
    let mut put = |holder: Holder, entry: Value| {
        call(
            &mut small.tx,
            holder,
            &ROUTES[0],
            &[],
            &json!({ "phoneNumbers": [entry] }),
        )
        .map_err(|refusal| refusal.kind)
    };
    let add = |number: &str, extension: &str| {
        json!({ "primary": false, "action": "ADD", "directNumber": number,
            "extension": extension })
    };
    assert_eq!(
        put(ben, add("+13125550110", "")),
        Err(ErrorKind::NumberNotAvailable)
    );
    assert_eq!(
        put(ben, add("+13125550112", "2001")),
        Err(ErrorKind::ExtensionTaken)
    );
    assert_eq!(
        put(ben, add("+13125550112", "1")),
        Err(ErrorKind::ExtensionLength)
    );
    let delete = json!({ "action": "DELETE", "external": "+13125550110" });
    assert_eq!(put(ben, delete.clone()), Err(ErrorKind::NumberNotAvailable));
    put(anna, delete).unwrap();
    put(ben, add("+13125550110", "2001")).unwrap();
    let primary = json!({ "primary": true, "action": "ADD", "directNumber": "+13125550113" });
    assert_eq!(put(ben, primary), Err(ErrorKind::InvalidSetting));
    assert_eq!(checks(&small), Vec::<String>::new());
    assert_eq!(kept(&small.tx, ben)[..2], ["numbers", "extension"]);
}

#[test]
fn numbers_may_be_national_in_the_united_states_only() {
    let small = small();
    let chicago = small.tx.get::<Location>(small.chicago).unwrap();
    assert_eq!(
        parse_number("3125550110", Some(chicago)).unwrap().as_str(),
        "+13125550110"
    );
    let mut berlin = chicago.clone();
    berlin.address.country = "DE".to_owned();
    assert!(parse_number("3125550110", Some(&berlin)).is_err());
    assert_eq!(
        parse_extension("1").unwrap_err().kind,
        ErrorKind::ExtensionLength
    );
}
