"""A record of two years, small enough to be read by hand; a test changes what it is about."""

import shutil
from functools import cache
from pathlib import Path

from simulation.library import seeds_folder
from simulation.record import Record, load_record
from simulation.record.reading import COLUMNS
from simulation.world import World, load_world

FIRST = 2020 * 12
MONTHS = 24
_ROWS = {
    "sources": "N1,General knowledge,,\n",
    "launches": "".join(
        f"{2020 + m // 12}-{m % 12 + 1:02d},1,{m},0,1,0,0,,N1,recalled\n" for m in range(MONTHS)
    ),
    "events": """\
V1,2020-02-10,day,JPN KOR,pair,summit_at_margins,government,1,3,044,2.5,They meet,N1,recalled,yes
V2,2020-05-20,day,JPN KOR,pair,leader_visit,government,1,4,042,1.9,"He comes, with gifts",N1,recalled,yes
V3,2020-08-05,day,JPN KOR,pair,ambassador_recalled,government,-1,-5,161,-4.0,He goes,N1,recalled,yes
V4,2020-10-01,day,KOR JPN,pair,leader_visit,government,1,4,042,1.9,Seoul comes,N1,recalled,yes
V5,2021-03-01,day,JPN KOR,pair,leader_visit,government,1,4,042,1.9,Tokyo comes again,N1,recalled,yes
V6,2020-03-03,day,KOR JPN,pair,court_ruling,court,-1,-5,116,-2.0,A court rules,N1,recalled,yes
V7,2020-04-04,day,PRK,others,provocation,third_party,-1,-5,150,-7.2,A missile flies,N1,recalled,yes
""",
    "institutions": """\
A1,Relations,JPN KOR,relations,1965-06-22,,,,,,N1,recalled
A2,Visits in turn,JPN KOR,shuttle,2021,,,,,,N1,recalled
A3,Secrets,JPN KOR,intelligence_agreement,2020-03-15,2020-06-30,2020-09-01,notice,,,N1,recalled
A4,Curbs,JPN KOR,trade_curb,2020-04-10,,,,2020-07-31,,N1,recalled
A5,Trust,JPN KOR,trusted_status,2019,,,,,,N1,recalled
A6,Of others,JPN USA,mutual_defence,1960,,,,,,N1,recalled
""",
    "leaders": """\
JPN,First,2019-01-01,2020-09-16,One,right,0,,N1,recalled
JPN,Second,2020-09-16,,One,right,1,,N1,recalled
KOR,Third,2017-05-10,2019-12-31,Two,left,-1,,N1,recalled
""",
    "opinion": "2020,poll,KOR,JPN,impression,12.5,,,N1,recalled\n",
}
TABLES = {name: ",".join(columns) + "\n" + _ROWS.get(name, "") for name, columns in COLUMNS.items()}


@cache
def world() -> World:
    """The world that all records here are of."""
    return load_world("northeast_asia")


def written(folder: Path, changes: dict[str, tuple[str, str]] | None = None) -> Path:
    """The record in a folder, some texts of it changed: file to (old, new)."""
    folder.mkdir(exist_ok=True)
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    shutil.copy(seeds_folder() / "northeast_asia" / "record" / "coding.yaml", folder)
    for file, (old, new) in (changes or {}).items():
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def tiny(folder: Path) -> Record:
    """The record as it stands here."""
    return load_record(world(), written(folder))
