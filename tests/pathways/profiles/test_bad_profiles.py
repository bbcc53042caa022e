"""A profile with a fault is refused whole, and every fault is told with its line, its field and what was expected."""

from importlib.resources import files
from pathlib import Path

import pytest

from pathways.profiles.crosscheck import SENTENCES as PROFILE_SENTENCES
from pathways.profiles.load import InvalidProfile, load_profile
from pathways.reading.problems import SENTENCES as INPUT_SENTENCES
from pathways.reading.problems import FileProblem

TEXT = files("pathways.profiles").joinpath("dalarna.yaml").read_text("utf-8")


def problems_of(path: Path, text: str) -> tuple[FileProblem, ...]:
    file = path / "profile.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidProfile) as refusal:
        load_profile(file)
    assert all(problem.sentence in PROFILE_SENTENCES + INPUT_SENTENCES for problem in refusal.value.problems)
    assert all(problem.file == str(file) for problem in refusal.value.problems)
    return refusal.value.problems


def line_of(text: str, snippet: str) -> int:
    return text[: text.index(snippet)].count("\n") + 1


# old text, new text, words of the faulty line, field, sentence, value that helps
BAD = [
    ("  interval_months: 3 ", "  intervall_months: 3 ", "intervall_months", "loops.intervall_months",
     "input.unknown_key", "interval_months"),
    ("version: dalarna-2021.1", "verion: dalarna-2021.1", "verion", "verion", "input.unknown_key", "version"),
    ("    lead: {summons: 5, committee: 5, hand_in: 7} ", "    lead: {summons: 5, committee: 5, handin: 7} ",
     "handin", "bodies[ksg].lead.handin", "input.unknown_key", "hand_in"),
    ("      lead_workdays: 3\n", "      lead_workday: 3\n", "lead_workday: 3",
     "checklists.mapping[bjud-in-enheterna].lead_workday", "input.unknown_key", "lead_workdays"),
    ("      title: {sv: Boka firandet, en: Book the celebration}", "      title: {sv: Boka firandet, eng: Book}",
     "eng: Book", "checklists.evaluating[boka-firandet].title.eng", "input.unknown_key", "en"),
    ("  interval_months: 3 ", "  interval_months: tre ", "months: tre", "loops.interval_months",
     "input.expected_whole_number", "tre"),
    ("  interval_months: 3 ", "  interval_months: 0 ", "interval_months: 0", "loops.interval_months",
     "input.too_small", "0"),
    ("  bridge_days_free: false", "  bridge_days_free: ja", "ja ", "calendar.bridge_days_free",
     "input.expected_true_or_false", "ja"),
    ('  opens_at: "08:00"', '  opens_at: "8.00"', "8.00", "loops.opens_at", "input.expected_time", "8.00"),
    ("[2020-12-01, 2021-04-20,", "[2020-12-01, 2021-02-30,", "2021-02-30", "bodies[hsn].known_meetings[2]",
     "input.expected_date", "2021-02-30"),
    ("time_zone: Europe/Stockholm", "time_zone: Europa/Falun", "Europa/Falun", "region.time_zone",
     "input.expected_time_zone", "Europa/Falun"),
    ("code: SE-W", "code: Dalarna", "code: Dalarna", "region.code", "input.expected_region_code", "Dalarna"),
    ("weekday: wednesday", "weekday: wensday", "wensday", "bodies[ksg].series.weekday", "input.expected_one_of",
     "wednesday"),
    ("nth: 2, months: [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]}   #", "nth: 5, months: [13]}   #", "nth: 5",
     "bodies[ksg].series.nth", "input.expected_one_of", "-1"),
    ('starts_at: "13:00"', 'starts_at: "kl 13"', "kl 13", "bodies[ksg].series.starts_at",
     "input.expected_time", "kl 13"),
    ('starts_at: "13:00", place: "Regionhuset i Falun"', 'starts_at: "13:00", plats: "Falun"', "plats:",
     "bodies[ksg].series.plats", "input.unknown_key", "place"),
    ("  move: next", "  move: nxt", "nxt", "loops.move", "input.expected_one_of", "next"),
    ("      role: analyst\n", "      role: analytic\n", "analytic", "checklists.mapping[ta-fram-nulagesdata].role",
     "input.expected_one_of", "analyst"),
    ("    decides: [response]", "    decides: [responce]", "responce", "bodies[rs].decides[1]",
     "input.expected_one_of", "response"),
    ("  adjusting:", "  adjustin:", "adjustin:", "checklists.adjustin", "profile.unknown_state", "adjusting"),
    ("required_for: [finish]", "required_for: [finnish]", "finnish",
     "checklists.celebrated[lamna-over-till-linjen].required_for[1]", "profile.unknown_command", "finish"),
    ("    body: ksg\n    only_for: [hsn]", "    body: kgs\n    only_for: [hsn]", "kgs", "backward_plan[ksg].body",
     "profile.unknown_body", "ksg"),
    ("    only_for: [rs]\n  - step: response", "    only_for: [sr]\n  - step: response", "[sr]",
     "backward_plan[gap_analysis].only_for[1]", "profile.unknown_body", "rs"),
    ("  plan: [ksg, lg_hs, hsn] ", "  plan: [kgs, lg_hs, hsn] ", "[kgs", "chains.plan[1]", "profile.unknown_body",
     "ksg"),
    ("  plan: [ksg, lg_hs, hsn] ", "  plan: [ksg, hsn, lg_hs] ", "[ksg, hsn", "chains.plan[3]", "profile.chain_end",
     "lg_hs"),
    ("  plan: [ksg, lg_hs, hsn] ", "  plan: [ksg, ksg, hsn] ", "[ksg, ksg", "chains.plan[2]", "input.duplicate_value",
     "ksg"),
    ("  plan: [ksg, lg_hs, hsn] ", "  plans: [ksg, lg_hs, hsn] ", "plans:", "chains.plans",
     "input.expected_one_of", "plan"),
    ("    quorum: {management_group_member: 2} ", "    quorum: {management_group_membr: 2} ", "membr",
     "bodies[lg_hs].quorum.management_group_membr", "input.expected_one_of", "management_group_member"),
    ("    quorum: {management_group_member: 2} ", "    quorum: {management_group_member: 0} ", "member: 0",
     "bodies[lg_hs].quorum.management_group_member", "input.too_small", "0"),
    ("    decides: [response]", "    decides: []", "bodies:", "bodies", "profile.nobody_decides", "response"),
    ("  - slug: rs\n", "  - slug: hsn\n", "- slug: hsn\n    name: Regionstyrelsen", "bodies[hsn].slug",
     "input.duplicate_value", "hsn"),
    ("    - slug: boka-firandet", "    - slug: skriv-utvardering", "- slug: skriv-utvardering\n      title: {sv: Boka",
     "checklists.evaluating[skriv-utvardering].slug", "input.duplicate_value", "skriv-utvardering"),
    ('  - {ref: "2",', '  - {ref: "1",', '- {ref: "1", title: {sv: Utredning', "default_steps[1].ref",
     "input.duplicate_value", "1"),
    ("    ends_days_before: 28\n    lasts_days: 7", "    lasts_days: 7", "- step: response_draft",
     "backward_plan[response_draft]", "profile.one_end_only", ""),
    ("    ends_days_before: 35\n    body: lg_hs", "    ends_days_before: 60\n    body: lg_hs",
     "ends_days_before: 60", "backward_plan[lg_hs].ends_days_before", "profile.plan_order", "49"),
    ("    lead: {summons: 5, committee: 5, hand_in: 7} ", "    lead: {summons: 9, committee: 5, hand_in: 7} ",
     "summons: 9", "bodies[ksg].lead", "profile.lead_order", ""),
    ("  name: Region Dalarna", '  name: " "', 'name: " "', "region.name", "input.expected_text", ""),
    ("    - slug: boka-firandet", "    - slug: Boka firandet", "slug: Boka firandet",
     "checklists.evaluating[Boka firandet].slug", "input.expected_slug", "Boka firandet"),
    ("follow_up_months: [6, 12]", "follow_up_months: 6", "follow_up_months: 6", "follow_up_months",
     "input.expected_list", "6"),
    ("follow_up_months: [6, 12]", "follow_up_months: []", "follow_up_months", "follow_up_months", "input.too_few",
     "1"),
    ("preparation:\n  members_required: 3", "preparation: 3 #", "preparation: 3", "preparation",
     "input.expected_mapping", "3"),
    ("follow_up_months: [6, 12]", "", "schema_version", "follow_up_months", "input.missing_key",
     "follow_up_months"),
    ("schema_version: 1", "schema_version: 2", "schema_version: 2", "schema_version", "input.expected_one_of", "1"),
    ("  interval_months: 3 ", "  interval_months: 3\n  interval_months: 6 ", "interval_months: 6",
     "loops.interval_months", "input.duplicate_key", "interval_months"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "faulty", "field", "sentence", "helpful"), BAD)
