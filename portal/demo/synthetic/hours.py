"""Synthetic service records, made inside the database from the people that stand there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import psycopg

from portal.demo.progress import Progress

__all__ = ["add_records"]

_PEOPLE_OF_A_STEP = 10_000
_DAYS = 365

# One sheet a committee and month, as a township would hand one in.
_SHEETS = """
    INSERT INTO volunteers_hourssheet (
        committee_id, title, source, evidence, recorded_by_id, recorded_by_label, created_at
    )
    SELECT place.committee_id, to_char(month, 'YYYY-MM') || ' 时长登记表', 'synthetic',
           '演示数据', NULL, '演示数据', month + interval '27 days'
    FROM (SELECT DISTINCT committee_id FROM volunteers_volunteer
          WHERE id BETWEEN %(first)s AND %(last)s) place,
         generate_series(date_trunc('month', %(oldest)s::date), %(newest)s::date,
                         interval '1 month') month
"""
_KNOW_SHEETS = """
    CREATE TEMP TABLE synthetic_sheet ON COMMIT DROP AS
    SELECT id, committee_id, date_trunc('month', created_at)::date AS month
    FROM volunteers_hourssheet WHERE id > %(sheets_before)s
"""
_KINDS = """
    CREATE TEMP TABLE synthetic_kind ON COMMIT DROP AS
    SELECT * FROM (VALUES
        (0, '敬老院探访', 'elderly'), (1, '河小青巡河护水', 'environment'),
        (2, '文明交通劝导', 'order'), (3, '朝阳行动课业辅导', 'children'),
        (4, '阳光行动助残服务', 'disability'), (5, '社区便民服务', 'community'),
        (6, '大型赛会服务', 'events'), (7, '防汛应急支援', 'emergency')
    ) AS known (place, title, kind)
"""
# Everyone serves ``each`` times on average, of two neighbours one as much more as the other less.
# A person's days are ``start + k * 37`` in a year of 365: no two stretches of one person overlap.
# What lies less than two weeks back still awaits confirmation; now and then something was entered
# past the statutory time limit.
_RECORDS = """
    INSERT INTO volunteers_servicerecord (
        volunteer_id, volunteer_name, volunteer_number, committee_id, sheet_id, activity_title,
        kind, served_on, during, minutes, note, source, state, voided, recorded_by_label,
        recorded_at, confirmed_by_label, confirmed_at, void_reason
    )
    SELECT v.id, v.name, v.number, v.committee_id, sheet.id, known.title, known.kind, day,
           tstzrange(start, start + minutes * interval '1 minute'), minutes, '', 'synthetic',
           CASE WHEN fresh THEN 'submitted' ELSE 'confirmed' END, false, '演示数据',
           start + lag, CASE WHEN fresh THEN '' ELSE '演示数据' END,
           CASE WHEN fresh THEN NULL ELSE start + lag + interval '1 day' END, ''
    FROM volunteers_volunteer v
    CROSS JOIN LATERAL (SELECT (v.id - %(origin)s) AS place) AS nth
    CROSS JOIN LATERAL (SELECT CASE WHEN place = %(people)s - 1 AND %(people)s %% 2 = 1 THEN 0
                               ELSE (place / 2) %% greatest(%(each)s, 1) END AS more) AS skew
    CROSS JOIN LATERAL generate_series(
        1, %(each)s + CASE place %% 2 WHEN 0 THEN more ELSE -more END
           + CASE WHEN place < %(rest)s THEN 1 ELSE 0 END) AS k
    CROSS JOIN LATERAL (
        SELECT %(newest)s::date - ((v.id * 31 + k * 37) %% %(days)s)::int AS day,
               60 + 30 * ((v.id * 7 + k * 13) %% 7)::int AS minutes) AS stretch
    CROSS JOIN LATERAL (
        SELECT (day + make_time(8 + ((v.id + k) %% 9)::int, 0, 0)) AT TIME ZONE %(zone)s AS start,
               day > %(newest)s::date - 14 AS fresh,
               CASE WHEN day < %(newest)s::date - 40 AND (v.id * 3 + k) %% 23 = 0
                    THEN interval '26 days' ELSE interval '1 day' END AS lag) AS clock
    JOIN synthetic_sheet sheet
      ON sheet.committee_id = v.committee_id AND sheet.month = date_trunc('month', day)::date
    JOIN synthetic_kind known ON known.place = (v.id + k * 3) %% 8
    WHERE v.id BETWEEN %(from)s AND %(to)s
"""


def add_records(
    cursor: psycopg.Cursor[Any],
    *,
    first: int,
    last: int,
    count: int,
    today: date,
    zone: str,
    progress: Progress,
) -> None:
    """Adds exactly ``count`` records of the last year for the people with keys first to last."""
    people = last - first + 1
    newest = today - timedelta(days=1)
    cursor.execute("SELECT coalesce(max(id), 0) FROM volunteers_hourssheet")
    row = cursor.fetchone()
    parameters = {
        "first": first,
        "last": last,
        "origin": first,
        "people": people,
        "each": count // people,
        "rest": count % people,
        "newest": newest,
        "oldest": newest - timedelta(days=_DAYS),
        "days": _DAYS,
        "zone": zone,
        "sheets_before": row[0] if row else 0,
    }
    for statement in (_SHEETS, _KNOW_SHEETS, _KINDS):
        cursor.execute(statement, parameters)
    done = 0
    for start in range(first, last + 1, _PEOPLE_OF_A_STEP):
        end = min(start + _PEOPLE_OF_A_STEP - 1, last)
        cursor.execute(_RECORDS, {**parameters, "from": start, "to": end})
        done += cursor.rowcount
        progress.show(done, count)
