//! A browser without a screen: it keeps its cookies.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, header};
use berth_app::error::AppError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use server_fn::ServerFn;
use server_fn::error::FromServerFnError;
use tower::ServiceExt;

/// The console's origin in tests.
pub const ORIGIN: &str = "http://127.0.0.1:3000";

/// One browser.
#[derive(Clone)]
pub struct Client {
    router: Router,
    pub cookies: BTreeMap<String, String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Client {
    pub fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new() }
    }

    /// Sends a request as it is and keeps the cookies of the answer.
    pub async fn send(&mut self, request: Request<Body>) -> Response<Body> {
        let (mut parts, body) = request.into_parts();
        for (name, value) in &self.cookies {
            parts.headers.append(header::COOKIE, format!("{name}={value}").parse().unwrap());
        }
        parts.extensions.insert(ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 50_000))));
        let response = self.router.clone().oneshot(Request::from_parts(parts, body)).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            match value {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        response
    }

    /// Sends a request and reads the whole answer.
    pub async fn answer(&mut self, request: Request<Body>) -> Answer {
        let (parts, body) = self.send(request).await.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    /// Opens a page.
    pub async fn get(&mut self, address: &str) -> Answer {
        let request = Request::get(address)
            .header(header::HOST, "127.0.0.1:3000")
            .header(header::ACCEPT, "text/html")
            .body(Body::empty())
            .unwrap();
        self.answer(request).await
    }

    /// Posts a plain form from the console's own pages.
    pub async fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> Answer {
        self.answer(form_request(address, fields)).await
    }

    /// Signs in through the form; panics when it is refused.
    pub async fn sign_in(&mut self, email: &str, password: &str) {
        let answer = self.post("/sign-in", &[("email", email), ("password", password)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        let to = answer.headers[header::LOCATION].to_str().unwrap();
        assert!(!to.starts_with("/sign-in"), "sign-in was refused: {to}");
    }

    /// Calls a server function as the browser does: its arguments as JSON.
    pub async fn call<F>(&mut self, function: &F) -> Result<F::Output, AppError>
    where
        F: ServerFn<Error = AppError> + Serialize,
        F::Output: DeserializeOwned,
    {
        let answer = self.call_raw(F::PATH, serde_json::to_value(function).unwrap()).await;
        if answer.status.is_success() {
            Ok(serde_json::from_str(&answer.text).unwrap())
        } else {
            Err(AppError::de(answer.text.into()))
        }
    }

    /// The same with the arguments as given, and the whole answer.
    pub async fn call_raw(&mut self, path: &str, arguments: serde_json::Value) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::HOST, "127.0.0.1:3000")
            .header(header::ORIGIN, ORIGIN)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(arguments.to_string()))
            .unwrap();
        self.answer(request).await
    }

    /// Calls a server function that takes a plain form, as the browser does.
    pub async fn call_form<F>(&mut self, function: &F) -> Result<F::Output, AppError>
    where
        F: ServerFn<Error = AppError> + Serialize,
        F::Output: DeserializeOwned,
    {
        let fields = serde_json::to_value(function).unwrap();
        let fields = fields.as_object().unwrap().iter();
        let fields: Vec<(&str, &str)> =
            fields.map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
        let answer = self.post(F::PATH, &fields).await;
        if answer.status.is_success() {
            Ok(serde_json::from_str(&answer.text).unwrap())
        } else {
            Err(AppError::de(answer.text.into()))
        }
    }

    /// Posts the form of a page to a server function as a browser without scripts does: it wants a
    /// page back.
    pub async fn post_from(
        &mut self,
        page: &str,
        address: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let mut request = form_request(address, fields);
        let headers = request.headers_mut();
        headers.insert(header::ACCEPT, "text/html,application/xhtml+xml".parse().unwrap());
        headers.insert(header::REFERER, format!("{ORIGIN}{page}").parse().unwrap());
        self.answer(request).await
    }
}

fn form_request(address: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let body = fields
        .iter()
        .map(|(name, value)| format!("{}={}", form_encoded(name), form_encoded(value)))
        .collect::<Vec<_>>()
        .join("&");
    Request::post(address)
        .header(header::HOST, "127.0.0.1:3000")
        .header(header::ORIGIN, ORIGIN)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap()
}

fn form_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
