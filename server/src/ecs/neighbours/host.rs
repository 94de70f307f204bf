//! Where each neighbour answers, and how it is signed for.

/// A service beside ECS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    Ec2,
    Ecr,
    Efs,
    Iam,
    Logs,
    Parameters,
    Secrets,
}

impl Service {
    /// For people.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ec2 => "Amazon EC2",
            Self::Ecr => "Amazon ECR",
            Self::Efs => "Amazon EFS",
            Self::Iam => "IAM",
            Self::Logs => "CloudWatch Logs",
            Self::Parameters => "Systems Manager",
            Self::Secrets => "Secrets Manager",
        }
    }

    /// Before the colon of its rights, and in the scope of a signature.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::Ec2 => "ec2",
            Self::Ecr => "ecr",
            Self::Efs => "elasticfilesystem",
            Self::Iam => "iam",
            Self::Logs => "logs",
            Self::Parameters => "ssm",
            Self::Secrets => "secretsmanager",
        }
    }

    /// The host in a region.
    /// <https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html>
    pub(super) fn host(self, region: &str) -> String {
        let suffix = match region {
            region if region.starts_with("cn-") => "amazonaws.com.cn",
            region if region.starts_with("us-iso-") => "c2s.ic.gov",
            region if region.starts_with("us-isob-") => "sc2s.sgov.gov",
            region if region.starts_with("eusc-") => "amazonaws.eu",
            _ => "amazonaws.com",
        };
        match self {
            // One for each partition.
            Self::Iam => match region {
                region if region.starts_with("us-gov-") => format!("iam.us-gov.{suffix}"),
                region if region.starts_with("cn-") => format!("iam.cn-north-1.{suffix}"),
                region if suffix != "amazonaws.com" => format!("iam.{region}.{suffix}"),
                _ => format!("iam.{suffix}"),
            },
            Self::Ecr => format!("api.ecr.{region}.{suffix}"),
            _ => format!("{}.{region}.{suffix}", self.prefix()),
        }
    }

    /// The region that is signed for: IAM has one for each partition.
    pub(super) fn signing_region(self, region: &str) -> String {
        match self {
            Self::Iam if region.starts_with("us-gov-") => "us-gov-west-1".to_owned(),
            Self::Iam if region.starts_with("cn-") => "cn-north-1".to_owned(),
            Self::Iam if region.starts_with("us-iso") || region.starts_with("eusc-") => {
                region.to_owned()
            }
            Self::Iam => "us-east-1".to_owned(),
            _ => region.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_partition_has_its_hosts() {
        for (service, region, host, signed_for) in [
            (Service::Iam, "eu-central-1", "iam.amazonaws.com", "us-east-1"),
            (Service::Iam, "us-gov-east-1", "iam.us-gov.amazonaws.com", "us-gov-west-1"),
            (Service::Iam, "cn-northwest-1", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
            (Service::Ecr, "eu-west-1", "api.ecr.eu-west-1.amazonaws.com", "eu-west-1"),
            (Service::Ecr, "cn-north-1", "api.ecr.cn-north-1.amazonaws.com.cn", "cn-north-1"),
            (Service::Efs, "eu-west-1", "elasticfilesystem.eu-west-1.amazonaws.com", "eu-west-1"),
            (Service::Parameters, "us-west-2", "ssm.us-west-2.amazonaws.com", "us-west-2"),
        ] {
            assert_eq!(service.host(region), host);
            assert_eq!(service.signing_region(region), signed_for, "{host}");
        }
    }
}
