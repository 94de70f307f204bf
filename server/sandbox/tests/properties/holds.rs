//! What must hold.

use super::*;

impl Witness {
    /// Everything that must hold now.
    pub(super) fn look(&mut self) {
        let tasks = self.all_tasks();
        for task in &tasks {
            self.task_lives(task);
        }
        let services: Vec<String> = (0..SERVICES.len()).map(|at| format!("s{at}")).collect();
        let body = json!({"cluster": "shop", "services": services});
        for service in list(&self.story.ask("DescribeServices", body)["services"]) {
            let group = format!("service:{}", text(&service["serviceName"]));
            let mine: Vec<&Value> =
                tasks.iter().filter(|task| task["group"] == group.as_str()).collect();
            self.counts(service, &mine);
            self.events(service, &mine);
            self.limits(service, &mine);
        }
        self.instances_hold(&tasks);
        let body = json!({"clusters": ["shop"]});
        let cluster = self.story.ask("DescribeClusters", body)["clusters"][0].clone();
        let running = tasks.iter().filter(|task| task["lastStatus"] == "RUNNING").count();
        assert_eq!(cluster["runningTasksCount"], running);
    }

    fn all_tasks(&self) -> Vec<Value> {
        let mut arns = Vec::new();
        for status in ["RUNNING", "STOPPED"] {
            let mut body = json!({"cluster": "shop", "desiredStatus": status});
            loop {
                let answer = self.story.ask("ListTasks", body.clone());
                arns.extend(list(&answer["taskArns"]).iter().cloned());
                if answer["nextToken"].is_null() {
                    break;
                }
                body["nextToken"] = answer["nextToken"].clone();
            }
        }
        arns.chunks(100)
            .flat_map(|some| {
                let body = json!({"cluster": "shop", "tasks": some});
                list(&self.story.ask("DescribeTasks", body)["tasks"]).to_vec()
            })
            .collect()
    }

    /// A task goes forward only, says why it stops, and its moments are in order.
    fn task_lives(&mut self, task: &Value) {
        let state = text(&task["lastStatus"]);
        let place = ORDER.iter().position(|known| *known == state).expect("a known state");
        let version = number(&task["version"]);
        let seen = self.tasks.insert(text(&task["taskArn"]), (place, version));
        if let Some((before, old)) = seen {
            assert!(before <= place, "it went back: {task}");
            assert!(old <= version, "its version went back: {task}");
            assert!(before == place || old < version, "a new state, the old version: {task}");
        }
        let times: Vec<f64> = MOMENTS.iter().filter_map(|name| task[name].as_f64()).collect();
        assert!(times.is_sorted(), "{task}");
        assert!(times.last().is_some_and(|last| *last <= self.now()), "from the future: {task}");
        let stopping = task["desiredStatus"] == "STOPPED";
        assert_eq!(stopping, place > 3, "{task}");
        assert_eq!(stopping, task["stopCode"].is_string(), "{task}");
        assert_eq!(place == 7, task["stoppedAt"].is_number(), "{task}");
        if place == 7 {
            let ended = list(&task["containers"]).iter().all(|one| one["lastStatus"] == "STOPPED");
            assert!(ended, "{task}");
        }
    }

    /// The counts of a service and of its deployments are those of its tasks.
    fn counts(&self, service: &Value, mine: &[&Value]) {
        let running = mine.iter().filter(|task| task["lastStatus"] == "RUNNING").count();
        let pending = |task: &&&Value| {
            let state = task["lastStatus"].as_str().unwrap_or_default();
            ["PROVISIONING", "PENDING", "ACTIVATING"].contains(&state)
        };
        let pending = mine.iter().filter(pending).count();
        assert_eq!(service["runningCount"], running, "{service}");
        assert_eq!(service["pendingCount"], pending, "{service}");
        for member in ["runningCount", "pendingCount"] {
            let deployments = list(&service["deployments"]).iter();
            let sum: i64 = deployments.map(|item| number(&item[member])).sum();
            assert_eq!(json!(sum), service[member], "{service}");
        }
        let primaries = list(&service["deployments"]).iter();
        let primaries = primaries.filter(|item| item["status"] == "PRIMARY").count();
        assert_eq!(primaries, usize::from(service["status"] != "INACTIVE"), "{service}");
    }

