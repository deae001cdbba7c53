from __future__ import annotations

from sslrefs.model.objects import ObjectId
from sslrefs.picture.scene import Look, Scene
from sslrefs.picture.staging import edge_id, node_id, row_id
from sslrefs.studio.run import run

CTX, SSL, SESSION = ObjectId("ctx", 1), ObjectId("ssl", 1), ObjectId("session", 1)
SERVER = """/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET);
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *s = SSL_get_session(ssl);
SSL_SESSION_free(s);
SSL_shutdown(ssl);
SSL_free(ssl);
"""


def look(scene: Scene, item: str, moment: int) -> Look:
    """How an item looks at a moment."""
    return scene.looks_at(moment)[ids_of(scene).index(item)]


def ids_of(scene: Scene) -> list[str]:
    """The ids of all boxes, then of all arrows: the order of the looks."""
    return [*(node.id for node in scene.nodes), *(edge.id for edge in scene.edges)]


def test_ids_are_safe_in_svg_whatever_the_place_is() -> None:
    assert [node_id(what) for what in (CTX, "s", "f:s", "conn->session", "größe")] == [
        "n_ctx1",
        "n_v_s",
        "n_v_f-3as",
        "n_v_conn-2d-3esession",
        "n_v_gr-f6-dfe",
    ]
    assert row_id(CTX, SESSION) == "n_row1_1"
    assert edge_id("n_v_s", "n_session1") == "e_v_s__session1"


def test_the_union_graph_has_every_box_and_arrow_there_ever_is() -> None:
    scene = run(SERVER).scene

    assert {(node.id, node.kind, node.name) for node in scene.nodes} == {
        ("n_ctx1", "ctx", "ctx#1"),
        ("n_ssl1", "ssl", "ssl#1"),
        ("n_session1", "session", "session#1"),
        ("n_row1_1", "row", "session#1"),
        ("n_v_ctx", "var", "ctx"),
        ("n_v_ssl", "var", "ssl"),
        ("n_v_s", "var", "s"),
    }
    assert {(edge.source, edge.target, edge.kind) for edge in scene.edges} == {
        ("n_v_ctx", "n_ctx1", "pointer"),
        ("n_v_ssl", "n_ssl1", "pointer"),
        ("n_v_s", "n_session1", "pointer"),
        ("n_ssl1", "n_ctx1", "reference"),
        ("n_ssl1", "n_session1", "reference"),
        ("n_row1_1", "n_session1", "cache"),
    }


def test_nothing_is_there_before_the_first_step() -> None:
    assert set(run(SERVER).scene.looks_at(0)) == {Look("absent")}


def test_the_two_references_of_a_connection_are_one_arrow_marked_twice() -> None:
    assert look(run(SERVER).scene, "e_ssl1__ctx1", 3) == Look("counted", "×2")


def test_a_lent_pointer_is_an_arrow_of_its_own_kind() -> None:
    assert look(run(SERVER).scene, "e_v_s__session1", 5) == Look("borrowed")


def test_a_count_that_is_not_its_holders_is_shown_as_wrong() -> None:
    assert look(run(SERVER).scene, "n_session1", 6).words == "live wrong"
    assert look(run(SERVER).scene, "n_session1", 7) == Look("live wrong", "1 ≠ 2")


def test_what_is_gone_stays_and_every_pointer_to_it_dangles() -> None:
    scene = run(SERVER).scene

    assert look(scene, "n_session1", 8).words.startswith("freed")
    assert look(scene, "n_row1_1", 8) == Look("dangling")
    assert look(scene, "e_row1_1__session1", 8) == Look("dangling")
    assert look(scene, "e_v_s__session1", 8) == Look("dangling")
    assert look(scene, "e_ssl1__session1", 8) == Look("absent")
    assert look(scene, "e_v_ssl__ssl1", 8) == Look("dangling")


def test_a_step_without_a_change_points_at_what_its_call_was_given() -> None:
    scene = run(SERVER).scene

    assert [ids_of(scene)[item] for item in scene.moments[2].hot] == ["n_ctx1"]


def test_a_variable_that_never_points_to_an_object_has_no_box() -> None:
    scene = run("SSL_SESSION *s = NULL;\nint n = 3;\nSSL_SESSION_free(s);").scene

    assert scene.nodes == ()
    assert len(scene.moments) == 4
