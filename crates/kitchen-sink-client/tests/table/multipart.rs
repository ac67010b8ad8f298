//! Bodies of parts.

use std::collections::BTreeMap;

use kitchen_sink_client::FilePart;
use kitchen_sink_client::types::{PaletteImport, PaletteImportSource, Rgb, Source};

use crate::support::*;

/// What a body has at least, and how that is sent.
fn import() -> PaletteImport {
    PaletteImport::new(FilePart::from("z"), "T")
}
const TITLE: &str = "name=\"title\"\r\n\r\nT";
const ARCHIVE: &str =
    "name=\"archive\"; filename=\"archive\"\r\nContent-Type: application/octet-stream\r\n\r\nz";

sends! {
    a_file_has_a_name_and_a_type_and_comes_last "issue 5" {
        |c| c.import_palettes().body(import()) =>
            "POST /v1/palettes/import HTTP/1.1", parts "multipart/form-data" [TITLE, ARCHIVE];
    }
    a_file_is_called_and_typed_as_it_was_said "issue 5" {
        |c| {
            let archive = FilePart::new(vec![0x00, 0xff]).with_file_name("p.zip").with_content_type("application/zip");
            c.import_palettes().body(PaletteImport::new(archive, "T"))
        } => "POST /v1/palettes/import HTTP/1.1", parts "multipart/form-data"
            [TITLE, "name=\"archive\"; filename=\"p.zip\"\r\nContent-Type: application/zip\r\n\r\n\u{0}\u{ff}"];
    }
    a_name_cannot_leave_its_quotes "issue 5" {
        |c| c.import_palettes().body(PaletteImport::new(FilePart::from("z").with_file_name("a\"b\r\nX: y"), "T")) =>
            "POST /v1/palettes/import HTTP/1.1", parts "multipart/form-data"
            [TITLE, "name=\"archive\"; filename=\"a%22b%0D%0AX: y\"\r\nContent-Type: application/octet-stream\r\n\r\nz"];
    }
    several_files_have_one_name "issue 5" {
        |c| c.import_palettes().body(import().attachments(vec![FilePart::from("1"), FilePart::from("2").with_file_name("b.txt")])) =>
            "POST /v1/palettes/import HTTP/1.1", parts "multipart/form-data" [
                TITLE,
                ARCHIVE,
                "name=\"attachments\"; filename=\"attachments\"\r\nContent-Type: application/octet-stream\r\n\r\n1",
                "name=\"attachments\"; filename=\"b.txt\"\r\nContent-Type: application/octet-stream\r\n\r\n2"
            ];
    }
    a_file_has_the_type_that_is_documented "issue 5" {
        |c| c.import_palettes().body(import().preview(FilePart::from(b"\x89PNG"))) =>
            "POST /v1/palettes/import HTTP/1.1",
            parts "multipart/form-data"
            [TITLE, ARCHIVE, "name=\"preview\"; filename=\"preview\"\r\nContent-Type: image/png\r\n\r\n\u{89}PNG"];
    }
    a_text_has_the_type_that_is_documented "issue 5" {
        |c| c.import_palettes().body(import().notes("# N")) =>
            "POST /v1/palettes/import HTTP/1.1", parts "multipart/form-data"
            ["name=\"notes\"\r\nContent-Type: text/markdown\r\n\r\n# N", TITLE, ARCHIVE];
    }
    a_number_is_a_text "issue 5" {
        |c| c.import_palettes().body(import().count(3)) =>
            "POST /v1/palettes/import HTTP/1.1", parts "multipart/form-data"
            ["name=\"count\"\r\n\r\n3", TITLE, ARCHIVE];
    }
    an_object_is_json "issue 5" {
        |c| c.import_palettes().body(import().color(Rgb::new(3, 2, 1))) => "POST /v1/palettes/import HTTP/1.1",
            parts "multipart/form-data"
            ["name=\"color\"\r\nContent-Type: application/json\r\n\r\n{\"B\":3,\"G\":2,\"R\":1}", TITLE, ARCHIVE];
    }
    a_list_is_a_part_per_item "issue 5" {
        |c| c.import_palettes().body(import().labels(texts(&["x", "y"]))) => "POST /v1/palettes/import HTTP/1.1",
            parts "multipart/form-data" ["name=\"labels\"\r\n\r\nx", "name=\"labels\"\r\n\r\ny", TITLE, ARCHIVE];
    }
    a_part_that_is_null_is_not_sent "issue 5" {
        |c| c.import_palettes().body(import().preview(None)) => "POST /v1/palettes/import HTTP/1.1",
            parts "multipart/form-data" [TITLE, ARCHIVE];
    }
    a_branch_may_be_a_file "issue 5" {
        |c| c.import_palettes().body(import().source(PaletteImportSource::from(Source(FilePart::from("s"))))) =>
            "POST /v1/palettes/import HTTP/1.1", parts "multipart/form-data" [
                TITLE,
                ARCHIVE,
                "name=\"source\"; filename=\"source\"\r\nContent-Type: application/octet-stream\r\n\r\ns"
            ];
    }
    parts_that_are_not_described_may_be_any "issue 5" {
        |c| c.replace_palettes().body(BTreeMap::from([("a".to_owned(), FilePart::from("1"))])) =>
            "PUT /v1/palettes/import HTTP/1.1", parts "multipart/related"
            ["name=\"a\"; filename=\"a\"\r\nContent-Type: application/octet-stream\r\n\r\n1"];
    }
    parts_may_be_absent_altogether "PROGENITOR B7" {
        |c| c.replace_palettes() => "PUT /v1/palettes/import HTTP/1.1", header "content-type" [""; 0], body "";
    }
}
