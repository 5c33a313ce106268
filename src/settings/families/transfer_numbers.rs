//! Transfer numbers of outgoing permission: where calls of a type may be sent for approval
//! (`/telephony/config/people/{personId}/outgoingPermission/autoTransferNumbers`).

use super::{kinds, tidy};
use crate::patched;
use crate::refusal::Refusal;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Setting, Step};
use crate::settings::patch::Patch;
use crate::world::Kind;

patched! {
    /// The three numbers that `TRANSFER_NUMBER_1` to `TRANSFER_NUMBER_3` mean.
    #[derive(Default)]
    pub struct TransferNumbers by TransferNumbersPatch {
        /// Whether these numbers count instead of the location's.
        use_custom_transfer_numbers: bool,
        /// The first.
        #[serde(rename = "autoTransferNumber1", skip_serializing_if = "Option::is_none")]
        auto_transfer_number1: Option<String>,
        /// The second.
        #[serde(rename = "autoTransferNumber2", skip_serializing_if = "Option::is_none")]
        auto_transfer_number2: Option<String>,
        /// The third.
        #[serde(rename = "autoTransferNumber3", skip_serializing_if = "Option::is_none")]
        auto_transfer_number3: Option<String>,
    }
}

impl Family for TransferNumbers {
    const KIND: Kind = kinds::TRANSFER_NUMBERS;
    const KEY: &'static str = "autoTransferNumbers";
}

impl Setting for TransferNumbers {
    type View = Self;
    type Write = TransferNumbersPatch;

    fn view(&self, _step: &Step<'_>) -> Self {
        self.clone()
    }

    fn merge(&mut self, write: TransferNumbersPatch, _step: &Step<'_>) -> Result<(), Refusal> {
        self.apply(write);
        tidy(&mut self.auto_transfer_number1);
        tidy(&mut self.auto_transfer_number2);
        tidy(&mut self.auto_transfer_number3);
        Ok(())
    }
}

const PATHS: Paths = Paths {
    person: &[
        "/telephony/config/people/{personId}/outgoingPermission/autoTransferNumbers",
        "/people/{personId}/features/outgoingPermission/autoTransferNumbers",
    ],
    workspace: &["/workspaces/{workspaceId}/features/outgoingPermission/autoTransferNumbers"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<TransferNumbers>(&[
    FamilyRoute::get::<TransferNumbers>(PATHS),
    FamilyRoute::put::<TransferNumbers>(PATHS).requiring(&["useCustomTransferNumbers"]),
]);
