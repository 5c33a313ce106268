//! The scenarios that are part of the binary.

/// A scenario in the binary: its name and its text.
#[derive(Debug, Clone, Copy)]
pub struct BuiltIn {
    /// The name that `--scenario` takes.
    pub name: &'static str,
    /// The YAML text.
    pub text: &'static str,
}

/// The scenario that a server starts with when nothing else is asked for.
pub const DEFAULT: &str = "demo";

/// All of them, the default first.
pub const BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        name: DEFAULT,
        text: include_str!("../../scenarios/demo.yaml"),
    },
    BuiltIn {
        name: "minimal",
        text: include_str!("../../scenarios/minimal.yaml"),
    },
    BuiltIn {
        name: "large",
        text: include_str!("../../scenarios/large.yaml"),
    },
];

/// The built-in scenario of that name.
#[must_use]
pub fn find(name: &str) -> Option<BuiltIn> {
    BUILT_IN
        .iter()
        .copied()
        .find(|scenario| scenario.name == name)
}
