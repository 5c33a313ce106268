"""Where answers depart from the schemas of the contract on purpose: what departs, and why.

What departs reads `METHOD path status place how what`; a pattern must fit all of it. One that fits
nothing any more is an error of the suite.
"""

CISCO_USER = r"\['urn:scim:schemas:extension:cisco:webexidentity:2\.0:User'\]"

DEPARTURES = {
    r"GET \S+/sendActivationEmails/\S+ 200 \S+exitCode enum \"COMPLETED_WITH_ERRORS\"": (
        "the word that the whole job has, by its schema"
    ),
    r"GET /v1/telephony/config/people/\{personId\}/agent/callerId 200 \S+ (type|enum) null": (
        "nothing is selected; wxc_sdk breaks at a null where the object is"
    ),
    r"GET \S+/(answerSettings|preferredAnswerEndpoint) 200 \$\.\w+ type null": (
        "no endpoint is preferred"
    ),
    r"GET \S+/simultaneousRing\S* 200 \$(\.criteria\[\])? unknown ringEnabled": (
        "the schema was guessed; the official one has it"
    ),
    r"POST /identity/scim/\{orgId\}/v2/Bulk 200 .*": (
        "the schema is that of the request; the example and wxc_sdk have what came of it"
    ),
    r"GET /identity/organizations/\S+/errors 200 \$\.items\[\] unknown errorType": (
        "wxc_sdk insists on it"
    ),
    rf"\S+ \S+/Users\S* 20[01] \S+{CISCO_USER}(\.accountStatus (type|enum) | unknown meta)": (
        "the schema has one word and no meta; wxc_sdk and the guide have a list, and meta"
    ),
    r"GET /v1/telephony/config/locations/\{locationId\} 200 "
    r"\$\.(callingLineId\.phoneNumber|connection|outsideDialDigit|routingPrefix) type null": (
        "required, and there is none; the text says that the default is none"
    ),
    r"\S+ /v1/groups\S* 20[01] \$(\.groups\[\])? unknown description": (
        "a group is made with it; wxc_sdk reads it"
    ),
    r"GET /organization/\{orgId\}/v3/user-profile 200 \$ type ": (
        "the schema is a text that has the document as its example"
    ),
    r"GET /v1/telephony/config/people/\{personId\}/outgoingPermission 200 "
    r"\$\.callingPermissions type ": "the schema calls the list of its example an object",
    r"\S+ /v1/webhooks\S* 200 \$(\.items\[\])?\.event enum \"all\"": (
        "the guide to webhooks lets `all` stand for every event of a resource"
    ),
    r"GET /v1/reports/\{reportId\} 200 \$ unknown (items|numberOfReports)": (
        "the schema is the report alone; wxc_sdk needs the list with which Webex answers"
    ),
    r"PATCH /v1/licenses/users 20[06] \$\.siteUrls\[\]\.accountType enum \"(HOST|ATTENDEE)\"": (
        "wxc_sdk breaks at the lower case of the schema"
    ),
    r"POST /v1/workspaces/\S+/announcementUpload/invoke 201 \$ status of 204/default": (
        "an alias of the documented path, which answers 201"
    ),
}
