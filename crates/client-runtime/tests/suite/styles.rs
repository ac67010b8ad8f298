//! The table of OpenAPI 3.1.1 §4.8.12.6, and what is not in it.

use client_runtime::{FilePart, Parameter, RequestBody};
use reqwest::Request;
use serde::Serialize;
use serde_json::{Value, json};

const ARRAY: [&str; 3] = ["blue", "black", "brown"];

#[derive(Serialize)]
struct Rgb {
    #[serde(rename = "R")]
    r: u8,
    #[serde(rename = "G")]
    g: u8,
    #[serde(rename = "B")]
    b: u8,
}

const OBJECT: Rgb = Rgb {
    r: 100,
    g: 200,
    b: 150,
};

fn request() -> Request {
    Request::new(reqwest::Method::GET, "http://h/p".parse().unwrap())
}

/// What the parameter adds: a part of the path, the query, a header's value.
type Place = fn(&Parameter<'_>, &dyn Fn(&mut Wire<'_>)) -> String;

/// Where a value of any type is written.
enum Wire<'a> {
    Path(&'a Parameter<'a>, String),
    Query(&'a Parameter<'a>, Request),
    Header(&'a Parameter<'a>, Request),
    Cookie(&'a Parameter<'a>, Request),
}

impl Wire<'_> {
    fn write(&mut self, value: &(impl Serialize + ?Sized)) {
        let text = |error: client_runtime::CallError| format!("error: {error}");
        match self {
            Self::Path(parameter, path) => {
                *path = parameter.to_path(value).unwrap_or_else(text);
            }
            Self::Query(parameter, request) => parameter.to_query(request, value).unwrap(),
            Self::Header(parameter, request) => parameter.to_header(request, value).unwrap(),
            Self::Cookie(parameter, request) => parameter.to_cookie(request, value).unwrap(),
        }
    }
}

fn path(parameter: &Parameter<'_>, write: &dyn Fn(&mut Wire<'_>)) -> String {
    let mut wire = Wire::Path(parameter, String::new());
    write(&mut wire);
    match wire {
        Wire::Path(_, path) => path,
        _ => unreachable!(),
    }
}

fn query(parameter: &Parameter<'_>, write: &dyn Fn(&mut Wire<'_>)) -> String {
    let mut wire = Wire::Query(parameter, request());
    write(&mut wire);
    match wire {
        Wire::Query(_, request) => request.url().query().unwrap_or("nothing").to_owned(),
        _ => unreachable!(),
    }
}

fn field(request: &Request, name: &str) -> String {
    let field = request.headers().get(name);
    field.map_or("nothing".to_owned(), |field| {
        String::from_utf8_lossy(field.as_bytes()).into_owned()
    })
}

fn header(parameter: &Parameter<'_>, write: &dyn Fn(&mut Wire<'_>)) -> String {
    let mut wire = Wire::Header(parameter, request());
    write(&mut wire);
    match wire {
        Wire::Header(_, request) => field(&request, "color"),
        _ => unreachable!(),
    }
}

fn cookie(parameter: &Parameter<'_>, write: &dyn Fn(&mut Wire<'_>)) -> String {
    let mut wire = Wire::Cookie(parameter, request());
    write(&mut wire);
    match wire {
        Wire::Cookie(_, request) => field(&request, "cookie"),
        _ => unreachable!(),
    }
}

