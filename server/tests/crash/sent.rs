//! Changes of every kind, how they are sent, and how they are found again.

use std::collections::BTreeMap;

use berth_app::clusters::api::{CreateCluster, ListClusters};
use berth_app::clusters::draft::ClusterDraft;
use berth_app::error::AppError;
use berth_app::launch::draft::LaunchDraft;
use berth_app::names::RequestToken;
use berth_app::services::api::{CreateService, ListServices};
use berth_app::services::draft::ServiceDraft;
use berth_app::status::api::{CreatePage, ListPages};
use berth_app::status::draft::{ServiceDraft as ShownDraft, StatusPageDraft};
use berth_app::task_definitions::api::{ListFamilies, Register};
use berth_app::tasks::api::{ListTasks, RunTasks};
use berth_app::tasks::run_draft::RunDraft;
use berth_app::team::api::{AddMember, ListMembers};
use berth_app::team::draft::MemberDraft;
use serde_json::json;

use crate::browser::Browser;

/// The cluster, the family and the service that are there before the first kill.
pub const CLUSTER: &str = "harbour";
const FAMILY: &str = "harbour-web";
pub const SERVICE: &str = "harbour-web";
/// Tasks of one form: RunTask takes ten, so the gateway asks twice.
const TASKS: usize = 12;

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Cluster,
    Family,
    Member,
    Page,
    Service,
    Tasks,
}

impl Kind {
    pub const ALL: [Self; 6] =
        [Self::Family, Self::Member, Self::Service, Self::Tasks, Self::Page, Self::Cluster];

    /// How many things one change of this kind makes.
    pub fn weight(self) -> usize {
        if self == Self::Tasks { TASKS } else { 1 }
    }

    /// Whether ECS itself knows the token again.
    pub fn is_safe_to_resend(self) -> bool {
        matches!(self, Self::Service | Self::Tasks)
    }
}

/// One form, as often as it is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    pub kind: Kind,
    /// What it makes has this name, and nothing else has it.
    pub name: String,
    token: RequestToken,
}

impl Sent {
    /// The form of that number.
    pub fn new(number: usize) -> Self {
        // Each cluster makes every later reading longer: few are enough.
        let often = Kind::ALL.len() - 1;
        let kind = match number % 40 {
            39 => Kind::Cluster,
            _ => Kind::ALL[number % often],
        };
        let name = match kind {
            Kind::Member => format!("member-{number:04}@example.test"),
            kind => format!("{kind:?}-{number:04}").to_lowercase(),
        };
        Self { kind, name, token: RequestToken::from_bits(rand::random()) }
    }

    /// The token under which the log has it.
    pub fn token(&self) -> RequestToken {
        match self.kind {
            Kind::Family => self.token.of_content(&family(self.token.clone(), &self.name).document),
            _ => self.token.clone(),
        }
    }

    /// Sends it; `None` when no answer came.
    pub async fn send(&self, browser: &Browser) -> Option<Result<(), AppError>> {
        let (token, name) = (self.token.clone(), self.name.clone());
        match self.kind {
            Kind::Cluster => done(browser.call(&cluster(token, name)).await),
            Kind::Family => done(browser.call(&family(token, &name)).await),
            Kind::Member => {
                let draft = MemberDraft { name: "Bob".into(), email: name, role: "viewer".into() };
                done(browser.call(&AddMember { token, draft }).await)
            }
            Kind::Page => done(browser.call(&page(token, name)).await),
            Kind::Service => done(browser.call(&service(token, name, "1")).await),
            Kind::Tasks => done(browser.call(&tasks(token, name)).await),
        }
    }
}

fn done<T>(answer: Option<Result<T, AppError>>) -> Option<Result<(), AppError>> {
    answer.map(|result| result.map(|_| ()))
}

fn cluster(token: RequestToken, name: String) -> CreateCluster {
    let draft =
        ClusterDraft { name, fargate: true, insights: "disabled".into(), ..Default::default() };
    CreateCluster { token, draft }
}

fn family(token: RequestToken, name: &str) -> Register {
    let document = json!({
        "family": name, "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
        "cpu": "256", "memory": "512",
        "containerDefinitions": [{"name": "app", "image": "shop/web:1.0", "essential": true}],
    });
    Register { token, document: document.to_string() }
}

fn launch() -> LaunchDraft {
    LaunchDraft {
        cluster: CLUSTER.into(),
        family: FAMILY.into(),
        revision: "1".into(),
        compute: "FARGATE".into(),
        subnets: vec!["subnet-0a1b2c3d".into()],
        ..Default::default()
    }
}

fn service(token: RequestToken, name: String, desired: &str) -> CreateService {
    let draft = ServiceDraft {
        launch: launch(),
        name,
        scheduling: "REPLICA".into(),
        desired: desired.into(),
        minimum: "100".into(),
        maximum: "200".into(),
        ..Default::default()
    };
    CreateService { token, draft }
}

fn tasks(token: RequestToken, group: String) -> RunTasks {
    let (launch, count) = (launch(), TASKS.to_string());
    let draft = RunDraft { launch, count, group, ..Default::default() };
    RunTasks { token, draft }
}

fn page(token: RequestToken, title: String) -> CreatePage {
    let shown = ShownDraft {
        cluster: CLUSTER.into(),
        service: SERVICE.into(),
        public_name: "Harbour".into(),
    };
    CreatePage { token, draft: StatusPageDraft { title, published: true, services: vec![shown] } }
}

/// Makes what the other changes need.
pub async fn lay_the_ground(browser: &Browser) {
    let token = || RequestToken::from_bits(rand::random());
    browser.call(&cluster(token(), CLUSTER.into())).await.unwrap().unwrap();
    browser.call(&family(token(), FAMILY)).await.unwrap().unwrap();
    browser.call(&service(token(), SERVICE.into(), "2")).await.unwrap().unwrap();
}

/// Everything that is there, by name, and how often.
pub async fn everything(browser: &Browser) -> BTreeMap<String, usize> {
    let mut there: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = |name: String, times: usize| *there.entry(name).or_default() += times;
    for row in browser.all(|query| ListClusters { query }).await {
        count(row.name.to_string(), 1);
    }
    for row in browser.all(|query| ListFamilies { query }).await {
        count(row.name.to_string(), row.active);
    }
    for row in browser.all(|query| ListServices { query }).await {
        count(row.name.to_string(), 1);
    }
    for row in browser.all(|query| ListTasks { query }).await {
        count(row.group, 1);
    }
    for row in browser.all(|query| ListMembers { query }).await {
        count(row.member.email, 1);
    }
    for row in browser.all(|query| ListPages { query }).await {
        count(row.title, 1);
    }
    there
}
