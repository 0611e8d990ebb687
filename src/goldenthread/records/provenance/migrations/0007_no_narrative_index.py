"""Words are looked for where they are kept by family: see people.0005_filed_words."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("provenance", "0006_narrative_index"), ("people", "0005_filed_words")]
    operations = [migrations.RemoveIndex(model_name="statement", name="statement_narrative")]
