"""SQL over the tables of a result: cases, runs, bands and whatever else its folder holds."""

from pathlib import Path

import pandas as pd
import pyarrow.dataset as ds

from simulation.errors import BadInput, Fault, StoreError
from simulation.results.sweeps import SWEEP, Swept


def tables_at(folder: Path) -> dict[str, Path]:
    """The tables of a folder by name: a file each, or a folder of parts."""
    if not folder.is_dir():
        raise StoreError(f"there is no folder {folder}")
    found = {path.stem: path for path in sorted(folder.glob("*.parquet"))}
    parts = sorted({path.parent for path in folder.glob("[a-z]*/*.parquet")})
    return {path.name: path for path in parts} | found


def query(folder: Path, sql: str) -> pd.DataFrame:
    """What a query says of the tables of a folder, which it can only read. BadInput where it is no query.

    StoreError where the folder holds no tables.
    """
    import duckdb

    if (folder / SWEEP).is_file():
        Swept(folder).check_whole()
    tables = tables_at(folder)
    if not tables:
        raise StoreError(f"{folder} holds no tables: it is no result, or not whole yet")
    with duckdb.connect() as connection:
        for name, path in tables.items():
            connection.register(name, ds.dataset(path, format="parquet"))
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            asked = connection.execute(sql)
            found: pd.DataFrame | None = asked.df() if getattr(asked, "description", None) else None
        except duckdb.Error as error:
            raise BadInput([Fault(str(error).strip(), hint=f"tables: {', '.join(tables)}")]) from error
    if found is None:
        raise BadInput([Fault("this query asks for nothing", hint=f"tables: {', '.join(tables)}")])
    return found
