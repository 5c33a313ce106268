//! Paths that clients spell in more than one way (api-surface.md 1.1 and 2.4).

use crate::support::Hub;

#[test]
fn identity_answers_with_and_without_its_version() {
    let hub = Hub::with_scenario("minimal");
    let twins = [
        (
            "/identity/scim/me/v2/Users",
            "/v1/identity/scim/me/v2/Users",
        ),
        (
            "/identity/organizations/x/v1/ArchivedUser/1",
            "/v1/identity/organizations/x/v1/ArchivedUser/1",
        ),
    ];
    for (documented, called) in twins {
        let wanted = hub.get(documented);
        let found = hub.get(called);
        assert_ne!(wanted.status, 404, "{documented}");
        assert_eq!(found.status, wanted.status, "{called}");
    }
    hub.get("/v1/identity/nothing").expect(404);
}
