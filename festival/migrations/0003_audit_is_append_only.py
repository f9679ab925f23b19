"""The database itself refuses to rewrite the audit log.

Django makes a SQLite table anew when a column changes, and the trigger is lost then: a migration that changes the
table must end with `forbid` again. A test tries the trigger.
"""

from django.db import migrations

FACTS = ("id", "at", "actor", "verb", "subject_type", "subject_id", "edition", "facts")
SEALS = ("position", "previous", "seal")
NAMES = ("actor_name", "subject_name")  # may be blanked, by an erasure
MESSAGE = "the audit log is written once"


def _rewritten(differs):
    conditions = [f"NEW.{name} {differs} OLD.{name}" for name in FACTS]
    conditions += [f"(OLD.seal IS NOT NULL AND NEW.{name} {differs} OLD.{name})" for name in SEALS]
    conditions += [f"(NEW.{name} {differs} OLD.{name} AND NEW.{name} <> '')" for name in NAMES]
    return " OR ".join(conditions)


SQLITE = f"""
CREATE TRIGGER audit_is_append_only BEFORE UPDATE ON festival_auditentry
WHEN {_rewritten("IS NOT")} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION festival_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE ON festival_auditentry
FOR EACH ROW WHEN ({_rewritten("IS DISTINCT FROM")}) EXECUTE FUNCTION festival_refuse_rewriting();
"""


def forbid(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    schema_editor.execute({"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor], params=None)


def permit(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS audit_is_append_only")
    else:
        schema_editor.execute("DROP TRIGGER IF EXISTS audit_is_append_only ON festival_auditentry")
        schema_editor.execute("DROP FUNCTION IF EXISTS festival_refuse_rewriting()")


class Migration(migrations.Migration):
    # The migrations of the apps come after this one. With those of the packages before it, the packages' migrations,
    # three times as many, find few models to build anew at each step.
    dependencies = [
        ("festival", "0002_pages"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailembeds", "0009_embed_cache_until"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearch", "0010_add_text_fields"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    operations = [migrations.RunPython(forbid, permit)]
