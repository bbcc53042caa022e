"""A profile says for each kind of document where it belongs in the archive and how long it is kept."""

import pytest

from pathways.profiles.load import load_shipped_profile
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import DocumentKind


def test_the_shipped_profile_says_it_for_every_kind() -> None:
    assert set(load_shipped_profile().documents) == set(DocumentKind)


def test_a_kind_that_is_none_is_refused() -> None:
    told = load_shipped_profile().model_dump(mode="json", by_alias=True)
    told["documents"]["poem"] = {"process_class": "1", "retention": "bevaras"}
    with pytest.raises(ValueError, match="poem"):
        Profile.model_validate(told)
