"""The SQL of each signal: which waiting records it is about, in one statement for a sheet.

Each takes ``sheet``, ``scope`` (a path key: nothing outside of it is read), ``zone`` and its
limits, and gives ``record``, ``sheet``, ``figure`` and ``against``. Those of `OF_THE_RECORD` say
what the record itself says; those of `OF_THE_SCOPE` add up over other records, and are asked once
for the sheet's committee and once for each above it.
"""

from __future__ import annotations

from collections.abc import Mapping

from volunteers.signals.models import SignalCode

__all__ = ["BESIDE", "FORGET", "KEEP", "OF_THE_RECORD", "OF_THE_SCOPE", "SETTLE"]

# What waits of the sheet.
_SHEET = """
    sheet_rows AS (
        SELECT id, sheet_id, committee_id, volunteer_id, served_on, during, minutes, source,
               recorded_by_id, recorded_at
        FROM volunteers_servicerecord WHERE sheet_id = %(sheet)s AND state = 'submitted'
    )
"""
# What counts for sums: drafts are not yet anybody's claim.
_COUNTS = "NOT o.voided AND o.state <> 'draft' AND starts_with(o.committee_id, %(scope)s)"

_LONG_STRETCH = """
    WITH {sheet_rows}
    SELECT id, sheet_id, minutes, %(long_hours)s FROM sheet_rows
    WHERE minutes > 60 * %(long_hours)s
"""
_EARLY = """
    WITH {sheet_rows}, clocks AS (
        SELECT id, sheet_id, lower(during) AT TIME ZONE %(zone)s AS starts FROM sheet_rows
        WHERE during IS NOT NULL
    )
    SELECT id, sheet_id, (extract(hour FROM starts) * 60 + extract(minute FROM starts))::int,
           %(early_hour)s
    FROM clocks WHERE extract(hour FROM starts) < %(early_hour)s
"""
_LATE_ENTRY = """
    WITH {sheet_rows}
    SELECT id, sheet_id, (recorded_at AT TIME ZONE %(zone)s)::date - served_on, %(late_days)s
    FROM sheet_rows
    WHERE (recorded_at AT TIME ZONE %(zone)s)::date - served_on > %(late_days)s
"""
# A workbook's rows all come within one minute.
_SAME_MINUTE = """
    WITH {sheet_rows}, minutes AS (
        SELECT recorded_by_id, date_trunc('minute', recorded_at) AS minute, count(*) AS records
        FROM sheet_rows WHERE source NOT IN ('import', 'synthetic')
        GROUP BY 1, 2 HAVING count(*) > %(same_minute)s
    )
    SELECT r.id, r.sheet_id, m.records, %(same_minute)s
    FROM sheet_rows r JOIN minutes m
      ON m.recorded_by_id IS NOT DISTINCT FROM r.recorded_by_id
     AND m.minute = date_trunc('minute', r.recorded_at)
    WHERE r.source NOT IN ('import', 'synthetic')
"""
_STRANGER = """
    WITH {sheet_rows}
    SELECT r.id, r.sheet_id, 0, %(seen_days)s FROM sheet_rows r
    WHERE NOT EXISTS (
        SELECT FROM volunteers_volunteer v
        WHERE v.id = r.volunteer_id AND starts_with(v.committee_id, r.committee_id)
    ) AND NOT EXISTS (
        SELECT FROM volunteers_servicerecord o
        WHERE o.volunteer_id = r.volunteer_id AND o.committee_id = r.committee_id
          AND o.state = 'confirmed'
          AND o.served_on BETWEEN r.served_on - %(seen_days)s AND r.served_on
    )
"""
# Only whose age the scope may read: a visitor's birth date stays with the own committee.
_MINOR_AT_NIGHT = """
    WITH {sheet_rows}, clocks AS (
        SELECT r.id, r.sheet_id, r.served_on, v.birth_date,
               lower(r.during) AT TIME ZONE %(zone)s AS starts,
               upper(r.during) AT TIME ZONE %(zone)s AS ends
        FROM sheet_rows r JOIN volunteers_volunteer v ON v.id = r.volunteer_id
        WHERE r.during IS NOT NULL AND starts_with(v.committee_id, %(scope)s)
    )
    SELECT id, sheet_id, 0, %(minor_age)s FROM clocks
    WHERE birth_date > served_on - make_interval(years => %(minor_age)s)
      AND (starts < served_on + make_interval(hours => %(night_ends)s)
           OR ends > served_on + make_interval(hours => %(night_begins)s))
"""
# Also the waiting records of other sheets that the day became too long with.
_LONG_DAY = """
    WITH {sheet_rows}, days AS (SELECT DISTINCT volunteer_id, served_on FROM sheet_rows)
    SELECT r.id, r.sheet_id, total.minutes, %(hours_of_a_day)s
    FROM days
    JOIN LATERAL (
        SELECT sum(o.minutes) AS minutes FROM volunteers_servicerecord o
        WHERE o.volunteer_id = days.volunteer_id AND o.served_on = days.served_on AND {counts}
    ) total ON total.minutes > 60 * %(hours_of_a_day)s
    JOIN volunteers_servicerecord r
      ON r.volunteer_id = days.volunteer_id AND r.served_on = days.served_on
     AND r.state = 'submitted' AND starts_with(r.committee_id, %(scope)s)
"""
_JUMP = """
    WITH {sheet_rows}, months AS (
        SELECT DISTINCT volunteer_id, date_trunc('month', served_on)::date AS month FROM sheet_rows
    )
    SELECT r.id, r.sheet_id, year.present, year.earlier / year.months
    FROM months m
    JOIN LATERAL (
        SELECT sum(o.minutes) FILTER (WHERE o.served_on >= m.month) AS present,
               sum(o.minutes) FILTER (WHERE o.served_on < m.month) AS earlier,
               count(DISTINCT date_trunc('month', o.served_on))
                   FILTER (WHERE o.served_on < m.month) AS months
        FROM volunteers_servicerecord o
        WHERE o.volunteer_id = m.volunteer_id
          AND o.served_on >= m.month - interval '12 months'
          AND o.served_on < m.month + interval '1 month' AND {counts}
    ) year ON year.months > 0 AND year.present > 60 * %(jump_hours)s
          AND year.present * year.months > %(jump_times)s * year.earlier
    JOIN sheet_rows r ON r.volunteer_id = m.volunteer_id
     AND date_trunc('month', r.served_on)::date = m.month
"""
_ROUND = """
    WITH {sheet_rows}, people AS (
        SELECT volunteer_id, max(served_on) AS until FROM sheet_rows GROUP BY 1
    )
    SELECT r.id, r.sheet_id, year.records, %(round_records)s
    FROM people p
    JOIN LATERAL (
        SELECT count(*) AS records, bool_and(o.minutes %% 60 = 0) AS round
        FROM volunteers_servicerecord o
        WHERE o.volunteer_id = p.volunteer_id
          AND o.served_on > p.until - interval '1 year' AND o.served_on <= p.until AND {counts}
    ) year ON year.round AND year.records >= %(round_records)s
    JOIN sheet_rows r ON r.volunteer_id = p.volunteer_id
"""

