//! Several pieces of work at once, answers in the order of the pieces.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Does `work` on each item, `jobs` at a time. `done` hears of each as it is done; the answers are in the items' order.
pub fn in_order<I: Sync, T: Send>(
    items: &[I],
    jobs: NonZeroUsize,
    work: impl Fn(&I) -> T + Sync,
    mut done: impl FnMut(&I),
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    let mut answers: Vec<(usize, T)> = thread::scope(|scope| {
        for _ in 0..jobs.get().min(items.len()) {
            let (sender, next, work) = (sender.clone(), &next, &work);
            scope.spawn(move || {
                while let Some((index, item)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    items.get(index).map(|item| (index, item))
                } {
                    if sender.send((index, work(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        receiver
            .into_iter()
            .inspect(|(index, _)| done(&items[*index]))
            .collect()
    });
    answers.sort_by_key(|(index, _)| *index);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_order_whatever_is_done_first() {
        let items: Vec<u64> = (0..20).rev().collect();
        for jobs in [1, 4] {
            let mut count = 0;
            let answers = in_order(
                &items,
                NonZeroUsize::new(jobs).unwrap(),
                |item| {
                    thread::sleep(std::time::Duration::from_millis(*item % 3));
                    *item
                },
                |_| count += 1,
            );
            assert_eq!(answers, items);
            assert_eq!(count, items.len());
        }
    }
}
