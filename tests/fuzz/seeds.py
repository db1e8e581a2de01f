"""Valid first inputs: a small invented dataset in every format."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import innovation_plans as ip

_CLAIM = "indicator,form,comparator,value,value_high,unit"

# Every table and nearly all columns: a country, two provinces, a group.
LAND = {
    "regions.csv": "code,kind,name_en,name_zh,short_zh,aliases,parent,groups\n"
    "XX,nation,Landia,蓝地国,蓝地,,,\n"
    "XX-AB,province,Abeland,甲省,甲,Abe|AB,XX,XX-G\n"
    "XX-CD,province,Cedeland,乙省,乙,,XX,\n"
    "XX-G,group,Great East,大东区,东,,XX,\n",
    "indicators.toml": '[output]\nname_en = "Output"\nname_zh = "产值"\nunit = "CNY_100M"\n'
    'direction = "up"\naliases = ["looms", "织机"]\n\n'
    '[share]\nname_en = "Share of looms"\nunit = "percent"\ndirection = "up"\n'
    'numerator = "looms_made"\ndenominator = "output"\n\n'
    '[looms_made]\nname_en = "Looms made"\nunit = "CNY_100M"\ndirection = "up"\n',
    "sources.csv": "code,title,publisher,date,url,tier,notes\n"
    "abe-plan,Plan of Abeland,Abeland,2021-03,https://abe.example/plan,A,\n"
    "blog,A weblog,,,,D,\n",
    "plans.csv": "code,region,period,kind,title_zh,title_en,issued\n"
    "XX-AB-14-sti,XX-AB,14th,sti,甲省规划,Plan of Abeland,2021-03\n",
    "errata.csv": "code,source,locator,as_stated,corrected,reason\n"
    "slip-1,abe-plan,page 3,3.5 per mille,3.5%,a slip of the press\n",
    "vintages.csv": "code,indicator,year,order,released,source,description\n"
    "first,output,2022,1,2023-01-20,abe-plan,first release\n",
    "targets/14th.csv": f"plan,{_CLAIM},start_year,end_year,baseline_value,baseline_year,"
    "baseline_unit,force,breakdown,source,locator,as_stated,erratum,notes\n"
    "XX-AB-14-sti,share,level,about,3.5,,percent,2021,2025,2.8,2020,,expected,,abe-plan,page 3,"
    "3.5 per mille,slip-1,\n"
    "XX-AB-14-sti,output,average_growth,at_least,10,,percent_per_year,2021,2025,,,,binding,rural,"
    "abe-plan,page 4,年均增长10%以上,,\n"
    "XX-AB-14-sti,looms_made,level,between,3,3.2,CNY_100M,2021,2025,,,,,,blog,,3-3.2亿元,,\n",
    "observations/output.csv": f"region,{_CLAIM},start_year,year,vintage,status,self_reported,"
    "source,locator,as_stated,erratum,notes\n"
    "XX-AB,output,level,reach,1000,,CNY_100M,,2022,first,preliminary,false,abe-plan,,1000亿元,,\n"
    'XX-CD,output,average_growth,reach,6,,percent_per_year,2021,2023,,not_stated,true,blog,,6%,,"a ""b"""\n',
    "corroborations.csv": "target,comparator,value,value_high,unit,source,locator,as_stated,notes\n"
    "XX-AB-14-sti/share/level/2025,about,3.5,,percent,blog,,3.5%,\n",
    "goals.csv": "plan,region,kind,theme,statement,horizon,source,locator,as_stated\n"
    'XX-AB-14-sti,XX-AB,framework,overall,"looms, and their use",2025,abe-plan,page 1,\n',
    "units.txt": "loom = [looms] = 台\nloom_10K = 10000 * loom = 万台\n",
    "edition.toml": 'edition = "2031.5"\n',
}


def put(root: Path, files: dict[str, str]) -> Path:
    """Write files with these texts to the directory, and return it."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode())
    return root


@cache
def land() -> ip.Dataset:
    """Return the invented dataset."""
    with TemporaryDirectory() as folder:
        return ip.load(put(Path(folder), LAND), tiers="ABCD")


@cache
def exported(kind: str) -> dict[str, bytes]:
    """Return the files of the invented dataset in a format, by name."""
    with TemporaryDirectory() as folder:
        place = land().write(Path(folder) / "out", format=kind).path
        if place.is_file():
            return {"": place.read_bytes()}
        files = sorted(each for each in place.rglob("*") if each.is_file())
        return {each.relative_to(place).as_posix(): each.read_bytes() for each in files}


@cache
def parts_of(packed: bytes) -> dict[str, bytes]:
    """Return the parts of a zip file by name."""
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
