"""`/gapanalyser`: joint gap analyses. One round asks every unit once for several introductions."""

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import InvalidOrder, PathwaysError, Refused
from pathways.queries.gap_bundle import BundlePage, bundle_page, list_bundles
from pathways.queries.present import load_heads
from pathways.services.ask import Ask
from pathways.services.gap.bundle import FEWEST, LONGEST_NAME, make_bundle
from pathways.services.gap.rename_bundle import rename_bundle
from pathways.web.forms import Field, Keys, Option, first, keys_of
from pathways.web.gap_invite import DUE_ON, UNITS, chosen_units, fault_told, faults_of, invite_fields, is_done
from pathways.web.office import administer
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/gapanalyser")
MEMBERS, MANAGE = "members", "manage_gap_bundles"


@router.get("")
def show_bundles(visit: VisitDep) -> Response:
    """Show the region's joint gap analyses."""
    visit.require("see_gap_picture")
    with visit.read() as work:
        bundles = list_bundles(work, region_id=visit.visitor.region_id)
    return visit.page("gap/bundles.html", bundles=bundles, makes=visit.may(MANAGE))


@router.get("/ny")
def ask_for_bundle(visit: VisitDep) -> Response:
    """Ask which introductions are to be analysed together."""
    visit.require(MANAGE)
    return _new_page(visit, {}, Keys())


@router.post("/ny")
def make(visit: VisitDep, form: FormDep) -> Response:
    """Make a joint gap analysis."""
    visit.require(MANAGE)
    name, members = first(form, "name"), [value for value in form.get(MEMBERS, ()) if value]
    region_id, made_by = visit.visitor.region_id, visit.visitor.person_id
    try:
        slug = visit.app.retry(
            lambda work: make_bundle(work, region_id=region_id, name=name, members=members, made_by=made_by)
        )
    except InvalidOrder as error:
        return _new_page(
            visit, form, keys_of(form), {one.field: _fault(visit, one.field, name) for one in error.problems}
        )
    except Refused as error:
        if same := _made_before(visit, members):
            return visit.redirect(f"/gapanalyser/{same}", "web.gap.bundle_made")
        return _new_page(visit, form, keys_of(form), {MEMBERS: _taken(visit, error)})
    return visit.redirect(f"/gapanalyser/{slug}", "web.gap.bundle_made")


@router.get("/{bundle}/byt-namn")
def ask_name(visit: VisitDep, bundle: str) -> Response:
    """Ask for another name."""
    visit.require(MANAGE)
    page = _load(visit, bundle)
    return _name_page(visit, page, {"name": [page.bundle.name]}, {})


@router.post("/{bundle}/byt-namn")
def rename(visit: VisitDep, bundle: str, form: FormDep) -> Response:
    """Rename a joint gap analysis."""
    visit.require(MANAGE)
    page, name = _load(visit, bundle), first(form, "name")
    try:
        administer(visit, MANAGE, lambda office: rename_bundle(office, bundle, name))
    except InvalidOrder:
        return _name_page(visit, page, form, {"name": _fault(visit, "name", name)})
    return visit.redirect(f"/gapanalyser/{bundle}", "web.gap.bundle_renamed")


@router.get("/{bundle}")
def show_bundle(visit: VisitDep, bundle: str) -> Response:
    """Show the pathways of a joint gap analysis and how its units stand."""
    visit.require("see_gap_picture")
    return _bundle_page(visit, _load(visit, bundle), {}, Keys())


@router.post("/{bundle}")
def invite(visit: VisitDep, bundle: str, form: FormDep) -> Response:
    """Invite units to every pathway of the bundle that they have not been asked about, in one go."""
    page = _load(visit, bundle)
    keys = keys_of(form)
    if not _may_invite(visit, page):
        raise NotFound
    if is_done(visit, keys, part=".0"):
        return visit.redirect(f"/gapanalyser/{bundle}", "web.gap.invited_before")
    units = chosen_units(page.free, form)
    if faults := faults_of(visit, units, form):
        return _bundle_page(visit, page, form, keys, faults)
    try:
        visit.app.run_together(_invitations(visit, page, units, first(form, DUE_ON), keys))
    except PathwaysError as error:
        return _bundle_page(visit, page, form, keys, fault_told(visit, error))
    return visit.redirect(f"/gapanalyser/{bundle}", "web.gap.invited", n=len(units))


