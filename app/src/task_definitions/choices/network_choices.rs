//! The subnets and security groups of a network: many of each may be chosen, and all are of one VPC.

use leptos::prelude::*;

use super::model::{Choice, ChoiceKind, Choices};
use super::source::{Source, plain};
use crate::error::FieldErrors;
use crate::ui::PickSeveral;

/// The two lists. Both are asked for when one is opened: a subnet and a security group go together
/// only inside one VPC.
#[derive(Clone, Copy)]
pub struct NetworkChoices {
    subnets: Source,
    groups: Source,
}

impl NetworkChoices {
    /// Lists that nobody has opened yet.
    pub fn unopened() -> Self {
        Self {
            subnets: Source::fixed(ChoiceKind::Subnets),
            groups: Source::fixed(ChoiceKind::SecurityGroups),
        }
    }

    fn open(self) {
        self.subnets.open();
        self.groups.open();
    }

    /// What is known of the rows that are typed or chosen, at `subnets.0` and so on.
    pub fn remarks(self, subnets: &[String], groups: &[String]) -> FieldErrors {
        let mut remarks = FieldErrors::new();
        let (known_subnets, known_groups) = (self.subnets.known(), self.groups.known());
        remark(&mut remarks, "subnets", known_subnets.as_ref(), subnets);
        remark(&mut remarks, "securityGroups", known_groups.as_ref(), groups);
        remarks
    }

    /// What keeps the chosen from being one network, as far as is known.
    pub fn apart(self, subnets: &[String], groups: &[String]) -> Option<String> {
        apart(&vpcs(self.subnets.known(), subnets), &vpcs(self.groups.known(), groups))
    }
}

/// What the account has of one of them, to tick.
#[component]
pub fn NetworkPicker(
    /// Both lists.
    choices: NetworkChoices,
    /// Whether it is for the security groups.
    #[prop(optional)]
    groups: bool,
    /// The ids as they are typed; empty rows too.
    rows: RwSignal<Vec<String>>,
) -> impl IntoView {
    let (source, path, noun) = match groups {
        true => (choices.groups, "securityGroups", "security groups"),
        false => (choices.subnets, "subnets", "subnets"),
    };
    let suggestions = Signal::derive(move || source.suggestions(|one| plain(one, "made")));
    view! {
        <PickSeveral path label=format!("Choose from the account's {noun}") noun suggestions rows
            on_open=move |()| choices.open() on_again=move |()| source.again()/>
    }
}

fn remark(remarks: &mut FieldErrors, path: &str, known: Option<&Choices>, rows: &[String]) {
    let Some(known) = known else { return };
    let is_whole = !known.more && known.missing_right.is_none() && known.trouble.is_none();
    for (at, id) in rows.iter().map(|row| row.trim()).enumerate().filter(|(_, id)| !id.is_empty()) {
        let said = match known.items.iter().find(|one| one.value == id) {
            Some(Choice { value, name, about, .. }) if name == value => about.clone(),
            Some(Choice { name, about, .. }) => format!("{name}, {about}"),
            None if is_whole => "The account has none of this id in this region.".to_owned(),
            None => continue,
        };
        remarks.add(format!("{path}.{at}"), said);
    }
}

/// The VPCs that are known of the rows, each once.
fn vpcs(known: Option<Choices>, rows: &[String]) -> Vec<String> {
    let items = known.map(|known| known.items).unwrap_or_default();
    let chosen = items.into_iter().filter(|one| rows.iter().any(|row| row.trim() == one.value));
    let mut vpcs: Vec<String> = chosen.filter_map(|one| one.vpc).collect();
    vpcs.sort_unstable();
    vpcs.dedup();
    vpcs
}

fn apart(subnets: &[String], groups: &[String]) -> Option<String> {
    let said = match (subnets, groups) {
        ([_, _, ..], _) => format!("The subnets are of several VPCs: {}.", subnets.join(", ")),
        (_, [_, _, ..]) => {
            format!("The security groups are of several VPCs: {}.", groups.join(", "))
        }
        ([of_subnets], [of_groups]) if of_subnets != of_groups => {
            format!("The subnets are of {of_subnets}, but the security groups are of {of_groups}.")
        }
        _ => return None,
    };
    Some(format!(
        "{said} A task has its address in one VPC, and takes groups of the same one only."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(more: bool) -> Choices {
        let one = |id: &str, name: &str, vpc: &str| Choice {
            value: id.into(),
            name: name.into(),
            about: format!("{vpc}, eu-central-1a"),
            vpc: Some(vpc.into()),
            at: None,
        };
        let items = vec![one("subnet-1", "web-a", "vpc-1"), one("subnet-2", "subnet-2", "vpc-2")];
        Choices { items, more, ..Choices::default() }
    }

    fn rows(rows: &[&str]) -> Vec<String> {
        rows.iter().map(|row| (*row).to_owned()).collect()
    }

    #[test]
    fn each_row_says_what_is_known_of_it() {
        let none = "The account has none of this id in this region.";
        for (known, row, wanted) in [
            (Some(known(false)), " subnet-1 ", Some("web-a, vpc-1, eu-central-1a")),
            (Some(known(false)), "subnet-2", Some("vpc-2, eu-central-1a")),
            (Some(known(false)), "subnet-3", Some(none)),
            (Some(known(true)), "subnet-3", None),
            (Some(Choices { missing_right: Some("x".into()), ..known(false) }), "subnet-3", None),
            (Some(known(false)), " ", None),
            (None, "subnet-1", None),
        ] {
            let mut remarks = FieldErrors::new();
            remark(&mut remarks, "subnets", known.as_ref(), &rows(&["", row]));
            assert_eq!(remarks.at("subnets.1"), wanted, "{row}");
        }
    }

    #[test]
    fn a_network_is_of_one_vpc() {
        assert_eq!(
            vpcs(Some(known(false)), &rows(&["subnet-2", "subnet-1", "x"])),
            ["vpc-1", "vpc-2"]
        );
        for (subnets, groups, wanted) in [
            (&["vpc-1"][..], &["vpc-1"][..], None),
            (&["vpc-1"], &[], None),
            (&[], &["vpc-1"], None),
            (&["vpc-1", "vpc-2"], &[], Some("The subnets are of several VPCs: vpc-1, vpc-2. ")),
            (&[], &["vpc-1", "vpc-2"], Some("The security groups are of several VPCs")),
            (&["vpc-1"], &["vpc-2"], Some("The subnets are of vpc-1, but the security groups are")),
        ] {
            let said = apart(&rows(subnets), &rows(groups));
            match (&said, wanted) {
                (None, None) => {}
                (Some(said), Some(wanted)) => assert!(said.starts_with(wanted), "{said}"),
                _ => panic!("{subnets:?} {groups:?}: {said:?}"),
            }
        }
    }
}
