"""The SQL of an hour sheet's import: staged rows in, records and what was refused out."""

__all__ = [
    "COPY_PEOPLE",
    "COPY_ROWS",
    "CREATE_PEOPLE",
    "CREATE_ROWS",
    "FIND_FULL_DAYS",
    "INSERT_TAKEN",
    "LEAVE_OUT",
    "LEFT_OVER",
    "MATCH_PEOPLE",
    "NOT_TAKEN",
    "PEOPLE_TYPES",
    "REFUSED_PEOPLE",
    "ROWS_OF_FULL_DAYS",
    "ROW_TYPES",
    "STRETCHES_TAKEN",
]

_ROWS = (
    ("row_no", "int4"),
    ("person", "int4"),
    ("sound", "bool"),
    ("activity", "text"),
    ("kind", "text"),
    ("served_on", "date"),
    ("starts", "timestamptz"),
    ("ends", "timestamptz"),
    ("minutes", "int4"),
    ("note", "text"),
)
ROW_TYPES = [kind for _, kind in _ROWS]
COPY_ROWS = f"hours_staged ({', '.join(name for name, _ in _ROWS)})"
# The key is drawn beforehand: a row whose key does not stand after the insert was not taken.
CREATE_ROWS = f"""
    CREATE TEMPORARY TABLE hours_staged (
        {", ".join(map(" ".join, _ROWS))},
        record_id int8 DEFAULT nextval('volunteers_servicerecord_id_seq'),
        during tstzrange GENERATED ALWAYS AS
            (CASE WHEN starts IS NOT NULL THEN tstzrange(starts, ends) END) STORED
    ) ON COMMIT DROP
"""

# Every number and name once: a month's sheet names each volunteer many times.
_PEOPLE = (
    ("person", "int4"),
    ("number_index", "bytea"),
    ("phone_index", "bytea"),
    ("name", "text"),
)
PEOPLE_TYPES = [kind for _, kind in _PEOPLE]
COPY_PEOPLE = f"hours_people ({', '.join(name for name, _ in _PEOPLE)})"
CREATE_PEOPLE = (
    f"CREATE TEMPORARY TABLE hours_people ({', '.join(map(' '.join, _PEOPLE))}) ON COMMIT DROP"
)

# An entry that was merged (w) leads to the one that stays (v), and keeps its own name and number on
# the record, so that an undo knows what goes back.
# Volunteers below the importing committee are found by number or telephone, all others (visitors)
# only by number and name together, through a function that looks past the policies.
MATCH_PEOPLE = """
    CREATE TEMPORARY TABLE hours_matched ON COMMIT DROP AS
    WITH own AS (
        SELECT p.person, v.id, w.number, w.name, v.state, lower(w.name) = lower(p.name) AS named
        FROM hours_people p
        JOIN volunteers_volunteeridentity i ON i.number_index = p.number_index
        JOIN volunteers_volunteer w ON w.id = i.volunteer_id
        JOIN volunteers_volunteer v ON v.id = coalesce(w.merged_into_id, w.id)
        WHERE v.committee_id >= %(committee)s AND v.committee_id < %(committee)s || '{'
        UNION ALL
        SELECT * FROM (
            SELECT DISTINCT ON (p.person, v.id)
                   p.person, v.id, w.number, w.name, v.state, lower(w.name) = lower(p.name) AS named
            FROM hours_people p
            JOIN volunteers_volunteeridentity i ON i.phone_index = p.phone_index
            JOIN volunteers_volunteer w ON w.id = i.volunteer_id
            JOIN volunteers_volunteer v ON v.id = coalesce(w.merged_into_id, w.id)
            WHERE v.committee_id >= %(committee)s AND v.committee_id < %(committee)s || '{'
            ORDER BY p.person, v.id, named DESC
        ) reached
    ), best AS (
        SELECT DISTINCT ON (person) person, id, number, name, named, state = 'withdrawn' AS gone,
               count(*) FILTER (WHERE named AND state <> 'withdrawn')
                   OVER (PARTITION BY person) AS twins
        FROM own
        ORDER BY person, named DESC, state = 'withdrawn', id
    ), asked AS (
        SELECT array_agg(number_index ORDER BY person) AS indexes,
               array_agg(name ORDER BY person) AS names,
               array_agg(person ORDER BY person) AS people
        FROM hours_people
        WHERE number_index IS NOT NULL AND person NOT IN (SELECT person FROM best)
    ), visitors AS (
        SELECT asked.people[found.place] AS person, found.id, found.number
        FROM asked, volunteers_find_visitors(asked.indexes, asked.names) AS found
    )
    SELECT p.person,
           coalesce(best.id, visitors.id) AS volunteer_id,
           coalesce(best.number, visitors.number) AS number,
           coalesce(best.name, p.name) AS name,
           CASE WHEN best.person IS NULL AND visitors.person IS NULL
                    THEN CASE WHEN p.phone_index IS NULL THEN 'unknown_volunteer'
                              ELSE 'unknown_phone' END
                WHEN best.person IS NULL THEN ''
                WHEN NOT best.named THEN 'other_name'
                WHEN best.gone THEN 'withdrawn'
                WHEN best.twins > 1 THEN 'several_volunteers'
                ELSE ''
           END AS fault
    FROM hours_people p LEFT JOIN best USING (person) LEFT JOIN visitors USING (person)
"""

