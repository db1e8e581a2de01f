"""The kinds of expressions that are easily read wrongly, and unknown words next to a figure.

A text is read rightly in all three modes, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.errors import FigureError
from innovation_plans.text.figure import Figure, Reading, RefusedNumber
from innovation_plans.text.reading import find_figures, read_figure
from innovation_plans.text.scanner import scan
from innovation_plans.text.spelling import spelled
from innovation_plans.units.decimals import plain

# What a text states; nothing if it must not be read.
NEGATED = {
    "研发投入强度不得低于2.5%": "level at_least 2.5 percent",
    "占比不能超过15%": "level at_most 15 percent",
    "不应少于500人": "level at_least 500 person",
    "不可高于8%": "level at_most 8 percent",
    "不宜低于60%": "level at_least 60 percent",
    "增速不会低于6%": "annual_growth at_least 6 percent_per_year",
    "没有超过7%": "level at_most 7 percent",
    "从未突破300亿元": "level at_most 300 CNY_100M",
    "不超9%": "level at_most 9 percent",
    "涨幅不突破4%": "annual_growth at_most 4 percent_per_year",
    "未达到5%": "level below 5 percent",
    "cannot be lower than 3.5%": "level at_least 3.5 percent",
    "must not exceed 12 percent": "level at_most 12 percent",
    "should never fall below 5%": "level at_least 5 percent",
    "won't exceed 5%": "level at_most 5 percent",
    "without exceeding 300 billion yuan": "level at_most 300 CNY_1B",
    "不是5%": "",
    "并非5%": "",
    "无一家超过5亿元": "",
    "未必超过5%": "",
    "未新增企业5家": "",
    "is unlikely to exceed 3 percent": "",
    "not 5 percent": "",
    "failing to reach 5 percent": "level below 5 percent",
    "missed the target of 5 percent": "",
    "沒有超過5%": "level at_most 5 percent",
    "hardly above 5 percent": "",
    "need not exceed 3%": "",
}
MORE = {
    "惠及160余万人": "level above 1600000 person",
    "总规模40多万亿元": "level above 40 CNY_1T",
    "6200多亿元": "level above 6200 CNY_100M",
    "50多万个": "level above 500000 item",
    "四百余亿元": "level above 400 CNY_100M",
    "2亿3000多万元": "level above 23000 CNY_10K",
    "十几万人": "level above 100000 person",
    "1.2亿多人": "level above 120000000 person",
    "百余家": "level above 100 enterprise",
}
WORDED = {
    "exceeded two trillion yuan": "level above 2 CNY_1T",
    "more than three hundred firms": "level above 300 enterprise",
    "half a million people": "level reach 500000 person",
    "twenty-five laboratories": "level reach 25 item",
    "one hundred and fifty million yuan": "level reach 15000 CNY_10K",
    "nearly 4 hundred firms": "level about 400 enterprise",
    "two and a half million people": "level reach 2500000 person",
    "two thirds": "",
    "a quarter": "",
    "dozens of firms": "",
    "over two dozen firms": "level above 24 enterprise",
    "the number of firms reached 300 in 2020 and exceeded 400 in 2025": "level reach 300 enterprise; level above 400 enterprise",
    "three dozen incubators": "level reach 36 item",
    "several dozen firms": "",
    "two dozen five firms": "",
    "several thousand people": "",
    "tens of billions of yuan": "",
}
FALLS = {
    "进出口负增长3.1%": "annual_growth reach -3.1 percent_per_year",
    "降幅为3.5%": "annual_growth reach -3.5 percent_per_year",
    "降幅扩大到5.3%": "annual_growth reach -5.3 percent_per_year",
    "价格再降4%": "annual_growth reach -4 percent_per_year",
    "比上年减12%": "annual_growth reach -12 percent_per_year",
    "收窄0.3个百分点": "increment reach -0.3 percentage_point",
    "差别缩小2个百分点": "increment reach -2 percentage_point",
    "比全国低1.5个百分点": "",
    "增速回落0.5个百分点": "increment reach -0.5 percentage_point",
    "负3.9%": "level reach -3.9 percent",
    "减少20万人以上": "increment at_most -200000 person",
    "下降幅度不低于3%": "annual_growth at_most -3 percent_per_year",
    "contracted by 3.2 percent": "annual_growth reach -3.2 percent_per_year",
    "narrowed by 0.5 percentage points": "increment reach -0.5 percentage_point",
    "a decline of more than 3 percent": "annual_growth below -3 percent_per_year",
    "0.3 percentage point lower than the previous year": ("increment reach -0.3 percentage_point"),
    "negative growth of 1.5 percent": "annual_growth reach -1.5 percent_per_year",
    "growth of minus 2 percent": "annual_growth reach -2 percent_per_year",
    "a 4 percent drop": "annual_growth reach -4 percent_per_year",
    "fell to 5 percent": "level reach 5 percent",
    "降至5%": "level reach 5 percent",
    "占比由10%下降为5%": "level reach 10 percent; level reach 5 percent",
    "占比由10%上升为15%": "level reach 10 percent; level reach 15 percent",
    "GDP增长为6.9%": "",
    "增速由10%降为8%": "annual_growth reach 10 percent_per_year; annual_growth reach 8 percent_per_year",
    "年均增速由5%提高到8%以上": "average_growth reach 5 percent_per_year; average_growth at_least 8 percent_per_year",
    "增速由5%提高到研发强度8%": "",
    "growth slowed from 10 percent to 8 percent": "annual_growth reach 10 percent_per_year; annual_growth reach 8 percent_per_year",
    "降幅由8%收窄到5%": "annual_growth reach -8 percent_per_year; annual_growth reach -5 percent_per_year",
    "投资下降由5%扩大到8%": "",
    "two to three hundred firms": "",
    "between two and three dozen firms": "",
    "三至五百家企业": "",
    "五到二十家企业": "level between 5~20 enterprise",
    "ninety to one hundred firms": "level between 90~100 enterprise",
    "growth must on no account fall below 5 percent": "annual_growth at_least 5 percent_per_year",
    "under no circumstances 5 percent": "",
    "grants of up to 2 million yuan": "level at_most 200 CNY_10K",
    "an awning of up to 2 million yuan": "",
    "during the 14th Five-Year Plan period 3.95 million patents were granted": "level reach 3950000 patent",
    "during the 14th Five-Year Plan period 5 percent growth": "",
    "over 612,000 papers indexed by SCI": "level above 612000 item",
    "企业、平台累计达500家、100个": "",
    "firms and platforms reached 500 firms and 100 platforms": "",
    "the drop in exports narrowed from 8 percent to 5 percent": "",
    "the reduction rose from 5 percent to 8 percent": "",
    "fell from 8 percent to 5 percent": "level reach 8 percent; level reach 5 percent",
    "growth in trade slowed from 10 percent to 8 percent": "",
    "負增長3.1%": "annual_growth reach -3.1 percent_per_year",
    "涨跌幅3%": "",
    "淘汰企业300家": "",
    "closed over 300 companies": "",
    "降幅收窄2.1个百分点": "",
    "增速下降5%": "",
    "growth slowed 5 percent": "",
    "cratered by 3 percent": "",
    "3 percent slippage": "",
    "同比5%": "",
    "5 percent year on year": "",
    "低于全国平均水平0.5个百分点": "",
    "下降企业占比5%": "",
}
VAGUE = {
    "新增数十万元": "",
    "上千亿元": "",
    "近百家": "",
    "好几千万元": "",
    "几百亿元": "",
    "两位数增长": "",
    "成倍增长": "",
    "一两百家": "",
    "三五家": "",
    "十来家": "",
    "双百亿元": "",
    "2万零500家": "level reach 20500 enterprise",
    "5亿零300万元": "level reach 50300 CNY_10K",
    "1万2亿元": "",
    "1亿1,200万元": "",
    "2万5千亿元": "level reach 25000 CNY_100M",
    "翻了五番以上": "multiple at_least 32 multiple",
    "翻3番": "multiple reach 8 multiple",
    "肆拾亿元": "level reach 40 CNY_100M",
    "廿五家": "",
    "七成六": "level reach 76 percent",
    "四成半": "level reach 45 percent",
    "万分之五": "level reach 0.05 percent",
    "二万三千五百亿元": "level reach 23500 CNY_100M",
}
FOREIGN = {
    "US$42 billion": "level reach 42000000000 USD",
    "HK$42 billion": "",
    "€5 million": "",
    "42亿欧元": "",
    "3000万港元": "",
    "20亿立方米": "",
    "3万元欧元": "",
    "50 basis points": "increment reach 0.5 percentage_point",
    "下调25个基点": "increment reach -0.25 percentage_point",
    "企业利率为50个基点": "",
    "5 MW": "",
    "300公里": "",
    "5000元/平方米": "",
    "户均5万元": "",
    "亩均税收30万元": "",
    "每户3家": "",
    "300万人次": "",
    "改造危房5000户": "level reach 5000 item",
    "300家医院": "level reach 300 item",
    "研发机构达到200家": "level reach 200 item",
    "2家全国重点实验室": "level reach 2 item",
    "20家以上省级医院": "level at_least 20 item",
    "300件提案": "level reach 300 item",
    "300 patent applications": "level reach 300 patent",
    "300 enterprise incubators": "",
    "5 percent stake": "",
    "人民币9亿元": "level reach 9 CNY_100M",
    "RMB 5 billion": "level reach 5 CNY_1B",
}
COMPARED = {
    "逾400家": "level above 400 enterprise",
    "破百亿元": "level above 100 CNY_100M",
    "不止400家": "level above 400 enterprise",
    "上限为6%": "level at_most 6 percent",
    "6%（含）以上": "level at_least 6 percent",
    "6%封顶": "level at_most 6 percent",
    "最高4000元": "level at_most 4000 CNY",
    "控制在3%左右": "level about 3 percent",
    "控制在3%以内": "level at_most 3 percent",
    "控制在3%以上": "",
    "topped 5 trillion yuan": "level above 5 CNY_1T",
    "crossed the 5 trillion yuan mark": "level above 5 CNY_1T",
    "at or below 4%": "level at_most 4 percent",
    "300 firms at least": "level at_least 300 enterprise",
    "capped at 4%": "level at_most 4 percent",
    "as low as 4 percent": "",
    "超过全国3%": "",
    "exceeded the target by 3 percentage points": "",
    "~5%": "level about 5 percent",
    "5%+": "",
    "超额完成5%": "",
    "低于上年0.1个百分点": "",
    "超过计划5%": "",
    "多于去年20家": "",
    "快于全国1.5倍": "",
    "比计划多完成5%": "",
    "由上年的2.1%提高到2.3%": "level reach 2.1 percent; level reach 2.3 percent",
    "比全国低5%": "",
    "exceeded the planned 5 percent": "",
    "5 percent below the target": "",
    "5 percent lower than the national average": "",
    "1.5 times higher than in 2010": "",
    "5 percent lower than last year": "annual_growth reach -5 percent_per_year",
    "5 percent higher than in 2015": "",
}
PARTS = {
    "第三多": "",
    "实施亿元以上技改项目": "",
    "实施5亿元以上技改项目12项": "level reach 12 item",
    "发放5亿元以内贷款12笔": "",
    "打造5条多式联运线路": "level reach 5 item",
    "年均提高1个百分点": "",
    "人均收入从2万元增长到3万元": (
        "level reach 2 CNY_10K / inhabitant; level reach 3 CNY_10K / inhabitant"
    ),
    "每万人口发明专利由1.7件提高到3.3件、商标5件": (
        "level reach 1.7 patent_per_10k_population; level reach 3.3 patent_per_10k_population"
    ),
    "非化石能源占一次能源消费比重达到11.4%": "level reach 11.4 percent",
    "一九八○年": "",
    "五年年均增长8%": "average_growth reach 8 percent_per_year",
    "over 5.000 firms": "",
    "1.000 yuan": "",
    "不得低于去年的95%": "",
    "增长3%至增长5%": "",
    "tax cuts of more than 2 trillion yuan": "level above 2 CNY_1T",
    "外汇储备达3万亿美元": "level reach 3000000000000 USD",
    "贸易规模首超2万亿美元": "level above 2000000000000 USD",
    "12345热线": "",
    "“1235577”": "",
    "triple helix": "",
    "5A级": "",
    "百亿级企业": "",
    "全国第二大经济体": "",
    "the second largest": "",
    "首位度": "",
    "未进入前十": "",
    "文旅+5个": "",
    "年均增长、5%": "",
    "3、5家": "",
    "from 300 to 500 firms": "",
    "20 percent above 2020": "",
    "增长30.4，%": "",
    "下降24%和28%": (
        "annual_growth reach -24 percent_per_year; annual_growth reach -28 percent_per_year"
    ),
    "超过98%、85%": "level above 98 percent; level above 85 percent",
    "新增企业48家、总量达122家": "increment reach 48 enterprise; level reach 122 enterprise",
    "增长5%（上年为3%）": "annual_growth reach 5 percent_per_year",
    "rose from 5 percent to 8 percent": "level reach 5 percent; level reach 8 percent",
}
# 新设 and new make an increment, also of the items of a list that share the word.
ADDED = {
    "新设企业300家": "increment reach 300 enterprise",
    "新认定省级企业技术中心45家": "increment reach 45 item",
    "200 new enterprises": "increment reach 200 enterprise",
    "新增创新型、专精特新中小企业70家": "increment reach 70 enterprise",
    "新增企业48家、国家级专精特新“小巨人”“独角兽”“瞪羚”企业8家": (
        "increment reach 48 enterprise; increment reach 8 enterprise"
    ),
    "减少企业、项目300个": "",
    # the items of a list that are only nouns share the verb
    "新增示范村200个、中心村800个左右": "increment reach 200 item; increment about 800 item",
    "引进省级首店200家以上": "level at_least 200 item",
    "便利店达到20家": "level reach 20 item",
    "300 enterprises xx were added": "",
    "有效发明专利拥有量迈上十万件新台阶": "level at_least 100000 patent",
    "新增上千家企业": "",
    "达上万件": "",
    "企业总数十万家": "",
    "新增五星级饭店10家以上、四星级饭店30家": "increment at_least 10 item; increment reach 30 item",
    "新增企业50家、总数500家": "increment reach 50 enterprise; level reach 500 enterprise",
    "净增经营主体9万户，其中企业5万户": "increment reach 90000 item; increment reach 50000 enterprise",
    "推出259项，其中56项为首创": "level reach 259 item; level reach 56 item",
    "新增上市公司3家、全省78家": "increment reach 3 enterprise",
    "新建企业5家、改造小学2891所": "increment reach 5 enterprise",
    "新建、改扩建学校2891所": "",
    "新增减税降费5亿元、税收8亿元": "increment reach 5 CNY_100M",
    "累计发放贷款100亿元、补贴20亿元": "cumulative reach 100 CNY_100M",
}
# A year is no figure, whatever is before it.
YEARS = {
    "between 2000 and 2500 companies": "level between 2000~2500 enterprise",
    "by 2020 reach 5 percent": "level reach 5 percent",
    "每年70%左右财政支出用于民生": "",
    "年均浓度下降25%": "",
    "居民收入年均实际增长7.4%": "average_growth reach 7.4 percent_per_year",
}
# An amount that says which projects or enterprises are meant; what belongs to each person.
DESCRIBED = {
    "新引进总投资超10亿元项目50个以上": "increment at_least 50 item",
    "年销售收入超10亿元企业达100家": "level reach 100 enterprise",
    "新增经济总量超200亿元县2个、达到29个": "increment reach 2 item; level reach 29 item",
    "未引进不超过10亿元项目50个": "",
    "新增超10亿元企业3家、超亿元企业5家": "increment reach 3 enterprise",
    "300 enterprises with annual sales of over 100 million yuan": "",
    "发放超过500亿元贷款": "level above 500 CNY_100M",
    "15万元/人": "level reach 15 CNY_10K / person",
    "20 yuan per person": "level reach 20 CNY / person",
    "全员劳动生产率15万元": "",
    "劳动效率达到15万元/人": "",
    "for every 10,000 people in towns, there are 35 patents": "",
    "提高劳动生产率，投资300亿元": "level reach 300 CNY_100M",
    "for every 10,000 people, there are 35 patents": "level reach 35 patent_per_10k_population",
    "全员劳动生产率达到15万元/人": "level reach 15 CNY_10K_per_employed_person",
    "人均生产总值突破1万美元、达1.12万美元": "level above 10000 USD / inhabitant",
    "万人发明专利拥有量达到10.5件": "level reach 10.5 patent_per_10k_population",
    "5 million yuan each": "",
    "300 firms each day": "level reach 300 enterprise_per_day",
    "发明专利授权量6万件，每万人口发明专利拥有量15件": (
        "level reach 60000 patent; level reach 15 patent_per_10k_population"
    ),
    "商标申请量6万件": "level reach 60000 item",
    "100家高新技术企业": "level reach 100 enterprise",
    "20家企业孵化器": "",
    "20家科技企业孵化器": "level reach 20 item",
    "每万人口某某企业5家": "",
    "占全国的三分之二": "level reach 66.66666666666666666666666667 percent",
}
CUT = {
    "a 6.7-percent increase": "annual_growth reach 6.7 percent_per_year",
    "grew by 5-6 percent": "annual_growth between 5~6 percent_per_year",
    "实现10%增速": "annual_growth reach 10 percent_per_year",
    "the average annual growth rate of investment will reach 14%": (
        "average_growth reach 14 percent_per_year"
    ),
    "February 16, 300 firms": "level reach 300 enterprise",
    "in 2020 to 3000 firms": "level reach 3000 enterprise",
    "growth of 5 percent decline": "",
    "新增下降5%": "",
    "占比变化了3个百分点": "",
    "居全国5": "",
    "不没有超过5%": "",
    "没有5年超过3%": "",
    "$5 yuan": "",
    "not doubled": "",
    "unlikely doubled": "",
    "5 third": "",
    "第3.5位": "",
    "about one in twenty firms": "",
    "全年发运突破千列": "",
    "US$5-6 billion": "level between 5000000000~6000000000 USD",
    "$5 to $6 billion": "",
    "A$5 billion": "",
}
# Growth over several years is neither of one year nor a mean, unless a word says which.
SPANS = {
    "五年增长38%": "",
    "近三年产值下降20%": "",
    "五年来,研发经费增长38%": "",
    # several years without a number
    "近年来，技术合同成交额增长42%": "",
    "研发经费近几年增长42%": "",
    "多年来研发经费增长42%": "",
    "长期以来，研发经费增长42%": "",
    "期间，研发经费增长42%": "",
    "政策实施以来，研发经费增长42%": "",
    "本届政府以来，研发经费增长42%": "",
    "党的十八大以来，研发经费增长42%": "",
    "R&D spending has risen 42 percent in recent years": "",
    "over the years, R&D spending rose 42 percent": "",
    "R&D spending rose 42 percent since its founding": "",
    "R&D spending rose 42 percent over the past several years": "",
    "今年以来，研发经费增长4%": "annual_growth reach 4 percent_per_year",
    "谋划多年、惠及群众的工程启动，收入增长5%": "annual_growth reach 5 percent_per_year",
    # a share rises by points, or by a part of itself
    "研发投入强度进一步提高3%": "",
    "基础研究占比比上年提高2%": "",
    "产品合格率提高3%": "",
    "贡献率提升2%": "",
    "R&D intensity rose 3 percent": "",
    "the share of services rose 3 percent": "",
    "the unemployment rate rose 3 percent": "",
    "研发投入强度提高0.3个百分点": "increment reach 0.3 percentage_point",
    "研发投入强度提高到3%": "level reach 3 percent",
    "占比达到30%，收入增长5%": "level reach 30 percent; annual_growth reach 5 percent_per_year",
    "率先实现收入增长5%": "annual_growth reach 5 percent_per_year",
    "全员劳动生产率提高5%": "annual_growth reach 5 percent_per_year",
    "exports grew at an annual rate of 5 percent": "annual_growth reach 5 percent_per_year",
    "三到五年增长20%": "",
    "2016-2020年增长30%": "",
    "较2020年增长90%": "",
    "能耗比2020年下降13.5%": "",
    "“十四五”期间研发投入增长50%": "",
    "较“十三五”时期增长148%": "",
    "between 2015 and 2020, growth was 5 percent": "",
    "an increase of 12 percent over 2015": "",
    "exports rose 40 percent from 2015 to 2020": "",
    "up 90 percent from 2020": "",
    "output grew 38 percent over five years": "",
    "five-year growth of 40 percent": "",
    "2025年比2020年增长8%": "",
    "in 2024, exports rose 5 percent from 2019": "",
    "2024年比2023年增长5%": "annual_growth reach 5 percent_per_year",
    "in 2024, exports rose 5 percent from 2023": "annual_growth reach 5 percent_per_year",
    "五年年均增长6.8%": "average_growth reach 6.8 percent_per_year",
    "三年累计增长20%": "cumulative reach 20 percent",
    "五年翻一番": "multiple reach 2 multiple",
    "较2020年增加2万人": "increment reach 20000 person",
    "五年来,2025年增长5%": "annual_growth reach 5 percent_per_year",
    "深入推进三年行动,事故起数下降15%": "annual_growth reach -15 percent_per_year",
    "五年来成效明显;收入同比增长5%": "annual_growth reach 5 percent_per_year",
    "grew by an average of 5 percent a year over five years": (
        "average_growth reach 5 percent_per_year"
    ),
    # an amount a year has no form, as an average amount has none
    "每年新增40万人": "",
    "城镇新增就业每年超过90万人": "",
    "500 new firms a year": "",
    "每年增长5%": "average_growth reach 5 percent_per_year",
}
# What is counted is between a fall and its amount; a percentage below something else is no fall.
FALLEN = {
    "减少贫困人口1240万人": "increment reach -12400000 person",
    "压减一般性支出15亿元": "increment reach -15 CNY_100M",
    "下降的企业500家": "",
    "减少某某企业500家": "",
    "实际支出比预算低5%": "",
    "比城市低3%": "",
    "比上年低3%": "annual_growth reach -3 percent_per_year",
    "比2020年高3个百分点": "increment reach 3 percentage_point",
}
# Nouns and verbs of work reports.
NAMED = {
    "5G基站达到21万个": "level reach 210000 item",
    "PM2.5平均浓度下降5.3%": "annual_growth reach -5.3 percent_per_year",
    "世界500强企业达到8家": "level reach 8 enterprise",
    "获国家科学技术奖46项": "level reach 46 item",
    "对经济增长的贡献率超过45%": "level above 45 percent",
    "某某酒等5个品牌": "level reach 5 item",
    "荣获一等奖5项": "",
    "等于5": "",
    "create more than 12 million new urban jobs": "increment above 12000000 person",
    "5A级景区12家": "level reach 12 item",
    "services make up 16.3 percent of output": "level reach 16.3 percent",
    "services opened up 16.3 percent": "",
    "新增软件和研发设计等4个过五千亿产业": "increment reach 4 item",
    "growth was 2 percentage points": "",
}
KINDS = NEGATED | MORE | WORDED | FALLS | VAGUE | FOREIGN | COMPARED | PARTS
# Growth to a last year, from a first one, over a plan, or by a share: of one year only if a word says so.
OVER_A_PLAN = {
    "到2025年，研发经费增长60%": "",
    "五年内增长60%": "",
    "比五年前增长20%": "",
    "规划期内增长60%": "",
    "2021年至2025年增长60%": "",
    "与2020年相比增长60%": "",
    "在2020年基础上增长20%": "",
    "以2020年为基期增长20%": "",
    "在上年基础上增长20%": "annual_growth reach 20 percent_per_year",
    "单位GDP能耗下降13.5%": "",
    "单位GDP能耗同比下降3.5%": "annual_growth reach -3.5 percent_per_year",
    "到2025年，研发经费年均增长10%": "average_growth reach 10 percent_per_year",
    "2025年研发经费增长10%": "annual_growth reach 10 percent_per_year",
    "减少一半": "",
    "增加三分之一": "",
    "比上年减少一半": "annual_growth reach -50 percent_per_year",
    "占一半": "level reach 50 percent",
    "cut by half": "",
    "cut by half from a year earlier": "annual_growth reach -50 percent_per_year",
    "up 60% from 2020": "",
    "40% more than in 2020": "",
    "increase by 60% compared with 2020": "",
    "up 40 percent by 2030": "",
    "5% growth by 2025": "",
    "by 2025, spending will grow 7 percent annually": "average_growth reach 7 percent_per_year",
    "over the next decade, grow 60%": "",
    "grew 60 percent in the past decade": "",
    "over the plan period, grow 60%": "",
    "by the year 2030, spending will grow 60%": "",
    "up 60% until 2030": "",
    "from the 2015 level, up 60%": "",
    "本届政府任期内增长60%": "",
    "比基期增长60%": "",
    "20% more than a decade ago": "",
    "reduce energy use per unit of GDP by 13.5 percent": "",
}
# What is striven for behind growth is growth, too.
GOALS = {
    "增长5%以上，力争6%": "annual_growth at_least 5 percent_per_year; annual_growth reach 6 percent_per_year",
    "增长5%以上，力争突破6%": "annual_growth at_least 5 percent_per_year; annual_growth above 6 percent_per_year",
    "grow 5 percent, striving for 6 percent": (
        "annual_growth reach 5 percent_per_year; annual_growth reach 6 percent_per_year"
    ),
    "提高1个百分点以上，力争2个百分点": "increment at_least 1 percentage_point; increment reach 2 percentage_point",
    "增长5%以上，力争占比达到3%": "annual_growth at_least 5 percent_per_year; level reach 3 percent",
    "增长5%左右，研发强度力争3%": "annual_growth about 5 percent_per_year; level reach 3 percent",
    "提高0.5个百分点，达到3.5%": "increment reach 0.5 percentage_point; level reach 3.5 percent",
    "力争6%": "level reach 6 percent",
    "新增5万人以上，力争6万人": "increment at_least 50000 person; increment reach 60000 person",
    "新建学校40所，力争实施工程10个以上": "increment reach 40 item; level at_least 10 item",
}
# Only the first figure is read.
UNSURE_GOALS = [
    "增长5%以上（力争突破6%）",
    "增长5%以上，力争达到15%",
    "增长5%以上，力争达到3%",
    "增长5%以上，占比力争6%",
    "增长5%以上，渗透力争6%",
    "提高1个百分点，力争6%",
    "grow 5 percent and aim for 6 percent",
    "新增就业5万人，其中农民2万人",
    "新增5家，3个园区",
]
# What is typed in notes and tables.
TYPED = {
    "an intensity of ~3.5%": "level about 3.5 percent",
    "intensity — 3.5%": "",
    "intensity —3.5%": "",
    "3%~5%": "level between 3~5 percent",
    "3%—5%": "level between 3~5 percent",
    "3.5pp": "increment reach 3.5 percentage_point",
    "down 0.4 pp": "increment reach -0.4 percentage_point",
    "1.5x": "multiple reach 1.5 multiple",
    "1.5x the level of 2020": "multiple reach 1.5 multiple",
    "increase 1.5x": "",
    "3 x 5": "",
    "2x2 matrix": "",
    "CAGR of 10%": "average_growth reach 10 percent_per_year",
    "a 10% CAGR": "average_growth reach 10 percent_per_year",
    "compound annual growth of at least 5%": "average_growth at_least 5 percent_per_year",
    "€3 million": "",
    "£3 million": "",
}
# 件 counts any things, and patents only by a word.
PIECES = {
    "3.5万件": "level reach 35000 item",
    "专利授权量5万件、商标3万件": "level reach 50000 patent; level reach 30000 item",
    "受理案件3.5万件": "level reach 35000 item",
    "发明专利拥有量3.5万件": "level reach 35000 patent",
    "3.5万件发明专利": "level reach 35000 patent",
    "3.5万件某某发明专利": "",
    "专利某某1200件": "",
    "万人发明专利拥有量12件": "level reach 12 patent_per_10k_population",
}
# A difference from another region, a forecast or a process is no change.
AGAINST = {
    "比全国高出1.2个百分点": "",
    "增速比全省快2个百分点": "",
    "比传统工艺提高25%": "",
    "较基准情景下降6%": "",
    "3 percentage points higher than the national average": "",
    "3 percentage points higher than last year": "increment reach 3 percentage_point",
    "研发机构较上年末增加21家": "increment reach 21 item",
    "比年初增加7亿元": "increment reach 7 CNY_100M",
    "比上年多7家": "increment reach 7 enterprise",
    "税收同比多收7亿元": "increment reach 7 CNY_100M",
    "比上年少收7亿元": "increment reach -7 CNY_100M",
    "贷款同比多增7亿元": "",
    "较上年同期多增7亿元": "",
}
# Several years at the start of a sentence apply to its section; 今年是“十五五”开局之年 does not.
PARAGRAPHS = {
    "六年来，成效明显。收入增长20%": "",
    "六年来成效明显；收入增长20%": "",
    "2021-2025年，成效明显。收入增长20%": "",
    "Over the past five years, much was done. Exports grew 20 percent.": "",
    "六年来，成效明显。收入同比增长5%": "annual_growth reach 5 percent_per_year",
    "六年来，成效明显。2025年收入增长5%": "annual_growth reach 5 percent_per_year",
    "成效明显。六年来稳步发展。收入增长20%": "",
    "今年是“十五五”开局之年。收入增长5%": "annual_growth reach 5 percent_per_year",
    "连续十四年没有事故。收入增长5%": "",
    "安全形势好，连续十四年没有事故。收入增长5%": "annual_growth reach 5 percent_per_year",
    "收入年均增长8%。支出增长31%": "average_growth reach 8 percent_per_year",
    "到2025年，强度提高。收入增长5%": "annual_growth reach 5 percent_per_year",
    # the time at the opening of a section applies to all of it
    "六年来，成效明显。\n收入增长20%": "",
    "六年来，成效明显。\n治安良好。\n案件下降38%、18%": "",
    "六年来，成效明显。\n刚刚过去的2025年，收入增长5%": "annual_growth reach 5 percent_per_year",
    "六年来，成效明显。\n今年收入增长5%。\n支出增长4%": (
        "annual_growth reach 5 percent_per_year; annual_growth reach 4 percent_per_year"
    ),
    "Over the past five years, much was done.\n\nExports grew 20 percent.": "",
}
# Nobody vouches for these, and none of these is growth on the same time of the year before.
UNSURE = {
    "据说企业将突破3000家": "",
    "据说，企业将突破3000家，收入增长5%": "",
    "网传投资下降15%。收入增长5%": "annual_growth reach 5 percent_per_year",
    "Rumour has it that the fund will exceed 10 billion yuan": "",
    "the fund reportedly exceeds 10 billion yuan": "",
    "投资下降15%，据说": "",
    "Exports rose 5 percent. The index fell 3 percent, reportedly.": (
        "annual_growth reach 5 percent_per_year"
    ),
    "the fund exceeds 10 billion yuan reportedly": "",
    "价格环比下降1.3%": "",
    "价格比上月上涨0.3%": "",
    "价格同比上涨0.3%，环比下降0.1%": "annual_growth reach 0.3 percent_per_year",
    "Prices rose 5% month on month": "",
    "Prices rose 5% from the previous quarter": "",
    "The contribution of science to growth is to rise to 65 percent": "",
    "sources of growth rose 5 percent": "",
    "the pace of growth reached 5 percent": "annual_growth reach 5 percent_per_year",
    "超过15.6%（含）": "",
    "超过15.6%（含15.6%）": "",
    "超过15.6%以上（含）": "",
    "15.6%以上（含）": "level at_least 15.6 percent",
    "收入100亿元（含补助）": "level reach 100 CNY_100M",
    "数量位列中西部第一": "rank reach 1 rank",
}
# What a unit, a noun or a comparator is part of.
PHRASES = {
    "8家全国重点实验室落户": "level reach 8 item",
    "7家县级医院": "level reach 7 item",
    "3家入选国家重点实验室": "",
    "20户以上自然村": "",
    "经营主体达155万户": "level reach 1550000 item",
    "惠及居民约21万户": "level about 210000 item",
    "打造3个万亿级产业": "level reach 3 item",
    "加快建设4个国家级渔港": "level reach 4 item",
    "近岸海域水质优良比例分别达96.9%、99.7%": "level reach 96.9 percent; level reach 99.7 percent",
    "过夜游客分别增长10%、35%以上": (
        "annual_growth reach 10 percent_per_year; annual_growth at_least 35 percent_per_year"
    ),
    "分别提升至95%左右、96%以上": "level about 95 percent; level at_least 96 percent",
    "不得突破120%的上限": "level at_most 120 percent",
    "未达标企业数量减少45家": "increment reach -45 enterprise",
    "停产企业同比减少12家": "increment reach -12 enterprise",
    "事项精简至八十六项": "level reach 86 item",
    "五年累计新增发明专利授权21万件": "cumulative reach 210000 patent",
    "设立规模500亿元的产业母基金": "level reach 500 CNY_100M",
    "ranked third in the country for innovation": "rank reach 3 rank",
    "Between 5 and 5.5 percent GDP growth": "annual_growth between 5~5.5 percent_per_year",
    "one quarter of the total": "level reach 25 percent",
    "over three-quarters of firms": "level above 75 percent",
    "in one quarter": "",
    "up a quarter of a percentage point": "increment reach 0.25 percentage_point",
    "one third of 2025": "",
    "省外12所大学": "level reach 12 item",
    "规模以上服务业企业300家以上": "level at_least 300 enterprise",
    "“两化”融合水平从全国第15位升至第5位": "rank reach 15 rank; rank reach 5 rank",
    "“四化”基金占比不低于50%": "level at_least 50 percent",
    "下降三亚5%": "",
    "打造5条多跨线路": "",
    "进出口增长5%，多项指标居前": "annual_growth reach 5 percent_per_year",
    "增长5%，6%": "annual_growth reach 5 percent_per_year",
    "投资增长10%、占50%以上": (
        "annual_growth reach 10 percent_per_year; level at_least 50 percent"
    ),
    "增长10%、占比5%": "annual_growth reach 10 percent_per_year; level reach 5 percent",
    "占比超20%，2200余项服务": "level above 20 percent; level above 2200 item",
    "达到5万家，11家企业入选": "level reach 50000 enterprise; level reach 11 enterprise",
    "As many as 8,600 technology firms": "level reach 8600 enterprise",
}
# What is renewed is not new.
RENEWED = {
    "新建改扩建学校25所": "",
    "新建改造工程100处": "",
    "新建和改造工程100处": "",
    "新建（改扩建）学校25所": "",
    "新建提升公园20个": "",
    "新建提升南湖公园、北湖公园等13座城市公园": "",
    "新改扩建学校25所": "",
    "新改扩建中小学、幼儿园4868所": "",
    "新建改建学校25所": "",
    "新建扩建学校25所": "",
    "新建改扩建学校25所、幼儿园10所": "",
    "累计新增改造学校25所": "",
    "改扩建和新建学校20所": "",
    "改扩建小学、新增学位500个": "increment reach 500 item",
    "新建学校25所": "increment reach 25 item",
    "改造学校25所": "level reach 25 item",
    "更新改造道路80条": "level reach 80 item",
    "新建改造后增长5%": "annual_growth reach 5 percent_per_year",
}
# The numbers behind 分别 belong to different nouns.
RESPECTIVE = {
    "企业数量和营业收入分别达到350家、420亿元": "",
    "企业和人员分别为350家和420人": "",
    "企业、人员分别增加300多家、400多人": "",
    "企业和医院分别达到350家、420家": "",
    "专利授权量和技术合同成交额分别达到350件、420亿元": "",
    "高新技术企业和科技型中小企业分别达到350家、420家": (
        "level reach 350 enterprise; level reach 420 enterprise"
    ),
    "产量和出口分别增长3.8倍、80.2%": (
        "multiple reach 4.8 multiple; annual_growth reach 80.2 percent_per_year"
    ),
    "企业和医院分别新增。学校达到350所": "level reach 350 item",
    "孵化器、众创空间分别新建12家": "",
    "省、市两级企业分别翻一番": "",
    "东部和西部分别居第3位": "",
    "分别居全国第4位、第6位": "rank reach 4 rank; rank reach 6 rank",
    "分别提高7%": "annual_growth reach 7 percent_per_year",
    "exports and tax revenue fell 7 percent, respectively": "",
    "exports and tax revenue respectively fell 7 percent": "",
    "exports and imports were 7 billion yuan, 8 billion yuan, and 9 billion yuan, respectively": (
        "level reach 7 CNY_1B; level reach 8 CNY_1B; level reach 9 CNY_1B"
    ),
}
# A percentage of a target, of a plan or of a budget is how much of it is fulfilled.
FULFILLED = {
    "招商到位资金为年计划的87%": "",
    "超额部分占年度任务12%": "",
    "完成年度任务97%": "",
    "全年任务已完成六成五": "",
    "达到全年目标8%": "",
    "超过年度目标4%": "",
    "投资完成率达97%": "",
    "支出为预算的98.7%": "",
    "产值是目标的1.3倍": "",
    "完成计划的87%、91%": "",
    "89 percent of the annual quota": "",
    "spending reached 89 percent of the budget plan": "",
    "1.3 times the annual target": "",
    "the plan is 89 percent fulfilled": "",
    "规划目标为4.5%左右": "level about 4.5 percent",
    "实现占比4.5%的目标": "level reach 4.5 percent",
    "完成改造任务35项": "level reach 35 item",
    "完成投资目标，增长9%": "annual_growth reach 9 percent_per_year",
    "整改完成率达97%": "level reach 97 percent",
    "met the target of 4.5 percent": "level reach 4.5 percent",
}
# A condition, a question or a doubt: neither a target nor an outcome.
CONDITIONS = dict.fromkeys(
    (
        "若企业研发投入增长9%，奖励50万元",
        "奖励50万元，如企业研发投入增长9%",
        "倘若规模突破20亿元",
        "一旦失业率超过6%，启动预案",
        "只要占比达到45%",
        "万一增速低于4%",
        "凡营业收入达到9亿元，均可申报",
        "投入占比达到6%时，可以申报",
        "投入占比达到6%的，给予补贴",
        "对投入占比达到6%的企业给予补贴",
        "占比超过6%的企业可以申报",
        "给予80万元补贴",
        "占比是否达到6%",
        "占比能达到6%吗",
        "占比将达到6%？",
        "占比达到6%，但能否保持尚不明朗",
        "占比可能达到6%",
        "if exports grow 9 percent",
        "when the share reaches 6 percent, firms may apply",
        "once revenue exceeds 2 billion yuan",
        "unless the share falls below 6 percent",
        "provided that the share exceeds 6 percent",
        "Should the share exceed 6 percent, firms may apply",
        "whether the share exceeds 6 percent",
        "the share exceeds 6 percent, but it is uncertain",
        "the share might reach 6 percent",
        "Will the share exceed 6 percent?",
    ),
    "",
) | {
    "如期完成改造任务35项": "level reach 35 item",
    "行业如纺织增长9%": "annual_growth reach 9 percent_per_year",
    "the share should reach 6 percent": "level reach 6 percent",
    "尽可能新增岗位35个": "increment reach 35 item",
    "是否合理？占比达到6%": "level reach 6 percent",
    "超过60%的企业有产品出口": "level above 60 percent",
}
# Growth of a month, a season or a holiday is no growth of a year.
PARTS_OF_A_YEAR = dict.fromkeys(
    (
        "2026年4月，出口增长9%",
        "4月份出口同比增长9%",
        "1—4月出口增长9%",
        "二季度出口增长9%",
        "前三季度出口增长9%",
        "前五个月出口增长9%",
        "上半年出口增长9%",
        "开业满月，销售额增长9%",
        "首周销售额增长9%",
        "春节期间，客流增长9%",
        "销售额在黄金周增长9%",
        "exports rose 9 percent in the first quarter",
        "in April, exports rose 9 percent year on year",
        "In April 2026, exports rose 9 percent",
        "in the first four months of 2026, exports rose 9 percent",
        "tourism rose 9 percent over the holiday",
    ),
    "",
) | {
    "二季度趋稳，全年出口增长9%": "annual_growth reach 9 percent_per_year",
    "2026年4月7日公布，出口增长9%": "annual_growth reach 9 percent_per_year",
    "连续5个月回升，出口增长9%": "annual_growth reach 9 percent_per_year",
    "上半年新增岗位35个": "increment reach 35 item",
    "on April 7, 2026, exports rose 9 percent": "annual_growth reach 9 percent_per_year",
}
# A cut of a limit or of a list is against what it was, not against the year before.
CUTS = {
    "办理时限压缩55%": "",
    "压缩审批时间55%以上": "",
    "时限、环节分别压减55%、45%": "",
    "申报材料减少55%": "",
    "办事跑动次数下降55%": "",
    "cut processing time by 55 percent": "",
    "a 55 percent cut in paperwork": "",
    "shorten waiting times by half": "",
    "按时限办结率达99%": "level reach 99 percent",
    "压缩至3个环节": "level reach 3 item",
}
# The noun is named once, in quotes, or before its number.
NAMED_ONCE = {
    "2027年占比28%左右，2032年达到35%": "level about 28 percent; level reach 35 percent",
    "2027年达到200家，2032年350家": "level reach 200 enterprise; level reach 350 enterprise",
    "2027年增长4%，2032年达到6%": "annual_growth reach 4 percent_per_year",
    "“独角兽”7家、“灯塔工厂”2家": "level reach 7 enterprise; level reach 2 item",
    "the number of valid patents rose to 9,400": "level reach 9400 patent",
    "the number of national laboratories is limited to 25": "level at_most 25 item",
    "the number of gadgets is limited to 25": "",
    "the number of engineers in firms reached 2,500": "",
    "企业总数突破9000": "",
    "35 gazelle enterprises": "level reach 35 enterprise",
    "名次居全国第6，12个园区入围": "rank reach 6 rank; level reach 12 item",
    "达到5万家，120人获奖": "level reach 50000 enterprise; level reach 120 person",
    "7 percent annual growth": "annual_growth reach 7 percent_per_year",
    "7 percent annual growth over the plan period": "",
    "价格略降0.2%": "annual_growth reach -0.2 percent_per_year",
}
# Plans set intensities and emissions for several years, work reports for one.
INTENSITIES = {
    "万元工业增加值用水量下降16%": "",
    "单位工业增加值能耗降低12%": "",
    "碳排放强度下降18%": "",
    "化学需氧量排放总量减少8%": "",
    "lower carbon intensity by 18 percent": "",
    "万元工业增加值用水量比上年下降3%": "annual_growth reach -3 percent_per_year",
}
ENGLISH = {
    "growth rate was 0.4 percentage point lower than in the previous year": (
        "increment reach -0.4 percentage_point"
    ),
    "growth rate was 5 percent lower than last year": "",
    "energy consumption per unit of GDP dropped 3.1 percent last year": (
        "annual_growth reach -3.1 percent_per_year"
    ),
    "energy intensity dropped 3.1 percent last year from 2020": "",
    "126 new enterprises were added": "increment reach 126 enterprise",
    "126 enterprises were added and 5 closed": "increment reach 126 enterprise",
    "126 projects were added to the list": "",
    "12 million urban jobs were created": "increment reach 12000000 person",
    "reach 3% by end-2025": "level reach 3 percent",
    "grow 60% by end-2025": "",
    "raise the share of basic research from 6.1% to 8%": (
        "level reach 6.1 percent; level reach 8 percent"
    ),
    "create at least 450,000 urban jobs": "increment at_least 450000 person",
    "a 12.3% rise in value added": "annual_growth reach 12.3 percent_per_year",
    "up half a percentage point": "increment reach 0.5 percentage_point",
    "nearly doubled": "multiple about 2 multiple",
    "more than doubled to 5 percent": "multiple above 2 multiple; level reach 5 percent",
}
# A word of one character may change a number that is not next to it.
SINGLE = {
    "降企业成本5%": "",
    "超企业总数5家": "",
    "登记量3.5万件": "level reach 35000 item",
    "30多万-50万家": "",
    "负5-6%": "",
    "up 5% to 300 billion yuan": "annual_growth reach 5 percent_per_year; level reach 300 CNY_1B",
}
# Shares without a comparator, and changes by a part.
SHARES = {
    "其中高校占三成": "level reach 30 percent",
    "发明专利占授权总量的四分之一": "level reach 25 percent",
    "占比三成五以上": "level at_least 35 percent",
    "accounted for nearly a quarter of GDP": "level about 25 percent",
    "investment shrank by nearly a quarter last year": "annual_growth about -25 percent_per_year",
    "exports rose by two fifths compared with last year": "annual_growth reach 40 percent_per_year",
    "exports rose by a third": "",
    "postponed by a quarter": "",
    "spent 4 billion yuan, or 2.5 percent of GDP": "level reach 4 CNY_1B; level reach 2.5 percent",
    "grew 7 percent, or 8 percent": "annual_growth reach 7 percent_per_year",
}
RANKS = {
    "moved up two places to ninth in the national ranking": "increment reach 2 rank; rank reach 9 rank",
    "rose to second": "rank reach 2 rank",
    "rose to second gear": "",
    "rose from 15th to 11th nationwide": "rank reach 15 rank; rank reach 11 rank",
    "效率稳居中部地区第1": "rank reach 1 rank",
}
COMPARED_WITH = {
    "grants fell by 4.2% compared with the previous year": "annual_growth reach -4.2 percent_per_year",
    "revenue up 3% versus the same period last year": "annual_growth reach 3 percent_per_year",
    "比上年同期增长5%": "annual_growth reach 5 percent_per_year",
    "up 3% compared with the target": "",
    "贡献率较“十三五”末提高4.2个百分点": "increment reach 4.2 percentage_point",
    "比2025年目标高5个百分点": "",
    "比上年全国平均水平高5个百分点": "",
    # another region, or a mean: no level and no multiple
    "为全国平均水平的90%": "",
    "是全国的1.2倍": "",
    "是全省总量的1.2倍": "",
    "是2015年的1.2倍": "multiple reach 1.2 multiple",
    "是“十三五”时期的2.2倍": "multiple reach 2.2 multiple",
    "相当于邻省的八成": "",
    "1.2 times that of the nation": "",
    "1.2 times that of 2015": "multiple reach 1.2 multiple",
    "达到规划目标8%": "",
    "月度增长5%": "",
    "审查周期压缩30%": "",
    "出口变动为3%": "",
    "reached 85 percent of last year's level": "",
    "ranked fifth from the bottom": "",
    "growth in exports accelerated by 3 percent": "",
    "5 percent quarterly growth": "",
}
WITH = {
    "the share of firms with R&D activities rose to 41%": "level reach 41 percent",
    "the number of firms with research centers reached 8,400": "level reach 8400 enterprise",
    "the number of firms with centers exceeding 500 reached 12": "",
    "the share of firms with over 500 employees rose to 41%": "",
    "the share of firms whose exports rose by 5% fell": "",
    "imports, with exports up 5%": "annual_growth reach 5 percent_per_year",
    "the number of firms rose from 12 to 19": "level reach 12 enterprise; level reach 19 enterprise",
    "Patents reached 38,600.": "level reach 38600 patent",
    "Sales by firms reached 38,600.": "",
    "sales rose 5 percent to 300": "annual_growth reach 5 percent_per_year",
    "raise the share of research to at least 8 percent": "level at_least 8 percent",
    "raise the growth rate of exports to 8 percent": "",
    "raise spending on research by 8 percent": "annual_growth reach 8 percent_per_year",
}
LISTED = {
    "新增企业30家，商店5家": "increment reach 30 enterprise",
    "新增企业30家左右，商店5家，学校2所": "increment about 30 enterprise",
    "新增企业30家，培育商店5家": "increment reach 30 enterprise; level reach 5 item",
    "新增项目20个、总投资30亿元": "increment reach 20 item; level reach 30 CNY_100M",
    "甲、乙、丙企业和丁企业分别增长1%、2%、3%、4%": (
        "annual_growth reach 1 percent_per_year; annual_growth reach 2 percent_per_year; "
        "annual_growth reach 3 percent_per_year; annual_growth reach 4 percent_per_year"
    ),
    "甲企业和乙企业分别增长1%、2%、3%": "",
    "建成“暖心驿站”113个": "level reach 113 item",
    "占“三新”5%": "",
    "形成9项“揭榜挂帅”成果": "level reach 9 item",
    "认定7家跨境资金集中运营中心。": "level reach 7 item",
    "增长某5%，力争达到6。": "",
    "保持增长，2024年达到58亿元": "level reach 58 CNY_100M",
    "保持增长，2024年达到5%": "",
    "the number of firms increased by 118 to 940": "increment reach 118 enterprise; level reach 940 enterprise",
    "人均GDP达到9.6万元": "level reach 9.6 CNY_10K / inhabitant",
    "科技创新培育企业12家": "level reach 12 enterprise",
    "重新认定企业300家": "level reach 300 enterprise",
    "institutes issuing 12 standards": "level reach 12 item",
    "增长5.5%左右，在实际工作中力争达到6%": (
        "annual_growth about 5.5 percent_per_year; annual_growth reach 6 percent_per_year"
    ),
}
KINDS |= SINGLE | SHARES | RANKS | COMPARED_WITH | WITH | LISTED
KINDS |= UNSURE | PHRASES | RENEWED | RESPECTIVE
KINDS |= FULFILLED | CONDITIONS | PARTS_OF_A_YEAR | CUTS | NAMED_ONCE
KINDS |= AGAINST | PARAGRAPHS | INTENSITIES | ENGLISH
KINDS |= ADDED | YEARS | DESCRIBED | CUT | SPANS | FALLEN | NAMED
# A percentage is a level only of what is measured in per cent, or of a named whole.
NO_SHARE = {
    "企业授权5%": "",
    "企业授权5%以上": "",
    "The province hosts 5 percent": "",
    "The province hosts 5 percent of the industrial output": "level reach 5 percent",
    "政务应用整合分别完成25%、50%": "",
    "GDP 5% 左右": "",
    "以全省0.6%的土地贡献了10%的经济总量": "",
    "产量稳定在全国1/4": "",
    "占全国的25%": "level reach 25 percent",
    "失业率5%": "level reach 5 percent",
    "收入增长4%，投资达到6%": "annual_growth reach 4 percent_per_year",
    "价格上涨4%，投资达到6%": "annual_growth reach 4 percent_per_year",
    "收入增长4%，失业率达到6%": "annual_growth reach 4 percent_per_year; level reach 6 percent",
    "收入增长4%，水、电普及率分别达到96%、97%": (
        "annual_growth reach 4 percent_per_year; level reach 96 percent; level reach 97 percent"
    ),
    "占比提高2个百分点，达到30%": "increment reach 2 percentage_point; level reach 30 percent",
    "exports rose 8 percent, reaching 3 percent of GDP": (
        "annual_growth reach 8 percent_per_year; level reach 3 percent"
    ),
    "half as large": "",
    "half that of the nation": "",
    "half the size of last year": "",
    "less than half as many as in 2020": "",
    "a quarter of what was planned": "",
    "R&D was 3.2 percent as of 2024": "level reach 3.2 percent",
    "R&D was 3.2 percent as a share of GDP": "level reach 3.2 percent",
    "growth of 5 percent, or slightly below": "",
    "为上年的1.35倍": "multiple reach 1.35 multiple",
    "企业数达到上年的近3倍": "multiple about 3 multiple",
    "企业数为全国的3倍": "",
    "为上年的35%": "",
    "去年的投资强度达到3%": "level reach 3 percent",
    "超过去年的水平达到3%": "",
}
IN_A_SUM = {
    "累计惠及企业2000家增长近40%": "cumulative reach 2000 enterprise",
    "累计惠及群众增长近四成": "",
    "累计惠及企业2000家，增长近四成": (
        "cumulative reach 2000 enterprise; annual_growth about 40 percent_per_year"
    ),
}
AMONG = {
    "企业500家，其中国家级29家": "level reach 500 enterprise; level reach 29 enterprise",
    "新增企业500家，其中国家级29家": (
        "increment reach 500 enterprise; increment reach 29 enterprise"
    ),
    "企业500家，国家级29家": "level reach 500 enterprise",
    "孵化器45家，其中国家级12家": "level reach 45 item; level reach 12 item",
    "其中国家级29家": "",
}
UNTIL = {
    "intensity is 2.94 percent of GDP in 2024": "level reach 2.94 percent",
    "5 percent of the province's industrial enterprises": "level reach 5 percent",
    "8 percent a year through 2030": "average_growth reach 8 percent_per_year",
    "intensity will be 3 percent until 2030": "level reach 3 percent",
    "rose through 5 percent": "",
    "the target is 2.9 percent for 2030": "level reach 2.9 percent",
    "the share is 3 percent for firms": "",
    "spending grew 6 percent during 2024": "annual_growth reach 6 percent_per_year",
    "spending grew 6 percent during 2021-2025": "",
    "up by 1.2 percentage points compared with 2022": "increment reach 1.2 percentage_point",
    "up by 1.2 percent compared with 2022": "",
    "占比有望达到6%": "level reach 6 percent",
    "据悉，占比达到6%": "",
}
COUNTED_BEFORE = {
    "35,000 technology contracts were signed": "level reach 35000 item",
    "PCT国际专利申请受理600件": "level reach 600 patent",
    "合同成交额首破千亿元": "level above 1000 CNY_100M",
    "研发经费与GDP之比比上年提高0.2个百分点": "increment reach 0.2 percentage_point",
    "研发经费与GDP之比上升2%": "",
    "patents per 10,000 people reached 15.3": "level reach 15.3 patent_per_10k_population",
    "the number of firms in the province will reach 600": "level reach 600 enterprise",
    "filed 300 PCT patent applications": "level reach 300 patent",
    "climbed two places to 11th": "increment reach 2 rank; rank reach 11 rank",
    "up 5% to 300 billion yuan": "annual_growth reach 5 percent_per_year; level reach 300 CNY_1B",
    "126 firms were added in 2024": "increment reach 126 enterprise",
    "研发人员人均经费超过50万元": "level above 50 CNY_10K / person",
    "居民人均收入超过5万元": "level above 5 CNY_10K / inhabitant",
    "游客人均花费年均增长5%": "average_growth reach 5 percent_per_year",
}
TIED = {
    "upward of 5,000 firms": "level above 5000 enterprise",
    "on the order of 300 labs": "level about 300 item",
    "south of 300 firms": "",
    "regardless of more than 300 firms": "",
    "to the tune of 4 billion yuan": "",
    "a network of 300 labs": "level reach 300 item",
    "an uptick of 7 percent from a year earlier": "annual_growth reach 7 percent_per_year",
    "an expansion of more than 7 percent": "",
    "the hike was 7 percent": "",
    "coverage of 95 percent": "level reach 95 percent",
    "the contribution of technological progress will be 65%": "level reach 65 percent",
    "收入升幅为7%": "annual_growth reach 7 percent_per_year",
    "误差为7%": "",
    "近三年平均增长6%": "average_growth reach 6 percent_per_year",
    "近三年平均研发投入强度3%": "",
    "年均失业率5%": "",
    "占比年均增长5%": "",
    "the share grew by an average of 5 percent a year": "",
    "50 firms a month": "",
    "10 patents for every 100 employees": "",
    "这是7%": "",
}
WHO_IS_MEANT = {
    "每万人就业人员中研发人员达到60人年": "level reach 60 person_year_per_10k_employed",
    "每万人园区从业人员拥有专利50件": "",
    "每万名科研人员授权专利50件": "",
    "人均劳动生产率15万元": "",
    "12 patents per 10,000 people in the workforce": "level reach 12 patent_per_10k_employed",
    "75 researchers per 10,000 people employed": "level reach 75 person_per_10k_employed",
    "75 full-time equivalent researchers per 10,000 employees": "level reach 75 person_year_per_10k_employed",
    "75 full-time equivalent scientists": "",
    "研发人员折合全时当量达6万人年": "level reach 60000 person_year",
    "研发人员折合全时当量达6万人": "",
    "研发人员（全时当量）达6万人": "",
}
# Words around times, means and teams; a change far before its amount; whom a denominator counts.
AROUND = {
    "turnover doubled over the five-year period": "multiple reach 2 multiple",
    "exports have doubled since 2020": "multiple reach 2 multiple",
    "exports more than tripled between 2012 and 2023": "multiple above 3 multiple",
    "intensity increased by 0.4 percentage points over 2020": "increment reach 0.4 percentage_point",
    "ranked first for five consecutive years": "rank reach 1 rank",
    "exports grew 5 percent for five consecutive years": "",
    "ranked among the top 10 most innovative provinces": "rank at_most 10 rank",
    "跻身全国前10创新型城市": "rank at_most 10 rank",
    "the top 10 most innovative provinces": "",
    "the share will not decline below 3.2%": "level at_least 3.2 percent",
    "the share should not rise above 6 percent": "level at_most 6 percent",
    "a decline below 5 percent": "annual_growth above -5 percent_per_year",
    "a team of 50 scientists": "level reach 50 person",
    "high-value patents per 10,000 people will increase from 9.4 to 14": "",
    "The number of patents per 10,000 people increased from 9.4 to 14": (
        "level reach 9.4 patent_per_10k_population; level reach 14 patent_per_10k_population"
    ),
    "12 patents per 10,000 people over 60": "",
    "企业平均研发投入500万元": "",
    "最低工资平均数提高至2100元": "",
    "average wages rose 5 percent": "",
    "the expansion was 5 billion yuan": "",
    "the widening was 5 billion yuan": "",
    "the increase in exports was 5 billion yuan": "",
    "提高补助标准20元": "",
    "increase investment by 5 billion yuan": "increment reach 5 CNY_1B",
    "earmarked CNY 5 billion for science": "level reach 5 CNY_1B",
    "earmarked 5 billion yuan for each city": "",
    "实施科技创新2030重大项目": "",
    "降幅缩小5%": "",
    "下降减少5%": "",
    "a fall decreased 3 percent": "",
    "高于增长5个百分点": "",
    "exceeded growth of 5 percent": "",
}
# Two comparators of one number that "or" joins.
EITHER = {
    "科技进步贡献率达到或超过66%": "level at_least 66 percent",
    "科技进步贡献率达到甚至超过66%": "level at_least 66 percent",
    "占比等于或低于66%": "level at_most 66 percent",
    "R&D intensity meets or exceeds 3 percent": "level at_least 3 percent",
    "R&D intensity greater than or equal to 3 percent": "level at_least 3 percent",
    "R&D intensity less than or equal to 3 percent": "level at_most 3 percent",
    "研发投入强度接近甚至超过3%": "",
    "占比突破或超过3%": "",
    "R&D intensity will reach or even surpass 3 percent": "",
    "R&D intensity approaches or exceeds 3 percent": "",
    "R&D intensity above or close to 3 percent": "",
}
# What money is for.
PURPOSES = {
    "The province spent 186.5 billion yuan on research and development": (
        "level reach 186.5 CNY_1B"
    ),
    "The city set aside 860 million yuan for its science fund": "level reach 86000 CNY_10K",
    "Revenue was up 5 billion yuan on 2020": "",
    "Revenue rose by 5 billion yuan on research": "",
    "The fund has 5 billion yuan on deposit": "",
}
# What a verb of moving leads to is a level; after a noun, or with under, it may be the change.
MOVED = {
    "business R&D falls short of 2 percent of GDP": "level below 2 percent",
    "the share tumbled below 40 percent": "level below 40 percent",
    "the share will decline below 5 percent": "level below 5 percent",
    "growth slowed below 5 percent": "annual_growth below 5 percent_per_year",
    "spending has increased beyond 5 billion yuan": "level above 5 CNY_1B",
    "a decline of below 5 percent": "annual_growth above -5 percent_per_year",
    "exports fell under 5 percent": "",
    "spending dropped under 5 billion yuan": "",
    "exports decline below 5 percent": "",
    "exports grew above 5 percent": "",
    "price increases above 5 percent": "",
    "exports were down below 3 percent": "",
    "研发强度跌破2%": "level below 2 percent",
    "不得跌破3%": "level at_least 3 percent",
    "占比升破5%": "level above 5 percent",
}
# A unit in brackets before its number, as in the heading of a table.
HEADINGS = {
    "技术合同成交额（亿元）：1795.3": "level reach 1795.3 CNY_100M",
    "研发经费（亿元） 784.3": "level reach 784.3 CNY_100M",
    "R&D spending (100 million yuan): 2,036.7": "level reach 2036.7 CNY_100M",
    "Spending (RMB billion): 5.3": "level reach 5.3 CNY_1B",
    "R&D personnel ('000 FTE): 780": "level reach 780000 person_year",
    "有效发明专利（万件）：1.23": "level reach 12300 patent",
    "研发投入强度（%）：2.5—3.0": "level between 2.5~3 percent",
    "研发投入强度（%）：3.2以上": "level at_least 3.2 percent",
    "增速（%）：-1.7": "annual_growth reach -1.7 percent_per_year",
    "人均可支配收入（元）：52000": "level reach 52000 CNY_per_inhabitant",
    "R&D spending (100 million yuan)": "",
    "全国排名（位）：3": "",
    "exports (%): 5": "",
    "R&D spending (100 million yuan) 2023 2,036.7": "",
    "Output (10,000 yuan): 5.3 million": "",
    "研发经费（亿元）2025年 784.3": "",
    "研发经费（亿元） 784.3 800.1": "",
    "成交额（亿元）：1795.3亿元": "",
}
# A comma between the digits of one number; numbers of documents and versions; withdrawn figures.
NO_FIGURES = {
    "境外授权专利１，２５６件": "level reach 1256 patent",
    "境外授权专利１２，３４５，６７件": "",
    "境外授权专利1，256件": "",
    "到2025年，256家企业": "level reach 256 enterprise",
    "NSFC grant No. 62176045": "",
    "创新指数第3": "",
    "创新指数位居第3": "rank reach 3 rank",
    "Industry 4.0 projects": "",
    "the district has 3.5 incubators": "",
    "研发强度3.1%（此数有误，以正式公布为准）": "",
    "研发强度3.1%，后更正为3.2%": "",
    "误差率控制在5%以内": "level at_most 5 percent",
    "R&D intensity of 3.1 percent, since withdrawn": "",
    "R&D intensity was 3.1 percent, later revised to 3.2 percent": "",
}
# Magnitudes next to their number, signs, and parts of a point or a magnitude.
ATTACHED = {
    "R&D outlays of CNY2.4bn": "level reach 2.4 CNY_1B",
    "in excess of 1.2tn yuan": "level above 1.2 CNY_1T",
    "RMB500-million": "level reach 50000 CNY_10K",
    "RMB5m": "level reach 500 CNY_10K",
    "1.62m patent applications": "level reach 1620000 patent",
    "a 3m wide road": "",
    "invested 2.3m yuan": "level reach 230 CNY_10K",
    "2.3m invention patents": "level reach 2300000 patent",
    "a 100m race for 300 people": "",
    "12\u202f345 patents granted": "level reach 12345 patent",
    "12\u00a0345\u00a0678 patents": "level reach 12345678 patent",
    "in 2025\u00a0345 patents": "level reach 345 patent",
    "12\u202f34 patents": "",
    "1\u202f2345 patents": "",
    "the business share +0.4pp": "increment reach 0.4 percentage_point",
    "exports +5% y/y": "annual_growth reach 5 percent_per_year",
    "patents granted: −1.8% y/y": "annual_growth reach -1.8 percent_per_year",
    "firms 5 +3 patents": "",
    "+3% to +5%": "",
    "提高一个半百分点": "increment reach 1.5 percentage_point",
    "下降半个百分点": "increment reach -0.5 percentage_point",
    "up one and a half percentage points": "increment reach 1.5 percentage_point",
    "rose by six-tenths of a percentage point": "increment reach 0.6 percentage_point",
    "three-quarters of a million patents": "level reach 750000 patent",
    "two and a half years": "",
}
# No growth, papers, money that a figure is divided by, wholes of a percentage, other times.
STATED_OTHERWISE = {
    "财政科技支出零增长": "annual_growth reach 0 percent_per_year",
    "zero growth in R&D spending": "annual_growth reach 0 percent_per_year",
    "五年零增长": "",
    "零增长行动": "",
    "零增长或负增长": "",
    "not zero growth": "",
    "zero growth rate of 5 percent": "",
    "发表国际论文3.18万篇": "level reach 31800 item",
    "68,500 scientific papers": "level reach 68500 item",
    "每亿元GDP对应发明专利授权1.9件": "level reach 1.9 patent / CNY_100M",
    "1.9 patents per 100 million yuan of GDP": "level reach 1.9 patent / CNY_100M",
    "For every 10,000 employed people, there will be 60 R&D personnel": (
        "level reach 60 person_per_10k_employed"
    ),
    "间接费用不得高于直接费用的30%": "level at_most 30 percent",
    "不低于营业收入的3%": "level at_least 3 percent",
    "高于平均水平的30%": "",
    "收入高于支出的20%": "",
    "超过上年收入的30%": "",
    "不得高于直接费用的30家": "",
    "专利转让许可次数相当于2020年的2.4倍": "multiple reach 2.4 multiple",
    "相当于全国的2.4倍": "",
    "2.4 times as many firms as in 2020": "multiple reach 2.4 multiple",
    "2.4 times as many firms as Beijing": "",
    "half as large as in 2015": "",
    "人才净流失420人": "increment reach -420 person",
}
# A rank among others of its kind, in a place; but the second-largest economy is a name.
SUPERLATIVES = {
    "the world's third-largest patent filer": "rank reach 3 rank",
    "the world’s 11th most innovative economy": "rank reach 11 rank",
    "among the top ten most innovative economies": "rank at_most 10 rank",
    "China is the world's second-largest economy": "",
    "the world's first laboratory": "",
}
# A word of doubt before 有, and 约 in a longer word.
ESTIMATED = {
    "全市约有科研院所40家": "",
    "约有1200人": "level about 1200 person",
    "约达800亿元": "level about 800 CNY_100M",
    "大概有40家企业": "",
    "估计有1200人": "",
    "本应有40家企业": "",
}
# A change that leads to a level, or two ends of a range.
CHANGE_OR_RANGE = {
    "a 7 percent rise to 210 billion yuan": "",
    "a 12% decline to 40 firms": "",
    "a 7 percent rise in 2024": "annual_growth reach 7 percent_per_year",
    "Sales rose 3% to 4.5%.": "",
    "fell 3 percent to 40 percent": "",
    "上升0.3%至2.9%": "",
    "增长7%至8%": "annual_growth between 7~8 percent_per_year",
    "growth of 7% to 8%": "annual_growth between 7~8 percent_per_year",
    "grew 7 to 8 percent": "annual_growth between 7~8 percent_per_year",
    "down by a total of 12%": "cumulative reach -12 percent",
    "经费-3%": "",
}
# A multiple in one word, of something else than another time.
DOUBLED_ANOTHER = {
    "triple the national average": "",
    "double that of Hunan": "",
    "more than double the target": "",
    "double that of 2020": "multiple reach 2 multiple",
}
# What contributes to growth, as a share, and as points of growth.
CONTRIBUTED = {
    "the contribution of science and technology to economic growth topped 60 percent": (
        "level above 60 percent"
    ),
    "consumption contributed 3.1 percentage points to economic growth": "",
    "about 8 percent of R&D spending goes to basic research": "level about 8 percent",
    "spending went to 8 percent": "",
}
# An amount that changes per person, but does not say so again.
CHANGED_RATIO = {
    "人均收入4万元，比上年增加3500元": "level reach 4 CNY_10K / inhabitant",
    "人均收入4万元，增长5%": (
        "level reach 4 CNY_10K / inhabitant; annual_growth reach 5 percent_per_year"
    ),
    "劳动生产率18万元/人，比2020年提高1万元": "level reach 18 CNY_10K_per_employed_person",
    "每万人口发明专利15件，新增企业2家": (
        "level reach 15 patent_per_10k_population; increment reach 2 enterprise"
    ),
    "按科研人员计算的人均经费为40万元，增加2万元": "",
    "按科研人员计算，人均经费40万元": "",
}
# A short word with a full stop may say something about the number: circa, up to, including.
ABBREVIATED = {
    "circa 300 firms": "level about 300 enterprise",
    "approx 300 firms": "level about 300 enterprise",
    "approx. 300 firms": "level about 300 enterprise",
    "It joined in March. 300 firms are active": "level reach 300 enterprise",
} | dict.fromkeys(
    [
        "c. 300 university spin-offs", "c. 300 firms", "c.300 firms", "ca. 300 firms", "ca 300 firms", "est. 300 firms", "max. 300 firms",
        "min. 300 firms", "incl. 300 firms", "i.e. 300 firms", "vs. 300 firms", "spent c. $300 million", "growth of c. 5%", "c. one-third of firms",
    ],
    "",
)  # fmt: skip
# Half of one thing, and a part of a time, are no shares.
PART_OF_ONE = {
    "more than half of firms": "level above 50 percent",
    "超过半数企业": "level above 50 percent",
    "5个半导体项目": "level reach 5 item",
} | dict.fromkeys(
    [
        "more than half a century of scientific cooperation", "half a decade", "half a year", "about half a day", "half an hour", "half of a century",
        "half a dozen firms", "half the year", "half the time", "half of 2024", "more than a quarter of a century", "two thirds of the decade", "one third of the year",
        "两个半世纪", "两个半月", "half-yearly growth of 5%", "half of one percent", "about half a mile", "up half a notch", "reduced by half an hour", "超过半个世纪", "半数以上年份", "一半的时间", "三分之一的时间", "超一半天数", "近半年", "超过四分之一个世纪",
    ],
    "",
)  # fmt: skip
# Two closed bounds of one figure; not an open one, nor those of two figures.
CLOSED = {
    "at least 6 percent but no more than 8 percent": "level between 6~8 percent",
    "no lower than 2.5 percent and no higher than 3 percent": "level between 2.5~3 percent",
    "比例不低于5%且不高于8%": "level between 5~8 percent",
    "强度不低于2.5%、不高于3%": "level between 2.5~3 percent",
    "强度不得低于2.5%，不得高于3%": "level between 2.5~3 percent",
    "下降不低于5%且不高于8%": "annual_growth between -8~-5 percent_per_year",
    "企业不少于300家、不超过500家": "level between 300~500 enterprise",
    "企业不少于300家、学校不超过500家": "level at_least 300 enterprise; level at_most 500 item",
    "不低于8%且不高于5%": "",
    "不低于5%且低于8%": "",
    "at least 5% of GDP, up to 8% of GDP": "level at_least 5 percent; level at_most 8 percent",
    "in the range of 4.5 percent to 5 percent": "level between 4.5~5 percent",
    "in the range of 5 percent": "",
}
# A share in two numbers, where it begins a sentence; in other places it may count something.
ONE_IN_FIVE = {
    "One in five researchers works abroad": "level reach 20 percent",
    "Growth was weak. Four out of five firms export": "level reach 80 percent",
    "Three in four R&D institutions are run by companies": "level reach 75 percent",
    "two-thirds of R&D funding comes from enterprises": "level reach 66.66666666666666666666666667 percent",
    "Two in three provinces have a plan": "",
    "One in five years is wet": "",
    "One in ten thousand firms exports": "",
    "Two in five enterprise zones grew": "",
    "The city opened two in three firms": "",
}
# Ratios to another number of people than 10,000.
OTHER_SIZES = {
    "1,687 researchers per million inhabitants": "level reach 1687 person / 1000000 / inhabitant",
    "300 patents per million people": "level reach 300 patent / 1000000 / inhabitant",
    "9.1 researchers per 1,000 people employed": "level reach 9.1 person / 1000 / employed_person",
    "9.1 FTE researchers per thousand employed": "level reach 9.1 person_year / 1000 / employed_person",
    "9 researchers per 1,000 in the labour force": "level reach 9 person / 1000 / employed_person",
    "9 researchers per thousand visitors": "",
    "9 researchers per 1,000 employed women": "",
    "9 researchers per 1,000 employed persons in 2024": "level reach 9 person / 1000 / employed_person",
    "每百万人口科研人员达到1687名": "level reach 1687 person / 1000000 / inhabitant",
    "每千名就业人员中研究人员9.1人": "level reach 9.1 person / 1000 / employed_person",
    "每千人口托位数达到4.5个": "level reach 4.5 item / 1000 / inhabitant",
    "每10万人下降36.9人": "increment reach -36.9 person / 100000 / inhabitant",
    "每千人园区从业人员研究人员9人": "",
    "从业人员5人/万人": "",
    "85 R&D personnel (FTE) per 10,000 employed": "level reach 85 person_year_per_10k_employed",
    "85 R&D personnel (total) per 10,000 employed": "",
    "85 firms (FTE) per 10,000 employed": "",
}
# A rule: costs and grants may not exceed; but what may not happen is not certain.
RULES = {
    "the overhead rate may not rise above 20 percent": "level at_most 20 percent",
    "subsidies may not fall below 3 percent": "level at_least 3 percent",
    "grants may not exceed 500,000 yuan": "level at_most 500000 CNY",
    "the share is not to drop below 3 percent": "level at_least 3 percent",
    "the ratio is not allowed to rise above 60 percent": "level at_most 60 percent",
    "growth may not fall below 5 percent": "",
    "unemployment may not rise above 5 percent": "",
    "grants may not exceed 500,000 yuan this year, analysts say": "",
    "grants may not reach 500,000 yuan": "",
    "grants may not fall by 5 percent": "",
    "subsidies were paid, but exports may not exceed 5 percent of output": "",
}
# Quotation marks around words that are known.
QUOTED = {
    'over 14,000 "little giant" firms': "level above 14000 enterprise",
    "1,200 “gazelle” companies": "level reach 1200 enterprise",
    '14,000 "little giants"': "level reach 14000 enterprise",
    "300家“瞪羚企业”": "level reach 300 enterprise",
    '300 "zombie" firms': "",
    '300 "little giant"': "",
    "300家“僵尸企业”": "",
}
FRACTIONS = {
    "almost half of the world's patent applications": "level about 50 percent",
    "more than half of the projects": "level above 50 percent",
    "just over a third of R&D funding comes from firms": "level above 33.33333333333333333333333333 percent",
    "超半数企业": "level above 50 percent",
    "the second half of the projects": "",
    "the other half of the projects": "",
    "almost half of the decade": "",
    "in the first half of the year exports rose 5 percent": "",
    "近半年": "",
}
HYPHENATED = {
    "R&D spending topped the one-trillion-yuan mark": "level above 1 CNY_1T",
    "GDP crossed the three-trillion-yuan threshold": "level above 3 CNY_1T",
    "GDP fell below the one-trillion-yuan mark": "",
    "R&D intensity crossed the 3 percent mark": "level above 3 percent",
    "a one-man firm": "",
    "three to five world-class laboratories": "level between 3~5 item",
    "培育三至五家领军企业": "level between 3~5 enterprise",
    "three to five years": "",
    "培育三某至五家领军企业": "",
}
# Words that say that it is not so, or not yet, or may become so.
NOT_SO = {
    "has yet to reach 2.5% of GDP": "level below 2.5 percent",
    "R&D intensity is yet to exceed 3 percent": "level at_most 3 percent",
    "研发强度几乎达到3%": "level about 3 percent",
} | dict.fromkeys(
    [
        "研发强度有待达到3%", "研发强度尚待突破3%", "研发强度很难达到3%", "研发强度难以突破3%", "研发强度本可达到3%", "研发强度原定达到3%",
        "研发强度险些跌破3%", "防止失业率超过5%", "避免失业率突破5%", "研发强度何时达到3%", "研发强度若能达到3%", "鲜有地区强度超过3%",
        "R&D intensity still has to reach 3 percent", "R&D intensity came within reach of 3 percent",
        "R&D intensity would have reached 3 percent", "R&D intensity used to be 3 percent",
        "R&D intensity is nowhere close to 3 percent", "R&D intensity rarely exceeds 3 percent",
        "R&D intensity struggles to reach 3 percent", "to avoid falling below 3 percent",
        "keep the share from exceeding 3 percent", "keep the share from falling below 3 percent",
        "prevented the share from falling below 3 percent", "it is forbidden to exceed 5 percent",
        "R&D intensity does not have to reach 3 percent", "dropped the target of 3 percent",
        "R&D intensity all but reached 3 percent", "R&D intensity risks falling below 3 percent",
        "R&D intensity is too low to reach 3 percent", "杜绝占比超过5%", "每投入1元，带动5元", "For each yuan invested, firms add 5 yuan", "每增加1个百分点，就业增加5万人", "投入强度最低为0.6%", "最高达6.73%", "经费超过千亿元的有若干省份", "研发强度若低于2%", "增长低于5%的企业", "下调增长5%的目标", "the target was raised by 5 percent", "2 to 3 times a year",
    ],
    "",
)  # fmt: skip
# A comparator before another time applies to the multiple of it.
OF_A_TIME = {
    "约为2015年的2倍": "multiple about 2 multiple",
    "超过2015年的2倍": "multiple above 2 multiple",
    "不到2020年的2倍": "multiple below 2 multiple",
    "不超过2020年的水平": "",
    "60 percent of 2015 levels": "",
    "15 percent of 2024 GDP": "level reach 15 percent",
    "the forum was held 3 times in 2024": "",
    "signed contracts 3 times": "",
    "spent 3 times as much as in 2015": "multiple reach 3 multiple",
    "补助最高500万元": "level at_most 500 CNY_10K",
    "约为2015年出口额的2倍": "",
    "近五年新增企业300家": "increment reach 300 enterprise",
    "raise R&D intensity to above 3 percent": "level above 3 percent",
    "grew at an average annual rate of 12 percent over the past five years": "average_growth reach 12 percent_per_year",
    "growth averaged 8.3% a year over the 14th Five-Year Plan period": "average_growth reach 8.3 percent_per_year",
    "grew 8.3% over the 14th Five-Year Plan period": "",
}
LISTED = {
    "R&D intensity (% of GDP): 2.68": "level reach 2.68 percent",
    "exports (% change): 2.68": "",
    "number of firms: 300": "level reach 300 enterprise",
    "Valid domestic invention patents: 4.756 million": "level reach 4756000 patent",
    "Patents: 300": "",
    "Patents: 5 million in fees": "",
    "150k patent applications": "level reach 150000 patent",
    "a 10k run": "",
    "占比在5%以上，不含5%": "",
    "5 percent or more (5 percent excluded)": "",
    "more than 5 percent (inclusive)": "",
    "企业300家以上（含外资企业）": "level at_least 300 enterprise",
    "所称以上不含本数，占比5%以上": "",
    "5000万元（不含）以上": "level above 5000 CNY_10K",
    "2亿零50万元": "level reach 20050 CNY_10K",
    "人民币壹佰贰拾万元整": "level reach 120 CNY_10K",
    "四分之三的研发经费来自企业": "level reach 75 percent",
    "one-fourth of the total": "level reach 25 percent",
    "on the fourth of July": "",
}
# Energy per unit of output falls by so much in one year, or over a plan.
ENERGY = {
    "2024年，万元GDP能耗下降3.2%": "annual_growth reach -3.2 percent_per_year",
    "今年单位GDP能耗下降3%左右": "annual_growth about -3 percent_per_year",
    "energy consumption per unit of GDP fell 3.8 percent in 2023": "annual_growth reach -3.8 percent_per_year",
    "2025年单位GDP能耗下降13.5%": "",
    "2021-2024年单位GDP能耗下降13.5%": "",
    "到今年底，单位GDP能耗下降13.5%": "",
    "2024年单位GDP能耗比2020年下降11%": "",
    "万元GDP能耗下降3.2%": "",
    "2021年印发的规划提出，单位GDP能耗下降13.5%": "",
    "In 2023, energy consumption per unit of GDP fell 3.8 percent": "annual_growth reach -3.8 percent_per_year",
    "in 2024 compared with 2020, energy consumption per unit of GDP fell 11 percent": "",
}
# Denominators that no unit has: only a change of the ratio is certain.
UNNAMED_RATIOS = {
    "每10万人刑事案件数下降36.9%": "annual_growth reach -36.9 percent_per_year",
    "每千人口托位数翻两番": "multiple reach 4 multiple",
    "patents per million inhabitants rose 5 percent": "annual_growth reach 5 percent_per_year",
    "每千名老人床位数达到4.5个": "",
    "每百户家庭拥有汽车30辆": "",
}
# An amount without a noun of its own, behind a change of a ratio, is of the ratio.
OF_THE_RATIO = dict.fromkeys(["人均收入增长5%，达到3万元", "人均收入增长5%，已达3万元", "人均收入增长5%，首次突破3万元", "人均收入增长5%，今年增至3万元", "每千人口企业数增长5%，达到300家", "每万人发明专利拥有量增长5%、达到30件", "每万人发明专利拥有量增长5%（达到30件）", "每千人口企业数增长5%至300家", "per capita income rose 5 percent to 30,000 yuan", "per capita income rose 5 percent, and reached 30,000 yuan", "firms per 1,000 people rose 5 percent, reaching 300 firms"], "annual_growth reach 5 percent_per_year") | {
    "人均收入增长5%，投资300亿元": "annual_growth reach 5 percent_per_year; level reach 300 CNY_100M",
    "人均收入增长5%，投资达到300亿元": "annual_growth reach 5 percent_per_year; level reach 300 CNY_100M",
    "每千人口、每千名老人床位数分别增长5%、6%": "annual_growth reach 5 percent_per_year; annual_growth reach 6 percent_per_year",
}  # fmt: skip
# Growth behind its number; a span of one year; marks of footnotes.
GROWTH_BEHIND = {
    "营收保持20%以上增长": "annual_growth at_least 20 percent_per_year",
    "保持20%以上增长势头": "",
    "连续五年保持20%以上增长": "",
    "output grew by 17.4% from 2023 to 2024": "annual_growth reach 17.4 percent_per_year",
    "output grew by 17.4% from 2019 to 2024": "",
    "from 2023 to 2024, output grew by 5%": "annual_growth reach 5 percent_per_year",
    "2023-2024年增长5%": "",
    "a compound annual growth rate (CAGR) of 11.2%": "average_growth reach 11.2 percent_per_year",
    "主导产业［2］占比达到5%": "level reach 5 percent",
    "近[10]年增长5%": "",
    "新增[50]家企业": "",
    "at 2.8pc of GDP": "level reach 2.8 percent",
    "exports of 500pc": "",
    "发明专利权104.5万件": "level reach 1045000 patent",
    "21,463 SCI papers": "level reach 21463 item",
    "首期100亿元": "level reach 100 CNY_100M",
}
# What is not reached yet.
NOT_YET = {
    "R&D intensity had not yet reached 2 percent": "level below 2 percent",
    "R&D intensity did not quite reach 2 percent": "level below 2 percent",
    "it will not be allowed to drop below 3 percent": "level at_least 3 percent",
    "研发强度还没到2%": "level below 2 percent",
    "研发强度没能突破2%": "level at_most 2 percent",
    "R&D intensity is not likely to reach 2 percent": "",
    "研发强度离2%还有距离": "",
}
# Brackets that say whether the bound itself is meant.
INCLUDED = {
    "占比在5%以上（不含5%）": "level above 5 percent",
    "占比须在5%以上（含5%）": "level at_least 5 percent",
    "企业100人以下（不含本数）": "level below 100 person",
    "企业100人以下（含100人）": "level at_most 100 person",
    "占比在15%以上（不含5%）": "",
    "超过5%（含5%）": "",
    "不低于4%（含4%）": "level at_least 4 percent",
    "不超过4%（不含4%）": "level below 4 percent",
    "不低于4%（含5%）": "",
}
# Digits in one number: a full stop or marks in place of a point, blanks between thousands.
SPACED = {
    "增长三。五%": "",
    "投资三。五亿元": "",
    "增长3。五%": "",
    "增长三。5%": "",
    "居全国第三。一是增长5%": "rank reach 3 rank; annual_growth reach 5 percent_per_year",
    "1 .· 1亿元": "",
    "3 · . 1亿元": "",
    "2 500 000 people": "level reach 2500000 person",
    "2 500 000至3 000 000人": "level between 2500000~3000000 person",
    "12 500 people": "",
    "12 500 000.5 people": "",
    "in 2025 500 000 people": "",
    "3½ percent": "level reach 3.5 percent",
    "增长12½%以上": "annual_growth at_least 12.5 percent_per_year",
    "3½ million people": "level reach 3500000 person",
    "3½percent": "level reach 3.5 percent",
    "2 500 000people": "level reach 2500000 person",
    "up 3½x": "",
    "3½/4 of the firms": "",
    "1½k jobs": "level reach 1500 person",
    "5.5½%": "",
    "5½²%": "",
    "建成8个亿元村": "",
}
# Both percentages that "or" joins are read.
OR = {
    "增长5%或6%": "annual_growth reach 5 percent_per_year; annual_growth reach 6 percent_per_year",
    "a share of 4 percent or 5 percent": "level reach 4 percent; level reach 5 percent",
    "下降3个百分点或4个百分点": "increment reach -3 percentage_point; increment reach -4 percentage_point",
    "增长5%或企业600家": "",
    "5% or 6% growth": "",
    "5%和6%的增长": "",
    "grow by 5 percent and 6 percent a year": "",
    "5 percent or 6 percent lower than last year": "",
}
# What a change from one level leads to is its second number, or neither is read.
LED_TO = {
    "增速由5%提高到2025年的8%": "annual_growth reach 5 percent_per_year; annual_growth reach 8 percent_per_year",
    "由5%提高到研发强度8%": "",
}
# In a span of time, or of a share that is averaged.
DURING = {
    "unemployment of no more than 5.5 percent throughout the year": "level at_most 5.5 percent",
    "grow by 7 percent a year on average over the plan period": "average_growth reach 7 percent_per_year",
    "grow by 7 percent over the plan period": "",
    "the unemployment rate averaged 5.2 percent": "level reach 5.2 percent",
    "spending averaged 5.2 percent": "",
    "half of GDP": "level reach 50 percent",
    "half of last year's GDP": "",
}
# "With" and its nouns end before a verb.
PIPED = {
    "the share of households with piped gas has reached 60 percent": "level reach 60 percent",
    "enterprises with five patents are 300": "",
    "enterprises whose laboratories are 300": "",
    "enterprises with sales that are over 5 billion yuan": "",
}
# Two bounds of one figure: both ends are closed, or nothing is read.
TWO_BOUNDS = {
    "资助额度在50万元以上、100万元以下": "level between 50~100 CNY_10K",
    "占比5%以上8%以下": "level between 5~8 percent",
    "占比5%以上，8%以下（含8%）": "level between 5~8 percent",
    "at least 100 firms but no more than 200": "level between 100~200 enterprise",
    "more than 100 firms, but no more than 200": "",
    "at least 5 percent, up to 8 percent": "level between 5~8 percent",
    "占比90%以上、失业率5%以下": "level at_least 90 percent; level at_most 5 percent",
    "比重分别为5%以上、8%以下": "level at_least 5 percent; level at_most 8 percent",
} | dict.fromkeys(
    [
        "高于60%、低于80%", "占比5%以上，低于8%", "占比5%以上、8%以下（不含8%）", "at least 5% but less than 8%", "占比90%以上、5%以下",
    ],
    "",
)  # fmt: skip
# 累计 behind a noun is how many there are; alone, or of some years, it is a sum.
STOCKS = {
    "高新技术企业累计超过5000家": "level above 5000 enterprise",
    "到2025年，国家级平台累计达到120个": "level reach 120 item",
    "五年来，企业累计超过5000家": "cumulative above 5000 enterprise",
    "累计达到2089家": "cumulative reach 2089 enterprise",
    "累计培育企业500家": "cumulative reach 500 enterprise",
    "企业累计新增500家": "cumulative reach 500 enterprise",
}
CAPPED = {
    "The rate is capped at 20 percent": "level at_most 20 percent",
    "a share with a floor of 40 percent": "level at_least 40 percent",
    "exceeded a ceiling of 20 percent": "",
    "a share with a ceiling of 20 percent": "level at_most 20 percent",
    "an increase of 1,340 firms": "increment reach 1340 enterprise",
    "a 1.3-percentage-point drop": "increment reach -1.3 percentage_point",
    "每10万人口中大学文化程度人数占15%": "level reach 15 percent",
    "占比仅3%": "level reach 3 percent",
}
# A change of a change is no level.
CHANGED_CHANGE = {
    "出口增速放缓到3%": "annual_growth reach 3 percent_per_year",
    "出口降幅收窄至3.2%": "annual_growth reach -3.2 percent_per_year",
    "出口增长放缓到3%": "",
    "出口下降收窄到3%": "",
    "出口增长由5%提高到8%": "",
    "exports grew from 2 percent to 3 percent of GDP": "level reach 2 percent; level reach 3 percent",
    "the drop in exports narrowed to 3.2 percent": "",
    "the rise in exports slowed to 3.2 percent": "",
    "Growth in R&D spending slowed to 7.6 percent": "annual_growth reach 7.6 percent_per_year",
    "Growth in exports continued as inflation eased to 5 percent": "",
    "Growth in exports fell as inflation eased to 5 percent": "",
    "the share of exports rose to 3.2 percent": "level reach 3.2 percent",
}
# Two whole counts, of which one is meant, are a range; two percentages are not.
ONE_OF_TWO = {
    "two or three national laboratories": "level between 2~3 item",
    "拟新建省实验室2个或3个": "increment between 2~3 item",
    "either 12 or 13 laboratories": "level between 12~13 item",
    "two or three percent": "",
    "5 or 7 laboratories": "",
    "two or three years": "",
}
# What a figure is compared with is another one.
AGAINST_OTHERS = {
    "R&D intensity was 3.2 percent, versus 2.93 percent in 2020": "level reach 3.2 percent",
    "spends 3.2 percent of its GDP on R&D, compared with 2.93 percent in 2020": "level reach 3.2 percent",
    "versus 2.93 percent in 2020": "",
    "3 percent, versus 2.5 percent and 2 percent": "level reach 3 percent",
    "2 in 2000 firms": "",
    "exports are 1.5 times the OECD average": "",
    "exports are two and a half times the 2015 level": "multiple reach 2.5 multiple",
    "half of one percent": "",
}
BELOW_ZERO = {
    "增长-2%到3%": "annual_growth between -2~3 percent_per_year",
    "growth ranged from -2 to 3 percent": "annual_growth between -2~3 percent_per_year",
    "增长-3%至-2%": "",
    "rose 3 billion yuan to 5 billion yuan": "",
    "rose 3 to 5 billion yuan": "increment between 3~5 CNY_1B",
    "at least two or three firms": "",
    "a 25-basis-point cut": "increment reach -0.25 percentage_point",
    "the rate hit a ceiling of 20 percent": "",
    "raised a ceiling of 20 percent": "",
}
LARGE_ONES = {
    "8000万元至1亿元": "level between 0.8~1 CNY_100M",
    "between 800 million yuan and 1 billion yuan": "level between 0.8~1 CNY_1B",
    "8亿元至1000万元": "",
    "filed twice as many patents as in 2015": "multiple reach 2 multiple",
    "twice as many patents as Shanghai": "",
    "twice as many": "",
    "引进亿元以上项目793个": "level reach 793 item",
    "经济总量首次跨过万亿元门槛": "level above 1 CNY_1T",
    "门槛为5亿元": "",
    "from $5 billion to $6 billion": "",
    "from $5 to $6 billion": "",
    "Researchers per thousand employed: 8.7": "level reach 8.7 person / 1000 / employed_person",
    "Researchers: 8.7": "",
    "Fewer than 1 in 10 firms exports": "level below 10 percent",
    "研发人员流失率降至3.1%": "level reach 3.1 percent",
    "对新认定的平台给予最高500万元奖励": "level at_most 500 CNY_10K",
    "R&D intensity ranged from 2.1 to 2.4 percent": "level between 2.1~2.4 percent",
    "up 0.4 of a percentage point": "increment reach 0.4 percentage_point",
}
# A mark between a verb of change and its number: the number may be the change.
LEFT_OPEN = {
    "出口增长，约6%": "",
    "出口增长，将达到6%": "",
    "出口下降；不超过6%": "",
    "出口下降、控制在6%以内": "",
    "出口增长。2024年约6%": "",
    "出口增长，今年约6%": "",
    "出口增长，上半年约6%": "",
    "企业增加，2025年达到600家": "level reach 600 enterprise",
    "企业增加，超过600家": "",
    "exports grew; about 6 percent": "",
    "exports fell, from 6 percent": "",
    "企业增加，达到600家": "level reach 600 enterprise",
    "经费增长，占比约6%": "level about 6 percent",
}
# Tenths are per cent: 八成 is read where 80% is. A share of what is new is not new itself.
TENTHS = {
    "超过六成（含六成）": "",
    "占比在六成以上，不含六成": "",
    "增长三。六成": "",
    "近六成": "level about 60 percent",
    "预计六成": "level reach 60 percent",
    "超过六成、七成": "level above 60 percent; level above 70 percent",
    "实现六成增速": "annual_growth reach 60 percent_per_year",
    "增长三成或四成": "annual_growth reach 30 percent_per_year; annual_growth reach 40 percent_per_year",
    "不低于营业收入的六成": "level at_least 60 percent",
    "新增财力用于民生的比例不低于六成": "level at_least 60 percent",
    "新增财力用于民生的比例达到60%以上": "level at_least 60 percent",
    "新增财力的比例增长60%": "",
    "新增的比例不低于60%": "",
    "新增比例不低于60%": "",
    "新增企业增长的比例不低于60%": "",
    "一成不变": "",
    "无一成功": "",
    "第四成都企业": "",
    "四成都会区": "",
}
# Words for a sum that is spent are adjectives before what is counted.
BEFORE_COUNTS = {
    "eleven draft local laws": "level reach 11 item",
    "11 draft local laws": "level reach 11 item",
    "The province built three national laboratories.": "level reach 3 item",
    "two public universities and 11 public hospitals": "level reach 2 item; level reach 11 item",
    "300 sales people": "level reach 300 person",
    "$5 billion investment projects": "level reach 5000000000 USD",
    "5 billion investment projects": "",
    "eleven draft local widgets": "",
    "11 government departments": "",
    "11 local yuan": "",
    "one key project": "",
}
# Marks of Markdown and of cells are around a whole figure, or it is refused.
DRESSED = {
    "占比**达到2.6%**": "level reach 2.6 percent",
    "**占比**达到2.6%": "level reach 2.6 percent",
    "***增长2.6%以上***": "annual_growth at_least 2.6 percent_per_year",
    "__2.6%__": "level reach 2.6 percent",
    "R&D intensity will *exceed 2.6%* by 2025": "level above 2.6 percent",
    "- **不低于2.6%**，_2600家_企业": "level at_least 2.6 percent; level reach 2600 enterprise",
    "| R&D intensity | 2.6% |\n": "level reach 2.6 percent",
    "研发投入强度\t超过2.6%": "level above 2.6 percent",
    "成交额（亿元）\t26": "level reach 26 CNY_100M",
    "| R&D spending (100 million yuan) | 2,006 |": "level reach 2006 CNY_100M",
    "| exports (%) | 2.6 |": "",
    "| R&D | 2.6% |": "",
    "| indicator | growth |\n|---|---|\n| R&D intensity | 2.6% |": "",
    "| 指标 | 新增 |\n|---|---|\n| 企业 | 2600家 |": "",
    "增长**2.6%**以上": "",
    "增长**2.6%以上**": "",
    "不**低于2.6%**": "",
    "**2**.6%": "",
    "达到2.**6%**": "",
    "**2.6**%": "",
    "**2**亿元": "",
    "**2%**至**6%**": "",
    "增长**2%**和**6%**": "",
    "*2*6*5%": "",
    "without_ exceeding 26 billion yuan": "",
    "growth_ of minus 2.6 percent": "",
    "2.6%*": "",
    "2.6\t%": "",
    "增长|2.6%": "",
    "| 2 | 亿元 |": "",
}
# A goal that is changed: both numbers have the form of the goal.
CHANGED_GOALS = {
    "研发投入强度目标由2.6%上调为2.9%": "level reach 2.6 percent; level reach 2.9 percent",
    "经济增长目标由6%左右调整为5.9%左右": "annual_growth about 6 percent_per_year; annual_growth about 5.9 percent_per_year",
    "增长目标由6%下调至5.9%以上": "annual_growth reach 6 percent_per_year; annual_growth at_least 5.9 percent_per_year",
    "经济增长预期目标调整为6%": "annual_growth reach 6 percent_per_year",
    "上调经济增长目标至6%": "annual_growth reach 6 percent_per_year",
    "年均增长目标由6%调整到7%": "average_growth reach 6 percent_per_year; average_growth reach 7 percent_per_year",
    "占比上调0.6个百分点": "increment reach 0.6 percentage_point",
    "增速由6%提高0.6个百分点至6.6%": "annual_growth reach 6 percent_per_year; increment reach 0.6 percentage_point; annual_growth reach 6.6 percent_per_year",
    "补助标准由600万元上调为900万元": "level reach 600 CNY_10K; level reach 900 CNY_10K",
    "增长目标上调0.6个百分点至6.6%": "increment reach 0.6 percentage_point; annual_growth reach 6.6 percent_per_year",
    "增长目标提高6%": "",
    "经济增长6%的目标调整为5.9%": "annual_growth reach 6 percent_per_year",
    "占比6%的目标调整为9%": "level reach 6 percent; level reach 9 percent",
    "增速比上年目标低0.6个百分点": "",
    "经济增长目标完成96%": "",
    "增长预测由6%下调至5.9%": "",
    "实现增长目标的96%": "",
    "完成增长目标由96%提高到99%": "",
    "下降目标由6%调整为5%": "",
    "城镇新增就业由6万人提高到9万人": "",
}
# What is built costs something: its cost is not added. What is new has people and sales.
OF_NEW_ONES = {
    "新建中试基地投资规模为12亿到16亿元": "",
    "新建产业园总投资达16亿元": "",
    "新开工轨道交通投资16亿元": "",
    "新增企业营业收入达16亿元": "",
    "新增企业员工达600人": "",
    "added projects totaling 6 billion yuan": "",
    "新增小微企业贷款1600亿元": "increment reach 1600 CNY_100M",
    "新增贷款达1600亿元": "increment reach 1600 CNY_100M",
    "新增企业达16家": "increment reach 16 enterprise",
    "新增就业人数达16万人": "increment reach 160000 person",
}
# A comparator makes no share of a percentage: as 工资7%.
NO_SHARE_BOUNDED = {
    "工资约6%": "",
    "工资约为6%": "",
    "工资已超过6%": "",
    "工资不低于6%且不高于7%": "",
    "wages exceeded 6 percent": "",
    "工资占比约6%": "level about 6 percent",
    "分别超过6%": "level above 6 percent",
    "覆盖面超过96%": "level above 96 percent",
}
KINDS |= CHANGED_GOALS | OF_NEW_ONES | NO_SHARE_BOUNDED
# A multiple of what there was before, and of the end of a plan.
OF_AN_END = {
    "企业数量是“十三五”末的2.6倍": "multiple reach 2.6 multiple",
    "研发经费为十三五期末的2.6倍": "multiple reach 2.6 multiple",
    "研发经费是“十三五”末全国的2.6倍": "",
    "研发经费超过“十三五”末的2.6倍": "",
    "R&D spending exceeded 600 billion yuan, 2.6 times the figure five years earlier": "level above 600 CNY_1B; multiple reach 2.6 multiple",
    "R&D spending rose by 600 billion yuan, 2.6 times the figure in 2020": "increment reach 600 CNY_1B",
    "R&D spending exceeded 600 billion yuan, 2.6 times that of Beijing": "level above 600 CNY_1B",
}
# A number behind "up from" has the unit of the level before it.
UP_FROM = {
    "12 invention patents for every 10,000 people, up from 6.2 in 2020": "level reach 12 patent_per_10k_population; level reach 6.2 patent_per_10k_population",
    "The number of firms exceeded 6,200, up from 2,600 a year earlier.": "level above 6200 enterprise; level reach 2600 enterprise",
    "6,200 high-tech firms in 2025, down from 9,200 in 2020": "level reach 6200 enterprise; level reach 9200 enterprise",
    "R&D spending of 6.2 billion yuan, up from 2.6 billion in 2020": "level reach 6.2 CNY_1B; level reach 2.6 CNY_1B",
    "R&D spending of 6.2 billion yuan, up from 2.6 in 2020": "level reach 6.2 CNY_1B",
    "added 620 firms, up from 260 in 2020": "increment reach 620 enterprise",
    "exports grew 6.2 percent, up from 2.6 in 2020": "annual_growth reach 6.2 percent_per_year",
    "6,200 firms in Hunan, up from 2,600 in 2020": "level reach 6200 enterprise",
    "6,200 firms, up from 2,600 in Hunan": "level reach 6200 enterprise",
    "6,200 firms, up from 26 zork": "level reach 6200 enterprise",
}
# A change of a ratio in its own unit, directly compared with another time.
OF_THE_SAME_RATIO = {
    "每万人口高价值发明专利拥有量26.6件，比2020年增加12.6件": "level reach 26.6 patent_per_10k_population; increment reach 12.6 patent_per_10k_population",
    "每万人口发明专利拥有量达26.6件，同比提高2.6件": "level reach 26.6 patent_per_10k_population; increment reach 2.6 patent_per_10k_population",
    "每万人口发明专利拥有量达26.6件，比上年减少2.6件": "level reach 26.6 patent_per_10k_population; increment reach -2.6 patent_per_10k_population",
    "每万人口发明专利拥有量达26.6件，增加2.6件": "level reach 26.6 patent_per_10k_population",
    "每万人口发明专利拥有量达26.6件，比上年新增2.6件": "level reach 26.6 patent_per_10k_population",
    "人均可支配收入26000元，比上年增加2600元": "level reach 26000 CNY_per_inhabitant",
    "人均可支配收入2.6万元，比上年增加2600家": "level reach 2.6 CNY_10K / inhabitant",
    "每万人口发明专利拥有量达26.6件，比全国高2.6件": "level reach 26.6 patent_per_10k_population",
    "每万人口发明专利拥有量达26.6件，比目标高2.6件": "level reach 26.6 patent_per_10k_population",
}
STATED_IN_NEWS = {
    "account for no less than 6 percent of total R&D outlays by 2030": "level at_least 6 percent",
    "China ranked 10th for innovation capacity": "rank reach 10 rank",
    "China came 10th for innovation capacity": "",
    "at least 2,600 postdoctoral fellows": "level at_least 2600 person",
    "企业最高可获600万元奖励": "level at_most 600 CNY_10K",
    "单个项目最高补助600万元": "level at_most 600 CNY_10K",
    "最高达600万元": "",
}
# An item behind a refused number; a share of a noun behind growth; money for a purpose.
BEHIND_REFUSED = {
    "面积达260万亩、产值达260亿元": "level reach 260 CNY_100M",
    "经济总量连跨两个万亿元台阶、超过6万亿元": "level above 6 CNY_1T",
    "面积下降260万亩、产值达260亿元": "",
    "面积达260万亩、产值260亿元": "",
    "面积新增260万亩、产值达260亿元": "",
    "新增学位6万个，60%的学生就读普通高中": "increment reach 60000 item; level reach 60 percent",
    "收入增长6%，26%的企业盈利": "annual_growth reach 6 percent_per_year; level reach 26 percent",
    "收入增长6%，26%的增速": "annual_growth reach 6 percent_per_year; annual_growth reach 26 percent_per_year",
    "收入增长6%，26%左右": "annual_growth reach 6 percent_per_year",
    "累计投入6亿元用于科技": "cumulative reach 6 CNY_100M",
    "增长6%用于科技": "",
    "设定26个主要指标": "",
    "26个主要指标": "level reach 26 item",
    "办结行政复议案件2600件": "level reach 2600 item",
    "做优做强6个国家级集群": "level reach 6 item",
    "做优做强6%": "",
}
# An amount of several years is the sum if 累计 says so; no form is the sum of a part of a year.
SUMS = {
    "三年累计投入300亿元": "cumulative reach 300 CNY_100M",
    "2025年投入300亿元": "level reach 300 CNY_100M",
    "全年投入300亿元": "level reach 300 CNY_100M",
    "三年投入增长5亿元": "increment reach 5 CNY_100M",
    "三年投入300亿元": "",
    "近三年投入资金超过300亿元": "",
    "“十四五”期间，投入300亿元": "",
    "2021—2025年共拨付5亿元": "",
    "invested 300 billion yuan over three years": "",
    "invested 300 billion yuan from 2021 to 2025": "",
    "三年投入增长5%": "",
    "连续三年投入超过300亿元": "",
    "三年研发投入300亿元": "",
    "一季度投入30亿元": "",
    "前三季度完成投资30亿元": "",
    "1—8月，研发经费30亿元": "",
    "上半年累计投入30亿元": "",
    "spent 30 billion yuan in the first quarter": "",
    "上半年投入30亿元，全年投入60亿元": "level reach 60 CNY_100M",
    "3月末贷款余额30亿元": "level reach 30 CNY_100M",
}
# Both ends of a range have their currency.
PREFIXED = {
    "between $40 billion and $45 billion": "level between 40000000000~45000000000 USD",
    "$40 billion-$45 billion": "level between 40000000000~45000000000 USD",
    "RMB 40 billion to RMB 45 billion": "level between 40~45 CNY_1B",
    "¥40亿至¥45亿": "level between 40~45 CNY_100M",
    "between $40 and $45": "level between 40~45 USD",
    "between $40 billion and ¥45 billion": "",
    "from $40 billion to $45 billion": "",
    "rose from $40 billion to $45 billion": "level reach 40000000000 USD; level reach 45000000000 USD",
}
# What an amount rises by, and to: no range.
BY_AND_TO = {
    "rose by 2,150 to 16,400": "",
    "the number of firms rose by 2,150 to 16,400": "",
    "fell by about 20 to 30 people": "",
    "rose by $2 billion to $16 billion": "",
    "rose by 5 to 7 percent": "annual_growth between 5~7 percent_per_year",
    "由“十三五”末的6100家增加到1.45万家": "level reach 6100 enterprise; level reach 14500 enterprise",
    "强度从“十三五”末的2.1%提高到2.5%": "level reach 2.1 percent; level reach 2.5 percent",
    "“十三五”末的6100家": "",
}
# A sign before a percentage makes it growth, unless a word says that it is a level; pct may be points.
SIGNS = {
    "+8.3%": "annual_growth reach 8.3 percent_per_year",
    "-8.3%": "annual_growth reach -8.3 percent_per_year",
    "exports: -8.3%": "annual_growth reach -8.3 percent_per_year",
    "exports: +8.3%": "annual_growth reach 8.3 percent_per_year",
    "负8.3%": "level reach -8.3 percent",
    "reach -8.3%": "level reach -8.3 percent",
    "赤字率 -8.3%": "",
    "赤字率 +8.3%": "",
    "-2% to 3%": "level between -2~3 percent",
    "0.5pct": "",
    "0.5 pct": "",
    "提高0.5pct": "",
    "rose 3 pp": "increment reach 3 percentage_point",
    "3 ppt": "increment reach 3 percentage_point",
}
# Verbs and nouns that are often directly before a number, and lists with "and".
BEFORE_A_NUMBER = {
    "制定、修改、废止省政府规章8件": "level reach 8 item",
    "废止省政府规章8件": "",
    "提出18条具体举措": "level reach 18 item",
    "五大类23个主要指标": "level reach 23 item",
    "复制推广改革试点经验267项": "level reach 267 item",
    "新发现文物1.3万处": "increment reach 13000 item",
    "再建500座农牧区便民桥": "increment reach 500 item",
    "经济总量超千亿元的县域达12个": "level reach 12 item",
    "产品远销54个国家和地区": "level reach 54 item",
    "发放社保待遇525.9亿元": "level reach 525.9 CNY_100M",
    "基础养老金最低标准调增11.8%": "annual_growth reach 11.8 percent_per_year",
    "新增科技型企业195家、创新型和专精特新企业102家": (
        "increment reach 195 enterprise; increment reach 102 enterprise"
    ),
    "新设企业10万家，综试区扩容至7个": "increment reach 100000 enterprise; level reach 7 item",
    "新设企业10万家，商店和医院7个": "increment reach 100000 enterprise",
}
KINDS |= SUMS | PREFIXED | BY_AND_TO | SIGNS | BEFORE_A_NUMBER
KINDS |= OF_AN_END | UP_FROM | BEHIND_REFUSED | OF_THE_SAME_RATIO | STATED_IN_NEWS
KINDS |= LEFT_OPEN | TENTHS | BEFORE_COUNTS | DRESSED
KINDS |= CHANGED_CHANGE | ONE_OF_TWO | AGAINST_OTHERS | LARGE_ONES | BELOW_ZERO
KINDS |= NOT_YET | INCLUDED | TWO_BOUNDS | STOCKS | CAPPED
KINDS |= (
    ABBREVIATED | PART_OF_ONE | CLOSED | ONE_IN_FIVE | UNNAMED_RATIOS | GROWTH_BEHIND | OF_THE_RATIO
)
KINDS |= (
    OTHER_SIZES | RULES | QUOTED | FRACTIONS | HYPHENATED | ENERGY | NOT_SO | OF_A_TIME | LISTED
)
KINDS |= CONTRIBUTED | ESTIMATED | CHANGE_OR_RANGE | DOUBLED_ANOTHER | CHANGED_RATIO
KINDS |= TIED | WHO_IS_MEANT | AROUND | EITHER | PURPOSES
KINDS |= MOVED | HEADINGS | NO_FIGURES | ATTACHED | STATED_OTHERWISE | SUPERLATIVES
KINDS |= OVER_A_PLAN | GOALS | TYPED | PIECES
KINDS |= SPACED | OR | LED_TO | DURING | PIPED
KINDS |= NO_SHARE | IN_A_SUM | AMONG | UNTIL | COUNTED_BEFORE


def shown(figure: Figure) -> str:
    high = "" if figure.value_high is None else f"~{plain(figure.value_high)}"
    return f"{figure.form} {figure.comparator} {plain(figure.value)}{high} {figure.unit}"


def readings(text: str) -> list[Figure]:
    """Return all that a text is read as, in three modes."""
    result = [reading.figure for reading in find_figures(text)]
    for strict in (True, False):
        try:
            result.append(read_figure(text, strict=strict))
        except FigureError:
            continue
    return result


@pytest.mark.parametrize("text", KINDS)
def test_a_kind_is_read_rightly_or_not_at_all(text: str) -> None:
    expected = KINDS[text].split("; ") if KINDS[text] else []
    assert [shown(reading.figure) for reading in find_figures(text)] == expected
    assert {shown(figure) for figure in readings(text)} == set(expected)
    if len(list(find_figures(text, refused=True))) == 1 == len(expected):
        assert shown(read_figure(text, strict=False)) == expected[0]


@pytest.mark.parametrize(
    "text",
    [
        *("贷款1200亿日元", "人均预期寿命达81.2岁", "two thirds 5", "超过15.6%（含）"),
        *("三四百亿元", "二三十家", "十七八家"),
        *("近半企业", "保持两位数增长", "成倍增长", "翻几番", "减少一半"),
        *("印发《关于深化科技体制改革的三十条意见》", "出台《培育100家企业行动方案》"),
    ],
)
def test_a_number_that_is_no_figure_is_listed(text: str) -> None:
    (refused,) = find_figures(text, refused=True)
    assert isinstance(refused, RefusedNumber)


@pytest.mark.parametrize("text", ["up 0.3 to 5.0-5.5%", "5%-8%-10%"])
def test_three_numbers_are_no_range(text: str) -> None:
    found = list(find_figures(text, refused=True))
    assert len(found) == 3
    assert all(isinstance(each, RefusedNumber) for each in found)


@pytest.mark.parametrize("heading", ["二、下年安排。\n", "（三）扩大开放。", "2. ", "今年，"])
def test_several_years_end_with_their_section(heading: str) -> None:
    text = f"六年来，成效明显。\n治安良好。\n案件下降20%。\n{heading}收入增长5%。"
    assert [reading.text for reading in find_figures(text)] == ["增长5%"]


@pytest.mark.parametrize("text", UNSURE_GOALS)
def test_a_goal_without_a_form_is_refused(text: str) -> None:
    first, second = find_figures(text, refused=True)
    assert isinstance(first, Reading)
    assert isinstance(second, RefusedNumber)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("完成目标的87%", "expected a figure, not the share of a target that is fulfilled"),
        ("if exports grow 9 percent", "expected a statement without “if”"),
        ("the share will exceed 6%, perhaps?", "expected a statement without “?”"),
        ("上半年出口增长9%", "expected a figure of a year, not of a part of it"),
        ("时限压缩55%", "expected the figure that is cut, or growth of an indicator"),
        ("企业、学校分别新增9家", "expected a number for each noun"),
        *(
            (text, "expected an amount that is not per year, since no form is an amount a year")
            for text in ("每年新增就业三十万人以上", "年均新增30万人", "30,000 new jobs a year")
        ),
    ],
)
def test_the_reason_is_said(text: str, reason: str) -> None:
    assert [item.reason for item in find_figures(text, refused=True)] == [reason]


def test_a_refused_number_is_listed_with_its_place_and_the_reason() -> None:
    text = "研发经费增长5%，产量3.5万吨，  占比不得低于  3%。2025年"
    found = list(find_figures(text, refused=True))
    assert [type(item) for item in found] == [Reading, RefusedNumber, Reading]
    assert all(text[item.start : item.end] == item.text for item in found)
    assert found[1] == RefusedNumber(11, 15, "3.5万", "expected a known word behind the number")


# ------------------------------------------------------------------ unknown words

# Words, characters, signs and units that the reader does not know.
UNKNOWN = [
    "某", " zork ", "吨", "€", "欧元", "/吨", "×", "²", '"', "“", "#", "*", "…", "级", "股", "°", "里",
    " GW ", " euros ", " tonnes ", "平方米", "\\", "@", "|", "_", " = ", "^", "⅔", "℃", "港元", "岛",
]  # fmt: skip
STATED = sorted(
    {
        record.citation.as_stated
        for record in chain(ip.load(tiers="ABCD").targets, ip.load(tiers="ABCD").observations)
        if record.citation.as_stated
    }
)
READ = [text for text, expected in KINDS.items() if expected and "; " not in expected]


def ends(figure: Figure) -> list[str]:
    """Return the two bounds of a range: each is true by itself, if no word joins them."""
    low, high, unit = plain(figure.value), figure.value_high, figure.unit
    if high is None:
        return []
    return [f"{figure.form} at_least {low} {unit}", f"{figure.form} at_most {plain(high)} {unit}"]


def changed_by(words: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Return the texts with a word at one joint that are read as something else, not as nothing."""
    changed = []
    for text in texts:
        same = {shown(figure) for figure in readings(text)}
        clean, _ = spelled(text, 500)
        if len(same) != 1:
            continue
        bounds = {end for figure in readings(text) for end in ends(figure)}
        joints = {place for token in scan(clean)[:-3] for place in token[2:]} | {0, len(clean)}
        for place, word in product(sorted(joints), words):
            other = clean[:place] + word + clean[place:]
            if not {shown(figure) for figure in readings(other)} <= same | bounds:
                changed.append(other)
    return changed


