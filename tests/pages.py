"""What every page must hold to, checked on its HTML.

`check_page(html)` raises AssertionError with everything that is wrong, so that one run shows all.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as PARSE_ERRORS

_UNLABELLED_INPUTS = ("hidden", "submit", "button", "image", "reset")
_ID_REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "for", "list")

Problems = Iterator[str]


def check_page(html: str) -> None:
    """Raise AssertionError naming each fault of a whole page."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html)
    problems = [f"HTML: {PARSE_ERRORS[code] % values} at {at}" for at, code, values in parser.errors]
    for check in _CHECKS:
        problems += check(root)
    assert not problems, "\n".join(problems)


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _outline(element: Element) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in element.attrib.items())
    return f"<{element.tag}{attributes}>"


def _elements(root: Element) -> Iterator[Element]:
    # The parser gives comments a function for a tag.
    return (element for element in root.iter() if isinstance(element.tag, str))


def _heading_and_title(root: Element) -> Problems:
    headings = [_text(h1) for h1 in root.iter("h1")]
    titles = [_text(title) for title in root.iterfind("head/title")]
    if len(headings) != 1:
        yield f"A page has one h1, this one {len(headings)}: {headings}"
    elif len(titles) != 1 or not titles[0].removeprefix("Error: ").startswith(f"{headings[0]} - "):
        yield f"The title {titles} does not begin with the h1 “{headings[0]}”"
    if not root.get("lang"):
        yield "The html element says no language"


def _error_title(root: Element) -> Problems:
    has_summary = any("govuk-error-summary" in _classes(div) for div in root.iter("div"))
    is_marked = any(_text(title).startswith("Error: ") for title in root.iterfind("head/title"))
    if has_summary != is_marked:
        yield "The title begins with “Error: ” where there is an error summary, and only there"


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _ids(root: Element) -> Problems:
    ids = Counter(element.get("id") for element in _elements(root) if "id" in element.attrib)
    yield from (f"The id “{name}” stands {n} times" for name, n in ids.items() if n > 1)
    for element in _elements(root):
        named = [name for key in _ID_REFERENCES for name in element.get(key, "").split()]
        href = element.get("href", "")
        if href.startswith("#"):
            named.append(href[1:])
        yield from (f"{_outline(element)} names no id: “{name}”" for name in named if name not in ids)


def _labels(root: Element) -> Problems:
    labelled = {label.get("for") for label in root.iter("label") if _text(label)}
    inside = {id(field) for label in root.iter("label") if _text(label) for field in label.iter()}
    for field in _elements(root):
        if field.tag not in ("input", "select", "textarea"):
            continue
        if field.tag == "input" and field.get("type") in _UNLABELLED_INPUTS:
            continue
        named = field.get("aria-label") or field.get("aria-labelledby")
        if not (named or field.get("id") in labelled or id(field) in inside):
            yield f"{_outline(field)} has no label"


def _forms(root: Element) -> Problems:
    for form in root.iter("form"):
        tokens = [i for i in form.iter("input") if i.get("name") == "csrf_token" and i.get("value")]
        posts = form.get("method", "get").lower() == "post"
        if posts and len(tokens) != 1:
            yield f"{_outline(form)} has {len(tokens)} CSRF tokens"
        if not posts and tokens:
            yield f"{_outline(form)} would put its CSRF token in the address"
        if "novalidate" not in form.attrib:
            yield f"{_outline(form)} lets the browser word the errors: novalidate is missing"


def _content_policy(root: Element) -> Problems:
    for element in _elements(root):
        for name in element.attrib:
            if name == "style" or name.startswith("on"):
                yield f"{_outline(element)} has an inline {name}, which the content policy blocks"
        if element.tag == "style":
            yield "A style element, which the content policy blocks"
        if element.tag == "script" and not element.get("nonce"):
            yield f"{_outline(element)} has no nonce, so the content policy blocks it"
        if element.get("href", "").lower().startswith("javascript:"):
            yield f"{_outline(element)} needs JavaScript"


def _words_for_links_and_images(root: Element) -> Problems:
    for element in _elements(root):
        has_words = _text(element) or element.get("aria-label")
        if element.tag in ("a", "button") and not has_words:
            yield f"{_outline(element)} has no words"
        if element.tag == "a" and not element.get("href"):
            yield f"{_outline(element)} leads nowhere"
        if element.tag == "img" and "alt" not in element.attrib:
            yield f"{_outline(element)} has no alt"
        # The parser keeps the namespace of SVG in its tags.
        is_drawing = element.tag.endswith("svg") and element.get("aria-hidden") != "true"
        if is_drawing and not any(child.tag.endswith("title") for child in element):
            yield f"{_outline(element)} has no title and is not hidden from screen readers"


def _tables(root: Element) -> Problems:
    for table in root.iter("table"):
        captions = [_text(caption) for caption in table.findall("caption")]
        if not any(captions):
            yield f"{_outline(table)} has no caption"
        headings = list(table.iter("th"))
        if not headings:
            yield f"{_outline(table)} has no th"
        yield from (f"{_outline(th)} has no scope" for th in headings if not th.get("scope"))


_CHECKS: tuple[Callable[[Element], Problems], ...] = (
    _heading_and_title,
    _error_title,
    _ids,
    _labels,
    _forms,
    _content_policy,
    _words_for_links_and_images,
    _tables,
)
