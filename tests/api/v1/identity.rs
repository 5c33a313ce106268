//! Paths that clients spell in more than one way (api-surface.md 1.1 and 2.4).

use crate::support::Hub;

#[test]
fn identity_answers_with_and_without_its_version_and_members_in_either_case() {
    let hub = Hub::with_scenario("minimal");
    let twins = [
        ("/identity/scim/x/v2/Users", "/v1/identity/scim/x/v2/Users"),
        (
            "/identity/organizations/x/jobs/sendActivationEmails/1/status",
            "/v1/identity/organizations/x/jobs/sendActivationEmails/1/status",
        ),
        ("/v1/groups/x/members", "/v1/groups/x/Members"),
    ];
    for (documented, called) in twins {
        let wanted = hub.get(documented);
        let found = hub.get(called);
        assert_ne!(wanted.status, 404, "{documented}");
        assert_eq!(found.status, wanted.status, "{called}");
    }
    hub.get("/v1/identity/nothing").expect(404);
}
