"""Work that keeps a processor busy: done where it does not hold up everybody else.

Rule: in the web process, which is one gevent loop, anything longer than a few milliseconds in native code
that releases the interpreter lock (hashing, pictures) runs in the loop's thread pool; elsewhere it simply
runs.
Neighbours: passwords and pictures call it; what is busy in Python itself belongs in a job.
"""

import sys
from collections.abc import Callable
from contextvars import copy_context
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def run_native(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call `function` and wait for its result, letting other greenlets go on. Raises what it raises.

    It runs with the caller's context variables, so that its words are in the reader's language.
    """
    if not _on_gevent():
        return function(*args, **kwargs)
    import gevent

    context = copy_context()

    def attempt() -> tuple[list[R], Exception | None]:
        # An error is carried, not raised: gevent's pool prints what is raised in it.
        try:
            return [context.run(function, *args, **kwargs)], None
        except Exception as error:
            return [], error

    result, error = gevent.get_hub().threadpool.apply(attempt)
    if error is not None:
        raise error
    return result[0]


def _on_gevent() -> bool:
    patched = sys.modules.get("gevent.monkey")
    return patched is not None and patched.is_module_patched("socket")
