"""Is a ministack that moved something noticed?"""

import types

import pytest

from local_aws import seams


@pytest.fixture
def place() -> types.ModuleType:
    place = types.ModuleType("some.service")
    vars(place)["_act"] = lambda data, quietly=0: ("theirs", data, quietly)
    return place


def test_a_seam_in_its_place_is_replaced_and_ministacks_function_stays_within_reach(place: types.ModuleType) -> None:
    @seams.replaces(place, "_act")
    def act(data: str, _quietly: int = 0) -> tuple[object, ...]:
        return "ours", *seams.ministacks(act)(data)

    assert vars(place)["_act"]("x") == ("ours", "theirs", "x", 0)


@pytest.mark.parametrize("name", ["_act", "_gone"])
def test_a_moved_seam_stops_the_start_with_one_line_that_names_it(place: types.ModuleType, name: str) -> None:
    theirs = vars(place)["_act"]
    with pytest.raises(ImportError, match=rf"^this ministack has moved some\.service\.{name}: .*$"):

        @seams.replaces(place, name)
        def other_parameters(data: str) -> str:
            return data

    assert vars(place)["_act"] is theirs
