from festival.documents.sources import SOURCES, Role, Source


def test_files_of_a_package_begin_with_its_name():
    assert Source("@fontsource/noto-sans-nko", Role.WORLD).prefix == "noto-sans-nko"


def test_only_four_roles_hold_chinese_characters():
    assert [role.value for role in Role if role.is_han] == ["zh", "ja", "ko", "zh-Hant"]


def test_no_cut_of_a_package_is_wanted_twice():
    cuts = [(source.package, source.cut, source.weight, subset) for source in SOURCES for subset in source.subsets]

    assert len(cuts) == len(set(cuts))
    assert all(source.subsets for source in SOURCES if source.role in {Role.DISPLAY, Role.TEXT})