# What was found in a narrower scope is read by more people, so it stays.
_KEEP = """
    INSERT INTO volunteers_recordsignal AS kept
        (committee_id, sheet_id, record_id, code, figure, against, waiting, found_at)
    SELECT %(scope)s, found.sheet, found.record, %(code)s, found.figure, found.against, true,
           statement_timestamp()
    FROM ({find}) AS found (record, sheet, figure, against)
    ON CONFLICT (record_id, code) DO UPDATE
        SET committee_id = excluded.committee_id, sheet_id = excluded.sheet_id,
            figure = excluded.figure, against = excluded.against, waiting = true,
            found_at = excluded.found_at
        WHERE length(kept.committee_id) <= length(excluded.committee_id)
"""
OF_THE_RECORD: Mapping[SignalCode, str] = {
    SignalCode.LONG_STRETCH: _LONG_STRETCH,
    SignalCode.EARLY: _EARLY,
    SignalCode.LATE_ENTRY: _LATE_ENTRY,
    SignalCode.SAME_MINUTE: _SAME_MINUTE,
    SignalCode.STRANGER: _STRANGER,
}
OF_THE_SCOPE: Mapping[SignalCode, str] = {
    SignalCode.MINOR_AT_NIGHT: _MINOR_AT_NIGHT,
    SignalCode.LONG_DAY: _LONG_DAY,
    SignalCode.JUMP: _JUMP,
    SignalCode.ROUND: _ROUND,
}
KEEP: Mapping[SignalCode, str] = {
    code: _KEEP.replace("{find}", find).replace("{sheet_rows}", _SHEET).replace("{counts}", _COUNTS)
    for code, find in {**OF_THE_RECORD, **OF_THE_SCOPE}.items()
}

# Sheets whose sums count records of this one, and say so: what was voided, sent back or withdrawn
# here may have been what made their day or month long. The days keep to the index of a person.
BESIDE = """
    WITH people AS (
        SELECT volunteer_id, min(served_on) AS first, max(served_on) AS last
        FROM volunteers_servicerecord WHERE sheet_id = %(sheet)s GROUP BY 1
    )
    SELECT DISTINCT s.sheet_id, h.committee_id
    FROM people p
    JOIN volunteers_servicerecord o
      ON o.volunteer_id = p.volunteer_id AND o.state = 'submitted' AND o.sheet_id <> %(sheet)s
     AND o.served_on BETWEEN p.first - 31 AND p.last + 31
    JOIN volunteers_recordsignal s ON s.record_id = o.id AND s.waiting AND s.code = ANY(%(codes)s)
    JOIN volunteers_hourssheet h ON h.id = s.sheet_id
    ORDER BY s.sheet_id
    LIMIT 50
"""

# What was confirmed keeps its signals, for who looks back; what went back or is void has none.
SETTLE = """
    UPDATE volunteers_recordsignal s SET waiting = false
    FROM volunteers_servicerecord r
    WHERE s.sheet_id = %(sheet)s AND s.waiting AND r.id = s.record_id AND r.state = 'confirmed'
"""
FORGET = """
    DELETE FROM volunteers_recordsignal s USING volunteers_servicerecord r
    WHERE s.sheet_id = %(sheet)s AND r.id = s.record_id AND r.state <> 'confirmed'
"""
