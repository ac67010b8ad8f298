//! Diagnostics as text, by miette's graphical handler at a fixed width.
//!
//! The width is not the terminal's: the same problem reads the same on every machine and in every golden.

use std::fmt;
use std::io;
use std::sync::Arc;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, ThemeCharacters, ThemeStyles};

use super::excerpt;
use super::urls::without_secrets;
use super::{Diagnostic, Diagnostics, Label, Severity, SourceFile};

/// Columns of rendered text.
const WIDTH: usize = 100;

/// How diagnostics are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// No escape sequences: files, pipes, goldens.
    #[default]
    Plain,
    /// ANSI colours: a terminal that wants them.
    Colour,
}

impl Diagnostics {
    /// All of them as text, a blank line between two. Empty if there are none.
    #[must_use]
    pub fn render(&self, style: Style) -> String {
        let handler = handler(style);
        let mut text = String::new();
        for diagnostic in self {
            if !text.is_empty() {
                text.push('\n');
            }
            // Writing to a String cannot fail; if a label could not be drawn, the sentence alone is still worth having.
            if handler
                .render_report(&mut text, &Drawn::new(diagnostic))
                .is_err()
            {
                text.push_str(&harmless(&format!("{}: {diagnostic}\n", diagnostic.code())));
            }
        }
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    /// Writes [`Diagnostics::render`].
    pub fn write(&self, out: &mut dyn io::Write, style: Style) -> io::Result<()> {
        out.write_all(self.render(style).as_bytes())
    }
}

fn handler(style: Style) -> GraphicalReportHandler {
    let styles = match style {
        Style::Plain => ThemeStyles::none(),
        Style::Colour => ThemeStyles::ansi(),
    };
    let characters = ThemeCharacters::unicode();
    GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_links(false)
        .with_width(WIDTH)
        // A URL, a hash or a command that is cut in two cannot be copied.
        .with_break_words(false)
        .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
        // Unicode's own rules break a line behind the slash of a path.
        .with_word_separator(textwrap::WordSeparator::AsciiSpace)
        .without_syntax_highlighting()
}

/// A sentence as a terminal can be given it, without the secrets of URLs.
fn harmless(text: &str) -> String {
    excerpt::harmless(&without_secrets(text))
}

/// A diagnostic in miette's terms: one file with its labels, and each further file as a related report.
#[derive(Debug)]
struct Drawn {
    code: Option<String>,
    severity: miette::Severity,
    message: String,
    help: Option<String>,
    file: Option<Arc<SourceFile>>,
    labels: Vec<LabeledSpan>,
    related: Vec<Self>,
}

impl Drawn {
    fn new(diagnostic: &Diagnostic) -> Self {
        let mut files: Vec<(&Arc<SourceFile>, Vec<&Label>)> = Vec::new();
        for label in diagnostic.labels() {
            match files
                .iter_mut()
                .find(|(file, _)| *file == &label.place.file)
            {
                Some((_, labels)) => labels.push(label),
                None => files.push((&label.place.file, vec![label])),
            }
        }
        let mut files = files.into_iter();
        let (file, labels) = match files.next() {
            Some((file, labels)) => (Some(file), labels),
            None => (None, Vec::new()),
        };
        let mut message = diagnostic.message().to_owned();
        // Where nothing can be quoted, the sentence has to say where it is.
        if file.is_none_or(|file| file.text().is_none()) {
            if let Some(pointer) = diagnostic.pointer() {
                message.push_str(&format!("\nat JSON pointer `{pointer}`"));
            }
            if let Some(file) = file {
                message.push_str(&format!(
                    "\nin {} (not UTF-8, so it cannot be quoted)",
                    file.name()
                ));
            }
        }
        Self {
            code: Some(harmless(diagnostic.code())),
            severity: match diagnostic.severity() {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
            },
            message: harmless(&message),
            help: Some(harmless(diagnostic.help())),
            file: file.map(Arc::clone),
            labels: labels.iter().map(|label| span(label)).collect(),
            related: files
                .map(|(file, labels)| Self::elsewhere(file, &labels))
                .collect(),
        }
    }

    /// Labels in a file that is not the first one's.
    fn elsewhere(file: &Arc<SourceFile>, labels: &[&Label]) -> Self {
        Self {
            code: None,
            severity: miette::Severity::Advice,
            message: harmless(&format!("see also {}", file.name())),
            help: None,
            file: Some(Arc::clone(file)),
            labels: labels.iter().map(|label| span(label)).collect(),
            related: Vec::new(),
        }
    }
}

fn span(label: &Label) -> LabeledSpan {
    let range = label.place.file.first_line(&label.place.range);
    LabeledSpan::new(Some(harmless(&label.text)), range.start, range.len())
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawn {}

impl miette::Diagnostic for Drawn {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as _)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as _)
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        let file = self.file.as_ref().filter(|file| file.text().is_some())?;
        Some(file.as_ref())
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let quoted = self.file.as_ref().is_some_and(|file| file.text().is_some());
        (quoted && !self.labels.is_empty()).then(|| Box::new(self.labels.iter().cloned()) as _)
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        let related = self
            .related
            .iter()
            .map(|drawn| drawn as &dyn miette::Diagnostic);
        (!self.related.is_empty()).then(|| Box::new(related) as _)
    }
}
