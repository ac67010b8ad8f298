//! Waiting for a job.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::error::{End, JobError, Seen};
use super::polled::Polled;
use super::progress::JobProgress;
use super::schedule::{Next, Schedule, next};
use super::states::Meaning;
use crate::deadline::{Deadline, TimedOut};
use crate::error::Error;
use crate::response::ResponseValue;
use crate::retry::retry_after;

/// A job that is waited for. Made by the method `wait` of an operation's builder; `.await` does it.
///
/// The state is asked for at once, so a job that is done costs one call. Until it is done, has failed or needs a person, it is asked
/// for again, after up to 2 seconds, then after up to twice as long each time until that is 30 seconds, and 20 minutes long. Each wait
/// is a random time between its half and all of it; after an answer with `Retry-After` (RFC 9110 §10.2.3) it is at least that. A
/// state that the document does not list, and none at all, is one of a job that goes on.
///
/// Each look is a call like any other, with the client's credentials, retries and spans. One that fails in a way that may pass
/// ([`Error::is_retryable`]), after its own retries, is made up for by the next one, up to five times in a row; every other
/// failure ends the waiting.
///
/// To drop the future ends the waiting, and nothing happens to the job.
#[must_use = "nothing is asked for until it is awaited"]
pub struct Wait<'a, B: Polled> {
    builder: B,
    schedule: Schedule,
    on_answer: Option<OnAnswer<'a, B::Answer>>,
    enough: Option<Enough<'a, B::Answer>>,
}

type OnAnswer<'a, T> = Box<dyn FnMut(JobProgress<'_, T>) + Send + 'a>;

type Enough<'a, T> = Box<dyn FnMut(&T) -> bool + Send + 'a>;

/// What comes of waiting.
type Outcome<B> = Result<
    ResponseValue<<B as Polled>::Answer>,
    JobError<<B as Polled>::Answer, <B as Polled>::Error>,
>;

impl<'a, B: Polled> Wait<'a, B> {
    /// The job whose state `builder` asks for. Generated code calls it.
    pub fn new(builder: B) -> Self {
        Self {
            builder,
            schedule: Schedule::default(),
            on_answer: None,
            enough: None,
        }
    }

    /// How long to wait at most, all calls included; 20 minutes unless set, `None` for no end. Shortly before the end the state is
    /// asked for a last time.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.schedule.timeout = timeout.into();
        self
    }

    /// The longest wait after the first look; 2 seconds unless set.
    pub fn first_delay(mut self, first_delay: Duration) -> Self {
        self.schedule.first_delay = first_delay;
        self
    }

    /// The longest wait between two looks, where the server does not ask for more; 30 seconds unless set.
    pub fn max_delay(mut self, max_delay: Duration) -> Self {
        self.schedule.max_delay = max_delay;
        self
    }

    /// How many calls in a row may fail in a way that may pass; 5 unless set, 0 for none.
    pub fn max_failures(mut self, max_failures: u32) -> Self {
        self.schedule.max_failures = max_failures;
        self
    }

    /// What is called with each answer, the last one too.
    pub fn on_answer(
        mut self,
        on_answer: impl FnMut(JobProgress<'_, B::Answer>) + Send + 'a,
    ) -> Self {
        self.on_answer = Some(Box::new(on_answer));
        self
    }

    /// Ends the waiting with the first answer that has what the caller waits for, as `enough` says, although the job goes on or needs a
    /// person. A job that has failed has failed all the same, and one that is done is given whether it is enough or not.
    pub fn until(mut self, enough: impl FnMut(&B::Answer) -> bool + Send + 'a) -> Self {
        self.enough = Some(Box::new(enough));
        self
    }

    async fn outcome(self) -> Outcome<B> {
        let Self {
            builder,
            schedule,
            mut on_answer,
            mut enough,
        } = self;
        let deadline = Deadline::after(schedule.timeout);
        let mut delays = schedule.delays();
        let mut last: Option<Seen<B::Answer>> = None;
        let mut failure: Option<Error<B::Error>> = None;
        let mut failures = 0;
        let mut is_last = false;
        loop {
            let began = Instant::now();
            let asked = match deadline.keep(builder.clone().call()).await {
                Err(TimedOut) => return Err(ended::<B>(End::TimedOut, last, failure)),
                Ok(Ok(answer)) => {
                    let state = B::state(&answer);
                    if let Some(on_answer) = &mut on_answer {
                        on_answer(JobProgress {
                            answer: &answer,
                            state: state.as_deref(),
                        });
                    }
                    let (end, listed) = match B::STATES.meaning(state.as_deref()) {
                        Meaning::Done => return Ok(answer),
                        Meaning::Failed(state) => (Some(End::Failed), Some(state)),
                        _ if enough.as_mut().is_some_and(|enough| enough(&answer)) => {
                            return Ok(answer);
                        }
                        Meaning::NeedsPerson(state) => (Some(End::NeedsPerson), Some(state)),
                        Meaning::Running(state) => (None, state),
                    };
                    let asked = retry_after(answer.headers());
                    last = Some(Seen {
                        answer,
                        state,
                        listed,
                    });
                    if let Some(end) = end {
                        return Err(ended::<B>(end, last, None));
                    }
                    (failure, failures) = (None, 0);
                    asked
                }
                Ok(Err(error)) if error.is_retryable() && failures < schedule.max_failures => {
                    failures += 1;
                    let asked = error.retry_after();
                    failure = Some(error);
                    asked
                }
                Ok(Err(error)) => return Err(ended::<B>(End::Call, last, Some(error))),
            };
            let delay = delays.next().unwrap_or(schedule.max_delay);
            let delay = asked.map_or(delay, |asked| asked.max(delay));
            match next(delay, deadline.left(), began.elapsed()) {
                Next::After(delay) if !is_last => sleep(delay).await,
                Next::Last(delay) if !is_last => {
                    is_last = true;
                    sleep(delay).await;
                }
                _ => return Err(ended::<B>(End::TimedOut, last, failure)),
            }
        }
    }
}

fn ended<B: Polled>(
    end: End,
    last: Option<Seen<B::Answer>>,
    call: Option<Error<B::Error>>,
) -> JobError<B::Answer, B::Error> {
    let message = match (end, &last) {
        (End::Failed | End::NeedsPerson, Some(last)) => B::message(&last.answer),
        _ => None,
    };
    JobError::new(B::OPERATION, end, last, message, call)
}

impl<'a, B: Polled + 'a> IntoFuture for Wait<'a, B> {
    type Output = Outcome<B>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.outcome())
    }
}

impl<B: Polled> fmt::Debug for Wait<'_, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("operation", &B::OPERATION)
            .field("schedule", &self.schedule)
            .finish_non_exhaustive()
    }
}