#[test]
fn the_table_of_styles() {
    const REFUSED: &str = "error: invalid request: a path parameter is empty, `.` or `..`, which would address something else";
    let p = Parameter::matrix;
    let rows: [(Parameter<'_>, Place, [&str; 4]); 17] = [
        // parameter, place, then: empty text, text, array, object
        (
            p("color"),
            path,
            [
                ";color",
                ";color=blue",
                ";color=blue,black,brown",
                ";color=R,100,G,200,B,150",
            ],
        ),
        (
            p("color").exploded(),
            path,
            [
                ";color",
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";R=100;G=200;B=150",
            ],
        ),
        (
            Parameter::label("color"),
            path,
            [REFUSED, ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
        ),
        (
            Parameter::label("color").exploded(),
            path,
            [REFUSED, ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
        ),
        (
            Parameter::simple("color"),
            path,
            [REFUSED, "blue", "blue,black,brown", "R,100,G,200,B,150"],
        ),
        (
            Parameter::simple("color").exploded(),
            path,
            [REFUSED, "blue", "blue,black,brown", "R=100,G=200,B=150"],
        ),
        (
            Parameter::simple("color"),
            header,
            ["", "blue", "blue,black,brown", "R,100,G,200,B,150"],
        ),
        (
            Parameter::simple("color").exploded(),
            header,
            ["", "blue", "blue,black,brown", "R=100,G=200,B=150"],
        ),
        (
            Parameter::form("color").joined(),
            query,
            [
                "color=",
                "color=blue",
                "color=blue,black,brown",
                "color=R,100,G,200,B,150",
            ],
        ),
        (
            Parameter::form("color"),
            query,
            [
                "color=",
                "color=blue",
                "color=blue&color=black&color=brown",
                "R=100&G=200&B=150",
            ],
        ),
        (
            Parameter::form("color").joined(),
            cookie,
            [
                "color=",
                "color=blue",
                "color=blue,black,brown",
                "color=R,100,G,200,B,150",
            ],
        ),
        (
            Parameter::form("color"),
            cookie,
            [
                "color=",
                "color=blue",
                "color=blue; color=black; color=brown",
                "R=100; G=200; B=150",
            ],
        ),
        (
            Parameter::space_delimited("color"),
            query,
            [
                "color=",
                "color=blue",
                "color=blue%20black%20brown",
                "color=R%20100%20G%20200%20B%20150",
            ],
        ),
        (
            Parameter::pipe_delimited("color"),
            query,
            [
                "color=",
                "color=blue",
                "color=blue%7Cblack%7Cbrown",
                "color=R%7C100%7CG%7C200%7CB%7C150",
            ],
        ),
        (
            Parameter::deep_object("color"),
            query,
            [
                "color=",
                "color=blue",
                "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown",
                "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
            ],
        ),
        (
            Parameter::json("color"),
            query,
            [
                "color=%22%22",
                "color=%22blue%22",
                "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D",
                "color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D",
            ],
        ),
        (
            Parameter::content("color"),
            header,
            [
                "",
                "blue",
                r#"["blue","black","brown"]"#,
                r#"{"R":100,"G":200,"B":150}"#,
            ],
        ),
    ];
    for (parameter, place, [empty, text, array, object]) in rows {
        assert_eq!(
            place(&parameter, &|wire| wire.write("")),
            empty,
            "{parameter:?}"
        );
        assert_eq!(
            place(&parameter, &|wire| wire.write("blue")),
            text,
            "{parameter:?}"
        );
        assert_eq!(
            place(&parameter, &|wire| wire.write(&ARRAY)),
            array,
            "{parameter:?}"
        );
        assert_eq!(
            place(&parameter, &|wire| wire.write(&OBJECT)),
            object,
            "{parameter:?}"
        );
    }
}

#[test]
fn what_is_not_there_is_not_written() {
    for value in [json!(null), json!([]), json!([null]), json!({"a": null})] {
        for parameter in [
            Parameter::form("color"),
            Parameter::form("color").joined(),
            Parameter::deep_object("color"),
            Parameter::pipe_delimited("color"),
        ] {
            assert_eq!(query(&parameter, &|wire| wire.write(&value)), "nothing");
            assert_eq!(cookie(&parameter, &|wire| wire.write(&value)), "nothing");
        }
        let simple = Parameter::simple("color");
        assert_eq!(header(&simple, &|wire| wire.write(&value)), "nothing");
        assert_eq!(
            simple.to_path(&value).unwrap_err().to_string(),
            "invalid request: parameter `color`: it has no value"
        );
    }
    assert_eq!(
        query(&Parameter::json("color"), &|wire| wire.write(&None::<u8>)),
        "nothing"
    );
}

#[test]
fn each_place_has_its_encoding() {
    let value = ["a,b", "c d/e&f"];
    let joined = Parameter::form("x[y]").joined();
    assert_eq!(
        query(&joined, &|wire| wire.write(&value)),
        "x%5By%5D=a%2Cb,c%20d%2Fe%26f"
    );
    assert_eq!(
        query(&joined.reserved(), &|wire| wire.write(&value)),
        "x%5By%5D=a,b,c%20d/e%26f"
    );
    assert_eq!(
        path(&Parameter::simple("x"), &|wire| wire.write(&value)),
        "a%2Cb,c%20d%2Fe%26f"
    );
    assert_eq!(
        cookie(&Parameter::form("x").joined(), &|wire| wire.write(&value)),
        "x=a%2Cb,c%20d/e&f"
    );
    let mut request = request();
    let color = Parameter::simple("color");
    assert_eq!(
        color
            .to_header(&mut request, &value)
            .unwrap_err()
            .to_string(),
        "invalid request: parameter `color`: an item holds a comma, which would make two of it"
    );
    assert!(color.to_header(&mut request, "a\nb").is_err());
    assert!(
        Parameter::simple("a b")
            .to_header(&mut request, "a")
            .is_err()
    );
    color.to_header(&mut request, "a, b").unwrap();
    assert_eq!(field(&request, "color"), "a, b");
}

#[test]
fn deep_objects_have_objects_and_lists() {
    let value = json!({"a": {"b": 1}, "c": ["x", "y"], "d": [{"e": true}]});
    let written = query(&Parameter::deep_object("f"), &|wire| wire.write(&value));
    assert_eq!(
        written.replace("%5B", "[").replace("%5D", "]"),
        "f[a][b]=1&f[c][]=x&f[c][]=y&f[d][0][e]=true"
    );
    let mut request = request();
    assert!(Parameter::form("f").to_query(&mut request, &value).is_err());
}

#[test]
fn what_is_in_the_query_and_the_cookies_stays() {
    let mut request = Request::new(
        reqwest::Method::GET,
        "http://h/p?beta=true#f".parse().unwrap(),
    );
    Parameter::form("a").to_query(&mut request, &1).unwrap();
    assert_eq!(request.url().as_str(), "http://h/p?beta=true&a=1#f");
    Parameter::form("a").to_cookie(&mut request, &1).unwrap();
    Parameter::form("b").to_cookie(&mut request, &2).unwrap();
    assert_eq!(field(&request, "cookie"), "a=1; b=2");
}

fn body(request: &Request) -> String {
    let bytes = request.body().and_then(reqwest::Body::as_bytes).unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn forms_write_each_field_in_its_style() {
    let value =
        json!({"expand": ["a", "b c"], "meta": {"k": "v w"}, "tags": ["x", "y"], "z": {"q": 1}});
    let mut request = request();
    RequestBody::new("application/x-www-form-urlencoded")
        .field(Parameter::form("tags").joined())
        .field(Parameter::deep_object("meta"))
        .form(&mut request, &value)
        .unwrap();
    assert_eq!(
        body(&request),
        "expand=a&expand=b+c&meta%5Bk%5D=v%20w&tags=x,y&z=%7B%22q%22%3A1%7D"
    );
    assert_eq!(
        field(&request, "content-type"),
        "application/x-www-form-urlencoded"
    );
}

#[test]
fn json_and_bytes_have_the_stated_type() {
    let mut request = request();
    let patch = RequestBody::new("application/merge-patch+json");
    patch.json(&mut request, &json!({"a": null})).unwrap();
    assert_eq!(
        field(&request, "content-type"),
        "application/merge-patch+json"
    );
    assert_eq!(body(&request), r#"{"a":null}"#);
    RequestBody::new("image/png")
        .raw(&mut request, "x")
        .unwrap();
    assert_eq!(field(&request, "content-type"), "image/png");
    assert!(RequestBody::new("a\nb").raw(&mut request, "x").is_err());
    let multipart = || RequestBody::new("multipart/form-data");
    assert!(multipart().multipart(&mut request, &Value::Null).is_err());
    let parts = json!({"a": 1});
    multipart().multipart(&mut request, &parts).unwrap();
    let boundary = field(&request, "content-type");
    let boundary = boundary
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    assert_eq!(
        body(&request),
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--{boundary}--\r\n"
        )
    );
    assert_eq!(FilePart::from("a"), FilePart::new("a"));
}
