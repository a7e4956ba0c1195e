from django.db import migrations, models


def dropped(name: str, column: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"DROP INDEX IF EXISTS {name}", f"CREATE INDEX {name} ON library_photo ({column})"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0003_voice_memos"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(fields=["taken_on", "id"], name="photos_of_a_day"),
        ),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(
                fields=[
                    "-taken_at",
                    "-id",
                    "taken_on",
                    "library",
                    "shared_with_household",
                    "trashed_at",
                ],
                name="photos_in_order",
            ),
        ),
        # Left to Django, SQLite would write the whole table anew to be rid of two indexes.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("photo", "taken_on", models.DateField()),
                migrations.AlterField("photo", "taken_at", models.DateTimeField()),
            ],
            database_operations=[
                dropped("library_photo_taken_on_1ef0e70c", "taken_on"),
                dropped("library_photo_taken_at_6fea3656", "taken_at"),
            ],
        ),
    ]
