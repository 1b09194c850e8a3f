"""What a sweep file may say, as data: the reader, the messages and the reference page are made from it."""

from simulation.scenario.schema import FORMAT, MOST_RUNS, Key

MOST_CASES = 1_000_000
DESIGNS = {  # name: what it makes of the axes
    "grid": "every combination of the values of the axes",
    "list": "the first values of all axes together, then the second ones, and so on",
    "table": "one case a row of a CSV or Parquet file beside the sweep, one path a column",
    "lhs": "a Latin hypercube: a point in each of `cases` slices of every axis",
    "sobol": "the first `cases` points of a scrambled Sobol sequence",
    "saltelli": "points for Sobol indices: `cases` pairs, each with one case an axis and two more",
    "morris": "elementary effects: `cases` trajectories, each with one case an axis and one more",
}
OF_INDICES = ("saltelli", "morris")  # designs whose cases are steps towards indices, and not looked at
RANDOM = ("lhs", "sobol", "saltelli", "morris")

SWEEP_KEYS: tuple[Key, ...] = (
    Key("format", "integer", "Version of this file format.", low=FORMAT, high=FORMAT, required=True),
    Key("title", "text", "What the sweep is called in tables and figures.", required=True),
    Key("why", "text", "The question that the sweep asks.", default="nothing"),
    Key("scenario", "name", "The scenario at whose points it is run, by name or path.", required=True),
    Key("variant", "text", "Variants of that scenario, several with commas between.", default="none"),
    Key("changes", "path: value", "What is changed in it first, as by a variant.", default="nothing"),
    Key("runs", "integer", "How often each case is simulated.", "runs", 1, MOST_RUNS, "the scenario's"),
    Key("design", "name", "How cases are made of the axes: " + ", ".join(DESIGNS) + ".", required=True),
    Key("vary", "path: values", "The axes: each a path, and where its values lie.", required=True),
    Key("cases", "integer", "How many points, pairs or trajectories.", "cases", 1, MOST_CASES),
    Key("table", "name", "The file of a table, CSV or Parquet, beside the sweep."),
    Key("show", "mapping", "What tables and figures tell.", default="the mean of cooperation.final"),
)  # fmt: skip

SHOW_KEYS: tuple[Key, ...] = (
    Key("measure", "name", "The measure whose mean is shown.", required=True),
    Key("above", "number", "In place of the mean: the share of runs in which it lies above this number."),
    Key("below", "number", "In place of the mean: the share of runs in which it lies below this number."),
)

STEP_KEYS: tuple[Key, ...] = (
    Key("from", "number or month", "The first value.", required=True),
    Key("to", "number or month", "The last value.", required=True),
    Key("steps", "integer", "How many values, both ends among them.", "values", 2, MOST_CASES),
)  # fmt: skip

EVERYTHING = "uncertain"  # in place of the axes: every parameter whose range has a width
OF_SEEDS = "seeds"  # in place of values: the range that the world gives the parameter
POSTERIOR = "posterior"  # in place of a path: the file of joint draws
