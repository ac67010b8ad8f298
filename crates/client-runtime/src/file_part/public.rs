//! A file in a multipart body.

use std::cell::RefCell;
use std::fmt;

use bytes::Bytes;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error, Serialize, Serializer};

/// Name of the newtype that a file is to serde, by which [`Tree`](crate::tree::Tree) knows it.
pub(crate) const NAME: &str = "client_runtime::FilePart";

/// A part of a multipart body that is a file: bytes, and what is said about them.
///
/// ```
/// use client_runtime::FilePart;
///
/// let part = FilePart::new(&b"\x89PNG"[..])
///     .with_file_name("logo.png")
///     .with_content_type("image/png");
/// assert_eq!(part.file_name(), Some("logo.png"));
/// ```
///
/// Bytes and texts turn into a part with `into`, so a builder's setter takes them as they are.
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    content: Bytes,
    file_name: Option<String>,
    content_type: Option<String>,
}

impl FilePart {
    /// A file of these bytes. Without more it is sent under the name of its part, with the media type that the API
    /// documents for the part, or else as `application/octet-stream`.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self {
            content: bytes.into(),
            file_name: None,
            content_type: None,
        }
    }

    /// Sets the file's name.
    #[must_use]
    pub fn with_file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type of the bytes.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The file's name, if it was set.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The media type of the bytes, if it was set.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    pub(crate) fn bytes(&self) -> &Bytes {
        &self.content
    }

    /// The bytes, if they are UTF-8.
    pub(crate) fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.content).ok()
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart")
            .field("length", &self.content.len())
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish()
    }
}

macro_rules! from {
    ($($type:ty,)*) => {
        $(impl From<$type> for FilePart {
            fn from(content: $type) -> Self {
                Self::new(content)
            }
        })*
    };
}

from! { Bytes, Vec<u8>, String, &'static [u8], &'static str, }

impl<const N: usize> From<&'static [u8; N]> for FilePart {
    fn from(content: &'static [u8; N]) -> Self {
        Self::new(&content[..])
    }
}

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
            Some(text) => serializer.serialize_str(text),
            None => Err(S::Error::custom("the bytes of a file are not UTF-8")),
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
    use super::*;
    use crate::tree::Tree;

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
