# ruff: noqa: N801  a class name here is a state's id
"""The first version of the introduction's chart: one national pathway in one region, its states, commands and guards.

What a guard means is `guards`' matter; what an accepted command causes is decided by `pathways` from the effects.
"""

from statemachine import HistoryState, State

from states import guards
from states.chart import StrictChart
from states.guards import chosen


class IntroductionV1(StrictChart):
    """An introduction is active, paused, stopped or closed; while active, three regions run side by side."""

    class active(State.Parallel):
        """Under way: the track does not wait for the national text, nor the other way round."""

        class track(State.Compound):
            """The region's own work, phase by phase."""

            preparation = State(initial=True)

            class gap_analysis(State.Compound):
                """What is the difference between the national text and our care?"""

                mapping = State(initial=True)
                communicated = State()
                revising = State()

                communicate_gap_analysis = communicated.from_(
                    mapping,
                    revising,
                    unless=[guards.units_uninvited, guards.units_waiting, guards.gaps_without_measure],
                )
                reopen_gap_analysis = communicated.to(
                    revising,
                    unless=[guards.no_version_in_force, guards.version_in_force_already_analysed],
                )

            class prioritisation(State.Compound):
                """Which measures come first, and who decides?"""

                ranking = State(initial=True)
                awaiting_decision = State()

                submit_for_decision = ranking.to(
                    awaiting_decision,
                    unless=[
                        guards.measures_unranked,
                        guards.decision_basis_missing,
                        guards.meeting_missing,
                        guards.hand_in_passed,
                    ],
                )
                decide = awaiting_decision.to(ranking, cond=chosen("return"))

            class implementation(State.Compound):
                """The plan is carried out, and a learning loop comes round every third month."""

                executing = State(initial=True)

            class learning(State.Compound):
                """What did we learn, and what do we change?"""

                reviewing = State(initial=True)
                adjusting = State()

                hold_loop = reviewing.to(adjusting, cond=chosen("adjust"), unless=guards.review_incomplete)

            class celebration(State.Compound):
                """What was reached, and who takes it over?"""

                evaluating = State(initial=True)
                celebrated = State()

                record_celebration = evaluating.to(
                    celebrated,
                    unless=[
                        guards.evaluation_missing,
                        guards.celebration_missing,
                        guards.celebration_still_to_come,
                        guards.receiver_missing,
                    ],
                )

            finished = State()  # not final: the follow-ups run, and the change may slip

            start_gap_analysis = preparation.to(
                gap_analysis,
                unless=[
                    guards.chair_missing,
                    guards.members_missing,
                    guards.development_resource_missing,
                    guards.patient_perspective_missing,
                    guards.management_group_uninformed,
                ],
            )
            propose_plan = gap_analysis.communicated.to(
                prioritisation,
                unless=[
                    guards.no_version_in_force,
                    guards.no_version_analysed,
                    guards.version_in_force_not_analysed,
                    guards.plan_empty,
                    guards.activities_without_gap,
                    guards.activities_without_responsible,
                    guards.activities_without_deadline,
                    guards.comment_round_unsettled,
                ],
            )
            decide = prioritisation.awaiting_decision.to(implementation, cond=chosen("adopt"))
            open_loop = implementation.executing.to(learning, unless=guards.reason_missing_before_due)
            hold_loop = learning.reviewing.to(
                implementation, cond=chosen("continue"), unless=guards.review_incomplete
            ) | learning.reviewing.to(
                celebration,
                cond=chosen("finish"),
                unless=[guards.review_incomplete, guards.hold_check_missing, guards.indicators_unsecured],
            )
            adopt_adjusted_plan = learning.adjusting.to(
                implementation, unless=[guards.plan_not_revised, guards.new_activities_incomplete]
            )
            finish = celebration.celebrated.to(finished, unless=guards.follow_ups_unplanned)
            record_follow_up = finished.to(None, cond=chosen("holds"), unless=guards.hold_check_missing) | finished.to(
                None, cond=chosen("slipped"), unless=guards.hold_check_missing
            )
            reopen = finished.to(learning, unless=[guards.change_holds, guards.reason_missing_without_slip])

        class national(State.Compound):
            """Which version of the national text does the region follow?"""

            consultation = State(initial=True)
            current = State()
            superseded = State()
            withdrawn = State()

            approve_nationally = consultation.to(current, unless=guards.final_version_missing)
            revise_nationally = current.to(superseded, unless=guards.newer_version_missing)
            adopt_revision = superseded.to(
                current, cond=chosen("revised"), unless=guards.gap_not_revised_for_newest
            ) | superseded.to(current, cond=chosen("no_local_effect"), unless=guards.reason_missing)
            withdraw_nationally = withdrawn.from_(consultation, current, superseded, unless=guards.reason_missing)
            reinstate = withdrawn.to(current, unless=guards.final_version_missing)

        class response(State.Compound):
            """What does the region answer in the national consultation?"""

            not_due = State(initial=True)
            drafting = State()
            submitted = State()

            request_response = not_due.to(drafting)
            waive_response = drafting.to(not_due, unless=guards.reason_missing)
            submit_response = drafting.to(
                submitted, unless=[guards.gap_analysis_not_communicated, guards.response_undecided]
            )

        left_off = HistoryState(type="deep")

    paused = State()
    stopped = State(final=True)
    closed = State(final=True)

    report = active.to(None)  # type: ignore[arg-type]  # the stub forgets that a transition may have no target
    decide = active.to(stopped, cond=["In('awaiting_decision')", chosen("decline")])
    pause = active.to(paused, unless=guards.reason_missing)
    resume = paused.to(active.left_off)
    stop = stopped.from_(active, paused, unless=guards.reason_missing)

    # The case closes by itself, once a command has made the last of these true.
    active.to(
        closed,
        cond="In('finished') and In('current')",
        unless=[guards.follow_ups_remaining, guards.change_slipped],
    )
    # Never used, for a paused snapshot without its history is refused; without it the library would lose the case.
    active.left_off.to(active.track.preparation)
