"""A sandbox of one's own for each tour, and what AWS's clients need to reach it."""

import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import unittest

REGION = "eu-central-1"
NETWORK = {"awsvpcConfiguration": {"subnets": ["subnet-0a1b2c3d"], "assignPublicIp": "ENABLED"}}


class Tour(unittest.TestCase):
    """Serves an empty world in which two minutes pass in a second, so that waits are short."""

    seed = "empty"
    speed = 120
    keeps = True
    options: list[str] = []

    @classmethod
    def setUpClass(cls) -> None:
        cls.make_folder()
        cls.start()

    @classmethod
    def make_folder(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)

    @classmethod
    def start(cls) -> None:
        command = [os.environ["BERTH_BIN"], "sandbox", "--listen", "127.0.0.1:0", "--log", "warn"]
        command += ["--seed", cls.seed, "--speed", str(cls.speed)]
        command += [*cls.options]
        if cls.keeps:
            command += ["--state", f"{cls.folder.name}/world.json"]
        cls.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(cls.kill, cls.process)
        greeting = cls.process.stdout.readline()
        found = re.search(r"http://\S+", greeting)
        assert found, f"it did not start: {greeting!r}"
        cls.endpoint = found[0]

    @classmethod
    def stop(cls) -> None:
        """Ends it as a service manager would, and expects it to agree."""
        cls.process.send_signal(signal.SIGTERM)
        code = cls.process.wait(timeout=20)
        assert code == 0, f"it ended with {code}"

    @staticmethod
    def kill(process: subprocess.Popen) -> None:
        process.kill()
        process.wait()
        process.stdout.close()

    @classmethod
    def environment(cls) -> dict[str, str]:
        """Nothing of this machine's own AWS settings reaches a client."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": cls.folder.name,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ACCESS_KEY_ID": "any",
            "AWS_SECRET_ACCESS_KEY": "any",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ENDPOINT_URL": cls.endpoint,
            "AWS_PAGER": "",
        }


def definition(family: str, image: str) -> dict:
    """A task definition for Fargate with one container."""
    return {
        "family": family,
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": "256",
        "memory": "512",
        "containerDefinitions": [{"name": "main", "image": image}],
    }


def program(name: str) -> str:
    """A program that was installed beside this Python."""
    return str(pathlib.Path(sys.executable).parent / name)
