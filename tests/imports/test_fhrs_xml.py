"""The food hygiene ratings XML is streamed, and nothing in it is expanded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from licensing.imports import fhrs_xml, limits
from licensing.imports.refused import FileRefused

MakeFhrs = Callable[..., Path]


def refusal(path: Path) -> str:
    with pytest.raises(FileRefused) as refused:
        list(fhrs_xml.records(path, limits.WEB))
    return refused.value.message


def written(tmp_path: Path, xml: str) -> Path:
    path = tmp_path / "FHRS999en-GB.xml"
    path.write_text(xml, encoding="utf-8")
    return path


def test_the_header_comes_first_and_then_each_establishment(make_fhrs: MakeFhrs) -> None:
    path = make_fhrs(
        "<FHRSID>1</FHRSID><BusinessName>The Invented Inn</BusinessName>"
        "<Scores><Hygiene>5</Hygiene></Scores><Geocode/>",
        "<FHRSID>2</FHRSID><RatingDate xsi:nil='true' xmlns:xsi='x'/>",
    )
    header, first, second = fhrs_xml.records(path, limits.WEB)
    assert header == {"ExtractDate": "2025-06-03", "ItemCount": "2"}
    assert isinstance(first, list)
    assert isinstance(second, list)
    named = dict(zip(fhrs_xml.FIELDS, first, strict=True))
    assert (named["FHRSID"], named["BusinessName"]) == ("1", "The Invented Inn")
    assert (named["Scores/Hygiene"], named["Geocode/Latitude"], named["PostCode"]) == ("5", "", "")
    assert dict(zip(fhrs_xml.FIELDS, second, strict=True))["RatingDate"] == ""


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    path = written(
        tmp_path,
        f'<!DOCTYPE FHRSEstablishment [<!ENTITY e0 "ha">{entities}]>'
        "<FHRSEstablishment><Header/>&e9;</FHRSEstablishment>",
    )
    assert refusal(path).startswith("The XML file holds a document type or entities")


def test_an_outside_entity_is_refused(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]><FHRSEstablishment>&secret;</FHRSEstablishment>',
    )
    assert refusal(path).startswith("The XML file holds a document type or entities")


@pytest.mark.parametrize(
    "xml",
    [
        "<html><body/></html>",
        "<FHRSEstablishment><EstablishmentCollection/></FHRSEstablishment>",
        "<FHRSEstablishment>" + "<a>" * 10_000 + "</a>" * 10_000 + "</FHRSEstablishment>",
    ],
    ids=["another root", "no header", "deep"],
)
def test_xml_of_another_shape_is_refused(tmp_path: Path, xml: str) -> None:
    assert refusal(written(tmp_path, xml)).startswith("This is not the Food Standards Agency's XML")


def test_xml_cut_short_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "<FHRSEstablishment><Header><ExtractDate>2025")
    assert refusal(path).startswith("The XML file is damaged")


def test_a_name_that_no_cell_could_hold_is_refused(make_fhrs: MakeFhrs) -> None:
    path = make_fhrs(f"<FHRSID>1</FHRSID><BusinessName>{'x' * 32_768}</BusinessName>")
    assert refusal(path) == "A BusinessName in the XML file is longer than 32,767 characters."
