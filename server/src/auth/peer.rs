//! Where a request comes from.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

/// Whether a proxy of one's own stands in front and writes `X-Forwarded-For`. Without one the
/// header is whatever the visitor likes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrustForwarded(pub bool);

/// Who asks, as far as the network tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// The address of the visitor.
    pub address: IpAddr,
    /// Finds the request in the log.
    pub request_id: String,
}

impl<S> FromRequestParts<S> for Peer
where
    S: Send + Sync,
    TrustForwarded: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        // Without a connection (a Unix socket, a test) everybody is one visitor.
        let connected = connected.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
        let trusted = TrustForwarded::from_ref(state).0;
        let address = trusted.then(|| forwarded(&parts.headers)).flatten().unwrap_or(connected);
        // The router gives each request one, whatever the visitor sent.
        let request_id = parts.headers.get("x-request-id").and_then(|id| id.to_str().ok());
        Ok(Self { address, request_id: request_id.unwrap_or_default().to_owned() })
    }
}

/// The last address that was added: the proxy's own word. Those before it came with the request.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_proxys_own_word_counts() {
        for (lines, found) in [
            (&[][..], None),
            (&["10.0.0.1"], Some("10.0.0.1")),
            (&["6.6.6.6, 10.0.0.1"], Some("10.0.0.1")),
            (&["6.6.6.6", "2001:db8::1"], Some("2001:db8::1")),
            (&["10.0.0.1, evil"], None),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", line.parse().unwrap());
            }
            assert_eq!(forwarded(&headers), found.map(|text| text.parse().unwrap()), "{lines:?}");
        }
    }
}
