//! Where a sign-in leads to.

use berth_app::links;

/// Longer addresses are not made by the console.
const LENGTH_MAX: usize = 2_000;

/// `wanted` when it is an address of this console, else the first page: a sign-in must never lead
/// to another site, nor to a post, nor round in a circle.
pub fn safe_next(wanted: &str) -> &str {
    let is_path = wanted.starts_with('/') && !wanted.starts_with("//");
    // Browsers drop tabs and line breaks from addresses and read a backslash as a slash, so that
    // "/\t/evil.example" would be another site.
    let is_plain = wanted.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let path = wanted.split(['?', '#']).next().unwrap_or_default();
    let goes_round = [links::SIGN_IN, links::SIGN_OUT].contains(&path)
        || ["/set-up/", "/api/", "/live"].iter().any(|start| path.starts_with(start));
    if is_path && is_plain && !goes_round && wanted.len() <= LENGTH_MAX {
        wanted
    } else {
        links::HOME
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_console_are_followed() {
        for good in ["/", "/clusters", "/tasks?q=a%20b&page=2", "/clusters/a%2Fb#events"] {
            assert_eq!(safe_next(good), good);
        }
        for bad in [
            "",
            "clusters",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            " /clusters",
            "/clusters\r\nSet-Cookie: a=b",
            "https://evil.example/",
            "javascript:alert(1)",
            "/sign-in?next=/",
            "/sign-out",
            "/set-up/token",
            "/api/frame",
            "/ü",
            &format!("/{}", "x".repeat(2_000)),
        ] {
            assert_eq!(safe_next(bad), "/", "{bad:?}");
        }
    }
}