def test_an_unknown_word_changes_no_reading() -> None:
    """At each joint of each text, with one word of each kind: the same reading, or none."""
    assert changed_by(["某", " zork ", "欧元", "²"], READ) == []


@pytest.mark.heavy
@pytest.mark.parametrize("word", UNKNOWN)
def test_no_unknown_word_changes_a_reading(word: str) -> None:
    assert changed_by([word], [*STATED, *READ]) == []


# ------------------------------------------------------------------ every number

NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
# Years, dates and other times, and numbered headings; not 5G or PM2.5.
TIME = re.compile(
    r"(?:19|20)[0-9]{2}(?![0-9])(?:[-/~—–][0-9]{2}(?![0-9]))?|[0-9]+[-~—–至到 ]*(?:to )?[0-9]*[ -]?"
    r"(?:年|个?月|日|岁|周|小时|个?季度|years?|months?|days?|weeks?|hours?)"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december) [0-9]+",
    re.IGNORECASE,
)
BARE = [
    "12 widgets", "R&D will reach 3.5% of GDP by 2025 and 12 widgets", "第3个实验室", "the top 3 priorities", "in March 300 widgets",
    "in 2024 to 5", "共12、13", "12", "3.5", "3/4", "RMB 255 billion到2025年0.7%", "RMB 255到2025年", "between 5 and", "5 of", "第5", "5,6", "1_000", "增长5", "12。34",
    "新增企业50家、总数500家（万分之五",
]  # fmt: skip


