//! Each kind of weather in plain words.

use super::model::Kind;

/// What stands on the card of a kind.
pub(super) struct Words {
    /// Its name.
    pub label: &'static str,
    /// What it does.
    pub does: &'static str,
    /// What one sees of it in the console.
    pub seen: &'static str,
    /// What its field is called; a switch has none.
    pub field: &'static str,
    /// The button that sets it, or turns it on.
    pub set: &'static str,
    /// The button that turns it off; a kind with a field has none.
    pub unset: &'static str,
}

/// The words of a kind.
pub(super) fn words(kind: Kind) -> Words {
    match kind {
        Kind::Outage => Words {
            label: "Outage",
            does: "Amazon ECS can't be reached: no call gets through.",
            seen: "Above every page stands that Amazon ECS can't be read, since when, and when it \
                   is tried again. What was read before stays below, and the mark on top says how \
                   old it is. A change is refused, and what was typed stays.",
            field: "",
            set: "Start outage",
            unset: "End outage",
        },
        Kind::Denied => Words {
            label: "Denied",
            does: "The console has no right to an operation: AccessDeniedException.",
            seen: "Whoever makes that change reads AWS's sentence, and which permission to grant. \
                   If it is one that the console reads with (List…, Describe…), that stands above \
                   every page; if a form chooses from what it lists, at that field.",
            field: "Denied operation",
            set: "Set denied operation",
            unset: "",
        },
        Kind::Expired => Words {
            label: "Expired credentials",
            does: "The credentials that the console signs with have run out: ExpiredTokenException.",
            seen: "As in an outage nothing is read and nothing changed; the words above every page \
                   ask to renew the credentials. The console notices by itself when that is done.",
            field: "",
            set: "Expire credentials",
            unset: "Renew credentials",
        },
        Kind::Throttled => Words {
            label: "Throttling",
            does: "An operation is refused as asked for too often: ThrottlingException.",
            seen: "A change ends with “Rate exceeded” and the advice to wait. If it is an operation \
                   that the console reads with, that stands above every page, and for a minute the \
                   console asks half as often.",
            field: "Throttled operation",
            set: "Set throttled operation",
            unset: "",
        },
        Kind::Quotas => Words {
            label: "Request quotas",
            does: "Only what goes over the request rates of Amazon ECS is throttled, as on AWS.",
            seen: "Little, which is the point: the console keeps to a quarter of these rates. Many \
                   changes in a row can meet the limit.",
            field: "",
            set: "Keep to quotas",
            unset: "Lift quotas",
        },
        Kind::Latency => Words {
            label: "Latency",
            does: "Every answer of Amazon ECS comes late.",
            seen: "Pages stay quick, because they show what was read before; it only grows older. \
                   The button of a change is busy for that long. An attempt may take 10 seconds, a \
                   change 30: then its form says that the answer did not arrive.",
            field: "Latency",
            set: "Set latency",
            unset: "",
        },
        Kind::Lag => Words {
            label: "Lag",
            does: "A change is not seen at once by calls that only read: AWS is eventually \
                   consistent.",
            seen: "What was just created, scaled or stopped looks as before, and changes by itself \
                   when the time is over.",
            field: "Lag",
            set: "Set lag",
            unset: "",
        },
    }
}
