import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from simulation.document import (
    Mapping,
    Node,
    Sequence,
    as_bool,
    as_int,
    as_mapping,
    as_month,
    as_name,
    as_number,
    as_sequence,
    as_text,
    check_keys,
    parse,
    read_document,
    read_text,
    required,
)
from simulation.errors import BadInput, Fault
from tests.document.texts import shown

READERS = (as_text, as_int, as_number, as_month, as_bool, as_mapping, as_sequence)

# Fragments that meet in ways no one would write.
SIGNS = "[]{}:,-?#&*!|>%@`\"'\\ \n\t\0\x85\u2028\ufeff~<0x.e"
WORDS = (
    *(": ", "- ", "\n  ", "---\n", "...\n", "<<: ", "&a ", "*a", "!!", "|2\n", ">-\n", "%YAML 9.9\n"),
    *('"\\ud800"', '"\\U00110000"', "日本", "e\u0301", "\U0001f680", "2023-06", "1e3", "null"),
)
PIECES = st.sampled_from([*SIGNS, *WORDS])


@pytest.fixture(params=["C", "Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers, one after the other."""
    if request.param == "Python":
        monkeypatch.setattr(parse, "LOADER", yaml.SafeLoader)


def use(mapping: Node | None, faults: list[Fault]) -> None:
    """Ask every reader about every node."""
    if mapping is None:
        return
    for reader in READERS:
        reader(mapping, faults)
    as_number(mapping, faults, 0, 1, "share")
    as_name(mapping, faults, ["JPN", "KOR"], "country")
    if isinstance(mapping, Mapping):
        check_keys(mapping, faults, ("title", "months"))
        required(mapping, faults, "title")
    below = mapping.items if isinstance(mapping, Sequence) else ()
    for each in (
        [each for pair in mapping.entries for each in pair] if isinstance(mapping, Mapping) else below
    ):
        use(each, faults)


@pytest.mark.usefixtures("parser")
def test_any_bytes_give_a_mapping_or_a_fault(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "f.yaml"

    @given(st.binary(max_size=200) | st.lists(PIECES, max_size=60).map(lambda p: "".join(p).encode()))
    def check(data: bytes) -> None:
        path.write_bytes(data)
        faults: list[Fault] = []
        mapping = read_document(path, faults)
        assert mapping is not None or faults
        if mapping is not None:
            assert faults or mapping.whole
        use(mapping, faults)
        assert "\x1b" not in str(BadInput(faults))
        str(BadInput(faults)).encode("utf-8")

    check()


@pytest.mark.usefixtures("parser")
@given(st.text(max_size=100) | st.lists(PIECES, max_size=60).map("".join))
def test_any_text_gives_a_mapping_or_a_fault(text: str) -> None:
    faults: list[Fault] = []
    mapping = read_text(text, "f.yaml", faults)
    assert mapping is not None or faults
    use(mapping, faults)


def test_what_can_be_read_is_what_the_library_reads() -> None:
    @given(
        st.recursive(
            st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=8),
            lambda inner: (
                st.lists(inner, max_size=4)
                | st.dictionaries(st.text("abcdef", min_size=1, max_size=5), inner, max_size=4)
            ),
            max_leaves=20,
        )
    )
    def check(value: object) -> None:
        faults: list[Fault] = []
        text = yaml.safe_dump({"key": value}, allow_unicode=True, default_flow_style=None)
        if "&" in text.split('"')[0] and "*" in text:
            return  # the same object twice is written as an alias
        mapping = read_text(text, "f.yaml", faults)
        assert faults == []
        assert shown(mapping) == {"key": value}

    check()