def test_a_bad_profile_names_line_field_and_what_was_expected(
    tmp_path: Path, old: str, new: str, faulty: str, field: str, sentence: str, helpful: str
) -> None:
    assert old in TEXT
    bad = TEXT.replace(old, new, 1)
    found = {(p.line, p.field, p.sentence): p for p in problems_of(tmp_path, bad)}
    assert (line_of(bad, faulty), field, sentence) in found
    problem = found[line_of(bad, faulty), field, sentence]
    assert helpful in " ".join(str(value) for value in problem.values.values())


def test_all_problems_are_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    bad = (
        TEXT.replace("code: SE-W", "code: W").replace("  move: next", "  move: nxt").replace("role: head", "role: hed")
    )
    bad = bad.replace("required_for: [finish]", "required_for: [finnish]")
    problems = problems_of(tmp_path, bad)
    assert len(problems) == 3 + TEXT.count("role: head")
    assert [p.line for p in problems] == sorted(p.line for p in problems)


def test_a_key_given_twice_names_the_line_of_the_first(tmp_path: Path) -> None:
    bad = TEXT.replace("follow_up_months: [6, 12]", "follow_up_months: [6, 12]\nfollow_up_months: [6]")
    (problem,) = problems_of(tmp_path, bad)
    assert problem.values["first_line"] == problem.line - 1


