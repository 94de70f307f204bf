//! The services that the sandbox knows, each with the names by which a request
//! can mean it.

use crate::neighbours::{cloud_map, cloudwatch, ec2, ecr, efs, elbv2, iam, logs, scaling, secrets};
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
pub(crate) static APIS: [Api; 13] = [
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
    Api {
        name: "application-autoscaling",
        scope: "application-autoscaling",
        target: "AnyScaleFrontendService",
        version: "",
        namespace: "",
        built: &scaling::BUILT,
        not_built: &[],
    },
    Api {
        name: "ec2",
        scope: "ec2",
        target: "",
        version: "2016-11-15",
        namespace: "http://ec2.amazonaws.com/doc/2016-11-15/",
        built: &ec2::BUILT,
        not_built: &[],
    },
    Api {
        name: "ecr",
        scope: "ecr",
        target: "AmazonEC2ContainerRegistry_V20150921",
        version: "",
        namespace: "",
        built: &ecr::BUILT,
        not_built: &[],
    },
    Api {
        name: "elasticfilesystem",
        scope: "elasticfilesystem",
        target: "",
        version: "",
        namespace: "",
        built: &efs::BUILT,
        not_built: &[],
    },
    Api {
        name: "iam",
        scope: "iam",
        target: "",
        version: "2010-05-08",
        namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
        built: &iam::BUILT,
        not_built: &[],
    },
    Api {
        name: "logs",
        scope: "logs",
        target: "Logs_20140328",
        version: "",
        namespace: "",
        built: &logs::BUILT,
        not_built: &[],
    },
    Api {
        name: "cloudwatch",
        scope: "monitoring",
        target: "GraniteServiceVersion20100801",
        version: "2010-08-01",
        namespace: "http://monitoring.amazonaws.com/doc/2010-08-01/",
        built: &cloudwatch::BUILT,
        not_built: &[],
    },
    Api {
        name: "elasticloadbalancing",
        scope: "elasticloadbalancing",
        target: "",
        version: "2015-12-01",
        namespace: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
        built: &elbv2::BUILT,
        not_built: &[],
    },
    Api {
        name: "secretsmanager",
        scope: "secretsmanager",
        target: "secretsmanager",
        version: "",
        namespace: "",
        built: &secrets::SECRETS,
        not_built: &[],
    },
    Api {
        name: "servicediscovery",
        scope: "servicediscovery",
        target: "Route53AutoNaming_v20170314",
        version: "",
        namespace: "",
        built: &cloud_map::BUILT,
        not_built: &[],
    },
    Api {
        name: "ssm",
        scope: "ssm",
        target: "AmazonSSM",
        version: "",
        namespace: "",
        built: &secrets::PARAMETERS,
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

#[cfg(test)]
mod tests {
    use super::APIS;

    #[test]
    fn the_readme_lists_the_neighbours() {
        let neighbours = APIS.iter().filter(|api| api.name != "ecs");
        let lines = neighbours.map(|api| {
            let names: Vec<&str> = api.built.iter().map(|operation| operation.name).collect();
            format!("- {}: {}\n", api.name, names.join(", "))
        });
        let wanted: String = lines.collect();
        let readme = include_str!("../../README.md");
        assert!(readme.contains(&format!("\n\n{wanted}\n")), "README.md should have:\n{wanted}");
    }

    #[test]
    fn no_two_services_can_be_meant_by_one_name() {
        for (at, one) in APIS.iter().enumerate() {
            for other in APIS.iter().skip(at + 1) {
                assert_ne!(one.name, other.name);
                assert_ne!(one.scope, other.scope);
                assert!(one.target.is_empty() || one.target != other.target, "{}", one.name);
                assert!(one.version.is_empty() || one.version != other.version, "{}", one.name);
            }
        }
    }
}
