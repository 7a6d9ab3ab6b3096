"""The SQL of a draft's submission."""

__all__ = ["INSERT_RECORDS"]

# What somebody else has written meanwhile, and a key that was used before, leaves a row out.
INSERT_RECORDS = """
    INSERT INTO volunteers_servicerecord (
        committee_id, organization_id, sheet_id, source, state, voided, recorded_by_id,
        recorded_by_label, recorded_at, confirmed_by_label, void_reason,
        replaces_id, nonce, volunteer_id, volunteer_name, volunteer_number, activity_title, kind,
        served_on, during, minutes, note
    )
    SELECT %(committee)s, r.organization, %(sheet)s, 'backfill', 'submitted', false, %(user)s,
           %(label)s, coalesce(r.recorded_at, now()), '', '',
           r.replaces, r.nonce, r.volunteer, r.name, r.number, r.activity, r.kind, r.served_on,
           CASE WHEN r.starts IS NOT NULL THEN tstzrange(r.starts, r.ends) END, r.minutes, r.note
    FROM unnest(
        %(nonces)s::uuid[], %(volunteers)s::bigint[], %(names)s::text[], %(numbers)s::text[],
        %(activities)s::text[], %(kinds)s::text[], %(days)s::date[], %(starts)s::timestamptz[],
        %(ends)s::timestamptz[], %(minutes)s::int[], %(notes)s::text[],
        %(organizations)s::bigint[], %(replaced)s::bigint[], %(recorded)s::timestamptz[]
    ) WITH ORDINALITY AS r (
        nonce, volunteer, name, number, activity, kind, served_on, starts, ends, minutes, note,
        organization, replaces, recorded_at, place
    )
    ORDER BY r.place
    ON CONFLICT DO NOTHING
    RETURNING id, nonce
"""
