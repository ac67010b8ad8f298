//! The names of changes, which are stable.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::change::Class;

/// Writes the enum and its table from one list.
macro_rules! kinds {
    ($($variant:ident $name:literal [$($class:ident)+] $meaning:literal,)+) => {
        /// What kind of change it is. Names are stable: a script may rely on them, and new kinds may be added.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Kind {
            $(#[doc = $meaning] $variant,)+
        }

        impl Kind {
            /// All kinds, sorted by name.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name in kebab-case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// What it stands for, as a sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$variant => $meaning,)+
                }
            }

            /// The classes that a change of this kind may have.
            #[must_use]
            pub const fn classes(self) -> &'static [Class] {
                match self {
                    $(Self::$variant => &[$(Class::$class),+],)+
                }
            }
        }
    };
}

kinds! {
    ApiAdded "api-added" [Compatible] "An API is new. Never found by this crate, which compares two documents: who has several adds it.",
    ApiRemoved "api-removed" [Breaking] "An API is gone. Never found by this crate, either.",
    BranchAdded "branch-added" [Breaking Compatible] "A union has another branch; compatible if a tag tells the branches apart, since such a union has an arm for what is new.",
    BranchRemoved "branch-removed" [Breaking] "A union has lost a branch, so its variant is gone.",
    CallbackAdded "callback-added" [Compatible] "A webhook or callback is new.",
    CallbackRemoved "callback-removed" [Breaking Compatible] "A webhook or callback is gone; breaking if types of its own went with it.",
    DefaultChanged "default-changed" [Docs] "A default is another one. Clients send no defaults, they document them.",
    Deprecated "deprecated" [Compatible Docs] "Something is deprecated now; using the method of an operation gives a warning.",
    DescriptionChanged "description-changed" [Docs] "A description, summary or title is another text.",
    EnumValueAdded "enum-value-added" [Breaking Compatible] "An enum lists another value; breaking if the Rust enum is closed (numbers, a single value before, what tells branches apart).",
    EnumValueRemoved "enum-value-removed" [Breaking] "An enum has lost a value, so its variant is gone.",
    ErrorAdded "error-added" [Breaking Compatible] "An error status is documented that was not; breaking if it is the operation's first typed error, which changes the type of its errors.",
    ErrorBodyChanged "error-body-changed" [Breaking] "A documented error has a body that it had not, or none any more.",
    ErrorRemoved "error-removed" [Breaking] "A documented error status is gone, and its variant and mock with it.",
    ExampleChanged "example-changed" [Docs] "An example is another one.",
    ExtraPropertiesChanged "extra-properties-changed" [Breaking Compatible Docs] "What properties an object may have beside the listed ones; with a schema they are the map `extra`.",
    FieldAdded "field-added" [Compatible] "An object has another property, which may be absent.",
    FieldOptional "field-optional" [Breaking] "A property that was always there may be absent, so its field is an `Option`.",
    FieldRemoved "field-removed" [Breaking] "A property is gone, and its field with it.",
    FieldRequired "field-required" [Breaking] "A property that could be absent is always there, so its field is no `Option` and an argument of `new`.",
    FormatChanged "format-changed" [Breaking Docs] "A format is another one; breaking where that gives another Rust type.",
    InfoChanged "info-changed" [Docs] "The document has another title, version, contact, licence or list of tags.",
    KeywordChanged "keyword-changed" [Docs] "A keyword is another that clients do not look at.",
    LimitChanged "limit-changed" [Docs] "A bound or a pattern is another one. Clients document them, servers check them.",
    MediaTypeAdded "media-type-added" [Compatible] "A body may have another media type, which the client does not use.",
    MediaTypeChanged "media-type-changed" [Breaking Compatible] "A body has another media type on the wire; breaking where that gives another Rust type.",
    MediaTypeRemoved "media-type-removed" [Compatible] "A body may no longer have a media type, which the client did not use.",
    NoLongerDeprecated "no-longer-deprecated" [Docs] "Something is not deprecated any more.",
    NullAllowed "null-allowed" [Breaking Compatible] "A value may be `null`; compatible in parameters, whose setters stay as they are.",
    NullForbidden "null-forbidden" [Breaking Compatible] "A value may no longer be `null`; compatible in parameters.",
    OperationAdded "operation-added" [Compatible] "An operation is new.",
    OperationMoved "operation-moved" [Compatible] "An operation of the same operationId has another method or path; the client's method stays.",
    OperationRemoved "operation-removed" [Breaking] "An operation is gone.",
    OperationRenamed "operation-renamed" [Breaking] "An operation has the same method and path and another name, so the client's method is called otherwise.",
    ParameterAdded "parameter-added" [Compatible] "An operation has another parameter, which may be left out.",
    ParameterMoved "parameter-moved" [Compatible] "A parameter goes to another place (query, header, cookie); the setter stays.",
    ParameterOptional "parameter-optional" [Compatible] "A required parameter may be left out.",
    ParameterRemoved "parameter-removed" [Breaking] "A parameter is gone, and its setter with it.",
    ParameterRenamed "parameter-renamed" [Breaking Compatible] "A parameter has another name; breaking if the setter has, too.",
    ParameterRequired "parameter-required" [Breaking] "A parameter that could be left out is required, so calls without it fail.",
    ParameterStyleChanged "parameter-style-changed" [Compatible] "A parameter is written in another style; the setter stays.",
    RequestBodyAdded "request-body-added" [Compatible] "An operation takes a body, which may be left out.",
    RequestBodyOptional "request-body-optional" [Compatible] "A required body may be left out.",
    RequestBodyRemoved "request-body-removed" [Breaking] "An operation takes no body any more.",
    RequestBodyRequired "request-body-required" [Breaking] "A body that could be left out is required.",
    RequiredFieldAdded "required-field-added" [Breaking] "An object has another property that is always there, which is an argument of `new`.",
    RequiredParameterAdded "required-parameter-added" [Breaking] "An operation has another parameter, without which calls fail.",
    RequiredRequestBodyAdded "required-request-body-added" [Breaking] "An operation takes a body, without which calls fail.",
    ResponseAdded "response-added" [Breaking Compatible] "A success is documented that was not; breaking where it changes what a call returns.",
    ResponseBodyChanged "response-body-changed" [Breaking] "A success has JSON, bytes or no body, and had another of the three.",
    ResponseHeaderChanged "response-header-changed" [Docs] "The documented headers of a response are others. Clients give all headers as they came.",
    ResponseRemoved "response-removed" [Breaking] "A documented success is gone, and its mock with it.",
    SchemaAdded "schema-added" [Compatible] "A component is new, which is a new type.",
    SchemaExtracted "schema-extracted" [Breaking] "A schema that was written in its place is a component, so its type has another name.",
    SchemaInlined "schema-inlined" [Breaking] "A schema that was a component is written in its place, so its type has another name.",
    SchemaRemoved "schema-removed" [Breaking] "A component is gone, and its type with it.",
    SchemaRenamed "schema-renamed" [Breaking] "A component has another name and is otherwise the same.",
    SecurityAlternativeAdded "security-alternative-added" [Compatible] "A call may be made with another credential.",
    SecurityAlternativeRemoved "security-alternative-removed" [Breaking] "A call may no longer be made with a credential that it took.",
    SecurityRelaxed "security-relaxed" [Compatible] "A call needs no credential any more.",
    SecurityRequired "security-required" [Breaking] "A call needs a credential that needed none.",
    SecuritySchemeAdded "security-scheme-added" [Compatible] "A kind of credential is new.",
    SecuritySchemeChanged "security-scheme-changed" [Breaking Compatible] "A credential is sent in another way; breaking if its setter is another one.",
    SecuritySchemeRemoved "security-scheme-removed" [Breaking Compatible] "A kind of credential is gone; breaking if its setter went with it.",
    SecurityScopesChanged "security-scopes-changed" [Breaking Compatible] "A call needs other scopes; breaking if one of them was not needed.",
    ServerAdded "server-added" [Compatible] "A server is documented that was not.",
    ServerChanged "server-changed" [Breaking Compatible] "Calls go to another server; breaking for single operations that leave their host, to which credentials are not sent.",
    ServerRemoved "server-removed" [Breaking Compatible] "A server is gone; breaking if none is left, since a client then needs to be told one.",
    SuccessConditionChanged "success-condition-changed" [Breaking Compatible] "What a success has to say (`x-success`) is another; breaking if it asks for anything that it did not.",
    SunsetChanged "sunset-changed" [Compatible Docs] "When an operation ends (`x-sunset`) is stated, or is another date.",
    SurfaceChanged "surface-changed" [Breaking] "The public items of the generated crate lose something although no rule says so. Never found by this crate: who generates the client adds it.",
    TagChanged "tag-changed" [Breaking] "The property that tells the branches of a union apart is another one, or its values are.",
    TypeChanged "type-changed" [Breaking] "A value is of another type.",
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn names_are_sorted_and_in_kebab_case() {
        let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
        assert!(names.is_sorted());
        for (kind, name) in Kind::ALL.iter().zip(names) {
            let pascal = heck::ToUpperCamelCase::to_upper_camel_case(name);
            assert_eq!(format!("{kind:?}"), pascal);
            assert!(kind.meaning().ends_with('.'), "{name}");
        }
    }
}
