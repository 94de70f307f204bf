"""What a console asks of the services beside ECS, each through boto3 in that service's own protocol."""

import datetime
import urllib.parse

import boto3_tour


class Neighbours(boto3_tour.Demo):
    """boto3 against the demo."""

    def definition(self) -> dict:
        return self.ecs.describe_task_definition(taskDefinition="storefront-web")["taskDefinition"]

    def service(self) -> dict:
        names = {"cluster": "production", "services": ["storefront-web"]}
        return self.ecs.describe_services(**names)["services"][0]

    def test_logs_are_read_forwards_backwards_and_through_a_filter(self) -> None:
        logs = self.client("logs")
        group = "/shop/production/storefront-web"
        found = logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]
        self.assertEqual([one["logGroupName"] for one in found], [group])
        streams = logs.describe_log_streams(logGroupName=group, orderBy="LastEventTime", descending=True)
        stream = streams["logStreams"][-1]["logStreamName"]
        which = {"logGroupName": group, "logStreamName": stream}
        whole = logs.get_log_events(**which, startFromHead=True)
        self.assertGreater(len(whole["events"]), 2)
        forwards, token = [], None
        while True:
            more = {"nextToken": token} if token else {}
            page = logs.get_log_events(**which, startFromHead=True, limit=2, **more)
            if page["nextForwardToken"] == token:
                break
            token = page["nextForwardToken"]
            forwards += page["events"]
        messages = [event["message"] for event in whole["events"]]
        self.assertEqual([event["message"] for event in forwards][: len(messages)], messages)
        walk = logs.get_paginator("filter_log_events").paginate(
            logGroupName=group, filterPattern="INFO -WARN", PaginationConfig={"PageSize": 50}
        )
        events = [event for page in walk for event in page["events"]]
        times = [event["timestamp"] for event in events]
        self.assertEqual(times, sorted(times))
        self.assertEqual(len({(one["eventId"], one["logStreamName"]) for one in events}), len(events))
        self.assertTrue(events and all("INFO" in event["message"] for event in events))
        with self.assertRaises(logs.exceptions.ResourceNotFoundException):
            logs.filter_log_events(logGroupName="none")

    def test_metrics_follow_the_world(self) -> None:
        watch = self.client("cloudwatch")
        listed = watch.list_metrics(Namespace="AWS/ECS")["Metrics"]
        self.assertGreater(len(listed), 10)
        metric = {
            "Namespace": "AWS/ECS",
            "MetricName": "CPUUtilization",
            "Dimensions": [
                {"Name": "ClusterName", "Value": "production"},
                {"Name": "ServiceName", "Value": "storefront-web"},
            ],
        }
        now = datetime.datetime.now(datetime.UTC)
        answer = watch.get_metric_data(
            MetricDataQueries=[
                {"Id": "cpu", "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Average"}}
            ],
            StartTime=now - datetime.timedelta(minutes=30),
            EndTime=now,
        )
        cpu = answer["MetricDataResults"][0]
        self.assertEqual((cpu["Id"], cpu["StatusCode"]), ("cpu", "Complete"))
        self.assertGreaterEqual(len(cpu["Values"]), 3)
        self.assertTrue(all(0 < value <= 100 for value in cpu["Values"]))
        self.assertIsInstance(cpu["Timestamps"][0], datetime.datetime)

    def test_a_service_is_scaled_by_a_policy(self) -> None:
        scaling = self.client("application-autoscaling")
        resource = {
            "ServiceNamespace": "ecs",
            "ResourceId": "service/production/storefront-web",
            "ScalableDimension": "ecs:service:DesiredCount",
        }
        scaling.register_scalable_target(**resource, MinCapacity=4, MaxCapacity=8)
        scaling.put_scaling_policy(
            **resource,
            PolicyName="cpu",
            PolicyType="TargetTrackingScaling",
            TargetTrackingScalingPolicyConfiguration={
                "TargetValue": 60.0,
                "PredefinedMetricSpecification": {
                    "PredefinedMetricType": "ECSServiceAverageCPUUtilization"
                },
            },
        )
        for name, member in [
            ("describe_scalable_targets", "ScalableTargets"),
            ("describe_scaling_policies", "ScalingPolicies"),
        ]:
            pages = scaling.get_paginator(name).paginate(ServiceNamespace="ecs")
            found = [one["ResourceId"] for page in pages for one in page[member]]
            self.assertEqual(found, [resource["ResourceId"]])
        scaling.describe_scaling_activities(ServiceNamespace="ecs")
        scaling.delete_scaling_policy(**resource, PolicyName="cpu")
        scaling.deregister_scalable_target(**resource)

    def test_targets_are_the_services_tasks(self) -> None:
        balancing = self.client("elbv2")
        group = self.service()["loadBalancers"][0]["targetGroupArn"]
        shown = balancing.describe_target_groups(TargetGroupArns=[group])["TargetGroups"][0]
        listeners = balancing.describe_listeners(LoadBalancerArn=shown["LoadBalancerArns"][0])
        self.assertEqual(listeners["Listeners"][0]["DefaultActions"][0]["TargetGroupArn"], group)
        health = balancing.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
        states = {one["TargetHealth"]["State"] for one in health}
        self.assertIn("healthy", states)
        with self.assertRaises(balancing.exceptions.TargetGroupNotFoundException):
            balancing.describe_target_health(TargetGroupArn="none")

    def test_networks_can_be_looked_up(self) -> None:
        ec2 = self.client("ec2")
        network = self.service()["networkConfiguration"]["awsvpcConfiguration"]
        subnets = ec2.describe_subnets(SubnetIds=network["subnets"])["Subnets"]
        self.assertEqual({one["SubnetId"] for one in subnets}, set(network["subnets"]))
        vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
        inside = [{"Name": "vpc-id", "Values": [vpc]}]
        groups = ec2.describe_security_groups(Filters=inside)["SecurityGroups"]
        self.assertLessEqual(set(network["securityGroups"]), {one["GroupId"] for one in groups})
        self.assertRegex(self.code(ec2.describe_subnets, SubnetIds=["subnet-0"]), "InvalidSubnetID.NotFound")

    def test_roles_trust_tasks(self) -> None:
        iam = self.client("iam")
        pages = iam.get_paginator("list_roles").paginate(PaginationConfig={"PageSize": 1})
        roles = {role["Arn"]: role for page in pages for role in page["Roles"]}
        role = roles[self.definition()["executionRoleArn"]]
        trust = role["AssumeRolePolicyDocument"]
        trust = trust if isinstance(trust, dict) else urllib.parse.unquote(trust)
        self.assertIn("ecs-tasks.amazonaws.com", str(trust))
        self.assertEqual(iam.get_role(RoleName=role["RoleName"])["Role"]["Arn"], role["Arn"])
        with self.assertRaises(iam.exceptions.NoSuchEntityException):
            iam.get_role(RoleName="none")

    def test_images_have_the_digest_that_tasks_show(self) -> None:
        ecr = self.client("ecr")
        names = [one["repositoryName"] for one in ecr.describe_repositories()["repositories"]]
        self.assertIn("shop/storefront-web", names)
        images = ecr.describe_images(repositoryName="shop/storefront-web")["imageDetails"]
        pushed = {image["imageDigest"] for image in images}
        tasks = self.ecs.list_tasks(cluster="production", serviceName="storefront-web")["taskArns"]
        shown = self.ecs.describe_tasks(cluster="production", tasks=tasks)["tasks"]
        running = {
            container["imageDigest"]
            for task in shown
            for container in task["containers"]
            if container["image"].startswith("shop/storefront-web:") and "imageDigest" in container
        }
        self.assertTrue(running and running <= pushed, (running, pushed))
        with self.assertRaises(ecr.exceptions.RepositoryNotFoundException):
            ecr.list_images(repositoryName="none")

    def test_secrets_and_parameters_have_names_but_no_values(self) -> None:
        secrets = self.definition()["containerDefinitions"][0]["secrets"]
        kept = self.client("secretsmanager")
        arns = [one["ARN"] for one in kept.list_secrets()["SecretList"]]
        self.assertIn(secrets[0]["valueFrom"], arns)
        self.assertEqual(kept.describe_secret(SecretId=arns[0])["ARN"], arns[0])
        parameters = self.client("ssm").get_paginator("describe_parameters").paginate()
        names = [one["Name"] for page in parameters for one in page["Parameters"]]
        self.assertIn(secrets[1]["valueFrom"].split(":parameter")[1], names)

    def test_others_answer_too(self) -> None:
        (system,) = self.client("efs").describe_file_systems()["FileSystems"]
        points = self.client("efs").describe_access_points(FileSystemId=system["FileSystemId"])
        self.assertEqual([one["Name"] for one in points["AccessPoints"]], ["shop-uploads-app"])
        missing = self.code(self.client("efs").describe_file_systems, FileSystemId="fs-0")
        self.assertEqual(missing, "FileSystemNotFound")
        self.client("servicediscovery").list_namespaces()
        self.assertEqual(self.code(self.client("efs").create_file_system), "UnknownOperationException")
