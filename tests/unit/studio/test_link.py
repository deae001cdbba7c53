"""Links: short enough for a chat, and by name for the texts of the course."""

from __future__ import annotations

import pytest

from sslrefs.lessons import scenarios
from sslrefs.notebook import open_link
from sslrefs.studio.link import Place, read_fragment, write_fragment

TWENTY_LINES = """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT);
SSL_CTX_sess_set_cache_size(ctx, 20);
SSL *first = SSL_new(ctx);
if (first == NULL)
    goto done;
SSL_connect(first);
SSL_SESSION *saved = SSL_get1_session(first);
SSL_shutdown(first);
SSL_free(first);
SSL *second = SSL_new(ctx);
SSL_set_session(second, saved);
SSL_connect(second);
printf("resumed: %d\\n", SSL_session_reused(second));
SSL_free(second);
SSL_CTX_remove_session(ctx, saved);
SSL_SESSION_free(saved);
done:
SSL_CTX_free(ctx);
"""


def test_twenty_lines_fit_into_a_chat_message() -> None:
    assert len(TWENTY_LINES.splitlines()) == 20

    link = "https://example.org/courses/sslrefs/open.html"
    assert len(link + write_fragment(Place(TWENTY_LINES, "OpenSSL 1.1.1", 12))) < 700


def test_a_text_of_the_course_goes_by_its_name() -> None:
    place = read_fragment("https://example.org/index.html#scenario=broke_here.clean&step=4")

    assert place == Place(scenarios()["broke_here.clean"].text, "", 4)


def test_a_name_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"did you mean broke_here\.clean\?"):
        read_fragment("#scenario=broke_her.clean")


@pytest.mark.parametrize("step", ["-1", "x", "9" * 5000, ""])
def test_a_step_that_is_no_number_is_the_beginning(step: str) -> None:
    assert read_fragment(f"#scenario=start_here.count&step={step}").step == 0


def test_a_link_opens_at_its_step_on_its_library() -> None:
    shown = open_link("#library=LibreSSL&" + write_fragment(Place("SSL_free(NULL);", "", 1))[1:])

    assert shown.run is not None
    assert shown.run.timeline.library == "LibreSSL"
    assert shown.start == 1
