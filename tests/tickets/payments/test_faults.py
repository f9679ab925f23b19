"""Each fault has a stable code, by which views choose their sentence."""

from tickets.payments import faults


def test_codes_are_stable():
    known = [faults.ProviderFailed(), faults.ReferenceUsed(), faults.RefundTooHigh(left=5)]

    assert [one.code for one in known] == ["provider_failed", "reference_used", "refund_too_high"]
    assert (known[2].left, str(known[2])) == (5, "5 cents are left")
