//! Transfer numbers of outgoing permission: where calls of a type may be sent for approval
//! (`/telephony/config/people/{personId}/outgoingPermission/autoTransferNumbers`).

use super::{kinds, tidy, values};
use crate::model::Holder;
use crate::patched;
use crate::refusal::Refusal;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Plain};
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

    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        for (field, number) in [
            ("autoTransferNumber1", &self.auto_transfer_number1),
            ("autoTransferNumber2", &self.auto_transfer_number2),
            ("autoTransferNumber3", &self.auto_transfer_number3),
        ] {
            values::phone(field, number.as_deref())?;
        }
        Ok(())
    }
}

impl Plain for TransferNumbers {
    fn settle(&mut self) {
        tidy(&mut self.auto_transfer_number1);
        tidy(&mut self.auto_transfer_number2);
        tidy(&mut self.auto_transfer_number3);
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
