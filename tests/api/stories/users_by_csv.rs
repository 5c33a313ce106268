//! "Move Calling service from one subscription to another", users with the CSV template (A1, A2
//! and A3, second procedure), in the organisation that hubsim starts with.

use serde_json::{Value, json};

use super::quillhaven::{
    FERGUS, JOAQUIN, NEW, OLD, assert_lost_what_is_named, bill, calling_of, everything, held, open,
    professional,
};
use crate::hub::firm::{Done, Firm, Table};

/// Add users > Manage users by CSV > Download CSV: the existing users' data, from a task.
fn downloaded(firm: &Firm) -> Table {
    let task = firm.call("POST", "/users/csv/export", &json!({}));
    let task = task.expect(202).json();
    firm.run();
    let id = task["id"].as_str().unwrap();
    Table::read(&firm.get(&format!("/tasks/{id}/result")).expect(200).text)
}

/// Sets the current subscription to FALSE and the new one to TRUE, for all users on it.
fn move_all(table: &mut Table) {
    let old = table
        .header
        .iter()
        .position(|name| name.starts_with(&professional(OLD)))
        .unwrap();
    let new = table.column(&professional(NEW));
    for row in table.rows.iter_mut().filter(|row| row[old] == "TRUE") {
        "FALSE".clone_into(&mut row[old]);
        "TRUE".clone_into(&mut row[new]);
    }
}

fn count(done: &Done, action: &str) -> i64 {
    let found = done.actions().into_iter().filter(|it| *it == action);
    i64::try_from(found.count()).unwrap()
}

/// Every page of the outcomes of a task.
fn finish(firm: &Firm, task: &Value) -> Done {
    let mut done = firm.finish(task);
    let id = task["id"].as_str().unwrap();
    let path = format!("/_hub/v1/organizations/me/tasks/{id}/outcomes?max=1000");
    done.outcomes = firm.hub.pages(&path, "items");
    done
}

/// Proves: MOVE-08, MOVE-10, CSV-12, TASK-02
#[test]
fn all_users_move_without_an_effect_on_calling_while_the_window_is_closed() {
    let firm = open();
    let (joaquin, fergus) = (everything(&firm, JOAQUIN), everything(&firm, FERGUS));
    let (old, new) = (held(&firm, OLD), held(&firm, NEW));
    let mut table = downloaded(&firm);
    move_all(&mut table);

    // Choose a file, Open, Upload: the task is created, and goes on by itself; its progress is on
    // the Tasks page.
    let task = firm
        .submit("addAndRemove", &table.text())
        .expect(202)
        .json();
    assert_eq!(task["status"], "queued");
    let done = finish(&firm, &task);
    let tasks = firm.get("/tasks?kind=userImport").expect(200).json();
    assert_eq!(
        (&tasks["items"][0]["id"], &tasks["items"][0]["percent"]),
        (&task["id"], &json!(100))
    );
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    assert_eq!(count(&done, "swapped"), old);
    assert!(done.outcomes.iter().all(|it| it["lost"] == json!([])));
    assert_eq!((held(&firm, OLD), held(&firm, NEW)), (0, new + old));
    assert_eq!(everything(&firm, JOAQUIN), joaquin);
    assert_eq!(everything(&firm, FERGUS), fergus);
}

/// Proves: MOVE-09
#[test]
fn with_add_services_only_nobody_moves_and_each_row_says_why() {
    let firm = open();
    let old = held(&firm, OLD);
    let mut table = downloaded(&firm);
    move_all(&mut table);
    let task = firm.submit("addOnly", &table.text()).expect(202).json();
    let done = finish(&firm, &task);
    assert_eq!(done.task["status"], "completedWithErrors");
    assert_eq!(count(&done, "failed"), old);
    assert_eq!(held(&firm, OLD), old);
    assert!(done.errors.contains("900004"), "{}", done.errors);
}

/// Proves: CSV-14, CSV-15, CSV-16, MOVE-13
#[test]
fn off_a_suspended_subscription_the_file_is_refused_as_downloaded_and_moves_everybody_as_edited() {
    let firm = open();
    let before = everything(&firm, JOAQUIN);
    bill(&firm, OLD, "suspend");
    let mut table = downloaded(&firm);
    let marked = format!("{} (Suspended)", professional(OLD));
    assert!(table.header.contains(&marked), "{:?}", table.header);
    let refused = firm.submit("addAndRemove", &table.text()).expect(400);
    assert!(refused.text.contains(&marked), "{}", refused.text);

    // Only the rows of Calling are edited: the other services of the old contract go, too.
    let suspended: Vec<usize> = (0..table.header.len())
        .filter(|at| table.header[*at].contains("(Suspended)"))
        .collect();
    move_all(&mut table);
    for row in &mut table.rows {
        for at in &suspended {
            if row[*at] == "TRUE" {
                row[*at].clear();
            }
        }
    }
    let task = firm
        .submit("addAndRemove", &table.text())
        .expect(202)
        .json();
    let done = finish(&firm, &task);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    assert_eq!(calling_of(&firm, JOAQUIN), [NEW]);
    assert_eq!(everything(&firm, JOAQUIN), before);
}

/// Proves: MOVE-13
#[test]
fn by_the_chinese_edition_a_file_off_a_suspended_subscription_loses_and_does_not_move() {
    let firm = open();
    let quirks = json!({"edition": "strict-bulk"});
    firm.hub.call("PUT", "/_sim/v1/quirks", &quirks).expect(200);
    bill(&firm, OLD, "suspend");
    let row = firm.import_row(
        JOAQUIN,
        &[(&professional(OLD), "FALSE"), (&professional(NEW), "TRUE")],
    );
    assert_eq!(row.actions(), ["lost"]);
    assert_eq!(row.task["status"], "completedWithErrors");
    assert_eq!(calling_of(&firm, JOAQUIN), Vec::<String>::new());
    assert_lost_what_is_named(&firm, JOAQUIN);
}
