"""The words of what is filed, kept by the database itself in one index with the family."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import BtreeGinExtension
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models
from django.db.models import PROTECT

# As the owner: whoever files an entry may not read what it is found by.
KEEPS = """
CREATE FUNCTION gt_keep_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO people_filedwords (filing_id, case_id, statement_id, sort_on, narrative)
    SELECT added.id, added.case_id, s.id, s.sort_on, s.narrative
    FROM added JOIN provenance_statement s ON s.id = added.statement_id;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_words AFTER INSERT ON people_filing REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION gt_keep_words();
"""
WHAT_IS_THERE = """
INSERT INTO people_filedwords (filing_id, case_id, statement_id, sort_on, narrative)
SELECT f.id, f.case_id, s.id, s.sort_on, s.narrative
FROM people_filing f JOIN provenance_statement s ON s.id = f.statement_id
ORDER BY f.case_id
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0004_folded"), ("provenance", "0006_narrative_index")]
    operations = [
        # Made with the database, but where a server was set up before it was needed.
        BtreeGinExtension(),
        migrations.CreateModel(
            name="FiledWords",
            fields=[
                (
                    "filing",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.filing",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=PROTECT,
                        related_name="+",
                        to="people.case",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=PROTECT,
                        related_name="+",
                        to="provenance.statement",
                    ),
                ),
                ("sort_on", models.DateField()),
                ("narrative", SearchVectorField()),
            ],
        ),
        migrations.RunSQL(WHAT_IS_THERE, migrations.RunSQL.noop),
        migrations.RunSQL(
            KEEPS, "DROP TRIGGER keep_words ON people_filing; DROP FUNCTION gt_keep_words()"
        ),
        migrations.AddIndex(
            model_name="filedwords",
            index=GinIndex(fields=["case", "narrative"], name="words_by_family"),
        ),
    ]