def unlisted(text: str) -> list[str]:
    """Return the numbers of a text that are no times, and neither read nor listed."""
    clean, places = spelled(text, 2000)
    assert places is None
    skipped = [match.span() for match in TIME.finditer(clean)]
    skipped += [match.span() for match in re.finditer(r"(?m)^ ?[(（]?[0-9]{1,2}[.、)）]", clean)]
    skipped += [
        token[2:] for token in scan(clean)[:-3] if token[0] not in ("number", "broken", "nth")
    ]
    spans = [(item.start, item.end) for item in find_figures(text, refused=True)] + skipped
    runs = [match.span() for match in NUMBER.finditer(clean)]
    return [clean[a:b] for a, b in runs if not any(low < b and a < high for low, high in spans)]


@pytest.mark.parametrize("text", BARE)
def test_a_bare_number_is_listed(text: str) -> None:
    assert unlisted(text) == []


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from([*STATED, *KINDS, *UNSURE_GOALS, *BARE]), min_size=1, max_size=3),
    st.sampled_from(
        ["，", "、", " and ", "和", "（", "到2025年", " by 2025 and ", "; ", "共", " "]
    ),
)
def test_every_number_is_read_or_listed(texts: list[str], joint: str) -> None:
    text = re.sub("[ \n]+", " ", joint.join(texts))
    assert unlisted(text) == [], text