def _invitations(
    visit: Visit, page: BundlePage, units: list[str], due_on: str, keys: Keys
) -> list[tuple[str, str, Mapping[str, object], Ask]]:
    """Return an invitation for each introduction; a unit is told at once of the first, by the digest of the others."""
    told: set[str] = set()
    orders: list[tuple[str, str, Mapping[str, object], Ask]] = []
    missing = {unit.slug: unit.missing for unit in page.free}
    for member in sorted(page.bundle.members, key=lambda one: one.slug):
        wanted = [unit for unit in units if member.slug in missing[unit]]
        for quietly in (False, True):
            if some := [unit for unit in wanted if (unit in told) is quietly]:
                data = {"units": some, "due_on": due_on, "bundle": page.bundle.slug, "quietly": quietly}
                key = Keys(command_id=f"{keys.command_id[:70]}.{len(orders)}")
                orders.append((member.slug, "invite_units", data, visit.ask(key)))
        told |= {*wanted}
    return orders


def _load(visit: Visit, slug: str) -> BundlePage:
    with visit.read() as work:
        return bundle_page(work, region_id=visit.visitor.region_id, slug=slug, profile=visit.profile, now=visit.now)


def _may_invite(visit: Visit, page: BundlePage) -> bool:
    """Say whether the visitor may invite to every pathway of the bundle: a round is never half sent."""
    return all(visit.may("invite_units", member.introduction_id) for member in page.bundle.members)


def _bundle_page(
    visit: Visit, page: BundlePage, typed: FormDep, keys: Keys, faults: Mapping[str, str] | None = None
) -> Response:
    may_invite = _may_invite(visit, page)
    groups, day = invite_fields(visit, page.free if may_invite else (), typed, faults or {})
    return visit.page(
        "gap/bundle.html",
        status=422 if faults else 200,
        page=page,
        invites=may_invite,
        renames=visit.may(MANAGE),
        groups=groups,
        last_day=day,
        keys=keys,
        other_faults=() if groups or not faults else (faults.get(UNITS, ""),),
        has_errors=bool(faults),
    )


def _new_page(visit: Visit, typed: FormDep, keys: Keys, faults: Mapping[str, str] | None = None) -> Response:
    faults = faults or {}
    with visit.read() as work:
        heads = load_heads(work, region_id=visit.visitor.region_id)
        taken = {slug for one in list_bundles(work, region_id=visit.visitor.region_id) for slug in one.slugs}
    options = tuple(
        Option(value=head.slug, label=head.pathway, hint=visit.wording.position(head.phase, head.place))
        for head in sorted(heads, key=lambda head: head.pathway)
        if head.is_open and head.slug not in taken
    )
    say = visit.texts.say
    fields = (
        _name_field(visit),
        Field(
            name=MEMBERS,
            label=say("web.gap.bundle_members"),
            help=say("web.gap.bundle_members_help"),
            kind="checkboxes",
            options=options,
        ),
    )
    return visit.page(
        "gap/bundle_new.html",
        status=422 if faults else 200,
        fields=[one.filled(typed, faults) for one in fields],
        keys=keys,
        has_options=len(options) >= FEWEST,
        has_errors=bool(faults),
    )


def _name_field(visit: Visit) -> Field:
    say = visit.texts.say
    return Field(
        name="name", label=say("web.gap.bundle_name"), help=say("web.gap.bundle_name_help"), max_length=LONGEST_NAME
    )


def _name_page(visit: Visit, page: BundlePage, typed: FormDep, errors: Mapping[str, str]) -> Response:
    return visit.page(
        "gap/bundle_rename.html",
        status=422 if errors else 200,
        bundle=page.bundle,
        field=_name_field(visit).filled(typed, errors),
        has_errors=bool(errors),
    )


def _fault(visit: Visit, field: str, name: str) -> str:
    if field == MEMBERS:
        return visit.texts.say("web.gap.fault.members", n=FEWEST)
    return visit.texts.say("web.gap.fault.bundle_name_long" if name else "web.gap.fault.bundle_name", n=LONGEST_NAME)


def _made_before(visit: Visit, members: list[str]) -> str:
    """Return the bundle of just these introductions: the button was pressed twice; empty where there is none."""
    with visit.read() as work:
        bundles = list_bundles(work, region_id=visit.visitor.region_id)
    return next((one.slug for one in bundles if {*one.slugs} == {*members}), "")


def _taken(visit: Visit, error: Refused) -> str:
    return visit.wording.sentence(error.sentence, error.values)
