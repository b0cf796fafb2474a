"""Copy GOV.UK Frontend from its npm package into this folder, made fit for a council's own site.

Run by hand when the version changes:

    npm pack govuk-frontend@6.3.0 && tar xzf govuk-frontend-6.3.0.tgz
    python docs/vendor_frontend.py package

The crown, the royal crest and the GDS Transport typeface are for GOV.UK alone
(https://www.gov.uk/service-manual/design/making-your-service-look-like-govuk), so they are left
out: the family becomes the custom property --council-font, which licensing.css may set.
"""

import json
import re
import shutil
import sys
from pathlib import Path

DESTINATION = Path(__file__).resolve().parents[1] / "licensing" / "static" / "govuk"

_FONT_FACES = re.compile(r"(?:/\*! Copyright \(c\) 2011[^*]*\*/\s*)?@font-face\{[^}]*\}")
_CREST_RULES = re.compile(r"[^{}]+\{[^{}]*govuk-crest[^{}]*\}")
_SOURCE_MAPS = re.compile(r"\s*(?:/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)")
_ASSETS = re.compile(r"/assets/(images/[\w.-]+)")


def council_css(css: str) -> str:
    """The stylesheet without the typeface and the crest, its images beside it."""
    css = _FONT_FACES.sub("", css)
    css = css.replace("GDS Transport,arial,sans-serif", "var(--council-font,arial,sans-serif)")
    css = _CREST_RULES.sub("", css)
    css = _ASSETS.sub(r"\1", css)
    return _SOURCE_MAPS.sub("", css)


def vendor(package: Path) -> None:
    """Write the CSS, the JavaScript and the images they name; the licence beside them is kept."""
    version = json.loads((package / "package.json").read_text())["version"]
    notice = f"/* govuk-frontend {version}, MIT, see LICENCE.txt. Written by docs/vendor_frontend.py. */"
    built = package / "dist" / "govuk"
    css = council_css((built / "govuk-frontend.min.css").read_text())
    if "GDS Transport" in css:
        raise SystemExit("The stylesheet still names GDS Transport: see how it is written now.")
    script = _SOURCE_MAPS.sub("", (built / "govuk-frontend.min.js").read_text())
    charset = '@charset "UTF-8";'
    css = f"{charset}{notice}\n{css.removeprefix(charset).strip()}\n"
    (DESTINATION / "govuk-frontend.min.css").write_text(css)
    (DESTINATION / "govuk-frontend.min.js").write_text(f"{notice}\n{script.strip()}\n")
    for image in sorted(set(re.findall(r"url\((images/[\w.-]+)\)", css))):
        (DESTINATION / image).parent.mkdir(exist_ok=True)
        shutil.copyfile(built / "assets" / image, DESTINATION / image)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Usage: python docs/vendor_frontend.py PACKAGE_FOLDER")
    vendor(Path(sys.argv[1]))