def in_tenths(text: str) -> tuple[str, str]:
    """Return a text with other percentages, and the same in tenths: 80% and 八成."""
    tens = iter("897654321" * 9)
    percent = re.sub(r"(?<![-0-9.])[0-9]+(?:\.[0-9]+)?%", lambda _: f"{next(tens)}0%", text)
    return percent, re.sub(
        "([1-9])0%", lambda match: f"{'一二三四五六七八九'[int(match[1]) - 1]}成", percent
    )


def test_tenths_are_read_as_per_cent() -> None:
    texts = {
        in_tenths(text) for text in (*KINDS, *STATED) if re.search("[一-龥].*%|%.*[一-龥]", text)
    }
    differing = [
        (percent, tenths)
        for percent, tenths in texts
        if "-" not in percent and readings(percent) != readings(tenths)
    ]
    assert len(texts) > 300
    # a goal in tenths may be growth, or a share
    assert [percent for percent, _ in differing if "力争达到" not in percent] == []


@pytest.mark.parametrize("text", ["万元GDP能耗下降9.5%", "单位GDP用水量下降9.5%"])
def test_a_fall_per_unit_of_gdp_has_the_form_of_the_caller(text: str) -> None:
    """Over a plan or over a year: the unit is another, so none is guessed."""
    with pytest.raises(FigureError, match="average or cumulative, or a form from the caller"):
        read_figure(text, strict=False)
    for form, expected in (
        ("cumulative", "cumulative reach -9.5 percent"),
        ("annual_growth", "annual_growth reach -9.5 percent_per_year"),
        ("average_growth", "average_growth reach -9.5 percent_per_year"),
    ):
        assert shown(read_figure(text, strict=False, form=form)) == expected
        (reading,) = find_figures(text, form=form)
        assert shown(reading.figure) == expected


