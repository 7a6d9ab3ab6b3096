"""Who reaches what, the one statement by which an offer is redeemed, and who is recounted."""

from django.conf import settings
from django.db import migrations

from core.tenancy.operations import InstallPolicies
from core.tenancy.roles import STAFF_ROLES, Role
from volunteers.registry.ownership import InstallReferences

_NOTHING = "NULL::bigint, NULL::timestamptz, NULL, NULL::smallint, NULL::boolean"
# A person's redemptions come one after the other, so limits and codes are judged on what stands.
# The stock's row is locked last: whoever redeems the same hot offer waits for a moment, not for
# all the rest. Every refusal leaves nothing behind.
CORE = f"""
CREATE FUNCTION incentives_redeem_at(
    shop bigint, label text, person bigint, shown bigint, said uuid, asked bigint, stores boolean)
RETURNS TABLE (
    outcome text, redemption bigint, at timestamptz, title text, held smallint, late boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
-- A plan made while the table was empty would read all of it once it is not.
SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
    today date := (now() AT TIME ZONE '{settings.TIME_ZONE}')::date;
    age bigint := floor(extract(epoch FROM now()) / 30)::bigint - shown;
    earlier record;
    offered record;
    whose record;
    used record;
    stored bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('incentives_redemption'), (person % 2147483648)::integer);
    SELECT r.id, r.redeemed_at, r.offer_title, r.stars, r.is_late,
        r.merchant_id = shop AND r.offer_id = asked AND r.volunteer_id = person AS same
        INTO earlier FROM incentives_redemption r WHERE r.nonce = said;
    IF FOUND THEN
        IF earlier.same THEN
            RETURN QUERY SELECT 'redeemed', earlier.id, earlier.redeemed_at,
                earlier.offer_title::text, earlier.stars, earlier.is_late;
        ELSE
            RETURN QUERY SELECT 'nonce_taken', {_NOTHING};
        END IF;
        RETURN;
    END IF;
    SELECT o.title, o.committee_id, o.min_stars, o.min_minutes, o.per_day, o.per_month, o.per_person,
        o.stock, coalesce(c.taken, 0) AS taken,
        CASE WHEN m.suspended_at IS NOT NULL OR NOT today BETWEEN m.agreed_from AND m.agreed_until
                 THEN 'merchant_paused'
             WHEN o.state <> 'published' OR NOT today BETWEEN o.starts_on AND o.ends_on
                 THEN 'not_offered'
             WHEN o.weekdays <> '{{}}' AND NOT extract(isodow FROM today) = ANY (o.weekdays)
                 THEN 'not_today'
             WHEN age < -1 OR age > 10 THEN 'code_expired'
        END AS fault
        INTO offered
    FROM incentives_offer o JOIN incentives_merchant m ON m.id = o.merchant_id
    LEFT JOIN incentives_offerstock c ON c.offer_id = o.id
    WHERE o.id = asked AND o.merchant_id = shop;
    IF NOT FOUND OR offered.fault IS NOT NULL THEN
        RETURN QUERY SELECT coalesce(offered.fault, 'not_offered'), {_NOTHING};
        RETURN;
    END IF;
    SELECT coalesce((SELECT max(a.stars) FROM incentives_staraward a
                     WHERE a.volunteer_id = person AND a.state IN ('granted', 'doubted')),
                    0)::smallint AS stars,
        v.state IN ('active', 'paused')
            AND left(v.committee_id, length(offered.committee_id)) = offered.committee_id AS belongs
        INTO whose FROM volunteers_volunteer v WHERE v.id = person;
    SELECT count(*) FILTER (WHERE r.redeemed_on = today) AS day,
        count(*) FILTER (WHERE r.redeemed_on >= date_trunc('month', today)) AS month,
        count(*) AS ever INTO used
    FROM incentives_redemption r
    WHERE r.volunteer_id = person AND r.offer_id = asked AND r.reversed_at IS NULL;
    offered.fault := CASE
        WHEN whose.belongs IS NOT TRUE THEN 'not_for_you'
        WHEN EXISTS (SELECT FROM incentives_redemption r
                     WHERE r.volunteer_id = person AND r.step = shown) THEN 'code_used'
        WHEN whose.stars < offered.min_stars THEN 'too_few_stars'
        WHEN used.day >= offered.per_day THEN 'day_limit'
        WHEN used.month >= offered.per_month THEN 'month_limit'
        WHEN used.ever >= offered.per_person THEN 'person_limit'
        WHEN offered.taken >= offered.stock THEN 'sold_out'
        WHEN offered.min_minutes > 0 AND offered.min_minutes > (
            SELECT coalesce(sum(s.minutes), 0) FROM volunteers_servicerecord s
            WHERE s.volunteer_id = person AND s.state = 'confirmed'
              AND s.served_on >= date_trunc('year', today)
              AND s.served_on < date_trunc('year', today) + interval '1 year')
            THEN 'too_few_hours'
    END;
    IF offered.fault IS NOT NULL THEN
        RETURN QUERY SELECT offered.fault, {_NOTHING};
        RETURN;
    END IF;
    IF NOT stores THEN
        RETURN QUERY SELECT 'valid', NULL::bigint, now(), offered.title::text, whose.stars, age > 2;
        RETURN;
    END IF;
    INSERT INTO incentives_redemption
        (committee_id, offer_id, merchant_id, volunteer_id, offer_title, stars, step, is_late,
         nonce, redeemed_on, redeemed_at, by_label, reversed_by_label, reverse_reason)
    VALUES (offered.committee_id, asked, shop, person, offered.title, whose.stars, shown, age > 2,
        said, today, now(), left(label, 60), '', '')
    ON CONFLICT (nonce) DO NOTHING RETURNING id INTO stored;
    IF stored IS NULL THEN
        RETURN QUERY SELECT 'nonce_taken', {_NOTHING};
        RETURN;
    END IF;
    IF offered.stock IS NOT NULL THEN
        UPDATE incentives_offerstock SET taken = taken + 1
        WHERE offer_id = asked AND taken < offered.stock;
        IF NOT FOUND THEN
            DELETE FROM incentives_redemption WHERE id = stored;
            RETURN QUERY SELECT 'sold_out', {_NOTHING};
            RETURN;
        END IF;
    END IF;
    RETURN QUERY SELECT 'redeemed', stored, now(), offered.title::text, whose.stars, age > 2;
END $$;
REVOKE ALL ON FUNCTION
    incentives_redeem_at(bigint, text, bigint, bigint, uuid, bigint, boolean) FROM PUBLIC;
"""
_ANSWER = """
RETURNS TABLE (
    outcome text, redemption bigint, at timestamptz, title text, held smallint, late boolean)
"""
BY_TILL = f"""
CREATE FUNCTION incentives_redeem_by_till(
    token bytea, person bigint, shown bigint, said uuid, asked bigint)
{_ANSWER} LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    till record;
BEGIN
    SELECT t.merchant_id, t.name INTO till FROM incentives_till t
    WHERE t.digest = token AND t.revoked_at IS NULL;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'revoked', {_NOTHING};
        RETURN;
    END IF;
    RETURN QUERY SELECT * FROM incentives_redeem_at(
        till.merchant_id, till.name, person, shown, said, asked, true);
END $$;
REVOKE ALL ON FUNCTION
    incentives_redeem_by_till(bytea, bigint, bigint, uuid, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    incentives_redeem_by_till(bytea, bigint, bigint, uuid, bigint) TO {Role.PUBLIC};
"""
HERE = f"""
CREATE FUNCTION incentives_redeem_here(
    label text, person bigint, shown bigint, said uuid, asked bigint, stores boolean)
{_ANSWER} LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT * FROM incentives_redeem_at(
        nullif(current_setting('portal.merchant', true), '')::bigint,
        label, person, shown, said, asked, stores)
$$;
REVOKE ALL ON FUNCTION
    incentives_redeem_here(text, bigint, bigint, uuid, bigint, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    incentives_redeem_here(text, bigint, bigint, uuid, bigint, boolean) TO {Role.MERCHANT};
"""
# A merchant within a day; the committee of the offer, or one above it, whenever there is a dispute.
REVERSE = f"""
CREATE FUNCTION incentives_reverse(which bigint, label text, why text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    shop bigint := nullif(current_setting('portal.merchant', true), '')::bigint;
    own text := nullif(current_setting('portal.committee', true), '');
    target record;
BEGIN
    SELECT r.offer_id, r.redeemed_at, r.reversed_at INTO target FROM incentives_redemption r
    WHERE r.id = which AND (r.merchant_id = shop
        OR (shop IS NULL AND own ~ '^([0-9a-z]{{4}}){{1,4}}$'
            AND r.committee_id >= own AND r.committee_id < own || '{{'))
    FOR UPDATE;
    IF NOT FOUND THEN RETURN 'unknown'; END IF;
    IF target.reversed_at IS NOT NULL THEN RETURN 'reversed_before'; END IF;
    IF shop IS NOT NULL AND target.redeemed_at < now() - interval '1 day' THEN
        RETURN 'too_late';
    END IF;
    UPDATE incentives_redemption SET reversed_at = now(), reversed_by_label = left(label, 60),
        reverse_reason = why WHERE id = which;
    UPDATE incentives_offerstock SET taken = taken - 1 WHERE offer_id = target.offer_id;
    RETURN 'reversed';
END $$;
REVOKE ALL ON FUNCTION incentives_reverse(bigint, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION incentives_reverse(bigint, text, text)
    TO {Role.MERCHANT}, {", ".join(STAFF_ROLES)};
"""
# Whoever confirms, voids or moves hours may write no queue; the trigger does, as the owner.
DUE = """
CREATE FUNCTION incentives_stars_due() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO incentives_stardue (volunteer_id)
        SELECT DISTINCT volunteer_id FROM written WHERE state = 'confirmed';
    ELSE
        INSERT INTO incentives_stardue (volunteer_id)
        SELECT volunteer_id FROM written WHERE state = 'confirmed'
        UNION SELECT volunteer_id FROM before WHERE state = 'confirmed';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION incentives_stars_due() FROM PUBLIC;
CREATE TRIGGER stars_due_insert AFTER INSERT ON volunteers_servicerecord
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION incentives_stars_due();
CREATE TRIGGER stars_due_update AFTER UPDATE ON volunteers_servicerecord
    REFERENCING OLD TABLE AS before NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION incentives_stars_due();
"""
DUE_SO_FAR = """
INSERT INTO incentives_stardue (volunteer_id)
SELECT DISTINCT volunteer_id FROM volunteers_servicerecord WHERE state = 'confirmed'
"""
_UNDO_DUE = """
DROP TRIGGER stars_due_insert ON volunteers_servicerecord;
DROP TRIGGER stars_due_update ON volunteers_servicerecord;
DROP FUNCTION incentives_stars_due();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('incentives', '0001_initial'),
        ('organizations', '0005_cashiers'),
    ]

    operations = [
        InstallPolicies("incentives.merchants.policies.TABLES"),
        InstallPolicies("incentives.offers.policies.TABLES"),
        InstallPolicies("incentives.redemptions.policies.TABLES"),
        InstallPolicies("incentives.stars.policies.TABLES"),
        InstallReferences(),
        migrations.RunSQL(CORE, "DROP FUNCTION incentives_redeem_at(bigint, text, bigint, bigint, uuid, bigint, boolean)"),
        migrations.RunSQL(BY_TILL, "DROP FUNCTION incentives_redeem_by_till(bytea, bigint, bigint, uuid, bigint)"),
        migrations.RunSQL(HERE, "DROP FUNCTION incentives_redeem_here(text, bigint, bigint, uuid, bigint, boolean)"),
        migrations.RunSQL(REVERSE, "DROP FUNCTION incentives_reverse(bigint, text, text)"),
        migrations.RunSQL(DUE, _UNDO_DUE),
        migrations.RunSQL(DUE_SO_FAR, migrations.RunSQL.noop),
    ]
