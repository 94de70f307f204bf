//! What to do about AWS's errors: a table from their codes to a class and a sentence.

/// What an error answer means for whoever asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Too many calls.
    Throttled,
    /// A permission is missing.
    Denied,
    /// The credentials are not valid.
    Credentials,
    /// AWS's own fault.
    Fault,
    /// The same token was used for something else.
    Conflict,
    /// The request does not hold.
    Refused,
}

/// What to do when AWS does not take the credentials.
pub(super) const CREDENTIALS: &str =
    "Renew the credentials that the console runs with; it notices by itself.";

/// The class of an error code; the HTTP status decides where there is none.
pub(super) fn class(code: &str, status: u16) -> Class {
    match code {
        "ThrottlingException"
        | "Throttling"
        | "ThrottledException"
        | "TooManyRequestsException"
        | "RequestLimitExceeded"
        | "SlowDown"
        | "RequestThrottled"
        | "RequestThrottledException" => Class::Throttled,
        "AccessDeniedException"
        | "AccessDenied"
        | "UnauthorizedOperation"
        | "NotAuthorized"
        | "BlockedException" => Class::Denied,
        "ExpiredTokenException"
        | "ExpiredToken"
        | "RequestExpired"
        | "TokenRefreshRequired"
        | "UnrecognizedClientException"
        | "InvalidClientTokenId"
        | "InvalidSignatureException"
        | "SignatureDoesNotMatch"
        | "IncompleteSignature"
        | "IncompleteSignatureException"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException"
        | "AuthFailure"
        | "OptInRequired" => Class::Credentials,
        "ConflictException" => Class::Conflict,
        "ServerException"
        | "InternalFailure"
        | "InternalServerError"
        | "ServiceUnavailable"
        | "ServiceUnavailableException" => Class::Fault,
        "" if status == 429 => Class::Throttled,
        "" if status == 401 || status == 403 => Class::Denied,
        _ if status >= 500 => Class::Fault,
        _ => Class::Refused,
    }
}

/// Whether a refused look-up says that the thing is not there. ECS has no exception of its own for
/// a task definition.
pub(super) fn means_missing(code: &str, said: &str) -> bool {
    match code {
        "ClusterNotFoundException" | "ServiceNotFoundException" | "ResourceNotFoundException" => {
            true
        }
        "ClientException" => said.starts_with("Unable to describe task definition"),
        _ => false,
    }
}

/// What the person can do about an error.
pub(super) fn next_step(operation: &str, code: &str, said: &str, status: u16) -> String {
    match class(code, status) {
        Class::Throttled => {
            "Wait a minute. Other tools in the account share the same limit.".into()
        }
        Class::Credentials => CREDENTIALS.into(),
        Class::Fault => "Wait a minute, then look at the list before you send it again.".into(),
        Class::Conflict => "Reload the form and send it again.".into(),
        Class::Denied if code == "BlockedException" => {
            "AWS has blocked the account. Ask AWS Support.".into()
        }
        Class::Denied => grant(operation, said),
        Class::Refused => refused(operation, code, said),
    }
}

/// Names the permission that is missing. AWS's sentence knows best: running a task can also lack
/// `iam:PassRole`.
fn grant(operation: &str, said: &str) -> String {
    match named_right(said) {
        Some("iam:PassRole") => {
            "Grant iam:PassRole for the roles of the task definition to the console's role.".into()
        }
        Some(action) => format!("Grant {action} to the console's role."),
        _ => format!("Grant ecs:{operation} to the console's role."),
    }
}

/// The right that AWS's sentence says is missing.
pub(super) fn named_right(said: &str) -> Option<&str> {
    let named = said.split("to perform: ").nth(1).and_then(|rest| rest.split_whitespace().next());
    named.map(|action| action.trim_end_matches(['.', ','])).filter(|action| action.contains(':'))
}

