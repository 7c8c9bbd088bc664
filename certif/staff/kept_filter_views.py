"""The pages of filters that are kept, and what every list shows of them."""

from __future__ import annotations

from functools import cached_property
from urllib.parse import parse_qsl, urlencode

from flask import Response, current_app, request, url_for
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.kit.access import STAFF, actor, audience
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.web import go, go_to, page, say
from certif.programs import programs_of
from certif.staff import kept_filters
from certif.staff.forms import KeepFilterForm
from certif.staff.kept_filters import SHARERS, filter_of, filters_seen_by
from certif.staff.model import KeptFilter
from certif.staff.nav_views import may_open
from certif.staff.tools import TOOLS
from certif.staff.views import pages

LISTS = {endpoint: label for _group, tools in TOOLS for endpoint, label in tools}
"""The lists whose filters may be kept, by endpoint, with what staff call them."""
NEXT_PAGE = "suite"


class KeptFilters:
    """What the list that is being read shows of kept filters. Read where a page shows it."""

    @cached_property
    def here(self) -> list[tuple[str, str, bool]]:
        """The filters of this list: the name, the address, whether it is what is being read."""
        if request.endpoint not in LISTS:
            return []
        asked = _asked(request.query_string.decode())
        return [(one.name, address_of(one), one.query == asked) for one in filters_seen_by(actor(), request.endpoint)]

    @property
    def to_keep(self) -> str | None:
        """Where what is asked here may be kept; None where nothing is asked, or where it is kept already."""
        asked = _asked(request.query_string.decode())
        if request.endpoint not in LISTS or not asked or any(is_read for _name, _url, is_read in self.here):
            return None
        return f"{url_for('staff.keep_filter')}?{urlencode({'liste': request.endpoint, 'filtre': asked})}"


pages.app_context_processor(lambda: {"kept_filters": KeptFilters()})


@pages.route("/personnel/filtres")
@audience(*STAFF)
def list_filters() -> Response:
    """The filters that I kept, and those of my teams."""
    found = [(one, LISTS[one.endpoint], address_of(one)) for one in filters_seen_by(actor()) if one.endpoint in LISTS]
    return page("staff/list_filters.html", found=found, mine=actor().user_id, form=Form())


@pages.route("/personnel/filtres/nouveau", methods=["GET", "POST"])
@audience(*STAFF)
def keep_filter() -> Response | Answer:
    """Keep what is asked of a list."""
    endpoint, query = request.args.get("liste", ""), _asked(request.args.get("filtre", ""))
    if endpoint not in LISTS or not may_open(endpoint) or not query:
        raise NotFound
    back = f"{url_for(endpoint)}?{query}"
    form = KeepFilterForm().offer(programs_of(actor(), *SHARERS))
    if form.validate_on_submit():
        with form.held():
            kept_filters.keep_filter(endpoint, form.called.data, query, program=form.team, by=actor())
            say(_("Le filtre est gardé : il se trouve au-dessus de la liste."))
            return go_to(back)
    return page("staff/keep_filter.html", form=form, label=LISTS[endpoint], back=back)


@pages.route("/personnel/filtres/<ref>/retrait", methods=["POST"])
@audience(*STAFF)
def remove_kept_filter(ref: str) -> Answer:
    """Keep a filter no more."""
    kept_filters.remove_filter(filter_of(actor(), ref))
    say(_("Le filtre est retiré."))
    return go("staff.list_filters")


def address_of(kept: KeptFilter) -> str:
    """Give the address of the list, so filtered."""
    return f"{url_for(kept.endpoint)}?{kept.query}" if kept.endpoint in current_app.view_functions else url_for("staff.list_filters")


def _asked(query: str) -> str:
    """Give what an address asks, in one writing: without the place in the list, nor what is left empty."""
    return urlencode(sorted((name, value) for name, value in parse_qsl(query) if name != NEXT_PAGE))
