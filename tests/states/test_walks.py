"""Random walks: whatever the facts and whatever is asked, a step is legal or refused with its reasons."""

from dataclasses import fields, replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from states.commands import CHOICES, Command
from states.errors import TransitionRefused
from states.facts import Asked, Facts
from states.guards import SENTENCES
from states.reasons import Reason
from states.snapshot import Snapshot, place_of
from states.step import Step, begin, offers, step
from states.versions import check_snapshot
from tests.states.worlds import EMPTY, READY, TODAY

FLAGS = [field.name for field in fields(Facts) if field.type in {bool, "bool"}]
COUNTS = [field.name for field in fields(Facts) if field.type in {int, "int"}]
DAYS = st.integers(-2, 2).map(lambda n: TODAY + timedelta(days=n)) | st.none()
VERSIONS = st.sampled_from([None, "1.0", "2.0"])
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(FLAGS, st.booleans()),
        **dict.fromkeys(COUNTS, st.integers(0, 3)),
        **dict.fromkeys(("hand_in_on", "celebrated_on"), DAYS),
        **dict.fromkeys(("analysed_version", "version_in_force"), VERSIONS),
        "open_items": st.dictionaries(st.sampled_from(Command), st.just(("papers", "people")), max_size=2),
    },
)
FACTS = st.one_of(
    st.just(READY), st.builds(lambda base, new: replace(base, **new), st.sampled_from([EMPTY, READY]), CHANGES)
)
ASKED = st.builds(
    Asked,
    choice=st.sampled_from([None, "maybe", *(choice for choices in CHOICES.values() for choice in choices)]),
    has_reason=st.booleans(),
    by_head=st.booleans(),
)
ORDERS = st.tuples(st.sampled_from(Command), FACTS, ASKED, st.integers(0, 30))


def attempt(snapshot: Snapshot, command: Command, facts: Facts, asked: Asked) -> Step | tuple[Reason, ...]:
    try:
        return step(snapshot, command, facts, asked)
    except TransitionRefused as refused:
        return refused.reasons


@settings(max_examples=60, deadline=None)
@given(st.lists(ORDERS, max_size=25))
def test_on_every_walk_a_step_is_legal_or_refused_with_reasons_that_can_be_said(
    orders: list[tuple[Command, Facts, Asked, int]],
) -> None:
    snapshot = begin()
    for command, facts, asked, _ in orders:
        outcome = attempt(snapshot, command, facts, asked)
        if isinstance(outcome, Step):
            check_snapshot(outcome.after)
            assert Snapshot.from_json(outcome.after.to_json()) == outcome.after
            snapshot = outcome.after
        else:
            assert outcome
            assert all(tuple(reason.values) == SENTENCES[reason.sentence] for reason in outcome)


@settings(max_examples=60, deadline=None)
@given(st.lists(ORDERS, max_size=25))
def test_on_every_walk_an_offer_is_accepted_when_it_says_so_and_refused_for_its_reasons_when_not(
    orders: list[tuple[Command, Facts, Asked, int]],
) -> None:
    snapshot = begin()
    for _, facts, asked, pick in orders:
        here = offers(snapshot, facts, by_head=asked.by_head)
        if not here:
            assert place_of(snapshot) in {"stopped", "closed"}
            return
        offer = here[pick % len(here)]
        taken = replace(asked, choice=offer.choice, has_reason=True)
        outcome = attempt(snapshot, offer.command, facts, taken)
        if isinstance(outcome, Step):
            assert offer.allowed
            snapshot = outcome.after
        else:
            assert outcome == offer.reasons
