//! `/_sim/v1`: the simulator's own control.

mod auth;
mod bodies;
mod ca;
mod clock;
mod events;
mod explain;
mod faults;
mod history;
mod max_loss;
mod metrics;
mod openapi;
mod outbox;
mod outside_ids;
mod past;
mod plan;
mod quirks;
mod requests;
mod sandboxes;
mod scenarios;
mod scopes;
mod selectors;
mod snapshots;
mod subscriptions;
mod tables;
mod verify;
mod webhooks;
