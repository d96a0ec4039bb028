"""The command line: thin commands, each of which calls an action.

`flask worker` · `flask doctor` · `flask outbox` · `flask demo` · `flask setup-link` · `flask account` ·
`flask search` · `flask standards` · `flask files` · `flask moderation`
"""

from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Drain the outbox and run jobs, until stopped."""
    from app.core.worker import run

    run(current_app._get_current_object())  # type: ignore[attr-defined]


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Recount sequences, positions, counters, files and walls; fails when something is wrong."""
    from app.core import doctor

    findings = doctor.examine()
    for finding in findings:
        click.echo(f"{finding.check}: {finding.complaint}")
    if findings:
        raise click.ClickException(f"{len(findings)} findings in {len(doctor.names())} checks")
    click.echo(f"All is well: {len(doctor.names())} checks found nothing.")


outbox = AppGroup("outbox", help="What the worker still owes.")


@outbox.command("show")
def outbox_show() -> None:
    """How much waits, and what was given up on."""
    from app.core.outbox import lag, stuck

    waiting, age = lag()
    click.echo(f"{waiting} waiting, the oldest for {age:.0f} seconds")
    for row in stuck():
        click.echo(f"{row.id}: {row.subscriber} after {row.attempts} tries: {row.error}")


@outbox.command("retry")
def outbox_retry() -> None:
    """Give what was given up on its tries again."""
    from app.core.drain import retry_stuck

    click.echo(f"{retry_stuck()} will be tried again")


@click.command("setup-link")
@with_appcontext
def setup_link() -> None:
    """Print the one-time link that starts a real network."""
    from app.core.addresses import absolute, path_for
    from app.networks.actions import AlreadySetUp, make_setup_link
    from app.networks.policy import OPERATOR

    try:
        token = make_setup_link(OPERATOR)
    except AlreadySetUp:
        click.echo(f"A network is set up here already. Sign in at {absolute(path_for('accounts.sign_in'))}")
        return
    click.echo(
        "Open this link within 24 hours to start your network. It is for one person, so keep it to yourself:"
    )
    click.echo(f"\n    {absolute(path_for('networks.setup', token=token))}\n")


account = AppGroup("account", help="Keep somebody out, or let them in again.")


@account.command("suspend")
@click.argument("email")
def account_suspend(email: str) -> None:
    """Sign somebody out everywhere and keep them out; what they shared stays."""
    from app.accounts.actions import suspend_account

    person = _account_of(email)
    suspend_account(None, person)
    click.echo(f"{person.email} is kept out, and signed out everywhere.")


@account.command("restore")
@click.argument("email")
def account_restore(email: str) -> None:
    """Let somebody in again who was kept out."""
    from app.accounts.actions import restore_account

    person = _account_of(email)
    restore_account(None, person)
    click.echo(f"{person.email} may sign in again.")


def _account_of(email: str) -> Any:
    from app.accounts.queries import account_of_address, address_of

    person = account_of_address(address_of(email))
    if person is None:
        raise click.ClickException(f"Nobody has the address {email} here.")
    return person


stored_files = AppGroup("files", help="What people uploaded.")


@stored_files.command("read")
def files_read() -> None:
    """Read what waits to be read, as the worker would, and end."""
    from app.core import previews

    previews.catch_up()


demo = AppGroup("demo", help="The two invented networks of a first visit.")


@demo.command("load")
@click.option("--scale", default=1, show_default=True, help="How many times as large, for benchmarks.")
def demo_load(scale: int) -> None:
    """Load the demo networks, and say how many rows that made."""
    from app.demo.loading import DemoRefused, load

    try:
        made = load(scale, say=click.echo)
    except DemoRefused as refused:
        raise click.ClickException(str(refused)) from refused
    for table, rows in made.items():
        click.echo(f"{rows:>10,}  {table}")
    click.echo(f"{sum(made.values()):>10,}  rows in all")
    _index_anew()


@demo.command("show")
def demo_show() -> None:
    """Say who can sign in to the demo; fails where there is none."""
    from app.accounts.queries import demo_accounts

    people = demo_accounts()
    for person in people:
        click.echo(f"{person.email}  {person.name}")
    if not people:
        raise click.ClickException("There is no demo here.")


@demo.command("remove")
def demo_remove() -> None:
    """Take the demo networks out, with their people and files."""
    from app.demo.loading import remove

    count = remove()
    _index_anew()
    click.echo(f"Took out {count} demo networks." if count else "There was no demo here.")


searching = AppGroup("search", help="The search index.")


@searching.command("rebuild")
def search_rebuild() -> None:
    """Have the worker make the index anew; until then search says that it is getting ready."""
    _index_anew()
    click.echo("The worker makes a new index. /readyz says when it is there.")


def _index_anew() -> None:
    """What came or went in bulk was noted by nobody."""
    from app.core.search import engine

    engine().distrust()


standards = AppGroup("standards", help="Lists of standards, as 1EdTech CASE packages.")


@standards.command("import")
@click.argument("source")
@click.option("--network", "slug", help="For this network alone; else for every network here.")
def standards_import(source: str, slug: str | None) -> None:
    """Import a file, or an https address, of a CASE package; the same one again changes nothing.

    What was left out of it the last time stays out.
    """
    from app.networks.policy import OPERATOR
    from app.networks.queries import network_of_slug
    from app.standards.actions import AlreadyShared, import_packages
    from app.standards.models.words import problem_sentence, reason_sentence
    from app.standards.queries.case import NotAPackage, read_packages

    network = network_of_slug(slug) if slug else None
    if slug and network is None:
        raise click.ClickException(f"There is no network {slug} here.")
    try:
        reports = import_packages(OPERATOR, read_packages(_bytes_of(source)), network)
    except (NotAPackage, AlreadyShared) as refused:
        reason, where = getattr(refused, "reason", "already_shared"), getattr(refused, "where", "")
        raise click.ClickException(reason_sentence(reason, where)) from refused
    for report in reports:
        click.echo(
            f"{report.title}: {report.added} new, {report.changed} changed, {report.same} as before, "
            f"{report.retired} retired, {report.returned} back"
        )
        for problem in report.problems:
            click.echo(f"  {problem_sentence(problem)}")


def _bytes_of(source: str) -> bytes:
    """Of a file, or from an address outside."""
    from app.core.outside import Unreachable, fetch

    if source.lower().startswith(("https://", "http://")):
        try:
            return fetch(source)
        except Unreachable as error:
            raise click.ClickException(f"Nothing could be had from there: {error}.") from error
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise click.ClickException(f"There is no file {source} that can be read.") from error


moderation = AppGroup("moderation", help="Who may do what.")


@moderation.command("table")
def moderation_table() -> None:
    """The permission tables as the documentation shows them."""
    from app.moderation.policy import tables

    click.echo(tables(), nl=False)


def init_app(app: Flask) -> None:
    groups = (outbox, account, stored_files, demo, searching, standards, moderation)
    for command in (worker, doctor, setup_link, *groups):
        app.cli.add_command(command)
