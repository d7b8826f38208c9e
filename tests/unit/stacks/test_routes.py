import pytest

from lambda_src.auth0_events.log_types import UnknownLogType, codes_of
from stacks.route import Route, Target
from stacks.routes import ROUTES


def test_an_unknown_log_type_is_refused_with_the_nearest_known_ones() -> None:
    with pytest.raises(UnknownLogType, match=r"limit_wcc.*limit_wc"):
        Route(name="Typo", targets=(Target.ALERT,), log_types=("limit_wcc",))


@pytest.mark.parametrize("targets", [(), (Target.ALERT, Target.ALERT), (*Target,)])
def test_a_route_has_one_to_five_different_targets(targets: tuple[Target, ...]) -> None:
    with pytest.raises(ValueError, match="expected 1 to 5 different ones, where ecs counts twice"):
        Route(name="Wrong", targets=targets, log_types=("s",))


def test_no_log_types_at_all_is_refused_and_not_taken_for_all() -> None:
    with pytest.raises(ValueError, match="has no log types"):
        Route(name="Empty", targets=(Target.ALERT,), log_types=codes_of("management.fail"))


@pytest.mark.parametrize("name", ["", "lower", "With space", "Dash-ed"])
def test_a_routes_name_can_be_part_of_a_logical_id(name: str) -> None:
    with pytest.raises(ValueError, match="expected PascalCase"):
        Route(name=name, targets=(Target.ALERT,), log_types=("s",))


def test_names_are_unique() -> None:
    assert len({route.name for route in ROUTES}) == len(ROUTES)


def test_every_target_is_the_end_of_some_route() -> None:
    assert {target for route in ROUTES for target in route.targets} == set(Target)
