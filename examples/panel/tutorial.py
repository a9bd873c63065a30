# %% [markdown]
"""# 从一个文件夹到一张趋势图 From a folder to a plotted trend.

Ten invented reports of two bodies become a dataset, the breaks of a series are looked up, and one
concept is plotted. Open this file as a notebook (Jupyter with jupytext, or any editor that knows
`# %%`), or run the whole file: `python examples/panel/tutorial.py FOLDER`.
Needs `pip install 'gischema[corpus,summary]'`.
"""

# %%
import subprocess
import sys
from pathlib import Path

import altair as alt
import polars as pl

import gischema

in_notebook = "ipykernel" in sys.modules  # then the folder is that of the notebook
reports = Path("reports") if in_notebook else Path(__file__).parent / "reports"
out = Path(sys.argv[1] if len(sys.argv) > 1 and not in_notebook else "panel-tutorial")

# %% [markdown]
# A report shows itself as a table: every figure with its status, its place and its doubts.

# %%
gischema.parse(reports / "water-2021.txt")

# %% [markdown]
# One command reads every file, whatever its form and year. After a break it goes on where it ended.

# %%
convert = [sys.executable, "-m", "gischema", "convert", reports, "-o", out / "dataset"]
subprocess.run(convert, check=True)
panel = pl.read_parquet(out / "dataset" / "panel.parquet")

# %% [markdown]
# Is the series one? `proactive_disclosed` is a row of the table until 2018 and a statement of the
# text afterwards, so a line from 2018 to 2019 would compare two ways of counting.

# %%
concept = next(one for one in gischema.concepts() if one.name == "proactive_disclosed")
print(concept.comparability, concept.sources, concept.note_en, sep="\n")

# %% [markdown]
# Figures in doubt are left out, and each source has a line of its own.

# %%
certain = panel.filter(~pl.col(f"{concept.name}_doubt"))
trend = certain.group_by("year", f"{concept.name}_source").agg(pl.col(concept.name).sum())
plot = alt.Chart(trend.cast({concept.name: float})).mark_line(point=True)
plot = plot.encode(x="year:O", y=concept.name, color=f"{concept.name}_source")
plot.save(out / "trend.svg")
print(trend.sort("year"))
plot
