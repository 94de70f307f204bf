//! moto: AWS as another project imitates it, over HTTP. It shares no line with the sandbox, so a
//! misunderstanding that sandbox and gateway have in common does not hold there.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use berth_app::launch::model::Network;
use berth_server::ecs::Gateway;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::OnceCell;

/// moto keeps a world in each region: as many stories can be told beside each other.
const REGIONS: [&str; 12] = [
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
];
/// Longer than any answer takes; only a hang gets there.
const LIMIT: Duration = Duration::from_secs(60);

/// One empty region of the moto that `.ci/with-moto` started.
pub struct Moto {
    address: String,
    region: &'static str,
}

impl Moto {
    /// A region that no other story has; nothing where there is no moto.
    pub async fn empty() -> Option<Self> {
        #[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
        let url = std::env::var("BERTH_TEST_MOTO").ok().filter(|url| !url.is_empty())?;
        let address = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        static CLEAN: OnceCell<()> = OnceCell::const_new();
        CLEAN.get_or_init(|| clean(&address)).await;
        static TAKEN: AtomicUsize = AtomicUsize::new(0);
        let region = REGIONS.get(TAKEN.fetch_add(1, Relaxed)).unwrap();
        Some(Self { address, region })
    }

    /// The console's way to it, as `--ecs http://... --region ...` makes it. The credentials come
    /// from the environment, which `.ci/with-moto` sets.
    pub async fn gateway(&self) -> Gateway {
        let url = format!("http://{}", self.address);
        Gateway::endpoint(&url, None, Some(self.region.to_owned()), None).await.unwrap()
    }

    /// A subnet and a security group that are there: moto looks for both.
    pub async fn network(&self) -> Network {
        Network {
            subnets: vec![self.first("DescribeSubnets", "subnetId").await],
            security_groups: vec![self.first("DescribeSecurityGroups", "groupId").await],
            public_ip: false,
        }
    }

    /// The first element of a name in EC2's answer.
    async fn first(&self, operation: &str, element: &str) -> String {
        // It looks at the scope of a signature, not at the signature.
        let signed = format!(
            "authorization: AWS4-HMAC-SHA256 Credential=any/20260101/{}/ec2/aws4_request, \
             SignedHeaders=host, Signature=0\r\n\
             content-type: application/x-www-form-urlencoded\r\n",
            self.region
        );
        let body = format!("Action={operation}&Version=2016-11-15");
        let answer = post(&self.address, "/", &signed, &body).await;
        let (_, rest) = answer.split_once(&format!("<{element}>")).unwrap();
        rest.split_once('<').unwrap().0.to_owned()
    }
}

/// Forgets what an earlier run has left, and lets tasks run until they are stopped: by itself moto
/// moves a task on to its end each time that it is described.
async fn clean(address: &str) {
    let json = "content-type: application/json\r\n";
    let stay: Value = json!({
        "model_name": "ecs::task",
        "transition": {"progression": "manual", "times": 1_000_000},
    });
    for (path, body) in [
        ("/moto-api/reset", String::new()),
        ("/moto-api/state-manager/set-transition", stay.to_string()),
    ] {
        post(address, path, json, &body).await;
    }
}

/// Posts, and gives the whole answer back.
async fn post(address: &str, path: &str, headers: &str, body: &str) -> String {
    let asked = async {
        let mut stream = TcpStream::connect(address).await?;
        let length = body.len();
        let head =
            format!("POST {path} HTTP/1.0\r\n{headers}content-length: {length}\r\n\r\n{body}");
        stream.write_all(head.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        std::io::Result::Ok(answer)
    };
    let answer = tokio::time::timeout(LIMIT, asked).await.unwrap().unwrap();
    assert!(answer.starts_with("HTTP/1.1 2"), "{path}: {answer}");
    answer
}
