"""Is a ministack that moved something noticed?"""

import types

import pytest

from local_aws import seams


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    monkeypatch.setattr(seams, "seams", [])
    place = types.ModuleType("some.service")
    vars(place)["_act"] = lambda data, quietly=0: ("theirs", data, quietly)
    return place


def test_a_seam_in_its_place_is_replaced_and_ministacks_function_stays_within_reach(place: types.ModuleType) -> None:
    @seams.replaces(place, "_act")
    def act(data: str, _quietly: int = 0) -> tuple[object, ...]:
        return "ours", *seams.ministacks(act)(data)

    seams.install()
    assert vars(place)["_act"]("x") == ("ours", "theirs", "x", 0)


def test_a_moved_seam_stops_the_start_with_one_line_that_lists_all_and_replaces_nothing(
    place: types.ModuleType,
) -> None:
    theirs = vars(place)["_act"]

    @seams.replaces(place, "_act")
    def other_parameters(data: str) -> str:
        return data

    @seams.replaces(place, "_gone")
    def no_longer_there() -> None: ...

    @seams.replaces(place, "_act")
    def fits(data: str, quietly: int = 0) -> object:
        return data, quietly

    with pytest.raises(seams.SeamsMoved) as caught:
        seams.install()
    assert "some.service._act, some.service._gone:" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert vars(place)["_act"] is theirs
