//! The scenarios that are part of the binary.

/// A scenario in the binary: its name and its text.
#[derive(Debug, Clone, Copy)]
pub struct BuiltIn {
    /// The name that `--scenario` takes.
    pub name: &'static str,
    /// The YAML text.
    pub text: &'static str,
    /// The same as JSON, made by `build.rs`.
    pub prepared: &'static str,
}

macro_rules! built_in {
    ($name:literal) => {
        BuiltIn {
            name: $name,
            text: include_str!(concat!("../../scenarios/", $name, ".yaml")),
            prepared: include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json")),
        }
    };
}

/// The scenario that a server starts with when nothing else is asked for.
pub const DEFAULT: &str = "demo";

/// All of them, the default first.
pub const BUILT_IN: &[BuiltIn] = &[
    built_in!("demo"),
    built_in!("minimal"),
    built_in!("large"),
    built_in!("contact-center"),
    built_in!("partner"),
];

/// The built-in scenario of that name.
#[must_use]
pub fn find(name: &str) -> Option<BuiltIn> {
    BUILT_IN
        .iter()
        .copied()
        .find(|scenario| scenario.name == name)
}
