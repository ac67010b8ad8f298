//! One file to text.

use std::collections::BTreeMap;

use syn::{Attribute, File, Item, parse_quote};

use crate::finish::Finished;

/// The token that marks generated files for tools (and for our own tests).
pub const BANNER_TOKEN: &str = "@generated";

/// The text of every file of a client, by its path below `src/generated/`.
///
/// Each starts with a banner that names `command`, which makes the files anew, and `source`, what they are
/// made from.
#[must_use]
pub fn render(finished: &Finished, command: &str, source: &str) -> BTreeMap<String, String> {
    finished
        .files
        .iter()
        .map(|(path, file)| {
            let banner =
                format!("// {BANNER_TOKEN} by `{command}` from {source}. Do not edit.\n\n");
            (path.clone(), banner + &code(file))
        })
        .collect()
}

/// prettyplease sets no blank lines; between items other than `use` and `mod` people expect one.
fn code(file: &File) -> String {
    let mut text = String::new();
    if !file.attrs.is_empty() {
        text.push_str(&print(Vec::new(), file.attrs.clone()));
    }
    let mut previous: Option<Group> = None;
    for item in &file.items {
        let group = Group::of(item);
        if !text.is_empty() && (previous != Some(group) || group == Group::Definition) {
            text.push('\n');
        }
        text.push_str(&print(vec![item.clone()], Vec::new()));
        previous = Some(group);
    }
    text
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Use,
    Module,
    Definition,
}

impl Group {
    fn of(item: &Item) -> Self {
        match item {
            Item::Use(_) => Self::Use,
            Item::Mod(module) if module.content.is_none() => Self::Module,
            _ => Self::Definition,
        }
    }
}

fn print(items: Vec<Item>, attrs: Vec<Attribute>) -> String {
    let mut file: File = parse_quote!();
    file.attrs = attrs;
    file.items = items;
    prettyplease::unparse(&file)
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::code;

    #[test]
    fn items_stand_apart_and_lists_together() {
        let file = parse_quote! {
            //! Docs.
            use a::A;
            use b::B;
            mod c;
            pub mod d;
            struct E;
            struct F;
        };
        assert_eq!(
            code(&file),
            "//! Docs.\n\nuse a::A;\nuse b::B;\n\nmod c;\npub mod d;\n\nstruct E;\n\nstruct F;\n"
        );
    }
}
