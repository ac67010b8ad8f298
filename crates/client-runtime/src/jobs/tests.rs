//! Jobs whose answers are made up, in a time that tokio makes pass.

use std::collections::VecDeque;
use std::error::Error as _;
use std::future::{IntoFuture, pending, ready};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};
use tokio::time::{Instant, timeout};

use super::*;
use crate::error::{Answer, Error, Kind, Report};
use crate::error_body::Untyped;
use crate::response::ResponseValue;

/// What one call comes to.
#[derive(Clone)]
enum Look {
    State(&'static str),
    /// In so many seconds.
    Later(&'static str, &'static str),
    None,
    Status(u16),
    Unanswered,
}

/// A job with these looks, the last of which stays, and when they were made.
#[derive(Clone)]
struct Job {
    looks: Arc<Mutex<VecDeque<Look>>>,
    seen: Arc<Mutex<Vec<Instant>>>,
}

impl Job {
    fn new(looks: impl IntoIterator<Item = Look>) -> Self {
        Self {
            looks: Arc::new(Mutex::new(looks.into_iter().collect())),
            seen: Arc::default(),
        }
    }

    fn calls(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    fn gaps(&self) -> Vec<f64> {
        let seen = self.seen.lock().unwrap();
        let gaps = seen.windows(2).map(|pair| pair[1] - pair[0]);
        gaps.map(|gap| gap.as_secs_f64()).collect()
    }
}

impl Polled for Job {
    const OPERATION: &'static str = "get_job";
    const STATES: JobStates = JobStates::done(&["done"])
        .failed(&["failed"])
        .needs_person(&["asking"])
        .running(&["running"]);
    type Answer = Option<&'static str>;
    type Error = Untyped;
    type Call = JobCall<'static, Self::Answer, Self::Error>;

    fn call(self) -> Self::Call {
        self.seen.lock().unwrap().push(Instant::now());
        let mut looks = self.looks.lock().unwrap();
        let look = match looks.len() {
            1 => looks[0].clone(),
            _ => looks.pop_front().unwrap(),
        };
        let answer = |state, headers| Ok(ResponseValue::new(state, StatusCode::OK, headers));
        match look {
            Look::State(state) => Box::pin(ready(answer(Some(state), HeaderMap::new()))),
            Look::None => Box::pin(ready(answer(None, HeaderMap::new()))),
            Look::Later(state, seconds) => {
                let headers = [(RETRY_AFTER, HeaderValue::from_static(seconds))];
                Box::pin(ready(answer(Some(state), HeaderMap::from_iter(headers))))
            }
            Look::Status(status) => Box::pin(ready(Err(failed(status)))),
            Look::Unanswered => Box::pin(pending()),
        }
    }

    fn state(answer: &Self::Answer) -> Option<String> {
        answer.map(str::to_owned)
    }

