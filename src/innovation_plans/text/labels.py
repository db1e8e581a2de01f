"""How codes are said to people, in English and Chinese."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from ..codelists import Caveat, Comparator, Form, Reason, Verdict
from ..units.decimals import EXACT, plain
from ..units.table import OwnUnit, table_of

__all__ = [
    "Language",
    "amount",
    "bound",
    "caveat",
    "form",
    "mark",
    "reason",
    "said",
    "stated",
    "unit",
    "verdict",
]

Language = Literal["en", "zh"]

_UNITS_EN = {
    "CNY": "yuan",
    "CNY_10K": "10,000 yuan",
    "CNY_100M": "100 million yuan",
    "CNY_1B": "billion yuan",
    "CNY_1T": "trillion yuan",
    "USD": "US dollars",
    "CNY_per_USD": "yuan per US dollar",
    "percent": "%",
    "percentage_point": "percentage points",
    "percent_per_year": "% a year",
    "multiple": "times",
    "person": "persons",
    "person_year": "person-years",
    "inhabitant": "residents",
    "employed_person": "employed persons",
    "legal_entity": "legal entities",
    "calendar_day": "days",
    "index_1978_100": "(1978 = 100)",
    "inhabitant_10K": "10,000 residents",
    "employed_person_10K": "10,000 employed persons",
    "patent": "patents",
    "enterprise": "enterprises",
    "item": "items",
    "person_year_per_10k_population": "person-years per 10,000 residents",
    "person_year_per_10k_employed": "person-years per 10,000 employed",
    "person_per_10k_employed": "persons per 10,000 employed",
    "patent_per_10k_population": "patents per 10,000 residents",
    "enterprise_per_10k_legal_entities": "enterprises per 10,000 legal entities",
    "enterprise_per_day": "enterprises a day",
    "CNY_10K_per_employed_person": "10,000 yuan per employed person",
}
_UNITS_ZH = {
    "CNY_per_USD": "元/美元",
    "inhabitant": "人（常住）",
    "employed_person": "人（就业）",
    "legal_entity": "家法人单位",
    "index_1978_100": "（1978年=100）",
    "percent_per_year": "%（年增速）",
    "inhabitant_10K": "万人（常住）",
    "employed_person_10K": "万人（就业）",
    "person_year_per_10k_population": "人年/万人",
    "person_year_per_10k_employed": "人年/万名就业人员",
    "person_per_10k_employed": "人/万名就业人员",
    "patent_per_10k_population": "件/万人",
    "enterprise_per_10k_legal_entities": "家/万家法人单位",
    "enterprise_per_day": "家/天",
    "CNY_10K_per_employed_person": "万元/人",
}
# English counts in thousands: 5,500 times 100 million yuan is said as 550 billion yuan.
_SAID_EN = {
    "inhabitant_10K": (Decimal("0.01"), "million residents"),
    "employed_person_10K": (Decimal("0.01"), "million employed persons"),
    "CNY_10K_per_employed_person": (Decimal(10), "thousand yuan per employed person"),
}
_YUAN = {
    "CNY_10K": Decimal(10) ** 4,
    "CNY_100M": Decimal(10) ** 8,
    "CNY_1B": Decimal(10) ** 9,
    "CNY_1T": Decimal(10) ** 12,
}
_THOUSANDS = (
    (Decimal(10) ** 12, "trillion yuan"),
    (Decimal(10) ** 9, "billion yuan"),
    (Decimal(10) ** 6, "million yuan"),
)
_BOUNDS = {
    Comparator.REACH: ("{}", "达到{}"),
    Comparator.AT_LEAST: ("at least {}", "{}以上"),
    Comparator.ABOVE: ("above {}", "超过{}"),
    Comparator.ABOUT: ("about {}", "{}左右"),
    Comparator.AT_MOST: ("at most {}", "不超过{}"),
    Comparator.BELOW: ("below {}", "低于{}"),
    Comparator.BETWEEN: ("{}", "{}"),
}
# In a ranking every bound asks for that place or a better one.
_PLACES = {
    Comparator.AT_LEAST: ("rank {} or better", "前{}位"),
    Comparator.AT_MOST: ("rank {} or better", "前{}位"),
    Comparator.ABOVE: ("better than rank {}", "第{}位之前"),
    Comparator.BELOW: ("better than rank {}", "第{}位之前"),
}
_DECREASE = ("decrease", "减量")
_VERDICTS = {
    Verdict.MET: ("met", "已实现"),
    Verdict.MISSED: ("missed", "未实现"),
    Verdict.AHEAD: ("ahead", "提前达到"),
    Verdict.ON_TRACK: ("on track", "进度正常"),
    Verdict.OFF_TRACK: ("off track", "进度滞后"),
    Verdict.UNDETERMINED: ("undetermined", "无法判断"),
}
# Beside the word, so that a verdict is told at a glance; pictures have the same.
_MARKS = {
    Verdict.MET: "●",
    Verdict.MISSED: "✖",
    Verdict.AHEAD: "▲",
    Verdict.ON_TRACK: "■",
    Verdict.OFF_TRACK: "▼",
    Verdict.UNDETERMINED: "○",
}
_FORMS = {
    Form.LEVEL: ("level", "水平"),
    Form.ANNUAL_GROWTH: ("growth on the year before", "比上年增长"),
    Form.AVERAGE_GROWTH: ("average annual growth", "年均增长"),
    Form.CUMULATIVE: ("cumulative", "累计"),
    Form.INCREMENT: ("increase", "增量"),
    Form.MULTIPLE: ("multiple", "倍数"),
    Form.RANK: ("rank", "位次"),
}
_REASONS = {
    Reason.NO_OUTCOME: ("no dated outcome of the period is known", "期内尚无可用的数据"),
    Reason.DIFFERENT_BASIS: (
        "the outcome is measured on another basis",
        "实际值与目标的口径或单位不同",
    ),
    Reason.OUTCOME_IS_A_BOUND: (
        "the outcome is stated only as a bound",
        "实际值只给出上限或下限",
    ),
    Reason.CONFLICTING_OUTCOMES: (
        "texts give different outcomes, with different verdicts",
        "不同来源的实际值不一致，结论也不同",
    ),
    Reason.MISSING_BASELINE: ("no starting value is known", "缺少基期数值"),
    Reason.BASE_BEYOND_TARGET: (
        "the starting value was already beyond the target",
        "基期数值已超过目标",
    ),
    Reason.ZERO_BASE: ("the starting value is zero", "基期数值为零"),
    Reason.SIGN_CHANGE: ("the sign changes between start and outcome", "起止数值正负号不同"),
    Reason.ONE_POINT: ("start and outcome are of one year", "基期与实际值为同一年"),
    Reason.FUTURE_YEAR: ("the outcome is of a later year than the target", "实际值晚于目标年份"),
    Reason.CHANGED_DEFINITION: (
        "the series was redefined between start and outcome",
        "基期与实际值之间统计口径有变化",
    ),
    Reason.RANK_HAS_NO_PACE: (
        "not yet due, and a place in a ranking has no pace",
        "目标年未到，位次没有进度可言",
    ),
    Reason.UNDATED: ("the text does not date the outcome", "来源未注明年份"),
}
_CAVEATS = {
    Caveat.SELF_REPORTED: ("the government itself reports the outcome", "实际值由该地政府自行公布"),
    Caveat.OUTCOME_APPROXIMATE: ("the outcome is stated as approximate", "实际值为约数"),
    Caveat.PRELIMINARY: ("the outcome is preliminary", "实际值为初步数"),
    Caveat.BASELINE_FROM_STATISTICS: (
        "the starting value is from statistics, the plan states none",
        "基期数值取自统计数据，规划未列明",
    ),
    Caveat.DERIVED: (
        "the outcome is computed from its numerator and denominator",
        "实际值由分子和分母计算得出",
    ),
    Caveat.VINTAGES_MIXED: (
        "start and outcome are of different vintages",
        "基期与实际值取自不同版本的统计数据",
    ),
    Caveat.VINTAGES_DISAGREE: (
        "another vintage of the statistic gives another verdict",
        "另一版本的统计数据会得出不同结论",
    ),
    Caveat.CONFLICTING_OUTCOMES: (
        "texts give different outcomes, the verdict is the same",
        "不同来源的实际值不一致，但结论相同",
    ),
    Caveat.DISPUTED: (
        "a weaker text gives an outcome with another verdict",
        "另有可靠性较低的来源，其数值会得出不同结论",
    ),
    Caveat.TARGET_CONFLICT: ("another text prints another target", "另有来源给出不同的目标值"),
    Caveat.WEAK_SOURCE: ("a figure was read in a weak copy", "有数据取自可靠性较低的副本"),
    Caveat.CORRECTED_FIGURE: (
        "a printed error was put right; see the errata",
        "已更正印刷错误，见勘误表",
    ),
    Caveat.CONSTANT_PRICES: (
        "growth of value added is at constant prices, so the level is at base-year prices",
        "增加值增速按不变价计算，所得为基期价格水平；如需现价，请给出平减指数假设",
    ),
    Caveat.CHANGED_DEFINITION: (
        "the series was redefined after the base year",
        "基期之后统计口径有变化",
    ),
    Caveat.EVEN_PATH: (
        "the year lies within the span: growth is taken as even",
        "该年份位于期中，假定各年增速相同",
    ),
    Caveat.OTHER_VINTAGE: (
        "another vintage of a statistic gives another value",
        "采用另一版本的统计数据会得出不同数值",
    ),
    Caveat.APPROXIMATE: ("an observed figure is approximate or a bound", "有实际值为约数或界限"),
    Caveat.BOUNDS_OPPOSED: (
        "one figure is a lower and the other an upper bound: the result is neither",
        "两个数值分别为下限和上限，结果不构成界限",
    ),
    Caveat.OBSERVED_SINCE: (
        "observed figures of years after the target was set are used",
        "使用了目标制定之后年份的实际值",
    ),
    Caveat.PART_OF_THE_PROVINCES: (
        "not every province states such a target",
        "并非所有省份都提出该目标",
    ),
}


def said(pair: tuple[str, str], lang: Language) -> str:
    """One of two wordings."""
    return pair[1] if lang == "zh" else pair[0]


def verdict(code: Verdict, lang: Language = "en") -> str:
    """A verdict in words."""
    return said(_VERDICTS[code], lang)


def mark(code: Verdict) -> str:
    """The one character that stands for a verdict."""
    return _MARKS[code]


def reason(code: Reason, lang: Language = "en") -> str:
    """Why a target cannot be judged, as a clause."""
    return said(_REASONS[code], lang)


def caveat(code: Caveat, lang: Language = "en") -> str:
    """Return what to know about a result, as a clause."""
    return said(_CAVEATS[code], lang)


def form(code: Form, lang: Language = "en") -> str:
    """A form in words."""
    return said(_FORMS[code], lang)


def unit(token: str, lang: Language = "en") -> str:
    """A unit as people write it.

    Examples
    --------
    >>> unit("CNY_100M"), unit("CNY_100M", "zh")
    ('100 million yuan', '亿元')
    """
    table = table_of(token)
    if isinstance(token, OwnUnit):  # its aliases are its wordings: Chinese ones for Chinese
        aliases = table.unit(token).aliases
        return next((each for each in aliases if each.isascii() is (lang == "en")), str(token))
    if lang == "en":
        return _UNITS_EN.get(token, token)
    if token in _UNITS_ZH:
        return _UNITS_ZH[token]
    return table.unit(token).symbol if token in table else token


def amount(value: Decimal, token: str, lang: Language = "en") -> str:
    """A number with its unit.

    Examples
    --------
    >>> amount(Decimal("3.50"), "percent"), amount(Decimal(1), "rank")
    ('3.5 %', 'rank 1')
    >>> amount(Decimal(5500), "CNY_100M"), amount(Decimal(5500), "CNY_100M", "zh")
    ('550 billion yuan', '5500亿元')
    """
    value, label = _scaled(value, token, lang)
    number = plain(_short(value))
    if token == "rank":
        return f"第{number}位" if lang == "zh" else f"rank {number}"
    is_word = label[:1].isascii() and label[:1].isalpha()  # 5亿元 and 3.5%, but 80 index_1990_100
    return f"{number} {label}" if lang == "en" or is_word else f"{number}{label}"


def bound(
    comparator: Comparator,
    value: Decimal,
    high: Decimal | None,
    token: str,
    lang: Language = "en",
) -> str:
    """A figure with its comparator.

    Examples
    --------
    >>> bound(Comparator.ABOUT, Decimal("3.5"), None, "percent")
    'about 3.5 %'
    >>> bound(Comparator.ABOUT, Decimal("3.5"), None, "percent", "zh")
    '3.5%左右'
    """
    figure = amount(value, token, lang)
    if high is not None:
        to = "至" if lang == "zh" else " to "
        if token == "rank":
            ends = f"{plain(value)}{to}{plain(high)}"
            return f"第{ends}位" if lang == "zh" else f"rank {ends}"
        low = _scaled(value, token, lang, like=high)[0]
        figure = f"{plain(_short(low))}{to}{amount(high, token, lang)}"
    return said(_BOUNDS[comparator], lang).format(figure)


def stated(
    form_: Form,
    comparator: Comparator,
    value: Decimal,
    high: Decimal | None,
    token: str,
    *,
    lang: Language = "en",
) -> str:
    """A figure with its comparator, and its form where it is no level.

    Examples
    --------
    >>> stated(Form.AVERAGE_GROWTH, Comparator.AT_LEAST, Decimal(10), None, "percent_per_year")
    'average annual growth at least 10 %'
    >>> stated(Form.AVERAGE_GROWTH, Comparator.AT_LEAST, Decimal(10), None, "percent_per_year",
    ...        lang="zh")
    '年均增长10%以上'
    >>> stated(Form.RANK, Comparator.AT_MOST, Decimal(3), None, "rank")
    'rank 3 or better'
    """
    if form_ is Form.RANK and comparator in _PLACES:
        return said(_PLACES[comparator], lang).format(plain(value))
    shown = "percent" if token == "percent_per_year" else token  # the form says "a year" already
    if form_ is Form.INCREMENT and max(value, high or value) < 0:
        return _decrease(comparator, value, high, shown, lang)
    figure = bound(comparator, value, high, shown, lang)
    if form_ in {Form.LEVEL, Form.RANK}:
        return figure
    return f"{form(form_, lang)}{'' if lang == 'zh' else ' '}{figure}"


def _decrease(
    comparator: Comparator, value: Decimal, high: Decimal | None, token: str, lang: Language
) -> str:
    """An increase below zero, said as what it is: by how much less, the bound turned round."""
    low, top = (abs(value), None) if high is None else (abs(high), abs(value))
    figure = bound(comparator.mirrored(), low, top, token, lang)
    return f"{said(_DECREASE, lang)}{'' if lang == 'zh' else ' '}{figure}"


def _short(value: Decimal) -> Decimal:
    """To two decimals, where arithmetic made more digits than anybody prints."""
    exponent = value.as_tuple().exponent
    long = isinstance(exponent, int) and exponent < -4
    return value.quantize(Decimal("0.01"), context=EXACT) if long else value


def _scaled(
    value: Decimal, token: str, lang: Language, *, like: Decimal | None = None
) -> tuple[Decimal, str]:
    """The number and the unit that a language says it in; both ends of a range alike."""
    if lang == "en" and token in _YUAN:
        size = abs(EXACT.multiply(value if like is None else like, _YUAN[token]))
        step, label = next((each for each in _THOUSANDS if size >= each[0]), _THOUSANDS[-1])
        return EXACT.divide(EXACT.multiply(value, _YUAN[token]), step), label
    if lang == "en" and token in _SAID_EN:
        factor, label = _SAID_EN[token]
        return EXACT.multiply(value, factor), label
    return value, unit(token, lang)
