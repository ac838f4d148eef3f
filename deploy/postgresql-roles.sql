-- The group roles of Körpü. Run it once, as the administrator of the server:
--     sudo -u postgres psql -f deploy/postgresql-roles.sql
-- They cannot log in and own nothing. What they may do, the migrations say (referral/migrations/access/).
-- The logins of the processes are yours to make: docs/operators.md, section "PostgreSQL".
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['korpu_bot', 'korpu_relay', 'korpu_console', 'korpu_janitor'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', name);
        END IF;
    END LOOP;
END
$$;
