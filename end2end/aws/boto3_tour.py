"""The tour in boto3: every paginator walks its list to the end, and every answer has the members,
types and words of AWS's own model, no others."""

import json

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from support import NETWORK, REGION, Tour, definition

from strict import watch

PROVIDERS = ["FARGATE", "FARGATE_SPOT"]


class Demo(Tour):
    """boto3 against the demo; each answer is held against the model."""

    seed = "demo"
    # The demo's own actors would move what is counted here.
    speed = 1

    @classmethod
    def client(cls, service: str):
        client = boto3.client(
            service,
            endpoint_url=cls.endpoint,
            region_name=REGION,
            aws_access_key_id="any",
            aws_secret_access_key="any",
            config=Config(retries={"total_max_attempts": 1}),
        )
        watch(client, cls.surprises)
        return client

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.surprises = []
        cls.ecs = cls.client("ecs")

    def tearDown(self) -> None:
        self.assertEqual(self.surprises, [], "answers have what the model does not")

    def code(self, call, **arguments) -> str:
        """The code of a call that must be refused."""
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        return caught.exception.response["Error"]["Code"]


class Boto3(Demo):
    """Amazon ECS itself."""

    def test_paginators_walk_every_list(self) -> None:
        ecs = self.ecs
        production = {"cluster": "production"}
        # What each paginator asks, the most of a page, and how many it must find at least.
        walks = {
            "list_account_settings": ({"effectiveSettings": True}, "settings", 11),
            "list_attributes": ({**production, "targetType": "container-instance"}, "attributes", 3),
            "list_clusters": ({}, "clusterArns", 3),
            "list_container_instances": (production, "containerInstanceArns", 3),
            "list_services": (production, "serviceArns", 5),
            "list_task_definition_families": ({}, "families", 5),
            "list_task_definitions": ({}, "taskDefinitionArns", 5),
            "list_tasks": (production, "taskArns", 5),
        }
        for name, (arguments, member, least) in walks.items():
            with self.subTest(name):
                self.assertTrue(ecs.can_paginate(name))
                whole = self.walk(name, arguments, member, 10)
                small = self.walk(name, arguments, member, 2)
                self.assertGreaterEqual(len(whole), least)
                self.assertEqual(small, whole, "the size of a page changes nothing")
                self.assertEqual(len(set(whole)), len(whole), "nothing comes twice")

    def walk(self, name: str, arguments: dict, member: str, size: int) -> list[str]:
        pages = self.ecs.get_paginator(name).paginate(**arguments, PaginationConfig={"PageSize": size})
        found = [json.dumps(item, sort_keys=True) for page in pages for item in page[member]]
        return found

    def test_what_is_described_fits_the_model(self) -> None:
        ecs = self.ecs
        names = [arn.rsplit("/", 1)[1] for arn in ecs.list_clusters()["clusterArns"]]
        include = ["ATTACHMENTS", "CONFIGURATIONS", "SETTINGS", "STATISTICS", "TAGS"]
        self.assertEqual(len(ecs.describe_clusters(clusters=names, include=include)["clusters"]), len(names))
        seen = 0
        for cluster in names:
            services = ecs.list_services(cluster=cluster, maxResults=100)["serviceArns"]
            for at in range(0, len(services), 10):
                some = services[at : at + 10]
                shown = ecs.describe_services(cluster=cluster, services=some, include=["TAGS"])
                seen += len(shown["services"])
            for status in ("RUNNING", "STOPPED"):
                tasks = ecs.list_tasks(cluster=cluster, desiredStatus=status)["taskArns"]
                if tasks:
                    shown = ecs.describe_tasks(cluster=cluster, tasks=tasks, include=["TAGS"])
                    seen += len(shown["tasks"])
            instances = ecs.list_container_instances(cluster=cluster)["containerInstanceArns"]
            if instances:
                ecs.describe_container_instances(cluster=cluster, containerInstances=instances)
            for service in services:
                deployments = ecs.list_service_deployments(cluster=cluster, service=service)
                arns = [one["serviceDeploymentArn"] for one in deployments["serviceDeployments"]]
                shown = ecs.describe_service_deployments(serviceDeploymentArns=arns[:20])
                for one in shown["serviceDeployments"]:
                    revision = one["targetServiceRevision"]["arn"]
                    ecs.describe_service_revisions(serviceRevisionArns=[revision])
        for arn in ecs.list_task_definitions()["taskDefinitionArns"]:
            ecs.describe_task_definition(taskDefinition=arn, include=["TAGS"])
        ecs.describe_capacity_providers()
        self.assertGreater(seen, 20)

    def test_errors_are_the_models_own_classes(self) -> None:
        ecs = self.ecs
        with self.assertRaises(ecs.exceptions.ClusterNotFoundException) as caught:
            ecs.list_tasks(cluster="none")
        answer = caught.exception.response
        self.assertEqual(answer["Error"]["Message"], "Cluster not found.")
        self.assertRegex(answer["ResponseMetadata"]["RequestId"], "^[0-9a-f-]{36}$")
        with self.assertRaises(ecs.exceptions.ServiceNotFoundException):
            ecs.update_service(cluster="production", service="none", desiredCount=1)
        self.assertEqual(self.code(self.client("sts").get_session_token), "InvalidAction")
        self.assertEqual(self.client("sts").get_caller_identity()["Account"], "000000000000")

    def test_the_world_outlives_the_process(self) -> None:
        ecs = self.ecs
        ecs.create_cluster(clusterName="kept", capacityProviders=PROVIDERS)
        ecs.register_task_definition(**definition("kept", "shop/kept:1"))
        started = ecs.run_task(
            cluster="kept", taskDefinition="kept", launchType="FARGATE", networkConfiguration=NETWORK
        )
        task = started["tasks"][0]["taskArn"]
        type(self).stop()
        type(self).start()
        type(self).ecs = self.client("ecs")
        shown = self.ecs.describe_tasks(cluster="kept", tasks=[task])
        self.assertEqual(shown["failures"], [])
        self.assertEqual(shown["tasks"][0]["createdAt"], started["tasks"][0]["createdAt"])
