"""A family is found by its reference however that is spelt."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_filed_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="reference_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Lower(
                    models.Func(
                        models.F("reference"),
                        models.Value(
                            "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
                            " \t\n\r\xa0\u2002\u2003\u2007\u2009"
                            "\u200a\u200b\u202f\u2060\ufeff"
                        ),
                        models.Value("----------"),
                        function="translate",
                        output_field=models.CharField(),
                    )
                ),
                output_field=models.CharField(max_length=40),
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["reference_key"], name="case_by_reference_key"),
        ),
    ]
