"""The collected stylesheet brings its layered imports along, so that a page asks for one file."""

from portal.kit.static_files import OneStylesheetStorage


def test_a_layered_import_is_put_into_the_stylesheet(tmp_path) -> None:
    (tmp_path / "vendor").mkdir()
    (tmp_path / "css").mkdir()
    (tmp_path / "vendor" / "base.css").write_text('@charset "UTF-8";a{color:red}')
    page = tmp_path / "css" / "page.css"
    page.write_text('@layer base, own;\n@import url("../vendor/base.css") layer(base);\nb{}')
    storage = OneStylesheetStorage(location=tmp_path, base_url="/static/")

    list(storage.post_process({"css/page.css": (storage, "css/page.css")}))

    hashed = storage.stored_name("css/page.css")
    assert (tmp_path / hashed).read_text() == (
        "@layer base, own;\n@layer base {\na{color:red}\n}\nb{}"
    )
