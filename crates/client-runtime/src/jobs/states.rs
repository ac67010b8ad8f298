//! What the states of a job mean.

/// The states of a job that the document lists, as texts on the wire. Generated code makes it.
#[derive(Clone, Copy, Debug)]
pub struct JobStates {
    done: &'static [&'static str],
    failed: &'static [&'static str],
    needs_person: &'static [&'static str],
    running: &'static [&'static str],
}

/// What the state of an answer means, with its name if it is one that the document lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Done,
    Failed(&'static str),
    NeedsPerson(&'static str),
    /// Also what the document does not list: servers have states that no document has, which are those on the way.
    Running(Option<&'static str>),
}

impl JobStates {
    /// The states in which the job is done.
    #[must_use]
    pub const fn done(done: &'static [&'static str]) -> Self {
        Self {
            done,
            failed: &[],
            needs_person: &[],
            running: &[],
        }
    }

    /// With those in which it has failed.
    #[must_use]
    pub const fn failed(self, failed: &'static [&'static str]) -> Self {
        Self { failed, ..self }
    }

    /// With those in which it goes on only if a person does something.
    #[must_use]
    pub const fn needs_person(self, needs_person: &'static [&'static str]) -> Self {
        Self {
            needs_person,
            ..self
        }
    }

    /// With those in which it goes on. Every other state, and none, means that too; these may be named in errors.
    #[must_use]
    pub const fn running(self, running: &'static [&'static str]) -> Self {
        Self { running, ..self }
    }

    pub(super) fn meaning(&self, state: Option<&str>) -> Meaning {
        let listed = |list: &'static [&'static str]| {
            list.iter().copied().find(|listed| state == Some(*listed))
        };
        if listed(self.done).is_some() {
            return Meaning::Done;
        }
        let failed = listed(self.failed).map(Meaning::Failed);
        failed
            .or_else(|| listed(self.needs_person).map(Meaning::NeedsPerson))
            .unwrap_or_else(|| Meaning::Running(listed(self.running)))
    }
}

#[cfg(test)]
mod tests {
    use super::{JobStates, Meaning};

    #[test]
    fn what_is_not_listed_goes_on() {
        let states = JobStates::done(&["completed"])
            .failed(&["failed", "deleted"])
            .needs_person(&["reviewing"])
            .running(&["pending"]);
        for (state, meaning) in [
            (Some("completed"), Meaning::Done),
            (Some("deleted"), Meaning::Failed("deleted")),
            (Some("reviewing"), Meaning::NeedsPerson("reviewing")),
            (Some("pending"), Meaning::Running(Some("pending"))),
            (Some("waiting"), Meaning::Running(None)),
            (Some("Completed"), Meaning::Running(None)),
            (Some(""), Meaning::Running(None)),
            (None, Meaning::Running(None)),
        ] {
            assert_eq!(states.meaning(state), meaning, "{state:?}");
        }
    }
}
