import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.matching.hashes import identifier_key, keyed_hash, kind_of_key, text_hash
from licensing.matching.identifiers import IdentifierKind

SECRET = b"a secret for the tests"


@given(st.binary(max_size=40))
def test_a_hash_fits_a_bigint(value: bytes):
    assert -(2**63) <= keyed_hash(value, SECRET) < 2**63


def test_a_hash_depends_on_the_secret():
    assert keyed_hash(b"khan", SECRET) != keyed_hash(b"khan", b"another secret for tests")


def test_a_hash_depends_on_what_is_hashed():
    assert text_hash("token", "khan", SECRET) != text_hash("sound", "khan", SECRET)


@pytest.mark.parametrize("kind", IdentifierKind)
@given(value=st.text("ABCDEFGHJK0123456789", min_size=1, max_size=16))
def test_an_identifier_key_tells_its_kind(kind: IdentifierKind, value: str):
    assert kind_of_key(identifier_key(kind, value, SECRET)) is kind


def test_one_number_as_two_kinds_is_two_keys():
    keys = {identifier_key(kind, "A1", SECRET) for kind in IdentifierKind}
    assert len(keys) == len(IdentifierKind)
