//! STS GetCallerIdentity: who am I. It speaks the query protocol with XML.

use crate::arn::{ACCOUNT, CALLER};
use crate::refusal::Refusal;

/// The operation of a form-encoded body.
pub(crate) fn operation(body: &[u8]) -> &str {
    std::str::from_utf8(body)
        .unwrap_or_default()
        .split('&')
        .find_map(|pair| pair.strip_prefix("Action="))
        .unwrap_or_default()
}

/// The answer to one STS operation: status and XML.
pub(crate) fn answer(operation: &str, refused: Option<Refusal>, request_id: &str) -> (u16, String) {
    let refused = refused.or_else(|| {
        (operation != "GetCallerIdentity").then(|| {
            Refusal::new("InvalidAction", "Could not find the operation for version 2011-06-15")
        })
    });
    match refused {
        Some(refusal) => (refusal.status, error(&refusal, request_id)),
        None => (200, identity(request_id)),
    }
}

fn identity(request_id: &str) -> String {
    format!(
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
         <GetCallerIdentityResult><Arn>{CALLER}</Arn><UserId>AROASANDBOXSANDBOX000:berth</UserId>\
         <Account>{ACCOUNT}</Account></GetCallerIdentityResult>\
         <ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata>\
         </GetCallerIdentityResponse>"
    )
}

fn error(refusal: &Refusal, request_id: &str) -> String {
    // STS has shorter names for the same errors.
    let code = match refusal.code {
        "AccessDeniedException" => "AccessDenied",
        "ExpiredTokenException" => "ExpiredToken",
        "ThrottlingException" => "Throttling",
        other => other,
    };
    let kind = if refusal.status >= 500 { "Receiver" } else { "Sender" };
    let words = refusal.message.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>{kind}</Type>\
         <Code>{code}</Code><Message>{words}</Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>"
    )
}

#[cfg(test)]
mod tests {
    use super::{answer, operation};
    use crate::weather::Weather;

    #[test]
    fn it_says_who_the_caller_is() {
        let body = b"Action=GetCallerIdentity&Version=2011-06-15";
        let (status, xml) = answer(operation(body), None, "id");
        assert_eq!(status, 200);
        assert!(xml.contains("<Account>000000000000</Account>"), "{xml}");
        let arn = "<Arn>arn:aws:sts::000000000000:assumed-role/berth-sandbox/berth</Arn>";
        assert!(xml.contains(arn), "{xml}");
    }

    #[test]
    fn it_refuses_in_its_own_codes() {
        let expired = Weather { expired: true, ..Weather::default() };
        let refusal = expired.refusal("sts", "GetCallerIdentity");
        let (status, xml) = answer("GetCallerIdentity", refusal, "id");
        assert_eq!(status, 400);
        assert!(xml.contains("<Code>ExpiredToken</Code>"), "{xml}");
        let (status, xml) = answer("AssumeRole", None, "id");
        assert_eq!(status, 400);
        assert!(xml.contains("<Code>InvalidAction</Code>"), "{xml}");
    }
}
