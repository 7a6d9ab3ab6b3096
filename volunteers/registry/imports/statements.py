"""The SQL of a roster's import: staged rows in, volunteers and what was refused out."""

__all__ = ["COPY_COLUMNS", "COPY_TYPES", "CREATE_STAGED", "INSERT_TAKEN", "NEXT_KEYS", "REFUSED"]

_COLUMNS = (
    ("row_no", "int4"),
    ("volunteer_id", "int8"),
    ("township", "text"),
    ("name", "text"),
    ("pinyin", "text"),
    ("initials", "text"),
    ("gender", "text"),
    ("birth_date", "date"),
    ("political_status", "text"),
    ("skills", "text[]"),
    ("registered_on", "date"),
    ("guardian_name", "text"),
    ("identity_mask", "text"),
    ("phone_mask", "text"),
    ("guardian_phone_mask", "text"),
    ("document_kind", "text"),
    ("number_sealed", "bytea"),
    ("number_index", "bytea"),
    ("phone_sealed", "bytea"),
    ("phone_index", "bytea"),
    ("guardian_phone_sealed", "bytea"),
    ("guardian_phone_index", "bytea"),
)
COPY_TYPES = [kind for _, kind in _COLUMNS]
COPY_COLUMNS = f"roster_staged ({', '.join(name for name, _ in _COLUMNS)})"
CREATE_STAGED = (
    f"CREATE TEMPORARY TABLE roster_staged ({', '.join(map(' '.join, _COLUMNS))}) ON COMMIT DROP"
)

# Values are sealed for the volunteer's key, so keys must be known before the rows are written.
NEXT_KEYS = "SELECT nextval('volunteers_volunteer_id_seq') FROM generate_series(1, %s)"

# Identities go first: their unique index lets the earlier of two people with one number win, be it
# a row that stands, one that another committee's scope hides, or one that is being written now.
# The foreign key to the volunteer is checked at the end of the transaction.
INSERT_TAKEN = """
    WITH taken AS (
        INSERT INTO volunteers_volunteeridentity (
            volunteer_id, committee_id, document_kind, number_sealed, number_index,
            phone_sealed, phone_index, guardian_phone_sealed, guardian_phone_index
        )
        SELECT volunteer_id, township, document_kind, number_sealed, number_index,
               phone_sealed, phone_index, guardian_phone_sealed, guardian_phone_index
        FROM roster_staged
        ORDER BY row_no
        ON CONFLICT (number_index) DO NOTHING
        RETURNING volunteer_id
    ), registered AS (
        INSERT INTO volunteers_volunteer (
            id, committee_id, name, pinyin, initials, gender, birth_date, political_status, skills,
            state, registered_on, source, consent_on, consent_evidence,
            guardian_name, guardian_consent_on,
            identity_mask, phone_mask, guardian_phone_mask, created_at
        )
        SELECT volunteer_id, township, name, pinyin, initials, gender, birth_date,
               political_status, skills, 'active', registered_on, 'import', %(today)s, %(consent)s,
               guardian_name, CASE WHEN guardian_phone_mask <> '' THEN %(today)s::date END,
               identity_mask, phone_mask, guardian_phone_mask, now()
        FROM roster_staged JOIN taken USING (volunteer_id)
        ORDER BY row_no
        RETURNING id
    )
    SELECT count(*) FROM registered
"""

# What the scope hides gives a row without a name: registered, but nobody here learns where.
REFUSED = """
    SELECT s.row_no, v.name, v.number, c.full_name, v.created_at::date,
           v.name = s.name AND v.committee_id = s.township AND i.phone_index = s.phone_index
    FROM roster_staged s
    LEFT JOIN volunteers_volunteeridentity i ON i.number_index = s.number_index
    LEFT JOIN volunteers_volunteer v ON v.id = i.volunteer_id
    LEFT JOIN organizations_committee c ON c.path = v.committee_id
    WHERE i.volunteer_id IS DISTINCT FROM s.volunteer_id
    ORDER BY s.row_no
"""
