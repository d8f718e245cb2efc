"""What `deploy/` holds: each file is read, fits the others and the command line, and what can be started here is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from crisis_sim.cli.commands import command_of
from crisis_sim.cli.verbs import BY_NAME
from crisis_sim.rooms.address import PORT, TERMINALS, public_address

DEPLOY = Path(__file__).parents[2] / "deploy"
SCRIPT = (DEPLOY / "host.sh").read_text("utf-8")
SET = re.compile(r"\$\{([A-Z_]+)[:}]")


def parts(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((DEPLOY / name).read_text("utf-8")))


def one(kind: str, name: str = "tuesday") -> dict[str, Any]:
    [found] = [part for part in parts("kubernetes.yaml") if (part["kind"], part["metadata"]["name"]) == (kind, name)]
    return found


def test_an_exercise_is_one_process_with_one_volume_that_holds_all_of_it() -> None:
    """Nothing else can be written to, and nobody is root."""
    exercise = one("StatefulSet")["spec"]
    pod = exercise["template"]["spec"]
    [host] = pod["containers"]
    assert exercise["replicas"] == 1 and pod["securityContext"]["runAsNonRoot"]
    assert host["securityContext"]["readOnlyRootFilesystem"] and not pod["automountServiceAccountToken"]
    assert {mount["mountPath"] for mount in host["volumeMounts"]} == {"/data", "/tmp"}
    assert [claim["metadata"]["name"] for claim in exercise["volumeClaimTemplates"]] == ["data"]
    service = parts("compose.yaml")[0]["services"]["tuesday"]
    assert service["volumes"] == ["tuesday:/data"] and service["read_only"] and service["restart"] == "on-failure"
    container = (DEPLOY / "Containerfile").read_text("utf-8")
    assert "USER 10001" in container and pod["securityContext"]["runAsUser"] == 10001 and "VOLUME /data" in container


def test_what_is_set_is_known_to_the_script_and_ports_and_paths_agree() -> None:
    """Of compose and Kubernetes; a name that nobody reads would be a setting without effect."""
    known = set(SET.findall(SCRIPT))
    [host] = one("StatefulSet")["spec"]["template"]["spec"]["containers"]
    there = {each["name"]: each["value"] for each in host["env"]}
    here = parts("compose.yaml")[0]["services"]["tuesday"]["environment"]
    assert set(there) | set(here) <= known
    assert {port["containerPort"] for port in host["ports"]} == {PORT, PORT + 1}
    assert all(f"127.0.0.1:{port}" in (DEPLOY / "nginx.conf").read_text("utf-8") for port in (PORT, PORT + 1))
    path = public_address(there["PUBLIC_URL"]).public.rpartition("/")[2]
    [rule] = one("Ingress", "tuesday-terminals")["spec"]["rules"]
    assert [each["path"] for each in rule["http"]["paths"]] == [f"/{path}/{TERMINALS}"]
    for name in ("tuesday-terminals", "tuesday-browsers"):
        [rule] = one("Ingress", name)["spec"]["rules"]
        for each in rule["http"]["paths"]:
            ports = {port["name"] for port in one("Service")["spec"]["ports"]}
            assert each["backend"]["service"]["port"]["name"] in ports


def test_what_the_script_types_is_on_the_command_line() -> None:
    options = {option for parameter in command_of(BY_NAME["host"]).params for option in parameter.opts}
    assert set(re.findall(r"--[a-z-]+", SCRIPT)) <= options


@pytest.mark.skipif(os.name != "posix", reason="a shell script")
def test_the_script_begins_an_exercise_and_takes_it_up_again(tmp_path: Path) -> None:
    """As a container would: killed and started, it hosts the same log; no code stands in what it prints."""
    settings = {"DATA": str(tmp_path), "SCENARIO": "lost-airliner", "BIND": "127.0.0.1", "PORT": "0"}
    settings |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PUBLIC_URL": "https://a.example.org/b"}
    sessions = []
    for _life in range(2):
        (tmp_path / "cards.html").unlink(missing_ok=True)
        with (tmp_path / "said").open("wb") as said:
            process = subprocess.Popen([DEPLOY / "host.sh"], env={**os.environ, **settings}, stdout=said, stderr=said)
            try:
                while not (tmp_path / "cards.html").exists() or not (tmp_path / "cards.html").read_text("utf-8"):
                    assert process.poll() is None, (tmp_path / "said").read_text("utf-8")
            finally:
                process.kill()
                process.wait()
        codes = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", (tmp_path / "cards.html").read_text("utf-8"))
        assert len(codes) == 4 and not any(code in (tmp_path / "said").read_text("utf-8") for code in codes)
        sessions.append((tmp_path / "exercise.jsonl").read_bytes().partition(b"\n")[0])
    assert sessions[0] == sessions[1]
