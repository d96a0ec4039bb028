"""The lists that the check reads: first names, what is no name, and the words around scores and contacts.

Rules: all in small letters. Names come from our own list and from the census list that comes with the
password checker; a name that is an everyday word too stands in `both_ways.txt`. docs/privacy.md says how
to add to them.
"""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def first_names() -> frozenset[str]:
    """First names, those that are everyday words left out."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    census = {*FREQUENCY_LISTS["female_names"], *FREQUENCY_LISTS["male_names"]}
    return frozenset((census | _listed("first_names.txt")) - both_ways() - not_names())


@cache
def both_ways() -> frozenset[str]:
    """First names that are everyday words, places or makers too."""
    return frozenset(_listed("both_ways.txt"))


@cache
def not_names() -> frozenset[str]:
    """Capitalised words of teachers' texts that are nobody's name."""
    return frozenset(_listed("not_names.txt"))


@cache
def surnames() -> frozenset[str]:
    """Surnames of the census list, among them some that are a maker's or a place's too (Hill, Lincoln)."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["surnames"])


@cache
def everyday() -> frozenset[str]:
    """Common English words, as the password checker knows them."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    lists = ("english_wikipedia", "us_tv_and_film", "passwords")
    return frozenset(word for name in lists for word in FREQUENCY_LISTS[name])


def _listed(name: str) -> set[str]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return {word for line in lines if not line.startswith("#") for word in line.split()}


def words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


TITLES = words(
    "ms mr mrs miss mx dr prof professor coach principal sra sr srta señora señor maestra maestro teacher"
)
"""Before a name: an adult."""
INSTITUTIONS = words(
    "school middle elementary high academy district university college prep charter county city "
    "institute publishing math maths mathematics curriculum street avenue hall ms hs es unified isd usd "
    "foundation test theorem formula method problem triangle circle sequence spiral set sets"
)
"""After a name: a place or a thing."""
VERBS = words(
    "got gets get scored scores earned earns received receives failed fails failing flunked bombed aced "
    "passed passes missed tested sacó saco tiene placed"
)
"""Between a name and a score: it is theirs."""
SOFT_VERBS = words(
    "has had have is was made makes went dropped drops jumped moved improved climbed fell rose sits "
    "sitting at reached finished ended stuck gave give handed showed shows ’s 's"
)
"""The same, where the score leaves no doubt or something around it says test."""
TEST_WORDS = words(
    "quiz quizzes test tests tested exit ticket tickets exam exams score scores scored grade grades "
    "graded average benchmark assessment assessments pretest posttest pre post map rit nwea iready star "
    "sbac staar mcas caaspp percentile points percent level check makeup regrade regrades retake retest "
    "retook project gradebook quarter semester correct right wrong class passing failing tutoring "
    "lowest highest low intervention worried results redid norm growth"
)
SCORE_NOUNS = words(
    "grade grades score scores average avg percentile percentage rit map nwea iready quiz test exam "
    "result results mark marks gpa star benchmark points level ticket"
)
UNITS = words(
    "min mins minute minutes hour hours hr hrs day days week weeks month months year years yr yrs mile "
    "miles km meter meters feet foot ft inch inches cm mm lb lbs pound pounds oz ounce ounces gram "
    "grams kg cup cups gallon gallons liter liters mph dollar dollars cent cents buck bucks pizza "
    "pizzas cookie cookies apple apples square squares kids students people teachers boys girls classes "
    "sections lessons slides copies sets sheets pages likes stars times am pm o'clock st nd rd off "
    "discount tip tax steps dice tiles whiteboards videos emails posts replies hits cards groups "
    "problems tasks colleagues schools others friends papers pens pencils markers books stickers"
)
NOT_THEIRS = words("off discount tip tax interest more less bigger smaller sure agree chance likely done")
"""After a per cent: not a score."""
PUPIL = words(
    "student students student's students' pupil kid kids kid's child child's boy girl alumno alumna "
    "estudiante learner roster studentid stuid stu stu#"
)
FAMILY = words(
    "mom mom's mother mother's mama dad dad's father father's parent parents parent's guardian "
    "guardian's family grandma grandma's grandmother grandmother's grandpa grandfather aunt aunt's "
    "uncle stepdad stepdad's stepmom sibling brother sister madre padre abuela tía mamá papá"
)
PRONOUNS = words("he she his her him hers")
OWN = words(
    "me my mine i i'm i'll i’m i’ll our us office front desk support hotline helpdesk department secretary"
)
FREE_MAIL = words("gmail yahoo hotmail outlook aol icloud live msn ymail protonmail naver qq comcast")
