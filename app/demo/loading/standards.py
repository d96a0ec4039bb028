"""Standards in the demo: a framework brought in by the real importer, and the posts that serve it."""

from collections.abc import Iterable

from app.contributions.models import ContributionStandard
from app.core.db import db
from app.demo.content import Standards, read_standards
from app.demo.loading.bulk import Bulk
from app.demo.loading.scenes import Scene
from app.demo.loading.stage import Stage
from app.networks.models import Network
from app.networks.policy import OPERATOR
from app.standards.actions import import_packages
from app.standards.models import Framework, FrameworkChoice, Standard, StandardLink
from app.standards.queries import standards_of_code
from app.standards.queries.case import read_packages


def write_standards(bulk: Bulk, stage: Stage, scenes: Iterable[Scene]) -> None:
    """Inside the loader's command; the network's own rows are written first."""
    standards = read_standards(stage.script.slug)
    if standards is None:
        return
    bulk.flush()
    network = db.session.get_one(Network, stage.network_id)
    packages = read_packages(standards.package)
    import_packages(OPERATOR, packages, network)
    for package in packages:
        links = sum(link.kind != "isChildOf" for link in package.links)
        made = {Framework: 1, FrameworkChoice: 1, Standard: len(package.items), StandardLink: links}
        bulk.made.update({model.__tablename__: number for model, number in made.items()})
    _say_what_serves(bulk, network.id, standards, scenes)


def _say_what_serves(bulk: Bulk, network_id: int, standards: Standards, scenes: Iterable[Scene]) -> None:
    codes = {code for named in standards.serves.values() for code in named}
    ids = {code: standards_of_code(network_id, code)[0].id for code in codes}
    for scene in scenes:
        for code, relation in standards.serves.get(scene.post.key, {}).items():
            bulk.add(ContributionStandard, contribution_id=scene.id, standard_id=ids[code], relation=relation)
