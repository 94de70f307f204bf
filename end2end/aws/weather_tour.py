"""Each kind of trouble that `berth sandbox` can be told to make, as boto3 meets it."""

import functools
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from support import REGION, Tour


class Weather(Tour):
    """One sandbox for each switch."""

    keeps = False

    @classmethod
    def setUpClass(cls) -> None:
        # Each test starts its own.
        cls.make_folder()

    def client(self, *options: str, speed: float = 1):
        type(self).options, type(self).speed = list(options), speed
        self.start()
        return boto3.client(
            "ecs",
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id="any",
            aws_secret_access_key="any",
            config=Config(retries={"total_max_attempts": 1}),
        )

    def refused(self, call) -> tuple[str, int]:
        with self.assertRaises(ClientError) as caught:
            call()
        answer = caught.exception.response
        return answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]

    def test_quotas_throttle(self) -> None:
        ecs = self.client("--quotas", "yes", speed=0.01)
        for _ in range(20):
            ecs.create_cluster(clusterName="shop")
        call = functools.partial(ecs.create_cluster, clusterName="shop")
        self.assertEqual(self.refused(call), ("ThrottlingException", 400))
        self.assertEqual(len(ecs.list_clusters()["clusterArns"]), 1)

    def test_one_operation_is_throttled_or_denied(self) -> None:
        ecs = self.client("--throttle", "ListTasks", "--deny", "ListServices")
        ecs.list_clusters()
        self.assertEqual(self.refused(ecs.list_tasks), ("ThrottlingException", 400))
        self.assertEqual(self.refused(ecs.list_services), ("AccessDeniedException", 400))

    def test_credentials_expire(self) -> None:
        ecs = self.client("--expired", "yes")
        self.assertEqual(self.refused(ecs.list_clusters), ("ExpiredTokenException", 400))

    def test_an_outage_is_a_503(self) -> None:
        ecs = self.client("--outage", "yes")
        self.assertEqual(self.refused(ecs.list_clusters)[1], 503)

    def test_a_change_is_seen_late(self) -> None:
        # The world stands nearly still: what is not yet seen stays so.
        ecs = self.client("--lag", "60000", speed=0.01)
        ecs.create_cluster(clusterName="shop")
        self.assertEqual(ecs.list_clusters()["clusterArns"], [])

    def test_answers_are_slow(self) -> None:
        ecs = self.client("--latency", "300")
        began = time.monotonic()
        ecs.list_clusters()
        self.assertGreater(time.monotonic() - began, 0.3)