@pytest.mark.parametrize(
    ("content", "line", "sentence"),
    [
        (b"region: {code: SE-W\nversion: 1\n", 2, "input.not_yaml"),
        (b"a: 1\nb: [1, 2\n", 3, "input.not_yaml"),
        (b"region:\n  name: \x07\n", 2, "input.not_yaml"),
        ("region:\n  name: Närke\n".encode("latin-1"), 2, "input.not_utf8"),
        ("version: å".encode("utf-16"), 1, "input.not_utf8"),
        (b"- 1\n- 2\n", 1, "input.expected_mapping"),
        (b"", 1, "input.expected_mapping"),
        (b"just words", 1, "input.expected_mapping"),
        (b"a: 1\n---\nb: 2\n", 3, "input.not_yaml"),
        (b"[" * 100_000, 1, "input.too_deep"),
        (b"- " * 100_000, 1, "input.too_deep"),
        (b"version: &v x\nschema_version: *v\n", 2, "input.alias"),
        (b"version: !!python/object/apply:os.getcwd []\n", 1, "input.foreign_tag"),
        (b"? [1, 2]\n: 3\n", 1, "input.key_not_text"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_line(
    tmp_path: Path, content: bytes, line: int, sentence: str
) -> None:
    file = tmp_path / "profile.yaml"
    file.write_bytes(content)
    with pytest.raises(InvalidProfile) as refusal:
        load_profile(file)
    assert (line, sentence) in [(problem.line, problem.sentence) for problem in refusal.value.problems]


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidProfile) as refusal:
        load_profile(tmp_path / "absent.yaml")
    assert [problem.sentence for problem in refusal.value.problems] == ["input.absent"]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidProfile) as refusal:
        load_profile(tmp_path)
    assert [problem.sentence for problem in refusal.value.problems] == ["input.not_a_file"]


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "profile.yaml"
    file.write_text(TEXT, encoding="utf-8-sig")
    assert load_profile(file).region.code == "SE-W"
