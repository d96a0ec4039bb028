"""The operator's hand: `flask account suspend|restore`."""

from typing import Any

from app.accounts.queries import account_of_address
from tests.accounts.conftest import is_in, sign_in

ADDRESS = "ada@cedar.example"


def run(app: Any, *words: str) -> Any:
    return app.test_cli_runner().invoke(args=["account", *words])


def test_somebody_is_kept_out_and_let_in_again(app: Any, client: Any, new_client: Any, ada: Any) -> None:
    sign_in(client)
    assert is_in(client)
    said = run(app, "suspend", " Ada@Cedar.example ")
    assert (said.exit_code, said.output) == (0, f"{ADDRESS} is kept out, and signed out everywhere.\n")
    assert account_of_address(ADDRESS).suspended_at is not None
    assert not is_in(client)
    sign_in(client)
    assert not is_in(client)
    assert run(app, "restore", ADDRESS).output == f"{ADDRESS} may sign in again.\n"
    sign_in(client)
    assert is_in(client)


def test_an_unknown_address_is_said(app: Any, db: Any) -> None:
    for verb in ("suspend", "restore"):
        said = run(app, verb, "nobody@cedar.example")
        assert said.exit_code == 1
        assert "Nobody has the address nobody@cedar.example here." in said.output
