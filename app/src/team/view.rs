//! [ssr] What the members page shows of the members.

use super::model::{Member, MemberRow, Role};

/// A row for each member. The last administrator who can sign in is marked as such.
pub fn rows(members: Vec<Member>, me: Option<i64>) -> Vec<MemberRow> {
    let can_manage = |m: &&Member| m.role == Role::Administrator && !m.disabled && m.has_password;
    let managers: Vec<i64> = members.iter().filter(can_manage).map(|member| member.id).collect();
    let row = |member: Member| MemberRow {
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
}
