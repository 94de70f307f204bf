//! The services that the sandbox knows, each with the names by which a request
//! can mean it.

use crate::operations::{self, Operation};
use crate::refusal::Refusal;
use crate::sts;

/// A service of AWS.
#[derive(Debug)]
pub(crate) struct Api {
    /// Before the colon of an IAM action.
    pub(crate) name: &'static str,
    /// In the credential scope of a signature.
    pub(crate) scope: &'static str,
    /// Before the dot of `X-Amz-Target`, and in the path of rpc-v2-cbor; empty
    /// where the service speaks neither.
    pub(crate) target: &'static str,
    /// The version that a form names; empty where the service takes no forms.
    pub(crate) version: &'static str,
    /// The XML namespace of its answers.
    pub(crate) namespace: &'static str,
    /// Built operations.
    pub(crate) built: &'static [Operation],
    /// Operations known by name only.
    pub(crate) not_built: &'static [&'static str],
}

impl PartialEq for Api {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Amazon ECS.
pub(crate) const ECS: Api = Api {
    name: "ecs",
    scope: "ecs",
    target: "AmazonEC2ContainerServiceV20141113",
    version: "",
    namespace: "",
    built: &operations::BUILT,
    not_built: &operations::NOT_BUILT,
};

/// Every service, ECS first.
pub(crate) static APIS: [Api; 2] = [
    ECS,
    Api {
        name: "sts",
        scope: "sts",
        target: "",
        version: "2011-06-15",
        namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
        built: &sts::BUILT,
        not_built: &[],
    },
];

impl Api {
    /// The built operation of a name.
    pub(crate) fn operation(&self, name: &str) -> Option<&'static Operation> {
        self.built.iter().find(|operation| operation.name == name)
    }

    /// An operation's name in the journal and in the count of calls: ECS's own
    /// stands alone, a neighbour's after its service.
    pub(crate) fn full_name(&self, operation: &str) -> String {
        match self.name {
            "ecs" | "sts" => operation.to_owned(),
            name => format!("{name}:{operation}"),
        }
    }

    /// What the service says about an operation that it does not have.
    pub(crate) fn unknown(&self, operation: &str) -> Refusal {
        if self.version.is_empty() || !self.target.is_empty() {
            let target = format!("{}.{operation}", self.target);
            return Refusal::new(
                "UnknownOperationException",
                format!("Unknown operation: {target}"),
            );
        }
        let version = self.version;
        Refusal::new(
            "InvalidAction",
            format!("Could not find operation {operation} for version {version}"),
        )
    }
}

/// The operation that a journal calls by this name.
pub(crate) fn journalled(name: &str) -> Option<&'static Operation> {
    let (service, operation) = name.split_once(':').unwrap_or(("ecs", name));
    APIS.iter().find(|api| api.name == service)?.operation(operation)
}
