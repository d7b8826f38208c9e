"""Does a log of a story say what the story knows, and nothing that cannot be?"""

from tests.unit.lambda_src.auth0_events.test_told_logs import told


def test_a_thousand_people_have_a_thousand_addresses_of_e_mail() -> None:
    assert len({told("fu", person=person)["user_name"] for person in range(1_000)}) == 1_000
