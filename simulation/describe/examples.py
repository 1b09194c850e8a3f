"""An example of every key and every profile. Each loads by itself, and those of all keys as one file."""

EXAMPLES: dict[str, str] = {
    "format": "format: 1",
    "title": "title: Washington steps back",
    "why": "why: Does rapprochement survive when the common ally halves its commitment?",
    "world": "world: northeast_asia",
    "extends": "extends: baseline",
    "start": "start: 2023-06",
    "months": "months: 36",
    "runs": "runs: 500",
    "rng_seed": "rng_seed: 20230601",
    "theory": "theory: article  # or shares of several: {article: 0.5, quasi_alliance: 0.5}",
    "uncertainty": "uncertainty: [chance, parameters]",
    "background": "background: 0.5",
    "without": "without: [RUS]",
    "threats": """\
threats:
  PRK: high
  CHN: {profile: ramp, from: 60, to: peak, over: 24}""",
    "set": """\
set:
  choice.pace: 0.2
  intent.half_life: {value: 9, low: 6, high: 12}
  commitment.USA.KOR: {value: 0.43, from: 2025-01}""",
    "events": """\
events:
  - {at: 2025-01, event: summit, country: JPN, partner: KOR, steps: 2}
  - {at: 2025-12, event: change_of_government, country: KOR, camp: progressive}""",
    "focus": "focus: [JPN, KOR]",
    "variants": """\
variants:
  high: {threats.PRK: 140}
  short: {months: 24, threats: {CHN: peak}}
  retrench: {commitment.USA.KOR: 0.4, title: Washington steps back}""",
    "forks": """\
forks:
  at: 2025-01
  branches:
    thaw: {threats.PRK: calm, title: Talks that last}
    freeze:
      commitment.USA.KOR: 0.4
      events: [{at: 2025-02, event: court_ruling, country: KOR, partner: JPN}]""",
    "expect": """\
expect:
  - {measure: cooperation.final, above: 20, in: 0.5}
  - {measure: acts.PRK, mean: {between: [20, 90]}}""",
}

PROFILES: dict[str, str] = {
    "constant": "threats: {PRK: {profile: constant, base: 33}}",
    "step": "threats: {PRK: {profile: step, from: medium, to: calm, at: 2024-01}}",
    "ramp": "threats: {PRK: {profile: ramp, from: 33, to: high, over: 24, at: 2024-01}}",
    "cycle": "threats: {CHN: {profile: cycle, base: 60, amplitude: 20, period: 12, at: 2023-08}}",
    "walk": "threats: {PRK: {profile: walk, base: medium, persistence: 0.9, sd: 10, low: 0, high: 120}}",
    "series": "threats: {RUS: {profile: series, at: 2023-06, values: [24, 24, 30]}}\nmonths: 3",
    "sum": "threats: {PRK: {profile: sum, parts: [low, {profile: step, from: 0, to: 30, at: 2024-01}]}}",
    "pulse": "threats: {CHN: {profile: pulse, base: medium, peak: 140, at: 2025-03, width: 9}}",
}