REFUSED_PEOPLE = """
    SELECT s.row_no, m.fault
    FROM hours_staged s JOIN hours_matched m USING (person)
    WHERE m.fault <> ''
    ORDER BY s.row_no
"""

# A table of its own with the days that would pass 24 hours, were every row taken: mostly none.
# Asked without times the function only counts, and locks the people in the order of all who do.
FIND_FULL_DAYS = """
    CREATE TEMPORARY TABLE hours_full_days ON COMMIT DROP AS
    WITH days AS (
        SELECT m.volunteer_id, s.served_on, sum(s.minutes) AS minutes
        FROM hours_staged s JOIN hours_matched m USING (person)
        WHERE s.sound AND m.fault = ''
        GROUP BY m.volunteer_id, s.served_on
    ), asked AS (
        SELECT array_agg(volunteer_id ORDER BY volunteer_id, served_on) AS people,
               array_agg(served_on ORDER BY volunteer_id, served_on) AS days
        FROM days
    ), counted AS (
        SELECT asked.people[taken.place] AS volunteer_id, asked.days[taken.place] AS served_on,
               taken.counted
        FROM asked, volunteers_stretches_taken(asked.people, asked.days, '{}', '{}', true) taken
    )
    SELECT volunteer_id, served_on, counted
    FROM days JOIN counted USING (volunteer_id, served_on)
    WHERE minutes + counted > 1440
"""
ROWS_OF_FULL_DAYS = """
    SELECT s.row_no, m.volunteer_id, s.served_on, s.starts, s.ends, s.activity, s.minutes,
           f.counted,
           s.during IS NULL AND EXISTS (
               SELECT FROM volunteers_servicerecord r
               WHERE r.volunteer_id = m.volunteer_id AND r.served_on = s.served_on
                 AND r.during IS NULL AND NOT r.voided
                 AND r.activity_title = s.activity AND r.minutes = s.minutes)
    FROM hours_staged s
    JOIN hours_matched m USING (person)
    JOIN hours_full_days f USING (volunteer_id, served_on)
    WHERE s.sound AND m.fault = ''
    ORDER BY s.row_no
"""
STRETCHES_TAKEN = "SELECT place, taken FROM volunteers_stretches_taken(%s, %s, %s, %s, true)"
LEAVE_OUT = "UPDATE hours_staged SET sound = false WHERE row_no = ANY(%s)"

