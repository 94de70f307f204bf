"""What changes a world beyond tasks and plain services, in boto3; each answer is held against AWS's
model."""

import time

import boto3_tour
from support import NETWORK, definition

SHOP = {"cluster": "shop"}
GROUPS = "arn:aws:elasticloadbalancing:eu-central-1:000000000000:targetgroup"
AUTO_SCALING = "arn:aws:autoscaling:eu-central-1:000000000000:autoScalingGroup:6f1d0c9e-0000-4000-a000-000000000001:autoScalingGroupName/shop"


class Operations(boto3_tour.Demo):
    """boto3 against an empty world in which two minutes pass in a second."""

    seed = "empty"
    speed = 120

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.ecs.create_cluster(clusterName="shop", capacityProviders=boto3_tour.PROVIDERS)
        web = definition("web", "shop/web:1")
        web["taskRoleArn"] = "arn:aws:iam::000000000000:role/web"
        web["containerDefinitions"][0]["portMappings"] = [{"containerPort": 80}]
        cls.ecs.register_task_definition(**web)

    def service(self, name: str, **more) -> dict:
        wish = {"desiredCount": 1, "launchType": "FARGATE", "networkConfiguration": NETWORK, **more}
        return self.ecs.create_service(**SHOP, serviceName=name, taskDefinition="web", **wish)["service"]

    def stable(self, name: str) -> None:
        waiter = self.ecs.get_waiter("services_stable")
        waiter.wait(**SHOP, services=[name], WaiterConfig={"Delay": 1, "MaxAttempts": 60})

    def until(self, look, wanted) -> None:
        for _ in range(300):
            if look() == wanted:
                return
            time.sleep(0.1)
        self.fail(f"never {wanted!r}, at last {look()!r}")

    def test_task_sets_take_over_from_each_other(self) -> None:
        ecs, which = self.ecs, {**SHOP, "service": "external"}
        ecs.create_service(
            **SHOP, serviceName="external", desiredCount=2, deploymentController={"type": "EXTERNAL"}
        )
        scale = {"value": 100.0, "unit": "PERCENT"}
        wish = {"taskDefinition": "web", "launchType": "FARGATE", "networkConfiguration": NETWORK}
        blue = ecs.create_task_set(**which, **wish, scale=scale)["taskSet"]
        ecs.update_service_primary_task_set(**which, primaryTaskSet=blue["id"])
        look = lambda: ecs.describe_task_sets(**which)["taskSets"][0]["stabilityStatus"]
        self.until(look, "STEADY_STATE")
        shown = ecs.describe_services(**SHOP, services=["external"])["services"][0]
        self.assertEqual(shown["taskSets"][0]["runningCount"], 2)
        green = ecs.create_task_set(**which, **wish, externalId="green", tags=[{"key": "a", "value": "b"}])
        arn = green["taskSet"]["taskSetArn"]
        ecs.tag_resource(resourceArn=arn, tags=[{"key": "c", "value": "d"}])
        sets = ecs.describe_task_sets(**which, taskSets=[arn], include=["TAGS"])["taskSets"]
        self.assertEqual(len(sets[0]["tags"]), 2)
        ecs.update_task_set(**which, taskSet=arn, scale={"value": 50.0, "unit": "PERCENT"})
        ecs.delete_task_set(**which, taskSet=blue["id"], force=True)
        self.until(lambda: len(ecs.describe_task_sets(**which)["taskSets"]), 1)

    def test_instances_come_and_go(self) -> None:
        ecs = self.ecs
        ecs.create_cluster(clusterName="metal")
        total = [{"name": name, "type": "INTEGER", "integerValue": 2048} for name in ("CPU", "MEMORY")]
        made = ecs.register_container_instance(
            cluster="metal", totalResources=total, versionInfo={"agentVersion": "1.90.0"}
        )
        arn = made["containerInstance"]["containerInstanceArn"]
        rack = {"name": "rack", "value": "7", "targetId": arn}
        ecs.put_attributes(cluster="metal", attributes=[rack])
        walk = ecs.get_paginator("list_attributes").paginate(
            cluster="metal", targetType="container-instance", attributeName="rack"
        )
        self.assertEqual([one["value"] for page in walk for one in page["attributes"]], ["7"])
        found = ecs.list_container_instances(cluster="metal", filter="attribute:rack == 7")
        self.assertEqual(found["containerInstanceArns"], [arn])
        ecs.update_container_agent(cluster="metal", containerInstance=arn)
        look = lambda: ecs.describe_container_instances(cluster="metal", containerInstances=[arn])
        self.until(lambda: look()["containerInstances"][0]["agentUpdateStatus"], "UPDATED")
        ecs.register_task_definition(
            family="metal",
            containerDefinitions=[{"name": "main", "image": "shop/x:1", "memory": 100}],
            placementConstraints=[{"type": "memberOf", "expression": "attribute:rack == 7"}],
        )
        ran = ecs.run_task(
            cluster="metal",
            taskDefinition="metal",
            placementStrategy=[{"type": "binpack", "field": "memory"}],
        )
        self.assertEqual(ran["tasks"][0]["containerInstanceArn"], arn)
        ecs.delete_attributes(cluster="metal", attributes=[{"name": "rack", "targetId": arn}])
        refused = ecs.run_task(cluster="metal", taskDefinition="metal")
        self.assertIn("MemberOf", refused["failures"][0]["reason"])
        ecs.deregister_container_instance(cluster="metal", containerInstance=arn, force=True)
        self.assertEqual(ecs.list_container_instances(cluster="metal")["containerInstanceArns"], [])

    def test_capacity_providers_and_settings(self) -> None:
        ecs = self.ecs
        group = {"autoScalingGroupArn": AUTO_SCALING, "managedScaling": {"status": "ENABLED"}}
        made = ecs.create_capacity_provider(name="instances", autoScalingGroupProvider=group)
        self.assertEqual(made["capacityProvider"]["name"], "instances")
        ecs.update_capacity_provider(
            name="instances", autoScalingGroupProvider={"managedScaling": {"targetCapacity": 90}}
        )
        look = lambda: ecs.describe_capacity_providers(capacityProviders=["instances"])
        self.until(lambda: look()["capacityProviders"][0]["updateStatus"], "UPDATE_COMPLETE")
        ecs.delete_capacity_provider(capacityProvider="instances")
        ecs.put_account_setting(name="containerInsights", value="enhanced")
        ecs.put_account_setting_default(name="containerInstanceLongArnFormat", value="enabled")
        made = ecs.create_cluster(clusterName="watched")["cluster"]
        self.assertIn({"name": "containerInsights", "value": "enhanced"}, made["settings"])
        ecs.delete_account_setting(name="containerInsights")
        settings = ecs.list_account_settings(name="containerInsights", effectiveSettings=True)["settings"]
        self.assertEqual(settings[0]["value"], "disabled")

    def test_a_task_is_protected_and_entered(self) -> None:
        ecs = self.ecs
        self.service("kept", enableExecuteCommand=True)
        self.stable("kept")
        task = ecs.list_tasks(**SHOP, serviceName="kept")["taskArns"][0]
        ecs.update_task_protection(**SHOP, tasks=[task], protectionEnabled=True, expiresInMinutes=60)
        self.assertTrue(ecs.get_task_protection(**SHOP, tasks=[task])["protectedTasks"][0]["protectionEnabled"])
        ecs.update_service(**SHOP, service="kept", desiredCount=0)
        session = ecs.execute_command(**SHOP, task=task, command="sh", interactive=True)
        self.assertTrue(session["session"]["streamUrl"].startswith("wss://"))
        shown = ecs.describe_tasks(**SHOP, tasks=[task])["tasks"][0]
        self.assertEqual(shown["desiredStatus"], "RUNNING", "it is protected")
        ecs.update_task_protection(**SHOP, tasks=[task], protectionEnabled=False)
        waiter = ecs.get_waiter("tasks_stopped")
        waiter.wait(**SHOP, tasks=[task], WaiterConfig={"Delay": 1, "MaxAttempts": 60})

    def test_a_blue_green_deployment_waits_and_goes_on(self) -> None:
        ecs = self.ecs
        hook = {"targetType": "PAUSE", "lifecycleStages": ["POST_SCALE_UP"]}
        balancer = {
            "targetGroupArn": f"{GROUPS}/blue/1",
            "containerName": "main",
            "containerPort": 80,
            "advancedConfiguration": {
                "alternateTargetGroupArn": f"{GROUPS}/green/2",
                "productionListenerRule": "arn:aws:elasticloadbalancing:eu-central-1:000000000000:listener-rule/app/shop/1/2/3",
                "roleArn": "arn:aws:iam::000000000000:role/ecsInfrastructureRole",
            },
        }
        self.service("shifted", loadBalancers=[balancer])
        self.stable("shifted")
        ecs.update_service(
            **SHOP,
            service="shifted",
            forceNewDeployment=True,
            deploymentConfiguration={
                "strategy": "BLUE_GREEN",
                "bakeTimeInMinutes": 1,
                "lifecycleHooks": [hook],
            },
        )
        arn = ecs.list_service_deployments(**SHOP, service="shifted")["serviceDeployments"][0]["serviceDeploymentArn"]
        shown = lambda: ecs.describe_service_deployments(serviceDeploymentArns=[arn])["serviceDeployments"][0]
        waits = lambda: [one["status"] for one in shown().get("lifecycleHookDetails", [])]
        self.until(waits, ["AWAITING_ACTION"])
        self.assertEqual(shown()["lifecycleStage"], "POST_SCALE_UP")
        hook_id = shown()["lifecycleHookDetails"][0]["hookId"]
        ecs.continue_service_deployment(serviceDeploymentArn=arn, hookId=hook_id, action="CONTINUE")
        self.until(lambda: shown()["status"], "SUCCESSFUL")
        revision = shown()["targetServiceRevision"]["arn"]
        ecs.describe_service_revisions(serviceRevisionArns=[revision])

    def test_services_are_listed_by_namespace(self) -> None:
        for at in range(3):
            connect = {"enabled": True, "namespace": "shop.local"}
            self.service(f"named-{at}", desiredCount=0, serviceConnectConfiguration=connect)
        walk = self.ecs.get_paginator("list_services_by_namespace").paginate(
            namespace="shop.local", PaginationConfig={"PageSize": 2}
        )
        found = [arn.rsplit("/", 1)[1] for page in walk for arn in page["serviceArns"]]
        self.assertEqual(found, ["named-0", "named-1", "named-2"])

    def test_alarms_and_the_clock_scale(self) -> None:
        scaling, watch = self.client("application-autoscaling"), self.client("cloudwatch")
        self.service("scaled")
        self.stable("scaled")
        target = {
            "ServiceNamespace": "ecs",
            "ResourceId": "service/shop/scaled",
            "ScalableDimension": "ecs:service:DesiredCount",
        }
        scaling.register_scalable_target(**target, MinCapacity=1, MaxCapacity=4)
        policy = scaling.put_scaling_policy(
            **target,
            PolicyName="out",
            PolicyType="StepScaling",
            StepScalingPolicyConfiguration={
                "AdjustmentType": "ChangeInCapacity",
                "StepAdjustments": [{"MetricIntervalLowerBound": 0.0, "ScalingAdjustment": 1}],
            },
        )
        watch.put_metric_alarm(
            AlarmName="busy",
            Namespace="AWS/ECS",
            MetricName="CPUUtilization",
            Statistic="Average",
            Dimensions=[{"Name": "ClusterName", "Value": "shop"}, {"Name": "ServiceName", "Value": "scaled"}],
            Period=60,
            EvaluationPeriods=1,
            Threshold=1.0,
            ComparisonOperator="GreaterThanThreshold",
            AlarmActions=[policy["PolicyARN"]],
        )
        alarm = lambda: watch.describe_alarms(AlarmNames=["busy"])["MetricAlarms"][0]
        self.until(lambda: alarm()["StateValue"], "ALARM")
        self.assertEqual(alarm()["Threshold"], 1.0)
        desired = lambda: self.ecs.describe_services(**SHOP, services=["scaled"])["services"][0]["desiredCount"]
        self.until(lambda: desired() > 1, True)
        watch.delete_alarms(AlarmNames=["busy"])
        scaling.put_scheduled_action(
            **target,
            ScheduledActionName="down",
            Schedule="rate(1 minute)",
            ScalableTargetAction={"MinCapacity": 1, "MaxCapacity": 1},
        )
        self.until(desired, 1)
        actions = scaling.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"]
        self.assertEqual([one["ScheduledActionName"] for one in actions], ["down"])
        causes = [one["Cause"] for one in scaling.describe_scaling_activities(ServiceNamespace="ecs")["ScalingActivities"]]
        self.assertIn("scheduled action name down was triggered", causes)
        scaling.describe_scaling_policies(ServiceNamespace="ecs")
