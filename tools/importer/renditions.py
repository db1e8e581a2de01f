"""Who issued each source, in which form it was read, and the tier that follows; sources of one text.

``tools/research/renditions.csv`` has one row per source, ``merged_sources.csv`` one row per source
that is a further copy of the same text. `speaker` says of a text of the media or others whose
statement its figures are: of an authority of the region (own), of others, or unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from importer.additions import BY_MACHINE, NOT_AS_PRINTED
from importer.ledger import CURATED, Cells, Research, read
from importer.remarks import note
from innovation_plans.codelists import Issuer, Rendition, Tier

_OFFICIAL = {Issuer.GOVERNMENT, Issuer.STATISTICS_OFFICE}
_NOT_OTHER = {*_OFFICIAL, Issuer.OFFICIAL_MEDIA}
# What the notes of a source say of its speaker; if it is unknown, those of its figures say so.
_SPEAKERS = {
    "own": "reports what the government of the region states",
    "others": "the outcomes in it are of a statistics office or others, not of the government of the region",
}
LIBRARY = "the address is the gateway of a library, which may ask for a log-in"
# Sites of official media of which no other source was read.
_MEDIA = {"qstheory.cn"}
NOT_GRADED = "not graded: title and publisher were not recorded"
REPOSITORY = "read in a collection of official texts in a public repository"
GRADED_BY_HOST = "graded by the site of its address: title and publisher were not recorded"
# Tables whose rows state the same kind of figure, the better one first.
_FIGURES = (("targets", "corroborations"), ("outcomes", "observations"))


def tier_of(issuer: Issuer, rendition: Rendition, *, verified: bool = False) -> Tier:
    """Return the tier of a source: the summary of its issuer and its rendition.

    A third-party copy of a table counts as an official copy if it passes an arithmetic check.
    """
    if rendition is Rendition.WEAK:
        return Tier.D
    if issuer not in _NOT_OTHER:
        return Tier.C
    if rendition is Rendition.THIRD_PARTY_COPY:
        return Tier.B if verified else Tier.C
    is_own_text = rendition in {Rendition.ORIGINAL, Rendition.TRANSLATION}
    return Tier.A if issuer in _OFFICIAL and is_own_text else Tier.B


def graded_by_host(address: str, sources: Iterable[Cells]) -> Cells:
    """Return issuer, rendition, tier and notes of a text of which only the address is known.

    A page of a public body, or of official media that other sources have on their own site, has the
    author that was not recorded, so it is an official copy. Of any other site nothing is known.
    """
    issuer, rendition = Issuer.OTHER, Rendition.WEAK
    if domain_of(address).endswith(".gov.cn"):
        issuer, rendition = Issuer.GOVERNMENT, Rendition.OFFICIAL_COPY
    elif domain_of(address) in media_domains(sources):
        issuer, rendition = Issuer.OFFICIAL_MEDIA, Rendition.OFFICIAL_COPY
    return {
        "tier": str(tier_of(issuer, rendition)),
        "issuer": str(issuer),
        "rendition": str(rendition),
        "notes": NOT_GRADED if rendition is Rendition.WEAK else GRADED_BY_HOST,
    }


def media_domains(sources: Iterable[Cells]) -> set[str]:
    """Return the domains on which sources of official media were read, other than as copies."""
    return _MEDIA | {
        domain_of(source["url"])
        for source in sources
        if source["issuer"] == Issuer.OFFICIAL_MEDIA
        and source["url"]
        and source["rendition"] not in {Rendition.THIRD_PARTY_COPY, Rendition.WEAK}
    }


def domain_of(address: str) -> str:
    """Return the registered domain of an address, as ``people.com.cn``; empty without a host."""
    labels = (urlsplit(address).hostname or "").split(".")
    is_second_level = len(labels) > 2 and labels[-2] in {"com", "gov", "net", "org", "edu", "ac"}
    return ".".join(labels[-3 if is_second_level else -2 :])


class Renditions:
    """Issuer, rendition and checks of every source."""

    def __init__(self) -> None:
        self._rows = {row["code"]: row for row in read(CURATED / "renditions.csv")}

    def speaker(self, code: str) -> str:
        """Return whose statement the figures of a source are: own, others or unknown."""
        row = self._rows[code]
        speaker = {"government": "own", "statistics_office": "others"}.get(row["issuer"])
        if (speaker is None) != (row["speaker"] in {"own", "others", "unknown"}):
            raise SystemExit(f"renditions.csv: wrong speaker of {code!r}: {row['speaker']!r}")
        return speaker or row["speaker"]

    def graded(self, source: Cells) -> Cells:
        """Return the source with issuer, rendition, checks and tier."""
        row = self._rows.get(source["code"])
        if row is None:
            raise SystemExit(f"renditions.csv has no row for the source {source['code']!r}")
        issuer, rendition = Issuer(row["issuer"]), Rendition(row["rendition"])
        tier = tier_of(issuer, rendition, verified=bool(row["verified_by"]))
        if tier < source["tier"] and not row["verified_by"]:
            raise SystemExit(f"{source['code']}: tier {tier} is above {source['tier']}, as read")
        if NOT_AS_PRINTED in source["notes"] and rendition is not Rendition.WEAK:
            raise SystemExit(f"{source['code']}: a copy in other characters is weak")
        facts = {name: row[name] for name in ("issuer", "rendition", "verified_by")}
        graded = {**source, **facts, "tier": str(tier)}
        if row["speaker"] == "others" and BY_MACHINE in source["notes"]:
            raise SystemExit(f"{source['code']}: a machine wrote it, and no office is named in it")
        if speaker := _SPEAKERS.get(row["speaker"]):
            note(graded, speaker)
        if rendition is Rendition.OFFICIAL_COPY and domain_of(source["url"]) == "github.com":
            note(graded, REPOSITORY)
        if "interlibSSO" in source["url"]:
            note(graded, LIBRARY)
        return graded


def merge_sources(research: Research) -> None:
    """Give the rows of a further copy of a text the source that is kept, and drop repeated rows."""
    kept_of = {row["old"]: row for row in read(CURATED / "merged_sources.csv")}
    unused = set(kept_of) - {row["code"] for row in research.tables["sources"]}
    if unused:
        raise SystemExit(f"merged_sources.csv names sources that are not here: {sorted(unused)}")
    for row in research.tables["sources"]:
        if row["code"] in kept_of:
            research.merged.append((row["origin"], row["code"], kept_of[row["code"]]["reason"]))
    research.tables["sources"] = [
        row for row in research.tables["sources"] if row["code"] not in kept_of
    ]
    for pair in _FIGURES:
        _merge_figures(research, pair, kept_of)


def _merge_figures(
    research: Research, tables: tuple[str, ...], kept_of: Mapping[str, Cells]
) -> None:
    """Drop each row of a copied text whose figure a row of the text that is kept states.

    The row that is kept says if the copy was read with another bound.
    """
    rows = [row for name in tables for row in research.tables[name]]
    known: dict[tuple[str, ...], Cells] = {}
    repeated: set[int] = set()
    for row in sorted(rows, key=lambda row: row["source"] in kept_of):
        is_copy = row["source"] in kept_of
        if is_copy:
            row["source"] = kept_of[row["source"]]["into"]
        figure = _figure(row)
        kept = known.setdefault(figure, row)
        if is_copy and kept is not row:
            repeated.add(id(row))
            research.merged.append(
                (row["origin"], "/".join(figure), "of one text with another row")
            )
            bound = row.get("comparator", "reach")  # a statistic has none
            if bound != kept.get("comparator", "reach"):
                remark = f"a second reading has {bound}: {row['as_stated']}"
                kept["notes"] = "; ".join(filter(None, (kept["notes"], remark)))
    for name in tables:
        research.tables[name] = [row for row in research.tables[name] if id(row) not in repeated]


def _figure(row: Cells) -> tuple[str, ...]:
    """Return what identifies a figure of a source."""
    year = row.get("end_year") or row.get("year", "")
    form = row.get("form") or "level"
    return row["source"], row["region"], row["indicator"], form, year, row["value"]