@pytest.mark.parametrize("text", ["财政支出八成以上用于民生", "增长，约四分之一"])
def test_a_refused_share_in_words_is_listed(text: str) -> None:
    (refused,) = find_figures(text, refused=True)
    assert isinstance(refused, RefusedNumber)


def test_marks_around_words_change_no_reading() -> None:
    """Around the whole text: the same reading; around a part of it: the same, or none."""
    for text in READ:
        same = {shown(figure) for figure in readings(text)}
        if not set("\n*_。") & set(text):
            for mark in ("*", "**", "***", "_", "__"):
                assert {shown(figure) for figure in readings(f"{mark}{text}{mark}")} == same, text
        bounds = {bound for figure in readings(text) for bound in ends(figure)}
        tokens = scan(spelled(text, 500)[0])[:-3]
        for start, end in combinations(sorted({at for token in tokens for at in token[2:]}), 2):
            dressed = f"{text[:start]}**{text[start:end]}**{text[end:]}"
            assert {shown(figure) for figure in readings(dressed)} <= same | bounds, dressed


def test_a_share_in_two_numbers_has_a_comparator() -> None:
    (reading,) = ip.find_figures("Nearly nine in ten firms export")
    assert (reading.text, shown(reading.figure)) == ("Nearly nine in ten", "level about 90 percent")


