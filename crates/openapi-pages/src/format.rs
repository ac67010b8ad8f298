//! The forms in which an API's reference is published and that this crate reads.

use std::fmt;
use std::str::FromStr;

/// The form of an input. `Display` and `FromStr` use kebab-case names, such as `mintlify-resolved`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Mintlify page whose four-backtick `yaml` fence holds one operation in Mintlify's own resolved shape (`paths:`
    /// with `path:`), as written until about the end of 2025.
    MintlifyResolved,
    /// Mintlify page whose four-backtick `yaml` fence holds an OpenAPI document (`openapi:`) of one operation.
    MintlifyEmbedded,
    /// ReadMe.com page that ends with the heading `# OpenAPI definition` and a `json` fence.
    ReadMe,
    /// An OpenAPI document as JSON.
    OpenApiJson,
    /// An OpenAPI document as YAML.
    OpenApiYaml,
}

impl Format {
    /// Every format, in the order of the enum.
    pub const ALL: [Self; 5] = [
        Self::MintlifyResolved,
        Self::MintlifyEmbedded,
        Self::ReadMe,
        Self::OpenApiJson,
        Self::OpenApiYaml,
    ];

    /// The kebab-case name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MintlifyResolved => "mintlify-resolved",
            Self::MintlifyEmbedded => "mintlify-embedded",
            Self::ReadMe => "readme",
            Self::OpenApiJson => "openapi-json",
            Self::OpenApiYaml => "openapi-yaml",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Self::ALL
            .into_iter()
            .find(|format| format.name() == name)
            .ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

/// A text that names no [`Format`]. `Display` lists the names there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFormat(String);

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Format::ALL.into_iter().map(Format::name).collect();
        write!(
            f,
            "`{}` is no format; the formats are {}",
            self.0,
            names.join(", ")
        )
    }
}

impl std::error::Error for UnknownFormat {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for format in Format::ALL {
            assert_eq!(format.to_string().parse::<Format>(), Ok(format));
        }
        assert_eq!(Format::ReadMe.to_string(), "readme");
        let error = "Readme".parse::<Format>().unwrap_err().to_string();
        assert!(
            error.contains("`Readme`") && error.contains("mintlify-embedded"),
            "{error}"
        );
    }
}
