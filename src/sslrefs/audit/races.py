"""Races: bugs whose steps are spread over two threads, so that their order decides.

A race is first of all one of the other bugs; this says when it is more than that,
and what protects against it. Judges nothing itself.
"""

from __future__ import annotations

from sslrefs.audit.books import listed
from sslrefs.audit.explain import Story
from sslrefs.trace.timeline import Timeline

__all__ = ["as_race", "is_race"]

_PROTECTS = {
    "use_after_free": (
        "Copy the pointer and take the reference under one lock (pthread_mutex_lock, then"
        " SSL_SESSION_up_ref), and replace or free the shared pointer under the same lock."
    ),
    "lost_pointer": "Read and replace the shared pointer under one lock (pthread_mutex_lock).",
    "not_resumable": (
        "Counting does not protect what is inside: call SSL_shutdown before SSL_free, or give"
        " each thread a copy of its own (SSL_SESSION_dup)."
    ),
}
_OWN = "One reference can be given back once: take one for each thread before it starts (up_ref)."


_OF_ONE_THREAD = "taken too early"
"""The cause of a bug that is there in every order."""


def is_race(story: Story, timeline: Timeline, step: int) -> bool:
    """Whether the order of two threads decides about a bug that began at `step`."""
    steps = [step, *(site.step for site in story.sites)]
    return story.cause != _OF_ONE_THREAD and len(_threads_in(timeline, steps)) > 1


def _threads_in(timeline: Timeline, steps: list[int]) -> tuple[int, ...]:
    """The numbers of the threads that made these steps, main left out."""
    return tuple(sorted({timeline.steps[step].thread for step in steps} - {0}))


def as_race(kind: str, story: Story, timeline: Timeline) -> Story:
    """The story of a bug of this kind, told as what it is between threads."""
    course = [
        f"{site.what} in thread {timeline.steps[site.step].thread} (line {site.line})"
        for site in story.sites
        if timeline.steps[site.step].thread
    ]
    message = f"{story.message} The order decides: {listed(course)}."
    return Story(message, _PROTECTS.get(kind, _OWN), story.sites, kind)