def test_papers_are_no_patents() -> None:
    assert ip.read_figure("论文1.2万篇", unit="item", strict=False).value == 12000
    with pytest.raises(FigureError, match="expected a figure in patent, not in item"):
        ip.read_figure("论文1.2万篇", unit="patent", strict=False)


def test_a_count_behind_an_amount_has_the_unit_of_the_caller() -> None:
    text = "实施5亿元以上技改项目12项"
    assert shown(read_figure(text, "item", strict=False)) == "level reach 12 item"


def test_a_myriad_of_patents_is_no_number_per_10000_people() -> None:
    unit = "patent_per_10k_population"
    assert shown(read_figure("专利12件", unit, strict=False)) == f"level reach 12 {unit}"
    with pytest.raises(FigureError, match="not in patent"):
        read_figure("专利12万件", unit, strict=False)


def test_a_number_is_no_rank_if_the_unit_is_another() -> None:
    assert ip.read_figure("No. 3").unit == "rank"
    with pytest.raises(FigureError, match="expected a word for a ranking"):
        ip.read_figure("No. 3", unit="CNY")


def test_a_page_is_no_number_of_items() -> None:
    with pytest.raises(FigureError, match="expected a known word before the number"):
        ip.read_figure("see pp. 112-118 of the yearbook", unit="item", strict=False)


