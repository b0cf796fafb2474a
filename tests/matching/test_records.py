from licensing.matching.hashes import identifier_key
from licensing.matching.identifiers import IdentifierKind
from licensing.matching.records import Enquiry, Record

SECRET = b"a secret for the tests"


def test_details_are_normalised_when_a_record_is_made():
    record = Record.of(
        "1", [("Mr Daniel", "Oakes")], None, ["ox1 1aa"], [(IdentifierKind.NI_NUMBER, "qq 123456 c")], SECRET
    )
    assert record.names == ("daniel/oakes",)
    assert record.postcodes == ("OX11AA",)
    assert record.identifiers == (identifier_key(IdentifierKind.NI_NUMBER, "QQ123456C", SECRET),)


def test_an_enquiry_is_normalised_as_a_record_is():
    record = Record.of(
        "1", [("Una", "O'Mara")], None, ["OX1 1AA"], [(IdentifierKind.REGISTRATION_MARK, "AB12 CDE")], SECRET
    )
    enquiry = Enquiry.of([("una", "o mara")], None, ["ox11aa"], [(IdentifierKind.REGISTRATION_MARK, "ab12cde")], SECRET)
    assert (enquiry.names, enquiry.postcodes, enquiry.identifiers) == (
        record.names,
        record.postcodes,
        record.identifiers,
    )


def test_what_is_empty_is_left_out():
    enquiry = Enquiry.of([("", "")], None, [" "], [(IdentifierKind.NI_NUMBER, "")], SECRET)
    assert enquiry == Enquiry()


def test_two_ways_of_writing_one_name_are_one():
    assert Enquiry.of([("Una", "O'Mara"), ("UNA", "O MARA")], None, [], [], SECRET).names == ("una/omara",)
