//! CSV: managing the people of an ordinary organisation with a file.

use super::{Rule, documented, inferred};

pub(super) static RULES: &[Rule] = &[
    documented(
        "CSV-01",
        "The user export holds attributes, licences or both, and an empty template can be had \
         instead.",
        "e2okky: Add multiple users in Control Hub with the CSV template",
    ),
    documented(
        "CSV-02",
        "A user CSV holds at most 20 000 people.",
        "e2okky: Add multiple users in Control Hub with the CSV template; ih07j: Modify users \
         with a CSV file; DOC-5361: Add multiple users in Control Hub with the CSV template, \
         older copy",
    ),
    documented(
        "CSV-03",
        "The e-mail address is the only column that a row must fill for a person without \
         Calling.",
        "e2okky: Add multiple users in Control Hub with the CSV template; ih07j: Modify users \
         with a CSV file",
    ),
    documented(
        "CSV-04",
        "A row that gives Calling needs an e-mail address, one Calling licence, a location, and \
         a phone number or an extension.",
        "ih07j: Modify users with a CSV file",
    ),
    documented(
        "CSV-05",
        "TRUE in a service column assigns the service, and FALSE leaves it out or takes it away \
         as the import behaviour says.",
        "e2okky: Add multiple users in Control Hub with the CSV template; n6jxw9e: Claim users",
    ),
    inferred(
        "CSV-06",
        "An empty service cell changes nothing for a person who exists and leaves a new person \
         to automatic assignment.",
        "e2okky: Add multiple users in Control Hub with the CSV template; nu0oia0: Conventions \
         of Webex Calling CSV files",
    ),
    documented(
        "CSV-07",
        "A column that is left out of the file changes nothing.",
        "DOC-5361: Add multiple users in Control Hub with the CSV template, older copy",
    ),
    documented(
        "CSV-08",
        "A row whose e-mail address was edited is another, new person, and the person of the old \
         address stays.",
        "ih07j: Modify users with a CSV file; DOC-5361: Add multiple users in Control Hub with \
         the CSV template, older copy; afv3q8: Control Hub user management CSV file reference",
    ),
    documented(
        "CSV-09",
        "With Add services only, TRUE adds and FALSE is ignored.",
        "n6jxw9e: Claim users",
    ),
    documented(
        "CSV-10",
        "With Add and remove services, TRUE adds and FALSE removes.",
        "n6jxw9e: Claim users",
    ),
    documented(
        "CSV-11",
        "An organisation works on one CSV file at a time, and the next one is refused until the \
         task of the first has ended.",
        "52ulis (pl): Add Contact Center users; e2okky: Add multiple users in Control Hub with \
         the CSV template; ih07j: Modify users with a CSV file",
    ),
    documented(
        "CSV-12",
        "An import runs on as a task after the window that started it is closed.",
        "fvix62 (nl): Move Calling service from one subscription to another; fvix62 (zh): Move \
         Calling service from one subscription to another; e2okky: Add multiple users in Control \
         Hub with the CSV template",
    ),
    documented(
        "CSV-13",
        "The header of a licence column names the subscription in square brackets, which tells \
         the same service of several subscriptions apart.",
        "DOC-5361: Add multiple users in Control Hub with the CSV template, older copy",
    ),
    documented(
        "CSV-14",
        "The header of a licence of a suspended subscription carries the mark (Suspended).",
        "afv3q8: Control Hub user management CSV file reference; e2okky: Add multiple users in \
         Control Hub with the CSV template",
    ),
    documented(
        "CSV-15",
        "TRUE in a column marked (Suspended) refuses the whole file before any task is made.",
        "e2okky: Add multiple users in Control Hub with the CSV template",
    ),
    inferred(
        "CSV-16",
        "An untouched export is refused on upload while somebody holds a suspended licence, \
         because the export itself says TRUE there.",
        "e2okky: Add multiple users in Control Hub with the CSV template; afv3q8: Control Hub \
         user management CSV file reference",
    ),
    documented(
        "CSV-17",
        "The user status and the two columns about the last access are read-only.",
        "afv3q8: Control Hub user management CSV file reference",
    ),
    documented(
        "CSV-18",
        "In an ordinary organisation a CSV neither deletes people nor changes their status.",
        "ih07j: Modify users with a CSV file; DOC-5361: Add multiple users in Control Hub with \
         the CSV template, older copy",
    ),
    documented(
        "CSV-19",
        "A location is found by its name, is needed for a new person, and cannot be changed for \
         a person with Calling, while REMOVE clears it for others.",
        "ih07j: Modify users with a CSV file; e2okky: Add multiple users in Control Hub with the \
         CSV template",
    ),
    documented(
        "CSV-20",
        "The prefix REMOVE| before a phone number or an extension takes it away.",
        "afv3q8: Control Hub user management CSV file reference",
    ),
    documented(
        "CSV-21",
        "A phone number is a + followed by digits alone, and a missing + is reported instead of \
         guessed.",
        "52ulis (pl): Add Contact Center users; e2okky: Add multiple users in Control Hub with \
         the CSV template; nu0oia0: Conventions of Webex Calling CSV files",
    ),
    documented(
        "CSV-22",
        "First and last name belong together, and for Calling each has at most 30 characters and \
         none of % # < > \\ / and the double quote, nor letters of extended ASCII.",
        "e2okky: Add multiple users in Control Hub with the CSV template",
    ),
    documented(
        "CSV-23",
        "The part of the e-mail address before the @ has at most 64 characters.",
        "afv3q8: Control Hub user management CSV file reference",
    ),
    documented(
        "CSV-24",
        "In Asia-Pacific organisations the names of the caller id follow first and last name, \
         and their own columns are ignored.",
        "e2okky: Add multiple users in Control Hub with the CSV template",
    ),
    documented(
        "CSV-25",
        "TRUE in two Calling columns of one row fails the row.",
        "ih07j: Modify users with a CSV file; 9dmqgv: Edit service licenses in Control Hub for \
         individual users",
    ),
    documented(
        "CSV-26",
        "For people from a synchronised directory the attributes that the directory owns stay \
         empty in the file.",
        "afv3q8: Control Hub user management CSV file reference",
    ),
    inferred(
        "CSV-27",
        "The columns for UC Manager profiles and calling behaviour are withdrawn, and a file \
         that still has them is accepted without them.",
        "e2okky: Add multiple users in Control Hub with the CSV template",
    ),
    documented(
        "CSV-28",
        "The column Customer Experience Essentials is called Customer Assist since May 2025.",
        "wholesale-news: What's new in Webex Wholesale",
    ),
    documented(
        "CSV-29",
        "A CSV gives the licences of Contact Center agents, and makes nobody a supervisor or an \
         administrator.",
        "52ulis (pl): Add Contact Center users; e2okky: Add multiple users in Control Hub with \
         the CSV template",
    ),
    documented(
        "CSV-30",
        "A row with an unknown e-mail address creates a person, with a welcome e-mail where \
         those are on, and an explicit licence in it keeps the organisation template away.",
        "n3ijtao: Set up automatic license assignments in Control Hub",
    ),
    inferred(
        "CSV-31",
        "Nothing is rolled back: rows that fail do not undo rows that succeeded.",
        "nil4lpeb (no): Wholesale administration in Partner Hub",
    ),
    inferred(
        "CSV-32",
        "After an import its task offers a CSV of the rows that failed, with the person and the \
         reason.",
        "e2okky: Add multiple users in Control Hub with the CSV template",
    ),
];
