//! EC2: one VPC with the subnets and security groups that services name, so
//! that whatever the world uses can be looked up and chosen again, and one that
//! no service is in.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::of_networks;
use super::pages::Pages;
use crate::arn::ACCOUNT;
use crate::ask::Ask;
use crate::ids::digest;
use crate::operations::{Operation, read};
use crate::refusal::{Refusal, Reply};
use crate::world::World;

/// What is built of EC2. Members have the names of its XML.
pub(crate) const BUILT: [Operation; 3] = [
    read("DescribeSecurityGroups", security_groups),
    read("DescribeSubnets", subnets),
    read("DescribeVpcs", vpcs),
];

const VPC: &str = "vpc-0a11ce00000000001";
/// With one subnet and one security group, for builds.
const OTHER_VPC: &str = "vpc-0a11ce00000000002";
const OTHER_SUBNET: &str = "subnet-0a11ce00000000004";
const OTHER_GROUP: &str = "sg-0a11ce00000000002";

/// The subnets that are there from the beginning, with their names.
const SUBNETS: [(&str, &str); 4] = [
    ("subnet-0a11ce00000000001", "shop-private-a"),
    ("subnet-0a11ce00000000002", "shop-private-b"),
    ("subnet-0a11ce00000000003", "shop-private-c"),
    (OTHER_SUBNET, "build-a"),
];

const PAGES: Pages = Pages {
    size: ("MaxResults", 1_000),
    token: ("NextToken", "nextToken"),
    refusal: "InvalidParameterValue",
};

/// A kind of resource: how it is asked for by id, and what is said about an id that is none.
struct Kind {
    ids: &'static str,
    id: &'static str,
    missing: (&'static str, &'static str),
    /// Filters, each with the member that it looks at.
    filters: &'static [(&'static str, &'static str)],
}

fn vpcs(_world: &mut World, ask: Ask<'_>) -> Reply {
    let vpc = |id: &str, block: &str| {
        json!({
            "vpcId": id,
            "ownerId": ACCOUNT,
            "state": "available",
            "cidrBlock": block,
            "dhcpOptionsId": "dopt-0a11ce00000000001",
            "instanceTenancy": "default",
            "isDefault": id == VPC,
        })
    };
    let all = vec![vpc(VPC, "10.0.0.0/16"), vpc(OTHER_VPC, "10.1.0.0/16")];
    let kind = Kind {
        ids: "VpcId",
        id: "vpcId",
        missing: ("InvalidVpcID.NotFound", "The vpc ID"),
        filters: &[("vpc-id", "vpcId"), ("state", "state"), ("is-default", "isDefault")],
    };
    kind.answer(ask, "vpcSet", all)
}

fn subnets(world: &mut World, ask: Ask<'_>) -> Reply {
    let mut ids = of_networks(world, "subnets");
    ids.extend(SUBNETS.map(|(id, _)| id.to_owned()));
    let place = &world.place;
    let shown = ids.iter().enumerate().map(|(at, id)| {
        let number = i64::try_from(at).unwrap_or(0);
        let (vpc, second) = if id == OTHER_SUBNET { (OTHER_VPC, 1) } else { (VPC, 0) };
        let names = SUBNETS.iter().filter(|(known, _)| known == id);
        let tags: Vec<Value> =
            names.map(|(_, name)| json!({"key": "Name", "value": name})).collect();
        json!({
            "subnetId": id,
            "subnetArn": format!("arn:aws:ec2:{}:{ACCOUNT}:subnet/{id}", place.region),
            "vpcId": vpc,
            "ownerId": ACCOUNT,
            "state": "available",
            "cidrBlock": format!("10.{second}.{}.0/24", number % 256),
            "availabilityZone": place.zone(number),
            "availableIpAddressCount": 251,
            "defaultForAz": false,
            "mapPublicIpOnLaunch": false,
            "tagSet": tags,
        })
    });
    let kind = Kind {
        ids: "SubnetId",
        id: "subnetId",
        missing: ("InvalidSubnetID.NotFound", "The subnet ID"),
        filters: &[
            ("subnet-id", "subnetId"),
            ("vpc-id", "vpcId"),
            ("state", "state"),
            ("availability-zone", "availabilityZone"),
        ],
    };
    kind.answer(ask, "subnetSet", shown.collect())
}

fn security_groups(world: &mut World, ask: Ask<'_>) -> Reply {
    let mut ids: BTreeSet<String> = of_networks(world, "securityGroups");
    ids.extend(["sg-0a11ce00000000001", OTHER_GROUP].map(str::to_owned));
    let region = &world.place.region;
    let shown = ids.iter().map(|id| {
        let name = match id.as_str() {
            "sg-0a11ce00000000001" => "default".to_owned(),
            OTHER_GROUP => "build".to_owned(),
            _ => format!("tasks-{:04x}", digest(id) & 0xffff),
        };
        json!({
            "groupId": id,
            "groupName": name,
            "groupDescription": "Of the sandbox",
            "vpcId": if id == OTHER_GROUP { OTHER_VPC } else { VPC },
            "ownerId": ACCOUNT,
            "securityGroupArn": format!("arn:aws:ec2:{region}:{ACCOUNT}:security-group/{id}"),
        })
    });
    let kind = Kind {
        ids: "GroupId",
        id: "groupId",
        missing: ("InvalidGroup.NotFound", "The security group"),
        filters: &[("group-id", "groupId"), ("group-name", "groupName"), ("vpc-id", "vpcId")],
    };
    kind.answer(ask, "securityGroupInfo", shown.collect())
}

impl Kind {
    fn answer(&self, ask: Ask<'_>, member: &str, all: Vec<Value>) -> Reply {
        let wanted = ask.texts(self.ids)?;
        let is = |item: &Value, id: &str| item.get(self.id).and_then(Value::as_str) == Some(id);
        if let Some(id) = wanted.iter().find(|id| !all.iter().any(|item| is(item, id))) {
            let (code, what) = self.missing;
            return Err(Refusal::new(code, format!("{what} '{id}' does not exist")));
        }
        let mut left = all;
        left.retain(|item| wanted.is_empty() || wanted.iter().any(|id| is(item, id)));
        for filter in ask.list("Filter")? {
            self.keep(Ask(filter), &mut left)?;
        }
        let key =
            |item: &Value| item.get(self.id).and_then(Value::as_str).unwrap_or_default().to_owned();
        PAGES.answer(ask, member, left.into_iter().map(|item| (key(&item), item)))
    }

    /// Keeps what a filter lets through: one of its values, as text.
    fn keep(&self, filter: Ask<'_>, left: &mut Vec<Value>) -> Result<(), Refusal> {
        let name = filter.text("Name")?.unwrap_or_default();
        let values = filter.texts("Value")?;
        let known = self.filters.iter().find(|(known, _)| *known == name);
        let Some((_, member)) = known else {
            let sentence = format!("The filter '{name}' is invalid");
            return Err(Refusal::new("InvalidParameterValue", sentence));
        };
        left.retain(|item| match item.get(*member) {
            Some(Value::String(text)) => values.contains(&text.as_str()),
            Some(other) => values.contains(&other.to_string().as_str()),
            None => false,
        });
        Ok(())
    }
}
