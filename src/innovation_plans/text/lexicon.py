"""Every word the reader knows, as tables; no grammar.

Words are in one spelling (``spelling.py``): small letters, simplified characters, single blanks.
A phrase is one entry; the longest entry wins. Words separated by ``|``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from ..codelists import Comparator
from ..units.table import bundled_units
from .numerals import CHINESE_NUMERALS, SHARE, WORD, Number

__all__ = ["Entry", "Per", "UnitWord", "lexicon"]

_LETTERS = re.compile("[a-z]+")

# What a token is. Plain integers: they are compared several times for each word of a text.
(
    NUMBER,
    BOUND,  # comparator before the number: 超过
    AFTER,  # comparator behind the number: 以上
    FORM,  # flags below
    UNIT,
    PER,  # a denominator: 每万人, per 10,000 people
    WHOLE,  # a whole figure in a word: 翻番 is 2
    TH,  # 第, no.
    TOP,  # 前, top
    HEAD,  # 首位: rank 1
    NTH,  # first, 3rd
    PLACE,  # 全国, in the country: what a rank is in
    TIME,  # 年, months
    JOIN,  # - ~ 至 到 to
    FILL,  # says nothing about the number
    FROM,  # 从: a starting point, so that what follows is no range
    OF,  # of, 占: a basis follows
    BASIS,  # GDP: only behind OF
    ADJECTIVE,  # between number and noun: invention patents
    STOP,  # ends a clause
    GAP,  # anything else
    BROKEN,  # digits that are no number: 1_000, 3.2.1
    END,  # of the text
) = range(23)

# Flags of FORM.
GROW: Final = 1  # 增长
RATE: Final = 2  # 增速: growth even where "reach" or "to" follows
MEAN: Final = 4  # 年均
YEARLY: Final = 8  # 每年, a year
ADD: Final = 16  # 新增
RAISE: Final = 32  # 提高
LEVEL: Final = 64  # 提高到
SUM: Final = 128  # 累计
FALL: Final = 256  # 下降
# These hold for the whole clause: 新增高新技术企业3000家.
KEPT: Final = MEAN | ADD | SUM | YEARLY | FALL

_BOUNDS = {
    Comparator.REACH: "达到|达|达成|完成|reach|reaches|reached|reaching|hit|hits|attain|attains|"
    "attained|amount to|amounts to|amounted to|stand at|stands at|stood at|account for|"
    "accounts for|accounted for|totals|totaled|totalled|保持在|稳定在|维持在|保持",
    Comparator.AT_LEAST: "不低于|不少于|不小于|不下于|至少|最少|迈上|跃上|站上|at least|no less than|not less than|"
    "no fewer than|not fewer than|no lower than|not lower than|not be less than|not be lower than|"
    "a minimum of|≥|>=",
    Comparator.ABOVE: "超过|超出|超|突破|破|高于|大于|多于|跨上|跨过|more than|greater than|"
    "higher than|over|above|beyond|exceed|exceeds|exceeded|exceeding|surpass|surpasses|surpassed|"
    "surpassing|in excess of|upwards of|>",
    Comparator.ABOUT: "约|大约|约为|约占|近|将近|接近|about|around|approximately|roughly|nearly|"
    "almost|close to|an estimated|some|approaching",
    Comparator.AT_MOST: "不超过|不高于|不大于|不多于|至多|最多|控制在|at most|no more than|"
    "not more than|not exceed|not exceeding|no higher than|not higher than|up to|within|"
    "a maximum of|≤|<=",
    Comparator.BELOW: "低于|少于|小于|不足|不到|below|under|less than|fewer than|lower than|<",
    Comparator.BETWEEN: "between",
}
_AFTER = {
    Comparator.AT_LEAST: "以上|及以上|或以上|和以上|or more|or above|and above|or higher|and over|"
    "이상",
    Comparator.ABOVE: "多|余|有余",
    Comparator.ABOUT: "左右|上下|前后|or so",
    Comparator.AT_MOST: "以内|以下|之内|及以下|or less|or below|or fewer",
}
_FORMS = {
    GROW: "增长|同比增长|经济增长|grow|grows|grew|grown|growing",
    GROW | RATE: "增速|增幅|增长率|增长速度|涨幅|growth|growth rate|rate of growth|growth rates|"
    "rate of increase",
    MEAN: "年均|年平均|平均每年|average|averaging|on average|an average|averaged",
    MEAN | GROW: "年均增长|年均递增|年均增加|年均提高|年均提升",
    MEAN | GROW | RATE: "年均增速|年均增长率|年均增幅|年均增长速度|复合增长率|average annual rate|"
    "average annual growth|average annual growth rate|annual average growth|"
    "annual average growth rate|average yearly growth|compound annual growth rate",
    YEARLY: "每年|年年|a year|per year|per annum|annually|each year|every year|yearly",
    ADD: "新增|净增|净增长|增量|新增加|增设|add|adds|added|adding|additional|an additional|"
    "a further",
    RAISE: "提高|提升|上升|前移|前进|跃升|increase|increases|increased|increasing|rise|rises|rose|"
    "risen|rising|raise|raises|raised|up|climb|climbed|climbs|improve|improved|gain|gained",
    RAISE | ADD: "增加|再增加",
    LEVEL: "提高到|提高至|提升到|提升至|上升到|上升至|增加到|增加至|增长到|增长至|增至|升至|扩大到|扩大至|"
    "发展到|跃升至|跃升到|跃居|下降到|下降至|降至|降到|降低到|降低至|减少到|减少至|增长为|rise to|"
    "up to a total of",
    SUM: "累计|总计|合计|累计达|cumulative|cumulatively|a cumulative",
    SUM | ADD: "累计新增",
    FALL: "下降|降低|减少|下滑|回落|缩减|压减|跌|decline|declines|declined|declining|decrease|decreases|"
    "decreased|decreasing|fall|falls|fell|fallen|falling|drop|drops|dropped|dropping|reduce|"
    "reduced|reduces|reducing|down|cut|shrink|shrank",
}
_WHOLE = {
    "2": "翻番|翻一番|翻倍|倍增|再翻一番|再翻番|double|doubles|doubled|doubling",
    "4": "翻两番|翻二番|quadruple|quadruples|quadrupled|quadrupling",
    "8": "翻三番",
    "3": "triple|triples|tripled|tripling",
}
_NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_HEADS = "首位|榜首|第一|第一位|第一名|首名"
_PLACES = (
    "全国|全省|全市|全区|世界|全球|亚洲|国际|国内|西部|中部|东部|各城市|各省|各省市|各省区市|居|列|位居|位列|"
    "名列|排名|排|稳居|居于|位于|进入|进|跻身|rank|ranks|ranked|ranking|place|placed|in the country|"
    "in the nation|in the world|in china|nationwide|nationally|globally|worldwide|among the"
)
_TIMES = (
    "年|年度|年底|年末|年前|年内|月|月底|月份|日|个月|个工作日|个交易日|年间|年来|年时间|周年|周|小时|分钟|岁|"
    "时|点钟|year|years|year's|years'|month|months|day|days|week|weeks|hour|hours|"
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan.|feb.|mar.|apr.|jun.|jul.|aug.|sept.|sep.|oct.|nov.|dec.|"
    "jan|feb|apr|jun|jul|aug|sept|oct|nov|dec|year-old|decade|decades|centuries|century"
)
_JOINS = "-|~|--|至|到|to|and|和|以及|及|与|by"
_FILLS = (
    "力争|力争在|争取|确保|预计|预期|实现|计划|目标|目标任务|任务|总数|数量|规模|总量|总额|比重|占比|占gdp比重|"
    "占地区生产总值比重|均|分别|各|都|再|又|已|已经|将|要|了|的|为|是|在|比|较|于|由于|水平|台阶|新台阶|大关|"
    "之间|区间|首批|建成|形成|拥有|培育|当年|同比|连续|全年|目前|其中|总体|位次|名次|有|共|共有|约有|"
    "に达する|达する|に|を|"
    "will|would|should|be|is|are|was|were|been|has|have|had|the|an|a|its|it|their|at|about the|"
    "annual|rate|rates|rate of|an annual|total|total of|a total of|in total|continue|continues|continued|"
    "into|in|mark|level|than|that|those|respectively|each|also|new record|as|target|goal|expected|"
    "expected to|strive|striving|aim|aims|percent mark|year on year|year-on-year|on year|"
    "over the previous year|in real terms|proportion|per cent of the"
)
_FROMS = "从|由|自|from"
_OFS = "of|占"
_BASES = (
    "gdp|fund|funds|funding|investment|investments|expenditure|expenditures|spending|output|"
    "social|society's|city's|country's|province's|nation's|region's|whole|regional|"
    "gross domestic product|revenue|sales|value|local|intensity"
)
_ADJECTIVES = (
    # also part of a basis: of the total R&D funding
    "r&d|high-value|high value|invention|high-tech|hi-tech|new|newly|leading|national|state|key|"
    "provincial|major|municipal|technology|technological|innovative|innovation|scientific|"
    "state-level|technology-based|tech|sci-tech|small|medium-sized|and medium-sized|valid|"
    "effective|authorized|granted|industrial|development|full-time|full-time equivalent"
)
_STOPS = ",|，|。|;|；|:|：|、|!|?|！|？|(|)|（|）|.|…|/|[|]"
# Words that hold a word of the tables above and mean something else.
_GAPS = (
    "突破口|突破性|节约|集约|制约|签约|合约|契约|条约|公约|预约|约束|附近|邻近|最近|靠近|近年|近期|近日|"
    "近几年|近代|赶超|高超|超前|超级|超算|超导|超声|超高|超低|超大|超重|超额|超越|发达|传达|表达|抵达|雷达|"
    "到达|打破|攻破|侦破|破解|破除|破产|破坏|前沿|前列|前瞻|以前|当前|目前|提前|前景|前提|前期|前后端|"
    "第一书记|第一动力|第一资源|第一生产力|第一产业|第二产业|第三产业|第三方|第一时间|第一批|第一个|第一次|"
    "第一家|第一大|第二大|第一线|第一步|倍增计划|倍增行动|倍增工程|翻番计划|增长点|增长极|增长带|"
    "列入|列为|系列|居民|居住|排放|排查|排污|进步|进一步|进行|进口|进程|进展|推进|先进|促进|引进|改进|"
    "增加值|增值税|增值|净增加值|提升工程|提升行动|增长期|新增长|世界级|国际化|国际级|国内外|国际性|一流|世界一流|一批|一定|一是|二是|三是|四是|五是|六是|一体|一系列|"
    "一个|一种|一些|一方面|一起|一样|一般|一致|一直|一带一路|双一流|统一|唯一|之一|第一届|三位一体|十分|万众|"
    "千方百计|百强|百家|百姓|百年|千家万户|万一|数十|数百|数千|数万|数亿|数十亿|数百亿|数千亿|上百|上千|上万|上亿|"
    "成百|成千|成千上万|几十|几百|几千|几万|若干|double first-class|double-digit|double digit|"
    "over the|over time|over and over|within the|under the|above the|above all|hit by|some of|"
    "around the world|about how|about the|up and|first time|for the first time|first year|"
    "first half|second half|first of all|in addition to|level up|more than ever|one of|one another"
)


class UnitWord:
    """A printed unit: the token it means by itself, and what a caller's unit may make of it.

    `takes` is "thing", "people" or "place": units it also counts, if the caller names one. `power`
    is of ten: a ‰ is a tenth of a per cent. Compared by identity, which is quick.
    """

    __slots__ = ("power", "takes", "unit")

    def __init__(self, unit: str, takes: str = "", power: int = 0) -> None:
        self.unit = unit
        self.takes = takes
        self.power = power


class Per:
    """A printed denominator; `people` if it leaves open which people are meant."""

    __slots__ = ("people", "unit")

    def __init__(self, unit: str, people: bool = False) -> None:
        self.unit = unit
        self.people = people


class Entry:
    """One word: what it is, what it says, and whether what follows it may make it another."""

    __slots__ = ("guarded", "kind", "value")

    def __init__(self, kind: int, value: object, guarded: bool) -> None:
        self.kind = kind
        self.value = value
        self.guarded = guarded


PER_CENT = UnitWord("percent")
RANK = UnitWord("rank")
_UNITS = {
    PER_CENT: "%|percent|per cent|pct",
    UnitWord("percent", power=-1): "‰",
    UnitWord("percent", power=1): "成",
    UnitWord("percentage_point"): "个百分点|百分点|percentage points|percentage point|pct points",
    UnitWord("CNY"): "元|元人民币|人民币|圆|위안|yuan|rmb|cny|renminbi|yuan rmb",
    UnitWord("USD"): "美元|us dollars|u.s. dollars|usd|dollars",
    UnitWord("person_year"): "人年|人·年|person-years|person-year|person years|person year|"
    "full-time equivalents|ftes|fte",
    UnitWord("multiple"): "倍",
    UnitWord("multiple", "times"): "times",
    RANK: "places|个位次|个名次",
    UnitWord("calendar_day"): "天",
    UnitWord("inhabitant"): "人口|常住人口|常住人|inhabitants|residents",
    UnitWord("employed_person"): "就业人员|名就业人员|就业人口|employed persons|employed people|"
    "employees",
    UnitWord("legal_entity"): "家法人单位|个法人单位|家企业法人单位|企业法人|legal entities",
    UnitWord("patent", "thing"): "件|件专利|件发明专利|patents|patent|invention patents|patentes",
    UnitWord("enterprise", "thing"): "家企业|户企业|社|enterprises|companies|firms|businesses|"
    "enterprise|company|startups|smes|unicorns|家|户",
    UnitWord("person", "people"): "人|人次|名人才|人才|people|persons|personnel|researchers|"
    "talents|scientists|professionals|employees and staff",
    UnitWord("person", "place"): "位|名",
    UnitWord(
        "item", "thing"
    ): "个|项|支|所|座|款|条|处|台|套|カ所|か所|ヶ所|カ国|个项目|items|item|"
    "projects|centers|centres|laboratories|labs|platforms|zones|parks|incubators|bases|"
    "institutions|achievements|standards|awards|products|technologies",
}
_PERS = {
    Per("inhabitant_10K", people=True): "每万人|每万名|/万人|per 10,000 people|per 10 000 people|"
    "per 10,000 persons|every 10,000 people|per ten thousand people|for every 10,000 people|"
    "every 10,000 persons|per 10000 people",
    Per("inhabitant_10K"): "每万人口|每万名常住人口|每万常住人口|/万人口|/万名常住人口|/万常住人口|"
    "per 10,000 population|per 10,000 inhabitants|per 10,000 residents|every 10,000 residents",
    Per(
        "employed_person_10K"
    ): "每万名就业人员|每万就业人员|每万名就业人口|每万名从业人员|每万名劳动者|"
    "每万名劳动力|/万名就业人员|/万就业人员|/万名从业人员|每万名职工|per 10,000 employees|"
    "per 10,000 employed|per 10,000 employed persons|per 10,000 employed people|"
    "per 10,000 workers|every 10,000 employees|every 10,000 employed people|"
    "every 10,000 employed persons",
    Per(
        "10000 * legal_entity"
    ): "每万家企业法人|每万家法人单位|/万家法人单位|/万家企业法人|每万家企业法人单位|"
    "per 10,000 legal entities|per 10,000 corporate entities",
    Per("employed_person"): "/名就业人员|每名就业人员|per employed person|per employee|per worker",
    Per("inhabitant", people=True): "/人|人均|per person|per capita",
    Per("calendar_day"): "/天|每天|日均|per day|a day|每日|/日",
    Per("USD"): "/美元|per us dollar",
}


def _rows() -> list[tuple[str, int, object]]:
    rows: list[tuple[str, int, object]] = [
        *((words, BOUND, value) for value, words in _BOUNDS.items()),
        *((words, AFTER, value) for value, words in _AFTER.items()),
        *((words, FORM, value) for value, words in _FORMS.items()),
        *((words, UNIT, value) for value, words in _UNITS.items()),
        *((words, PER, value) for value, words in _PERS.items()),
        *((words, WHOLE, Decimal(value)) for value, words in _WHOLE.items()),
        ("第|no.|no|number", TH, None),
        ("前|top|the top", TOP, None),
        (_HEADS, HEAD, Decimal(1)),
        ("一半|半数|half|one half", NUMBER, Number(Decimal(50), style=SHARE)),
        *((word, NUMBER, Number(Decimal(at), style=WORD)) for at, word in _counted(_NUMBER_WORDS)),
        *((word, NTH, Decimal(at)) for at, word in _counted(_ORDINALS)),
        # 十分 alone says "very", as one of the words that are passed over
        *(
            (f"十分之{digit}", NUMBER, Number(Decimal(10 * at), style=SHARE))
            for at, digit in _counted(" ".join("一二三四五六七八九"))
        ),
    ]
    plain = ((_PLACES, PLACE), (_TIMES, TIME), (_JOINS, JOIN), (_FILLS, FILL), (_FROMS, FROM))
    rows += [(words, kind, None) for words, kind in plain]
    rows += [(_OFS, OF, None), (_BASES, BASIS, None), (_ADJECTIVES, ADJECTIVE, None)]
    rows += [(_STOPS, STOP, None), (_GAPS, GAP, None)]
    return rows


def _counted(words: str) -> list[tuple[int, str]]:
    return list(enumerate(words.split(), start=1))


def _entries() -> dict[str, Entry]:
    """Every word once; a unit's token and aliases as far as no table has them."""
    known: dict[str, Entry] = {}
    for words, kind, value in _rows():
        for word in words.split("|"):
            known.setdefault(word, Entry(kind, value, "a" <= word[-1] <= "z"))
    for unit in bundled_units():
        for name in (unit.name.lower(), *unit.aliases):
            # 亿元 begins with a numeral: it is read as 亿 and 元
            if name[0] not in CHINESE_NUMERALS:
                known.setdefault(name, Entry(UNIT, UnitWord(unit.name), "0" <= name[-1] <= "z"))
    _guard(known)
    return known


def _guard(known: dict[str, Entry]) -> None:
    """Mark words whose end may begin a bound: 增长至, because of 增长 and 至少."""
    begins = {word[0] for word, entry in known.items() if entry.kind == BOUND and word[0] > "z"}
    for word, entry in known.items():
        shorter = known.get(word[:-1])
        if entry.kind == FORM and word[-1] in begins and shorter and shorter.kind == FORM:
            entry.guarded = True


class Lexicon(NamedTuple):
    """Every word with what it is; and the lengths of the words that begin so, longest first.

    Words begin with their first letters, or with their first other character.
    """

    words: dict[str, Entry]
    sizes: dict[str, tuple[int, ...]]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, made on first use."""
    words, sizes = _entries(), dict[str, set[int]]()
    for word in words:
        found = _LETTERS.match(word)
        sizes.setdefault(found[0] if found else word[0], set()).add(len(word))
    return Lexicon(words, {key: tuple(sorted(each, reverse=True)) for key, each in sizes.items()})
