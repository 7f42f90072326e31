"""Passwords, codes of an app and ways back: what holds for any of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
from hypothesis import given
from hypothesis import strategies as st

from centre.pages.accounts.passwords import first_password, weakness
from centre.pages.accounts.second_factor import new_secret, step_of
from centre.pages.office import way_back

NOW = datetime(2026, 11, 30, 1, tzinfo=UTC)


@given(near=st.integers(-3, 3))
def test_a_code_holds_half_a_minute_more_or_less(near: int):
    secret = new_secret()
    code = pyotp.TOTP(secret).at(NOW + timedelta(seconds=30 * near))
    step = step_of(secret, code, NOW, 0)
    assert (step is not None) == (abs(near) <= 1)
    if step is not None:
        assert step_of(secret, code, NOW, step) is None


@given(st.text())
def test_the_way_back_is_always_ours(text: str):
    back = way_back(text)
    assert back.startswith("/")
    assert not back.startswith(("//", "/\\"))


@given(st.text(max_size=60), st.sampled_from(["lan", "x1"]))
def test_passwords_are_refused_for_a_reason(password: str, name: str):
    assert weakness(password, name) in ("", "short", "long", "plain", "name")
    assert weakness(first_password(), name) == ""
