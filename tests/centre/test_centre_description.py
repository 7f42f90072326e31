"""The centre asked for everything that its description allows, and what it should not."""

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase
from running_centre import RunningCentre, Signing

from centre.settings import Settings

EXAMPLES = 6
TAKEN_OR_AGAINST_A_RULE = ["2xx", "3xx", "401", "403", "404", "409", "422", "429"]
"""What well-formed requests may be answered; 400 is for those that are not."""


@pytest.fixture
def running(sqlite_template, tmp_path):
    """The whole centre on SQLite."""
    settings = Settings(data=str(tmp_path), port=0)
    (tmp_path / "centre.sqlite3").write_bytes(sqlite_template.read_bytes())
    with RunningCentre(settings) as centre:
        yield centre


def whole(value):
    """The same with 343 for 343.0, which JSON's schemas take for one number and we do not."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case dict():
            return {name: whole(one) for name, one in value.items()}
        case list():
            return [whole(one) for one in value]
    return value


def faults_of(operation, url, **more):
    """What an operation answers that its description does not allow."""

    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy())
    def ask(case):
        case.body = whole(case.body)
        case.call_and_validate(base_url=url, **more)

    try:
        ask()
    except (Exception, BaseExceptionGroup) as error:  # all of them are told together
        reasons = getattr(error, "exceptions", [error])
        return [f"{operation.method} {operation.path}: {one}" for one in reasons]
    return []


@pytest.mark.slow
@pytest.mark.timeout(400)  # hundreds of requests, on a crowded machine too
def test_schemathesis_finds_nothing(running):
    import schemathesis  # takes seconds, which no other worker is to wait for
    from schemathesis.config import SchemathesisConfig

    config = SchemathesisConfig.from_dict(
        {"checks": {"positive_data_acceptance": {"expected-statuses": TAKEN_OR_AGAINST_A_RULE}}}
    )
    schema = schemathesis.openapi.from_url(f"{running.url}/v1/openapi.json", config=config)
    client, device = running.client("city-app"), running.device("tan-an-1")
    found = []
    for operation in [one.ok() for one in schema.get_all_operations()]:
        if operation.path.startswith("/v1/city/"):
            found += faults_of(operation, running.url, headers=client)
        else:
            new = operation.path == "/v1/enrolments"  # signed by the key that it brings
            found += faults_of(operation, running.url, auth=Signing("") if new else device)
    assert not found, "\n\n".join(found)


def test_the_description_is_exact(running):
    described = running.ask("GET", "/v1/openapi.json").json()
    assert described["openapi"].startswith("3.")
    for name, shape in described["components"]["schemas"].items():
        if "properties" in shape:
            assert shape["additionalProperties"] is False, name
    assert described["components"]["schemas"]["EventEntry"]["properties"]["seq"]["minimum"] == 1
    names = set()
    for path, operations in described["paths"].items():
        assert path.startswith("/v1/")
        for method, operation in operations.items():
            names.add(operation["operationId"])
            scheme = "client" if path.startswith("/v1/city/") else "device"
            assert operation["security"] == [{scheme: []}], path
            assert "401" in operation["responses"]
            if method in {"post", "put", "patch"}:
                assert {"400", "413", "422"} <= operation["responses"].keys(), path
                assert operation["requestBody"]["required"], path
    assert len(names) == sum(map(len, described["paths"].values()))
    wanted = {"POST /v1/events", "PUT /v1/health", "GET /v1/changes", "GET /v1/dossiers/{code}"}
    told = {
        f"{method.upper()} {path}"
        for path, operations in described["paths"].items()
        for method in operations
    }
    assert wanted <= told
    assert running.ask("GET", "/schema/openapi.json").status_code in {404, 421}
