//! Status pages as their administrators see them.

use serde::{Deserialize, Serialize};

use crate::listing::Row;
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

/// A status page in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRow {
    /// The page's id as text.
    pub key: String,
    /// The page's id.
    pub id: i64,
    /// Its public title.
    pub title: String,
    /// The last part of its public address.
    pub slug: String,
    /// Whether the link works.
    pub published: bool,
    /// How many services it shows.
    pub services: usize,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Row for PageRow {
    fn key(&self) -> &str {
        &self.key
    }
}

/// A service that a page may show.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Choice {
    /// The cluster it runs in.
    pub cluster: ClusterName,
    /// Its name in ECS.
    pub service: ServiceName,
}

impl Choice {
    /// Tells it from every other service: names hold no slash.
    pub fn key(&self) -> String {
        format!("{}/{}", self.cluster, self.service)
    }
}

/// What the form for an existing page begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditData {
    /// The page as it is stored.
    pub page: StatusPage,
    /// The services of the present picture, by cluster, then name.
    pub choices: Vec<Choice>,
}
