//! Components that are parts of multipart bodies and something else too.
//!
//! A file is one in a multipart body alone. A component in which something becomes a file stays as it is for whoever
//! else refers to it, and the body gets a copy.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Map, Value, json};

use super::Multipart;
use super::files::{Level, Seen, look_at, of_any_parts};
use crate::context::Context;
use crate::names::{numbered, type_name};
use crate::pointer::{join, keys, parent};
use crate::refs;
use crate::report::Effect;

const SCHEMAS: &str = "/components/schemas";

/// A component in one of its roles.
type Role = (String, Level);

struct Plan<'c> {
    components: &'c Map<String, Value>,
    /// Schemas of bodies, by their pointers.
    bodies: Vec<(String, Seen)>,
    roles: BTreeMap<Role, Seen>,
    /// In the order in which bodies lead to them.
    order: Vec<Role>,
}

/// Makes files of parts.
pub(super) fn mark_files(
    context: &mut Context<'_>,
    document: &mut Value,
    components: &Map<String, Value>,
    multiparts: &[Multipart],
) {
    let mut plan = Plan {
        components,
        bodies: Vec::new(),
        roles: BTreeMap::new(),
        order: Vec::new(),
    };
    for multipart in multiparts {
        let at = join(&multipart.pointer, "schema");
        if let Some(schema) = document.pointer_mut(&at) {
            if let Some(any) = of_any_parts(schema) {
                *schema = any;
            }
            let level = Level::body(&multipart.encoding);
            plan.bodies.push((at, look_at(schema, &level, components)));
        }
    }
    if plan.bodies.is_empty() {
        return;
    }
    plan.follow();
    let changed = plan.changed();
    let names = plan.names(&changed, &plan.kept(document, &changed));
    plan.note(context, &names);
    plan.write(context, document, &names);
}

