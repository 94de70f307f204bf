//! Status pages: what the team shares with anyone who has the link.

use serde::{Deserialize, Serialize};

use crate::names::{ClusterName, ServiceName};
use crate::timestamp::Timestamp;

/// A status page as its administrators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusPage {
    /// Given by the store.
    pub id: i64,
    /// The unguessable last part of its public address.
    pub slug: String,
    /// Its public title.
    pub title: String,
    /// What it shows, in order.
    pub services: Vec<ListedService>,
    /// Whether the link works.
    pub published: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// One service on a status page. The public sees `public_name` and never the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedService {
    /// The cluster it runs in.
    pub cluster: ClusterName,
    /// Its name in ECS.
    pub service: ServiceName,
    /// Its name in public.
    pub public_name: String,
}
