//! What administrators read in Cisco's articles, done step by step, and what happens to a firm, day
//! after day, on a clock that stands until somebody lets time pass.

mod calendar;
mod contact_center_by_csv;
mod contact_center_by_hand;
mod executive;
mod manage_numbers;
mod manual_add;
mod move_users;
mod pstn_subscription;
mod quillhaven;
mod subscription_hostile;
mod subscription_paid;
mod subscription_trial;
mod users_by_csv;
mod users_by_edit_licences;
mod users_by_template;
mod wholesale_csv;
mod wholesale_delete;
mod wholesale_failures;
mod wholesale_package;
mod workspaces_by_csv;
mod workspaces_by_edit_licence;