# In the sheet's order, each row against all that stand by then: an earlier row that was taken, a
# record of long ago, one that the scope hides, one that somebody else is writing now. A row that
# is not taken blocks none of the later ones.
INSERT_TAKEN = """
    WITH sound AS (
        SELECT s.*, m.volunteer_id, m.name, m.number,
               row_number() OVER (
                   PARTITION BY m.volunteer_id, s.served_on, s.activity, s.minutes, s.during
                   ORDER BY s.row_no
               ) AS nth
        FROM hours_staged s JOIN hours_matched m USING (person)
        WHERE s.sound AND m.fault = ''
    ), taken AS (
        INSERT INTO volunteers_servicerecord (
            id, committee_id, volunteer_id, volunteer_name, volunteer_number, sheet_id,
            activity_title, kind, served_on, during, minutes, note, source, state, voided,
            recorded_by_id, recorded_by_label, recorded_at, confirmed_by_label, void_reason
        )
        SELECT s.record_id, %(committee)s, s.volunteer_id, s.name, s.number, %(sheet)s,
               s.activity, s.kind, s.served_on, s.during, s.minutes, s.note, 'import', 'submitted',
               false, %(user)s, %(label)s, now(), '', ''
        FROM sound s
        -- Without clock times no constraint compares two records: what says the same is the same.
        WHERE s.during IS NOT NULL OR s.nth = 1 AND NOT EXISTS (
            SELECT FROM volunteers_servicerecord r
            WHERE r.volunteer_id = s.volunteer_id AND r.served_on = s.served_on
              AND r.during IS NULL AND NOT r.voided
              AND r.activity_title = s.activity AND r.minutes = s.minutes
        )
        ORDER BY s.row_no
        ON CONFLICT ON CONSTRAINT record_no_overlap DO NOTHING
        RETURNING id
    )
    SELECT count(*) FROM taken
"""

# Sound rows that were not taken, each with the first row of the sheet that says the same. A table
# of its own, with statistics: the planner would take what an anti-join leaves for a single row.
LEFT_OVER = """
    CREATE TEMPORARY TABLE hours_left ON COMMIT DROP AS
    WITH sound AS (
        SELECT s.row_no, s.record_id, s.activity, s.served_on, s.during, s.minutes, m.volunteer_id,
               min(s.row_no) OVER (
                   PARTITION BY m.volunteer_id, s.served_on, s.activity, s.minutes, s.during
               ) AS first_row
        FROM hours_staged s JOIN hours_matched m USING (person)
        WHERE s.sound AND m.fault = ''
    )
    SELECT * FROM sound s
    WHERE NOT EXISTS (SELECT FROM volunteers_servicerecord t WHERE t.id = s.record_id)
"""

# One record that stands in a row's way, the very same first; nothing where the scope hides it.
NOT_TAKEN = """
    SELECT s.row_no, nullif(s.first_row, s.row_no), r.activity_title, lower(r.during),
           upper(r.during), r.same, o.row_no, h.title, r.recorded_at
    FROM hours_left s
    LEFT JOIN LATERAL (
        SELECT r.*, r.activity_title = s.activity AND r.minutes = s.minutes
                    AND r.during IS NOT DISTINCT FROM s.during AS same
        FROM volunteers_servicerecord r
        WHERE r.volunteer_id = s.volunteer_id AND NOT r.voided
          AND r.served_on BETWEEN s.served_on - 1 AND s.served_on + 1
          AND (r.during && s.during OR r.during IS NULL AND s.during IS NULL
               AND r.served_on = s.served_on AND r.activity_title = s.activity
               AND r.minutes = s.minutes)
        ORDER BY same DESC, r.id
        LIMIT 1
    ) r ON true
    LEFT JOIN hours_staged o ON o.record_id = r.id
    LEFT JOIN volunteers_hourssheet h ON h.id = r.sheet_id
    ORDER BY s.row_no
"""
