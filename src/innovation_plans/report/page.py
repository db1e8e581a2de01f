"""Pages from templates: all values are escaped, and no page loads anything.

A page names the sha256 sums of its style and of its script in a Content-Security-Policy, so that a
browser uses only these.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ..dataset.dataset import Dataset
from ..io.formats import needed
from ..plots.style import VERDICTS, ink_on
from ..resources import bundled_text, package_files
from ..text.messages import Language, say
from .sources import language_tag, note_language
from .words import Translated, message, messages, page_languages

if TYPE_CHECKING:
    from jinja2 import Environment

_LABELLED = ("indicator", "period", "stated", "by", "outcome", "year", "gap", "verdict", "tier")


def rendered(name: str, content: Mapping[str, Any], *, lang: Language, title: Translated) -> str:
    """Return a page: the template of that name with its styles and its script.

    Raises
    ------
    MissingExtraError
        If jinja2 is not installed.
    """
    environment = _environment()
    style = _palette() + _one_language() + _labels() + asset("base.css") + asset(f"{name}.css")
    script = asset("base.js") + asset(f"{name}.js")
    safe = needed("markupsafe", "report").Markup
    return str(
        environment.get_template(f"{name}.html").render(
            content,
            t=messages("page"),
            title=title,
            language=say("language.tag", lang),
            shown=page_languages().index(lang),
            languages=[
                (language, say("language.tag", language), say("language.name", language))
                for language in page_languages()
            ],
            style=safe(style),
            script=safe(script),
            policy=policy(style, script),
        )
    )


def policy(style: str, script: str) -> str:
    """Return the policy of a page: data: images, this style and this script, and nothing else."""
    return (
        f"default-src 'none'; img-src data:; style-src '{_hash(style)}'; "
        f"style-src-attr 'unsafe-inline'; "
        f"script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    )


def asset(name: str) -> str:
    """Return the text of one of the templates, style sheets and scripts."""
    return bundled_text(package_files() / "report" / "assets" / name, f"report/assets/{name}")


def colophon(plans: Dataset[Any, Any, Any, Any]) -> Translated:
    """Return the package, the edition and the number of records that a page is made from."""
    records = len(plans.targets) + len(plans.observations)
    return message(
        "page.colophon", version=release(), edition=plans.edition or "–", records=f"{records:,}"
    )


def release() -> str:
    """Return the version of the installed package."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("innovation-plans")
    except PackageNotFoundError:  # not installed, but run from its files
        return "–"


def _one_language() -> str:
    """Return the style that hides the texts of other languages than that of the page."""
    tags = message("language.tag")
    hidden = (f'html:not([lang="{tag}"]) :is(span,p,div)[lang="{tag}"]' for tag in tags)
    return f"{','.join(hidden)}{{display:none}}"


def _labels() -> str:
    """Return the style that labels cells on a narrow screen, which shows rows as cards."""
    narrow = "".join(
        f'html[lang="{tag}"] td.c-{name}::before{{content:"{text.capitalize()}"}}'
        for name in _LABELLED
        for tag, text in zip(message("language.tag"), message(f"page.{name}"), strict=True)
    )
    return f"@media screen and (max-width:64rem){{{narrow}}}"


def _palette() -> str:
    """Return the colours of verdicts as style; the mark of a hollow look has no ground."""
    return "".join(
        f".{verdict}{{--hue:{look.colour};--ink:{ink_on(look.colour)}}}"
        + (f".{verdict} b{{background:none!important;color:inherit!important}}" * look.hollow)
        for verdict, look in VERDICTS.items()
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@cache
def _environment() -> Environment:
    """Return the templates, which are compiled once."""
    jinja2 = needed("jinja2", "report")
    environment: Environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(asset),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["marks"] = {verdict: look.glyph for verdict, look in VERDICTS.items()}
    environment.filters["language"] = language_tag
    environment.filters["note_language"] = note_language
    return environment
