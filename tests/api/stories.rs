//! What administrators read in Cisco's articles, done step by step.

mod contact_center_by_csv;
mod contact_center_by_hand;
mod manual_add;
