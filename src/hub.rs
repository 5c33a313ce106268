//! What an administrator does in Control Hub's pages and no public API offers: `/_hub/v1`.