    /// An event tells what has happened, to tasks of this service.
    fn events(&mut self, service: &Value, mine: &[&Value]) {
        let find =
            |id: &str| mine.iter().find(|task| text(&task["taskArn"]).ends_with(&format!("/{id}")));
        for event in list(&service["events"]) {
            if !self.events.insert(text(&event["id"])) {
                continue;
            }
            let at = event["createdAt"].as_f64().expect("a time");
            let said = text(&event["message"]);
            let named: Vec<&str> =
                said.split("(task ").skip(1).filter_map(|rest| rest.split(')').next()).collect();
            for id in &named {
                let task = find(id).unwrap_or_else(|| panic!("a task of another: {said}"));
                let stopping = task["stoppingAt"].as_f64().is_some_and(|stopping| stopping <= at);
                assert!(!said.contains("has stopped") || stopping, "{said}: {task}");
                assert!(!said.contains("has started") || task["createdAt"] == json!(at), "{said}");
            }
            if said.contains("has started") || said.contains("has stopped") {
                assert!(said.contains(&format!(" {} ", named.len())), "{said}");
            }
            if said.ends_with("has reached a steady state.") {
                self.steady(service, mine, at);
            }
        }
    }

    /// At the time of the event there were exactly the tasks that were wanted.
    fn steady(&mut self, service: &Value, mine: &[&Value], at: f64) {
        let name = text(&service["serviceName"]);
        let since = |task: &&Value, member: &str| task[member].as_f64().filter(|time| *time <= at);
        let up = mine.iter().filter(|task| {
            since(task, "startedAt").is_some() && since(task, "stoppingAt").is_none()
        });
        let touched = self.touched.get(&name).copied().unwrap_or(0.0);
        // A call after the event, but before this look, may have changed the count.
        if touched <= at {
            let up = i64::try_from(up.count()).expect("a count");
            assert_eq!(up, number(&service["desiredCount"]), "steady: {service}");
            self.whole.insert(name);
        }
    }

    /// Between its minimum and its maximum, also while it rolls.
    fn limits(&self, service: &Value, mine: &[&Value]) {
        let name = text(&service["serviceName"]);
        let at: usize = name[1..].parse().expect("a number");
        let (_, daemon, strategy) = SERVICES[at];
        let desired = number(&service["desiredCount"]);
        let percent = |member: &str| number(&service["deploymentConfiguration"][member]);
        let touched = self.touched.get(&name).copied().unwrap_or(0.0);
        let wanted = mine.iter().filter(|task| task["desiredStatus"] == "RUNNING").count();
        let wanted = i64::try_from(wanted).expect("a count");
        let quiet = self.now() - touched > 30.0 && !daemon;
        if quiet && service["status"] == "ACTIVE" {
            let most = match strategy {
                "ROLLING" => desired * percent("maximumPercent") / 100,
                _ => desired * 2,
            };
            assert!(wanted <= most, "{wanted} tasks of at most {most}: {service}");
        }
        if self.whole.contains(&name) && !daemon {
            let least = match strategy {
                "ROLLING" => (desired * percent("minimumHealthyPercent") + 99) / 100,
                _ => desired,
            };
            let up = mine.iter().filter(|task| task["lastStatus"] == "RUNNING").count();
            let up = i64::try_from(up).expect("a count");
            assert!(up >= least, "{up} tasks of at least {least}: {service}");
        }
    }

    /// No instance gives more than it has, nor a host port twice.
    fn instances_hold(&self, tasks: &[Value]) {
        let body = json!({"cluster": "shop", "containerInstances": self.instances});
        let answer = self.story.ask("DescribeContainerInstances", body);
        for instance in list(&answer["containerInstances"]) {
            let here = || {
                tasks.iter().filter(|task| {
                    task["containerInstanceArn"] == instance["containerInstanceArn"]
                        && task["lastStatus"] != "STOPPED"
                })
            };
            for (resource, member) in [("CPU", "cpu"), ("MEMORY", "memory")] {
                let amount = |list_of: &str| {
                    let found = list(&instance[list_of]).iter().find(|one| one["name"] == resource);
                    number(&found.expect("the resource")["integerValue"])
                };
                let taken: i64 =
                    here().map(|task| text(&task[member]).parse::<i64>().expect("a number")).sum();
                let left = amount("remainingResources");
                assert_eq!(left, amount("registeredResources") - taken, "{resource}: {instance}");
                assert!(left >= 0, "{resource}: {instance}");
            }
            let mut ports: Vec<i64> = here()
                .flat_map(|task| list(&task["containers"]))
                .flat_map(|container| list(&container["networkBindings"]))
                .map(|binding| number(&binding["hostPort"]))
                .collect();
            ports.sort_unstable();
            assert!(ports.windows(2).all(|two| two[0] != two[1]), "{ports:?}");
        }
    }
}
