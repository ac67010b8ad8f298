//! Path templates.

/// The path without the names of its parameters: `/users/{}/posts` of `/users/{id}/posts`.
pub(super) fn shape(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        shape.push_str(before);
        shape.push('{');
        rest = match after.split_once('}') {
            Some((_, rest)) => {
                shape.push('}');
                rest
            }
            None => after,
        };
    }
    shape + rest
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn names_of_parameters_are_left_out() {
        assert_eq!(shape("/users/{id}/posts"), "/users/{}/posts");
        assert_eq!(shape("/a/{b}.{c}"), "/a/{}.{}");
        assert_eq!(shape("/a/{b"), "/a/{b");
        assert_eq!(shape(""), "");
    }
}
