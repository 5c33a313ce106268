//! Large answers: each takes room of the budget of large bodies until its reader has it. What is
//! known to be large takes it before it is rendered, so that readers who do not read cost no more
//! memory than the budget has.

use super::app::App;
use super::budget::Share;
use super::call::Call;
use super::operation::Method;
use super::reply::Reply;
use crate::refusal::{ErrorKind, Refusal};

/// An answer of so many bytes takes no room of the budget.
pub const FREE: usize = 64 * 1024;

impl Call<'_> {
    /// Takes room for an answer of so many bytes, before it is rendered.
    ///
    /// # Errors
    /// 503 when there is none.
    pub fn make_room(&self, bytes: usize) -> Result<(), Refusal> {
        if bytes <= FREE {
            return Ok(());
        }
        let mut room = self.room.borrow_mut();
        let share = room.get_or_insert_with(|| self.app.bodies.share());
        if share.hold(bytes) {
            return Ok(());
        }
        *room = None;
        Err(refusal(self.app, bytes))
    }

    /// Takes room for an answer, or refuses it. What a call has done is told in any case: nobody
    /// would know of it else.
    ///
    /// # Errors
    /// 503 when there is none for what was read.
    pub(super) fn admit(&self, reply: Reply) -> Result<Reply, Refusal> {
        let bytes = reply.body.len();
        if self.operation.method == Method::Get {
            self.make_room(bytes)?;
        } else if bytes > FREE {
            let share = insisted(self.app, bytes);
            *self.room.borrow_mut() = Some(share);
        }
        Ok(reply)
    }
}

/// Room for an answer that is there already, be there room or not.
#[must_use]
pub fn insisted(app: &App, bytes: usize) -> Share {
    let mut share = app.bodies.share();
    share.insist(bytes);
    share
}

fn refusal(app: &App, bytes: usize) -> Refusal {
    let detail = format!(
        "The large answers that were not read to their end, and large bodies, have more than {} \
         bytes together with this one of {bytes} bytes.",
        app.bodies.most()
    );
    Refusal::new(ErrorKind::Overloaded, detail)
}
