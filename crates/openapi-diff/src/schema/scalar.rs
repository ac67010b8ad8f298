//! Which Rust type a plain value has, as typify 0.8 and our `finish` make it.

/// What people call the type that a plain schema becomes. Two that are called alike are one Rust type.
pub(crate) fn scalar(name: &str, format: Option<&str>) -> &'static str {
    match (name, format) {
        ("string", Some("date-time")) => "a date-time",
        ("string", Some("date")) => "a date",
        ("string", Some("uuid")) => "a UUID",
        ("string", Some("ip")) => "an IP address",
        ("string", Some("ipv4")) => "an IPv4 address",
        ("string", Some("ipv6")) => "an IPv6 address",
        // In a multipart body; in JSON it is a text.
        ("string", Some("binary")) => "a file",
        ("string", _) => "a text",
        ("integer", Some("int8")) => "an integer of 8 bits",
        ("integer", Some("uint8")) => "an unsigned integer of 8 bits",
        ("integer", Some("int16")) => "an integer of 16 bits",
        ("integer", Some("uint16")) => "an unsigned integer of 16 bits",
        ("integer", Some("int" | "int32")) => "an integer of 32 bits",
        ("integer", Some("uint" | "uint32")) => "an unsigned integer of 32 bits",
        ("integer", Some("uint64")) => "an unsigned integer of 64 bits",
        ("integer", _) => "an integer",
        ("number", Some("float")) => "a number of 32 bits",
        ("number", _) => "a number",
        ("boolean", _) => "a flag",
        ("array", _) => "a list",
        ("object", _) => "an object",
        ("null", _) => "null",
        _ => "any value",
    }
}
