//! [ssr] What the members page shows of the members.

use super::model::{Member, MemberRow, Role};
use crate::listing::{Column, ListQuery, Listing, listing};

/// One page of members, by name unless asked otherwise; filters: `role`, `state`.
pub fn list(members: Vec<Member>, me: Option<i64>, query: &ListQuery) -> Listing<MemberRow> {
    let columns = [
        Column { name: "name", order: |a: &MemberRow, b: &MemberRow| name(a).cmp(&name(b)) },
        Column { name: "email", order: |a, b| a.member.email.cmp(&b.member.email) },
        Column { name: "role", order: |a, b| a.member.role.cmp(&b.member.role) },
        Column { name: "state", order: |a, b| a.state().cmp(&b.state()) },
        Column {
            name: "signed-in",
            order: |a, b| a.member.signed_in_at.cmp(&b.member.signed_in_at),
        },
    ];
    let matches = |row: &MemberRow, query: &ListQuery| {
        let is = |filter: &str, value: &str| matches!(query.filter(filter), f if f.is_empty() || f == value);
        is("role", row.member.role.as_str())
            && is("state", row.state().as_str())
            && query.finds(&[&row.member.name, &row.member.email])
    };
    listing(rows(members, me).iter(), query, matches, &columns, Clone::clone)
}

fn name(row: &MemberRow) -> String {
    row.member.name.to_lowercase()
}

/// A row for each member. The last administrator who can sign in is marked as such.
fn rows(members: Vec<Member>, me: Option<i64>) -> Vec<MemberRow> {
    let can_manage = |m: &&Member| m.role == Role::Administrator && !m.disabled && m.has_password;
    let managers: Vec<i64> = members.iter().filter(can_manage).map(|member| member.id).collect();
    let row = |member: Member| MemberRow {
        key: member.id.to_string(),
        is_me: me == Some(member.id),
        is_last_administrator: managers == [member.id],
        member,
    };
    members.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timestamp::Timestamp;

    fn member(id: i64, role: Role, disabled: bool, has_password: bool) -> Member {
        Member {
            id,
            email: format!("m{id}@example.com"),
            name: format!("M{id}"),
            role,
            disabled,
            has_password,
            created_at: Timestamp::from_ms(0),
            signed_in_at: None,
        }
    }

    #[test]
    fn the_last_administrator_is_who_alone_can_manage() {
        use Role::{Administrator, Viewer};
        let last = |members: Vec<Member>| {
            rows(members, Some(1))
                .into_iter()
                .filter(|row| row.is_last_administrator)
                .map(|row| row.member.id)
                .collect::<Vec<_>>()
        };
        let ada = || member(1, Administrator, false, true);
        assert_eq!(last(vec![ada()]), [1]);
        assert_eq!(last(vec![ada(), member(2, Viewer, false, true)]), [1]);
        assert_eq!(last(vec![ada(), member(2, Administrator, true, true)]), [1]);
        assert_eq!(last(vec![ada(), member(2, Administrator, false, false)]), [1]);
        assert!(last(vec![ada(), member(2, Administrator, false, true)]).is_empty());
    }

    #[test]
    fn a_row_says_why_it_can_not_be_changed() {
        let rows = rows(
            vec![
                member(1, Role::Administrator, false, true),
                member(2, Role::Viewer, false, true),
                member(3, Role::Viewer, true, true),
            ],
            Some(1),
        );
        assert!(rows[0].why_role_stays().is_some());
        assert!(rows[0].why_not_disabled().is_some());
        assert!(rows[1].why_role_stays().is_none() && rows[1].why_not_disabled().is_none());
        assert!(rows[1].why_no_link().is_none() && rows[2].why_no_link().is_some());
    }

    #[test]
    fn members_are_filtered_and_sorted() {
        let team = || {
            vec![
                member(1, Role::Administrator, false, true),
                member(2, Role::Viewer, true, true),
                member(3, Role::Operator, false, false),
            ]
        };
        let ids = |pairs: &[(&str, &str)]| {
            let query = ListQuery::from_pairs(pairs.iter().copied(), &["role", "state"]);
            let rows = list(team(), None, &query).rows;
            rows.into_iter().map(|row| row.member.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(&[]), [1, 2, 3]);
        assert_eq!(ids(&[("sort", "-name")]), [3, 2, 1]);
        assert_eq!(ids(&[("sort", "role")]), [2, 3, 1]);
        assert_eq!(ids(&[("q", "M2 example")]), [2]);
        assert_eq!(ids(&[("role", "operator")]), [3]);
        assert_eq!(ids(&[("state", "disabled")]), [2]);
        assert_eq!(ids(&[("state", "invited")]), [3]);
        assert_eq!(ids(&[("state", "active")]), [1]);
    }
}
