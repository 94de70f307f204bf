//! EC2: subnets and security groups.

use berth_app::task_definitions::model::Choice;
use roxmltree::Node;

use super::super::budget::Budget;
use super::super::errors::Failure;
use super::host::Service;
use super::question::{Asked, Question};
use super::{Line, Listed, pages, read};
use read::Named;

const VERSION: &str = "2016-11-15";
/// Pages of a thousand.
const MOST_PAGES: usize = 2;

async fn list(
    line: &Line,
    budget: &Budget,
    operation: &'static str,
    set: &'static str,
    choice: fn(Node<'_, '_>) -> Option<Choice>,
) -> Result<Listed, Failure> {
    let (mut items, more) = pages(MOST_PAGES, |token: Option<String>| async move {
        let mut fields = vec![("MaxResults", "1000".to_owned())];
        fields.extend(token.map(|token| ("NextToken", token)));
        let asked = Asked::Form { version: VERSION, fields };
        let question = Question { service: Service::Ec2, operation, asked };
        let text = line.ask(budget, question).await?;
        let document = read::xml(operation, &text)?;
        let found = read::elements(&document, set, "item").filter_map(choice).collect();
        Ok((found, read::first_text(&document, "nextToken")))
    })
    .await?;
    items.sort_by(|one: &Choice, other| (&one.about, &one.name).cmp(&(&other.about, &other.name)));
    Ok(Listed { items, more })
}

/// Subnets, by VPC and zone (ec2:DescribeSubnets).
pub(super) async fn subnets(line: &Line, budget: &Budget) -> Result<Listed, Failure> {
    list(line, budget, "DescribeSubnets", "subnetSet", subnet).await
}

/// Security groups, by VPC (ec2:DescribeSecurityGroups).
pub(super) async fn groups(line: &Line, budget: &Budget) -> Result<Listed, Failure> {
    list(line, budget, "DescribeSecurityGroups", "securityGroupInfo", group).await
}

fn subnet(node: Node<'_, '_>) -> Option<Choice> {
    let member = |name| read::text_of(node, name).unwrap_or_default();
    let id = read::text_of(node, "subnetId")?;
    Some(Choice {
        value: id.to_owned(),
        name: name_tag(node).unwrap_or(id).to_owned(),
        about: read::joined(&[member("vpcId"), member("availabilityZone"), member("cidrBlock")]),
        vpc: read::text_of(node, "vpcId").map(str::to_owned),
        at: None,
    })
}

fn group(node: Node<'_, '_>) -> Option<Choice> {
    let member = |name| read::text_of(node, name).unwrap_or_default();
    let id = read::text_of(node, "groupId")?;
    Some(Choice {
        value: id.to_owned(),
        name: member("groupName").to_owned(),
        about: read::joined(&[
            member("vpcId"),
            name_tag(node).unwrap_or_default(),
            member("groupDescription"),
        ]),
        vpc: read::text_of(node, "vpcId").map(str::to_owned),
        at: None,
    })
}

/// The tag that people know a thing of EC2 by.
fn name_tag<'d>(node: Node<'d, '_>) -> Option<&'d str> {
    let set = node.children().find(|child| child.has_tag_name_of("tagSet"))?;
    let tag = set.children().find(|tag| read::text_of(*tag, "key") == Some("Name"))?;
    read::text_of(tag, "value")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subnet_is_known_by_its_name_and_zone() {
        let text = "<R xmlns=\"x\"><subnetSet><item><subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId>\
            <availabilityZone>eu-central-1a</availabilityZone><cidrBlock>10.0.0.0/24</cidrBlock>\
            <tagSet><item><key>Name</key><value>private-a</value></item></tagSet></item></subnetSet></R>";
        let document = read::xml("DescribeSubnets", text).unwrap();
        let found: Vec<Choice> =
            read::elements(&document, "subnetSet", "item").filter_map(subnet).collect();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].value.as_str(), found[0].name.as_str()), ("subnet-1", "private-a"));
        assert_eq!(found[0].about, "vpc-1, eu-central-1a, 10.0.0.0/24");
        assert_eq!(found[0].vpc.as_deref(), Some("vpc-1"));
    }

    #[test]
    fn a_group_is_known_by_its_name_and_its_tag() {
        let text = "<R xmlns=\"x\"><securityGroupInfo><item><groupId>sg-1</groupId><vpcId>vpc-1</vpcId>\
            <groupName>web</groupName><groupDescription>Of the load balancer</groupDescription>\
            <tagSet><item><key>Name</key><value>shop-web</value></item></tagSet></item></securityGroupInfo></R>";
        let document = read::xml("DescribeSecurityGroups", text).unwrap();
        let found: Vec<Choice> =
            read::elements(&document, "securityGroupInfo", "item").filter_map(group).collect();
        assert_eq!((found[0].value.as_str(), found[0].name.as_str()), ("sg-1", "web"));
        assert_eq!(found[0].about, "vpc-1, shop-web, Of the load balancer");
        assert_eq!(found[0].vpc.as_deref(), Some("vpc-1"));
    }
}
