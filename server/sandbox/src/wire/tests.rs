//! Each protocol: what is recognised, what comes in, and the shape of answers.

use http::Request;
use serde_json::{Value, json};

use super::{Call, Protocol, cbor, form, route, xml};
use crate::refusal::Refusal;
use crate::sandbox::Sandbox;
use crate::weather::Weather;
use crate::wire::api::APIS;

type Asked = Request<&'static str>;

fn asked(method: &str, address: &str, headers: &[(&str, &str)], body: &'static str) -> Asked {
    let mut request = Request::builder().method(method).uri(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body).expect("a request")
}

fn recognised(request: Asked) -> Result<Call, Refusal> {
    let (head, body) = request.into_parts();
    route::recognise(&head, body.as_bytes())
}

fn answered(sandbox: &Sandbox, request: Asked) -> (u16, http::HeaderMap, String) {
    let (head, body) = request.into_parts();
    let response = sandbox.respond(&head, body.as_bytes());
    let (parts, body) = response.into_parts();
    (parts.status.as_u16(), parts.headers, String::from_utf8_lossy(&body).into_owned())
}

fn who(scope: &str) -> String {
    format!(
        "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-central-1/{scope}/aws4_request, \
         SignedHeaders=host, Signature=00"
    )
}

const WHO_AM_I: &str = "Action=GetCallerIdentity&Version=2011-06-15";

#[test]
fn a_request_is_recognised_by_what_its_protocol_says() {
    let ecs = "AmazonEC2ContainerServiceV20141113";
    let sts = who("sts");
    let table = [
        (
            asked("POST", "/", &[("x-amz-target", &format!("{ecs}.ListTasks"))], "{}"),
            ("ecs", "ListTasks", Protocol::Json { old: false }),
        ),
        (
            asked("POST", &format!("/service/{ecs}/operation/ListTasks"), &[], ""),
            ("ecs", "ListTasks", Protocol::Cbor),
        ),
        (asked("POST", "/", &[], WHO_AM_I), ("sts", "GetCallerIdentity", Protocol::Query)),
        (
            asked("POST", "/", &[("authorization", &sts)], "Action=AssumeRole"),
            ("sts", "AssumeRole", Protocol::Query),
        ),
        (
            asked("GET", "/?Action=GetCallerIdentity&Version=2011-06-15", &[], ""),
            ("sts", "GetCallerIdentity", Protocol::Query),
        ),
    ];
    for (request, (service, operation, protocol)) in table {
        let shown = format!("{request:?}");
        let call = recognised(request).expect(&shown);
        assert_eq!(
            (call.api.name, call.operation.as_str(), call.protocol),
            (service, operation, protocol),
            "{shown}"
        );
    }
    for request in [
        asked("GET", "/", &[], ""),
        asked("PUT", "/bucket/key", &[("authorization", &who("s3"))], "text"),
        asked("POST", "/", &[("x-amz-target", "AWSLambda.Invoke")], "{}"),
        asked("POST", "/", &[("x-amz-target", "ListTasks")], "{}"),
        asked("POST", "/service/Nobody/operation/Nothing", &[], ""),
        asked("POST", "/", &[], "Action=Fly&Version=1900-01-01"),
    ] {
        let shown = format!("{request:?}");
        let refusal = recognised(request).expect_err(&shown);
        assert_eq!(refusal.code, "UnknownOperationException", "{shown}");
    }
}

#[test]
fn sts_says_who_the_caller_is() {
    let sandbox = Sandbox::builder().open().expect("a sandbox");
    let (status, headers, xml) = answered(&sandbox, asked("POST", "/", &[], WHO_AM_I));
    assert_eq!(
        (status, &headers["content-type"]),
        (200, &http::HeaderValue::from_static("text/xml"))
    );
    assert!(headers.contains_key("x-amzn-requestid"));
    let result = "<GetCallerIdentityResult><UserId>AROASANDBOXSANDBOX000:berth</UserId>\
                  <Account>000000000000</Account>\
                  <Arn>arn:aws:sts::000000000000:assumed-role/berth-sandbox/berth</Arn>\
                  </GetCallerIdentityResult>";
    assert!(xml.contains(result), "{xml}");
}

#[test]
fn services_with_forms_refuse_in_their_own_codes() {
    let sandbox = Sandbox::builder().open().expect("a sandbox");
    let unknown = asked("POST", "/", &[], "Action=Fly&Version=2011-06-15");
    let (status, _, xml) = answered(&sandbox, unknown);
    assert_eq!(status, 400);
    assert!(xml.contains("<Type>Sender</Type><Code>InvalidAction</Code>"), "{xml}");
    sandbox.set_weather(Weather { expired: true, ..Weather::default() });
    let (_, _, xml) = answered(&sandbox, asked("POST", "/", &[], WHO_AM_I));
    assert!(xml.contains("<Code>ExpiredToken</Code>"), "{xml}");
    sandbox.set_weather(Weather { outage: true, ..Weather::default() });
    let (status, _, xml) = answered(&sandbox, asked("POST", "/", &[], WHO_AM_I));
    assert_eq!(status, 503);
    assert!(xml.contains("<Type>Receiver</Type>"), "{xml}");
}