impl Plan<'_> {
    fn follow(&mut self) {
        let targets =
            |seen: &Seen| -> Vec<Role> { seen.refs.iter().map(|(_, role)| role.clone()).collect() };
        let mut open: VecDeque<Role> = self
            .bodies
            .iter()
            .flat_map(|(_, seen)| targets(seen))
            .collect();
        while let Some(role) = open.pop_front() {
            if self.roles.contains_key(&role) {
                continue;
            }
            let Some(schema) = self.components.get(&role.0) else {
                continue;
            };
            let seen = look_at(schema, &role.1, self.components);
            open.extend(targets(&seen));
            self.order.push(role.clone());
            self.roles.insert(role, seen);
        }
    }

    /// The roles in which a component is not what it is elsewhere: something in it is a file.
    fn changed(&self) -> BTreeSet<&Role> {
        let mut users: BTreeMap<&Role, Vec<&Role>> = BTreeMap::new();
        let mut open = Vec::new();
        for (role, seen) in &self.roles {
            for (_, target) in &seen.refs {
                users.entry(target).or_default().push(role);
            }
            if self.components.get(&role.0) != Some(&seen.schema) {
                open.push(role);
            }
        }
        let mut changed = BTreeSet::new();
        while let Some(role) = open.pop() {
            if changed.insert(role) {
                open.extend(users.get(role).into_iter().flatten().copied());
            }
        }
        changed
    }

    /// Components that something else refers to, which have to stay as they are.
    fn kept(&self, document: &Value, changed: &BTreeSet<&Role>) -> BTreeSet<String> {
        let places = |seen: &Seen| -> BTreeSet<String> {
            seen.refs.iter().map(|(at, _)| at.clone()).collect()
        };
        let in_bodies: BTreeSet<String> = self
            .bodies
            .iter()
            .flat_map(|(at, seen)| {
                places(seen)
                    .into_iter()
                    .map(move |rest| format!("{at}{rest}"))
            })
            .collect();
        // Only where all roles of a component see a reference, it is one to a role.
        let mut in_roles: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (role, seen) in &self.roles {
            let places = places(seen);
            in_roles
                .entry(&role.0)
                .and_modify(|known| known.retain(|place| places.contains(place)))
                .or_insert(places);
        }
        let mut open: Vec<String> = self
            .order
            .iter()
            .filter(|role| !changed.contains(role))
            .map(|role| role.0.clone())
            .collect();
        let mut of_owner: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for reference in refs::Index::of(document).references {
            let Some(target) = refs::component_name(&reference.text) else {
                continue;
            };
            let keys = keys(&reference.pointer);
            let owner = match keys.as_slice() {
                [first, second, owner, ..] if first == "components" && second == "schemas" => owner,
                _ if in_bodies.contains(&reference.pointer) => continue,
                _ => {
                    open.push(target);
                    continue;
                }
            };
            let start = join(SCHEMAS, owner).len();
            let is_role = in_roles
                .get(owner.as_str())
                .is_some_and(|places| places.contains(&reference.pointer[start..]));
            if is_role {
                of_owner.entry(owner.clone()).or_default().push(target);
            } else {
                open.push(target);
            }
        }
        let mut kept = BTreeSet::new();
        while let Some(name) = open.pop() {
            if kept.insert(name.clone()) {
                open.extend(of_owner.remove(&name).unwrap_or_default());
            }
        }
        kept
    }

    /// The names of components in the roles in which they change: their own ones, unless these are kept.
    fn names(&self, changed: &BTreeSet<&Role>, kept: &BTreeSet<String>) -> BTreeMap<Role, String> {
        let mut taken: BTreeSet<String> =
            self.components.keys().map(|name| type_name(name)).collect();
        let mut in_place = BTreeSet::new();
        let mut names = BTreeMap::new();
        for role in self.order.iter().filter(|role| changed.contains(role)) {
            let (name, level) = role;
            if !kept.contains(name) && in_place.insert(name) {
                names.insert(role.clone(), name.clone());
                continue;
            }
            let wanted = match level {
                Level::Body(_) => format!("{name}Parts"),
                Level::Part { .. } => format!("{name}Part"),
            };
            let mut free = numbered([wanted.clone()], wanted.clone());
            let free = free.find(|one| taken.insert(type_name(one)));
            names.insert(role.clone(), free.unwrap_or(wanted));
        }
        names
    }

    fn note(&self, context: &mut Context<'_>, names: &BTreeMap<Role, String>) {
        let mut noted = BTreeSet::new();
        let in_bodies = self.bodies.iter().map(|(at, seen)| (at.clone(), seen));
        let in_roles = self
            .order
            .iter()
            .filter_map(|role| Some((join(SCHEMAS, &role.0), self.roles.get(role)?)));
        for (at, seen) in in_bodies.chain(in_roles) {
            for (place, message) in &seen.losses {
                let place = format!("{at}{place}");
                if noted.insert((place.clone(), *message)) {
                    context.note(&place, "requests", Effect::Widened, *message);
                }
            }
        }
        for ((name, _), new) in names.iter().filter(|((name, _), new)| name != *new) {
            let message =
                format!("as the parts of a body, where it has files, `{name}` is named `{new}`");
            context.note(&join(SCHEMAS, name), "requests", Effect::Exact, message);
        }
    }

    fn write(
        mut self,
        context: &mut Context<'_>,
        document: &mut Value,
        names: &BTreeMap<Role, String>,
    ) {
        for (at, mut seen) in self.bodies {
            rename(&mut seen, names);
            if let Some(schema) = document.pointer_mut(&at) {
                *schema = seen.schema;
            }
        }
        let schemas = document.pointer_mut(SCHEMAS);
        let Some(schemas) = schemas.and_then(Value::as_object_mut) else {
            return;
        };
        for (role, new) in names {
            let Some(mut seen) = self.roles.remove(role) else {
                continue;
            };
            rename(&mut seen, names);
            context
                .origins
                .copied(&join(SCHEMAS, &role.0), &join(SCHEMAS, new));
            schemas.insert(new.clone(), seen.schema);
        }
    }
}

/// Lets references lead to the components of their roles.
fn rename(seen: &mut Seen, names: &BTreeMap<Role, String>) {
    for (at, role) in &seen.refs {
        let Some(new) = names.get(role).filter(|new| **new != role.0) else {
            continue;
        };
        let new = json!(refs::to_component(new));
        // The schema of which this is a branch may say the name once more.
        let union = parent(at).and_then(parent);
        let mapping = union.map(|at| format!("{at}/discriminator/mapping"));
        let mapping = mapping.and_then(|at| seen.schema.pointer_mut(&at)?.as_object_mut());
        for target in mapping.into_iter().flat_map(Map::values_mut) {
            let is_it = target.as_str().and_then(refs::component_name).as_ref() == Some(&role.0);
            if is_it {
                *target = new.clone();
            }
        }
        if let Some(Value::Object(reference)) = seen.schema.pointer_mut(at) {
            reference.insert("$ref".to_owned(), new);
        }
    }
}
