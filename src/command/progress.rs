//! A sign of life on the terminal while a command waits. Nothing where no terminal shows it.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long one picture stands.
const PICTURE: Duration = Duration::from_millis(100);
/// Pictures before the first is shown: who does not wait is not told to.
const PICTURES_UNSEEN: u64 = 5;
/// Columns that the bar runs through.
const TRACK: u64 = 20;
/// Columns of the bar.
const BAR: u64 = 6;

/// A bar that runs until it is dropped.
#[derive(Debug)]
pub struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

impl Progress {
    /// Shows what is being waited for, unless standard error is no terminal.
    #[must_use]
    pub fn start(what: &str) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let what = super::text::shortened(super::text::clean(what), 50);
        let (sender, receiver) = channel::<()>();
        let thread = std::thread::spawn(move || {
            let mut error = std::io::stderr();
            let mut number = 0;
            while receiver.recv_timeout(PICTURE) == Err(RecvTimeoutError::Timeout) {
                number += 1;
                if number > PICTURES_UNSEEN {
                    let _ = write!(error, "\r{}", picture(&what, number));
                    let _ = error.flush();
                }
            }
            if number > PICTURES_UNSEEN {
                let _ = write!(error, "\r\u{1b}[K");
            }
        });
        Self(Some((sender, thread)))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.0.take() {
            drop(sender);
            drop(thread.join());
        }
    }
}

/// How long it takes nobody knows beforehand, so the bar runs to and fro, and the seconds count.
fn picture(what: &str, number: u64) -> String {
    let way = TRACK - BAR;
    let place = number % (2 * way);
    let place = place.min(2 * way - place);
    let cell = |column: u64| {
        if (place..place + BAR).contains(&column) {
            '='
        } else {
            ' '
        }
    };
    let track: String = (0..TRACK).map(cell).collect();
    let seconds = u128::from(number) * PICTURE.as_millis() / 1000;
    format!("[{track}] {what}  {seconds} s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_runs_to_and_fro_and_the_seconds_count() {
        assert_eq!(
            picture("Planning", 0),
            format!("[======{}] Planning  0 s", " ".repeat(14))
        );
        assert_eq!(
            picture("Planning", 14),
            format!("[{}======] Planning  1 s", " ".repeat(14))
        );
        assert_eq!(
            picture("Planning", 28),
            format!("[======{}] Planning  2 s", " ".repeat(14))
        );
    }
}
