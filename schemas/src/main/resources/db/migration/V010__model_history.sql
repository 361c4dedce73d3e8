-- Who activated which version, when and why, and what a version was made of, is evidence: it is added to and never changed.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME;
END
$$;

CREATE TRIGGER model_activation_is_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON model_activation
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER model_version_is_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON model_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
