//! Branches of unions: each is a variant.

use super::core::{Core, Target};
use super::shape::{Shape, Union};
use super::tags::tag;
use crate::change::Class;
use crate::compare::Comparison;
use crate::document::{Document, Placed};
use crate::fingerprint::fingerprint;
use crate::kind::Kind;
use crate::subject::code;

impl<'d> Comparison<'d> {
    pub(super) fn unions(&mut self, old: &Union<'d>, new: &Union<'d>) {
        let tags = (tag(self.old, old), tag(self.new, new));
        let named = (
            tags.0.as_ref().map(|tag| &tag.name),
            tags.1.as_ref().map(|tag| &tag.name),
        );
        if named.0 != named.1 {
            self.add(
                Class::Breaking,
                Kind::TagChanged,
                &new.pointer,
                "has its branches told apart by another property",
            );
        }
        if old.keyword != new.keyword
            && (self.is_struct(self.old, old) || self.is_struct(self.new, new))
        {
            let said = "is a union of which one branch holds and was one of which several may, or the other way round";
            self.add(Class::Breaking, Kind::TypeChanged, &new.pointer, said);
        }
        let (pairs, gone, come) = self.matched(old, new);
        for (one, other) in pairs {
            self.later(one, other);
        }
        for branch in gone {
            let name = called(self.old, &branch);
            let summary = format!(
                "{} is no branch any more of {}",
                name,
                crate::subject::subject(self.old, &old.pointer)
            );
            self.add_as_it_is(
                Class::Breaking,
                Kind::BranchRemoved,
                &branch.pointer,
                summary,
            );
        }
        // Such a union has an arm for what is new.
        let is_open = [&tags.0, &tags.1]
            .iter()
            .all(|tag| tag.as_ref().is_some_and(|tag| tag.is_open));
        for branch in come {
            let class = if is_open || self.is_struct(self.new, new) {
                Class::Compatible
            } else {
                Class::Breaking
            };
            let name = called(self.new, &branch);
            let summary = format!(
                "{} is a new branch of {}",
                name,
                crate::subject::subject(self.new, &new.pointer)
            );
            self.add_as_it_is(class, Kind::BranchAdded, &branch.pointer, summary);
        }
    }

    /// Whether it is no enum but a struct with a field per branch: `anyOf` of objects without a tag.
    fn is_struct(&self, document: Document<'d>, union: &Union<'d>) -> bool {
        union.keyword == "anyOf"
            && tag(document, union).is_none()
            && union.branches.iter().all(|branch| {
                let core = Core::of(document, branch.clone());
                Shape::of(document, core.target.place()).types.first() == Some(&"object")
            })
    }

    /// Pairs of branches, then those that only one side has. Found by the component, then by being equal, then by their
    /// title, then by the order of those that are left, if they are of one type.
    #[allow(
        clippy::type_complexity,
        reason = "three lists, named by their only caller"
    )]
    fn matched(
        &self,
        old: &Union<'d>,
        new: &Union<'d>,
    ) -> (
        Vec<(Placed<'d>, Placed<'d>)>,
        Vec<Placed<'d>>,
        Vec<Placed<'d>>,
    ) {
        let mut gone: Vec<Placed<'d>> = old.branches.clone();
        let mut come: Vec<Placed<'d>> = new.branches.clone();
        let mut pairs = Vec::new();
        let named =
            |document: Document<'d>, branch: &Placed<'d>| match Core::of(document, branch.clone())
                .target
            {
                Target::Named(name, _) => Some(name),
                Target::Inline(_) => None,
            };
        type Key<'k, 'd> = &'k dyn Fn(Document<'d>, &Placed<'d>, bool) -> Option<String>;
        let by_name: Key<'_, 'd> = &|document, branch, is_old| {
            let name = named(document, branch)?;
            Some(if is_old {
                self.name_now(&name).to_owned()
            } else {
                name
            })
        };
        let by_value: Key<'_, 'd> = &|_, branch, _| Some(fingerprint(branch.value, ""));
        let by_title: Key<'_, 'd> = &|_, branch, _| branch.text("title").map(str::to_owned);
        let by_constants: Key<'_, 'd> = &|document, branch, _| constants(document, branch);
        let by_type: Key<'_, 'd> = &|document, branch, _| {
            let core = Core::of(document, branch.clone());
            match core.target {
                Target::Named(..) => None,
                Target::Inline(place) => Some(Shape::of(document, &place).name()),
            }
        };
        for key in [by_name, by_value, by_title, by_constants, by_type] {
            let mut left = Vec::new();
            for branch in gone {
                let own = key(self.old, &branch, true);
                let same = |other: &Placed<'d>| own.is_some() && key(self.new, other, false) == own;
                match come.iter().position(same) {
                    Some(position) => pairs.push((branch, come.remove(position))),
                    None => left.push(branch),
                }
            }
            gone = left;
        }
        (pairs, gone, come)
    }
}

/// The properties of a branch that have one value.
fn constants(document: Document<'_>, branch: &Placed<'_>) -> Option<String> {
    let core = Core::of(document, branch.clone());
    let shape = Shape::of(document, core.target.place());
    let constants = shape.fields.iter().filter_map(|(name, field)| {
        let values = Shape::of(document, &field.schema).values?;
        let [one] = values.as_slice() else {
            return None;
        };
        Some(format!("{name}={one}"))
    });
    let constants: Vec<String> = constants.collect();
    (!constants.is_empty()).then(|| constants.join(" "))
}

/// What people call a branch.
fn called(document: Document<'_>, branch: &Placed<'_>) -> String {
    let core = Core::of(document, branch.clone());
    match &core.target {
        Target::Named(name, _) => code(name),
        Target::Inline(place) => match place.text("title") {
            Some(title) => code(title),
            None => Shape::of(document, place).name(),
        },
    }
}