def test_a_bare_number_is_a_multiple_if_unit_and_form_are_given() -> None:
    asked = {"unit": "multiple", "form": "multiple"}
    assert ip.read_figure("5", strict=False, **asked).value == 5


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("≥65", "percent", "level at_least 65 percent"),
        ("3.5万", "enterprise", "level reach 35000 enterprise"),
        ("Scientific papers published: 612,300", "item", "level reach 612300 item"),
    ],
)
def test_a_number_alone_has_the_unit_of_the_caller(text: str, unit: str, expected: str) -> None:
    assert shown(read_figure(text, unit, strict=False)) == expected
    (reading,) = find_figures(text, unit, refused=True)
    assert isinstance(reading, Reading)
    assert shown(reading.figure) == expected
    assert not list(find_figures(text))


# A sum that a bracket repeats in another currency is no second figure.
CONVERTED = {
    "到账资金8000万元（约合1100万美元）": "level reach 8000 CNY_10K",
    "about 100 billion yuan ($14 billion)": "level about 100 CNY_1B",
    "投资超过5亿元（约7000万美元）的企业3家": "",
    "投资5亿元（7000万美元）以上": "",
    "100 billion yuan ($14 billion) a year": "",
    "投资5亿元（其中外资1000万美元）": "level reach 5 CNY_100M; level reach 10000000 USD",
}


