-- Run by a superuser in the application's database: how many rows any role wrote or read of which table, and in which
-- transaction, would count what row-level security hides. Monitoring roles keep it. Safe to repeat; embedded servers do
-- it whenever they are set up.
DO $$
DECLARE
    counter regprocedure;
BEGIN
    FOR counter IN
        SELECT p.oid::regprocedure FROM pg_proc p
        WHERE p.pronamespace = 'pg_catalog'::regnamespace AND starts_with(p.proname, 'pg_stat_get_')
          AND p.proargtypes[0] = 'oid'::regtype
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', counter);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO pg_monitor', counter);
    END LOOP;
END $$
