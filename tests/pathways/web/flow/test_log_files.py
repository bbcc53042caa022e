"""The log as files: whole, by those who may have it, and never another region's."""

import json
from xml.etree import ElementTree as ET

import pytest

from tests.pathways.furnished import CAST
from tests.pathways.web.board.page import read
from tests.pathways.web.conftest import Web


@pytest.mark.parametrize("slug", ["sam", "ana", "adm"])
def test_coordinator_analyst_and_administrator_get_both_files(flowing: Web, slug: str) -> None:
    client = flowing.as_(slug)
    xes, ocel = client.get("/flode/logg.xes"), client.get("/flode/logg.ocel")
    assert (xes.status_code, ocel.status_code) == (200, 200)
    assert xes.headers["content-type"].startswith("application/xml")
    assert 'filename="logg-se-w-2021-' in ocel.headers["content-disposition"]
    assert ocel.headers["content-disposition"].endswith('.jsonocel"')
    traces = ET.fromstring(xes.text).findall("{http://www.xes-standard.org/}trace")
    kinds = [one["type"] for one in json.loads(ocel.text)["objects"]]
    assert len(traces) == kinds.count("introduction") == 10
    assert [person.name for person in CAST if person.name in xes.text + ocel.text] == []


@pytest.mark.parametrize("slug", ["chef", "lg", "reg", "vcf", "frammande"])
@pytest.mark.parametrize("form", ["xes", "ocel"])
def test_to_others_there_is_no_such_file(flowing: Web, slug: str, form: str) -> None:
    assert flowing.as_(slug).get(f"/flode/logg.{form}").status_code == 404


def test_links_are_shown_to_those_who_may_follow_them(flowing: Web) -> None:
    name = "Händelseloggen som XES"
    assert read(flowing.as_("ana").get("/flode")).links[name] == "/flode/logg.xes"
    assert name not in read(flowing.as_("lg").get("/flode")).links


def test_without_names_the_file_does_not_even_tell_the_region_by_its_own_name(flowing: Web) -> None:
    answer = flowing.as_("sam").get("/flode/logg.xes?anonym=ja")
    assert "se-w" not in answer.headers["content-disposition"]
    assert "Dalarna" not in answer.text
    assert "case-1" in answer.text


def test_there_is_no_third_form(flowing: Web) -> None:
    assert flowing.as_("sam").get("/flode/logg.csv").status_code == 404
