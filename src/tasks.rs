//! Bulk work: tasks that go on in small steps on the sandbox clock, and the files they read and
//! write.

pub mod activation_emails;
pub mod contact_center_sync;
pub mod csv;
pub mod engine;
pub mod job;
pub mod kept;
pub mod so_far;
pub mod task;
pub mod telephony;
pub mod template_apply;
pub mod user_csv;
pub mod workspace_csv;

pub use engine::TIMERS;
pub use task::{Task, TaskStatus};
