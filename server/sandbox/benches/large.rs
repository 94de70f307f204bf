//! How long a big world takes: opening, advancing, each kind of call, a change
//! with a journal, a week of the demo. It prints figures and asserts nothing.

use std::sync::Arc;
use std::time::{Duration, Instant};

use berth_sandbox::{ManualClock, Sandbox, Seed};

const SERVICES: u32 = 1_000;
const TASKS: u32 = 5_000;

fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
    #[expect(clippy::disallowed_methods, reason = "it measures the machine's own time")]
    let started = Instant::now();
    let value = run();
    println!("{what:<44} {:>10.3} ms", started.elapsed().as_secs_f64() * 1e3);
    value
}

fn call(sandbox: &Sandbox, operation: &str, body: &str) -> usize {
    let target = format!("AmazonEC2ContainerServiceV20141113.{operation}");
    sandbox.answer(&target, body.as_bytes()).body.len()
}

fn main() {
    let clock = ManualClock::new(1_790_000_000_000);
    let file = std::env::temp_dir().join(format!("berth-bench-{}", std::process::id()));
    let seed = Seed::Large { services: SERVICES, tasks: TASKS };
    let open = || {
        Sandbox::builder()
            .clock(Arc::new(clock.clone()))
            .seed(seed)
            .state_file(Some(file.clone()))
            .open()
    };
    let Ok(sandbox) = timed("open, seed and first snapshot", open) else {
        println!("cannot write {}", file.display());
        return;
    };
    let size = std::fs::metadata(&file).map_or(0, |meta| meta.len());
    println!("{:<44} {:>10.3} MB", "snapshot", size as f64 / 1e6);
    let calls = [
        ("ListClusters", "{}"),
        (
            "DescribeClusters",
            r#"{"clusters":["fleet-0","fleet-1","fleet-2","fleet-3"],"include":["STATISTICS"]}"#,
        ),
        ("ListServices", r#"{"cluster":"fleet-0","maxResults":100}"#),
        ("ListTasks", r#"{"cluster":"fleet-0"}"#),
        ("ListTasks", r#"{"cluster":"fleet-0","serviceName":"app-0996"}"#),
        (
            "DescribeServices",
            r#"{"cluster":"fleet-0","services":["app-0000","app-0004","app-0008","app-0012","app-0016","app-0020","app-0024","app-0028","app-0032","app-0036"]}"#,
        ),
        ("DescribeTaskDefinition", r#"{"taskDefinition":"fleet-app-00"}"#),
        (
            "UpdateService",
            r#"{"cluster":"fleet-0","service":"app-0000","forceNewDeployment":true}"#,
        ),
        ("UpdateService", r#"{"cluster":"fleet-1","service":"app-0001","desiredCount":9}"#),
    ];
    for (operation, body) in calls {
        clock.advance(Duration::from_secs(5));
        timed(&format!("5 s and {operation}"), || call(&sandbox, operation, body));
    }
    clock.advance(Duration::from_secs(3600));
    timed("an hour and ListClusters", || call(&sandbox, "ListClusters", "{}"));
    let tag = r#"{"resourceArn":"arn:aws:ecs:eu-central-1:000000000000:cluster/fleet-0","tags":[{"key":"a","value":"b"}]}"#;
    timed("100 journalled TagResource", || {
        for _ in 0..100 {
            call(&sandbox, "TagResource", tag);
        }
    });
    drop(sandbox);
    let _ = timed("open again from the files", open);
    for ending in ["", ".journal", ".new"] {
        let _ = std::fs::remove_file(format!("{}{ending}", file.display()));
    }
    demo(&clock);
}

fn demo(clock: &ManualClock) {
    let open = || Sandbox::builder().clock(Arc::new(clock.clone())).seed(Seed::Demo).open();
    if let Ok(sandbox) = timed("open the demo", open) {
        clock.advance(Duration::from_secs(7 * 24 * 3600));
        timed("a week of the demo", || call(&sandbox, "ListClusters", "{}"));
    }
}