    fn message(_: &Self::Answer) -> Option<String> {
        Some("planted text".to_owned())
    }
}

fn failed(status: u16) -> Error {
    let answer = Answer {
        status: StatusCode::from_u16(status).unwrap(),
        headers: HeaderMap::new(),
        body: bytes::Bytes::new(),
        truncated: false,
    };
    Error::from_report(Report {
        operation: Some("get_job"),
        answer: Some(answer),
        ..Report::new(Kind::Status)
    })
}

use Look::{Later, State, Status, Unanswered};

#[tokio::test(start_paused = true)]
async fn a_job_that_is_done_costs_one_call() {
    let job = Job::new([State("done")]);
    let began = Instant::now();
    assert_eq!(*Wait::new(job.clone()).await.unwrap(), Some("done"));
    assert_eq!((job.calls(), began.elapsed()), (1, Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn it_is_looked_at_less_and_less_often_until_the_time_is_over() {
    let job = Job::new([State("running")]);
    let began = Instant::now();
    let error = Wait::new(job.clone()).await.unwrap_err();
    let gaps = job.gaps();
    let most = [2.0, 4.0, 8.0, 16.0].into_iter();
    let waits = &gaps[..gaps.len() - 1];
    for (gap, most) in waits.iter().zip(most.chain(std::iter::repeat(30.0))) {
        // tokio counts milliseconds.
        assert!((most / 2.0..most + 0.002).contains(gap), "{gaps:?}");
    }
    // The last look is at the end.
    let took = began.elapsed().as_secs_f64();
    assert!((1198.0..=1200.0).contains(&took), "{took}");
    assert!(error.is_timeout() && error.call().is_none());
    assert_eq!(error.state(), Some("running"));
    let text = "get_job: the job was not done in time (`running`)";
    assert_eq!(error.to_string(), text);
}

#[tokio::test(start_paused = true)]
async fn settings_bound_the_waits() {
    let job = Job::new([State("running")]);
    let wait = Wait::new(job.clone())
        .first_delay(Duration::from_secs(100))
        .max_delay(Duration::from_secs(10))
        .timeout(Duration::from_secs(60));
    let began = Instant::now();
    assert!(wait.await.unwrap_err().is_timeout());
    assert!(began.elapsed() <= Duration::from_secs(60));
    assert!(
        job.gaps().iter().all(|gap| *gap <= 10.002),
        "{:?}",
        job.gaps()
    );
    let job = Job::new([State("running")]);
    let wait = Wait::new(job.clone()).timeout(Duration::ZERO);
    assert!(wait.await.unwrap_err().is_timeout());
    assert!(job.calls() <= 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_without_an_answer_ends_with_the_time() {
    let job = Job::new([State("running"), Unanswered]);
    let began = Instant::now();
    let error = Wait::new(job.clone()).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!((job.calls(), error.state()), (2, Some("running")));
    assert_eq!(began.elapsed().as_secs(), 1200);
    let error = Wait::new(Job::new([Unanswered])).await.unwrap_err();
    assert!(error.answer().is_none());
    let text = "get_job: the job was not done in time (there was no answer)";
    assert_eq!(error.to_string(), text);
}

#[tokio::test(start_paused = true)]
async fn what_is_no_state_of_the_document_goes_on() {
    let looks = [
        State("waiting"),
        State(""),
        Look::None,
        State("DONE"),
        State("done"),
    ];
    let job = Job::new(looks);
    let mut states = Vec::new();
    let wait =
        Wait::new(job.clone()).on_answer(|look| states.push(look.state().map(str::to_owned)));
    wait.await.unwrap();
    let states: Vec<_> = states.iter().map(Option::as_deref).collect();
    let expected = [Some("waiting"), Some(""), None, Some("DONE"), Some("done")];
    assert_eq!(states, expected);
    let error = Wait::new(Job::new([State("planted")])).await.unwrap_err();
    assert_eq!(error.state(), Some("planted"));
    let shown = format!("{error} {error:?}");
    assert!(
        !shown.contains("planted") && shown.contains("does not list"),
        "{shown}"
    );
}

#[tokio::test(start_paused = true)]
async fn failures_of_jobs_are_told_apart() {
    let error = Wait::new(Job::new([State("running"), State("failed")])).await;
    let error = error.unwrap_err();
    assert!(error.is_failed() && !error.needs_person() && !error.is_timeout() && !error.is_call());
    assert_eq!(
        (error.state(), error.message()),
        (Some("failed"), Some("planted text"))
    );
    assert_eq!(error.operation(), "get_job");
    assert_eq!(error.to_string(), "get_job: the job has failed (`failed`)");
    assert!(!format!("{error:?}").contains("planted"), "{error:?}");
    let error = error.into_call().unwrap_err();
    assert_eq!(
        error.into_answer().map(ResponseValue::into_inner),
        Some(Some("failed"))
    );

    let error = Wait::new(Job::new([State("asking")])).await.unwrap_err();
    assert!(error.needs_person() && !error.is_failed());
    assert_eq!(error.message(), Some("planted text"));
    assert_eq!(
        error.to_string(),
        "get_job: the job waits for a person (`asking`)"
    );
}

#[tokio::test(start_paused = true)]
async fn what_is_enough_ends_the_waiting_unless_the_job_has_failed() {
    let until = |looks: Vec<Look>, wanted: &'static str| {
        let job = Job::new(looks);
        let wait = Wait::new(job.clone()).until(move |state| *state == Some(wanted));
        async move { (wait.await.map(|answer| *answer), job.calls()) }
    };
    let looks = vec![State("running"), State("half"), State("done")];
    let (answer, calls) = until(looks, "half").await;
    assert_eq!((answer.unwrap(), calls), (Some("half"), 2));
    let (answer, _) = until(vec![State("asking")], "asking").await;
    assert_eq!(answer.unwrap(), Some("asking"));
    let (answer, _) = until(vec![State("done")], "half").await;
    assert_eq!(answer.unwrap(), Some("done"));
    let (answer, _) = until(vec![State("failed")], "failed").await;
    assert!(answer.unwrap_err().is_failed());
    let (answer, _) = until(vec![State("asking")], "half").await;
    assert!(answer.unwrap_err().needs_person());
}

#[tokio::test(start_paused = true)]
async fn failures_that_pass_are_made_up_for() {
    let passing = |times: usize| std::iter::repeat_n(Status(503), times);
    let looks = passing(5)
        .chain([State("running")])
        .chain(passing(5))
        .chain([State("done")]);
    let job = Job::new(looks);
    Wait::new(job.clone()).await.unwrap();
    assert_eq!(job.calls(), 12);

    let job = Job::new([State("running")].into_iter().chain(passing(9)));
    let error = Wait::new(job.clone()).await.unwrap_err();
    assert_eq!((job.calls(), error.state()), (7, Some("running")));
    assert!(error.is_call() && error.message().is_none());
    let text = "the state of the job is not known: get_job: HTTP 503 Service Unavailable";
    assert_eq!(error.to_string(), text);
    assert!(error.source().is_none());
    assert_eq!(error.into_call().unwrap().status().unwrap(), 503);

    let job = Job::new(passing(1));
    let wait = Wait::new(job.clone()).max_failures(0);
    assert!(wait.await.unwrap_err().is_call());
    assert_eq!(job.calls(), 1);

    let wait = Wait::new(Job::new(passing(1))).max_failures(u32::MAX);
    let error = wait.await.unwrap_err();
    assert!(error.is_timeout() && error.call().is_some());
}

#[tokio::test(start_paused = true)]
async fn other_failures_end_it() {
    for status in [400, 401, 404, 410] {
        let job = Job::new([State("running"), Status(status)]);
        let error = Wait::new(job.clone()).await.unwrap_err();
        assert_eq!(error.call().and_then(Error::status).unwrap(), status);
        assert_eq!(job.calls(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_may_ask_for_more_time() {
    let job = Job::new([Later("running", "45"), Later("running", "0"), State("done")]);
    Wait::new(job.clone()).await.unwrap();
    let gaps = job.gaps();
    assert!((45.0..45.1).contains(&gaps[0]), "{gaps:?}");
    assert!((2.0..4.1).contains(&gaps[1]), "{gaps:?}");
    // More than there is: it is looked at once more before the end.
    let job = Job::new([Later("running", "99999999999999999999"), State("done")]);
    Wait::new(job.clone()).await.unwrap();
    assert!(
        (1198.0..1200.0).contains(&job.gaps()[0]),
        "{:?}",
        job.gaps()
    );
}

#[tokio::test(start_paused = true)]
async fn dropped_it_asks_no_more() {
    let job = Job::new([State("running")]);
    let waiting = Wait::new(job.clone()).into_future();
    assert_eq!(job.calls(), 0);
    let dropped = timeout(Duration::from_secs(10), waiting).await;
    assert!(dropped.is_err());
    let calls = job.calls();
    assert!((2..=6).contains(&calls), "{calls}");
    tokio::time::sleep(Duration::from_secs(100)).await;
    assert_eq!(job.calls(), calls);
}

#[test]
fn it_crosses_threads() {
    fn is_send_sync<T: Send + Sync + 'static>() {}
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    is_send_sync::<JobError<Option<&'static str>>>();
    assert_eq!(size_of::<JobError<String>>(), size_of::<usize>());
    let wait = is_send(Wait::new(Job::new([])));
    assert!(format!("{wait:?}").starts_with("Wait { operation: \"get_job\""));
    drop(is_send(wait.into_future()));
}
