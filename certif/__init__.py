"""Certif: certification of employers who help young people stay in school.

The house on one page. Rooms stand in one line; a room may import only from the rooms before it, and only through its door (``__init__``)::

    kit → law → payments → badges → documents → territory → programs → accounts → employers → consents → contributions
        → sponsorships → certification → milestones → standing → sampling → notices → imports → mailings → directory
        → visibility → agreements → plans → library → visits → network → surveys → portraits → campaigns → nominations
        → selections → galas → webhooks → bulletins → offers → reports → public → roll → trust → staff → privacy → api → cli → app

``kit`` are the tools; ``law``, ``payments``, ``badges`` and ``documents`` are crafts (no tables, no pages: they know how, never who);
then comes where, under which
rules and who; then what happens; then the overviews. Start reading at ``certification/model.py``, then ``actions.py``, then ``views.py``.
"""
