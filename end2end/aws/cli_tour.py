"""The tour in the AWS command line: what a person types, and the waits of a deploy script."""

import json
import subprocess

from support import NETWORK, REGION, Tour, definition, program

BREAKER = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}


class CommandLine(Tour):
    """The AWS command line against a sandbox."""

    # A rollout takes four minutes: it is over before the second look of a wait.
    speed = 600

    @classmethod
    def run_aws(cls, *words: str) -> subprocess.CompletedProcess:
        command = [program("aws"), "--output", "json", *words]
        return subprocess.run(
            command, env=cls.environment(), capture_output=True, text=True, timeout=240
        )

    @classmethod
    def aws(cls, *words: str) -> dict:
        done = cls.run_aws(*words)
        assert done.returncode == 0, f"{' '.join(words)}: {done.stderr}"
        return json.loads(done.stdout) if done.stdout.strip() else {}

    def refused(self, code: str, *words: str) -> None:
        done = self.run_aws(*words)
        self.assertNotEqual(done.returncode, 0, words)
        self.assertIn(f"({code})", done.stderr)

    def register(self, family: str, image: str) -> str:
        wanted = definition(family, image)
        wanted["executionRoleArn"] = "arn:aws:iam::000000000000:role/ecsTaskExecutionRole"
        wanted["containerDefinitions"][0]["logConfiguration"] = {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": f"/{family}",
                "awslogs-region": REGION,
                "awslogs-stream-prefix": "ecs",
            },
        }
        document = json.dumps(wanted)
        answer = self.aws("ecs", "register-task-definition", "--cli-input-json", document)
        return answer["taskDefinition"]["taskDefinitionArn"]

    def cluster(self, name: str) -> None:
        providers = ["--capacity-providers", "FARGATE", "FARGATE_SPOT"]
        answer = self.aws("ecs", "create-cluster", "--cluster-name", name, *providers)
        self.assertEqual(answer["cluster"]["status"], "ACTIVE")

    def service(self, cluster: str, name: str) -> dict:
        words = ["--cluster", cluster, "--services", name]
        return self.aws("ecs", "describe-services", *words)["services"][0]

    def test_a_task_runs_and_is_stopped(self) -> None:
        self.cluster("jobs")
        self.register("job", "shop/job:1")
        place = ["--launch-type", "FARGATE", "--network-configuration", json.dumps(NETWORK)]
        started = self.aws(
            "ecs", "run-task", "--cluster", "jobs", "--task-definition", "job", "--count", "2", *place
        )
        self.assertEqual(started["failures"], [])
        arns = [task["taskArn"] for task in started["tasks"]]
        self.assertEqual(len(arns), 2)
        which = ["--cluster", "jobs", "--tasks", *arns]
        self.aws("ecs", "wait", "tasks-running", *which)
        # PyPI has no version of the command line with `logs tail`; it asks for the same.
        tail = ["--log-group-name", "/job", "--log-stream-name-prefix", "ecs/main"]
        events = self.aws("logs", "filter-log-events", *tail)["events"]
        streams = {event["logStreamName"] for event in events}
        self.assertEqual(streams, {f"ecs/main/{arn.rsplit('/', 1)[1]}" for arn in arns})
        for arn in arns:
            self.aws("ecs", "stop-task", "--cluster", "jobs", "--task", arn, "--reason", "enough")
        self.aws("ecs", "wait", "tasks-stopped", *which)
        for task in self.aws("ecs", "describe-tasks", *which)["tasks"]:
            self.assertEqual(task["stopCode"], "UserInitiated")
            self.assertEqual(task["stoppedReason"], "enough")
            self.assertEqual(task["containers"][0]["exitCode"], 0)

    def test_a_service_is_rolled_out_rolled_back_and_deleted(self) -> None:
        self.cluster("shop")
        first = self.register("web", "shop/web:1")
        created = self.aws(
            "ecs", "create-service", "--cluster", "shop", "--service-name", "web",
            "--task-definition", "web", "--desired-count", "2", "--launch-type", "FARGATE",
            "--network-configuration", json.dumps(NETWORK),
            "--deployment-configuration", json.dumps(BREAKER),
        )  # fmt: skip
        self.assertEqual(created["service"]["status"], "ACTIVE")
        which = ["--cluster", "shop", "--services", "web"]
        self.aws("ecs", "wait", "services-stable", *which)
        self.assertEqual(self.service("shop", "web")["runningCount"], 2)

        second = self.register("web", "shop/web:2")
        self.update("--task-definition", second)
        self.assertEqual(self.rolled_out(), second)
        self.update("--desired-count", "3")
        self.aws("ecs", "wait", "services-stable", *which)
        self.assertEqual(self.service("shop", "web")["runningCount"], 3)
        self.update("--force-new-deployment")
        self.assertEqual(self.rolled_out(), second)

        third = self.register("web", "shop/web:3-crash-1-after-2s")
        self.update("--task-definition", third)
        self.assertEqual(self.rolled_out(), second, "the circuit breaker goes back")
        self.assertNotEqual(first, second)

        self.refused(
            "InvalidParameterException",
            "ecs", "delete-service", "--cluster", "shop", "--service", "web",
        )  # fmt: skip
        self.aws("ecs", "delete-service", "--cluster", "shop", "--service", "web", "--force")
        self.aws("ecs", "wait", "services-inactive", *which)
        self.aws("ecs", "delete-cluster", "--cluster", "shop")

    def update(self, *words: str) -> None:
        self.aws("ecs", "update-service", "--cluster", "shop", "--service", "web", *words)

    def rolled_out(self) -> str:
        """Waits for the rollout to end; answers the revision that is left."""
        self.aws("ecs", "wait", "services-stable", "--cluster", "shop", "--services", "web")
        shown = self.service("shop", "web")
        self.assertEqual([one["status"] for one in shown["deployments"]], ["PRIMARY"])
        self.assertEqual(shown["deployments"][0]["rolloutState"], "COMPLETED")
        return shown["deployments"][0]["taskDefinition"]

    def test_refusals_read_as_amazons(self) -> None:
        self.refused("ClusterNotFoundException", "ecs", "list-tasks", "--cluster", "none")
        self.refused("ClientException", "ecs", "describe-task-definition", "--task-definition", "none")
        self.refused("InvalidAction", "sts", "get-session-token")

    def test_the_caller_has_a_name(self) -> None:
        identity = self.aws("sts", "get-caller-identity")
        self.assertEqual(identity["Account"], "000000000000")