@pytest.mark.parametrize("text", CONVERTED)
def test_a_converted_sum_is_no_second_figure(text: str) -> None:
    expected = CONVERTED[text].split("; ") if CONVERTED[text] else []
    assert [shown(reading.figure) for reading in find_figures(text)] == expected
    assert {shown(figure) for figure in readings(text)} == set(expected)


# Energy use and emissions fall over a plan, unless a year is next to the growth.
CLEANER = (
    "二氧化碳排放下降3%",
    "二氧化碳排放量下降3%",
    "能源消耗下降3%",
    "能源消费总量下降3%",
    "煤炭消费量下降3%",
    "主要污染物排放下降3%",
    "emissions fell by 3%",
    "CO2 emissions fell by 3%",
    "carbon emissions fell by 3%",
    "energy use fell by 3%",
    "energy consumption fell by 3%",
)


@pytest.mark.parametrize("text", CLEANER)
def test_energy_and_emissions_fall_over_a_plan(text: str) -> None:
    assert not list(find_figures(text))
    latin = text.isascii()
    same_year = (
        (f"In 2024, {text}", f"{text} in 2024", f"{text} year on year")
        if latin
        else (f"2024年{text}", f"上年{text}", text.replace("下降", "比上年下降"))
    )
    for stated in same_year:
        (reading,) = find_figures(stated)
        assert shown(reading.figure) == "annual_growth reach -3 percent_per_year", stated


@pytest.mark.parametrize(
    "text",
    [
        "a tenfold increase",
        "the aim is twofold",
        "fell tenfold",
        "grew ten-fold",
        "投票过半",
        "双倍",
        "全国倒数第三",
        "cut red tape by half",
    ],
)
def test_a_number_in_a_word_is_refused(text: str) -> None:
    (refused,) = find_figures(text, refused=True)
    assert isinstance(refused, RefusedNumber)


def test_a_number_of_folds_is_a_multiple_behind_growth() -> None:
    assert shown(read_figure("exports grew more than tenfold", strict=False)) == (
        "multiple above 10 multiple"
    )


@pytest.mark.parametrize("text", ["连续21年居全国大中城市首位", "增速居省会城市机场首位"])
def test_a_ranking_may_be_far_before_the_first_place(text: str) -> None:
    (reading,) = find_figures(text)
    assert shown(reading.figure) == "rank reach 1 rank"
    assert not list(find_figures("把创新放在全国工作首位"))


def test_a_unit_of_growth_is_no_noun_of_a_number() -> None:
    assert not list(find_figures("see pp 112-118", unit="item"))


# A blank is no word: "约 3.5%" is read as 约3.5%.
@pytest.mark.parametrize(
    "text", ["约{}3.5%", "近{}300家企业", "逾{}300家", "超{}三千家", "新近{}300家", "增{}5%"]
)
@pytest.mark.parametrize("blank", [" ", "　", "\N{NO-BREAK SPACE}"])
def test_a_blank_behind_a_comparator_changes_nothing(text: str, blank: str) -> None:
    expected = [reading.figure for reading in find_figures(text.format(""))]
    assert [reading.figure for reading in find_figures(text.format(blank))] == expected


@pytest.mark.parametrize("text", ["不少于500件、不超过600件", "500件至600件", "500—600件"])
def test_both_ends_of_a_range_have_the_unit_of_what_is_counted(text: str) -> None:
    assert shown(read_figure(text)) == "level between 500~600 item"


@pytest.mark.parametrize("end", [",", "，", "、", ";", "。", " and", ", up", ", up from", "、和"])
def test_a_mark_may_end_the_text(end: str) -> None:
    (reading,) = find_figures(f"企业7642家{end}")
    assert shown(reading.figure) == "level reach 7642 enterprise"


# A change between two years, or from the start of a span to its end, is no sum of the years.
BETWEEN_YEARS = {
    "全社会研发经费投入从2016年的386亿元增加到2020年的612.5亿元": "386 612.5",
    "财政科技投入由2016年38亿元增至2020年61亿元": "38 61",
    "“十三五”期间，全社会研发经费投入由386亿元增加到612亿元": "386 612",
    "三年投入由300亿元增加到400亿元": "",
    "三年投入增加到400亿元": "",
    "从2021年到2025年投入300亿元": "",
    "一季度投入由30亿元增加到40亿元": "",
}


@pytest.mark.parametrize("text", BETWEEN_YEARS)
def test_a_change_between_years_is_no_sum(text: str) -> None:
    found = [reading.figure for reading in find_figures(text)]
    assert {figure.form for figure in found} <= {"level"}
    assert " ".join(str(figure.value) for figure in found) == BETWEEN_YEARS[text]


# A goal has the form of what it is a goal of: growth, if its name or the figure before says so.
GOALS = {
    "经济增长预期目标定为5.5%左右": "annual_growth about 5.5 percent_per_year",
    "增速目标设定在6%至6.5%": "annual_growth between 6~6.5 percent_per_year",
    "增长目标确定为6%": "annual_growth reach 6 percent_per_year",
    "研发投入强度目标定为3%": "level reach 3 percent",
    "目标定为增长5%": "annual_growth reach 5 percent_per_year",
    "目标调整为增长5%": "",
    "lowered the growth target to about 6 percent": "annual_growth about 6 percent_per_year",
    "lowered this year's growth target to a range of 6 to 6.5 percent": "annual_growth between 6~6.5 percent_per_year",
    "more than the target of 300 firms": "level reach 300 enterprise",
    "not above the target of 300 firms": "",
    "fell short of the growth target of 6 percent": "",
    "lowered the growth target by 0.5 percentage points": "",
}


@pytest.mark.parametrize("text", GOALS)
def test_a_goal_has_the_form_of_its_name(text: str) -> None:
    found = [shown(reading.figure) for reading in find_figures(text)]
    assert found == [each for each in [GOALS[text]] if each]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The economy grew 3 percent, short of the target of around 5 percent", "annual_growth about 5 percent_per_year"),
        ("The economy grew 6 percent, above the growth target of 5 percent", "annual_growth reach 5 percent_per_year"),
        ("Intensity reached 2.6 percent, above the target of 2.5 percent", "level reach 2.5 percent"),
        ("Spending grew 6 percent, short of the target of 2 percent of GDP", ""),
        ("Spending grew 6 percent, above the intensity target of 3 percent", ""),
    ],
)  # fmt: skip
def test_what_is_above_a_goal_is_no_bound_of_it(text: str, expected: str) -> None:
    _, *goals = find_figures(text)
    assert [shown(goal.figure) for goal in goals] == [each for each in [expected] if each]


@pytest.mark.parametrize(
    ("text", "strict"), [("不低于GDP的3%", True), ("财政科技支出不少于一般公共预算支出的3%", False)]
)
def test_a_share_has_its_base_behind_the_comparator(text: str, strict: bool) -> None:
    assert shown(read_figure(text, strict=strict)) == "level at_least 3 percent"
    assert not list(find_figures("不少于预算的3%"))


# A verb of a level ends the growth of the clause before.
AFTER_GROWTH = {
    "产值年均增长15%到18%，2027年突破两万亿元": "level above 2 CNY_1T",
    "企业年均增长15%，到2027年达到2万家": "level reach 20000 enterprise",
    "出口年均下降5%，2025年降至300亿元": "level reach 300 CNY_100M",
    "产值年均增长15%，2027年新增300亿元": "",
    "产值年均增长15%，2027年达到20%": "",
    "产值新增300亿元，到2027年突破400亿元": "",
}


@pytest.mark.parametrize("text", AFTER_GROWTH)
def test_a_verb_of_a_level_ends_growth(text: str) -> None:
    _, *levels = find_figures(text)
    assert [shown(each.figure) for each in levels] == [
        each for each in [AFTER_GROWTH[text]] if each
    ]


# Numbers behind a comma that say what they are, whatever is before it.
BEHIND_A_COMMA = {
    "spending climbed 12 percent to 117 billion yuan, or 2.41 percent of its GDP": "level reach 2.41 percent",
    "spending climbed 12 percent to 117 billion yuan, or 2.41 percent": "",
    "28,600 high-tech firms, a net gain of 3,150 on the previous year": "increment reach 3150 enterprise",
    "invested 5 billion yuan, a net gain of 300": "",
    "1.2 million people, an increase of 3": "",
    "grew 5.8 percent, 0.4 percentage points slower than a year earlier": "increment reach -0.4 percentage_point",
    "fell 5.8 percent, 0.4 percentage points faster than the average": "",
    "企业研发投入增速回落2.3个百分点，仅为5.8%": "annual_growth reach 5.8 percent_per_year",
    "增速比上年回落2.3个百分点，为5.8%": "annual_growth reach 5.8 percent_per_year",
    "失业率下降0.3个百分点，为5.2%": "level reach 5.2 percent",
    "增速回落2.3个百分点，为2020年的1.2倍": "multiple reach 1.2 multiple",
    "增速回落2.3个百分点，是全国的80%": "",
    "grew 5 percent, below the target of about 5.5 percent by 0.5 percentage points": "annual_growth about 5.5 percent_per_year",
}


@pytest.mark.parametrize("text", BEHIND_A_COMMA)
def test_a_number_behind_a_comma_says_what_it_is(text: str) -> None:
    found = [shown(reading.figure) for reading in find_figures(text)]
    first = 2 if text.startswith("spending") else 1
    assert found[first:] == [each for each in [BEHIND_A_COMMA[text]] if each]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("they put up over three-quarters of the R&D money", "level above 75 percent"),
        ("overheads are capped at 5 percent of each grant", "level at_most 5 percent"),
        ("it aims to enter the top five by 2030", "rank at_most 5 rank"),
    ],
)
def test_a_share_of_money_and_a_rank_before_a_year_are_read(text: str, expected: str) -> None:
    (reading,) = find_figures(text)
    assert shown(reading.figure) == expected


def test_a_refused_fraction_is_listed() -> None:
    (refused,) = find_figures("they turned up over three-quarters of the money", refused=True)
    assert isinstance(refused, RefusedNumber)