fn refused(operation: &str, code: &str, said: &str) -> String {
    let words = said.to_lowercase();
    let next = match code {
        "ClusterNotFoundException" => {
            "The cluster may have been deleted. Go back to the list of clusters."
        }
        "ServiceNotFoundException" => {
            "The service may have been deleted. Go back to the list of services."
        }
        "ServiceNotActiveException" => {
            "The service is being deleted. Create it again once it is gone."
        }
        "ClusterContainsServicesException" => "Delete the cluster's services first.",
        "ClusterContainsTasksException" => "Stop the cluster's tasks first.",
        "ClusterContainsContainerInstancesException" => {
            "Deregister the cluster's container instances first."
        }
        "ClusterContainsCapacityProviderException" => {
            "Delete the cluster's own capacity providers first."
        }
        "LimitExceededException" => {
            "Delete what is no longer used, or ask AWS for a higher quota in Service Quotas."
        }
        "UnsupportedFeatureException" => "Choose something that this region offers.",
        "PlatformUnknownException" => "Choose a platform version that exists, such as LATEST.",
        "PlatformTaskDefinitionIncompatibilityException" => {
            "Choose a newer platform version, or leave out what it does not know."
        }
        "NamespaceNotFoundException" => "Create the Cloud Map namespace, or name another one.",
        "ResourceInUseException" => "Wait until what uses it has ended, then try again.",
        "UpdateInProgressException" => "Wait until the update that runs now has ended.",
        "SerializationException" => "Check that the document has the shape that ECS expects.",
        _ if words.contains("service linked role") || words.contains("service-linked role") => {
            "Create the role AWSServiceRoleForECS once: aws iam create-service-linked-role \
             --aws-service-name ecs.amazonaws.com"
        }
        _ if words.contains("not idempotent") => {
            "A service of this name exists already. Choose another name, or change that one."
        }
        _ if operation == "RegisterTaskDefinition" => {
            "Correct the task definition and register it again."
        }
        "InvalidParameterException" | "ClientException" => {
            "Correct what the sentence names and send it again."
        }
        _ => "Correct the request and send it again.",
    };
    next.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_class() {
        for (code, status, wanted) in [
            ("ThrottlingException", 400, Class::Throttled),
            ("", 429, Class::Throttled),
            ("AccessDeniedException", 400, Class::Denied),
            ("ExpiredTokenException", 400, Class::Credentials),
            ("UnrecognizedClientException", 400, Class::Credentials),
            ("ServerException", 500, Class::Fault),
            ("", 503, Class::Fault),
            ("ConflictException", 400, Class::Conflict),
            ("InvalidParameterException", 400, Class::Refused),
            ("SomethingNewException", 400, Class::Refused),
            ("", 404, Class::Refused),
        ] {
            assert_eq!(class(code, status), wanted, "{code} {status}");
        }
    }

    #[test]
    fn a_missing_permission_is_named() {
        let user = "User: arn:aws:sts::123456789012:assumed-role/berth/i-1 is not authorized to";
        for (said, wanted) in [
            (
                format!("{user} perform: ecs:RunTask on resource: * because no policy allows it"),
                "Grant ecs:RunTask to the console's role.",
            ),
            (
                format!("{user} perform: iam:PassRole on resource: arn:aws:iam::1:role/x"),
                "Grant iam:PassRole for the roles of the task definition to the console's role.",
            ),
            ("No.".to_owned(), "Grant ecs:StopTask to the console's role."),
        ] {
            assert_eq!(next_step("StopTask", "AccessDeniedException", &said, 400), wanted);
        }
    }

    #[test]
    fn every_refusal_says_what_to_do() {
        for (operation, code, said, word) in [
            ("DeleteCluster", "ClusterContainsServicesException", "", "services first"),
            ("DeleteCluster", "ClusterContainsTasksException", "", "tasks first"),
            ("UpdateService", "ServiceNotActiveException", "", "being deleted"),
            ("RunTask", "ClusterNotFoundException", "", "list of clusters"),
            ("RunTask", "LimitExceededException", "", "Service Quotas"),
            ("RunTask", "PlatformUnknownException", "", "LATEST"),
            ("RegisterTaskDefinition", "ClientException", "No.", "task definition"),
            ("CreateService", "InvalidParameterException", "No.", "sentence names"),
            (
                "CreateService",
                "InvalidParameterException",
                "Creation of service was not idempotent.",
                "another name",
            ),
            (
                "CreateCluster",
                "InvalidParameterException",
                "Unable to assume the service linked role.",
                "create-service-linked-role",
            ),
            ("CreateService", "SomethingNewException", "", "send it again"),
        ] {
            let next = next_step(operation, code, said, 400);
            assert!(next.contains(word), "{code}: {next}");
        }
    }
}
