//! How a file passes through serde.

use std::cell::RefCell;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error, Serialize, Serializer};

use super::FilePart;

/// Name of the newtype that a file is to serde, by which [`Tree`](crate::tree::Tree) knows it.
pub(crate) const NAME: &str = "client_runtime::FilePart";

thread_local! {
    /// Serde has no way to pass a value through but as bytes; a file is handed over beside it. `None`: nobody asks.
    static HANDED_OVER: RefCell<Option<Option<FilePart>>> = const { RefCell::new(None) };
}

/// Runs `work`, in which [`take_handed_over`] gives the file that was serialized last.
pub(crate) fn handing_over<T>(work: impl FnOnce() -> T) -> T {
    /// A panic of `work` must not leave a file behind.
    struct Restore(Option<Option<FilePart>>);
    impl Drop for Restore {
        fn drop(&mut self) {
            HANDED_OVER.set(self.0.take());
        }
    }
    let _restore = Restore(HANDED_OVER.replace(Some(None)));
    work()
}

pub(crate) fn take_handed_over() -> Option<FilePart> {
    HANDED_OVER.with_borrow_mut(|slot| slot.as_mut().and_then(Option::take))
}

/// What a file is where there are no files: its text.
struct Text<'a>(&'a FilePart);

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.text() {
            Ok(text) => serializer.serialize_str(text),
            Err(problem) => Err(S::Error::custom(problem)),
        }
    }
}

/// Outside of a multipart body a file is its text, if it is one.
impl Serialize for FilePart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        HANDED_OVER.with_borrow_mut(|slot| {
            if let Some(slot) = slot {
                *slot = Some(self.clone());
            }
        });
        serializer.serialize_newtype_struct(NAME, &Text(self))
    }
}

impl<'de> Deserialize<'de> for FilePart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use super::*;
    use crate::tree::Tree;

    #[tokio::test]
    async fn what_is_not_in_memory_is_handed_over_and_has_no_text() {
        let file = FilePart::open("Cargo.toml").await.unwrap();
        let Ok(Tree::List(items)) = Tree::of(&[&file]) else {
            panic!("no list")
        };
        assert!(matches!(&items[0], Tree::File(found) if *found == file));
        let reason = "a file on disk or a stream cannot be a text: it is sent as a part of a multipart body, or as a body";
        for error in [
            serde_json::to_string(&file).unwrap_err().to_string(),
            items[0].text().unwrap_err().to_string(),
            items[0].to_json().unwrap_err().to_string(),
        ] {
            assert_eq!(error, reason);
        }
        let length = file.length();
        assert_eq!(
            format!("{file:?}"),
            format!(
                "FilePart {{ content: a file on disk, length: {length}, file_name: Some(\"Cargo.toml\"), content_type: None }}"
            )
        );
        assert_eq!(file, FilePart::open("Cargo.toml").await.unwrap());
        assert_ne!(file, FilePart::open("README.md").await.unwrap());
        let stream = || FilePart::from_stream(Empty, 0);
        let one = stream();
        assert_eq!(one, one.clone());
        assert_ne!(one, stream());
        assert_ne!(one, FilePart::from(""));
    }

    struct Empty;

    impl futures_core::Stream for Empty {
        type Item = Result<Vec<u8>, std::io::Error>;

        fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(None)
        }
    }

    #[test]
    fn a_file_is_handed_over_whole_and_is_its_text_elsewhere() {
        let file = FilePart::new(vec![0xff]).with_file_name("f");
        let Ok(Tree::List(items)) = Tree::of(&[Some(file.clone())]) else {
            panic!("no list")
        };
        assert!(matches!(&items[0], Tree::File(found) if *found == file));
        assert!(serde_json::to_string(&file).is_err());
        assert_eq!(
            serde_json::to_string(&FilePart::from("a")).unwrap(),
            r#""a""#
        );
        let read: FilePart = serde_json::from_str(r#""a""#).unwrap();
        assert_eq!(read, FilePart::from("a"));
        assert!(!format!("{:?}", FilePart::from("SECRET")).contains("SECRET"));
        assert!(take_handed_over().is_none());
    }
}
