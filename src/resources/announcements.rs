//! Sound files for callers: an organisation's own, and those of its locations.

use uuid::Uuid;

use super::organizations::get;
use super::text::checked;
use crate::model::organization::Announcement;
use crate::model::{Holder, Organization};
use crate::refusal::Refusal;
use crate::settings::families::Greeting;
use crate::settings::families::music_on_hold::{FileId, MusicOnHold};
use crate::settings::family::keep;
use crate::world::Tx;

/// The longest name of a file (`AnnouncementRequestBody.fileName`).
const FILE_NAME_MAX: usize = 80;
/// The most files of an organisation, its locations' included (inferred).
const FILES_MAX: usize = 1000;

/// Adds a file, unless one of that name is there.
///
/// # Errors
/// 404 for the organisation, 400 for a name that is empty or too long, or one file too many.
pub fn add(
    tx: &mut Tx,
    organization: Uuid,
    location: Option<Uuid>,
    file_name: &str,
) -> Result<(), Refusal> {
    let file_name = checked("fileName", file_name, FILE_NAME_MAX)?;
    let known = &get(tx, organization)?.announcements;
    let mut same = known.iter().filter(|file| file.location == location);
    if same.any(|file| file.file_name == file_name) {
        return Ok(());
    }
    if known.len() >= FILES_MAX {
        let detail = format!("An organization has at most {FILES_MAX} announcements.");
        return Err(Refusal::bad_request(detail));
    }
    // The ids are those of the family that plays them: the kind has no others.
    let id = tx.new_id::<MusicOnHold>();
    tx.update::<Organization>(organization, |it| {
        it.announcements.push(Announcement {
            id,
            file_name,
            location,
        });
    })?;
    Ok(())
}

/// Takes away the files of a location that goes; whoever moved away with one plays the music of
/// the new location.
pub(super) fn forget(tx: &mut Tx, organization: Uuid, location: Uuid) -> Result<(), Refusal> {
    let known = &get(tx, organization)?.announcements;
    let went: Vec<FileId> = known
        .iter()
        .filter(|file| file.location == Some(location))
        .map(|file| FileId(file.id))
        .collect();
    if went.is_empty() {
        return Ok(());
    }
    let playing: Vec<(Uuid, MusicOnHold)> = tx
        .list::<MusicOnHold>()
        .filter(|(_, music)| {
            music
                .audio_announcement_file
                .is_some_and(|it| went.contains(&it))
        })
        .map(|(id, music)| (id, music.clone()))
        .collect();
    for (id, music) in playing {
        let Some(holder) = Holder::find(tx, id) else {
            continue;
        };
        let silent = MusicOnHold {
            greeting: Greeting::Default,
            audio_announcement_file: None,
            ..music
        };
        keep(tx, holder, silent)?;
    }
    tx.update::<Organization>(organization, |it| {
        it.announcements
            .retain(|file| file.location != Some(location));
    })?;
    Ok(())
}