#[test]
fn a_form_becomes_a_document() {
    let table = [
        ("", json!({})),
        ("Action=A&Version=B&Name=a+b%20c%2F", json!({"Name": "a b c/"})),
        ("Names.member.2=b&Names.member.1=a&Names.member.10=j", json!({"Names": ["a", "b", "j"]})),
        (
            "Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-1",
            json!({"Filter": [{"Name": "vpc-id", "Value": ["vpc-1"]}]}),
        ),
        ("A=%zz%4&B", json!({"A": "%zz%4", "B": ""})),
        ("A=%+1", json!({"A": "% 1"})),
        ("A=%ff", json!({"A": "\u{fffd}"})),
        ("A.member.member=x", json!({"A": {"member": {"member": "x"}}})),
    ];
    for (text, document) in table {
        assert_eq!(form::document(form::fields(text)), Ok(document), "{text}");
    }
    let deep = format!("{}=1", vec!["a"; 1_000].join("."));
    for text in ["A=1&A.b=2", &deep] {
        let refusal = form::document(form::fields(text)).expect_err(text);
        assert_eq!(refusal.code, "MalformedInput");
    }
    // A number is a name, not a length: nothing of that size is made.
    let far = form::document(form::fields("A.18446744073709551615=x"));
    assert_eq!(far, Ok(json!({"A": ["x"]})));
}

#[test]
fn xml_holds_lists_and_hostile_text() {
    let sts = &APIS[1];
    let answer = Ok(json!({
        "Tags": [{"Key": "<a&b>", "Value": "]]>\u{0}\r"}], "Truncated": false, "Count": 3, "None": null,
    }));
    let (_, body) = xml::query_answer(sts, "List", &answer, "id");
    let result = "<ListResult><Tags><member><Key>&lt;a&amp;b&gt;</Key>\
                  <Value>]]&gt;\u{fffd}&#13;</Value></member></Tags>\
                  <Truncated>false</Truncated><Count>3</Count></ListResult>";
    assert!(body.contains(result), "{body}");
    let (_, body) = xml::ec2_answer(sts, "Describe", &answer, "id");
    assert!(body.contains("<requestId>id</requestId><Tags><item><Key>"), "{body}");
    let denied = Err(Refusal::new("AccessDeniedException", "no & no"));
    let (_, body) = xml::ec2_answer(sts, "Describe", &denied, "id");
    let error = "<Response><Errors><Error><Code>UnauthorizedOperation</Code>\
                 <Message>no &amp; no</Message></Error></Errors><RequestID>id</RequestID></Response>";
    assert_eq!(body, error);
}

#[test]
fn cbor_goes_out_and_comes_back() {
    let document = json!({
        "small": 1, "byte": 200, "word": 70_000, "long": u64::from(u32::MAX) + 1, "below": -500, "half": 0.5,
        "text": "ä", "list": [true, false, null, []], "map": {"inner": {}}, "Timestamps": [1_790_000_000],
    });
    let (status, bytes) = cbor::answer(&Ok(document.clone()));
    assert_eq!(status, 200);
    assert_eq!(cbor::document(&bytes), Ok(document));
    // Time is tag 1: without it the SDK refuses the answer.
    assert!(bytes.windows(6).any(|window| window == [0xc1, 0x1a, 0x6a, 0xb1, 0x3b, 0x80]));
}

#[test]
fn broken_cbor_is_refused() {
    let mut nested = vec![0x81; 10_000];
    nested.push(0xf6);
    let mut inside = vec![0xa1, 0x61, b'a'];
    inside.extend(&nested);
    let broken: [&[u8]; 9] = [
        &[0x01],
        &[0xa1],
        &[0xa1, 0x01, 0x01],
        &[0xa1, 0x61, 0xff, 0x01],
        &[0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[0xa1, 0x61, b'a', 0x7b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[0xa0, 0x00],
        &[0xbf, 0x61, b'a'],
        &inside,
    ];
    for body in broken {
        let refusal = cbor::document(body).expect_err("broken");
        assert_eq!(refusal.code, "SerializationException", "{:02x?}", body.get(..12));
    }
    let streamed =
        [0xbf, 0x61, b'a', 0x7f, 0x61, b'b', 0x61, b'c', 0xff, 0x61, b'd', 0x9f, 0x01, 0xff, 0xff];
    assert_eq!(cbor::document(&streamed), Ok(json!({"a": "bc", "d": [1]})));
    assert_eq!(cbor::document(b""), Ok(Value::Object(serde_json::Map::new())));
}
