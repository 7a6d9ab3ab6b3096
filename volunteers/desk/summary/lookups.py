"""The SQL that looks up many typed people at once; see `finding` for why it is cut by tier."""

from __future__ import annotations

__all__ = ["FIND_VISITORS", "LOOK_UP"]

_BELOW = {
    1: "v.tier1 = %(path)s",
    2: "v.tier2 = %(path)s",
    3: "v.tier3 = %(path)s",
    4: "v.committee_id = %(path)s AND v.tier3 = left(%(path)s, 12)",
}
# Of namesakes a few more than are shown: whether they are two matters, not whether they are fifty.
_NAMESAKES = 50
_LIKELY = 8

# `^@` finds its index for a constant only; beside a table it is written as the range it stands for.
_BEGINS = {
    f"{column}_begins": f"v.{column} >= a.{text} AND v.{column} < a.{text} || chr(1114111)"
    for column, text in (
        ("name", "name"),
        ("spelling", "spelling"),
        ("initials", "spelling"),
        ("phone_tail", "tail"),
        ("identity_tail", "tail"),
    )
}
# Each way on its own index; a way whose text is missing finds nothing. Found once, before the join
# below: on a table without statistics yet the planner would look again for each volunteer of it.
_LOOK_UP = """
    WITH asked AS MATERIALIZED (
        SELECT * FROM unnest(
            %(names)s::text[], %(spellings)s::text[], %(identities)s::bytea[], %(phones)s::bytea[],
            %(portals)s::text[], %(tails)s::text[], %(old_identities)s::bytea[],
            %(old_phones)s::bytea[]
        ) WITH ORDINALITY AS asked (
            name, spelling, identity, phone, portal, tail, old_identity, old_phone, place)
    ), hits AS MATERIALIZED (
        SELECT a.place, 'name' AS way, v.id FROM asked a CROSS JOIN LATERAL (
            SELECT v.id FROM volunteers_volunteer v WHERE {below} AND v.name = a.name
            ORDER BY v.id DESC LIMIT {namesakes}) v
        WHERE a.name IS NOT NULL
        UNION ALL
        SELECT a.place, 'identity', v.id FROM asked a
        JOIN volunteers_volunteeridentity i ON i.number_index = a.identity
        JOIN volunteers_volunteer v ON v.id = i.volunteer_id
        WHERE {below}
        UNION ALL
        SELECT a.place, 'phone', v.id FROM asked a CROSS JOIN LATERAL (
            SELECT i.volunteer_id FROM volunteers_volunteeridentity i
            WHERE i.phone_index = a.phone LIMIT {namesakes}) i
        JOIN volunteers_volunteer v ON v.id = i.volunteer_id
        WHERE a.phone IS NOT NULL AND {below}
        UNION ALL
        -- Under the key of before, while indexes are made anew; else nothing is asked here.
        SELECT a.place, 'identity', v.id FROM asked a
        JOIN volunteers_volunteeridentity i ON i.number_index = a.old_identity
        JOIN volunteers_volunteer v ON v.id = i.volunteer_id
        WHERE {below}
        UNION ALL
        SELECT a.place, 'phone', v.id FROM asked a CROSS JOIN LATERAL (
            SELECT i.volunteer_id FROM volunteers_volunteeridentity i
            WHERE i.phone_index = a.old_phone LIMIT {namesakes}) i
        JOIN volunteers_volunteer v ON v.id = i.volunteer_id
        WHERE a.old_phone IS NOT NULL AND {below}
        UNION ALL
        SELECT a.place, 'portal', v.id FROM asked a
        JOIN volunteers_volunteer v ON v.number = a.portal
        WHERE {below}
        UNION ALL
        SELECT a.place, 'named_tail', v.id FROM asked a CROSS JOIN LATERAL (
            (SELECT v.id FROM volunteers_volunteer v
             WHERE {below} AND {phone_tail_begins} AND v.name = a.name LIMIT {likely})
            UNION
            (SELECT v.id FROM volunteers_volunteer v
             WHERE {below} AND {identity_tail_begins} AND v.name = a.name LIMIT {likely})) v
        WHERE a.tail IS NOT NULL AND a.name IS NOT NULL
        UNION ALL
        SELECT a.place, 'tail', v.id FROM asked a CROSS JOIN LATERAL (
            (SELECT v.id FROM volunteers_volunteer v
             WHERE {below} AND {phone_tail_begins} LIMIT {likely})
            UNION
            (SELECT v.id FROM volunteers_volunteer v
             WHERE {below} AND {identity_tail_begins} LIMIT {likely})) v
        WHERE a.tail IS NOT NULL AND a.name IS NULL
        UNION ALL
        SELECT a.place, 'begins', v.id FROM asked a CROSS JOIN LATERAL (
            SELECT v.id FROM volunteers_volunteer v WHERE {below} AND {name_begins}
            ORDER BY v.name LIMIT {likely}) v
        WHERE length(a.name) = 1
        UNION ALL
        SELECT a.place, 'spelling', v.id FROM asked a CROSS JOIN LATERAL (
            (SELECT v.id FROM volunteers_volunteer v WHERE {below} AND {spelling_begins}
             ORDER BY v.spelling LIMIT {likely})
            UNION
            (SELECT v.id FROM volunteers_volunteer v WHERE {below} AND {initials_begins}
             ORDER BY v.initials LIMIT {likely})) v
        WHERE a.spelling IS NOT NULL
    )
    -- What names an entry that was merged leads to the one that stays.
    SELECT DISTINCT h.place, h.way, v.id, v.name, v.number, v.state, v.phone_tail, v.identity_tail
    FROM hits h JOIN volunteers_volunteer w ON w.id = h.id
    JOIN volunteers_volunteer v ON v.id = coalesce(w.merged_into_id, w.id)
    WHERE v.state <> 'erased'
    ORDER BY h.place, v.id DESC
"""
LOOK_UP = {
    tier: _LOOK_UP.format(below=below, namesakes=_NAMESAKES, likely=_LIKELY, **_BEGINS)
    for tier, below in _BELOW.items()
}

# By the order of the question; past the policies, for who knows both number and name.
FIND_VISITORS = "SELECT place, id, number FROM volunteers_find_visitors(%s::bytea[], %s::text[])"
