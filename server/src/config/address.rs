//! Addresses that an administrator writes, checked once.

use std::fmt;
use std::net::SocketAddr;

use axum::http::Uri;

/// An address that begins with `http://` or `https://` and holds no password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpUrl(String);

impl HttpUrl {
    /// Refuses, with the reason, what is no such address.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let uri: Uri = text.parse().map_err(|_| "is not a URL")?;
        if !matches!(uri.scheme_str(), Some("http" | "https")) {
            return Err("does not begin with http:// or https://");
        }
        match uri.authority() {
            None => Err("names no host"),
            Some(authority) if authority.as_str().contains('@') => {
                Err("holds a user name or password, which would show in logs")
            }
            Some(_) => Ok(Self(text.to_owned())),
        }
    }

    /// The address as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where people reach the console: a scheme, a host and perhaps a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
}

impl PublicUrl {
    /// Refuses, with the reason, what is no origin. Berth lives at the root of its host, so a path
    /// is refused too.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        HttpUrl::parse(text)?;
        let uri: Uri = text.parse().map_err(|_| "is not a URL")?;
        if uri.path() != "/" || uri.query().is_some() {
            return Err("has a path; the console lives at the root of its host");
        }
        let scheme = uri.scheme_str().unwrap_or("http");
        let host = uri.host().unwrap_or_default().to_lowercase();
        // Browsers leave the usual port out of the Origin they send.
        let port = match (scheme, uri.port_u16()) {
            (_, None) | ("http", Some(80)) | ("https", Some(443)) => String::new(),
            (_, Some(port)) => format!(":{port}"),
        };
        Ok(Self { origin: format!("{scheme}://{host}{port}") })
    }

    /// The address to offer when none was configured. "Every interface" is nothing a browser can
    /// open, so it becomes this machine.
    pub fn of(listen: SocketAddr) -> Self {
        let mut shown = listen;
        if listen.ip().is_unspecified() {
            shown.set_ip(match listen {
                SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
                SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
            });
        }
        Self { origin: format!("http://{shown}") }
    }

    /// As a browser's `Origin` header spells it, without a slash at its end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether cookies may insist on an encrypted connection.
    pub fn is_secure(&self) -> bool {
        self.origin.starts_with("https://")
    }
}

/// An address with a password in it: usable, never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretUrl(String);

impl SecretUrl {
    /// Takes the address as it is.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The address itself, for the connection only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SecretUrl(hidden)")
    }
}
